"""A file into the directory: in batches that others can pass, resumable, reported row by row."""

import hashlib
import secrets
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from providers import editing
from providers.changes import listing_changes
from providers.models import ImportRow, ImportRun, ListingSource, Proposal, Provider, Source

from . import writing
from .listing import Book
from .revising import held

BATCH = 80  # rows; a visitor who saves on SQLite waits for one of these, see performance.md
KNOWN = 1000  # rows that say what they said before are only looked up
REST = 0.3  # of the time a batch took, SQLite is left to others
TOO_MANY_GONE = 0.3  # of what a source lists: then the file is hardly a whole edition


class Stopped(Exception):
    """The run cannot go on: a sentence for the operator."""


@dataclass
class Outcome:
    run: ImportRun | None
    counts: Counter = field(default_factory=Counter)
    problems: Counter = field(default_factory=Counter)
    repairs: Counter = field(default_factory=Counter)
    gone_held_back: int = 0
    resumed_at: int = 0
    rows: int = 0
    seconds: float = 0.0


def file_hash(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_hash(path):
    """Of all files in a folder, by name and content."""
    whole = hashlib.sha256()
    for file in sorted(path.rglob("*")):
        if file.is_file():
            whole.update(f"{file.relative_to(path)} {file_hash(file)}\n".encode())
    return whole.hexdigest()


def run(reading, *, name, digest, publish=True, mark_gone=False, progress=None):
    """Import what a reader has opened; returns an `Outcome`.

    `name` and `digest` tell the file, so that a run that was interrupted goes on where its last
    batch ended. Raises `Stopped` when an edition is older than what is known, or another process
    took this run over.
    """
    began = time.monotonic()
    work = _opened(reading, name, digest)
    book = Book()
    status = Provider.Status.PUBLISHED if publish else Provider.Status.DRAFT
    outcome = Outcome(work, Counter(work.counts), Counter(work.problems), resumed_at=work.position)
    rows = islice(_counted(reading.rows, outcome, progress), work.position, None)
    while batch := list(islice(rows, BATCH)):
        held_for = _batch(batch, work, book, outcome, status)
        if connection.vendor == "sqlite":
            time.sleep(REST * held_for)
    _finish(work, outcome, reading.whole, mark_gone)
    outcome.seconds = time.monotonic() - began
    return outcome


def _opened(reading, name, digest):
    """The run of this file: the one that was interrupted, or a new one."""
    with transaction.atomic():
        facts = {key: value for key, value in reading.source.items() if key != "slug"}
        source, _ = Source.objects.get_or_create(slug=reading.source["slug"], defaults=facts)
        _refuse_older(source, reading)
        same = {"source": source, "file_hash": digest, "edition": reading.edition}
        work = ImportRun.objects.filter(status=ImportRun.Status.RUNNING, **same).first()
        if work is None:
            return ImportRun.objects.create(
                **same, as_of=reading.as_of, file=name, whole=reading.whole
            )
        # Whoever still works on it finds the token changed, and stops.
        work.token = secrets.token_hex()
        work.save(update_fields=["token"])
        return work


def _refuse_older(source, reading):
    later = source.listings.filter(as_of__gt=reading.as_of).order_by("-as_of").first()
    if later:
        raise Stopped(
            f"This file is of {reading.as_of}, and {source} was read as of {later.as_of} "
            "already. An older edition would undo newer facts. To go back to it, take back "
            "the later runs first: --undo RUN."
        )


def _counted(rows, outcome, progress):
    for row in rows:
        outcome.rows += 1
        if progress is not None:
            progress.update(1)
        yield row


def _batch(*args):
    """One batch; returns the seconds for which it kept other writers waiting."""
    try:
        return _try_batch(*args)
    except IntegrityError:
        # Someone took a name meanwhile: it is made ready anew, with what is known now.
        return _try_batch(*args)


def _try_batch(rows, work, book, outcome, status):
    """Made ready outside, and written inside a transaction."""
    book.organizations_known.clear()
    found = writing.plan(rows, work, book)
    ready = writing.Prepared(found, work, book, status)
    problems = outcome.problems + Counter(row.refused.kind for row in found.refused)
    began = time.monotonic()
    with listing_changes() as changed:
        changed.known_words = book.words
        counts = outcome.counts + ready.write(work, book, changed)
        taken = ImportRun.objects.filter(pk=work.pk, token=work.token).update(
            position=work.position + len(rows), counts=counts, problems=problems
        )
        if not taken:
            raise Stopped("Another process took this run over. This one wrote no more.")
    outcome.counts, outcome.problems = counts, problems
    outcome.repairs.update(found.repairs)
    work.position += len(rows)
    book.words |= changed.held_words
    return time.monotonic() - began


def _finish(work, outcome, whole, mark_gone):
    """Mark what left the directory, and close the run."""
    left = (
        ListingSource.objects.filter(source=work.source, gone_from="").exclude(run=work)
        if whole
        else ListingSource.objects.none()
    )
    count = left.count()
    listed = ListingSource.objects.filter(run=work).count()
    if count > TOO_MANY_GONE * (count + listed) and not mark_gone:
        outcome.gone_held_back, left = count, ListingSource.objects.none()
    while batch := list(left.select_related("provider")[:BATCH]):
        with listing_changes() as changed:
            _mark_gone(batch, work)
            changed.told_again.update(row.provider_id for row in batch)
    _close_answered(work)
    outcome.counts["gone"] = work.rows.filter(action=ImportRow.Action.GONE).count()
    work.counts, work.problems = outcome.counts, outcome.problems
    work.status, work.finished_at = ImportRun.Status.FINISHED, timezone.now()
    work.save()


def _close_answered(work):
    """What a source says now may be what was proposed before."""
    ids = Proposal.objects.open().filter(provider__sources__run=work).values_list("provider")
    ids = sorted({key for (key,) in ids})
    for start in range(0, len(ids), KNOWN):
        editing.close_answered(editing.snapshot(ids[start : start + KNOWN]))


def _mark_gone(batch, work):
    """They stay listed, say so, and wait for a person."""
    history = [
        ImportRow(
            run=work,
            number=0,
            action=ImportRow.Action.GONE,
            listing=row,
            before=writing.snapshot(row),
        )
        for row in batch
    ]
    ListingSource.objects.filter(pk__in=[row.pk for row in batch]).update(gone_from=work.edition)
    ids = {row.provider_id for row in batch}
    still = set(
        ListingSource.objects.filter(provider__in=ids, gone_from="").values_list(
            "provider", flat=True
        )
    )
    asked = set(
        Proposal.objects.filter(provider__in=ids, field="status", closed_at=None).values_list(
            "provider", flat=True
        )
    )
    Proposal.objects.bulk_create(
        Proposal(
            provider_id=key,
            field="status",
            value=Provider.Status.WITHDRAWN,
            reason=f"No longer in the {work.edition} edition of {work.source}."[:240],
            source=work.source,
            run=work,
            as_of=work.as_of,
        )
        for key in sorted(ids - still - asked)
    )
    ImportRow.objects.bulk_create(history)


def rehearse(reading, *, progress=None, tell):
    """What `run` would do, writing nothing. `tell(row, action, why)` hears of each row."""
    began, book = time.monotonic(), Book()
    source = Source.objects.filter(slug=reading.source["slug"]).first()
    if source:
        _refuse_older(source, reading)
    work = ImportRun(source=source, edition=reading.edition, as_of=reading.as_of)
    outcome, seen = Outcome(None), set()
    rows = _counted(reading.rows, outcome, progress)
    while batch := list(islice(rows, KNOWN)):
        found = writing.plan(batch, work, book, seen)
        _tell(found, work, book, outcome, tell)
        outcome.repairs.update(found.repairs)
    outcome.seconds = time.monotonic() - began
    return outcome


def _tell(found, work, book, outcome, tell):
    ids = {item.provider_id for item in [*found.changed, *found.joined]} - {None}
    known = held(ids)
    for row in found.refused:
        outcome.counts["refused"] += 1
        outcome.problems[row.refused.kind] += 1
        tell(row, "refused", str(row.refused))
    for action, items in (("added", found.new), ("left", found.left)):
        outcome.counts[action] += len(items)
        for item in items:
            tell(item.row, action, "")
    for item in found.joined:
        outcome.counts["changed"] += 1
        tell(item.row, "changed", writing.JOINED)
    for item in found.changed:
        one = known[item.provider_id]
        before, merged = writing.rehearsed(one, item, work, book)
        if writing.tells(merged, before.said, item.said, before.gone_from):
            outcome.counts["changed"] += 1
            outcome.counts["proposed"] += len(merged.proposals)
            tell(item.row, "changed", writing.changes_in_words(merged))
        else:
            outcome.counts["left"] += 1
            tell(item.row, "left", "")
