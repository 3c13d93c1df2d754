"""A run taken back: each source says again what it said before."""

import secrets
from datetime import date

from django.utils import timezone

from providers.changes import listing_changes
from providers.models import (
    Check,
    FieldOrigin,
    ImportRow,
    ImportRun,
    ListingSource,
    PossibleDuplicate,
    Proposal,
    Provider,
    ProviderTerm,
    Service,
    SuspiciousPoint,
)

from .listing import REQUIRED, Book
from .merging import Merged
from .records import ADDRESS
from .revising import Revision, held, revised, without_address
from .running import BATCH, Stopped
from .writing import TAKEN_BACK

Action = ImportRow.Action


def undo(run):
    """Take back what `run` did; returns {"removed", "withdrawn", "restored"}: listings.

    Listings it added go, but for those that people have touched or that visitors keep: these are
    withdrawn. What people changed since stays. Safe to repeat after an interruption. Raises
    `Stopped` when a later run of the same source stands upon this one.
    """
    later = ImportRun.objects.filter(source=run.source, pk__gt=run.pk).exclude(
        status=ImportRun.Status.UNDONE
    )
    if newer := later.order_by("pk").last():
        raise Stopped(f"A later run of the same source stands upon it. First: --undo {newer.pk}")
    if run.status == ImportRun.Status.UNDONE:
        raise Stopped("This run was taken back already.")
    run.token = secrets.token_hex()  # whoever still works on it finds it changed, and stops
    run.save(update_fields=["token"])
    done, book = {"removed": 0, "withdrawn": 0, "restored": 0}, Book()
    rows = run.rows.exclude(action=Action.REFUSED).exclude(listing=None).order_by("-pk")
    while batch := list(rows.select_related("listing")[:BATCH]):
        with listing_changes() as changed:
            _undo(batch, run, book, changed, done)
            ImportRow.objects.filter(pk__in=[row.pk for row in batch]).update(listing=None)
    ListingSource.objects.filter(run=run).update(run=None)
    Proposal.objects.filter(run=run, closed_at=None).delete()
    run.status, run.finished_at = ImportRun.Status.UNDONE, timezone.now()
    run.save(update_fields=["status", "finished_at"])
    return done


def _undo(batch, run, book, changed, done):
    known = held({row.listing.provider_id for row in batch}, lock=True)
    revision, alone = Revision(book, None, run.source), []
    for group in _by_provider(batch):
        one = known[group[0].listing.provider_id]
        if _stands_alone(group, one):
            alone.append(one)
            continue
        says_before = one.says
        for row in group:
            _put_back(row, one)
        if any(row.action == Action.ADDED for row in group):
            # Another source lists it too: what this one alone said goes.
            revision.add(one, revised(one, says_before, book))
        else:
            _restore(group, one, revision)
        changed.add(one.provider.pk)
        done["restored"] += any(row.wrote for row in group)
    revision.save()
    _leave(alone, changed, done)


def _by_provider(batch):
    groups = {}
    for row in batch:
        groups.setdefault(row.listing.provider_id, []).append(row)
    return groups.values()


def _stands_alone(group, one):
    """Whether the run added this listing, and no source would be left."""
    going = {row.listing_id for row in group if row.before is None}
    added = any(row.action == Action.ADDED for row in group)
    return added and going >= {source.pk for source in one.sources}


def _put_back(row, one):
    """One source of a listing as it was before; without a before it was not there."""
    source = next(source for source in one.sources if source.pk == row.listing_id)
    if row.before is None:
        one.sources.remove(source)
        source.delete()
        return
    for name, value in row.before.items():
        if name in ("as_of", "last_seen"):
            value = date.fromisoformat(value)
        setattr(source, "run_id" if name == "run" else name, value)
    if one.provider.confidential_address:
        source.said = without_address(source.said)
    source.save()


def _restore(group, one, revision):
    """Each field that still is what the run wrote becomes what it was, whoever had set it.

    The later rows come first. What was hidden stays hidden.
    """
    writes, origins = {}, {}
    stands, hidden = one.stands, one.provider.confidential_address
    for row in group:
        for name, (was, wrote, origin) in (row.wrote or {}).items():
            if name == "confidential" or (hidden and name in ADDRESS):
                continue
            if stands.get(name) == wrote and not (was is None and name in REQUIRED):
                writes[name] = stands[name] = was
                origins[name] = origin
    revision.add(one, Merged(writes))
    revision.origins += [
        FieldOrigin(provider=one.provider, field=name, set_on=day_and_by[0], by=day_and_by[1])
        for name, day_and_by in origins.items()
        if day_and_by
    ]


def _leave(alone, changed, done):
    """Listings without a source: gone, or withdrawn where someone would miss them."""
    ids = {one.provider.pk for one in alone}
    missed = {one.provider.pk for one in alone if one.set_by or one.checks} | _kept(ids)
    for one in alone:
        if one.provider.pk in missed:
            one.provider.status = Provider.Status.WITHDRAWN
            one.provider.save(update_fields=["status", "updated_at"])
    # Its source is kept, so that the next import knows whose it is, and publishes it again.
    ListingSource.objects.filter(provider__in=missed).update(
        gone_from=TAKEN_BACK, content_hash="", fingerprint=0
    )
    Provider.objects.filter(pk__in=ids - missed).delete()
    changed.update(ids)
    done["withdrawn"] += len(missed)
    done["removed"] += len(ids - missed)


# What an import writes itself.
OWN = (
    *(Service, ProviderTerm, Check, ListingSource, FieldOrigin),
    *(Proposal, SuspiciousPoint, PossibleDuplicate),
)


def _kept(ids):
    """Those to which anything else points: a saved list, a correction, an old address."""
    found = set()
    for relation in Provider._meta.get_fields(include_hidden=True):
        if relation.one_to_many and relation.related_model not in OWN:
            name = relation.field.attname
            rows = relation.related_model.objects.filter(**{f"{name}__in": ids})
            found.update(rows.values_list(name, flat=True))
    return found
