"""The fixed headers of every answer, what is refused before any view, and the cross-site guard."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.cache import patch_vary_headers

# No inline script or style and no other host, for every page including the admin.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "object-src 'none'; manifest-src 'self'"
)
FEATURES = """
    accelerometer autoplay browsing-topics camera display-capture encrypted-media
    fullscreen gamepad geolocation gyroscope hid idle-detection local-fonts magnetometer
    microphone midi payment picture-in-picture publickey-credentials-get screen-wake-lock
    serial usb xr-spatial-tracking
"""
FIXED = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in FEATURES.split()),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
ALLOWED = ("GET", "HEAD", "POST", "OPTIONS")
SAFE = ("GET", "HEAD", "OPTIONS")
# The one page with a button that asks the browser where it is.
ASKS_WHERE = FIXED["Permissions-Policy"].replace("geolocation=()", "geolocation=(self)")
QUERY_LIMIT = 8000  # bytes
# A list of the desk repeats its query in each of its hundred rows, escaped once more.
DESK, DESK_QUERY_LIMIT = f"/{settings.ADMIN_PATH}", 2000

CROSS_SITE = "The request came from another site."


def headers(get_response):
    """Outermost, so that static files, redirects and errors carry the headers too."""

    def middleware(request):
        response = get_response(request)
        if not getattr(response, "has_all_headers", False):
            set_headers(request, response)
        return response

    return middleware


def set_headers(request, response):
    if getattr(response, "asks_where", False):
        response.headers["Permissions-Policy"] = ASKS_WHERE
    for name, value in FIXED.items():
        response.headers.setdefault(name, value)
    if (kind := response.headers.get("Content-Type", "")).endswith("xml"):
        response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    if not _is_file(request, response):
        _set_caching(request, response)


def _is_file(request, response):
    """Static and media files bring their own caching; a missing one is an ordinary page."""
    return response.status_code in (200, 206, 304) and request.path.startswith(
        (settings.STATIC_URL, settings.MEDIA_URL)
    )


def _set_caching(request, response):
    personal = (
        request.META.get("QUERY_STRING")
        or request.method not in ("GET", "HEAD")
        or request.META.get("HTTP_COOKIE")
        or response.cookies
    )
    if personal:
        response.headers["Cache-Control"] = "private, no-store"
    else:
        response.headers.setdefault("Cache-Control", "no-cache")
    patch_vary_headers(response, ["Cookie", "HX-Request", "Sec-GPC"])


def methods(get_response):
    """Refuses what no view of ours answers, in a sentence."""

    def middleware(request):
        if request.method not in ALLOWED:
            return HttpResponse(
                "This address answers GET, HEAD, POST and OPTIONS only.\n",
                status=405,
                content_type="text/plain; charset=utf-8",
                headers={"Allow": ", ".join(ALLOWED)},
            )
        query = request.META.get("QUERY_STRING", "")
        limit = DESK_QUERY_LIMIT if request.path.startswith(DESK) else QUERY_LIMIT
        if len(query.encode("utf-8", "surrogateescape")) > limit:
            raise BadRequest("The query string is too long.")
        # PostgreSQL refuses NUL in any text; no word that a person types holds one.
        if "%00" in query or "\0" in query or "\0" in request.path:
            raise BadRequest("The address holds a NUL character.")
        response = get_response(request)
        if response.status_code == 405 and not response.content:
            allowed = response.headers["Allow"]
            response.content = f"This address answers {allowed} only. Nothing was changed.\n"
            response.headers["Content-Type"] = "text/plain; charset=utf-8"
        return response

    return middleware


class CrossSiteGuard(CsrfViewMiddleware):
    """A POST must come from a page of ours.

    The browser's own word decides: Sec-Fetch-Site, else Origin. Only a client that sends neither
    needs Django's token, so that ordinary pages set no cookie.
    """

    def process_view(self, request, callback, callback_args, callback_kwargs):
        checked = getattr(request, "csrf_processing_done", False)
        # Django's test client marks its requests, unless a test asks for the checks.
        excused = getattr(request, "_dont_enforce_csrf_checks", False)
        if checked or excused or request.method in SAFE:
            return super().process_view(request, callback, callback_args, callback_kwargs)
        if "Sec-Fetch-Site" in request.headers:
            ours = request.headers["Sec-Fetch-Site"] == "same-origin"
        elif "Origin" in request.headers:
            ours = self._origin_verified(request)
        else:
            return super().process_view(request, callback, callback_args, callback_kwargs)
        return self._accept(request) if ours else self._reject(request, CROSS_SITE)
