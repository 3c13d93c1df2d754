"""The end of what we promised to keep no longer."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .models import Event, Visitor


def purge(today=None):
    """Delete what is past its time: suggestions after 30 idle days, saves after 12 months."""
    today = today or timezone.localdate()
    idle = Visitor.objects.filter(
        seen_on__lt=today - timedelta(days=settings.SUGGESTIONS_KEPT_DAYS)
    )
    with transaction.atomic():
        Event.objects.filter(visitor__in=idle).delete()
        idle.update(lat=None, lon=None, place_name="", consent_version=None, consent_on=None)
        old = today - timedelta(days=settings.SAVED_KEPT_MONTHS * 365 // 12)
        Visitor.objects.filter(seen_on__lt=old).delete()
        gone, _ = idle.filter(saved=None).delete()
    return gone
