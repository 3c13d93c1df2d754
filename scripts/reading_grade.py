"""Reading grade (Flesch-Kincaid) of every page in the sitemap of a running site.

    python scripts/reading_grade.py http://127.0.0.1:8000
"""

import re
import statistics
import sys
import urllib.request
from html.parser import HTMLParser
from urllib.parse import urlsplit

BLOCKS = {"p", "li", "dd", "dt", "h1", "h2", "h3", "summary", "figcaption", "td", "th", "div"}
SKIPPED = {"script", "svg", "nav", "form", "button", "cite"}


class Text(HTMLParser):
    """The running text of <main>, a line for each block."""

    def __init__(self):
        super().__init__()
        self.inside, self.skipping, self.lines = 0, 0, [""]

    def handle_starttag(self, tag, attrs):
        css = dict(attrs).get("class") or ""
        if tag == "main":
            self.inside = 1
        elif tag in SKIPPED or "refs" in css.split() or "cite" in css.split():
            self.skipping += 1
        elif tag in BLOCKS:
            self.lines.append("")

    def handle_endtag(self, tag):
        if tag == "main":
            self.inside = 0
        elif self.skipping and (tag in SKIPPED or tag in ("ol", "a")):
            self.skipping -= 1
        elif tag in BLOCKS:
            self.lines.append("")

    def handle_data(self, data):
        if self.inside and not self.skipping:
            self.lines[-1] += data


def grade(html):
    """Flesch-Kincaid grade of the sentences of a page (labels under four words left out)."""
    parser = Text()
    parser.feed(html)
    sentences = [
        words
        for line in parser.lines
        for sentence in re.split(r"(?<=[.?!])\s+", " ".join(line.split()))
        if len(words := re.findall(r"[A-Za-z’']+", sentence)) >= 4
    ]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return None
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def _syllables(word):
    word = re.sub(r"(?:[^laeiouy]es|ed|[^laeiouy]e)$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]{1,2}", word)))


def _read(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read().decode()


def main(site):
    paths = []
    for section in re.findall(r"<loc>([^<]+)</loc>", _read(f"{site}/sitemap.xml")):
        page = _read(f"{site}{urlsplit(section).path}")
        paths += [urlsplit(loc).path for loc in re.findall(r"<loc>([^<]+)</loc>", page)]
    grades = {path: grade(_read(f"{site}{path}")) for path in paths}
    for path, found in sorted(grades.items()):
        print(f"{found:5.1f}  {path}" if found is not None else f"    -  {path}")
    known = [found for found in grades.values() if found is not None]
    print(f"{statistics.median(known):5.1f}  median of {len(known)} pages, most {max(known):.1f}")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000")
