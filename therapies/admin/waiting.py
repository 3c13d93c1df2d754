"""Pages that wait for a person: counted on the admin's first page, found by filters of the list."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import admin
from django.db.models import Min
from django.urls import reverse
from django.utils import timezone

from therapies.models import Evidence, Therapy

Status = Therapy.Status


def in_review():
    return Therapy.objects.filter(status=Status.IN_REVIEW)


def overdue():
    return _read().filter(review_due_on__lt=timezone.localdate())


def due_this_month():
    today = timezone.localdate()
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return _read().filter(review_due_on__gte=today, review_due_on__lt=first)


def evidence_due():
    """Pages with an evidence row that was to be checked again by today."""
    rows = Evidence.objects.filter(due_on__lt=timezone.localdate())
    return _read().filter(pk__in=rows.values("therapy"))


def _read():
    """What visitors read now or soon."""
    return Therapy.objects.filter(status=Status.PUBLISHED)


# Title, what waits, since when, filters of its list.
QUEUES = [
    ("Pages in review", in_review, "updated_at", "?state=in-review"),
    ("Reviews overdue", overdue, "review_due_on", "?review=overdue"),
    ("Reviews due this month", due_this_month, None, "?review=month"),
    ("Evidence overdue", evidence_due, "evidence__due_on", "?review=evidence"),
]


@dataclass(frozen=True)
class Waiting:
    """`oldest` is for how many days the first of them has waited, None without a date."""

    title: str
    url: str
    count: int
    oldest: int | None


def pages_waiting(user):
    """What waits, in one query each; nothing for those who may not see therapies."""
    if not user.has_perm("therapies.view_therapy"):
        return []
    return [_count(*queue) for queue in QUEUES]


def _count(title, pages, since, filters):
    found = pages()
    oldest = since and found.aggregate(since=Min(since))["since"]
    url = reverse("admin:therapies_therapy_changelist") + filters
    return Waiting(title, url, found.count(), days_since(oldest))


def days_since(since):
    """Whole days since a day or a moment, None without one."""
    if since is None:
        return None
    day = timezone.localdate(since) if isinstance(since, datetime) else since
    return (timezone.localdate() - day).days


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        found = dict(Status.choices)
        return [*found.items(), ("scheduled", "Scheduled")]

    def queryset(self, request, queryset):
        if self.value() == "scheduled":
            return queryset.filter(status=Status.PUBLISHED, publish_at__gt=timezone.now())
        if self.value() == Status.PUBLISHED:
            return queryset.published()
        return queryset.filter(status=self.value()) if self.value() else queryset


class ReviewFilter(admin.SimpleListFilter):
    title = "review"
    parameter_name = "review"
    due = {"overdue": overdue, "month": due_this_month, "evidence": evidence_due}

    def lookups(self, request, model_admin):
        return [
            ("overdue", "Overdue"),
            ("month", "Due this month"),
            ("evidence", "Evidence overdue"),
        ]

    def queryset(self, request, queryset):
        if self.value() not in self.due:
            return queryset
        return queryset.filter(pk__in=self.due[self.value()]().values("pk"))
