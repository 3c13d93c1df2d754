"""What stays of a page's way to its readers: addresses it had, and checks it was excused from."""

from django.db import models

from .therapies import Therapy


class OldSlug(models.Model):
    """An address a page once had; it redirects, and no other page may take it."""

    slug = models.SlugField(max_length=120, unique=True)
    therapy = models.ForeignKey(Therapy, models.CASCADE, related_name="old_slugs")

    def __str__(self):
        return self.slug


class Waiver(models.Model):
    """A check before publishing (`checks.CHECKS`) that this page need not meet, and why."""

    therapy = models.ForeignKey(Therapy, models.CASCADE, related_name="waivers")
    check_name = models.CharField("check", max_length=40)
    reason = models.TextField()
    by = models.CharField(max_length=150)
    on = models.DateField()

    class Meta:
        ordering = ["check_name"]
        constraints = [
            models.UniqueConstraint(fields=["therapy", "check_name"], name="one_waiver_a_check")
        ]

    def __str__(self):
        return f"{self.check_name}: {self.reason}"
