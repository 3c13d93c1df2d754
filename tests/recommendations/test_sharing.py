"""A list goes to another device, or to someone, in a link that holds the list alone and ends."""

import re
from datetime import timedelta

import pytest
from django.core import signing

from providers.changes import listing_changes
from providers.index import index
from recommendations import sharing
from recommendations.models import Saved, Visitor
from tests.factories import create_provider, create_therapy

pytestmark = pytest.mark.django_db

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def mbsr():
    return create_therapy(short_name="MBSR", slug="mbsr")


@pytest.fixture
def place(mbsr):
    return create_provider(name="Quiet Water", therapies=[mbsr])


def post(client, path, **data):
    return client.post(path, data, headers=SAME_SITE)


def link_of(client):
    """The path that the saved list prints for sending."""
    text = client.get("/saved/").content.decode()
    return re.search(r'value="http[^"]*?(/shared/[^"]+/)"', text)[1]


@pytest.fixture
def sent(client, mbsr, place):
    """A link to a list with a place found for MBSR, a note on it, and MBSR itself."""
    post(client, "/saved/", provider=place.slug, therapy="mbsr")
    post(client, "/saved/", provider=place.slug, act="note", note="Tuesday group?")
    post(client, "/saved/", therapy="mbsr")
    return link_of(client)


@pytest.fixture
def other(client):
    return type(client)()


def test_the_page_that_makes_a_link_says_what_is_in_it(client, sent):
    text = " ".join(client.get("/saved/").content.decode().split())
    assert "It opens a page with 1 place and 1 therapy." in text
    assert "no note, no name" in text and "for 30 days" in text


def test_whoever_opens_it_reads_the_list_and_nothing_else(client, other, sent, place):
    page = other.get(sent)
    text = page.content.decode()
    assert "Quiet Water" in text and "For MBSR" in text and "1 place and 1 therapy." in text
    assert "Tuesday group?" not in text
    assert not page.cookies and Visitor.objects.count() == 1
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex">' in text
    assert "Disallow: /shared/" in other.get("/robots.txt").content.decode()


def test_add_to_my_list_saves_all_of_it_once(client, other, sent, mbsr, place):
    for _ in range(2):
        assert post(other, sent)["Location"] == "/saved/"
    page = other.get("/saved/")
    assert [item.card.provider for item in page.context["places"]] == [place]
    assert page.context["places"][0].card.therapy == mbsr
    assert [item.therapy for item in page.context["therapies"]] == [mbsr]
    assert Visitor.objects.count() == 2 and Saved.objects.count() == 4
    assert not Saved.objects.exclude(note="").exclude(note="Tuesday group?").exists()


def test_who_came_while_an_older_version_served_gets_a_key_with_the_first_link(client, other, sent):
    Visitor.objects.update(shared_as=None)
    page = client.get("/saved/").content.decode()
    assert Visitor.objects.get().shared_as
    address = re.search(r"/shared/[^/\"]+/", page)[0]
    assert other.get(address).status_code == 200 and other.get(sent).status_code == 410


def test_the_link_holds_numbers_and_a_key_alone(client, sent):
    held = signing.loads(sent.split("/")[2], salt=sharing.SALT)
    row = Saved.objects.exclude(provider=None).get()
    key = Visitor.objects.get().shared_as
    assert held == [[[row.provider_id, row.therapy_id]], [row.therapy_id], key]
    for word in ("mbsr", "quiet", "water", "tuesday"):
        assert word not in sent.lower()


def test_the_link_does_not_change_what_it_shows_when_the_list_does(client, other, sent):
    post(client, "/saved/", act="remove", therapy="mbsr")
    assert "1 place and 1 therapy." in other.get(sent).content.decode()


def test_after_its_time_the_link_says_so(other, sent, settings):
    settings.SHARED_KEPT_DAYS = 0
    page = other.get(sent)
    assert page.status_code == 410 and b"This one is over" in page.content
    assert post(other, sent).status_code == 410
    assert Visitor.objects.count() == 1


def test_the_time_is_counted_from_when_it_was_made(other, sent, settings, monkeypatch):
    made = signing.time.time()
    days = timedelta(days=settings.SHARED_KEPT_DAYS).total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: made + days - 60)
    assert other.get(sent).status_code == 200
    monkeypatch.setattr(signing.time, "time", lambda: made + days + 60)
    assert other.get(sent).status_code == 410


def test_whoever_made_links_ends_them_all_and_makes_new_ones(client, other, sent):
    assert "End all links" in client.get("/your-data/").content.decode()
    answer = client.post("/your-data/", {"act": "end-links"}, headers=SAME_SITE, follow=True)
    assert "All links to your list are ended." in answer.content.decode()
    assert other.get(sent).status_code == 410
    assert post(other, sent).status_code == 410 and Visitor.objects.count() == 1
    new = link_of(client)
    assert new != sent and other.get(new).status_code == 200
    assert client.get("/saved/").content.count(b"Tuesday group?")  # the list itself stays


def test_nobody_ends_the_links_of_another(client, other, sent):
    post(other, "/your-data/", act="end-links")
    assert not other.cookies and other.get(sent).status_code == 200
    post(other, sent)
    post(other, "/your-data/", act="end-links")
    assert client.get(sent).status_code == 200


def test_erasing_everything_ends_the_links_too(client, other, sent):
    assert "Links to your list that you sent end" in " ".join(
        post(client, "/your-data/", act="erase-all").content.decode().split()
    )
    post(client, "/your-data/", act="erase-all-now")
    assert other.get(sent).status_code == 410


def test_a_link_from_before_they_could_be_ended_is_over(other, mbsr):
    old = signing.dumps([[], [mbsr.pk]], salt=sharing.SALT, compress=True)
    assert other.get(f"/shared/{old}/").status_code == 410


@pytest.mark.parametrize("change", [lambda t: t[:-3], lambda t: "x" + t, lambda t: t.upper()])
def test_a_link_that_was_cut_or_changed_opens_nothing(other, sent, change):
    token = change(sent.split("/")[2])
    page = other.get(f"/shared/{token}/")
    assert page.status_code == 404 and b"not complete" in page.content
    assert page["X-Robots-Tag"] == "noindex, nofollow"


def test_what_is_no_longer_listed_is_counted_and_not_shown(other, sent, place):
    with listing_changes() as changed:
        place.status = place.Status.WITHDRAWN
        place.save()
        changed.add(place.pk)
    index.forget()
    text = other.get(sent).content.decode()
    assert "Quiet Water" not in text and "1 thing on it is no longer listed here." in text


def test_hidden_places_are_not_sent(client, sent, place, mbsr):
    post(client, "/saved/", provider=place.slug, act="hide")
    assert "1 therapy." in client.get(link_of(client)).content.decode()
    assert "Quiet Water" not in client.get(link_of(client)).content.decode()


def test_an_empty_list_has_no_link(client):
    assert b"/shared/" not in client.get("/saved/").content


def test_a_long_list_is_cut_to_what_an_address_can_hold(client, mbsr):
    for n in range(105):
        post(client, "/saved/", provider=create_provider(name=f"Long {n}").slug)
    link = link_of(client)
    assert len(link) < 2000
    assert len(client.get(link).context["places"]) == 100


def test_a_link_of_many_takes_few_queries(client, other, most_queries, mbsr):
    for n in range(30):
        post(client, "/saved/", provider=create_provider(name=f"Many {n}").slug)
    link = link_of(client)
    other.get(link)
    with most_queries(4):
        other.get(link)


def test_the_key_of_a_list_is_in_no_log():
    from trupaths.logs import without_keys

    assert without_keys("/shared/W1tbMSwyXV0:1abc:xyz/") == "/shared/-/"
