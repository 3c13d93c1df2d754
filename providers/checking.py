"""Which listings a person should call again, and that someone did."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Subquery
from django.utils import timezone

from .changes import listing_changes
from .models import Check, Provider

# Those that nobody ever checked come before the oldest check, on both databases.
WORST_FIRST = F("contact_checked").asc(nulls_first=True)


def overdue(providers=None):
    """Published real listings that no person checked for 180 days, or ever; the worst first.

    Each has `contact_checked`: the day a person last checked how to reach it, or None.
    """
    providers = Provider.objects.all() if providers is None else providers
    since = timezone.localdate() - timedelta(days=Check.FRESH_DAYS)
    fresh = _checks().filter(checked_on__gte=since)
    due = providers.filter(status=Provider.Status.PUBLISHED, demonstration=False)
    last = Subquery(_checks().values("checked_on")[:1])
    due = due.filter(~Exists(fresh)).annotate(contact_checked=last)
    return due.order_by(WORST_FIRST, "created_at", "pk")


def record(ids, aspects, *, by, how=Check.How.CALLED, on=None):
    """These aspects of these listings were checked and are right; an older check gives way."""
    on = on or timezone.localdate()
    with listing_changes() as changed:
        Check.objects.bulk_create(
            [
                Check(provider_id=key, aspect=aspect, checked_on=on, how=how, by=by)
                for key in ids
                for aspect in aspects
            ],
            update_conflicts=True,
            unique_fields=["provider", "aspect"],
            update_fields=["checked_on", "how", "by"],
        )
        changed.update(ids)


def _checks():
    return Check.objects.filter(
        provider=OuterRef("pk"), aspect=Check.Aspect.CONTACT, how__in=Check.BY_PEOPLE
    )
