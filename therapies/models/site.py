"""Where the home page starts from, and the version of all content."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.text import slugify

from .base import Edited, SlugManager


class ContentClock(models.Model):
    """One row. Its version rises with each change to what visitors read (see library.py)."""

    version = models.PositiveBigIntegerField(default=0)


class StartingPoint(Edited):
    """A sentence on the home page that a visitor may recognize, and where it leads."""

    slug = models.SlugField(max_length=80, unique=True, editable=False)
    text = models.CharField(max_length=80, unique=True)
    link = models.CharField(
        max_length=200,
        validators=[
            RegexValidator(r"^/[^/\\]", "A path on this site, such as /conditions/chronic-pain/.")
        ],
    )
    order = models.PositiveSmallIntegerField(default=0)

    objects = SlugManager()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return self.text

    def natural_key(self):
        return (self.slug,)

    def save(self, **options):
        # Fixtures know it by this, however staff word it later.
        self.slug = self.slug or slugify(self.text)[:80]
        super().save(**options)
