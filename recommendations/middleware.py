"""Attaches `request.visitor`, exactly as `request.user` is: lazily, knowing nothing of views."""

from django.conf import settings

from .memory import Memory

MAX_AGE = 365 * 24 * 60 * 60 * settings.SAVED_KEPT_MONTHS // 12


def _purpose(request):
    """Why a browser asks, when it is not to show the page: “prefetch”."""
    return request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))


def visitor(get_response):
    def middleware(request):
        request.visitor = memory = Memory(
            request.COOKIES.get(settings.VISITOR_COOKIE_NAME, "")[:64],
            gpc=request.headers.get("Sec-GPC") == "1",
            looks=request.method != "HEAD" and "prefetch" not in _purpose(request),
        )
        response = get_response(request)
        if memory.gone and not memory.new_key:
            response.delete_cookie(settings.VISITOR_COOKIE_NAME, samesite="Lax")
        elif memory.new_key or memory.touch():
            response.set_cookie(
                settings.VISITOR_COOKIE_NAME,
                memory.key,
                max_age=MAX_AGE,
                secure=settings.HTTPS,
                httponly=True,
                samesite="Lax",
            )
        return response

    return middleware
