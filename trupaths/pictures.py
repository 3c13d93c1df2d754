"""LEAF: pictures that staff upload: what is taken, what becomes of it, and that words describe it.

Only pixels are kept. Each picture is drawn anew in three widths, as AVIF, WebP and one form that
every browser shows; camera data, places, comments and profiles stay behind. Its name is random
and tells its size, so that a page can leave room for it without asking:

    therapies/3f…c2-1200x800.jpg        what the field holds
    therapies/3f…c2-1200x800/480.avif   and beside it each width in each form
"""

import re
import secrets
import warnings
from io import BytesIO
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageCms, ImageOps

FORMATS = ["JPEG", "PNG", "WEBP"]
ACCEPTED = "image/jpeg,image/png,image/webp"
LARGEST = 10 * 1024 * 1024  # bytes
WIDTHS = (480, 960, 1600)
ENCODED = {
    "avif": {"format": "AVIF", "quality": 55, "speed": 9},
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "jpg": {"format": "JPEG", "quality": 82, "optimize": True, "progressive": True},
    "png": {"format": "PNG", "optimize": True},
}
FOR_SCREENS = ("avif", "webp")  # the best first; what knows neither shows the field's own file

# A JPEG is read at a part of its size, a PNG in full and copied where it is clear (a screen of
# 3840 x 2160 still fits); a WebP takes four times its memory.
MOST_PIXELS = {"JPEG": 24_000_000, "PNG": 8_300_000, "WEBP": 5_000_000}
# Pillow's own limit lets a file of 500 kB take 750 MB of memory.
Image.MAX_IMAGE_PIXELS = max(MOST_PIXELS.values())
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)

_named = re.compile(r".+-(\d+)x(\d+)\.(?:jpg|png)")


class Picture(ContentFile):
    """A picture drawn anew: what the field holds, and the `others` by the end of their name."""

    def __init__(self, content, name, others):
        super().__init__(content, name)
        self.others = others


def drawn_anew(upload):
    """A `Picture` from an upload; ValidationError, with a sentence, for what is none."""
    if upload.size > LARGEST:
        raise ValidationError("The picture is larger than 10 MB. Save it smaller and try again.")
    try:
        pixels = _pixels(upload)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise ValidationError(
            "The picture has more than 24 million pixels, or 8 million as PNG, 5 million as WebP. "
            "Save it smaller and try again."
        ) from None
    except Exception:  # Pillow raises many kinds for a damaged file
        raise ValidationError("Upload a picture that is a JPEG, PNG or WebP file.") from None
    ending = "png" if pixels.mode == "RGBA" else "jpg"
    others = {}
    for width in widths(pixels.width):
        smaller = _to_width(pixels, width)
        others |= {f"{width}.{form}": _encoded(smaller, form) for form in FOR_SCREENS}
    stem = f"{secrets.token_hex(16)}-{pixels.width}x{pixels.height}"
    return Picture(_encoded(pixels, ending), f"{stem}.{ending}", others)


def widths(most):
    """The widths that a picture so wide is kept in: never larger than it was."""
    return [width for width in WIDTHS if width < most] + [min(most, WIDTHS[-1])]


class Size(NamedTuple):
    width: int
    height: int


def size_of(name):
    """The `Size` of a picture that was drawn anew, else None: a drawing of ours."""
    found = _named.fullmatch(name)
    return Size(int(found[1]), int(found[2])) if found else None


def _pixels(upload):
    """What the file shows, upright, in the colors of screens, no larger than the widest."""
    with Image.open(upload, formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS[picture.format]:
            raise Image.DecompressionBombError
        part = min(1, WIDTHS[-1] / max(picture.size))  # a JPEG need not be read in full
        picture.draft("RGB", [max(1, int(part * side)) for side in picture.size])
        profile = picture.info.get("icc_profile")
        mode = "RGBA" if picture.has_transparency_data else "RGB"
        pixels = picture if picture.mode == mode else picture.convert(mode)
        pixels.thumbnail((WIDTHS[-1], WIDTHS[-1]), reducing_gap=2.0)
        pixels = _for_screens(ImageOps.exif_transpose(pixels), profile)
    upload.seek(0)
    bare = Image.new(mode, pixels.size)  # nothing but pixels comes along
    bare.paste(pixels)
    return bare


def _for_screens(pixels, profile):
    """In sRGB, as all that has no profile is."""
    if not profile:
        return pixels
    try:
        theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
        ours = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(pixels, theirs, ours, outputMode=pixels.mode)
    except (ImageCms.PyCMSError, OSError):  # damaged, or of other colors than these
        return pixels


def _to_width(pixels, width):
    if width == pixels.width:
        return pixels
    return pixels.resize((width, max(1, round(pixels.height * width / pixels.width))))


def _encoded(pixels, form):
    held = BytesIO()
    pixels.save(held, **ENCODED[form])
    return held.getvalue()


class PicturesForm(forms.ModelForm):
    """`pictures` pairs a picture field with the field that describes it.

    A picture that is unchanged stays valid, also an SVG that came with the fixtures.
    """

    pictures = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, _ in self.pictures:
            if name in self.fields:
                self.fields[name].widget.attrs["accept"] = ACCEPTED

    def clean(self):
        data = super().clean()
        for name, alt in self.pictures:
            picture = data.get(name)
            if isinstance(picture, UploadedFile):
                try:
                    data[name] = drawn_anew(picture)
                except ValidationError as error:
                    self.add_error(name, error)
            if picture and alt in self.fields and not (data.get(alt) or "").strip():
                self.add_error(
                    alt, "Say in a sentence what the picture shows, for people who cannot see it."
                )
        return data

    def save(self, commit=True):
        """The field writes its own file; the other widths and forms stand beside it."""
        for name, _ in self.pictures:
            picture = self.cleaned_data.get(name)
            if isinstance(picture, Picture):
                field = self.instance._meta.get_field(name)
                beside = field.generate_filename(self.instance, picture.name).rpartition(".")[0]
                for end, content in picture.others.items():
                    field.storage.save(f"{beside}/{end}", ContentFile(content))
        return super().save(commit)
