"""LEAF: how often a minute one may search or send, counted for all processes.

Counted in one small file of this machine or, where REDIS_URL names one, in Redis for all machines
(`counts`), so that a search writes nothing to the database. What it costs:
docs/decisions/0011-limits.md.
"""

import logging
import time

from django import db
from django.conf import settings
from django.http import HttpResponse
from django.template import loader

from . import limits, outages
from .counts import Counts, SharedCounts
from .crisis import READ as LETTERS
from .crisis import detect

log = logging.getLogger(__name__)

# Name of a view -> what is counted, and how often a minute. What is posted counts as "sent".
READ = {
    "providers:list": ("search", 60),
    "therapies:list": ("search", 60),
    "recommendations:list": ("search", 60),
    "providers:suggestions": ("typing", 300),
    "providers:correction_list": ("code", 30),
    "providers:correction": ("code", 30),
    "sitemap_section": ("sitemap", 30),
}
SENT = ("sent", 60)
OWN_LIMITS = {"admin", "assistant"}  # where limits.wait holds people back, in other words
NETWORK = 5  # times as much for all visitors we know behind one address: a library, a shelter

REST = 5.0  # seconds without a question to a Redis that did not answer

_open = {}
_rests_until = 0.0


def counts(path):
    if path not in _open:
        _open[path] = Counts(path)
    return _open[path]


def shared_counts(url):
    if url not in _open:
        _open[url] = SharedCounts(url)
    return _open[url]


def forget():
    """Close the files and connections; the next question opens its own."""
    global _rests_until
    _rests_until = 0.0
    while _open:
        _open.popitem()[1].close()


def wait(key, most):
    """As `Counts.wait`. What cannot be counted stops nobody: pages of help come first."""
    if settings.REDIS_URL and (seconds := _wait_shared(key, most)) is not None:
        return seconds
    try:
        return counts(settings.VAR_DIR / "pace").wait(key, most)
    except OSError:
        log.exception("Searches are not counted, so nobody is held back")
        return 0


def _wait_shared(key, most):
    """For all machines; None while Redis is away, when each counts by itself."""
    global _rests_until
    from redis import RedisError

    if time.monotonic() < _rests_until:
        return None
    try:
        return shared_counts(settings.REDIS_URL).wait(key, most)
    except RedisError as error:
        _rests_until = time.monotonic() + REST
        log.warning("Redis is away, so this machine counts alone: %s", type(error).__name__)
        return None


class Pace:
    """Holds back who asks too often, before the view; the answer says for how long."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        limit = _limit_of(request) if settings.LIMITS else None
        if limit is None:
            return None
        seconds = max((wait(key, most) for key, most in _keys(request, *limit)), default=0)
        if not seconds:
            return None
        if not wait(f"told {limit[0]}", 1):  # once a minute
            log.warning("Someone was held back: more than %s of %r a minute", limit[1], limit[0])
        return _held_back(request, limit[0], seconds)


def _limit_of(request):
    match = request.resolver_match
    if request.method == "POST":
        return None if OWN_LIMITS.intersection(match.namespaces) else SENT
    return READ.get(match.view_name)


def _keys(request, what, most):
    """[(who, how often)]: a visitor we know alone, everyone else by address."""
    network = limits.network(request)
    if not network:
        if not wait("told of a proxy", 1):
            log.warning("Nobody is held back: set BEHIND_PROXY to the number of proxies in front")
        return []
    row = None if what == "typing" else _visitor(request)  # not a query for each letter
    if row is None:
        return [(f"{what} {network}", most)]
    return [(f"{what} visitor {row.pk}", most), (f"{what} visitors {network}", most * NETWORK)]


def _visitor(request):
    """The row of a visitor we know; None also while the database is away: pages may do without."""
    try:
        return request.visitor.row
    except db.Error as error:
        if not outages.is_one(error):
            raise
        return None


def _held_back(request, what, seconds):
    if what == "typing":
        return _answer("", seconds)  # the list below the box stays as it is
    if request.htmx and request.method != "POST":
        return _answer("", seconds, **{"HX-Redirect": request.get_full_path()})
    if request.htmx:  # a button: a sentence, and nothing in its place
        toast = loader.get_template("_too_many.html").render()
        return _answer(toast, seconds, **{"HX-Reswap": "none"})
    words = " ".join([*request.GET.values(), *request.POST.values()])[:LETTERS]
    return limits.too_many(seconds, crisis=detect(words), reading=request.method != "POST")


def _answer(content, seconds, **headers):
    return HttpResponse(content, status=429, headers={"Retry-After": str(seconds)} | headers)
