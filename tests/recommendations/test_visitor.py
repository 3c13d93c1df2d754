"""What a visitor may do, and what we remember: only what was allowed."""

from datetime import date, timedelta

import pytest
from django.conf import settings

from providers.changes import listing_changes
from providers.index import index
from providers.near import Located
from providers.query import Query
from recommendations.memory import Memory
from recommendations.models import Event, Saved, Visitor
from recommendations.purging import purge
from tests.factories import create_provider, create_service, create_term, create_therapy, create_zip

pytestmark = pytest.mark.django_db

COOKIE = settings.VISITOR_COOKIE_NAME
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def mbsr():
    return create_therapy(short_name="MBSR", slug="mbsr")


def post(client, path, **data):
    return client.post(path, data, headers=SAME_SITE)


def reasons(card):
    return [reason.text for reason in card.reasons]


def test_looking_leaves_nothing_behind(client, mbsr):
    create_zip()
    create_term(slug="medicaid")
    place = create_provider(therapies=[mbsr])
    for path in (
        "/", "/therapies/", "/therapies/mbsr/?near=97214", "/providers/?near=97214&pay=medicaid",
        place.get_absolute_url(), "/saved/", "/recommendations/", "/your-data/",
        "/how-we-suggest/", "/assistant/", "/nowhere/",
    ):  # fmt: skip
        response = client.get(path)
        assert not response.cookies, path
        assert "Set-Cookie" not in response.headers
    assert Visitor.objects.count() == Event.objects.count() == 0


def test_saving_from_a_therapys_search_keeps_the_pair(client, mbsr):
    place = create_provider(name="Quiet Water", therapies=[mbsr])
    response = post(
        client, "/saved/", provider=place.slug, therapy="mbsr", act="save",
        next="/providers/?therapy=mbsr#p1",
    )  # fmt: skip
    assert response.status_code == 302 and response["Location"] == "/providers/?therapy=mbsr#p1"
    cookie = response.cookies[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and len(cookie.value) >= 22
    saved = Saved.objects.get()
    assert (saved.provider, saved.therapy) == (place, mbsr)
    page = client.get("/saved/")
    assert [item.card.provider for item in page.context["places"]] == [place]
    assert b"Quiet Water" in page.content and b"MBSR" in page.content
    listing = client.get("/providers/").context["results"]
    assert listing.cards[0].saved


def test_the_key_itself_is_never_kept(client, mbsr):
    response = post(client, "/saved/", therapy="mbsr")
    assert response.cookies[COOKIE].value not in Visitor.objects.get().key_hash


def test_saving_twice_is_once_and_unsaving_gives_it_back(client, mbsr):
    place = create_provider(therapies=[mbsr])
    post(client, "/saved/", provider=place.slug)
    post(client, "/saved/", provider=place.slug, therapy="mbsr")
    assert Saved.objects.count() == 1
    page = post(client, "/saved/", provider=place.slug, act="remove", next="/saved/")
    assert Saved.objects.count() == 0
    assert f"Removed {place.name}." in page.content.decode()


def test_undo_brings_back_the_note_and_the_therapy(client, mbsr):
    place = create_provider(therapies=[mbsr])
    post(client, "/saved/", provider=place.slug, therapy="mbsr")
    post(client, "/saved/", provider=place.slug, act="note", note="Tuesday group?")
    # Also from a card elsewhere: a note is never lost by one press.
    page = post(client, "/saved/", provider=place.slug, act="remove", next="/providers/")
    undo = page.context["undo"]
    assert "Tuesday group?" not in page.request["QUERY_STRING"]
    post(client, "/saved/", provider=undo.provider.slug, therapy=undo.therapy.slug, note=undo.note)
    saved = Saved.objects.get()
    assert (saved.provider, saved.therapy, saved.note) == (place, mbsr, "Tuesday group?")


def test_the_save_button_keeps_the_note_for_the_next_press(client, mbsr):
    place = create_provider(therapies=[mbsr])
    post(client, "/saved/", provider=place.slug)
    post(client, "/saved/", provider=place.slug, act="note", note="Tuesday group?")
    button = client.post(
        "/saved/",
        {"provider": place.slug, "act": "remove"},
        headers=SAME_SITE | {"HX-Request": "true"},
    ).content.decode()
    assert 'name="note" value="Tuesday group?"' in button and 'value="save"' in button


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_removing_what_another_tab_removed_changes_nothing(client, mbsr, headers):
    place = create_provider(therapies=[mbsr])
    post(client, "/saved/", therapy="mbsr")
    data = {"provider": place.slug, "act": "remove", "next": "/providers/"}
    response = client.post("/saved/", data, headers=SAME_SITE | headers)
    assert response.status_code == (200 if headers else 302)
    assert Saved.objects.count() == 1


def test_a_therapy_and_a_place_are_saved_apart(client, mbsr):
    place = create_provider(therapies=[mbsr])
    post(client, "/saved/", provider=place.slug, therapy="mbsr")
    post(client, "/saved/", therapy="mbsr")
    assert Saved.objects.count() == 2
    assert client.get("/therapies/mbsr/").context["saved"]


@pytest.mark.parametrize("data", [{}, {"therapy": "none"}, {"provider": ""}])
def test_saving_nothing_gets_a_sentence(client, data):
    response = client.post("/saved/", data, headers=SAME_SITE)
    assert response.status_code == 400
    assert b"Nothing was changed" in response.content


def test_saving_what_is_not_there_is_not_found(client):
    assert post(client, "/saved/", provider="none").status_code == 404
    assert Visitor.objects.count() == 0


@pytest.mark.parametrize(
    "hostile", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)",
                "%09//evil.example", "///evil.example", "evil.example"],
)  # fmt: skip
def test_no_save_leads_off_the_site(client, mbsr, hostile):
    response = post(client, "/saved/", therapy="mbsr", next=hostile)
    assert response["Location"] == "/saved/"


def test_a_note_is_kept_with_its_place(client, mbsr):
    place = create_provider(therapies=[mbsr])
    post(client, "/saved/", provider=place.slug)
    post(client, "/saved/", provider=place.slug, act="note", note="Tuesday group?")
    assert b"Tuesday group?" in client.get("/saved/").content


def test_a_save_shapes_recommendations_and_says_so(client, mbsr):
    create_zip()
    cbt = create_therapy(short_name="CBT", slug="cbt")
    larch = create_provider(name="Larch House")
    create_service(provider=larch, therapy=mbsr, group=True)
    alder = create_provider(name="Alder")
    create_service(provider=alder, therapy=mbsr, group=True)
    create_provider(name="Other", therapies=[cbt])
    post(client, "/saved/", provider=larch.slug)
    page = client.get("/recommendations/?near=97214")
    cards = page.context["cards"]
    assert cards[0].provider.name == "Alder"
    assert any(text.startswith("Like Larch House, which you saved") for text in reasons(cards[0]))
    assert "Larch House" not in [card.provider.name for card in cards]


def test_after_one_yes_the_next_page_shows_page_and_filter(client, mbsr):
    create_zip()
    medicaid = create_term(slug="medicaid", name="Medicaid")
    cbt = create_therapy(short_name="CBT", slug="cbt")
    create_provider(name="Both", therapies=[mbsr], yes=[medicaid])
    create_provider(name="Neither", therapies=[cbt])
    page = client.get("/therapies/mbsr/")
    assert page.context["suggestions"].asks
    post(client, "/recommendations/choice/", act="yes", thing="therapy:mbsr", pay="medicaid",
         next="/recommendations/?near=97214")  # fmt: skip
    page = client.get("/recommendations/?near=97214")
    first = reasons(page.context["cards"][0])
    assert "Offers MBSR, which you just opened" in first
    assert "Takes Medicaid, a filter you used" in first
    assert page.context["suggestions"].on
    assert "MBSR, just opened" in page.context["suggestions"].using
    assert "Medicaid filter" in page.context["suggestions"].using


def test_what_was_opened_today_is_not_suggested_again_that_day(client, mbsr):
    opened = create_provider(name="Opened", therapies=[mbsr])
    other = create_provider(name="Other", therapies=[mbsr])
    create_zip()
    post(client, "/recommendations/choice/", act="yes")
    client.get(opened.get_absolute_url())
    post(client, "/saved/", therapy="mbsr")

    def suggested():
        page = client.get("/recommendations/?near=97214")
        return {card.provider for card in page.context["cards"]}

    assert suggested() == {other}
    Event.objects.update(day=date.today() - timedelta(days=2))
    assert suggested() == {opened, other}


def test_without_a_yes_pages_and_filters_count_for_nothing(client, mbsr):
    create_term(slug="medicaid")
    post(client, "/saved/", therapy="mbsr")
    client.get("/therapies/mbsr/")
    client.get("/providers/?pay=medicaid")
    assert Event.objects.count() == 0
    assert Visitor.objects.get().lat is None


def test_after_a_yes_pages_and_filters_and_a_coarse_place_are_kept(client, mbsr):
    create_zip()
    create_term(slug="medicaid")
    place = create_provider(therapies=[mbsr])
    post(client, "/recommendations/choice/", act="yes")
    client.get("/therapies/mbsr/")
    client.get("/therapies/mbsr/")
    client.get(place.get_absolute_url())
    client.get("/providers/?pay=medicaid&delivery=virtual&near=97214")
    things = set(Event.objects.values_list("kind", "thing"))
    assert len(things) == Event.objects.count() == 4
    assert ("filter", "delivery:virtual") in things
    visitor = Visitor.objects.get()
    assert (str(visitor.lat), str(visitor.lon)) == ("45.5", "-122.6")
    assert visitor.place_name == "Portland, OR"


def test_at_most_forty_events_are_kept(client, mbsr):
    post(client, "/recommendations/choice/", act="yes")
    for n in range(45):
        client.get(create_provider(name=f"P{n}", therapies=[mbsr]).get_absolute_url())
    assert Event.objects.count() == Event.KEPT


def test_turning_off_erases_and_keeps_the_saves(client, mbsr):
    create_zip()
    post(client, "/saved/", therapy="mbsr")
    post(client, "/recommendations/choice/", act="yes", thing="therapy:mbsr")
    client.get("/providers/?near=97214")
    response = post(client, "/recommendations/choice/", act="no", next="/saved/")
    assert response["Location"] == "/saved/"
    visitor = Visitor.objects.get()
    assert not visitor.consents and visitor.lat is None and visitor.place_name == ""
    assert Event.objects.count() == 0 and Saved.objects.count() == 1


def test_global_privacy_control_suppresses_the_prompt_but_not_the_acts(client, mbsr):
    gpc = {"Sec-GPC": "1"}
    page = client.get("/therapies/mbsr/", headers=gpc)
    assert not page.context["suggestions"].asks
    assert b"Yes, use them" not in page.content
    client.post("/saved/", {"therapy": "mbsr"}, headers=gpc | SAME_SITE)
    assert Saved.objects.count() == 1
    client.post(
        "/your-data/", {"act": "use", "use": ["opened", "filters"]}, headers=gpc | SAME_SITE
    )
    assert client.get("/your-data/", headers=gpc).context["suggestions"].on


def test_erasing_everything_asks_once_and_leaves_nothing(client, mbsr):
    post(client, "/saved/", therapy="mbsr")
    post(client, "/recommendations/choice/", act="yes", thing="therapy:mbsr")
    page = post(client, "/your-data/", act="erase-all")
    assert page.status_code == 200 and Visitor.objects.count() == 1
    response = post(client, "/your-data/", act="erase-all-now")
    assert response.cookies[COOKIE]["max-age"] == 0
    assert Visitor.objects.count() == Saved.objects.count() == Event.objects.count() == 0


def test_your_data_names_everything_held(client, mbsr):
    place = create_provider(name="Quiet Water", therapies=[mbsr])
    post(client, "/saved/", provider=place.slug)
    post(client, "/recommendations/choice/", act="yes", thing="therapy:mbsr")
    text = client.get("/your-data/").content.decode()
    assert "1 place" in text and "MBSR, just opened" in text


def test_no_one_sees_the_list_of_another(client, mbsr):
    post(client, "/saved/", therapy="mbsr")
    client.cookies[COOKIE] = "someone-else"
    assert client.get("/saved/").context["therapies"] == []


def test_personal_pages_are_never_stored(client, mbsr):
    post(client, "/saved/", therapy="mbsr")
    for path in ("/saved/", "/recommendations/", "/your-data/", "/therapies/mbsr/"):
        assert "no-store" in client.get(path)["Cache-Control"], path


def withdraw(place):
    with listing_changes() as changed:
        place.status = place.Status.WITHDRAWN
        place.save()
        changed.add(place.pk)
    index.forget()


def test_what_is_no_longer_listed_stays_until_it_is_removed(client, mbsr):
    place = create_provider(name="Quiet Water", therapies=[mbsr])
    post(client, "/saved/", provider=place.slug)
    post(client, "/saved/", provider=place.slug, act="note", note="Tuesday group?")
    withdraw(place)
    page = client.get("/saved/")
    text = page.content.decode()
    assert page.context["places"] == []
    assert "Quiet Water" in text and "No longer listed" in text and "Tuesday group?" in text
    assert place.phone not in text
    held = client.get("/your-data/").content.decode()
    assert "1 place, 1 note" in held
    page = post(client, "/saved/", provider=place.slug, act="remove", next="/saved/")
    assert page.status_code == 200 and Saved.objects.count() == 0
    assert "Undo" not in page.content.decode()


def test_what_is_no_longer_listed_shapes_nothing(client, mbsr):
    place = create_provider(name="Quiet Water", therapies=[mbsr])
    create_provider(name="Other", therapies=[mbsr])
    post(client, "/recommendations/choice/", act="yes", thing=f"provider:{place.slug}")
    post(client, "/saved/", provider=place.slug)
    withdraw(place)
    results = client.get("/providers/").context["results"]
    assert results.order_sentence == "By name; none is checked yet."
    assert results.suggestions.using == []
    assert "A page that is no longer here" in client.get("/your-data/").content.decode()


def test_a_page_fetched_ahead_or_for_its_head_is_not_counted_as_opened(client, mbsr):
    post(client, "/recommendations/choice/", act="yes")
    client.head("/therapies/mbsr/")
    client.get("/therapies/mbsr/", headers={"Sec-Purpose": "prefetch;prerender"})
    assert Event.objects.count() == 0
    client.get("/therapies/mbsr/")
    assert Event.objects.count() == 1


def test_from_a_remembered_place_distances_are_rough(client, mbsr):
    create_zip()
    place = create_provider(therapies=[mbsr])  # a mile or two from the tenth of a degree
    post(client, "/recommendations/choice/", act="yes")
    client.get("/providers/?near=97214")
    for path in ("/therapies/mbsr/", "/recommendations/", place.get_absolute_url()):
        page = client.get(path)
        text = page.content.decode()
        assert "oughly 5 miles" in text, path
        assert "miles from Portland" not in text, path
    assert "Near Portland, OR" in client.get("/recommendations/").content.decode()
    typed = client.get("/therapies/mbsr/?near=97214").content.decode()
    assert "ess than a mile from 97214" in typed


def test_suggestions_with_nothing_near_name_the_nearest_and_video(client, mbsr):
    create_zip()
    far = create_provider(name="Far", at=(29.76, -95.37))
    create_service(provider=far, therapy=mbsr, virtual=True)
    page = client.get("/recommendations/?near=97214")
    text = page.content.decode()
    assert "No place within" in text and "Far" in text and "1 place works by video" in text


def test_memories_past_their_time_are_purged(client, mbsr):
    post(client, "/saved/", therapy="mbsr")
    post(client, "/recommendations/choice/", act="yes", thing="therapy:mbsr")
    today = date.today()
    purge(today + timedelta(days=29))
    assert Event.objects.count() == 1
    purge(today + timedelta(days=32))
    assert Event.objects.count() == 0 and Saved.objects.count() == 1
    assert not Visitor.objects.get().consents
    purge(today + timedelta(days=367))
    assert Visitor.objects.count() == 0


@pytest.mark.parametrize("size", [1, 30])
def test_a_known_visitors_pages_take_few_queries(client, mbsr, size, most_queries):
    create_zip()
    medicaid = create_term(slug="medicaid")
    places = [create_provider(therapies=[mbsr], yes=[medicaid]) for _ in range(size + 3)]
    post(client, "/recommendations/choice/", act="yes")
    for place in places[:size]:
        post(client, "/saved/", provider=place.slug)
    paths = ("/therapies/mbsr/?near=97214", "/providers/?near=97214", places[0].get_absolute_url())
    for path in paths:
        client.get(path)
    for path, most in zip(paths, (6, 6, 10), strict=True):
        with most_queries(most):
            client.get(path)


def two_tabs(client):
    """The memory of one visitor, as two requests hold it at the same time."""
    key = client.cookies[COOKIE].value
    tabs = Memory(key), Memory(key)
    assert tabs[0].row == tabs[1].row is not None
    return tabs


def test_erasing_in_one_tab_while_another_opens_a_page_is_no_error(client, mbsr):
    create_zip()
    post(client, "/recommendations/choice/", act="yes")
    one, other = two_tabs(client)
    other.erase_all()
    one.explored(therapy=mbsr)
    one.searched(Query(), Located("97214", "Portland, OR", 45.5, -122.6))
    one.erase_place()
    one.erase_events()
    assert Visitor.objects.count() == Event.objects.count() == 0


def test_a_save_after_another_tab_erased_everything_is_kept(client, mbsr):
    post(client, "/recommendations/choice/", act="yes")
    one, other = two_tabs(client)
    other.erase_all()
    one.save(therapy=mbsr)
    assert Saved.objects.get().therapy == mbsr
    assert one.new_key  # with a cookie of its own


def test_a_yes_after_another_tab_erased_everything_counts(client, mbsr):
    post(client, "/recommendations/choice/", act="yes")
    one, other = two_tabs(client)
    other.erase_all()
    one.say_yes()
    assert Visitor.objects.get().consents and one.new_key


def test_the_yes_says_that_the_place_is_kept(client, mbsr):
    for path in ("/therapies/mbsr/", "/your-data/"):
        assert "to about 7 miles" in client.get(path).content.decode()


def test_while_no_place_is_named_suggestions_are_near_the_place_saved_last(client, mbsr):
    create_provider(name="Far", therapies=[mbsr], at=(29.76, -95.37))
    create_provider(name="Near", therapies=[mbsr], at=(45.55, -122.6))
    saved = create_provider(name="Larch House", therapies=[mbsr])
    post(client, "/saved/", provider=saved.slug)
    page = client.get("/saved/")
    assert [card.provider.name for card in page.context["suggested"]] == ["Near", "Far"]
    page = client.get("/recommendations/")
    assert [card.provider.name for card in page.context["cards"]] == ["Near"]
    assert "About 3 miles from Larch House" in reasons(page.context["cards"][0])
