"""Where the home page starts from, and the version of all content."""

from django.core.validators import RegexValidator
from django.db import models

from .base import Edited, TextManager


class ContentClock(models.Model):
    """One row. Its version rises with each change to what visitors read (see library.py)."""

    version = models.PositiveBigIntegerField(default=0)


class StartingPoint(Edited):
    """A sentence on the home page that a visitor may recognize, and where it leads."""

    text = models.CharField(max_length=80, unique=True)
    link = models.CharField(
        max_length=200,
        validators=[
            RegexValidator(r"^/[^/\\]", "A path on this site, such as /conditions/chronic-pain/.")
        ],
    )
    order = models.PositiveSmallIntegerField(default=0)

    objects = TextManager()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return self.text

    def natural_key(self):
        return (self.text,)
