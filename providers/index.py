"""The index: all published listings as columns and bitmaps, in this process's memory.

The database holds the truth and serves rows; this answers which, how many, in what order.
`SearchRow` is loaded whole once, then newer versions are taken in, asked for at most once a
second and always on a request: no thread, and no other messenger between processes.
"""

import logging
import threading
import time

from django import db
from django.db import DEFAULT_DB_ALIAS, connection

from trupaths import outages

from . import loading, taking_in
from .models import SearchClock, SearchRow, Term
from .snapshot import Snapshot

log = logging.getLogger(__name__)

ASK_EVERY = 1.0  # seconds
AT_A_TIME = 20_000  # rows


def _chunks(rows):
    """Lists of tuples as the driver gives them: Django's work on each would take as long again."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(*rows.values_list(*loading.READ).query.sql_with_params())
        while chunk := cursor.fetchmany(AT_A_TIME):
            yield chunk


class Index:
    """This process's snapshot, and how it stays fresh."""

    def __init__(self):
        self._lock = threading.Lock()
        self._snapshot = None
        self._asked = 0.0

    def current(self):
        """The snapshot as of at most a second ago; while the database is away, as it was before."""
        if self._snapshot is not None and time.monotonic() - self._asked < ASK_EVERY:
            return self._snapshot
        # While one request takes in what is new, the others go on with what there is.
        if not self._lock.acquire(blocking=self._snapshot is None):
            return self._snapshot
        try:
            version = SearchClock.objects.values_list("version", flat=True).first() or 0
            if self._snapshot is None or version != self._snapshot.version:
                self._snapshot = self._loaded(self._snapshot)
            self._asked = time.monotonic()
            return self._snapshot
        except db.Error as error:
            if self._snapshot is None or not outages.is_one(error):
                raise
            log.warning("Listings are found from memory: the database does not answer")
            self._asked = time.monotonic()
            return self._snapshot
        finally:
            self._lock.release()

    def _loaded(self, old):
        """All rows, or those newer than what we hold.

        The version is read first: a row written meanwhile is read again next time, none is lost.
        """
        version = SearchClock.objects.values_list("version", flat=True).first() or 0
        held = None
        if old is not None and old.version < version:
            # Of the primary, as the version is: a replica may be behind it.
            newer = SearchRow.objects.using(DEFAULT_DB_ALIAS).filter(version__gt=old.version)
            if newer.count() <= loading.ROOM:
                held = taking_in.changed(old.columns, newer.values_list(*loading.READ))
        if held is None:
            held = loading.load(_chunks(SearchRow.objects.filter(live=True)))
        return Snapshot(version, held, list(Term.objects.all()))

    def ready(self):
        return self._snapshot is not None

    @property
    def version(self):
        """Of the snapshot that is held; 0 before there is one."""
        return self._snapshot.version if self._snapshot else 0

    def forget(self):
        """Load anew at the next question (tests, whose changes are rolled back)."""
        self._snapshot = None

    @property
    def demonstration(self):
        """Are examples among the published listings?"""
        return self.current().demonstration


index = Index()
