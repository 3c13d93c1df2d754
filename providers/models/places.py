"""ZIP codes and towns: where visitors search from."""

from django.db import models


class PlaceManager(models.Manager):
    def get_by_natural_key(self, kind, name, state, zip_code):
        return self.get(kind=kind, name=name, state=state, zip=zip_code)


class Place(models.Model):
    """A ZIP code or a town as one point. Loaded by `load_places`; visitors search from here."""

    class Kind(models.TextChoices):
        ZIP = "zip", "ZIP code"
        TOWN = "town", "Town"

    kind = models.CharField(max_length=4, choices=Kind)
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=2)
    zip = models.CharField("ZIP code", max_length=5, blank=True)
    lat = models.FloatField()
    lon = models.FloatField()
    population = models.PositiveIntegerField(default=0)
    folded = models.CharField(max_length=120, db_index=True, editable=False)

    objects = PlaceManager()

    class Meta:
        ordering = ["-population", "name", "state"]
        indexes = [models.Index(fields=["zip"], name="place_zip")]

    def __str__(self):
        return self.zip if self.kind == self.Kind.ZIP else self.label

    @property
    def label(self):
        return f"{self.name}, {self.state}" if self.name else self.zip
