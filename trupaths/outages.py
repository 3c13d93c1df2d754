"""LEAF: what stands beside us is away for a while: the database, or room on the disk.

PostgreSQL starts anew, SQLite is locked or its disk is full: such a fault passes and is none of
ours, so who asks is told to come back (503), and what is in memory is shown meanwhile.
"""

import errno
import logging
import sqlite3
import time
from contextlib import contextmanager

from django import db
from django.http import HttpResponse
from django.template import loader

log = logging.getLogger(__name__)

RETRY_AFTER = 15  # seconds
# SQLite says "operational" of a table that is not there as well; the primary code tells.
SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
}
READ_ONLY = "25006"  # of PostgreSQL: a standby that is not yet, or no longer, the first
DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
WHOLE_EVERY = 60  # seconds between two records of an outage that say where it happened
TYPING = "providers:suggestions"  # asked for with each letter


def is_one(error):
    """Will this pass without a change of ours? Of any exception, or None."""
    if isinstance(error, OSError):
        return error.errno in DISK
    cause = error.__cause__ if isinstance(error, db.Error) else None
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in SQLITE
    if getattr(cause, "sqlstate", None) == READ_ONLY:
        return True
    return isinstance(error, (db.OperationalError, db.InterfaceError))


@contextmanager
def given_up(what):
    """What is written beside a page: in an outage the page is shown without it."""
    try:
        yield
    except (db.Error, OSError) as error:
        if not is_one(error):
            raise
        log.warning("%s is given up: %s", what, type(error).__name__)


class Briefly(logging.Filter):
    """While an outage lasts one line tells of each request, and once a minute where it happened."""

    def __init__(self, name=""):
        super().__init__(name)
        self._next = 0.0

    def filter(self, record):
        error = record.exc_info[1] if record.exc_info else None
        if not is_one(error):
            return True
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + WHOLE_EVERY
        else:
            record.msg, record.args = f"{record.getMessage()}: {type(error).__name__}", ()
            record.exc_info = None
        return True


def answer(request, page):
    """503 with this page; to htmx, which shows no error, a toast or the way to that page."""
    headers = {"Retry-After": str(RETRY_AFTER)}
    if request.headers.get("HX-Request"):
        if request.method == "POST":
            page = loader.get_template("_away.html").render()
            headers["HX-Reswap"] = "none"
        elif not (match := request.resolver_match) or match.view_name != TYPING:
            headers["HX-Redirect"] = request.get_full_path()
    return HttpResponse(page, status=503, headers=headers)
