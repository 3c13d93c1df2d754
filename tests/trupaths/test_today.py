"""Where “today” is: TIME_ZONE."""

import logging
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from providers.models import Check
from tests.factories import create_provider
from trupaths.logs import Text

EVENING = datetime(2026, 1, 15, 3, 30, tzinfo=UTC)  # 7:30 p.m. in Los Angeles


@pytest.mark.django_db
def test_a_check_of_the_evening_is_dated_to_its_day(admin_client, monkeypatch):
    place = create_provider()
    monkeypatch.setattr(timezone, "now", lambda: EVENING)
    admin_client.post(
        "/admin/providers/provider/",
        {"action": "called", "_selected_action": [place.pk], "aspects": ["contact"]},
    )
    assert str(Check.objects.get().checked_on) == "2026-01-14"


def test_logs_stay_in_utc():
    record = logging.makeLogRecord({"created": EVENING.timestamp(), "msecs": 0, "number": "-"})
    assert Text().format(record).startswith("2026-01-15 03:30:00")


@pytest.mark.parametrize("wrong", ["Chicago", "../America/Chicago", "America", "/etc/passwd", ""])
def test_a_wrong_zone_stops_the_start_with_a_sentence(started, wrong):
    assert started(TIME_ZONE="America/Chicago")["TIME_ZONE"] == "America/Chicago"
    with pytest.raises(ImproperlyConfigured, match="America/Chicago"):
        started(TIME_ZONE=wrong)
