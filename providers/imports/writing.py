"""What was planned for a batch, into the database."""

from collections import Counter
from copy import copy

from providers import bulk, origins
from providers.changes import search_row
from providers.models import (
    ImportRow,
    ListingSource,
    OldSlug,
    Organization,
    Proposal,
    Provider,
    SuspiciousPoint,
)

from . import listing
from .records import content_hash
from .revising import Revision, claimed, fields, held, revised, without_address

Action = ImportRow.Action
LEFT = "left"
TAKEN_BACK = "(taken back)"  # stands in `gone_from` of a source whose run was undone
JOINED = "It is listed already: this source was added to it."


class Overtaken(Exception):
    """A listing is gone that was there when the batch was planned."""


class Prepared:
    """The new listings of a plan with all their rows, made ready outside the transaction."""

    def __init__(self, found, run, book):
        self.found, self.made = found, {}  # {same_place: id}
        self.history = [_refusal(row, run) for row in found.refused]
        items = found.new
        ids = book.take_ids(Provider, len(items))
        # In the order of the rows: of two that speak of one day, the later is right.
        listed_first = sorted([*items, *found.joined], key=lambda item: item.row.number)
        keys = book.take_ids(ListingSource, len(listed_first))
        for item, key in zip(listed_first, keys, strict=True):
            item.listing_pk = key
        organizations = book.organizations(
            {item.row.record.organization: item.row.record.organization_website for item in items}
        )
        rows, listed, doubts, self.search_rows = listing.Rows(), [], [], []
        for item, pk, slug in zip(items, ids, _slugs(items), strict=True):
            provider, miles = listing.new_provider(pk, item.said, slug=slug, book=book)
            rows.add(provider, item.facts)
            towns = book.points.towns if provider.lat is None else {}
            self.search_rows.append(search_row(provider, towns, **item.facts.search))
            listed.append(_listed(item, run, pk) | {"id": item.listing_pk, "said": item.text})
            self.history.append(_history(item, run, Action.ADDED, item.listing_pk))
            self.made[item.place] = pk
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
        ListingSource.objects.filter(pk__among=[item.listing.pk for item in found.left]).update(
            run=run, edition=run.edition, as_of=run.as_of, last_seen=run.as_of
        )
        newer = [item for item in found.left if _is_newer(item.listing, run)]
        changed.told_again.update(item.listing.provider_id for item in newer)
        seen = [
            _history(item, run, Action.SEEN, item.listing.pk, last_seen(item.listing))
            for item in newer
        ]
        book.hold_terms()
        for ready in self.inserts:
            ready.write()
        changed.new_rows += self.search_rows
        for item in found.joined:
            item.provider_id = item.provider_id or self.made[item.place]
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
    if len(known) < len(items):
        raise Overtaken
    back, added, changed = set(), [], []
    for item in items:
        one = known[item.provider_id]
        revision.origins += claimed(one)
        says_before, before = one.says, None
        row = next((row for row in one.sources if row.pk == item.listing_pk), None)
        if row is None:
            row = ListingSource(pk=item.listing_pk, first_seen=run.as_of)
            one.sources.append(row)
            added.append(row)
        else:
            before = snapshot(row)
            changed.append(row)
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
    bulk.insert(ListingSource, list(map(fields, added)))
    bulk.update(ListingSource, list(map(fields, changed)))
    if back:
        asked = Proposal.objects.open().filter(provider__in=back, field="status")
        asked.exclude(source=None).delete()
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
    first = [some[0] for some in choices]
    taken = _taken(first)
    again = {slug for slug, n in Counter(first).items() if n > 1} | taken
    taken |= _taken([slug for some in choices if some[0] in again for slug in some[1:]])
    found = []
    for some in choices:
        slug = next(slug for slug in some if slug not in taken)
        taken.add(slug)
        found.append(slug)
    return found


def _taken(slugs):
    """Those of these that are, or once were, the address of a listing."""
    found = (model.objects.filter(slug__among=slugs).order_by() for model in (Provider, OldSlug))
    return {slug for rows in found for slug in rows.values_list("slug", flat=True)}


def _choices(item):
    record = item.row.record
    wish = [record.slug] if record.slug else []
    longer = record.zip, content_hash(item.identifier)[:10]
    return [*wish, item.slug, *(f"{item.slug}-{more}" for more in longer)]
