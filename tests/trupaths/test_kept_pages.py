"""Pages without a query are kept as they were sent, until what they show changes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from providers import corrections
from recommendations import exposure
from tests.factories import create_correction, create_provider, create_service, create_therapy
from therapies.library import content_changes
from trupaths.kept_pages import CACHING, keep

pytestmark = pytest.mark.django_db

BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


@pytest.fixture(autouse=True)
def keeping(settings):
    settings.PAGES_KEPT_MB = 1
    keep.forget()
    yield
    keep.forget()


@pytest.mark.parametrize(
    "path", ["/", "/therapies/", "/therapies/mbsr/", "/providers/", "/providers/alder/", "/about/"]
)
def test_the_second_reader_gets_the_same_without_a_query(client, settings, most_queries, path):
    create_service(provider=create_provider(slug="alder"), therapy=create_therapy())
    first = client.get(path)
    with most_queries(0):
        again = client.get(path)
    settings.PAGES_KEPT_MB = 0
    assert again.content == first.content == client.get(path).content
    assert again["Cache-Control"] == CACHING
    assert without_number(again) == without_number(first)
    assert again["X-Request-Id"] != first["X-Request-Id"]


def without_number(answer):
    return {name: value for name, value in answer.items() if name != "X-Request-Id"}


@pytest.mark.parametrize("path", ["/", "/providers/"])
def test_who_has_it_already_gets_304_under_the_same_policies(client, path):
    first = client.get(path)
    same = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert same.status_code == 304 and not same.content
    for name in ("ETag", "Cache-Control", "Vary", "Permissions-Policy", "Content-Security-Policy"):
        assert same[name] == first[name], name
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_each_form_of_a_page_has_an_etag_of_its_own(client):
    tags = {
        client.get("/about/", headers={"Accept-Encoding": e})["ETag"] for e in ("br", "gzip", "")
    }
    assert len(tags) == 3


def test_what_changes_is_shown_to_the_next_reader(client):
    therapy = create_therapy()
    provider = create_provider(slug="alder")
    create_service(provider=provider, therapy=therapy)
    report = create_correction(provider=provider)
    paths = ["/therapies/mbsr/", "/providers/", "/providers/alder/"]
    before = [client.get(path).content for path in paths]
    corrections.take_up(report, None)
    assert client.get("/providers/alder/").content != before[2]
    with content_changes():
        therapy.short_name = "Mindful"
        therapy.save()
    after = [client.get(path).content for path in paths]
    assert all(b"Mindful" in page for page in after) and after != before


def test_a_page_shows_itself_when_its_time_has_come(client, monkeypatch):
    create_therapy(publish_at=timezone.now() + timedelta(hours=1))
    assert b"MBSR" not in client.get("/therapies/").content
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert b"MBSR" in client.get("/therapies/").content


@pytest.mark.parametrize(
    "headers", [{"Cookie": "visitor=x"}, {"HX-Request": "true"}, {"Sec-GPC": "1"}]
)
def test_what_is_for_one_reader_is_neither_kept_nor_taken_from_the_keep(client, headers):
    create_therapy()
    client.get("/therapies/mbsr/")
    mine = client.get("/therapies/mbsr/", headers=headers)
    assert "ETag" not in mine
    assert "ETag" not in client.get("/therapies/mbsr/?near=97214")
    assert "ETag" not in client.get("/no/such/page/") and "ETag" not in client.get("/healthz")


def test_an_opened_listing_counts_each_time_it_is_shown_to_a_person(client):
    exposure.counter.take()
    provider = create_provider(slug="alder")
    for headers in (BROWSER, BROWSER, {"User-Agent": "some-bot"}):
        client.get("/providers/alder/", headers=headers)
    _, opened = exposure.counter.take()
    assert opened == {(timezone.localdate(), provider.pk): 2}


def test_the_page_that_was_asked_for_least_lately_makes_room(client, settings):
    settings.PAGES_KEPT_MB = 0.02
    for path in ("/about/", "/privacy/", "/accessibility/", "/about/"):
        client.get(path, headers={"Accept-Encoding": "br"})
    assert sum(len(page.content) for page in keep._pages.values()) == keep._size <= 20_000
    assert keep._pages
