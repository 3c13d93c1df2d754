"""LEAF: how often a minute one may search or send, counted for all processes of a machine.

The counts stand in one small file, so that a search writes nothing to the database. It holds
numbers alone: no address, no page, not even a fingerprint. Two places in it, chosen by a keyed
hash, count for one who asks, and the lower is believed; two people share both by a rare chance,
and then wait a little sooner. Why, and what it costs: docs/decisions/0011-limits.md.
"""

import hashlib
import logging
import math
import struct
import threading
import time

from django.conf import settings
from django.http import HttpResponse
from django.template import loader

from . import limits
from .crisis import detect

try:
    import fcntl
except ImportError:  # Windows, where one process serves
    fcntl = None

log = logging.getLogger(__name__)

SECONDS = 60
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

PLACES = 1 << 16
ROWS = 2
_place = struct.Struct("<IHH")  # a minute, times in it, times in the one before
NEARLY = 1e-5  # times: what is lost when moments are counted in fractions of a minute


class Counts:
    """Times of this minute and the one before, in a file of 1 MB that processes share."""

    def __init__(self, path):
        path.touch(mode=0o600)
        self._file = path.open("r+b", buffering=0)
        self._threads = threading.Lock()

    def wait(self, key, most, now=None):
        """0, and this time is counted; or for how many seconds there is no other, after `most`.

        Of the minute before, so much counts as lies within the last sixty seconds.
        """
        now = time.time() if now is None else now
        minute, gone = int(now // SECONDS), now % SECONDS / SECONDS
        with self._threads:
            self._lock(True)
            try:
                held = [(at, *self._read(at, minute)) for at in _places_of(key)]
                count, before = min(
                    ((count, before) for _, count, before in held),
                    key=lambda pair: pair[0] + pair[1] * (1 - gone),
                )
                if count + before * (1 - gone) > most - 1 + NEARLY:
                    return _seconds_until(most, count, before, gone)
                for at, count, before in held:
                    self._file.seek(at)
                    self._file.write(_place.pack(minute, min(count + 1, 65_535), before))
                return 0
            finally:
                self._lock(False)

    def close(self):
        self._file.close()

    def _read(self, at, minute):
        """Times in this minute and in the one before."""
        self._file.seek(at)
        held = self._file.read(_place.size).ljust(_place.size, b"\0")  # beyond its end: nothing
        then, count, before = _place.unpack(held)
        if then == minute:
            return count, before
        return 0, count if then == minute - 1 else 0

    def _lock(self, on):
        """Of this process against others; its threads are kept apart by a lock of their own."""
        if fcntl:
            fcntl.lockf(self._file, fcntl.LOCK_EX if on else fcntl.LOCK_UN)


def _places_of(key):
    secret = settings.SECRET_KEY.encode()[:64]
    digest = hashlib.blake2b(key.encode(), key=secret, digest_size=4 * ROWS).digest()
    numbers = struct.unpack(f"<{ROWS}I", digest)
    return [(row * PLACES + n % PLACES) * _place.size for row, n in enumerate(numbers)]


def _seconds_until(most, count, before, gone):
    """Until less than `most` lies within a minute, if nothing more comes."""
    if count < most:  # as soon as enough of the minute before has passed
        part = 1 - (most - 1 - count) / before - gone
    else:  # not before the next minute, of which this one is then the one before
        part = 1 - gone + 1 - (most - 1) / count
    return max(1, math.ceil(part * SECONDS - NEARLY / 10))


_open = {}


def counts(path):
    if path not in _open:
        _open[path] = Counts(path)
    return _open[path]


def forget():
    """Close the files; the next question opens its own."""
    while _open:
        _open.popitem()[1].close()


def wait(key, most):
    """As `Counts.wait`. A file that cannot be used stops nobody: pages of help come first."""
    try:
        return counts(settings.VAR_DIR / "pace").wait(key, most)
    except OSError:
        log.exception("Searches are not counted, so nobody is held back")
        return 0


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
    row = None if what == "typing" else request.visitor.row  # not a query for each letter
    if row is None:
        return [(f"{what} {network}", most)]
    return [(f"{what} visitor {row.pk}", most), (f"{what} visitors {network}", most * NETWORK)]


def _held_back(request, what, seconds):
    if what == "typing":
        return _answer("", seconds)  # the list below the box stays as it is
    if request.htmx and request.method != "POST":
        return _answer("", seconds, **{"HX-Redirect": request.get_full_path()})
    if request.htmx:  # a button: a sentence, and nothing in its place
        toast = loader.get_template("_too_many.html").render()
        return _answer(toast, seconds, **{"HX-Reswap": "none"})
    words = " ".join([*request.GET.values(), *request.POST.values()])[:5000]
    return limits.too_many(seconds, crisis=detect(words), reading=request.method != "POST")


def _answer(content, seconds, **headers):
    return HttpResponse(content, status=429, headers={"Retry-After": str(seconds)} | headers)
