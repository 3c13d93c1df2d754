"""What waits for staff: counted on the admin's first page."""

from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django.urls import reverse

from providers import checking
from providers.models import (
    Correction,
    ImportRow,
    PossibleDuplicate,
    Proposal,
    SuggestedPlace,
    SuspiciousPoint,
)
from therapies.admin.waiting import days_since


def rejected_rows():
    return ImportRow.objects.filter(action=ImportRow.Action.REFUSED, closed_at=None)


# Title, what waits, its owner, since when, filters of its list.
QUEUES = [
    ("Corrections", Correction.objects.open, "owner", "created_at", ""),
    ("Proposals", Proposal.objects.open, "owner", "created_at", ""),
    ("Overdue checks", checking.overdue, "keeper", "contact_checked", "?due=contact"),
    ("Suggested places", SuggestedPlace.objects.open, "owner", "created_at", ""),
    ("Possible duplicates", PossibleDuplicate.objects.open, "owner", "created_at", ""),
    ("Suspicious points", SuspiciousPoint.objects.open, "owner", "created_at", ""),
    ("Rejected rows", rejected_rows, "owner", "run__started_at", ""),
]


@dataclass(frozen=True)
class Waiting:
    """One queue: `oldest` is the age of its oldest item in days, None without a date."""

    title: str
    url: str
    count: int
    mine: int
    nobodys: int
    oldest: int | None


def waiting(user):
    """The queues that this person may see, in one query each."""
    return [_count(user, *queue) for queue in QUEUES if _may(user, queue[1]().model)]


def _may(user, model):
    return user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")


def _count(user, title, items, owner, since, filters):
    items = items()
    found = items.order_by().aggregate(
        count=Count("pk"),
        mine=Count("pk", filter=Q(**{owner: user})),
        nobodys=Count("pk", filter=Q(**{owner: None})),
        since=Min(since),
    )
    url = reverse(f"admin:providers_{items.model._meta.model_name}_changelist") + filters
    return Waiting(
        title, url, found["count"], found["mine"], found["nobodys"], days_since(found["since"])
    )
