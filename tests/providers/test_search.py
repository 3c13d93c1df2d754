"""Finding care, as a visitor does it: by address."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from providers.models import Provider
from providers.near import locate
from tests.factories import (
    PORTLAND,
    create_condition,
    create_evidence,
    create_provider,
    create_service,
    create_term,
    create_therapy,
    create_town,
    create_zip,
)

pytestmark = pytest.mark.django_db

FAR = (29.76, -95.37)


@pytest.fixture
def mbsr():
    return create_therapy(short_name="MBSR", name="Mindfulness-Based Stress Reduction (MBSR)")


def get(client, **params):
    response = client.get("/providers/", params)
    assert response.status_code == 200
    return response.context["results"]


def found(results):
    return [card.provider.name for card in results.cards]


def test_search_by_zip_and_radius_lists_the_nearest_first(client, mbsr):
    create_zip()
    create_provider(name="Next door", therapies=[mbsr])
    create_provider(name="Ten miles", therapies=[mbsr], at=(PORTLAND[0] + 0.145, PORTLAND[1]))
    create_provider(name="Far away", therapies=[mbsr], at=FAR)
    results = get(client, near="97214", therapy="mbsr")
    assert found(results) == ["Next door", "Ten miles"]
    assert results.order_sentence == "Nearest first."
    assert found(get(client, near="97214", radius="any")) == ["Next door", "Ten miles", "Far away"]
    assert found(get(client, near="97214", radius="5")) == ["Next door"]


def test_miles_in_the_box_are_the_distance_unless_another_one_is_chosen(client, mbsr):
    create_zip()
    create_provider(name="Next door", therapies=[mbsr])
    create_provider(name="Forty miles", therapies=[mbsr], at=(PORTLAND[0] + 0.58, PORTLAND[1]))
    results = get(client, q="mbsr within 45 miles of 97214", radius="25")
    assert found(results) == ["Next door", "Forty miles"]
    assert (results.radius, results.problem) == ("50", "")
    assert found(get(client, q="less than 10 miles from 97214")) == ["Next door"]
    assert get(client, q="mbsr within 45 miles of 97214", radius="5").radius == "5"
    assert "Miles need a town or a ZIP code" in get(client, q="mbsr within 45 miles").problem


@pytest.mark.parametrize(
    "q",
    ["216-555-0100", "(216) 555-0100", "216.555.0100", "2165550100", "1 216 555 0100",
     "+1 (216) 555-0100", "12165550100"],
)  # fmt: skip
def test_a_telephone_number_finds_who_has_it(client, q):
    create_provider(name="This one", phone="(216) 555-0100 x12")
    create_provider(name="Another", phone="(216) 555-0101")
    assert found(get(client, q=q)) == ["This one"]


@pytest.mark.parametrize("q", ["216-555-010", "2-216-555-0100", "216 555 0100 zebra", "0000000000"])
def test_other_figures_are_no_telephone_number(client, q):
    create_provider(name="This one", phone="(216) 555-0100")
    create_provider(name="Without", phone="")
    assert found(get(client, q=q)) == []


@pytest.mark.parametrize("near", ["Salem, OR", "salem oregon", "Salem OR", "44.9,-123.0"])
def test_a_place_may_be_typed_in_several_ways(client, mbsr, near):
    create_town(name="Salem", state="OR", at=(44.94, -123.03), population=170000)
    create_town(name="Salem", state="MA", at=(42.52, -70.9), population=44000)
    create_provider(name="In Salem", at=(44.94, -123.03), therapies=[mbsr])
    assert found(get(client, near=near)) == ["In Salem"]


def test_an_ambiguous_town_gets_a_sentence_and_choices_by_population(client, mbsr):
    create_town(name="Salem", state="MA", at=(42.52, -70.9), population=44000)
    create_town(name="Salem", state="OR", at=(44.94, -123.03), population=170000)
    create_provider(name="Somewhere", therapies=[mbsr])
    results = get(client, near="Salem", therapy="mbsr")
    assert "Several towns are called Salem" in results.problem
    assert [label for label, _ in results.choices] == ["Salem, OR", "Salem, MA"]
    assert "near=Salem%2C+OR" in results.choices[0][1] and "therapy=mbsr" in results.choices[0][1]


@pytest.mark.parametrize("near", ["99999", "Nowhereville", "91.5,200.1"])
def test_an_unknown_place_gets_a_sentence(client, near):
    assert get(client, near=near).problem


def test_a_misspelled_town_offers_the_town(client):
    create_town(name="Portland", state="OR")
    results = get(client, near="Portlnd")
    assert results.choices[0][0] == "Portland, OR"


def test_facets_narrow_and_their_counts_agree_with_the_list(client, mbsr):
    medicaid, free = create_term(slug="medicaid"), create_term(slug="free")
    create_provider(name="Both", therapies=[mbsr], yes=[medicaid, free])
    create_provider(name="Free only", therapies=[mbsr], yes=[free], no=[medicaid])
    create_provider(name="Silent", therapies=[mbsr])
    results = get(client, pay="medicaid")
    assert found(results) == ["Both"]
    pay = next(facet for facet in results.facets if facet.param == "pay")
    assert {option.value: option.count for option in pay.options} == {"medicaid": 1, "free": 2}
    both = get(client, pay=["medicaid", "free"])
    assert set(found(both)) == {"Both", "Free only"}


def test_not_stated_is_not_no(client, mbsr):
    medicaid = create_term(slug="medicaid", name="Medicaid")
    create_provider(name="Yes", therapies=[mbsr], yes=[medicaid])
    create_provider(name="Silent", therapies=[mbsr])
    create_provider(name="No", therapies=[mbsr], no=[medicaid])
    results = get(client, pay="medicaid")
    assert found(results) == ["Yes"]
    assert [card.provider.name for card in results.unstated.cards] == ["Silent"]
    assert results.unstated.heading == "1 more place has not told us whether it takes Medicaid"
    assert results.unstated.says_no == 1


def test_a_place_that_names_no_service_has_not_said_no_to_any_kind(client, mbsr):
    create_provider(name="Silent")
    elsewhere = create_provider(name="In person")
    create_service(provider=elsewhere, therapy=mbsr, in_person=True)
    vague = create_provider(name="Vague")
    create_service(provider=vague, therapy=mbsr)
    unstated = get(client, delivery="virtual", sort="name").unstated
    assert [card.provider.name for card in unstated.cards] == ["Silent", "Vague"]
    assert unstated.heading == "2 more places have not told us whether they meet by video"
    assert (unstated.rest, unstated.says_no) == ("", 1)
    # Of a therapy that it does not name it has nothing left to tell.
    unstated = get(client, delivery="virtual", therapy="mbsr").unstated
    assert [card.provider.name for card in unstated.cards] == ["Vague"]
    assert unstated.rest == "It offers the rest of what you asked for."


def test_who_has_not_told_us_is_said_on_every_page_of_the_list(client, mbsr):
    medicaid = create_term(slug="medicaid", name="Medicaid")
    for n in range(21):
        create_provider(name=f"Yes {n:02}", therapies=[mbsr], yes=[medicaid])
    silent = create_provider(name="Silent", therapies=[mbsr])
    first = client.get("/providers/?pay=medicaid")
    line = first.context["results"].unstated
    assert (line.total, line.cards) == (1, [])
    assert "1 more place has not told us whether it takes Medicaid" in first.content.decode()
    there = get(client, pay="medicaid", more="1")
    assert [card.provider for card in there.unstated.cards] == [silent]
    assert len(there.cards) == 20
    assert [c.provider for c in get(client, pay="medicaid", page="2").unstated.cards] == [silent]


def test_a_video_group_must_be_one_service(client, mbsr):
    apart = create_provider(name="Apart")
    create_service(provider=apart, therapy=mbsr, virtual=True, individual=True)
    create_service(provider=apart, therapy=mbsr, in_person=True, group=True)
    together = create_provider(name="Together")
    create_service(provider=together, therapy=mbsr, virtual=True, group=True)
    results = get(client, therapy="mbsr", delivery="virtual", grouping="group")
    assert found(results) == ["Together"]


def test_a_zero_count_option_stays_and_a_ticked_one_can_be_unticked(client, mbsr):
    create_provider(therapies=[mbsr], no=[create_term(slug="medicaid")])
    pay = next(f for f in get(client).facets if f.param == "pay")
    assert [(o.count, o.disabled) for o in pay.options] == [(0, True)]
    pay = next(f for f in get(client, pay="medicaid").facets if f.param == "pay")
    assert [(o.checked, o.disabled) for o in pay.options] == [(True, False)]


def options(results, param):
    return next(facet for facet in results.facets if facet.param == param)


def test_an_option_that_finds_nobody_is_closed_only_where_nobody_is_silent(client, mbsr):
    stairs, ramp = create_term(facet="access", slug="stairs"), create_term(facet="access")
    create_provider(name="No", therapies=[mbsr], no=[stairs], yes=[ramp])
    assert {o.value: o.disabled for o in options(get(client), "access").options} == {
        "stairs": True,
        "medicaid": False,
    }
    silent = create_provider(name="Silent", therapies=[mbsr], no=[ramp])
    stairs = next(o for o in options(get(client), "access").options if o.value == "stairs")
    assert (stairs.count, stairs.disabled) == (0, False)
    assert [c.provider for c in get(client, access="stairs").unstated.cards] == [silent]


def test_every_option_is_closed_where_no_place_offers_the_therapy(client, mbsr):
    create_term(facet="access", slug="stairs")
    create_provider(therapies=[create_therapy(short_name="CBT")])
    assert [o.disabled for o in options(get(client), "access").options] == [False]
    assert [o.disabled for o in options(get(client, therapy="mbsr"), "access").options] == [True]


def test_a_kind_of_service_is_closed_where_every_service_says_another(client, mbsr):
    def closed(**params):
        return [o.value for o in options(get(client, **params), "delivery").options if o.disabled]

    create_service(provider=create_provider(), therapy=mbsr, in_person=True)
    assert closed() == ["virtual"]
    create_provider(name="Names no service")
    assert closed() == [] and closed(therapy="mbsr") == ["virtual"]
    create_service(provider=create_provider(), therapy=mbsr, group=True)
    assert closed(therapy="mbsr") == [] and closed(therapy="mbsr", grouping="couple") == ["virtual"]


def test_options_that_find_somebody_come_first_and_open_their_facet(client, mbsr):
    none = create_term(slug="none", order=1)
    some, more = create_term(slug="some", order=2), create_term(slug="more", order=3)
    create_term(facet="care", slug="day")
    create_provider(therapies=[mbsr], yes=[some, more], no=[none])
    results = get(client)
    assert [o.value for o in options(results, "pay").options] == ["some", "more", "none"]
    assert options(results, "pay").open and not options(results, "care").open
    results = get(client, pay="none", care="day")
    assert [o.value for o in options(results, "pay").options] == ["none", "some", "more"]
    assert options(results, "care").open


def test_chips_take_one_filter_away(client, mbsr):
    create_term(slug="medicaid", name="Medicaid")
    create_provider(therapies=[mbsr])
    results = get(client, therapy="mbsr", pay="medicaid", near="", page="1")
    assert {chip.label: chip.url for chip in results.chips} == {
        "MBSR": "/providers/?pay=medicaid&near=",
        "Medicaid": "/providers/?therapy=mbsr&near=",
    }


def test_a_therapy_typed_into_the_box_is_that_therapy(client, mbsr):
    create_provider(name="Offers it", therapies=[mbsr])
    create_provider(name="Does not")
    results = get(client, q="mindfulness based stress reduction (mbsr)")
    assert found(results) == ["Offers it"]
    assert [chip.label for chip in results.chips] == ["MBSR"]
    assert results.chips[0].url == "/providers/"


def test_other_words_are_searched_as_text(client, mbsr):
    create_provider(name="Cañon Clinic", therapies=[mbsr])
    create_provider(name="Other", therapies=[mbsr])
    assert found(get(client, q="canon CLINIC")) == ["Cañon Clinic"]


def test_words_in_other_letters_are_not_passed_over_in_silence(client, mbsr):
    create_provider(therapies=[mbsr])
    assert "Latin letters" in client.get("/providers/?q=心理咨询").content.decode()
    assert "Latin letters" not in client.get("/providers/?q=Ñandú").content.decode()


def test_words_of_danger_show_help_above_the_results(client, mbsr):
    results = get(client, q="I want to kill myself")
    assert results.crisis is not None
    response = client.get("/providers/", {"q": "I want to kill myself"})
    assert b'href="tel:988"' in response.content and b'class="crisis' in response.content


@pytest.mark.parametrize(
    "asked",
    [{"near": "I want to kill myself"}, {"q": f"{'so tired ' * 25}I want to kill myself"}],
)
def test_danger_is_heard_in_either_box_and_at_any_length(client, mbsr, asked):
    page = client.get("/providers/", asked)
    assert page.context["results"].crisis is not None
    assert "kill myself" not in page.content.decode().split("<main")[1]


@pytest.mark.parametrize(
    ("near", "label"),
    [
        ("Portland, OR 97214", "97214"),
        ("Portland, Oregon, USA", "Portland, OR"),
        ("New York City", "New York, NY"),
        ("Ft Worth, TX", "Fort Worth, TX"),
        ("Mount Vernon NY", "Mt Vernon, NY"),
        ("Washington D.C.", "Washington, DC"),
    ],
)
def test_a_place_may_be_written_as_people_write_it(near, label):
    create_zip()
    towns = ["Portland, OR", "Portland, ME", "New York, NY", "Fort Worth, TX", "Mt Vernon, NY"]
    for name, state in (town.split(", ") for town in [*towns, "Washington, DC"]):
        create_town(name=name, state=state)
    assert locate(near).label == label


@pytest.mark.parametrize("path", ["/providers/?near=West+Virginia", "/providers/?q=west+virginia"])
def test_west_virginia_is_a_state(client, mbsr, path):
    create_provider(name="In Charleston", state="WV", therapies=[mbsr])
    create_provider(name="In Richmond", state="VA", therapies=[mbsr])
    assert [card.provider.name for card in client.get(path).context["results"].cards] == [
        "In Charleston"
    ]


def test_nothing_found_offers_the_nearest_and_what_is_online(client, mbsr):
    create_zip()
    far = create_provider(name="Far", at=FAR)
    create_service(provider=far, therapy=mbsr, virtual=True)
    results = get(client, near="97214", therapy="mbsr")
    assert results.total == 0
    assert results.empty.nearest.provider.name == "Far"
    assert results.empty.online == 1
    assert "delivery=virtual" in results.empty.online_url


def test_nothing_found_says_which_filter_took_how_many(client, mbsr):
    medicaid = create_term(slug="medicaid", name="Medicaid")
    create_provider(therapies=[mbsr], no=[medicaid])
    results = get(client, therapy="mbsr", pay="medicaid")
    assert [(label, count) for label, _, count in results.empty.without] == [("Medicaid", 1)]


def test_pages_hold_twenty(client, mbsr):
    for n in range(25):
        create_provider(name=f"Place {n:02}", therapies=[mbsr])
    first, second = get(client, sort="name"), get(client, sort="name", page="2")
    assert len(first.cards) == 20 and len(second.cards) == 5
    assert second.cards[0].number == 21
    assert first.pager["next_url"] == "/providers/?sort=name&page=2"


def test_drafts_and_their_therapies_stay_hidden(client, mbsr):
    draft = create_therapy(short_name="Draft", status="draft")
    create_provider(name="Draft place", therapies=[mbsr], status=Provider.Status.DRAFT)
    create_provider(name="Open place", therapies=[draft])
    assert found(get(client)) == ["Open place"]
    assert b"Draft" not in client.get("/providers/").content


def test_the_list_says_example_on_each_example_place(client, mbsr):
    create_provider(name="Made up", therapies=[mbsr], demonstration=True)
    page = client.get("/providers/?therapy=mbsr").content.decode()
    assert page.count("Example, not a real place") >= 1
    assert "None of them is real" in page
    assert 'href="tel:' not in page.split('id="main"')[1].split("</main>")[0]


def test_htmx_gets_the_results_alone(client, mbsr):
    create_provider(therapies=[mbsr])
    part = client.get("/providers/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and 'id="results"' in part
    whole = client.get(
        "/providers/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    )
    assert "<html" in whole.content.decode()


@pytest.mark.parametrize("size", [3, 60])
def test_the_list_takes_few_queries_whatever_the_number_of_rows(client, mbsr, size, most_queries):
    create_zip()
    for n in range(size):
        create_provider(name=f"P{n}", therapies=[mbsr], checked_on="2026-11-01")
    client.get("/providers/")
    with most_queries(3):  # the place, twenty rows, their checks
        client.get("/providers/?near=97214&therapy=mbsr")
    create_town()
    client.get("/providers/?q=p1")
    with most_queries(8):  # and what was typed: towns, words of listings, a name, the text
        client.get("/providers/?q=p1 mbsr outpatint portland")


def test_a_condition_finds_places_through_therapies_that_may_help(client, mbsr):
    cbt, other = create_therapy(short_name="CBT"), create_therapy(short_name="Other")
    pain = create_condition(name="Chronic pain", also_known_as="Long-term pain")
    create_evidence(therapy=mbsr, condition=pain, strength="some")
    create_evidence(therapy=other, condition=pain, strength="none")
    create_provider(name="Offers MBSR", therapies=[mbsr])
    create_provider(name="Offers CBT", therapies=[cbt])
    create_provider(name="Offers what did not help", therapies=[other])
    results = get(client, q="long term pain")
    assert found(results) == ["Offers MBSR"]
    assert [chip.label for chip in results.chips] == ["Chronic pain"]
    assert results.chips[0].url == "/providers/"
    assert results.title == "Care for chronic pain"
    facet = next(facet for facet in results.facets if facet.param == "condition")
    assert [(o.value, o.count) for o in facet.options] == [("chronic-pain", 1)]
    assert found(get(client, condition="chronic-pain", therapy="cbt")) == []


def test_words_that_find_nothing_can_be_taken_away(client, mbsr):
    create_provider(therapies=[mbsr])
    results = get(client, q="zebra")
    assert [(label, count) for label, _, count in results.empty.without] == [("zebra", 1)]
    assert results.empty.without[0][1] == "/providers/"


@pytest.mark.parametrize(
    "q", ["mindfulness based stress reduction", "Mindfulness-Based Stress Reducton"]
)
def test_a_name_may_lack_its_abbreviation_or_be_misspelled(client, mbsr, q):
    create_provider(name="Offers it", therapies=[mbsr])
    create_provider(name="Does not")
    assert found(get(client, q=q)) == ["Offers it"]


def test_words_that_a_listing_holds_are_taken_as_they_are(client, mbsr):
    create_provider(name="Mindfulnes Inn", therapies=[])
    create_provider(name="Offers it", therapies=[mbsr])
    assert found(get(client, q="Mindfulnes")) == ["Mindfulnes Inn"]


def test_a_place_that_is_not_known_shows_the_choice_and_no_list(client, mbsr):
    create_town(name="Salem", state="MA", at=(42.52, -70.9), population=44000)
    create_town(name="Salem", state="OR", at=(44.94, -123.03), population=170000)
    create_provider(name="Somewhere", therapies=[mbsr])
    for near in ("Salem", "99999", "Nowhereville"):
        page = client.get("/providers/", {"near": near, "therapy": "mbsr"})
        assert page.context["results"].cards == []
        text = page.content.decode()
        assert "Somewhere" not in text and 'href="/providers/?therapy=mbsr"' in text


@pytest.mark.parametrize(
    ("near", "town"), [("NYC", "New York, NY"), ("la", "Los Angeles, CA"), ("dc", "Washington, DC")]
)
def test_a_city_may_be_called_as_its_people_call_it(client, near, town):
    name, _, state = town.partition(", ")
    create_town(name=name, state=state)
    assert get(client, near=near).title == f"Places near {town}"


@pytest.mark.parametrize("near", ["oregon", "OR", "Oregon"])
def test_a_state_is_searched_as_a_whole(client, mbsr, near):
    create_town(name="Salem", state="OR", population=170000)
    create_town(name="Oregon", state="OH", population=20000)
    create_provider(name="In Bend", state="OR", therapies=[mbsr])
    create_provider(name="In Reno", state="NV", therapies=[mbsr])
    results = get(client, near=near, therapy="mbsr")
    assert found(results) == ["In Bend"]
    assert results.title == "MBSR in Oregon" and results.of == "with MBSR in Oregon"
    assert "Distance" not in [order.label for order in results.orders]
    # Where a point is needed, its largest towns are offered.
    places = client.get("/therapies/mbsr/", {"near": near}).context["places"]
    assert places.problem == "Oregon is a state. Which town in it?"
    assert [label for label, _ in places.choices] == ["Salem, OR"]


def test_a_large_city_comes_before_the_state_of_its_name(client):
    create_town(name="Washington", state="DC", population=690000)
    assert get(client, near="Washington").title == "Places near Washington, DC"


def test_several_values_of_a_facet_are_worded_as_or(client, mbsr):
    create_zip()
    cbt = create_therapy(short_name="CBT")
    medicaid, medicare = (
        create_term(slug="medicaid", name="Medicaid"),
        create_term(slug="medicare", name="Medicare", order=1),
    )
    create_provider(therapies=[mbsr], yes=[medicaid])
    create_provider(therapies=[cbt], yes=[medicare])
    create_provider(therapies=[cbt])
    page = client.get(
        "/providers/",
        {"therapy": ["mbsr", "cbt"], "pay": ["medicaid", "medicare"], "near": "97214"},
    )
    results = page.context["results"]
    assert results.title == "MBSR or CBT near Portland, OR"
    assert results.of == "of 3 with MBSR or CBT within 25 miles of 97214"
    assert results.unstated.heading == (
        "1 more place has not told us whether it takes Medicaid or takes Medicare"
    )
    text = page.content.decode()
    assert "All 2:" not in text and "Asked for:" in text


def test_only_the_best_order_is_moved_by_acts_and_only_it_says_so(client, mbsr):
    create_zip()
    cbt = create_therapy(short_name="CBT")
    create_provider(name="A", therapies=[cbt])
    create_provider(name="B", therapies=[mbsr])
    client.post("/saved/", {"therapy": "mbsr"}, headers={"Sec-Fetch-Site": "same-origin"})
    best = get(client, near="97214")
    assert best.order_sentence == "Best: distance and what you saved decide the order."
    reasons = [r.text for card in best.cards for r in card.reasons]
    assert "Offers MBSR, which you saved" in reasons
    for order in ("name", "checked", "distance"):
        reasons = [
            r.text for card in get(client, near="97214", sort=order).cards for r in card.reasons
        ]
        assert reasons == ["Less than a mile from 97214"] * 2, order


def test_what_all_matches_share_is_judged_over_all_of_them(client, mbsr):
    """On the first page all offer it, on the second some do not: so it moved the order."""
    cbt = create_therapy(short_name="CBT")
    for n in range(25):
        create_provider(name=f"P{n:02}", therapies=[mbsr])
    create_provider(name="Other", therapies=[cbt])
    client.post("/saved/", {"therapy": "mbsr"}, headers={"Sec-Fetch-Site": "same-origin"})
    results = get(client)
    assert results.order_sentence == "Best: what you saved decide the order."
    assert all(
        "Offers MBSR, which you saved" in [r.text for r in card.reasons] for card in results.cards
    )
    only = get(client, therapy="mbsr")
    assert only.order_sentence.startswith("Best: all 25 offer MBSR, which you saved.")
    assert not any(card.reasons for card in only.cards)


def test_a_private_address_is_found_from_its_town_and_said_so(client, mbsr):
    create_zip()
    create_town(name="Portland", state="OR", at=(PORTLAND[0] + 0.06, PORTLAND[1]))
    create_provider(name="Shelter", at=None, therapies=[mbsr], confidential_address=True)
    results = get(client, near="97214")
    assert [r.text for r in results.cards[0].reasons] == ["Town center about 4 miles from 97214"]
    page = client.get("/providers/shelter/?near=97214").content.decode()
    assert "Town center about 4 miles away" in page and "Address not shown" in page


def test_a_place_nobody_can_find_is_never_called_the_nearest(client, mbsr):
    create_zip()
    create_provider(name="Nowhere known", at=None, therapies=[mbsr])
    results = get(client, near="97214", therapy="mbsr")
    assert results.total == 0 and results.empty.nearest is None
    assert [label for label, _, _ in results.empty.wider] == ["Any distance"]
    places = client.get("/therapies/mbsr/?near=97214").context["places"]
    assert places.nearest is None
    listing = client.get("/providers/nowhere-known/").context
    assert listing["similar"] == []


def test_distance_without_a_place_is_the_best_order(client, mbsr):
    create_provider(therapies=[mbsr])
    results = get(client, sort="distance")
    assert results.order_sentence == "By name; none is checked yet."
    assert [order.label for order in results.orders if order.current] == ["Best"]


def test_a_new_search_keeps_the_order(client, mbsr):
    assert ("sort", "name") in get(client, sort="name", q="x").carried
    assert "sort" not in dict(get(client, q="x").carried)


@pytest.mark.parametrize("number", ["0", "-3", "abc", "", "1.5"])
def test_a_page_that_is_none_is_the_first(client, mbsr, number):
    for n in range(25):
        create_provider(name=f"Place {n:02}", therapies=[mbsr])
    assert get(client, sort="name", page=number).cards[0].number == 1


def test_those_who_have_not_told_us_have_pages_of_their_own(client, mbsr):
    create_zip()
    create_term(slug="medicaid", name="Medicaid")
    for n in range(45):
        create_provider(name=f"Silent {n:02}", therapies=[mbsr])
    few = get(client, pay="medicaid", sort="name").unstated
    assert (few.total, len(few.cards), few.more) == (45, 3, 42)
    assert few.more_url == "/providers/?pay=medicaid&sort=name&more=1#also"
    seen = []
    for number in ("1", "2", "3"):
        results = get(client, pay="medicaid", sort="name", more=number)
        assert results.unstated.more == 0
        seen += [card.provider.name for card in results.unstated.cards]
        assert all("more=" not in order.url for order in results.orders)
        assert all("more=" not in chip.url for chip in results.chips)
    assert len(set(seen)) == len(seen) == 45


def test_the_way_back_from_coordinates_leads_to_them(client, mbsr):
    create_provider(name="Here", therapies=[mbsr])
    back = client.get("/providers/here/?near=45.51,-122.64&therapy=mbsr").context["back"]
    assert back == ("MBSR near 45.5, -122.6", "/providers/?near=45.5%2C+-122.6&therapy=mbsr")


def test_a_listing_that_is_not_published_is_a_preview_for_staff(client, admin_client, mbsr):
    create_provider(name="Soon", therapies=[mbsr], status=Provider.Status.DRAFT)
    assert client.get("/providers/soon/").status_code == 404
    page = admin_client.get("/providers/soon/")
    text = page.content.decode()
    assert "<strong>Preview.</strong>" in text and 'content="noindex"' in text
    assert "application/ld+json" not in text and 'action="/saved/"' not in text


def test_a_word_for_a_filter_is_that_filter(client, mbsr):
    medicaid = create_term(slug="medicaid", name="Medicaid")
    create_provider(name="Takes it", therapies=[mbsr], yes=[medicaid])
    create_provider(name="Does not", therapies=[mbsr], no=[medicaid])
    results = get(client, q="medicaid")
    assert found(results) == ["Takes it"] and [c.label for c in results.chips] == ["Medicaid"]


def test_words_we_do_not_print_find_a_condition(client, mbsr):
    drinking = create_condition(name="Alcohol use", searched_as="Alcoholism")
    create_evidence(therapy=mbsr, condition=drinking)
    create_provider(name="Offers it", therapies=[mbsr])
    assert get(client, q="alcoholism").title == "Care for alcohol use"
    assert b"Alcoholism" not in client.get("/conditions/alcohol-use/").content


def test_a_condition_without_a_therapy_still_leads_to_its_page(client, mbsr):
    grief = create_condition(name="Grief", also_known_as="Bereavement")
    create_provider(therapies=[mbsr])
    page = client.get("/providers/?q=bereavement")
    assert page.context["results"].empty.topics == [grief]
    assert 'href="/conditions/grief/"' in page.content.decode()


@pytest.mark.parametrize(
    "path", ["/providers/", "/providers/here/", "/therapies/", "/therapies/mbsr/", "/conditions/"]
)
def test_a_page_that_only_shows_refuses_a_post_in_a_sentence(client, mbsr, path):
    create_provider(name="Here", therapies=[mbsr])
    response = client.post(path, headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 405
    assert b"answers GET, HEAD only. Nothing was changed." in response.content


def test_a_short_list_says_what_would_make_it_longer(client, mbsr):
    create_zip()
    medicaid = create_term(slug="medicaid", name="Medicaid")
    create_provider(name="Near", therapies=[mbsr], yes=[medicaid])
    create_provider(name="Near, no", therapies=[mbsr], no=[medicaid])
    create_provider(name="Far", therapies=[mbsr], yes=[medicaid], at=FAR)
    results = get(client, near="97214", therapy="mbsr", pay="medicaid")
    assert found(results) == ["Near"]
    assert [(label, count) for label, _, count in results.few.without] == [("Medicaid", 2)]
    assert [(label, count) for label, _, count in results.few.wider] == [("Any distance", 2)]
    for _, url, count in [*results.few.without, *results.few.wider]:
        assert client.get(url).context["results"].total == count


def test_what_is_understood_in_the_box_becomes_chips_and_ways_out(client, mbsr):
    create_town(name="Portland", state="OR")
    medicaid = create_term(slug="medicaid", name="Medicaid")
    create_provider(name="Cedar House", therapies=[mbsr], yes=[medicaid])
    create_provider(name="Cedar Hall", therapies=[mbsr], no=[medicaid])
    create_provider(name="Cedar Far", therapies=[mbsr], yes=[medicaid], at=FAR)
    results = get(client, q="cedar mbsr medicaid portland")
    assert found(results) == ["Cedar House"]
    assert [chip.label for chip in results.chips] == ["MBSR", "Medicaid", "Near Portland, OR"]
    fewer = {chip.label: client.get(chip.url).context["results"] for chip in results.chips}
    assert set(found(fewer["Medicaid"])) == {"Cedar House", "Cedar Hall"}
    assert set(found(fewer["Near Portland, OR"])) == {"Cedar House", "Cedar Far"}
    assert (results.q, results.near) == ("cedar", "Portland, OR")
    # The form of the facets carries all of it along.
    carried = dict(results.hidden)
    assert (carried["q"], carried["near"]) == ("cedar", "Portland, OR")
    pay = next(facet for facet in results.facets if facet.param == "pay")
    assert [option.value for option in pay.options if option.checked] == ["medicaid"]


def test_leaving_out_takes_away_who_says_yes(client, mbsr):
    day = create_term(facet="care", slug="day", name="Day program")
    create_provider(name="Day", therapies=[mbsr], yes=[day])
    create_provider(name="Not day", therapies=[mbsr], no=[day])
    create_provider(name="Silent", therapies=[mbsr])
    results = get(client, not_care="day", sort="name")
    assert found(results) == ["Not day", "Silent"]
    assert [(c.label, c.url) for c in results.chips] == [
        ("Not Day program", "/providers/?sort=name")
    ]
    assert (
        'name="not_care" value="day" checked'
        in client.get("/providers/?not_care=day").content.decode()
    )


def test_what_a_filter_means_is_a_part_for_its_fold_and_a_page_that_keeps_the_search(client, mbsr):
    meaning = create_term(facet="care", slug="day", name="Day program").meaning
    part = client.get("/providers/filters/care/", HTTP_HX_REQUEST="true").content.decode()
    assert meaning in part and "<html" not in part
    page = client.get("/providers/filters/care/?q=cedar&pay=free&not_care=day&page=2")
    assert page.context["carried"] == [("q", "cedar"), ("pay", "free")]
    assert 'name="not_care" value="day" checked' in page.content.decode()
    assert page.context["search_url"] == "/providers/?q=cedar&pay=free&not_care=day"
    assert client.get("/providers/filters/checked/").status_code == 404  # it says all by itself
    assert client.get("/providers/filters/none-such/").status_code == 404


def test_taking_new_people_and_checked_within_are_filters(client, mbsr):
    today = timezone.localdate()
    fresh = create_provider(name="Fresh", checked_on=today - timedelta(days=20))
    create_service(provider=fresh, therapy=mbsr, accepting_new="yes")
    old = create_provider(name="Old", checked_on=today - timedelta(days=200))
    create_service(provider=old, therapy=mbsr, accepting_new="no")
    silent = create_provider(name="Silent")
    create_service(provider=silent, therapy=mbsr)
    room = get(client, accepting="accepting")
    assert found(room) == ["Fresh"]
    assert [card.provider.name for card in room.unstated.cards] == ["Silent"]
    assert room.unstated.says_no == 1
    assert found(get(client, checked="90")) == ["Fresh"]
    assert set(found(get(client, checked="365"))) == {"Fresh", "Old"}
    counts = next(f for f in get(client).facets if f.param == "checked").options
    assert [(option.value, option.count) for option in counts] == [("90", 1), ("365", 2)]
    assert "left out" in get(client, checked="7").problem


def test_distance_is_a_facet_with_a_count_for_each_circle(client, mbsr):
    create_zip()
    create_provider(therapies=[mbsr])
    create_provider(therapies=[mbsr], at=(PORTLAND[0] + 0.3, PORTLAND[1]))  # 21 miles
    create_provider(therapies=[mbsr], at=FAR)
    facet = next(f for f in get(client, near="97214").facets if f.param == "radius")
    assert [option.count for option in facet.options] == [1, 1, 2, 2, 2, 3]
    assert [option.value for option in facet.options if option.checked] == ["25"]


def test_video_in_the_visitors_state_is_named_however_far(client, mbsr):
    create_zip()
    far = create_provider(name="Ontario", state="OR", at=(44.03, -116.96))
    create_service(provider=far, therapy=mbsr, virtual=True)
    create_provider(name="Here", therapies=[mbsr])
    online = get(client, near="97214", therapy="mbsr").online
    assert online.sentence == "1 place in Oregon works by video, however far"
    assert found(client.get(online.url).context["results"]) == ["Ontario"]


def test_without_video_those_with_sessions_by_phone_are_offered_and_the_question_said(client, mbsr):
    create_zip()
    telehealth = create_term(facet="access", slug="telehealth", name="by phone")
    for n in range(2):
        create_provider(name=f"Far {n}", at=(44.03, -116.96), therapies=[mbsr], yes=[telehealth])
    create_provider(name="Other", yes=[telehealth])
    create_provider(name="Texas", state="TX", therapies=[mbsr], yes=[telehealth])
    for params in ({}, {"delivery": "virtual"}):
        online = get(client, near="97214", therapy="mbsr", **params).online
        assert online.sentence == "2 in Oregon offer MBSR and take by phone"
        assert online.ask == "Ask whether this one is."
        assert set(found(client.get(online.url).context["results"])) == {"Far 0", "Far 1"}
    anything = get(client, near="97214").online
    assert (anything.sentence, anything.ask) == ("3 in Oregon take by phone", "")
    assert get(client, near="97214", access="telehealth").online is None
    assert get(client, therapy="mbsr").online is None


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"q": "mbsr"}, "No place here says it offers MBSR yet."),
        (
            {"therapy": "mbsr", "near": "97214"},
            "No place within 25 miles of 97214 says it offers MBSR yet.",
        ),
        ({"condition": "pain"}, "No place here says it offers care for pain yet."),
        ({"pay": "medicaid"}, "No place here says it takes Medicaid."),
        ({"grouping": ["group", "couple"]}, "No place here says it runs groups or sees couples."),
        (
            {"checked": "90", "near": "Oregon"},
            "No place in Oregon was checked in the last 90 days.",
        ),
        ({"not_pay": "free"}, "No place here is left."),
        ({"pay": "medicaid", "grouping": "group"}, "No place here has all of this."),
        ({"near": "97214", "radius": "5"}, "No place is listed within 5 miles of 97214 yet."),
    ],
)
def test_an_empty_list_says_what_nobody_offers(client, mbsr, params, why):
    create_zip()
    medicaid, free = create_term(slug="medicaid", name="Medicaid"), create_term(slug="free")
    create_evidence(therapy=mbsr, condition=create_condition(name="Pain"))
    create_provider(name="Far", at=FAR, yes=[free], no=[medicaid])
    page = client.get("/providers/", params)
    assert page.context["results"].empty.why == why
    assert why in page.content.decode()
    if "q" in params:
        assert 'href="/therapies/mbsr/"' in page.content.decode().partition('id="found"')[2]


def test_miles_around_a_state_are_told_not_to_count(client, mbsr):
    create_provider(name="In Bend", state="OR", therapies=[mbsr])
    results = get(client, near="Oregon", radius="5")
    assert found(results) == ["In Bend"]
    assert results.problem == "Miles need a town or a ZIP code: we looked in all of Oregon."
    for radius in ("25", "any", ""):
        assert not get(client, near="Oregon", radius=radius).problem


def test_an_order_by_checks_is_said_only_where_something_was_checked(client, mbsr):
    create_provider(name="B", therapies=[mbsr])
    create_provider(name="A", therapies=[mbsr])
    assert get(client).order_sentence == "By name; none is checked yet."
    assert found(get(client)) == ["A", "B"]
    create_provider(name="C", checked_on="2026-11-01")
    assert get(client).order_sentence == "By the date of the last check."
    assert get(client, therapy="mbsr").order_sentence == "By name; none is checked yet."


def test_a_search_has_an_address_to_share_but_no_words_of_danger(client, mbsr, settings):
    page = client.get("/providers/?therapy=mbsr&more=1").content.decode()
    assert f'value="{settings.SITE_URL}/providers/?therapy=mbsr" aria' in page
    page = client.get("/providers/?q=I want to kill myself").content.decode()
    assert "Address of this search" not in page


def test_the_whole_country_has_a_count_and_a_way_for_each_state(client, mbsr):
    create_provider(name="A", state="OR", therapies=[mbsr])
    create_provider(name="B", state="TX", therapies=[mbsr])
    country = get(client, therapy="mbsr").country
    assert {s.name: s.count for s in country.states if s.count} == {"Oregon": 1, "Texas": 1}
    for state in country.states:
        if state.count:
            assert client.get(state.url).context["results"].total == 1
    assert get(client, near="Oregon").country is None


def test_what_is_kept_of_a_card_takes_nothing_from_one_search_to_the_next(client, mbsr):
    """The same listing, from two towns, for a therapy and for none, saved and not."""
    create_zip()
    create_town(name="Salem", state="OR", at=(44.94, -123.03), population=170000)
    provider = create_provider(name="Rose & Son", slug="rose", therapies=[mbsr])

    def card(**params):
        page = client.get("/providers/", params).content.decode()
        return page[page.index(f'id="p{provider.pk}"') :].partition("</article>")[0]

    first = card(near="97214", therapy="mbsr")
    assert "Less than a mile" in first and 'name="therapy" value="mbsr"' in first
    assert 'href="/providers/rose/?near=97214&amp;therapy=mbsr"' in first
    assert first.count("Rose &amp; Son") == 6 and "\0" not in first
    second = card(near="Salem, OR", radius="any")
    assert "About 45 miles" in second and 'name="therapy"' not in second
    assert 'href="/providers/rose/?near=Salem%2C+OR"' in second
    assert f'value="/providers/?near=Salem%2C+OR&amp;radius=any#p{provider.pk}"' in second
    client.post(
        "/saved/", {"provider": "rose", "act": "save"}, headers={"sec-fetch-site": "same-origin"}
    )
    assert 'aria-pressed="true"' in card(near="97214") and 'aria-pressed="false"' in first


@pytest.mark.parametrize("name", ["path", "request", "self"])
def test_a_parameter_of_any_name_is_carried_along(client, mbsr, name):
    for n in range(25):
        create_provider(name=f"Place {n}", therapies=[mbsr])
    page = client.get("/providers/", {name: "1", "therapy": "mbsr"}).content.decode()
    assert f"?{name}=1&amp;therapy=mbsr&amp;page=2" in page


def test_a_place_is_asked_of_the_database_once_while_filters_change(client):
    create_town(name="Bend", state="OR")
    with CaptureQueriesContext(connection) as asked:
        get(client, near="Bend, OR")
        get(client, near="Bend, OR", radius="50")
    assert sum('"providers_place"."name"' in each["sql"] for each in asked.captured_queries) == 1


def test_a_place_whose_name_holds_a_town_is_named_beside_the_search(client, mbsr):
    create_town(name="Athens", state="GA", at=(33.96, -83.37), population=127000)
    create_town(name="Athens", state="OH", at=(39.33, -82.1), population=23000)
    create_provider(name="Athens Treatment Services", city="Athens", state="GA")
    link = 'href="/providers/athens-treatment-services/">Athens Treatment Services</a>, Athens, GA'
    unclear = client.get("/providers/?q=athens+treatment+services")
    assert "Several towns are called Athens" in unclear.text
    assert link in unclear.text
    create_provider(name="MBSR Portland")
    create_town()
    assert "By that name" in client.get("/providers/?q=MBSR+Portland").text
    assert "By that name" not in client.get("/providers/?q=MBSR+near+Portland").text
    assert "By that name" not in client.get("/providers/?q=athens").text
