"""Pages that only read ask a copy of the database, where REPLICA_URLS names some.

Asked are pages of `READERS`, for listings and their parts alone, and never of someone who is signed
in. What a visitor or staff wrote is read from the primary: it is in other tables, or on other
pages. A copy that has not yet seen the version that this process shows (`holds`), and one that does
not answer, is passed over: then the primary is asked, as it is without copies. Only while the
primary is away, a copy is asked for what a visitor saved too: nothing newer can be had.
"""

import logging
import random
import time
from contextvars import ContextVar
from threading import local

from django import db
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils.functional import cached_property

from providers.index import index
from providers.models import SearchClock

from . import outages

log = logging.getLogger(__name__)

# Names of views that write nothing of listings.
READERS = {
    "home",
    "therapies:list",
    "therapies:detail",
    "therapies:compare",
    "therapies:condition_detail",
    "providers:list",
    "providers:suggestions",
    "providers:detail",
    "recommendations:list",
    "sitemap_section",
}
# Names of models, in `providers`, that change under a version of SearchClock alone.
MODELS = {
    "Provider",
    "Organization",
    "OldSlug",
    "Service",
    "ProviderTerm",
    "Check",
    "Correction",  # of which a listing shows what was taken up or put right
    "Place",
    "Source",
    "ListingSource",
    "FieldOrigin",
    "SearchRow",
    "SearchWord",
}
OWN = "recommendations"  # the app of what visitors saved
REST = 5.0  # seconds without a question to a copy that did not answer

_reading = ContextVar("reading", default=None)  # the `Reading` at hand; else the primary is asked


class Replica:
    """What this process knows of one copy."""

    def __init__(self, alias):
        self.alias = alias
        self._seen = local()  # by each thread: on which connection, and the version that is there
        self._rests_until = 0.0

    def holds(self, version):
        """Has it seen all that was committed up to this version of the listings?

        On one connection a version never goes back; a copy that was started anew may be older.
        """
        connection, seen = connections[self.alias], self._seen
        connection.ensure_connection()
        if getattr(seen, "connection", None) is not connection.connection:
            seen.connection, seen.version = connection.connection, -1
        if seen.version < version:
            clock = SearchClock.objects.using(self.alias)
            seen.version = clock.values_list("version", flat=True).first() or 0
        return seen.version >= version

    def answers(self):
        if time.monotonic() < self._rests_until:
            return False
        connection = connections[self.alias]
        try:
            connection.close_if_health_check_failed()  # asks once for each request
            return self.holds(index.version)
        except db.Error as error:
            self.rest(error)
            return False

    def stands(self):
        """Does the connection answer? It has to be there."""
        connection = connections[self.alias]
        return connection.connection is not None and connection.is_usable()

    def rest(self, error):
        self._rests_until = time.monotonic() + REST
        connections[self.alias].close()
        log.warning("%s is away, the primary is asked: %s", self.alias, type(error).__name__)


replicas = {alias: Replica(alias) for alias in settings.REPLICAS}


class Reading:
    """A request that only reads, and the copy it asks: chosen when the first row is needed."""

    def __init__(self, *, own=False):
        self.own = own  # also what visitors saved, because the primary is away

    @cached_property
    def replica(self):
        """One that answers and is as new as the index is now; None when there is none."""
        index.current()
        shuffled = random.sample(list(replicas.values()), len(replicas))
        return next((each for each in shuffled if each.answers()), None)

    def alias_for(self, model):
        if connections[DEFAULT_DB_ALIAS].in_atomic_block:
            return DEFAULT_DB_ALIAS
        app = model._meta.app_label
        asked = model.__name__ in MODELS if app == "providers" else self.own and app == OWN
        if not asked:
            return DEFAULT_DB_ALIAS
        # Meanwhile the index may have taken in more than the copy holds.
        there = self.replica and self.replica.holds(index.version)
        return self.replica.alias if there else DEFAULT_DB_ALIAS

    @property
    def failed(self):
        """Was it the copy that failed?"""
        return bool(self.__dict__.get("replica")) and not self.replica.stands()


class Router:
    """Django asks it of each query (DATABASE_ROUTERS)."""

    def db_for_read(self, model, **hints):
        reading = _reading.get()
        return reading.alias_for(model) if reading else DEFAULT_DB_ALIAS

    def db_for_write(self, model, **hints):
        if (reading := _reading.get()) and not reading.own:
            _reading.set(None)  # who wrote reads what was written
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one, other, **hints):
        return True

    def allow_migrate(self, alias, app_label, **hints):
        return alias == DEFAULT_DB_ALIAS


class Replicas:
    """Lets pages that only read ask a copy; where one of the two is away, the other makes good."""

    def __init__(self, get_response):
        if not replicas:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        _reading.set(None)
        try:
            return self.get_response(request)
        finally:
            _reading.set(None)

    def process_view(self, request, view, args, kwargs):
        if _only_reads(request) and request.resolver_match.view_name in READERS:
            _reading.set(Reading())

    def process_exception(self, request, error):
        """Once more, from the one that is there: who only reads has changed nothing."""
        reading = _reading.get()
        if not (_only_reads(request) and outages.is_one(error)):
            return None
        if reading and reading.failed:
            reading.replica.rest(error)
            _reading.set(None)
        else:
            _reading.set(Reading(own=True))
        match = request.resolver_match
        response = match.func(request, *match.args, **match.kwargs)
        return response.render() if hasattr(response, "render") else response


def _only_reads(request):
    """By a visitor: staff, who have a session, read what they write."""
    return request.method in ("GET", "HEAD") and settings.SESSION_COOKIE_NAME not in request.COOKIES
