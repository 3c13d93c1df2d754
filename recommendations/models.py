"""A visitor's memory: no account, no name, no address, no time of day. And counts of nobody."""

import secrets

from django.db import models
from django.db.models import Q

from providers.models import Provider
from therapies.models import Therapy


def share_key():
    """What links to a list carry, so that the visitor who made them can end them; 96 bits."""
    return secrets.token_urlsafe(12)


class Visitor(models.Model):
    """Made at the first save, “not for me” or yes. The cookie holds the key, we only its hash."""

    key_hash = models.CharField(max_length=64, unique=True)
    lat = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    lon = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    place_name = models.CharField(max_length=120, blank=True)
    consent_version = models.PositiveSmallIntegerField(null=True)
    consent_on = models.DateField(null=True)
    # What may shape suggestions. Saving is asking for it; the other two wait for a yes.
    counts_saved = models.BooleanField(default=True)
    counts_opened = models.BooleanField(default=False)
    counts_filters = models.BooleanField(default=False)
    seen_on = models.DateField()
    # Links to the list carry it. None (many may be) of who came while an older version served.
    shared_as = models.CharField(max_length=16, default=share_key, unique=True, null=True)  # noqa: DJ001

    def __str__(self):
        return f"Visitor {self.pk}"

    @property
    def consents(self):
        return self.consent_version is not None


class Saved(models.Model):
    """What a visitor put on the list, or out of sight: a place (perhaps for one therapy) or a
    therapy. A saved place that becomes “not for me” keeps its note and waits for an undo.
    """

    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="saved")
    provider = models.ForeignKey(Provider, models.CASCADE, null=True, related_name="+")
    therapy = models.ForeignKey(Therapy, models.CASCADE, null=True, related_name="+")
    note = models.CharField(max_length=280, blank=True)
    counts = models.BooleanField(default=True)  # shapes suggestions, if saved things may
    saved_on = models.DateField(null=True)
    hidden_on = models.DateField(null=True)

    class Meta:
        ordering = ["-saved_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(provider__isnull=False) | Q(therapy__isnull=False),
                name="saved_something",
            ),
            models.CheckConstraint(
                condition=Q(saved_on__isnull=False) | Q(hidden_on__isnull=False),
                name="saved_or_hidden",
            ),
            models.CheckConstraint(
                condition=Q(hidden_on__isnull=True) | Q(provider__isnull=False),
                name="only_places_are_hidden",
            ),
            # A place is saved once; the therapy it was found for is kept beside it.
            models.UniqueConstraint(
                fields=["visitor", "provider"],
                condition=Q(provider__isnull=False),
                name="place_saved_once",
            ),
            models.UniqueConstraint(
                fields=["visitor", "therapy"],
                condition=Q(provider__isnull=True),
                name="therapy_saved_once",
            ),
        ]

    def __str__(self):
        return str(self.provider or self.therapy)

    @property
    def thing(self):
        """“provider:12”, or “therapy:3” when it stands alone."""
        return f"provider:{self.provider_id}" if self.provider_id else f"therapy:{self.therapy_id}"


class Event(models.Model):
    """What a visitor who said yes did on a day: a page opened or a filter used."""

    class Kind(models.TextChoices):
        EXPLORED = "explored", "Opened"
        FILTER = "filter", "Filter used"

    KEPT = 40

    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=8, choices=Kind)
    # "therapy:12", "provider:34", "term:56", "delivery:virtual"
    thing = models.CharField(max_length=40)
    provider = models.ForeignKey(Provider, models.CASCADE, null=True, related_name="+")
    day = models.DateField()

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visitor", "kind", "thing", "day"], name="one_event_a_day"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.thing}"


class ExposureDay(models.Model):
    """How often a place stood among the first three of a list, and was opened, on a day.

    By whom is not known to it: see exposure.py. Under `FEWEST` shown, the row goes after its day.
    """

    FEWEST = 10

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="+")
    day = models.DateField(db_index=True)
    shown = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "-shown", "provider"]
        verbose_name = "exposure"
        verbose_name_plural = "exposure"
        constraints = [
            models.UniqueConstraint(fields=["provider", "day"], name="one_exposure_a_day")
        ]

    def __str__(self):
        return f"{self.provider} on {self.day}"
