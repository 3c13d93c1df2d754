"""One batch of rows: what would become of each, and then into the database."""

from collections import Counter, defaultdict
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count
from django.utils.text import slugify

from providers import bulk, origins
from providers.changes import same_place, search_row
from providers.models import (
    ImportRow,
    ListingSource,
    OldSlug,
    Organization,
    Proposal,
    Provider,
    SearchRow,
    SuspiciousPoint,
)

from . import listing
from .records import content_hash
from .revising import Revision, claimed, held, revised, without_address

Action = ImportRow.Action
LEFT = "left"
TAKEN_BACK = "(taken back)"  # stands in `gone_from` of a source whose run was undone
JOINED = "It is listed already: this source was added to it."


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
    places = [_place(item) for item in items]
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


def _place(item):
    record = item.row.record
    return same_place(record.name, record.street, record.zip)


class Prepared:
    """The new listings of a plan with all their rows, made ready outside the transaction."""

    def __init__(self, found, run, book):
        self.found, self.made = found, {}  # {same_place: id}
        self.history = [_refusal(row, run) for row in found.refused]
        items = found.new
        ids = book.take_ids(Provider, len(items))
        listed_ids = book.take_ids(ListingSource, len(items))
        organizations = book.organizations(
            {item.row.record.organization: item.row.record.organization_website for item in items}
        )
        rows, listed, doubts, self.search_rows = listing.Rows(book), [], [], []
        for item, pk, listed_pk, slug in zip(items, ids, listed_ids, _slugs(items), strict=True):
            provider, miles = listing.new_provider(pk, item.said, slug=slug, book=book)
            facts = rows.add(provider, item.said)
            self.search_rows.append(search_row(provider, book.points.towns, **facts))
            listed.append(_listed(item, run, pk) | {"id": listed_pk})
            self.history.append(_history(item, run, Action.ADDED, listed_pk))
            self.made[_place(item)] = pk
            if miles:
                lat, lon = item.said["point"]
                doubt = {"provider_id": pk, "source_id": run.source_id, "lat": lat, "lon": lon}
                doubts.append(doubt | {"miles": miles})
        self.inserts = [
            bulk.Insert(Organization, organizations),
            *rows.inserts(),
            bulk.Insert(ListingSource, listed),
            bulk.Insert(SuspiciousPoint, doubts),
        ]

    def write(self, run, book, changed):
        """Carry out the plan, inside `listing_changes()`; returns {action: rows}."""
        found = self.found
        ListingSource.objects.filter(pk__in=[item.listing.pk for item in found.left]).update(
            run=run, edition=run.edition, as_of=run.as_of, last_seen=run.as_of
        )
        newer = [item for item in found.left if _is_newer(item.listing, run)]
        changed.told_again.update(item.listing.provider_id for item in newer)
        seen = [
            _history(item, run, Action.SEEN, item.listing.pk, last_seen(item.listing))
            for item in newer
        ]
        for ready in self.inserts:
            ready.write()
        changed.new_rows += self.search_rows
        for item in found.joined:
            item.provider_id = item.provider_id or self.made[_place(item)]
        touched = [*found.changed, *found.joined]
        same, proposed, history, hidden = _revise(touched, run, book, changed)
        bulk.insert(ImportRow, [*self.history, *seen, *history])
        for provider in hidden:
            origins.hide_address(provider)
        counts = Counter(row["action"] for row in [*self.history, *history])
        del counts[Action.SEEN]
        return counts + Counter({LEFT: len(found.left) + same, "proposed": proposed})


def _is_newer(source, run):
    return (source.edition, source.as_of) != (run.edition, run.as_of)


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
        "fingerprint": item.fingerprint,
        "gone_from": "",
        "run_id": run.pk,
    }


def _history(item, run, action, listing_id, before=None, reason="", wrote=None):
    return {
        "run_id": run.pk,
        "number": item.row.number,
        "action": action,
        "reason": reason,
        "listing_id": listing_id,
        "before": before,
        "wrote": wrote,
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
        "wrote": None,
        "raw": row.raw,
    }


def _revise(items, run, book, changed):
    """Listings that exist: merged with what is said now.

    Returns how many rows say the same after all, how many proposals were filed, the history, and
    the listings of which no trace of an address may stay.
    """
    same = proposed = 0
    history, hidden = [], []
    while items:  # each listing once in a round: two rows of one place follow one another
        first = {item.provider_id: item for item in reversed(items)}
        revision = Revision(book, run, run.source)
        rows = _revise_once(list(first.values()), run, revision)
        revision.save()
        same += len(first) - sum(row["action"] == Action.CHANGED for row in rows)
        proposed += len(revision.filed)
        history += rows
        hidden += revision.hidden
        changed.update(first)
        items = [item for item in items if first[item.provider_id] is not item]
    return same, proposed, history, hidden


def _revise_once(items, run, revision):
    known, history = held({item.provider_id for item in items}, lock=True), []
    back = set()
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
        hidden = one.provider.confidential_address
        if hidden:
            row.said = without_address(row.said)
        merged = revised(one, says_before, revision.book)
        if before and before["gone_from"]:
            back.add(item.provider_id)
            if before["gone_from"] == TAKEN_BACK and "status" not in one.set_by:
                merged.writes["status"] = revision.book.status
        row.save()
        wrote = revision.add(one, merged)
        if before is None:
            history.append(_history(item, run, Action.CHANGED, row.pk, reason=JOINED, wrote=wrote))
        elif tells(merged, before["said"], row.said, before["gone_from"]):
            why = changes_in_words(merged)
            history.append(_history(item, run, Action.CHANGED, row.pk, before, why, wrote))
        elif (before["edition"], before["as_of"]) != (run.edition, run.as_of.isoformat()):
            history.append(_history(item, run, Action.SEEN, row.pk, before))
        if not hidden and "confidential" in merged.writes:
            revision.hidden.append(one.provider)
    Proposal.objects.open().filter(provider__in=back, field="status").exclude(source=None).delete()
    return history


def rehearsed(one, item, run, book):
    """The source of a listing as it is, and what `merge` would make of what it says now."""
    says_before = one.says
    row = next(row for row in one.sources if row.pk == item.listing_pk)
    before = copy(row)
    row.said, row.as_of, row.gone_from = item.said, run.as_of, ""
    merged = revised(one, says_before, book)
    one.written |= merged.writes
    return before, merged


def tells(merged, said_before, said, gone_from):
    """Whether anything is new: what is said in another way, or in a newer year, is not."""
    return bool(merged.writes or merged.proposals or gone_from or said_before != said)


def snapshot(row):
    """What `undoing` needs to put a source back as it was."""
    return last_seen(row) | {
        "said": row.said,
        "content_hash": row.content_hash,
        "fingerprint": row.fingerprint,
        "gone_from": row.gone_from,
    }


def last_seen(row):
    """When a source was read, for one that said nothing new."""
    return {
        "edition": row.edition,
        "as_of": row.as_of.isoformat(),
        "last_seen": row.last_seen.isoformat(),
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
