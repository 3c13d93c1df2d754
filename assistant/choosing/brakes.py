"""What holds calls of the model back, in the database for all processes: so many a day, four at
once, and a rest after faults. Nothing of a question is written.
"""

from contextlib import contextmanager, suppress
from datetime import datetime, time, timedelta

from django import db
from django.db.models import Count
from django.utils import timezone

from trupaths.models import Use

AT_ONCE = 4
FAULTS = 5  # in a row
REST = timedelta(minutes=2)
PATIENCE = 0.25  # seconds for a database that is busy, before and after a call
REMEMBERED = timedelta(hours=1)  # a fault, when no call came through since
CALL, DAY, FAULT = "truai call", "truai day", "truai fault"


class Held(Exception):
    """Why the model is not asked now."""


@contextmanager
def place(*, seconds, budget):
    """One of the calls of now and of today, which is over within so many seconds; else Held."""
    with patience():
        call, faulty = _enter(seconds, budget)
    try:
        yield
    except Exception:
        with suppress(db.Error), patience():
            call.delete()
            _fault()
        raise
    # That nothing could be written costs no answer: what counts now ends by itself.
    with suppress(db.Error), patience():
        call.delete()
        if faulty:
            Use.objects.filter(key=FAULT).delete()


def _enter(seconds, budget):
    """The row of this call, and whether calls before it were faults."""
    now = timezone.now()
    # Written before it is counted, so that two at once are never both the last one allowed.
    rows = Use.objects.bulk_create(
        [Use(key=CALL, until=now + timedelta(seconds=seconds + 1)), Use(key=DAY, until=_tonight())]
    )
    uses = _uses(now)
    if why := _too_many(uses, budget):
        Use.objects.filter(pk__in=[row.pk for row in rows]).delete()
        raise Held(why)
    return rows[0], FAULT in uses


def _uses(now):
    """How many of each kind count now."""
    uses = Use.objects.filter(key__in=(CALL, DAY, FAULT), until__gt=now)
    return dict(uses.values_list("key").annotate(Count("pk")))


def _too_many(uses, budget):
    if uses.get(FAULT, 0) >= FAULTS:
        return f"it rests for {REST.seconds} seconds after {FAULTS} faults"
    if uses[CALL] > AT_ONCE:
        return f"{AT_ONCE} others wait for it"
    return "today’s budget is used up" if uses[DAY] > budget else ""


def _fault():
    now = timezone.now()
    Use.objects.create(key=FAULT, until=now + REMEMBERED)
    faults = Use.objects.filter(key=FAULT, until__gt=now)
    if faults.count() >= FAULTS:
        faults.update(until=now + REST)


@contextmanager
def patience():
    """SQLite waits for other writers, at most so long; PostgreSQL has no need to."""
    if db.connection.vendor != "sqlite":
        yield
        return
    with db.connection.cursor() as cursor:
        (usual,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def _tonight():
    tomorrow = timezone.localdate() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))
