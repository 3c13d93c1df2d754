"""A visitor's memory. No account, no name, no address, no time of day."""

from django.db import models
from django.db.models import Q

from providers.models import Provider
from therapies.models import Therapy


class Visitor(models.Model):
    """Made at the first save or yes. The cookie holds the key; we hold only its hash."""

    key_hash = models.CharField(max_length=64, unique=True)
    lat = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    lon = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    place_name = models.CharField(max_length=120, blank=True)
    consent_version = models.PositiveSmallIntegerField(null=True)
    consent_on = models.DateField(null=True)
    seen_on = models.DateField()

    def __str__(self):
        return f"Visitor {self.pk}"

    @property
    def consents(self):
        return self.consent_version is not None


class Saved(models.Model):
    """A saved place (perhaps for one therapy) or a saved therapy."""

    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="saved")
    provider = models.ForeignKey(Provider, models.CASCADE, null=True, related_name="+")
    therapy = models.ForeignKey(Therapy, models.CASCADE, null=True, related_name="+")
    note = models.CharField(max_length=280, blank=True)
    saved_on = models.DateField()

    class Meta:
        ordering = ["-saved_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(provider__isnull=False) | Q(therapy__isnull=False),
                name="saved_something",
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
