"""Rows on their way: which are new, which are known, which say something else now."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db.models import Count
from django.utils.text import slugify

from providers.changes import same_place
from providers.models import ListingSource, Provider, SearchRow

from .listing import facts_of
from .records import as_text, text_hash

LITTLE = 0.1  # of the work that a new listing is, is one that says what it said before


class Listed(NamedTuple):
    """What the source said of a row before; all but the words."""

    pk: int
    provider_id: int
    identifier: str
    edition: str
    as_of: date
    last_seen: date
    gone_from: str
    content_hash: str
    fingerprint: int
    run_id: int


class Item:
    """A row on its way: `listing` is what the same source said before, when it did."""

    stands = False  # it says what it said before

    def __init__(self, row, book):
        self.row, self.book = row, book
        self.listing = self.listing_pk = self.identifier = self.provider_id = None

    def found(self, listing):
        self.listing, self.identifier = listing, listing.identifier
        self.listing_pk, self.provider_id = listing.pk, listing.provider_id

    @cached_property
    def said(self):
        return self.row.record.said()

    @cached_property
    def text(self):
        """What is said, as JSON."""
        return as_text(self.said)

    @cached_property
    def hash(self):
        """Of what is said, and of the words it was understood with."""
        return text_hash(f"{self.book.vocabulary} {self.text}")

    @cached_property
    def fingerprint(self):
        return self.row.fingerprint(self.book.salt)

    @property
    def place(self):
        record = self.row.record
        return same_place(record.name, record.street, record.zip)

    @cached_property
    def facts(self):
        """Of a new listing."""
        return facts_of(self.said, self.book)

    @cached_property
    def slug(self):
        """Its name and town as an address; others may have it."""
        record = self.row.record
        return slugify(f"{record.name[:100]} {record.city} {record.state}")[:150] or "place"

    def read(self):
        """Have ready all that the row tells by itself, without a look at the database."""
        if not self.stands and self.row.record:
            _ = self.hash, self.place, self.facts, self.slug


@dataclass
class Plan:
    """What a batch is going to do."""

    left: list = field(default_factory=list)  # said the same before
    changed: list = field(default_factory=list)  # says something else now
    joined: list = field(default_factory=list)  # of a place that is listed already
    new: list = field(default_factory=list)
    refused: list = field(default_factory=list)  # rows

    @property
    def repairs(self):
        """The kinds of what was put right, in rows that were read."""
        read = [item.row for item in [*self.changed, *self.joined, *self.new]]
        return [text.partition(":")[0] for row in read for text in row.record.repairs]


def look_up(rows, run, book, seen=None):
    """An `Item` for each row; those that stand as before are told, and need not even be read.

    Nobody but the run itself changes that, so that many rows can be looked up before some are
    written. `seen` holds names and places of earlier batches that were not written, for a
    rehearsal.
    """
    items = [Item(row, book) for row in rows]
    marks = {item.fingerprint for item in items} - {0}
    # The source is compared here: asked for it, SQLite reads all of its rows for these few.
    listed = ListingSource.objects.filter(fingerprint__among=marks, gone_from="")
    known = defaultdict(list)
    for source_id, *values in listed.values_list("source_id", *Listed._fields):
        listing = Listed._make(values)
        if (
            source_id == run.source_id
            and (run.pk is None or listing.run_id != run.pk)
            and listing.identifier not in (seen or ())
        ):
            known[listing.fingerprint].append(listing)
    for some in known.values():
        some.sort(reverse=True)
    for item in items:
        if known.get(item.fingerprint):
            item.found(known[item.fingerprint].pop())
            item.stands = True
    return items


def standing(items):
    """The names of those that stand as before: taken, whoever else has them in this file."""
    return {item.identifier for item in items if item.stands}


def batch_of(items, most):
    """The first of these items that are written together: what stands is next to no work."""
    size = work = 0
    while size < len(items) and work < most:
        work += LITTLE if items[size].stands else 1
        size += 1
    return items[:size]


def plan(items, run, used, seen=None):
    """What becomes of each, as other listings are now. `used` holds names that are taken."""
    read = [item for item in items if not item.stands and item.row.record]
    _match_identifiers(read, run, used, seen)
    found, fresh = Plan(), []
    for item in items:
        if item.stands or _says_the_same(item):
            found.left.append(item)
        elif item.row.refused:
            found.refused.append(item.row)
        elif item.listing:
            found.changed.append(item)
        elif item.row.record:
            fresh.append(item)
    _outrank(found, run)
    _match_places(fresh, found, seen)
    return found


def _says_the_same(item):
    before = item.listing
    return before and before.content_hash == item.hash and not before.gone_from


def _outrank(found, run):
    """A source that says the same in a newer edition may now be right over another source."""
    newer = {item.listing.provider_id for item in found.left if item.listing.as_of != run.as_of}
    if not newer:
        return
    counted = ListingSource.objects.filter(provider__in=newer).values("provider")
    shared = set(counted.annotate(n=Count("pk")).filter(n__gt=1).values_list("provider", flat=True))
    moved = [item for item in found.left if item.listing.provider_id in shared]
    found.left = [item for item in found.left if item.listing.provider_id not in shared]
    found.changed += moved


def _match_identifiers(items, run, used, seen):
    """The second row of the same name in one file is “name#2”: two rows, one place."""
    for item in items:
        item.identifier = item.row.record.identifier
    waiting, n = items, 1
    while waiting:
        names = {item.identifier for item in waiting}
        listed = ListingSource.objects.filter(source=run.source_id, identifier__among=names)
        rows = map(Listed._make, listed.values_list(*Listed._fields))
        known = {row.identifier: row for row in rows}
        n, again = n + 1, []
        for item in waiting:
            row = known.get(item.identifier)
            in_this_run = row is not None and run.pk is not None and row.run_id == run.pk
            if item.identifier in used or in_this_run or (seen and item.identifier in seen):
                item.identifier = f"{item.row.record.identifier}#{n}"
                again.append(item)
            else:
                used.add(item.identifier)
                if row:
                    item.found(row)
        waiting = again
    if seen is not None:
        seen |= used


def _match_places(items, found, seen):
    """A listing at the same address under the same name is the same place; so is one that an
    export of ours names by its address here."""
    places = [item.place for item in items]
    known = dict(
        SearchRow.objects.filter(same_place__among=set(places) - {0}, demonstration=False)
        .order_by("-provider_id")
        .values_list("same_place", "provider_id")
    )
    ours = _by_slug(items)
    here = set()
    for item, place in zip(items, places, strict=True):
        record = item.row.record
        pk = known.get(place) or ours.get((record.slug, record.name, record.city))
        if pk:
            item.provider_id = pk
            found.joined.append(item)
        elif place and (place in here or (seen and place in seen)):
            found.joined.append(item)  # of a new listing of this batch
        else:
            found.new.append(item)
            here.add(place)
    if seen is not None:
        seen |= here


def _by_slug(items):
    slugs = {item.row.record.slug for item in items} - {""}
    rows = Provider.objects.filter(slug__in=slugs, demonstration=False) if slugs else []
    return {(row.slug, row.name, row.city): row.pk for row in rows}
