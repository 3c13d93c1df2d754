"""Reading grade (Flesch-Kincaid) of every page in the sitemap of a running site.

python scripts/reading_grade.py http://127.0.0.1:8000
"""

import re
import statistics
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from trupaths.reading import grade_of_page


def _read(url):
    with urllib.request.urlopen(url, timeout=30) as answer:  # nosec B310 # typed by who runs it
        return answer.read().decode()


def main(site):
    paths = []
    for section in re.findall(r"<loc>([^<]+)</loc>", _read(f"{site}/sitemap.xml")):
        page = _read(f"{site}{urlsplit(section).path}")
        paths += [urlsplit(loc).path for loc in re.findall(r"<loc>([^<]+)</loc>", page)]
    grades = {path: grade_of_page(_read(f"{site}{path}")) for path in paths}
    for path, found in sorted(grades.items()):
        print(f"{found:5.1f}  {path}" if found is not None else f"    -  {path}")
    known = [found for found in grades.values() if found is not None]
    print(f"{statistics.median(known):5.1f}  median of {len(known)} pages, most {max(known):.1f}")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000")
