"""LEAF: each request has a number, on its answer, its lines in the log and the page of an error.

It tells nothing of who asked. A number that the proxy in front gave (X-Request-Id) is kept, so that
its log and ours can be laid side by side; one that a visitor sent is not.
"""

import re
import secrets
from contextvars import ContextVar

from django.conf import settings

HEADER = "X-Request-Id"
_number = re.compile(r"[0-9a-fA-F][0-9a-fA-F-]{6,62}[0-9a-fA-F]")  # hexadecimal, or a UUID

current = ContextVar("current", default=None)  # the request that is answered


def traced(get_response):
    """Middleware, the outermost."""

    def middleware(request):
        request.number = _given(request) or secrets.token_hex(8)
        before = current.set(request)
        try:
            response = get_response(request)
        finally:
            current.reset(before)
        response.headers[HEADER] = request.number
        request.META["trupaths.view"] = view_of(request)  # for the access log of the server
        return response

    return middleware


def _given(request):
    if not settings.PROXIES:
        return ""
    sent = request.headers.get(HEADER, "")
    return sent if _number.fullmatch(sent) else ""


def view_of(request):
    """The name of the view that answers; "file", or "none" where there is no such page."""
    if match := getattr(request, "resolver_match", None):
        return match.view_name
    path = getattr(request, "path", "")
    return "file" if path.startswith(settings.STATIC_URL) else "none"
