"""One batch of rows: what would become of each, and then into the database."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.text import slugify

from providers import bulk
from providers.changes import same_place
from providers.models import (
    ImportRow,
    ListingSource,
    OldSlug,
    Provider,
    SearchRow,
    SuspiciousPoint,
)

from . import listing
from .records import Row, content_hash
from .revising import Revision, claimed, held, hide_address, revised

Action = ImportRow.Action
LEFT = "left"
JOINED = "It is listed already: this source was added to it."


@dataclass
class Item:
    """A record on its way: `listing` is the row of the same source, when there is one."""

    row: Row
    said: dict
    hash: str
    identifier: str
    listing: ListingSource | None = None
    provider_id: int | None = None

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


def plan(rows, run, seen=None):
    """Tell what is new from what is known. `seen` holds the places of earlier batches that were
    not written (a dry run): {same_place: identifier}."""
    found = Plan(refused=[row for row in rows if row.refused])
    items = []
    for row in rows:
        if row.record:
            said = row.record.said()
            items.append(Item(row, said, content_hash(said), row.record.identifier))
    _match_identifiers(items, run, seen)
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


def _match_identifiers(items, run, seen):
    """The second row of the same name in one file is “name#2”: two rows, one place."""
    used, waiting, n = set(), items, 1
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
    """A listing at the same address under the same name is the same place."""
    places = [_place(item) for item in items]
    known = dict(
        SearchRow.objects.filter(same_place__in=set(places) - {0}, demonstration=False)
        .order_by("-provider_id")
        .values_list("same_place", "provider_id")
    )
    here = set()
    for item, place in zip(items, places, strict=True):
        if place in known:
            item.provider_id = known[place]
            found.joined.append(item)
        elif place and (place in here or (seen and place in seen)):
            found.joined.append(item)  # of a new listing of this batch
        else:
            found.new.append(item)
            here.add(place)
    if seen is not None:
        seen |= here


def _place(item):
    record = item.row.record
    return same_place(record.name, record.street, record.zip)


def write(found, run, book, changed, status):
    """Carry out a plan, inside `listing_changes()`; returns {action: rows}."""
    ListingSource.objects.filter(pk__in=[item.listing.pk for item in found.left]).update(
        run=run, edition=run.edition, as_of=run.as_of, last_seen=run.as_of
    )
    changed.told_again.update(
        item.listing.provider_id for item in found.left if item.listing.as_of != run.as_of
    )
    history = [_refusal(row, run) for row in found.refused]
    doubts = []
    made = _add_new(found.new, run, book, changed, status, history, doubts)
    touched = [*found.changed, *found.joined]
    for item in found.joined:
        item.provider_id = item.provider_id or made[_place(item)]
    proposed = _revise(touched, run, book, changed, history)
    bulk.insert(ImportRow, history)
    bulk.insert(SuspiciousPoint, doubts)
    return Counter(row["action"] for row in history) + Counter(
        {LEFT: len(found.left), "proposed": proposed}
    )


def _add_new(items, run, book, changed, status, history, doubts):
    """Listings nobody had so far; returns {same_place: id}."""
    slugs = _slugs(items)
    written, listed = listing.Written(book), []
    ids = bulk.take_ids(Provider, len(items)) if items else []
    listing_ids = bulk.take_ids(ListingSource, len(items)) if items else []
    for item, pk, listing_pk, slug in zip(items, ids, listing_ids, slugs, strict=True):
        provider, miles = listing.new_provider(pk, item.said, status=status, slug=slug, book=book)
        changed.new(provider, **written.add(provider, item.said))
        if miles:
            lat, lon = item.said["point"]
            doubts.append(
                {"provider_id": pk, "source_id": run.source_id, "lat": lat, "lon": lon,
                 "miles": miles}
            )  # fmt: skip
        listed.append(_listed(item, run, pk) | {"id": listing_pk})
        history.append(_history(item, run, Action.ADDED, listing_pk))
    for model, rows in [*written.rows(), (ListingSource, listed)]:
        bulk.insert(model, rows)
    return {_place(item): pk for item, pk in zip(items, ids, strict=True)}


def _listed(item, run, provider_id):
    return {
        "provider_id": provider_id,
        "source_id": run.source_id,
        "identifier": item.identifier,
        "edition": run.edition,
        "as_of": run.as_of,
        "first_seen": run.as_of,
        "last_seen": run.as_of,
        "said": item.said,
        "content_hash": item.hash,
        "gone_from": "",
        "run_id": run.pk,
    }


def _history(item, run, action, listing_id, before=None, reason=""):
    return {
        "run_id": run.pk,
        "number": item.row.number,
        "action": action,
        "reason": reason,
        "listing_id": listing_id,
        "before": before,
        "raw": None,
    }


def _refusal(row, run):
    return {
        "run_id": run.pk,
        "number": row.number,
        "action": Action.REFUSED,
        "reason": str(row.refused)[:240],
        "listing_id": None,
        "before": None,
        "raw": row.raw,
    }


def _revise(items, run, book, changed, history):
    """Listings that exist: merged with what is said now. Returns how many proposals were filed."""
    proposed = 0
    while items:  # each listing once in a round: two rows of one place follow one another
        first = {item.provider_id: item for item in reversed(items)}
        proposed += _revise_once(list(first.values()), run, book, history)
        changed.update(first)
        items = [item for item in items if first[item.provider_id] is not item]
    return proposed


def _revise_once(items, run, book, history):
    known = held({item.provider_id for item in items})
    revision = Revision(book, run, run.source)
    for item in items:
        one = known[item.provider_id]
        revision.origins += claimed(one)
        says_before, before = one.says, None
        row = next((row for row in one.sources if row.pk == item.listing_pk), None)
        if row is None:
            row = ListingSource(first_seen=run.as_of)
            one.sources.append(row)
        else:
            before = snapshot(row)
        for name, value in _listed(item, run, item.provider_id).items():
            if name != "first_seen":
                setattr(row, name, value)
        if one.provider.confidential_address or "confidential" in row.said:
            hide_address(one)
        merged = revised(one, says_before, book)
        row.save()
        revision.add(one, merged)
        reason = changes_in_words(merged) if before else JOINED
        history.append(_history(item, run, Action.CHANGED, row.pk, before, reason))
    revision.save()
    return len(revision.filed)


def snapshot(row):
    """What `undoing` needs to put a source back as it was."""
    return {
        "said": row.said,
        "content_hash": row.content_hash,
        "edition": row.edition,
        "as_of": row.as_of.isoformat(),
        "last_seen": row.last_seen.isoformat(),
        "gone_from": row.gone_from,
        "run": row.run_id,
    }


def changes_in_words(merged):
    """Names of fields only: what they hold stands in the listing itself."""
    parts = []
    if merged.writes:
        parts.append(f"Changed: {', '.join(sorted(merged.writes))}.")
    if merged.proposals:
        parts.append(f"Proposed: {', '.join(sorted(merged.proposals))}.")
    return " ".join(parts)[:240] or "Nothing that shows."


def _slugs(items):
    """An address for each: the name and town, and more only where that is taken."""
    choices = [_choices(item) for item in items]
    wanted = {slug for some in choices for slug in some}
    taken = set(Provider.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    taken |= set(OldSlug.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    found = []
    for some in choices:
        slug = next(slug for slug in some if slug not in taken)
        taken.add(slug)
        found.append(slug)
    return found


def _choices(item):
    record = item.row.record
    base = slugify(f"{record.name[:100]} {record.city} {record.state}")[:150] or "place"
    wish = [record.slug] if record.slug else []
    return [*wish, base, f"{base}-{record.zip}", f"{base}-{content_hash(item.identifier)[:10]}"]
