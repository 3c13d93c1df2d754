"""Forty files that staff might upload to break the site, each taken in a process of its own.

Pass: each is refused with a sentence or drawn anew, none takes more than 2 s of work (CPU time, so
that other work on the machine plays no part) or makes the process larger than 200 MB, and what is
drawn anew holds nothing but pixels.
"""

import io
import resource
import struct
import tempfile
import time
import zlib
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from trupaths.pictures import drawn_anew

from .processes import alone, make_files

SECONDS, MEGABYTES = 2.0, 200


def run(*, seed):
    with tempfile.TemporaryDirectory() as folder:
        make_files(_make, Path(folder), seed)
        found = {name: alone(_take, Path(folder, name)) for name in CORPUS}
    held, longest, largest, drawn = [], 0.0, 0.0, 0
    for name, (said, seconds, megabytes, clean) in found.items():
        fine = clean and seconds < SECONDS and megabytes < MEGABYTES
        held.append(fine)
        longest, largest = max(longest, seconds), max(largest, megabytes)
        drawn += said == "drawn anew"
        if not fine:
            print(f"  {name}: {said}, {seconds:.2f} s, {megabytes:.0f} MB", flush=True)
    print(f"  {len(held)} files: drawn anew {drawn}, refused {len(held) - drawn}")
    print(f"  longest {longest:.2f} s, largest process {largest:.0f} MB")
    return all(held)


def _make(folder, seed):
    Image.MAX_IMAGE_PIXELS = None
    noise = Noise(seed)
    for name, make in CORPUS.items():
        (folder / name).write_bytes(make(noise))


def _take(path, pipe):
    upload = SimpleUploadedFile(path.name, path.read_bytes())
    began = time.process_time()
    try:
        picture = drawn_anew(upload)
        said, clean = "drawn anew", _is_clean(picture)
    except ValidationError as error:
        said, clean = error.messages[0], True
    except BaseException as error:  # whatever it is, it is the finding
        said, clean = repr(error)[:200], False
    seconds = time.process_time() - began
    pipe.send((said, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, clean))


def _is_clean(picture):
    with Image.open(picture) as shown:
        kept = {"exif", "comment", "Comment", "icc_profile", "xmp"} & set(shown.info)
        return not kept and shown.format in ("JPEG", "PNG") and max(shown.size) <= 1600


class Noise:
    """Pixels of chance, by seed: what compresses least."""

    def __init__(self, seed):
        import numpy as np

        self._chance = np.random.default_rng(seed)

    def picture(self, mode, width, height):
        shape = (height, width, len(mode)) if len(mode) > 1 else (height, width)
        return Image.fromarray(self._chance.integers(0, 256, shape, dtype="uint8"))


def saved(kind, *, mode="RGB", size, noise=False, **options):
    def make(chance):
        picture = chance.picture(mode, *size) if noise else Image.new(mode, size)
        held = io.BytesIO()
        picture.save(held, kind, **options)
        return held.getvalue()

    return make


def png(width, height, *, depth=8, color=2, chunks=(), data=b"", interlace=0):
    """A PNG written by hand: what its head says need not be so."""
    head = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlace)

    def make(chance):
        parts = [(b"IHDR", head), *chunks, (b"IDAT", data or zlib.compress(bytes(9)))]
        written = b"".join(
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
            for kind, body in [*parts, (b"IEND", b"")]
        )
        return b"\x89PNG\r\n\x1a\n" + written

    return make


def zeros(count):
    """So many bytes of nothing, compressed a thousand times."""
    packer = zlib.compressobj(9)
    return b"".join(
        [*(packer.compress(bytes(1 << 20)) for _ in range(count >> 20)), packer.flush()]
    )


def cut(make, part):
    return lambda chance: (data := make(chance))[: int(len(data) * part)]


def behind(make, tail):
    return lambda chance: make(chance) + tail


def frames(kind, count, size):
    def make(chance):
        held = io.BytesIO()
        each = [chance.picture("RGB", *size) for _ in range(count)]
        each[0].save(held, kind, save_all=True, append_images=each[1:])
        return held.getvalue()

    return make


def with_text(count):
    """A PNG whose comments unpack to so many bytes."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "a" * count, zip=True)
    return saved("PNG", size=(40, 30), pnginfo=notes)


def words(text):
    return lambda chance: text


CORPUS = {
    "24-million.png": saved("PNG", size=(6000, 4000)),
    "24-million-clear.png": saved("PNG", mode="RGBA", size=(6000, 4000)),
    "16-million-clear.png": saved("PNG", mode="RGBA", size=(4000, 4000)),
    "16-million.png": saved("PNG", size=(4000, 4000)),
    "12-million-clear.png": saved("PNG", mode="RGBA", size=(4000, 3000)),
    "12-million-palette.png": saved("PNG", mode="P", size=(4000, 3000), transparency=0),
    "12-million-gray.png": saved("PNG", mode="LA", size=(4000, 3000)),
    "8-million-clear.png": saved("PNG", mode="RGBA", size=(3264, 2448)),
    "2-million-noise.png": saved("PNG", size=(1600, 1200), noise=True),
    "24-million.jpg": saved("JPEG", size=(6000, 4000)),
    "12-million-noise.jpg": saved("JPEG", size=(4000, 3000), noise=True, quality=60),
    "24-million-steps.jpg": saved("JPEG", size=(6000, 4000), progressive=True),
    "12-million-steps-noise.jpg": saved(
        "JPEG", size=(4000, 3000), noise=True, quality=40, progressive=True
    ),
    "cmyk.jpg": saved("JPEG", mode="CMYK", size=(4000, 3000)),
    "25-million.jpg": saved("JPEG", size=(6250, 4000)),
    "400-million.jpg": saved("JPEG", mode="L", size=(20000, 20000)),
    "5-million.webp": saved("WEBP", size=(2500, 2000)),
    "5-million-clear.webp": saved("WEBP", mode="RGBA", size=(2500, 2000), lossless=True, method=0),
    "24-million.webp": saved("WEBP", size=(6000, 4000), method=0),
    "400-million.png": saved("PNG", mode="1", size=(20000, 20000)),
    "line.png": saved("PNG", size=(8_000_000, 1)),
    "column.png": saved("PNG", size=(1, 8_000_000)),
    "promised-2-31.png": png(2**31 - 1, 2**31 - 1),
    "promised-65535.png": png(65535, 65535, depth=1, color=0),
    "nothing.png": png(0, 0),
    "too-much-data.png": png(1000, 1000, data=zeros(400 << 20)),
    "too-little-data.png": png(4000, 3000, color=6),
    "16-bit.png": png(4000, 3000, depth=16, color=6, data=zeros(96 << 20)),
    "interlaced.png": png(4000, 3000, color=6, data=zeros(48 << 20), interlace=1),
    "profile.png": png(40, 30, chunks=[(b"iCCP", b"x\0\0" + zeros(200 << 20))]),
    "comments.png": with_text(1_000_000),
    "comments-100-million.png": png(40, 30, chunks=[(b"zTXt", b"x\0\0" + zeros(100 << 20))]),
    "animated.png": frames("PNG", 40, (400, 300)),
    "animated.webp": frames("WEBP", 40, (400, 300)),
    "cut.jpg": cut(saved("JPEG", size=(4000, 3000)), 0.5),
    "cut.png": cut(saved("PNG", size=(400, 300), noise=True), 0.7),
    "with-page.jpg": behind(saved("JPEG", size=(40, 30)), b"<script>alert(1)</script>"),
    "page.jpg": words(b"<html><script>alert(1)</script></html>"),
    "drawing.svg.png": words(b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    "animated.gif.jpg": frames("GIF", 3, (400, 300)),
}  # fmt: skip
