"""Attaches `request.visitor`, exactly as `request.user` is: lazily, knowing nothing of views."""

from django.conf import settings

from . import twins
from .exposure import is_person
from .memory import Memory

MAX_AGE = 365 * 24 * 60 * 60 * settings.SAVED_KEPT_MONTHS // 12
TWIN_AGE = 60 * 60  # the next request ends it


def _purpose(request):
    """Why a browser asks, when it is not to show the page: “prefetch”."""
    return request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))


def visitor(get_response):
    def middleware(request):
        cookie, double = settings.VISITOR_COOKIE_NAME, twins.names(request.COOKIES)
        key = request.COOKIES.get(cookie, "")[:64]
        if double:
            twins.merge(key, [request.COOKIES[name][:64] for name in double])
        request.visitor = memory = Memory(
            key,
            gpc=request.headers.get("Sec-GPC") == "1",
            looks=request.method != "HEAD" and "prefetch" not in _purpose(request),
            person=is_person(request.headers.get("User-Agent", "")),
        )
        response = get_response(request)
        for name in double:
            response.delete_cookie(name, samesite="Lax")
        if memory.gone and not memory.new_key:
            response.delete_cookie(cookie, samesite="Lax")
        elif memory.new_key or memory.touch():
            _set(response, cookie, memory.key, MAX_AGE)
        if memory.new_key and not request.htmx:
            _set(response, twins.name_for(memory.key), memory.key, TWIN_AGE)
        return response

    return middleware


def _set(response, name, key, age):
    response.set_cookie(
        name, key, max_age=age, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
