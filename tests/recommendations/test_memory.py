"""What is held can be read, taken out one by one, taken along and erased; a place can be hidden."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, example, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from providers.changes import listing_changes
from providers.index import index
from recommendations import your_data
from recommendations.models import Event, Saved, Visitor
from recommendations.purging import purge
from tests.factories import (
    create_condition,
    create_evidence,
    create_provider,
    create_term,
    create_therapy,
    create_zip,
)

pytestmark = pytest.mark.django_db

COOKIE = settings.VISITOR_COOKIE_NAME
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
NEAR = "/recommendations/?near=97214"


@pytest.fixture
def mbsr():
    create_zip()
    return create_therapy(short_name="MBSR", slug="mbsr")


def post(client, path, **data):
    return client.post(path, data, headers=SAME_SITE)


def say_yes(client, **data):
    return post(client, "/recommendations/choice/", act="yes", **data)


def hide(client, place, **data):
    return post(client, "/saved/", provider=place.slug, act="hide", **data)


def names(page):
    return [card.provider.name for card in page.context["cards"]]


def texts(client):
    """What shapes suggestions, as the page says it."""
    return [used.text for used in client.get(NEAR).context["suggestions"].used]


# --- nothing before a word of the visitor ------------------------------------------------------


def test_the_whole_walk_leaves_no_row_and_no_cookie(client, mbsr):
    create_term(slug="medicaid")
    create_evidence(therapy=mbsr, condition=create_condition())
    place = create_provider(therapies=[mbsr])
    for path in (
        "/", "/therapies/", "/therapies/mbsr/?near=97214", "/conditions/chronic-pain/",
        "/providers/?near=97214&pay=medicaid&delivery=virtual", place.get_absolute_url(),
        f"{place.get_absolute_url()}?near=97214", "/saved/", f"/saved/?c={place.slug}",
        "/saved/call-sheet/", f"/saved/call-sheet/?c={place.slug}", "/shared/none/",
        "/recommendations/", NEAR, "/your-data/", "/your-data/download/", "/how-we-suggest/",
        "/assistant/", "/nowhere/",
    ):  # fmt: skip
        for ask in (client.get, client.head):
            response = ask(path)
            assert "Set-Cookie" not in response.headers and not response.cookies, path
    # Nor do acts that keep nothing.
    for data in ({"act": "use"}, {"act": "erase-events"}, {"act": "forget", "signal": "saved x:1"}):
        assert not post(client, "/your-data/", **data).cookies
    assert not post(client, "/recommendations/choice/", act="no").cookies
    assert not post(client, "/saved/", provider=place.slug, act="remove").cookies
    assert not post(client, "/saved/", provider=place.slug, act="show").cookies
    assert not post(client, "/saved/", provider=place.slug, act="note", note="x").cookies
    assert Visitor.objects.count() == Event.objects.count() == Saved.objects.count() == 0


def test_with_nothing_known_it_asks_for_a_place_and_offers_concerns(client, mbsr):
    pain = create_condition(name="Chronic pain")
    create_evidence(therapy=mbsr, condition=pain)
    create_provider(therapies=[mbsr])
    page = client.get("/recommendations/")
    text = page.content.decode()
    assert page.context["cards"] == [] and "Why it is here" not in text
    assert 'name="near"' in text and "Or start from a concern" in text
    assert '<a href="/conditions/chronic-pain/">Chronic pain<span>1 therapy</span></a>' in text


def test_no_box_is_ticked_before_the_visitor_chose(client, mbsr):
    assert b" checked" not in client.get("/your-data/").content
    say_yes(client)
    assert client.get("/your-data/").content.count(b" checked") == 2


# --- not for me --------------------------------------------------------------------------------


def test_not_for_me_hides_a_place_from_every_list(client, mbsr):
    medicaid = create_term(slug="medicaid")
    place = create_provider(name="Quiet Water", therapies=[mbsr], yes=[medicaid])
    other = create_provider(name="Larch House", therapies=[mbsr], yes=[medicaid])
    lists = (
        ("/providers/?near=97214", "results"),
        ("/providers/?pay=medicaid", "results"),
        ("/therapies/mbsr/?near=97214", "places"),
        (NEAR, "places"),
    )
    assert hide(client, place, next="/providers/")["Location"] == "/providers/"
    for path, held in lists:
        shown = [card.provider for card in client.get(path).context[held].cards]
        assert shown == [other], path
    assert client.get(other.get_absolute_url()).context["similar"] == []
    post(client, "/saved/", provider=other.slug)
    assert client.get("/saved/").context["suggested"] == []
    # The counts agree with the list.
    results = client.get("/providers/?pay=medicaid").context["results"]
    pay = next(facet for facet in results.facets if facet.param == "pay")
    assert results.total == 1 and [option.count for option in pay.options] == [1]


def test_not_for_me_is_undone_with_one_press_on_its_own_page(client, mbsr):
    place = create_provider(name="Quiet Water", therapies=[mbsr])
    hide(client, place)
    page = client.get(place.get_absolute_url())
    assert "Not for you: no list shows it." in page.content.decode()
    post(client, "/saved/", provider=place.slug, act="show", next=place.get_absolute_url())
    assert names(client.get(NEAR)) == ["Quiet Water"]
    assert Visitor.objects.count() == 0  # nothing is held any more


def test_every_list_says_that_something_is_hidden(client, mbsr):
    place = create_provider(therapies=[mbsr])
    create_provider(therapies=[mbsr])
    hide(client, place)
    for path in ("/providers/?near=97214", "/therapies/mbsr/?near=97214", NEAR):
        assert "1 place is hidden, as you asked." in client.get(path).content.decode(), path
    text = client.get("/your-data/").content.decode()
    assert "1 place that no list shows." in text and "Show again" in text


def test_hiding_a_saved_place_and_undoing_it_gives_back_note_and_therapy(client, mbsr):
    place = create_provider(therapies=[mbsr])
    post(client, "/saved/", provider=place.slug, therapy="mbsr")
    post(client, "/saved/", provider=place.slug, act="note", note="Tuesday group?")
    hide(client, place)
    assert client.get("/saved/").context["places"] == []
    thing = f"not-for-me provider:{place.pk}"
    post(client, "/your-data/", act="forget", signal=thing)
    [item] = client.get("/saved/").context["places"]
    assert (item.saved.note, item.saved.therapy) == ("Tuesday group?", mbsr)


def test_saving_a_hidden_place_shows_it_again(client, mbsr):
    place = create_provider(therapies=[mbsr])
    hide(client, place)
    post(client, "/saved/", provider=place.slug)
    row = Saved.objects.get()
    assert row.hidden_on is None and row.saved_on == timezone.localdate()


def test_hiding_twice_is_once_and_with_htmx_the_button_becomes_an_undo(client, mbsr):
    place = create_provider(therapies=[mbsr])
    hide(client, place)
    answer = client.post(
        "/saved/",
        {"provider": place.slug, "act": "hide", "small": "1"},
        headers=SAME_SITE | {"HX-Request": "true"},
    ).content.decode()
    assert 'value="show"' in answer and f"Hidden: {place.name}" in answer.replace("</span>", "")
    assert Saved.objects.count() == 1


@pytest.mark.parametrize("data", [{}, {"provider": ""}, {"therapy": "mbsr"}])
def test_only_a_place_can_be_hidden(client, mbsr, data):
    assert post(client, "/saved/", act="hide", **data).status_code == 400
    assert post(client, "/saved/", act="hide", provider="none").status_code == 404
    assert Visitor.objects.count() == 0


def test_a_hidden_place_pushes_places_like_it_down(client, mbsr):
    cbt = create_therapy(short_name="CBT", slug="cbt")
    hidden = create_provider(name="Hidden", therapies=[mbsr])
    create_provider(name="Alike", therapies=[mbsr], at=(45.52, -122.637))
    create_provider(name="Other", therapies=[cbt], at=(45.53, -122.637))
    assert names(client.get(NEAR)) == ["Hidden", "Alike", "Other"]
    hide(client, hidden)
    assert names(client.get(NEAR)) == ["Other", "Alike"]


@pytest.mark.parametrize("act", ["save", "remove", "hide", "show", "note"])
def test_a_nul_byte_in_a_form_is_no_error(client, mbsr, act):
    place = create_provider(therapies=[mbsr])
    post(client, "/saved/", provider=place.slug)
    for data in ({"provider": "\x00"}, {"provider": "a\x00b", "note": "\x00"}):
        assert post(client, "/saved/", act=act, **data).status_code in (302, 400, 404)
    say_yes(client, thing="provider:\x00", pay="\x00")
    post(client, "/saved/", provider=place.slug, act="note", note="a\x00b")
    assert Saved.objects.get().note == "ab"


# --- one signal, one kind ----------------------------------------------------------------------


def test_each_reason_can_be_taken_out(client, mbsr):
    medicaid = create_term(slug="medicaid", name="Medicaid")
    place = create_provider(name="Larch House", therapies=[mbsr], yes=[medicaid])
    create_provider(name="Alder", therapies=[mbsr], yes=[medicaid])
    say_yes(client, thing="therapy:mbsr", pay="medicaid")
    post(client, "/saved/", provider=place.slug)
    post(client, "/saved/", therapy="mbsr")
    assert texts(client) == [
        "MBSR, which you saved",
        "Larch House, which you saved",
        "Medicaid, a filter you used",
        "MBSR, which you opened",
    ]
    while used := client.get(NEAR).context["suggestions"].used:
        left = len(used)
        answer = post(client, "/your-data/", act="forget", signal=used[0].signal, next=NEAR)
        assert answer["Location"] == NEAR
        assert len(texts(client)) == left - 1
    [card] = client.get(NEAR).context["cards"]
    assert [reason.icon for reason in card.reasons] == ["pin"]
    assert Saved.objects.count() == 2 and Event.objects.count() == 0  # the list is no suggestion


def test_a_card_leads_to_where_its_reasons_can_be_taken_out(client, mbsr):
    create_provider(therapies=[mbsr])
    link = '<a href="#reco">Why it is here</a>'
    for path in (NEAR, "/providers/?near=97214", "/therapies/mbsr/?near=97214"):
        assert link not in client.get(path).content.decode(), path
    post(client, "/saved/", therapy="mbsr")
    create_provider(therapies=[create_therapy(short_name="CBT", slug="cbt")])
    for path in (NEAR, "/providers/?near=97214"):
        text = client.get(path).content.decode()
        assert link in text and 'id="reco"' in text and "Do not use this" in text, path
    gpc = client.get(NEAR, headers={"Sec-GPC": "1"}).content.decode()
    assert link in gpc and 'id="reco"' in gpc and "Do not use this" in gpc


def test_the_page_of_a_place_leads_there_too(client, mbsr):
    place = create_provider(therapies=[mbsr])
    create_provider(therapies=[create_therapy(short_name="CBT", slug="cbt")])
    path = f"{place.get_absolute_url()}?near=97214"
    link = '<a href="#reco">Why you see it</a>'
    assert link not in client.get(path).content.decode()
    post(client, "/saved/", therapy="mbsr")
    text = client.get(path).content.decode()
    assert link in text and 'id="reco"' in text and "Do not use this" in text


def test_what_was_taken_out_of_suggestions_can_be_used_again(client, mbsr):
    post(client, "/saved/", therapy="mbsr")
    signal = f"saved-therapy therapy:{mbsr.pk}"
    post(client, "/your-data/", act="forget", signal=signal)
    assert texts(client) == []
    assert "Does not shape suggestions" in client.get("/your-data/").content.decode()
    page = client.get(post(client, "/your-data/", act="count", signal=signal)["Location"])
    assert "It shapes your suggestions again." in page.content.decode()
    assert texts(client) == ["MBSR, which you saved"]


@pytest.mark.parametrize(
    "signal", ["", "saved", "saved provider:", "explored provider:999", "not-for-me provider:x",
               "saved provider:9" * 50, "filter term:\x00"],
)  # fmt: skip
def test_taking_out_what_is_not_there_changes_nothing(client, mbsr, signal):
    say_yes(client, thing="therapy:mbsr")
    page = client.get(post(client, "/your-data/", act="forget", signal=signal)["Location"])
    assert "Nothing was changed." in page.content.decode()
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("ticked", "kinds", "place_kept"),
    [
        (["opened", "filters"], {"explored", "filter"}, True),
        (["opened"], {"explored"}, False),
        (["filters"], {"filter"}, True),
        ([], set(), False),
    ],
)
def test_an_empty_box_means_stopped_and_deleted(client, mbsr, ticked, kinds, place_kept):
    create_term(slug="medicaid")
    create_provider(therapies=[mbsr])
    say_yes(client)
    visit = ("/therapies/mbsr/", "/providers/?near=97214&pay=medicaid")
    for path in visit:
        client.get(path)
    post(client, "/saved/", therapy="mbsr")
    post(client, "/your-data/", act="use", use=ticked, asked="saved")
    for path in visit:  # and from now on
        client.get(path)
    assert set(Event.objects.values_list("kind", flat=True)) == kinds
    visitor = Visitor.objects.get()
    assert (visitor.lat is not None) == place_kept
    assert visitor.consents == bool(ticked)
    assert not visitor.counts_saved and Saved.objects.count() == 1
    assert "MBSR, which you saved" not in texts(client)


def test_saves_count_until_the_visitor_says_no(client, mbsr):
    place = create_provider(therapies=[mbsr])
    create_provider(name="Alder", therapies=[mbsr])
    post(client, "/saved/", provider=place.slug)
    assert b'value="saved" checked' in client.get("/your-data/").content
    assert len(texts(client)) == 1
    post(client, "/your-data/", act="use", asked="saved")
    assert b'value="saved" checked' not in client.get("/your-data/").content
    assert texts(client) == []
    assert client.get("/recommendations/").context["cards"] == []  # not even its place counts
    post(client, "/your-data/", act="use", asked="saved", use=["saved"])
    assert len(texts(client)) == 1 and not Visitor.objects.get().consents


# --- your data ---------------------------------------------------------------------------------


def held_of_all_kinds(client, mbsr):
    create_term(slug="medicaid", name="Medicaid")
    place = create_provider(name="Quiet Water", therapies=[mbsr])
    hidden = create_provider(name="Larch House", therapies=[mbsr])
    post(client, "/saved/", provider=place.slug, therapy="mbsr")
    post(client, "/saved/", provider=place.slug, act="note", note="Tuesday group?")
    post(client, "/saved/", therapy="mbsr")
    post(client, "/saved/", therapy="mbsr", act="note", note="Ask my doctor")
    hide(client, hidden)
    say_yes(client, thing="therapy:mbsr", pay="medicaid")
    client.get("/providers/?near=97214")


def test_your_data_says_each_thing_held_with_a_way_to_remove_it(client, mbsr):
    held_of_all_kinds(client, mbsr)
    text = client.get("/your-data/").content.decode()
    for words in (
        "Near Portland, OR", "1 place and 1 therapy, 2 notes.", "Quiet Water, for MBSR",
        "Your note: Tuesday group?", "Your note: Ask my doctor", "Larch House",
        "MBSR, just opened", "Medicaid filter",
    ):  # fmt: skip
        assert words in text, words
    for kind in ("place", "saved", "hidden", "events"):
        assert f'value="erase-{kind}"' in text
    post(client, "/your-data/", act="forget", signal=f"explored therapy:{mbsr.pk}")
    text = client.get("/your-data/").content.decode()
    assert "MBSR, just opened" not in text and "Medicaid filter" in text


@pytest.mark.parametrize("kind", ["place", "saved", "hidden", "events"])
def test_each_kind_can_be_erased_alone(client, mbsr, kind):
    held_of_all_kinds(client, mbsr)

    def held():
        visitor = Visitor.objects.get()
        return {
            "place": visitor.lat is not None,
            "saved": visitor.saved.exclude(saved_on=None).exists(),
            "hidden": visitor.saved.exclude(hidden_on=None).exists(),
            "events": visitor.events.exists(),
        }

    assert all(held().values())
    post(client, "/your-data/", act=f"erase-{kind}")
    assert held() == dict.fromkeys(held(), True) | {kind: False}


def test_the_download_holds_everything_and_nothing_of_the_key(client, mbsr):
    held_of_all_kinds(client, mbsr)
    answer = client.get("/your-data/download/")
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "private, no-store"
    data = answer.json()
    assert data["place"] == {"name": "Portland, OR", "lat": 45.5, "lon": -122.6}
    assert {each["note"] for each in data["saved"]} == {"Tuesday group?", "Ask my doctor"}
    assert [each["place"] for each in data["not_for_me"]] == ["Larch House"]
    assert {each["what"] for each in data["pages_and_filters"]} == {
        "MBSR, just opened",
        "Medicaid filter",
    }
    assert data["shapes_suggestions"] == {"saved": True, "opened": True, "filters": True}
    text = answer.content.decode()
    assert client.cookies[COOKIE].value not in text
    assert Visitor.objects.get().key_hash not in text


def test_the_download_of_nobody_says_that_nothing_is_held(client):
    assert client.get("/your-data/download/").json() == {"held": "nothing"}


def test_erasing_everything_takes_what_was_hidden_too(client, mbsr):
    held_of_all_kinds(client, mbsr)
    answer = post(client, "/your-data/", act="erase-all-now")
    assert answer.cookies[COOKIE]["max-age"] == 0
    assert Visitor.objects.count() == Saved.objects.count() == Event.objects.count() == 0


def test_a_withdrawn_place_that_was_hidden_is_still_told(client, mbsr):
    place = create_provider(name="Quiet Water", therapies=[mbsr])
    hide(client, place)
    with listing_changes() as changed:
        place.status = place.Status.WITHDRAWN
        place.save()
        changed.add(place.pk)
    index.forget()
    assert "Quiet Water (no longer listed)" in client.get("/your-data/").content.decode()
    assert texts(client) == []


def test_hidden_places_are_kept_as_long_as_saved_ones(client, mbsr):
    hide(client, create_provider(therapies=[mbsr]))
    today = timezone.localdate()
    purge(today + timedelta(days=60))
    assert Saved.objects.count() == 1
    purge(today + timedelta(days=367))
    assert Visitor.objects.count() == 0


@pytest.mark.parametrize(
    "path", ["/recommendations/", "/your-data/download/", "/saved/call-sheet/", "/how-we-suggest/",
             "/therapies/", "/providers/"],
)  # fmt: skip
def test_pages_that_only_show_refuse_a_form(client, mbsr, path):
    assert post(client, path).status_code == 405


def test_times_are_printed_from_the_settings(client, mbsr, settings):
    settings.SUGGESTIONS_KEPT_DAYS, settings.SAVED_KEPT_MONTHS = 17, 19
    settings.SHARED_KEPT_DAYS = 23
    post(client, "/saved/", therapy="mbsr")
    printed = {
        "/saved/": ("19 months", "23 days"),
        "/your-data/": ("17 days", "19 months"),
        "/privacy/": ("17 days", "19 months", "23 days"),
        "/therapies/mbsr/": ("17 days",),
    }
    for path, words in printed.items():
        text = client.get(path).content.decode()
        assert all(each in text for each in words), path
        assert "30 days" not in text and "12 months" not in text, path


# --- whatever is pressed, in whatever order ------------------------------------------------------

PLACES, THERAPIES = ("Alder", "Birch"), ("mbsr", "cbt")
ACTS = st.one_of(
    st.tuples(
        st.just("/saved/"),
        st.fixed_dictionaries(
            {"act": st.sampled_from(["save", "remove", "hide", "show", "note"])},
            optional={
                "provider": st.sampled_from(["alder", "birch", "none"]),
                "therapy": st.sampled_from([*THERAPIES, "none"]),
                "note": st.text(max_size=5),
            },
        ),
    ),
    st.tuples(
        st.just("/recommendations/choice/"),
        st.fixed_dictionaries({"act": st.sampled_from(["yes", "no"])}),
    ),
    st.tuples(
        st.just("/your-data/"),
        st.fixed_dictionaries(
            {
                "act": st.sampled_from([*your_data.ACTS, "use", "forget", "count"]),
                "use": st.lists(st.sampled_from(["saved", "opened", "filters"])),
                "signal": st.sampled_from(["explored therapy:1", "saved provider:1", "filter x:1"]),
            },
            optional={"asked": st.just("saved")},
        ),
    ),
    st.sampled_from(["/providers/?near=97214&pay=medicaid", "/therapies/mbsr/"]).map(
        lambda path: (path, None)
    ),
)


@pytest.fixture
def something_to_press():
    create_zip()
    create_term(slug="medicaid")
    therapies = [create_therapy(short_name=slug.upper(), slug=slug) for slug in THERAPIES]
    for name in PLACES:
        create_provider(name=name, therapies=therapies)


@examples(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(ACTS, max_size=12))
@example(acts=[("/saved/", {"act": act, "provider": "alder"}) for act in ("save", "remove")])
def test_whatever_is_pressed_what_is_held_stays_in_order(something_to_press, acts):
    Visitor.objects.all().delete()
    client = Client()
    for path, data in acts:
        answer = client.get(path) if data is None else post(client, path, **data)
        assert answer.status_code in (200, 302, 400, 404)
        for visitor in Visitor.objects.all():
            assert visitor.consents == (visitor.counts_opened or visitor.counts_filters)
            kinds = set(visitor.events.values_list("kind", flat=True))
            assert "explored" not in kinds or visitor.counts_opened
            assert "filter" not in kinds or visitor.counts_filters
            assert visitor.lat is None or visitor.counts_filters
            assert visitor.consents or visitor.saved.exists()  # else nothing is held, not even it
        assert Visitor.objects.count() <= 1
    page = client.get("/your-data/")
    assert page.status_code == 200
    post(client, "/your-data/", act="erase-all-now")
    assert Visitor.objects.count() == Saved.objects.count() == Event.objects.count() == 0
