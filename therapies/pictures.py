"""Pictures that staff upload: what is taken, and that each is described in words."""

import secrets
import warnings

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from PIL import Image

FORMATS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
ACCEPTED = "image/jpeg,image/png,image/webp"
LARGEST = 10 * 1024 * 1024  # bytes

# Pillow's own limit lets a file of 500 kB take 750 MB of memory.
Image.MAX_IMAGE_PIXELS = 24_000_000
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


def check_picture(upload):
    """A JPEG, PNG or WebP of reasonable size, under a name of ours."""
    if upload.size > LARGEST:
        raise ValidationError("The picture is larger than 10 MB. Save it smaller and try again.")
    try:
        with Image.open(upload, formats=list(FORMATS)) as picture:
            width, height = picture.size
            if width * height > Image.MAX_IMAGE_PIXELS:
                raise Image.DecompressionBombError
            picture.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise ValidationError(
            "The picture has more than 24 million pixels. Save it smaller and try again."
        ) from None
    except Exception:  # Pillow raises many kinds for a damaged file
        raise ValidationError("Upload a picture that is a JPEG, PNG or WebP file.") from None
    upload.seek(0)
    upload.name = secrets.token_hex(8) + FORMATS[picture.format]


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
                    check_picture(picture)
                except ValidationError as error:
                    self.add_error(name, error)
            if picture and alt in self.fields and not (data.get(alt) or "").strip():
                self.add_error(
                    alt, "Say in a sentence what the picture shows, for people who cannot see it."
                )
        return data
