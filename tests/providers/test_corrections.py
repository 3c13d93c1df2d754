"""Reports and suggestions: sent without a name, held back when abused, closed with an outcome."""

import logging
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from providers import corrections
from providers.models import Correction, Provider, SuggestedPlace
from providers.models.queues import CODE_ALPHABET, CODE_LENGTH
from tests.factories import create_correction, create_provider
from trupaths.models import Use

pytestmark = pytest.mark.django_db

PLACE = {"name": "Larch House", "city": "Salem", "state": "Oregon"}


@pytest.fixture
def larch():
    return create_provider(name="Larch House")


@pytest.fixture
def staff(django_user_model):
    return django_user_model.objects.create_user("ada", is_staff=True)


def report(client, provider, **data):
    return client.post(f"{provider.get_absolute_url()}report/", {"aspect": "contact"} | data)


def test_the_listing_leads_to_its_report_form(client, larch):
    assert (
        f'href="{larch.get_absolute_url()}report/"'
        in client.get(larch.get_absolute_url()).content.decode()
    )
    page = client.get(f"{larch.get_absolute_url()}report/")
    assert page.status_code == 200 and not page.cookies
    assert 'content="noindex"' in page.content.decode()


def test_a_report_gets_a_code_that_shows_what_became_of_it(client, larch, staff):
    answer = report(client, larch, message="The number rings and nobody picks up.\r\nTwice.")
    sent = Correction.objects.get()
    assert (sent.provider, sent.aspect, sent.status) == (larch, "contact", "received")
    assert sent.message == "The number rings and nobody picks up.\nTwice."
    assert answer["Location"] == f"/corrections/{sent.code}/"

    page = client.get(answer["Location"])
    text = page.content.decode()
    assert sent.code in text and "Larch House" in text and "Received" in text
    assert "picks up" not in text and larch.phone not in text
    assert 'content="noindex"' in text and page["Cache-Control"] == "private, no-store"

    corrections.take_up(sent, staff)
    assert "Being checked" in client.get(answer["Location"]).content.decode()
    corrections.close(sent, "fixed", "They have a new number. It is on the listing now.", staff)
    text = client.get(answer["Location"]).content.decode()
    assert "Put right" in text and "They have a new number." in text


def test_something_else_is_looked_into_like_what_a_place_offers(client, larch):
    assert "Something else" in client.get(f"{larch.get_absolute_url()}report/").text
    report(client, larch, aspect="other", message="The picture shows another house.")
    assert Correction.objects.get().aspect == "services"


def test_the_listing_says_what_is_being_checked_only_once_staff_took_it_up(client, larch, staff):
    sent = create_correction(provider=larch)
    day = f"{sent.created_at:%b} {sent.created_at.day}"
    assert "being checked" not in client.get(larch.get_absolute_url()).content.decode()
    corrections.take_up(sent, staff)
    text = client.get(larch.get_absolute_url()).content.decode()
    assert f"Phone or address being checked since {day}: someone reported a mistake" in text
    corrections.close(sent, "fixed", "", staff)
    text = client.get(larch.get_absolute_url()).content.decode()
    assert "being checked since" not in text and f"Phone or address put right on {day}" in text
    old = timezone.now() - timedelta(days=corrections.SHOWN_DAYS + 1)
    Correction.objects.update(closed_at=old)
    assert "put right on" not in client.get(larch.get_absolute_url()).content.decode()


def test_what_is_checked_now_goes_before_what_was_put_right(larch, staff):
    done, new = create_correction(provider=larch), create_correction(provider=larch)
    corrections.close(done, "fixed", "", staff)
    corrections.take_up(new, staff)
    assert "being checked" in corrections.on_listing(larch)["contact"]


@pytest.mark.parametrize("status", ["stands", "declined"])
def test_a_report_that_changed_nothing_leaves_no_trace_on_the_listing(larch, staff, status):
    corrections.close(create_correction(provider=larch), status, "It is right.", staff)
    assert corrections.on_listing(larch) == {}


def test_a_report_is_closed_once_and_only_with_an_outcome(larch, staff):
    sent = create_correction(provider=larch)
    with pytest.raises(ValueError, match="received"):
        corrections.close(sent, "received", "", staff)
    corrections.close(sent, "stands", "", staff)
    with pytest.raises(corrections.Closed, match="was closed on"):
        corrections.close(sent, "fixed", "", staff)
    with pytest.raises(corrections.Closed):
        corrections.take_up(sent, staff)
    sent.refresh_from_db()
    assert (sent.status, sent.owner, sent.is_open) == ("stands", staff, False)


@pytest.mark.parametrize("path", ["/corrections/{}/", "/corrections/?code={}"])
@pytest.mark.parametrize("typed", [str.lower, lambda c: f" {c[:4]}-{c[4:]} "])
def test_a_code_is_found_however_it_is_typed(client, larch, path, typed):
    sent = create_correction(provider=larch)
    page = client.get(path.format(typed(sent.code)), follow=True)
    assert page.status_code == 200 and sent.code in page.content.decode()


@pytest.mark.parametrize(
    "path", ["/corrections/BCDFGHJK/", "/corrections/?code=B", "/corrections/é/"]
)
def test_an_unknown_code_is_a_page_that_says_what_to_do(client, path):
    page = client.get(path)
    assert page.status_code == 404
    assert "We have no report with this code" in page.content.decode()
    assert 'name="code"' in page.content.decode()


@given(code=st.text(max_size=60))
def test_no_code_is_an_error_whatever_is_typed(code):
    assert corrections.find(code.replace("\0", "")) is None


def test_codes_have_no_letters_that_are_taken_for_one_another(larch):
    code = create_correction(provider=larch).code
    assert len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET)
    assert not set("01OIUYAE") & set(CODE_ALPHABET)


@pytest.mark.parametrize("status", [Provider.Status.DRAFT, Provider.Status.WITHDRAWN])
def test_what_is_not_listed_cannot_be_reported(client, status):
    hidden = create_provider(status=status)
    assert client.get(f"/providers/{hidden.slug}/report/").status_code == 404
    assert report(client, hidden).status_code == 404
    assert not Correction.objects.exists()


def test_a_code_of_a_listing_that_left_leads_nowhere(client, larch):
    sent = create_correction(provider=larch)
    Provider.objects.get(pk=larch.pk).delete()
    assert client.get(sent.get_absolute_url()).status_code == 404
    drafted = create_provider(status=Provider.Status.WITHDRAWN)
    text = client.get(create_correction(provider=drafted).get_absolute_url()).content.decode()
    assert drafted.name in text and drafted.get_absolute_url() not in text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"aspect": ""}, "Choose what is wrong."),
        ({"aspect": "<b>"}, "Choose what is wrong."),
        ({"message": "a" * 1001}, "at most 1000 characters"),
        ({"message": "a\0b"}, "Null characters are not allowed."),
        ({"leave_empty": "http://spam.example"}, "there for programs only"),
    ],
)
def test_a_report_that_cannot_be_taken_says_why_and_keeps_the_words(client, larch, data, sentence):
    page = report(client, larch, **({"message": "The old number."} | data))
    text = page.content.decode()
    assert page.status_code == 400 and sentence in text
    assert "<title>Error: " in text
    assert "spam.example" not in text
    assert data.get("message", "The old number.")[:20].replace("\0", "") in text.replace("\0", "")
    assert not Correction.objects.exists()


def test_an_empty_form_is_refused_too(client, larch):
    assert client.post(f"/providers/{larch.slug}/report/", {}).status_code == 400
    assert client.post("/suggest/", {}).status_code == 400


def test_a_thousand_characters_with_line_breaks_are_a_thousand(client, larch):
    assert report(client, larch, message="a\r\n" * 500).status_code == 302


def test_words_of_danger_bring_help_and_the_report_is_taken(client, larch):
    page = report(client, larch, message="I called and now I want to die")
    text = page.content.decode()
    assert page.status_code == 200 and 'class="crisis"' in text
    assert Correction.objects.get().code in text
    assert "want to die" not in text
    page = report(client, larch, aspect="", message="I want to die")
    assert page.status_code == 400 and 'class="crisis"' in page.content.decode()


def test_reports_from_another_site_are_refused(larch):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    path = f"/providers/{larch.slug}/report/"
    other = client.post(path, {"aspect": "contact"}, headers={"sec-fetch-site": "cross-site"})
    assert other.status_code == 403 and not Correction.objects.exists()
    ours = client.post(path, {"aspect": "contact"}, headers={"sec-fetch-site": "same-origin"})
    assert ours.status_code == 302


def test_nothing_that_was_sent_reaches_a_log(client, larch, caplog):
    with caplog.at_level(logging.DEBUG):
        report(client, larch, message="zz-private words")
        report(client, larch, aspect="", message="zz-private words")
    assert "zz-private" not in caplog.text


# --- suggested places ---------------------------------------------------------------------


def test_a_suggested_place_is_never_a_listing_by_itself(client, staff):
    answer = client.post("/suggest/", PLACE | {"website": "larch.example", "message": "Groups."})
    sent = SuggestedPlace.objects.get()
    assert (sent.state, sent.website, sent.message) == ("OR", "https://larch.example", "Groups.")
    assert not Provider.objects.exists()
    text = client.get(answer["Location"]).content.decode()
    assert "Larch House" in text and "Received" in text and "larch.example" not in text
    corrections.close(sent, "listed", "It is listed now.", staff)
    assert "It is listed now." in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"name": " "}, "Write the name of the place."),
        ({"state": "Bavaria"}, "Write a state of the US"),
        ({"phone": "call me"}, "Write the number as it is dialed"),
        ({"website": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"leave_empty": "x"}, "there for programs only"),
    ],
)
def test_a_suggestion_that_cannot_be_taken_says_why(client, data, sentence):
    page = client.post("/suggest/", PLACE | data)
    assert page.status_code == 400 and sentence in page.content.decode()
    assert not SuggestedPlace.objects.exists()


# --- abuse --------------------------------------------------------------------------------


def suggest(client, address="203.0.113.9", **headers):
    return client.post("/suggest/", PLACE, REMOTE_ADDR=address, headers=headers)


def test_one_connection_sends_ten_an_hour(client):
    for _ in range(10):
        assert suggest(client).status_code == 302
    page = suggest(client)
    assert page.status_code == 429
    assert 3500 <= int(page["Retry-After"]) <= 3600
    assert "Try again in 60 minutes" in page.content.decode() and b"988" in page.content
    assert SuggestedPlace.objects.count() == 10
    assert suggest(client, "203.0.113.10").status_code == 302
    Use.objects.update(until=timezone.now())
    assert suggest(client).status_code == 302
    assert Use.objects.count() == 1  # what counts no more is gone


def test_who_is_held_back_and_in_danger_sees_help(client, larch):
    for _ in range(10):
        report(client, larch)
    page = report(client, larch, message="I want to die")
    assert page.status_code == 429 and 'class="crisis"' in page.content.decode()


def test_a_network_counts_as_one_connection(client):
    for n in range(10):
        suggest(client, f"2001:db8:1:2::{n:x}")
    assert suggest(client, "2001:db8:1:2:ffff::1").status_code == 429
    assert suggest(client, "2001:db8:1:3::1").status_code == 302


def test_behind_a_proxy_its_own_word_counts(client, settings):
    settings.PROXIES = 1
    for n in range(10):  # what stands before the proxy's own entry is the visitor's to invent
        suggest(client, "10.0.0.1", **{"x-forwarded-for": f"198.51.100.{n}, 203.0.113.9"})
    held = suggest(client, "10.0.0.1", **{"x-forwarded-for": "203.0.113.9"})
    other = suggest(client, "10.0.0.1", **{"x-forwarded-for": "203.0.113.9, 203.0.113.10"})
    assert (held.status_code, other.status_code) == (429, 302)


def test_no_address_is_held(client):
    suggest(client)
    use = Use.objects.get()
    assert "203.0.113.9" not in use.key and re.fullmatch("[0-9a-f]{64}", use.key)


def test_the_end_of_what_we_promised_to_keep_no_longer(client, larch, staff, settings, capsys):
    suggest(client)
    Use.objects.update(until=timezone.now())
    old, new = (create_correction(provider=larch, message="Words.") for _ in range(2))
    still_open = create_correction(provider=larch, message="Words.")
    for each in (old, new):
        corrections.close(each, "fixed", "", staff)
    past = timezone.now() - timedelta(days=settings.REPORTS_KEPT_DAYS + 1)
    Correction.objects.filter(pk=old.pk).update(closed_at=past)
    call_command("purge")
    assert not Use.objects.exists()
    words = dict(Correction.objects.values_list("pk", "message"))
    assert words == {old.pk: "", new.pk: "Words.", still_open.pk: "Words."}
    assert "2 rows" in capsys.readouterr().out
    call_command("purge")
    assert "0 rows" in capsys.readouterr().out
