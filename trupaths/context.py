"""What every page knows. Error pages use it too, so nothing here may fail."""

from urllib.parse import urlsplit

from django import db
from django.conf import settings
from django.utils.functional import SimpleLazyObject

from providers.index import index
from providers.models import Check

SECTIONS = {
    "home": "home",
    "therapies:list": "therapies",
    "therapies:detail": "therapies",
    "therapies:compare": "therapies",
    "therapies:condition_list": "conditions",
    "therapies:condition_detail": "conditions",
    "providers:list": "providers",
    "providers:detail": "providers",
    "recommendations:how": "how",
    "recommendations:saved": "saved",
}


def site(request):
    match = getattr(request, "resolver_match", None)
    return {
        # Lazy: the admin and partial answers never ask.
        "demonstration": SimpleLazyObject(_demonstration),
        "section": SECTIONS.get(match.view_name, "") if match else "",
        "site_url": settings.SITE_URL,
        # Without its parameters: filtered lists are one page to a search engine.
        "canonical": f"{settings.SITE_URL}{request.path}",
        "visitor_cookie": settings.VISITOR_COOKIE_NAME,
        "suggestions_kept_days": settings.SUGGESTIONS_KEPT_DAYS,
        "saved_kept_months": settings.SAVED_KEPT_MONTHS,
        "shared_kept_days": settings.SHARED_KEPT_DAYS,
        "check_fresh_days": Check.FRESH_DAYS,
        "check_stale_days": Check.STALE_DAYS,
        "reports_kept_days": settings.REPORTS_KEPT_DAYS,
        "counts_kept_days": settings.COUNTS_KEPT_DAYS,
        "acts_kept_days": settings.ACTS_KEPT_DAYS,
        "model_at": _model_at(),
    }


def _model_at():
    """Where questions to Tru AI go, when the operator has a language model choose sentences."""
    if not settings.TRUAI_LLM:
        return ""
    host = urlsplit(settings.TRUAI_BASE_URL).hostname
    return "on this site’s own server" if host in settings.LOOPBACK else f"at {host}"


def _demonstration():
    try:
        return index.demonstration
    except db.Error:
        return False
