"""What we promise to keep no longer goes by `manage.py purge`, and the page says how long."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings as ours
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from assistant.models import Count
from providers import corrections
from providers.models import Confirmation, Correction
from recommendations.models import Event, ExposureDay, Saved, Visitor
from tests.factories import create_correction, create_provider
from trupaths.models import Use

pytestmark = pytest.mark.django_db

KEPT = sorted(name for name in dir(ours) if re.search(r"_KEPT_(DAYS|MONTHS)$", name))


def days(name):
    number = getattr(ours, name)
    return number * 365 // 12 if name.endswith("MONTHS") else number


def made(age, *, after, user):
    """Rows of every kind that are `age` days past, or short of, the end of their time."""

    def then(name):
        return timezone.now() - timedelta(days=days(name) + age)

    provider = create_provider()
    report = create_correction(provider=provider, message="Words.")
    corrections.close(report, "fixed", "", user)
    Correction.objects.filter(pk=report.pk).update(closed_at=then("REPORTS_KEPT_DAYS"))
    for name, consent in (("SAVED_KEPT_MONTHS", None), ("SUGGESTIONS_KEPT_DAYS", 2)):
        visitor = Visitor.objects.create(
            key_hash=f"{name}{age}",
            seen_on=then(name).date(),
            consent_version=consent,
            lat=45.5,
        )
        Saved.objects.create(visitor=visitor, provider=provider, saved_on=after)
        Event.objects.create(visitor=visitor, kind="explored", thing="therapy:1", day=after)
    ExposureDay.objects.create(provider=provider, day=then("COUNTS_KEPT_DAYS").date(), shown=50)
    Count.objects.create(day=then("COUNTS_KEPT_DAYS").date(), outcome="answered", n=3)
    entry = LogEntry.objects.create(user=user, action_flag=2, object_repr="x")
    LogEntry.objects.filter(pk=entry.pk).update(action_time=then("ACTS_KEPT_DAYS"))
    link = Confirmation.objects.create(
        provider=provider, email="a@place.example", token_hash=f"{age}", expires_at=timezone.now()
    )
    Confirmation.objects.filter(pk=link.pk).update(sent_at=then("ACTS_KEPT_DAYS"))
    Session.objects.create(
        session_key=f"s{age}", session_data="", expire_date=timezone.now() - timedelta(days=age)
    )
    Use.objects.create(key=f"{age}", until=timezone.now() - timedelta(days=age))


def older():
    """{what: rows that are past their time}."""
    now = timezone.now()

    def since(name):
        return now - timedelta(days=days(name))

    idle = {"visitor__seen_on__lt": since("SUGGESTIONS_KEPT_DAYS").date()}
    closed = Correction.objects.filter(closed_at__lt=since("REPORTS_KEPT_DAYS"))
    return {
        "words": closed.exclude(message="").count(),
        "saved": Visitor.objects.filter(seen_on__lt=since("SAVED_KEPT_MONTHS").date()).count(),
        "events": Event.objects.filter(**idle).count(),
        "places": Visitor.objects.filter(
            seen_on__lt=since("SUGGESTIONS_KEPT_DAYS").date(), lat__isnull=False
        ).count(),
        "shown": ExposureDay.objects.filter(day__lt=since("COUNTS_KEPT_DAYS").date()).count(),
        "answers": Count.objects.filter(day__lt=since("COUNTS_KEPT_DAYS").date()).count(),
        "acts": LogEntry.objects.filter(action_time__lt=since("ACTS_KEPT_DAYS")).count(),
        "mail": Confirmation.objects.filter(sent_at__lt=since("ACTS_KEPT_DAYS")).count(),
        "sessions": Session.objects.filter(expire_date__lt=now).count(),
        "uses": Use.objects.filter(until__lte=now).count(),
    }


def held():
    """{model: rows}, and all reports that have words."""
    rows = {model.__name__: model.objects.count() for model in apps.get_models()}
    return rows | {"words": Correction.objects.exclude(message="").count()}


def test_after_a_purge_nothing_is_older_and_a_second_one_changes_nothing(django_user_model):
    user = django_user_model.objects.create_user("staff")
    today = timezone.localdate()
    made(-1, after=today + timedelta(days=1), user=user)
    young = held()
    made(2, after=today + timedelta(days=1), user=user)
    assert all(older().values()), older()
    call_command("purge", verbosity=0)
    assert not any(older().values()), older()
    kept = held()
    for name in ("words", "Saved", "ExposureDay", "Count", "LogEntry", "Confirmation", "Session"):
        assert kept[name] >= young[name], name
    call_command("purge", verbosity=0)
    assert held() == kept


def test_each_time_is_printed_from_its_setting(client, settings):
    assert len(KEPT) == 6
    for n, name in enumerate(KEPT):
        setattr(settings, name, 7011 + n)
    page = client.get("/privacy/").content.decode()
    missing = [name for n, name in enumerate(KEPT) if str(7011 + n) not in page]
    assert not missing
