"""Home, health, error pages and uploaded pictures."""

import logging
import sys
from functools import cache
from pathlib import PurePath

from django import db
from django.conf import settings
from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    JsonResponse,
    UnreadablePostError,
)
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template import loader
from django.templatetags.static import static
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from providers import ground
from providers.index import index
from therapies.library import library
from therapies.models import ContentClock, Therapy

from . import outages, schema

log = logging.getLogger(__name__)

FAMILIES = {
    Therapy.Kind.MIND: (
        "Noticing thoughts, breath and sensations without being carried off by them."
    ),
    Therapy.Kind.TALKING: (
        "Working things through with a trained person, one to one, as a couple or in a family."
    ),
    Therapy.Kind.BODY: "Movement, breath and rest that calm the mind through the body.",
    Therapy.Kind.GROUPS: "Support among people who know it from their own lives.",
    Therapy.Kind.MEDICAL: "Medicine and treatments that a clinician prescribes or gives.",
    Therapy.Kind.CREATIVE: "Art, music, writing and nature, where words are not enough.",
}

MEDIA_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
}


# Pages of words: name of view, URL and template.
WORDS = (
    "how_we_check",
    "for_someone_else",
    "ayuda",
    "for_providers",
    "privacy",
    "consumer_health_data",
    "accessibility",
    "about",
)


@require_safe
def home(request):
    shelf = library()
    families = [
        (kind.label, kind.value, sentence, [t for t in shelf.therapies if t.kind == kind])
        for kind, sentence in FAMILIES.items()
    ]
    conditions = [(each, len(shelf.therapies_for(each))) for each in shelf.conditions]
    context = {
        "families": [family for family in families if family[3]],
        "therapies": shelf.therapies,
        "therapy_total": len(shelf.therapies),
        "starting_points": shelf.starting_points,
        "conditions": most_covered(conditions),
        "condition_total": len(conditions),
        "json_ld": schema.document(
            schema.node("WebSite", name="TruPaths", url=schema.absolute("/")),
        ),
    }
    return render(request, "home.html", context)


def most_covered(conditions, most=16):
    """Those that most therapies speak to, by name."""
    chosen = sorted(conditions, key=lambda pair: (-pair[1], pair[0].name))[:most]
    return sorted((pair for pair in chosen if pair[1]), key=lambda pair: pair[0].name)


def words(name):
    """The view of a page that is nothing but words."""

    @require_safe
    def view(request):
        return render(request, f"pages/{name}.html")

    return view


@require_safe
def robots(request):
    private = ("/saved/", "/shared/", "/recommendations/", "/your-data/", "/assistant/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in private)]
    return _text("\n".join([*lines, f"Sitemap: {schema.absolute('/sitemap.xml')}"]))


@require_safe
def gpc(request):
    """That Global Privacy Control is heard here: https://www.w3.org/TR/gpc/#gpc-support-resource."""
    return JsonResponse({"gpc": True, "lastUpdate": "2026-11-26"})


@require_safe
def favicon(request):
    """Browsers ask for this where a page names no icon, such as in the admin."""
    return redirect(static("img/favicon.svg"))


@require_safe
def healthz(request):
    return _text("ok")


@require_safe
def readyz(request):
    """The first question loads what this process keeps in memory."""
    try:
        ContentClock.objects.exists()  # the two below outlive the database
        index.current()
        library()
        warm()
    except db.Error:
        return _text("The database does not answer, or it is not migrated.", status=503)
    if not index.ready():
        return _text("The search index is not loaded yet.", status=503)
    return _text("ready")


@cache
def warm():
    """Compile the templates and read the maps, for which the first visitor would wait."""
    folder = settings.BASE_DIR / "templates"
    for path in folder.rglob("*.html"):
        loader.get_template(path.relative_to(folder).as_posix())
    ground.warm()


def _text(text, status=200):
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")


@require_safe
def media(request, path):
    """A picture under our own host. A sandbox of its own: an SVG opened as a page runs nothing."""
    content_type = MEDIA_TYPES.get(PurePath(path).suffix.lower())
    if content_type is None:
        raise Http404
    try:
        file, changed = default_storage.open(path), default_storage.get_modified_time(path)
    except (SuspiciousOperation, OSError):  # outside of it, or not there
        raise Http404 from None
    response = FileResponse(file, content_type=content_type)
    response.headers["Content-Length"] = str(file.size)
    response.headers["Last-Modified"] = http_date(changed.timestamp())
    response.headers["Cache-Control"] = "public, max-age=2592000"
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
    )
    return response


def bad_request(request, exception):
    too_large = isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent))
    return _error("413.html", 413) if too_large else _error("400.html", 400)


def permission_denied(request, exception=None):
    return _error("403.html", 403)


def not_found(request, exception):
    return _error("404.html", 404)


def server_error(request):
    error = sys.exception()  # Django asks for this page while it handles the fault
    if isinstance(error, UnreadablePostError):  # the rest of what was sent never came
        return _error("400.html", 400)
    number = getattr(request, "number", "")
    if outages.is_one(error):
        return outages.answer(request, _page("503.html", 503, number=number))
    return HttpResponse(_page("500.html", 500, number=number), status=500)


def csrf_failure(request, reason=""):
    """Only a missing token can be mended by the visitor: the page offers the same fields again."""
    if not reason.startswith("CSRF "):  # Django's reasons about the cookie or the token
        return _error("403.html", 403)
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and "password" not in name
        for value in values
    ]
    context = {"fields": fields, "action": request.get_full_path(), "token": get_token(request)}
    return render(request, "403_csrf.html", context, status=403)


def _error(template, status):
    return HttpResponse(_page(template, status), status=status)


def _page(template, status, **context):
    """Static, without request or database; a sentence when even the template fails."""
    try:
        return loader.get_template(template).render(context)
    except Exception:
        log.exception("The error page %s cannot be shown", template)
        return (
            '<!doctype html><html lang="en"><title>TruPaths</title>'
            f"<h1>Error {status}</h1><p>Something went wrong on our side.</p>"
            "<p>In crisis? Call or text 988. Emergency: 911.</p>"
        )
