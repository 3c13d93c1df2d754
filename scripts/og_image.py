"""Draw static/img/og.png, the picture that goes along when someone passes an address on.

    python scripts/og_image.py

It needs Chromium (CHROMIUM=/path/to/it), Noto Serif and Noto Sans. The colors are those of the
light scheme in static/css/base.css.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

STATIC = Path(__file__).resolve().parent.parent / "static"
TARGET = STATIC / "img" / "og.png"
SIZE = 1200, 630
MOST = 80_000  # bytes

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>og</title>
<style>
:root { %(tokens)s }
body { margin: 0 }
svg { display: block }
text { fill: var(--ink) }
.name { font: 700 52px "Noto Serif", serif; letter-spacing: -1px }
.line { font: 700 82px/1.1 "Noto Serif", serif; letter-spacing: -2px }
.sub { font: 400 30px "Noto Sans", sans-serif }
</style>
<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" viewBox="0 0 1200 630">
<path fill="var(--sky)" d="M0 0h1200v630H0z"/>
<circle fill="var(--sun)" cx="1010" cy="290" r="92"/>
<path fill="var(--h1)" d="M0 520c120-22 250-26 366-6s184-12 276-70
 190-58 292-24 182 50 266 42v168H0Z"/>
<path fill="var(--h2)" d="M0 530c134-20 266-12 384 8s250 6 358-42
 208-58 300-34 108 32 158 38v130H0Z"/>
<path fill="var(--h3)" d="M0 566c150-34 276-14 400 4s276 4 392-32 266-34 408 6v86H0Z"/>
<path fill="var(--way)" transform="translate(0 44)"
 d="M690 630c34-44 206-38 216-82 8-26-88-34-70-60 10-16 88-22 98-44
 8-16-12-36 0-76h6c-2 34 22 54 15 80-11 28-90 30-96 48-7 20 96 30 92 65-7 40-124 34-134 69Z"/>
<path fill="var(--h4)" d="M0 596c130-26 280-18 450 34H0Z"/>
<path fill="var(--h4)" d="M880 630c96-46 200-66 320-58v58Z"/>
<g fill="var(--h5)"><path d="m58 604 26-104 26 104ZM112 608l18-70 18 70Z"/>
<path d="m1046 596 22-86 22 86ZM1088 594l30-116 30 116Z"/></g>
<g fill="var(--blaze)"><rect x="76" y="78" width="17" height="38" rx="4"/>
<rect x="101" y="58" width="17" height="38" rx="4"/></g>
<text class="name" x="138" y="110">TruPaths</text>
<text class="line" x="74" y="240">There is more than</text>
<text class="line" x="74" y="332">one way forward.</text>
<text class="sub" x="76" y="396">Therapies in plain words. Places that offer them.</text>
</svg></html>"""


def tokens():
    """The custom properties of the first :root, which is the light scheme."""
    css = (STATIC / "css" / "base.css").read_text()
    root = re.search(r":root\s*\{(.*?)\}", css, re.S)[1]
    return " ".join(re.findall(r"--[\w-]+: #[0-9a-f]+;", root))


def main():
    with tempfile.TemporaryDirectory() as folder:
        page, shot = Path(folder, "og.html"), Path(folder, "og.png")
        page.write_text(PAGE % {"tokens": tokens()}, encoding="utf-8")
        subprocess.run(
            [
                os.environ.get("CHROMIUM", "chromium"),
                *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
                *("--force-device-scale-factor=1", f"--window-size={SIZE[0]},{SIZE[1]}"),
                *(f"--screenshot={shot}", page.as_uri()),
            ],
            check=True,
            capture_output=True,
        )
        # A palette is enough for flat paper, and a quarter of the bytes.
        with Image.open(shot) as picture:
            if picture.size != SIZE:
                sys.exit(f"Chromium drew {picture.size}, not {SIZE}.")
            picture.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(
                TARGET, optimize=True
            )
    size = TARGET.stat().st_size
    print(f"{TARGET}: {size:,} bytes")
    if size > MOST:
        sys.exit(f"More than {MOST:,} bytes.")


if __name__ == "__main__":
    main()
