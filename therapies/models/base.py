"""What the models of this house share."""

from django.db import models


class SlugManager(models.Manager):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class PartManager(models.Manager):
    """Parts are known by what they belong to and their place in it, so fixtures can load twice.

    The model names the fields of its natural key in `key_fields`.
    """

    def get_by_natural_key(self, *words):
        return self.get(**dict(zip(self.model.key_fields, words, strict=True)))


class Edited(models.Model):
    """Something that staff may edit. Loading a fixture again keeps what they edited."""

    edited_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True


class SessionFormat(models.Model):
    """Where and with whom. Neither ticked within a group of two or four: not stated."""

    DELIVERY = (("in-person", "in_person"), ("virtual", "virtual"))
    GROUPING = (
        ("individual", "individual"),
        ("group", "group"),
        ("couple", "couple"),
        ("family", "family"),
    )

    in_person = models.BooleanField(default=False)
    virtual = models.BooleanField("by video", default=False)
    individual = models.BooleanField("one to one", default=False)
    group = models.BooleanField("in a group", default=False)
    couple = models.BooleanField("as a couple", default=False)
    family = models.BooleanField("as a family", default=False)

    class Meta:
        abstract = True


def lines(text):
    """The non-empty lines of a field that holds one thing a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]
