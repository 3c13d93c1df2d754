"""A run taken back: each source says again what it said before."""

from datetime import date

from django.utils import timezone

from providers.changes import listing_changes
from providers.models import (
    Check,
    FieldOrigin,
    ImportRow,
    ImportRun,
    ListingSource,
    Proposal,
    Provider,
    ProviderTerm,
    Service,
    SuspiciousPoint,
)

from .listing import Book
from .revising import Revision, held, revised
from .running import BATCH, Stopped

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
    done, book = {"removed": 0, "withdrawn": 0, "restored": 0}, Book()
    _unseen(run)
    rows = run.rows.exclude(action=Action.REFUSED).exclude(listing=None).order_by("-pk")
    while batch := list(rows.select_related("listing")[:BATCH]):
        with listing_changes() as changed:
            _undo(batch, run, book, changed, done)
            ImportRow.objects.filter(pk__in=[row.pk for row in batch]).update(listing=None)
    Proposal.objects.filter(run=run, closed_at=None).delete()
    run.status, run.finished_at = ImportRun.Status.UNDONE, timezone.now()
    run.save(update_fields=["status", "finished_at"])
    return done


def _undo(batch, run, book, changed, done):
    known = held({row.listing.provider_id for row in batch}, lock=True)
    revision = Revision(book, None, run.source)
    alone = []
    for group in _by_provider(batch):
        one = known[group[0].listing.provider_id]
        before = one.says
        for row in group:
            _put_back(row, one)
        added = any(row.action == Action.ADDED for row in group)
        if added and not one.sources:
            alone.append(one)
            continue
        if any(row.action != Action.GONE for row in group):
            revision.add(one, revised(one, before, book))
            done["restored"] += 1
        changed.add(one.provider.pk)
    revision.save()
    _leave(alone, changed, done)


def _by_provider(batch):
    groups = {}
    for row in batch:
        groups.setdefault(row.listing.provider_id, []).append(row)
    return groups.values()


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
    source.save()


def _leave(alone, changed, done):
    """Listings without a source: gone, or withdrawn where someone would miss them."""
    ids = {one.provider.pk for one in alone}
    touched = {one.provider.pk for one in alone if one.origins or one.checks}
    missed = touched | _kept(ids)
    for one in alone:
        if one.provider.pk in missed:
            one.provider.status = Provider.Status.WITHDRAWN
            one.provider.save(update_fields=["status", "updated_at"])
    Provider.objects.filter(pk__in=ids - missed).delete()
    changed.update(ids)
    done["withdrawn"] += len(missed)
    done["removed"] += len(ids - missed)


# What an import writes itself.
OWN = (Service, ProviderTerm, Check, ListingSource, FieldOrigin, Proposal, SuspiciousPoint)


def _kept(ids):
    """Those to which anything else points: a saved list, a correction, an old address."""
    found = set()
    for relation in Provider._meta.get_fields(include_hidden=True):
        if relation.one_to_many and relation.related_model not in OWN:
            name = relation.field.attname
            rows = relation.related_model.objects.filter(**{f"{name}__in": ids})
            found.update(rows.values_list(name, flat=True))
    return found


def _unseen(run):
    """What this run only found unchanged was last seen by the one before."""
    changed = run.rows.exclude(listing=None).values("listing")
    rows = ListingSource.objects.filter(run=run).exclude(pk__in=changed)
    earlier = ImportRun.objects.filter(
        source=run.source, pk__lt=run.pk, status=ImportRun.Status.FINISHED
    ).first()
    if earlier:
        with listing_changes() as changed:
            changed.told_again.update(rows.values_list("provider", flat=True))
            rows.update(
                run=earlier, edition=earlier.edition, as_of=earlier.as_of, last_seen=earlier.as_of
            )
