"""What the index reads: derived from listings, written only by changes.py."""

from django.db import models


class SearchClock(models.Model):
    """One row. Its lock makes version order commit order (see changes.py)."""

    version = models.PositiveBigIntegerField(default=0)


class SearchRow(models.Model):
    """What the index knows of one listing: derived, narrow, written only by changes.py.

    `yes` and `no` are bitsets of term ids, `services` pairs of a therapy id and flags as
    little-endian uint32. `search_text` is folded, with a space before each word. A listing without
    a point of its own is looked for from the middle of its town (`by_town`); without such a town
    it has no point. Equal `same_place` (name, street and ZIP code) or `same_phone` (ten digits)
    may be one place twice; 0 is equal to nothing.
    """

    provider_id = models.BigIntegerField(primary_key=True)
    live = models.BooleanField(default=True)
    demonstration = models.BooleanField(default=False)
    organization_id = models.BigIntegerField(default=0)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    state = models.CharField(max_length=2)
    exact = models.BooleanField(default=False)
    by_town = models.BooleanField(default=False)
    checked = models.IntegerField(default=0)
    yes = models.BinaryField(default=b"")
    no = models.BinaryField(default=b"")
    services = models.BinaryField(default=b"")
    sort_key = models.CharField(max_length=200, db_index=True)
    search_text = models.TextField(blank=True)
    same_place = models.BigIntegerField(default=0, db_index=True)
    same_phone = models.BigIntegerField(default=0, db_index=True)
    version = models.PositiveBigIntegerField(db_index=True)


class SearchWord(models.Model):
    """A word that some listing's text holds, or once held: it is no misspelling."""

    word = models.CharField(max_length=60, primary_key=True)

    def __str__(self):
        return self.word
