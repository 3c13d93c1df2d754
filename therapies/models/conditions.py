"""What people live with."""

from django.db import models
from django.urls import reverse

from .base import Edited, SlugManager, lines


class Condition(Edited):
    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    summary = models.TextField(blank=True, help_text="Two or three plain sentences.")
    also_known_as = models.TextField(blank=True, help_text="Other names, one a line.")
    searched_as = models.TextField(
        blank=True,
        help_text="Words that people type and that we do not print, one a line: misspellings, "
        "and names that hurt.",
    )
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="children"
    )

    objects = SlugManager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return reverse("therapies:condition_detail", args=[self.slug])

    @property
    def names(self):
        """All that finds it, printed or not."""
        return [self.name, *lines(self.also_known_as), *lines(self.searched_as)]
