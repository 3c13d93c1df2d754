"""One batch of rows: which are new, which are known, which say something else now."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count

from providers.changes import same_place
from providers.models import ListingSource, Provider, SearchRow

from .records import content_hash


class Item:
    """A row on its way: `listing` is what the same source said before, when it did."""

    def __init__(self, row, book, listing=None):
        self.row, self.book, self.listing = row, book, listing
        self.identifier = listing.identifier if listing else row.record.identifier
        self.provider_id = listing and listing.provider_id

    @cached_property
    def said(self):
        return self.row.record.said()

    @cached_property
    def hash(self):
        """Of what is said, and of the words it was understood with."""
        return content_hash([self.book.vocabulary, self.said])

    @property
    def fingerprint(self):
        return self.row.fingerprint(self.book.salt)

    @property
    def listing_pk(self):
        return self.listing and self.listing.pk


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


def plan(rows, run, book, seen=None):
    """Tell what is new from what is known. `seen` holds names and places of earlier batches that
    were not written, for a rehearsal."""
    found, items = Plan(), []
    for row in _unknown(rows, found, run, book, seen):
        if row.refused:
            found.refused.append(row)
        elif row.record:
            items.append(Item(row, book))
    _match_identifiers(items, run, {item.identifier for item in found.left}, seen)
    fresh = []
    for item in items:
        if item.listing is None:
            fresh.append(item)
        elif item.listing.content_hash == item.hash and not item.listing.gone_from:
            found.left.append(item)
        else:
            item.provider_id = item.listing.provider_id
            found.changed.append(item)
    _outrank(found, run)
    _match_places(fresh, found, seen)
    return found


def _unknown(rows, found, run, book, seen):
    """The rows that stand otherwise than before; the others need not even be read."""
    prints = [row.fingerprint(book.salt) for row in rows]
    known = defaultdict(list)
    listed = ListingSource.objects.filter(
        source=run.source_id, fingerprint__in=set(prints) - {0}, gone_from=""
    )
    for source in listed.defer("said").order_by("-pk"):
        if (run.pk is None or source.run_id != run.pk) and source.identifier not in (seen or ()):
            known[source.fingerprint].append(source)
    for row, mark in zip(rows, prints, strict=True):
        if known[mark]:
            found.left.append(Item(row, book, known[mark].pop()))
        else:
            yield row


def _outrank(found, run):
    """A source that says the same in a newer edition may now be right over another source."""
    newer = {item.listing.provider_id for item in found.left if item.listing.as_of != run.as_of}
    counted = ListingSource.objects.filter(provider__in=newer).values("provider")
    shared = set(counted.annotate(n=Count("pk")).filter(n__gt=1).values_list("provider", flat=True))
    moved = [item for item in found.left if item.listing.provider_id in shared]
    found.left = [item for item in found.left if item.listing.provider_id not in shared]
    for item in moved:
        item.provider_id = item.listing.provider_id
    found.changed += moved


def _match_identifiers(items, run, used, seen):
    """The second row of the same name in one file is “name#2”: two rows, one place."""
    waiting, n = items, 1
    while waiting:
        listed = ListingSource.objects.filter(
            source=run.source_id, identifier__in=[item.identifier for item in waiting]
        )
        known = {row.identifier: row for row in listed.defer("said")}
        n, again = n + 1, []
        for item in waiting:
            row = known.get(item.identifier)
            in_this_run = row is not None and run.pk is not None and row.run_id == run.pk
            if item.identifier in used or in_this_run or (seen and item.identifier in seen):
                item.identifier = f"{item.row.record.identifier}#{n}"
                again.append(item)
            else:
                used.add(item.identifier)
                item.listing = row
        waiting = again
    if seen is not None:
        seen |= used


def _match_places(items, found, seen):
    """A listing at the same address under the same name is the same place; so is one that an
    export of ours names by its address here."""
    places = [place_of(item) for item in items]
    known = dict(
        SearchRow.objects.filter(same_place__in=set(places) - {0}, demonstration=False)
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


def place_of(item):
    record = item.row.record
    return same_place(record.name, record.street, record.zip)
