"""A draft as visitors will see it, for everyone who was given its link, for some days."""

from datetime import datetime, timedelta

from django.core import signing
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from .models import Therapy
from .sections import Reading
from .views import therapy_page

KEPT = timedelta(days=7)
SALT = "therapies.preview"
PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}


def link(therapy):
    """The path of a preview that works for a week from now, and until when it does."""
    until = timezone.now() + KEPT
    token = signing.dumps([therapy.pk, until.isoformat(timespec="minutes")], salt=SALT)
    return reverse("therapies:preview", args=[token]), until


def _read(token):
    """The page's id and the end of the link; Http404 for one that is not ours, or too old."""
    try:
        pk, until = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise Http404 from None
    until = datetime.fromisoformat(until)
    if until <= timezone.now():
        raise Http404
    return pk, until


@require_safe
def preview(request, token):
    """The page as it is written now. Once it is published, the link leads there."""
    pk, until = _read(token)
    therapy = get_object_or_404(Therapy.objects.with_parts(), pk=pk)
    if therapy.is_published:
        answer = HttpResponseRedirect(therapy.get_absolute_url())
    else:
        _in_its_place(therapy)
        answer = therapy_page(request, Reading(therapy), preview=True, preview_until=until)
    for name, value in PRIVATE.items():
        answer[name] = value
    return answer


def _in_its_place(therapy):
    """A new version is shown as the page it will be, with the places that offer that."""
    if therapy.replaces_id:
        page = therapy.replaces
        therapy.pk, therapy.slug, therapy.replaces = page.pk, page.slug, None
