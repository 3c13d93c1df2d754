"""The end of what we promised to keep no longer."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from . import exposure
from .kept import PLACE, YES, none
from .models import Event, Visitor


def purge(today=None):
    """Delete what is past its time: suggestions after 30 idle days, saves after 12 months.

    And of days that are over, counts of places that hardly anyone saw.
    """
    today = today or timezone.localdate()
    idle = Visitor.objects.filter(
        seen_on__lt=today - timedelta(days=settings.SUGGESTIONS_KEPT_DAYS)
    )
    with transaction.atomic():
        Event.objects.filter(visitor__in=idle).delete()
        idle.update(**none(PLACE, YES))
        old = today - timedelta(days=settings.SAVED_KEPT_MONTHS * 365 // 12)
        Visitor.objects.filter(seen_on__lt=old).delete()
        gone, _ = idle.filter(saved=None).delete()
    return gone + exposure.drop_few(today)
