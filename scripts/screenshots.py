"""Take the README's pictures from a running site.

    python scripts/screenshots.py [http://127.0.0.1:8000 [docs/screenshots]]

It needs Chromium (CHROMIUM=/path/to/it). What is shown: one screen, light, nothing saved.
"""

import os
import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

TARGET = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
MOST = 300_000  # bytes
WIDE = (1280, 900)
SEARCH = "/providers/?therapy=mbsr-medical-pain&near=97214"
PICTURES = {
    "therapy": ("/therapies/mbsr-medical-pain/", WIDE),
    "find-care": (SEARCH, WIDE),
}


def main(site="http://127.0.0.1:8000", target=TARGET):
    target = Path(target)
    target.mkdir(parents=True, exist_ok=True)
    program = shutil.which(os.environ.get("CHROMIUM") or "chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, (path, (width, height)) in PICTURES.items():
            page = browser.new_page(
                base_url=site,
                viewport={"width": width, "height": height},
                color_scheme="light",
                reduced_motion="reduce",
            )
            answer = page.goto(path)
            if not answer.ok:
                raise SystemExit(f"{answer.url} answers {answer.status}")
            save(page.screenshot(), target / f"{name}.png")
            page.close()
        browser.close()


def save(shot, file):
    """A palette is enough for flat colors, and a third of the bytes."""
    with Image.open(BytesIO(shot)) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)
    size = file.stat().st_size
    print(f"{file}: {size:,} bytes")
    if size > MOST:
        raise SystemExit(f"{file} is larger than {MOST:,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
