"""The cards of help: staff write them, a process keeps them, somebody reads the numbers again."""

from datetime import date, timedelta

import pytest
from django import db
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from assistant import cards, counts
from assistant.models import Count, CrisisCard
from trupaths import crisis

pytestmark = pytest.mark.django_db

ADD = "/admin/assistant/crisiscard/add/"
DANGER = "I want to kill myself"


@pytest.fixture
def staff(client):
    user = User.objects.create_superuser("ada", password="x")
    client.force_login(user)
    return user


def save(client, key="988", **changes):
    form = client.get(f"{ADD}?key={key}").context["adminform"].form
    return client.post(f"{ADD}?key={key}", {**form.initial, "checked_on": "", **changes})


def test_all_that_the_detector_says_has_a_card_that_staff_can_write():
    for category in crisis.CATEGORIES:
        found = crisis.Crisis(category, *crisis.CATEGORIES[category][1:])
        assert cards.of(found).key in cards.DEFAULTS, category


def test_what_staff_write_is_on_every_card_of_the_site(client, staff):
    today = timezone.localdate()
    page = save(client, title="You matter.", lines="Warm line: 1-855-845-7415", checked_on=today)
    assert page.status_code == 302
    for text in (
        client.post("/assistant/", {"q": DANGER}).content.decode(),
        client.get("/providers/", {"q": DANGER}).content.decode(),
    ):
        assert "You matter." in text and 'href="tel:+18558457415"' in text
        assert 'href="tel:988"' in text and 'href="tel:911"' in text
    row = CrisisCard.objects.get()
    assert (row.version, row.checked_by, row.checked_on) == (1, staff, today)


def test_an_edit_is_the_next_version_and_what_was_said_stays(client, staff):
    save(client, title="One")
    save(client, title="Two")
    assert list(CrisisCard.objects.values_list("version", "title")) == [(2, "Two"), (1, "One")]
    first = CrisisCard.objects.get(version=1)
    assert client.post(f"/admin/assistant/crisiscard/{first.pk}/change/", {}).status_code == 403
    assert client.post(f"/admin/assistant/crisiscard/{first.pk}/delete/", {}).status_code == 403


def test_of_two_who_edit_at_once_the_later_is_told(client, staff):
    save(client, title="One")
    page = save(client, title="Mine", seen=0)
    assert page.status_code == 200 and "Somebody saved a newer version" in page.content.decode()
    assert CrisisCard.objects.count() == 1


@pytest.mark.parametrize(
    "change, sentence",
    [
        ({"lines": "1-800-222-1222"}, "has no name"),
        ({"lines": "Poison Help: 12"}, "does not look like a number"),
        ({"lines": "Poison Help: 1-800-CALL-NOW"}, "does not look like a number"),
        ({"lines": f"{'x' * 61}: 88788"}, "too long for a button"),
        ({"checked_on": date.max}, "yet to come"),
        ({"title": ""}, "This field is required"),
    ],
)
def test_a_bad_edit_gets_a_sentence_and_changes_nothing(client, staff, change, sentence):
    assert sentence in save(client, **change).content.decode()
    assert not CrisisCard.objects.exists()


@given(st.text(max_size=80))
def test_what_is_taken_as_numbers_can_be_called_or_texted(text):
    try:
        found = cards.read_numbers(text)
    except ValueError as error:
        assert str(error)
    else:
        assert all(each.label and each.href[4:].strip("+").isdigit() for each in found)


def test_cards_say_what_was_known_when_the_database_is_gone(client, staff):
    save(client, title="You matter.")
    assert cards.current()["988"].title == "You matter."
    cards.forget()

    def down(execute, *args):
        raise db.OperationalError

    with connection.execute_wrapper(down):
        assert cards.current()["988"].title == "You matter."
    CrisisCard.objects.all().delete()
    cards.forget()
    assert cards.current() == cards.DEFAULTS


def test_a_card_that_nobody_checked_for_ninety_days_is_due(client, staff):
    def due_on_the_first_page():
        return "Numbers not checked within 90 days" in client.get("/admin/").content.decode()

    assert due_on_the_first_page() and len(cards.due()) == len(cards.DEFAULTS)
    today = timezone.localdate()
    for key in cards.DEFAULTS:
        assert save(client, key=key, checked_on=today - timedelta(days=90)).status_code == 302
    assert not cards.due() and not due_on_the_first_page()
    CrisisCard.objects.filter(key="988").update(checked_on=today - timedelta(days=91))
    cards.forget()
    assert [card.key for card in cards.due()] == ["988"] and due_on_the_first_page()


def test_only_who_may_sees_counts_and_cards(client):
    user = User.objects.create_user("bo", password="x", is_staff=True)
    client.force_login(user)
    for path in ("count", "crisiscard"):
        assert client.get(f"/admin/assistant/{path}/").status_code == 403
    assert "Cards of help" not in client.get("/admin/").content.decode()
    user.user_permissions.add(Permission.objects.get(codename="view_count"))
    text = client.get("/admin/assistant/count/").content.decode()
    assert "Kept for 400 days" in text and "Cards of help" not in text
    assert client.get(ADD).status_code == 403


def test_staff_read_counts_by_week_refusals_by_section_and_votes(client, staff):
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    for day, outcome, section, n in (
        (today, "answered", "/therapies/a/#faq", 7),
        (monday - timedelta(days=7), "answered", "", 5),
        (monday - timedelta(days=1), "answered", "", 6),
        (today, "refused-dose", "/therapies/b/", 3),
        (today, "not-helpful", "/therapies/a/#faq", 2),
    ):
        Count.objects.create(day=day, outcome=outcome, section=section, n=n)
    mondays, rows = counts.by_week()
    assert mondays[0] == monday
    assert dict(rows)["Answered"][:3] == [7, 11, 0]
    assert counts.refused() == [("Refused: dose", "/therapies/b/", 3)]
    assert counts.votes() == [("/therapies/a/#faq", 0, 2)]
    text = client.get("/admin/assistant/count/").content.decode()
    assert "Refused: dose" in text and "Never" in text  # nobody has checked a card yet


def test_counts_go_after_the_time_that_the_privacy_page_tells(client, settings):
    old = timezone.localdate() - timedelta(days=settings.COUNTS_KEPT_DAYS + 1)
    Count.objects.create(day=old, outcome="answered")
    Count.objects.create(day=old + timedelta(days=1), outcome="answered")
    call_command("purge", verbosity=0)
    assert Count.objects.count() == 1
    assert "400 days" in client.get("/privacy/").content.decode()
