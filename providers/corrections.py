"""Reports of mistakes, and suggested places: from the moment they come to the day they are closed.

received -> take_up() -> checking -> close() -> fixed, stands or declined (listed or declined)
"""

from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from . import wording
from .changes import listing_changes
from .models import Check, Correction, SuggestedPlace

SHOWN_DAYS = 90  # for so long a listing says that something was put right

WHAT = {
    Check.Aspect.CONTACT: "Phone or address",
    Check.Aspect.SERVICES: "Services",
    Check.Aspect.PAYMENT: "Payment",
    Check.Aspect.AVAILABILITY: "Room for new people",
}


class Closed(Exception):
    """It was closed before. `str()` is a sentence for whoever tried."""


def find(code):
    """The report or suggestion with this code, however it was typed; None when there is none."""
    code = "".join(c for c in code.upper() if c.isalnum())
    report = Correction.objects.select_related("provider").filter(code=code).first()
    return report or SuggestedPlace.objects.filter(code=code).first()


def take_up(item, by):
    """Staff look into it: of a report, the listing now says that this is being checked."""
    with _shown_anew(item):
        item = _locked(item)
        item.status, item.owner = item.Status.CHECKING, by
        item.taken_up_at = item.taken_up_at or timezone.now()
        item.save(update_fields=["status", "owner", "taken_up_at"])
    return item


def close(item, status, resolution, by):
    """End it with an outcome and a sentence for whoever has the code.

    `status` is one of the `CLOSED` of its model, `resolution` at most 400 characters. Raises
    ValueError for another status, `Closed` when someone was faster.
    """
    if status not in item.CLOSED:
        raise ValueError(f"{status!r} does not close it: choose one of {list(item.CLOSED)}")
    with _shown_anew(item):
        item = _locked(item)
        item.status, item.resolution, item.closed_at = status, resolution, timezone.now()
        item.owner = item.owner or by
        item.save(update_fields=["status", "resolution", "closed_at", "owner"])
    return item


@contextmanager
def _shown_anew(item):
    """`atomic()`; a page of the listing that says what becomes of a report is not kept longer."""
    with listing_changes() as changed:
        yield
        if isinstance(item, Correction):
            changed.add(item.provider_id)


def _locked(item):
    held = type(item).objects.select_for_update().get(pk=item.pk)
    if not held.is_open:
        raise Closed(f"This was closed on {wording.day(held.closed_at)}.")
    return held


def on_listing(provider):
    """{aspect: sentence} for what is being checked now, or was put right lately."""
    since = timezone.now() - timedelta(days=SHOWN_DAYS)
    fixed = Q(status=Correction.Status.FIXED, closed_at__gte=since)
    checking = Q(status=Correction.Status.CHECKING)
    found = provider.corrections.filter(fixed | checking).order_by("closed_at", "-created_at")
    # What is being checked goes before what was put right, on both databases.
    return {each.aspect: _sentence(each) for each in sorted(found, key=lambda c: c.is_open)}


def _sentence(report):
    what = WHAT[report.aspect]
    if report.is_open:
        since = report.taken_up_at or report.created_at
        return f"{what} being checked since {wording.day(since)}: someone reported a mistake"
    return f"{what} put right on {wording.day(report.closed_at)}"


def forget(today=None):
    """Erase the words of what was closed long enough ago; returns of how many."""
    today = today or timezone.localdate()
    day = today - timedelta(days=settings.REPORTS_KEPT_DAYS)
    return sum(
        model.objects.filter(closed_at__date__lt=day).exclude(message="").update(message="")
        for model in (Correction, SuggestedPlace)
    )
