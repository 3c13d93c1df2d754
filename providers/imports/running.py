"""A file into the directory: in batches that others can pass, resumable, reported row by row."""

import gc
import hashlib
import secrets
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from providers import editing
from providers.changes import listing_changes
from providers.models import (
    ImportRow,
    ImportRun,
    ListingSource,
    Place,
    Proposal,
    Provider,
    ProviderTerm,
    Service,
    Source,
    Term,
)
from trupaths import metrics

from . import planning, writing
from .listing import Book
from .records import Stopped
from .revising import Revision, held, revised

# Rows. A visitor who saves on SQLite waits for one of these, see performance.md; PostgreSQL locks
# rows alone, and has fewer questions to answer when they are more.
BATCH = 400 if connection.vendor == "sqlite" else 1600
MAPPED = 64 << 20  # bytes of SQLite's file; more would only be memory here, which reads little
KNOWN = 10 * BATCH  # rows that are looked up together, before they are written in batches
REST = 0.15  # of the time a batch took, SQLite is left to others
MANY_NEW = 1000  # listings, after which the tables are other than PostgreSQL believed
GROWN = (Provider, ProviderTerm, Service, ListingSource)
SELDOM = (100_000, 50, 100)  # new objects until Python looks for circles; usually (700, 10, 10)
TOO_MANY_GONE = 0.3  # of what a source lists: then the file is hardly a whole edition


TAKEN_OVER = "Another process took this run over, or took it back. This one wrote no more."


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
    busy_until: float = 0.0  # on the monotonic clock: others come first


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
    _refuse_empty()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA mmap_size={MAPPED}")
    work = _opened(reading, name, digest)
    book = Book(Provider.Status.PUBLISHED if publish else Provider.Status.DRAFT)
    outcome = Outcome(work, Counter(work.counts), Counter(work.problems), resumed_at=work.position)
    rows = islice(_counted(reading.rows, outcome, progress), work.position, None)
    most = min(KNOWN, reading.most)
    with _collected_seldom():
        # A run that goes on looks up the same rows together as one that never stopped.
        while known := list(islice(rows, most - work.position % most)):
            _write_all(known, work, book, outcome)
    _finish(work, book, outcome, mark_gone)
    if outcome.counts[ImportRow.Action.ADDED] > MANY_NEW:
        _analyze()
    outcome.seconds = time.monotonic() - began
    return outcome


@contextmanager
def _collected_seldom():
    """Rows hold each other in no circles, so that Python need not look for these as often: a tenth
    of the time of an import."""
    usual = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _analyze():
    """Tell PostgreSQL what its tables hold now. By itself it looks within minutes; until then it
    would read all services to find those of a few places."""
    if connection.vendor == "postgresql":
        name = connection.ops.quote_name
        with connection.cursor() as cursor:
            for model in GROWN:
                keys = (f.column for f in model._meta.concrete_fields if f.is_relation)
                table = name(model._meta.db_table)
                cursor.execute(f"ANALYZE {table} ({', '.join(map(name, keys))})")


def _refuse_empty():
    """Without places no listing would have a point, and without terms it would say nothing."""
    if not (Place.objects.exists() and Term.objects.exists()):
        raise Stopped(
            "This site has no ZIP codes or no terms yet, so little of a file would be understood. "
            "First: manage.py load_places, and manage.py loaddata conditions terms therapies."
        )


def _opened(reading, name, digest):
    """The run of this file: the one that was interrupted, or a new one."""
    with transaction.atomic():
        facts = {key: value for key, value in reading.source.items() if key != "slug"}
        source, _ = Source.objects.get_or_create(slug=reading.source["slug"], defaults=facts)
        _refuse_older(source, reading)
        same = {"source": source, "file_hash": digest, "edition": reading.edition}
        # Locked: the server may still be at the last batch of a process that was killed.
        runs = ImportRun.objects.select_for_update()
        work = runs.filter(status=ImportRun.Status.RUNNING, **same).first()
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


def _read(items):
    for item in items:
        item.read()


def _write_all(rows, work, book, outcome):
    """Looked up together, written in batches that others can pass."""
    items = planning.look_up(rows, work, book)
    rows.clear()  # each with its record, they would stay until the last is written
    used = planning.standing(items)
    book.organizations_known.clear()
    while items:
        batch = planning.batch_of(items, BATCH)
        following = planning.batch_of(items[len(batch) :], BATCH)
        try:
            _write(batch, used, work, book, outcome, following)
        except (IntegrityError, writing.Overtaken):
            # Someone took a name or a listing meanwhile: made ready anew, with what is known now.
            book.organizations_known.clear()
            items = planning.look_up([item.row for item in items], work, book)
            batch, used = items[: len(batch)], planning.standing(items)
            _write(batch, used, work, book, outcome)
        items = items[len(batch) :]


def _write(batch, used, work, book, outcome, following=()):
    """Made ready outside, and written inside a transaction.

    At its end PostgreSQL checks the keys of all rows, which is half of its work: meanwhile the rows
    that follow are read. SQLite has checked them already.
    """
    found = planning.plan(batch, work, used)
    ready = writing.Prepared(found, work, book)
    problems = outcome.problems + Counter(row.refused.kind for row in found.refused)
    if connection.vendor == "sqlite":
        time.sleep(max(0.0, outcome.busy_until - time.monotonic()))
    began = time.monotonic()
    with ThreadPoolExecutor(1) as beside, transaction.atomic():
        with listing_changes() as changed:
            changed.known_words = book.words
            counts = outcome.counts + ready.write(work, book, changed)
            taken = ImportRun.objects.filter(pk=work.pk, token=work.token).update(
                position=work.position + len(batch), counts=counts, problems=problems
            )
            if not taken:
                raise Stopped(TAKEN_OVER)
        if connection.vendor == "postgresql":
            beside.submit(_read, following)  # what goes wrong there goes wrong again when asked for
    metrics.imported(counts - outcome.counts)
    outcome.counts, outcome.problems = counts, problems
    outcome.repairs.update(found.repairs)
    work.position += len(batch)
    book.words |= changed.held_words
    ended = time.monotonic()
    outcome.busy_until = ended + REST * (ended - began)


def _finish(work, book, outcome, mark_gone):
    """Mark what left the directory, and close the run."""
    left = ListingSource.objects.filter(source=work.source, gone_from="").exclude(run=work)
    count = left.count() if work.whole else 0
    listed = ListingSource.objects.filter(run=work).count()
    if count > TOO_MANY_GONE * (count + listed) and not mark_gone:
        outcome.gone_held_back = count
    elif work.whole:
        last = 0
        while batch := list(left.filter(pk__gt=last).order_by("pk")[:BATCH]):
            last = batch[-1].pk
            with listing_changes() as changed:
                _mark_gone(batch, work, book, changed)
    _close_answered(work)
    earlier = ImportRow.objects.filter(
        run__source=work.source, action=ImportRow.Action.REFUSED, closed_at=None
    ).exclude(run=work)
    if not work.whole:
        earlier = earlier.filter(run__file=work.file)
    earlier.update(closed_at=timezone.now())  # this file has them again, or has them right
    outcome.counts["gone"] = work.rows.filter(action=ImportRow.Action.GONE).count()
    taken = ImportRun.objects.filter(pk=work.pk, token=work.token).update(
        counts=outcome.counts,
        problems=outcome.problems,
        status=ImportRun.Status.FINISHED,
        finished_at=timezone.now(),
    )
    if not taken:
        raise Stopped(TAKEN_OVER)


def _close_answered(work):
    """What a source says now may be what was proposed before."""
    ids = Proposal.objects.open().filter(provider__sources__run=work).values_list("provider")
    ids = sorted({key for (key,) in ids})
    for start in range(0, len(ids), KNOWN):
        editing.close_answered(editing.snapshot(ids[start : start + KNOWN]))


def _mark_gone(batch, work, book, changed):
    """They stay listed, say so, and wait for a person; where another source still lists the place,
    what this one alone said goes."""
    known, history = held({row.provider_id for row in batch}, lock=True), []
    revision, alone = Revision(book, work, work.source), []
    for key, rows in _by_provider(batch).items():
        one = known[key]
        says_before = one.says
        mine = [row for row in one.sources if row.pk in rows]
        before = {row.pk: writing.snapshot(row) for row in mine}
        for row in mine:
            row.gone_from = work.edition
        wrote = None
        if any(not row.gone_from for row in one.sources):
            wrote = revision.add(one, revised(one, says_before, book))
        else:
            alone.append(key)
        for row in mine:
            history.append(
                ImportRow(
                    run=work,
                    number=0,
                    action=ImportRow.Action.GONE,
                    listing=row,
                    before=before[row.pk],
                    wrote=wrote,
                )
            )
            wrote = None
    ListingSource.objects.filter(pk__in=[row.pk for row in batch]).update(gone_from=work.edition)
    revision.save()
    changed.update(known)
    asked = Proposal.objects.open().filter(provider__in=alone, field="status")
    asked = set(asked.values_list("provider", flat=True))
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
        for key in alone
        if key not in asked
    )
    ImportRow.objects.bulk_create(history)


def _by_provider(batch):
    found = {}
    for row in batch:
        found.setdefault(row.provider_id, set()).add(row.pk)
    return found


def rehearse(reading, *, progress=None, tell):
    """What `run` would do, writing nothing. `tell(row, action, why)` hears of each row."""
    began, book = time.monotonic(), Book()
    source = Source.objects.filter(slug=reading.source["slug"]).first()
    _refuse_empty()
    if source:
        _refuse_older(source, reading)
    work = ImportRun(source=source, edition=reading.edition, as_of=reading.as_of)
    outcome, seen = Outcome(None), set()
    rows = _counted(reading.rows, outcome, progress)
    while batch := list(islice(rows, min(KNOWN, reading.most))):
        items = planning.look_up(batch, work, book, seen)
        found = planning.plan(items, work, planning.standing(items), seen)
        _tell(found, work, book, outcome, tell)
        outcome.repairs.update(found.repairs)
    if reading.whole and source:
        listed = source.listings.filter(gone_from="").values_list("identifier", flat=True)
        outcome.counts["gone"] = sum(name not in seen for name in listed.iterator())
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
