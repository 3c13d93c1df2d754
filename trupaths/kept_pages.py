"""Pages without a query are kept in this process as they were sent, until what they show changes.

Kept for whoever has no cookie, under the versions of content and listings that they were made from,
and for a day at most: a new version, or midnight, empties the keep. Both versions are asked for at
most once a second, so a change shows within two.
"""

import threading
import time
from collections import OrderedDict
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from django import db
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpResponse
from django.http.response import ResponseHeaders
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.datastructures import CaseInsensitiveMapping

from providers.index import index
from recommendations import exposure
from therapies.library import library

from .compression import best
from .middleware import set_headers

# Whoever shows it while asking again is behind for a second at most.
CACHING = "public, max-age=0, stale-while-revalidate=1"
ONLY_THEIRS = ("private", "no-store")
CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH"}
PRIVATE = {"HTTP_HX_REQUEST", "HTTP_SEC_GPC", "HTTP_AUTHORIZATION"}  # each gets its own answer
# Files, and probes: whether the process lives must not depend on the database.
OTHERS = (settings.STATIC_URL, settings.MEDIA_URL, "/healthz", "/readyz", "/metrics")


class Page(NamedTuple):
    content: bytes
    headers: dict
    asks_where: bool
    match: object  # the view that made it
    seen: tuple  # listings that were shown first, and the one that was opened


class Keep:
    """The pages of one version; the one asked for least lately goes when there is no room."""

    def __init__(self):
        self._lock = threading.Lock()
        self.forget()

    def forget(self):
        self._version, self._pages, self._size = None, OrderedDict(), 0

    def get(self, key, version):
        with self._lock:
            if version != self._version:
                self.forget()
                self._version = version
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def put(self, key, version, page):
        with self._lock:
            if version != self._version or key in self._pages:
                return
            self._pages[key] = page
            self._size += len(page.content)
            while self._size > settings.PAGES_KEPT_MB * 1_000_000:
                self._size -= len(self._pages.popitem(last=False)[1].content)


keep = Keep()


def kept(get_response):
    def middleware(request):
        if not settings.PAGES_KEPT_MB or not _may_be_kept(request):
            return get_response(request)
        try:
            version = _version()
        except db.Error:  # and nothing was ever read
            return get_response(request)  # which says so
        key = (request.path, best(request.META.get("HTTP_ACCEPT_ENCODING", "")))
        page = keep.get(key, version)
        request.kept = page is not None
        if page:
            request.resolver_match = page.match
            exposure.again(request, *page.seen)
            return _answer(request, page)
        response = get_response(request)
        if not _is_for_all(response):
            return response
        # Made while something changed, it may be of either version: the next request makes it anew.
        page = _page(request, response)
        if _version() == version:
            keep.put(key, version, page)
        return _answer(request, page)

    return middleware


def _version():
    current, snapshot = library(), index.current()
    # A library made anew at a `publish_at` has the version of the one before.
    return id(current), current.version, snapshot.version, _day(int(time.time()) // 60)


@lru_cache(maxsize=1)
def _day(minute):
    """A day begins with a minute, in every time zone."""
    return timezone.localdate()


def _may_be_kept(request):
    """What a reader asks for whom nobody knows, without a word of their own."""
    return (
        request.method == "GET"
        and not request.path.startswith(OTHERS)
        and not request.META.get("QUERY_STRING")
        and not request.META.get("HTTP_COOKIE")
        and PRIVATE.isdisjoint(request.META)
        and _is_well_reached(request)
    )


def _is_well_reached(request):
    """By a name of ours, and by https where the site has it: else Django refuses or redirects."""
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return request.is_secure() or not settings.SECURE_SSL_REDIRECT


def _is_for_all(response):
    said = response.headers.get("Cache-Control", "")
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not any(word in said for word in ONLY_THEIRS)
        and response.headers.get("Content-Type", "").startswith(("text/html", "application/xml"))
    )


def _page(request, response):
    response.headers["Cache-Control"] = CACHING
    response.headers["ETag"] = f'"{blake2b(response.content, digest_size=12).hexdigest()}"'
    response.headers["Content-Length"] = str(len(response.content))
    set_headers(request, response)
    headers = dict(response.headers)
    asks_where = getattr(response, "asks_where", False)
    return Page(
        response.content, headers, asks_where, request.resolver_match, exposure.seen(request)
    )


class Headers(ResponseHeaders):
    """Those of a page that is kept: they were looked at when it was made."""

    def __init__(self, headers):
        CaseInsensitiveMapping.__init__(self, headers)


def _answer(request, page):
    response = HttpResponse(page.content)
    response.headers = Headers(page.headers)
    response.has_all_headers = True
    if CONDITIONS.isdisjoint(request.META):
        return response
    response = get_conditional_response(request, etag=page.headers["ETag"], response=response)
    response.asks_where = page.asks_where  # also of a 304: its headers replace those kept
    return response
