"""A question for places is read as the search reads it, and shows what the search shows."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import places
from assistant.answers import answer
from assistant.evaluation import places as evaluation
from assistant.evaluation import rows
from assistant.parsing import parse
from providers.everyday import SPOKEN_TOO
from providers.models import Place, Term
from providers.search import search
from recommendations.memory import Memory
from tests.factories import create_provider, create_town, create_zip

TOWNS = [
    ("Denver", "CO", 716_000), ("Portland", "OR", 650_000), ("Portland", "ME", 68_000),
    ("Buffalo", "NY", 261_000), ("Charlotte", "NC", 874_000), ("Mobile", "AL", 187_000),
    ("Reading", "PA", 95_000), ("Surprise", "AZ", 143_000), ("Normal", "IL", 52_000),
    ("Hope", "AR", 9_000), ("Hurt", "VA", 1_300), ("Weed", "CA", 2_600), ("Home", "PA", 0),
    ("Peace", "TX", 0), ("Independence", "MO", 117_000), ("Independence", "OR", 10_000),
    ("New York", "NY", 8_800_000), ("Los Angeles", "CA", 3_900_000),
    ("Grand Rapids", "MI", 198_000), ("Center", "TX", 5_000), ("Yakima", "WA", 96_000),
]  # fmt: skip


@pytest.fixture(scope="module")
def map_and_pages(content, django_db_blocker):
    """The pages and terms of the site, some towns and two ZIP codes."""
    with django_db_blocker.unblock():
        for name, state, population in TOWNS:
            create_town(name=name, state=state, population=population)
        create_zip(code="97214")
        create_zip(code="80202", city="Denver", state="CO")


@pytest.fixture
def shelf(map_and_pages, pages):
    return pages


def as_text(message):
    """One line a test can state: “therapy=dbt pay=medicaid near=Denver, CO 50 asks”."""
    read = parse(message)
    said = [f"{param}={value}" for param, value in read.chosen]
    said += [f"near={read.near}"] if read.near else []
    said += [read.radius] if read.radius else []
    return " ".join([*said, *(["asks"] if read.asks else [])])


SAID = {
    # what is asked for
    "does anyone do DBT near Denver with Medicaid": "therapy=dbt pay=medicaid near=Denver, CO",
    "my mom (78) needs help with grief near 97214": "condition=grief age=older near=97214",
    "somewhere for my 15 yr old near 97214": "age=teens near=97214",
    "i got Blue Cross, therapist for OCD in Yakima": "pay=private condition=ocd near=Yakima, WA",
    "I need detox within 20 miles of Denver, CO": "care=detox near=Denver, CO 25",
    "emdr as far as it takes from 80202": "therapy=emdr near=80202 any",
    "Medicare live-in 97214": "pay=medicare care=residential near=97214",
    "busco terapeuta que hable español en Denver": "language=es near=Denver, CO",
    "lost my son, someone near 97214": "condition=grief near=97214",
    "detox with a place for my kids, 97214": "care=detox access=children-stay near=97214",
    # what is left out
    "anything but residential near 97214": "not_care=residential near=97214",
    "cbt in Denver, no groups please": "therapy=cbt not_grouping=group near=Denver, CO",
    "no residential or detox near 97214": "not_care=residential not_care=detox near=97214",
    "I can't find detox near 97214": "care=detox near=97214",
    "i don't have medicare, cbt near 97214": "therapy=cbt near=97214",
    # places that are meant, and asked for
    "emdr near Reading PA": "therapy=emdr near=Reading, PA",
    "dbt in Mobile, Alabama": "therapy=dbt near=Mobile, AL",
    "surprise az detox": "care=detox near=Surprise, AZ",
    "mbsr in Hope": "therapy=mbsr-medical-pain near=Hope, AR",
    "cbt in Weed, CA": "therapy=cbt near=Weed, CA",
    "emdr thearpist in Bufalo NY": "therapy=emdr near=Buffalo, NY",
    "who does psychodynamic in nyc": "therapy=psychodynamic-therapy near=New York, NY",
    "cbt grand rapids mi": "therapy=cbt near=Grand Rapids, MI",
    "dbt Oregon": "therapy=dbt near=Oregon",
    "dbt in portland that takes medicaid": "therapy=dbt pay=medicaid near=Portland asks",
    "dbt near me": "therapy=dbt asks",
    "emdr near 00001": "therapy=emdr near=00001 asks",
    # words that are no place and no filter
    "i hope someone can help me feel normal again with emdr": "therapy=emdr",
    "it hurt so much, i want peace and independence": "",
    "my friend Charlotte needs dbt": "therapy=dbt",
    "i smoke weed at home": "condition=cannabis-use",
    "i spent $10000 on cbt": "therapy=cbt",
    "my family and a couple of friends, me or no one, ok": "",
    "emdr or cbt in a treatment center in texas": "therapy=emdr therapy=cbt near=Texas",
}


def test_what_people_write_is_understood(shelf):
    wrong = {}
    for message, meant in SAID.items():
        if (found := as_text(message)) != meant:
            wrong[message] = f"{found} instead of {meant}"
    assert wrong == {}


ORDINARY = sorted(
    SPOKEN_TOO | set("i my me or ok in hi de is the and want need help feel so tired".split())
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.lists(st.sampled_from(ORDINARY), min_size=1, max_size=12))
def test_ordinary_words_are_never_a_place(shelf, words):
    """Written small, without a state, a ZIP code or the name of a town that is no word."""
    message = " ".join(words)
    assert parse(message).near == "", message


def test_half_of_the_set_that_may_be_read_is_right(shelf):
    """Those questions whose towns this test knows, and all that name none."""
    known = {f"{name}, {state}" for name, state, _ in TOWNS} | {"97214", "80202", "", "Vermont"}
    asked = [
        question
        for question in evaluation.read_own()
        if question.split == "dev" and question.near in known
    ]
    figures = evaluation.measure(asked, agreement=False)
    assert len(asked) >= 15 and figures.invented == []
    right, of = map(sum, zip(*figures.right.values(), strict=True))
    assert right >= 0.9 * of, figures.wrong


# --- what is shown ------------------------------------------------------------------------------


@pytest.fixture
def four_places(shelf):
    """Four with DBT in Portland; one takes Medicaid, one of them is 60 miles away."""
    dbt, medicaid = shelf.by_slug["dbt"], Term.objects.get(facet="pay", slug="medicaid")
    near = [create_provider(name=f"Place {n}", therapies=[dbt]) for n in range(3)]
    far = create_provider(name="Far", therapies=[dbt], yes=[medicaid], at=(46.4, -122.6))
    return [*near, far]


def listed(address):
    """What /providers/ shows at this address, in order."""
    request = RequestFactory().get(address)
    request.visitor = Memory(looks=False)
    return search(request)


def test_three_cards_and_the_way_to_all_of_them(client, four_places):
    found = places.find("dbt near 97214 within 100 miles")
    page = client.get(found.search).context["results"]
    assert (found.total, len(found.cards)) == (4, 3) == (page.total, 3)
    assert [c.provider.pk for c in found.cards] == [c.provider.pk for c in page.cards[:3]]
    assert [c.reasons for c in found.cards] == [c.reasons for c in page.cards[:3]]
    assert found.near == "97214" and found.said == ("DBT", "within 100 miles of 97214")


def test_what_was_given_up_to_find_any_is_said(four_places):
    found = places.find("dbt near 97214 medicaid")
    assert found.total == 1 and found.relaxed == ("distance: within 100 miles",)
    assert listed(found.search).total == 1
    found = places.find("dbt near 97214 medicare parking")
    assert found.total == 3 and found.relaxed == ("Parking", "Medicare")


def test_treatment_and_what_is_left_out_are_never_given_up(four_places):
    assert places.find("emdr near 97214").total == 0
    assert places.find("dbt near 97214, not in person").relaxed == ()


def test_a_medicine_is_given_up_for_the_therapy_that_gives_it_alone(shelf):
    gives = shelf.by_slug["medications-for-opioid-use-disorder"]
    create_provider(name="Talks only")
    assert places.find("methadone near 97214").total == 0
    place = create_provider(name="Gives it", therapies=[gives])
    found = places.find("methadone near 97214")
    assert [card.provider for card in found.cards] == [place]
    assert found.relaxed == ("Methadone",) and found.said[0] == "Medicine for opioid use"
    named = create_provider(name="Names it", yes=[Term.objects.get(slug="methadone")])
    assert [c.provider for c in places.find("methadone near 97214").cards] == [named]


def test_a_town_in_several_states_is_asked_for(four_places):
    found = places.find("dbt in portland with parking")
    assert found.asks and found.cards == () and found.near == ""
    assert found.choices[0] == ("Portland, OR", "dbt in Portland, OR with parking")
    assert not places.find(found.choices[0][1]).asks


def test_near_me_asks_where_and_the_answer_is_understood(four_places):
    found = places.find("dbt near me")
    assert found.asks and found.notes == (places.ASK,) and found.total == 4
    told = answer("97214", ("dbt near me",)).places
    assert told.near == "97214" and "therapy=dbt" in told.search
    assert answer("what is dbt", ("dbt near me",)).kind == "answer"


def test_without_a_place_we_ask_first_but_for_care_by_video(four_places):
    for message in ("find a therapist", "i need dbt that takes medicaid"):
        found = places.find(message)
        assert found.asks and found.cards == () and found.notes == (places.ASK,)
        assert answer("97214", (message,)).places.near == "97214"
    assert not places.find("dbt by video").asks


def test_a_remembered_place_is_used_when_none_is_said(four_places):
    class Remembered(Memory):
        place = places.locate("45.5, -122.6")

    visitor = Remembered(looks=False)
    assert not places.find("dbt near me", visitor=visitor).asks
    assert "near=45.5%2C+-122.6" in places.find("dbt near me", visitor=visitor).search
    assert places.find("dbt near 97214", visitor=visitor).near == "97214"


def test_an_insurer_must_be_asked_about(four_places):
    assert as_text("dbt near 97214 with aetna") == "therapy=dbt pay=private near=97214"
    assert places.CONFIRM in places.find("dbt near 97214 with aetna").notes
    assert places.CONFIRM not in places.find("dbt near 97214 with insurance").notes


def test_examples_stay_away_when_they_should(shelf):
    provider = create_provider(name="Example", demonstration=True)
    assert places.find("places near 97214").cards[0].provider == provider
    assert places.find("places near 97214", examples=False).cards == ()


def test_who_somebody_is_reaches_no_address(four_places):
    found = places.find("dbt near 97214, I am joe@example.org, 503-555-0123, 12 Oak Street")
    assert found.search == "/providers/?therapy=dbt&near=97214"


LOOKED_FOR = [
    "find dbt near me", "outpatient methadone Medicaid", "who takes medicaid for depression",
    "nearest clinic", "97214", "can u help me find emdr in Denver", "i need a therapist",
]  # fmt: skip
NOT_LOOKED_FOR = [
    "what is dbt", "does insurance cover cbt", "is emdr done by video", "how much does dbt cost",
    "book a flight to Denver", "find a restaurant near me", "are you from around here",
    "where can i buy a workbook",
]  # fmt: skip


def test_who_looks_for_a_place_is_told_from_who_asks_about_a_therapy(shelf):
    assert [m for m in LOOKED_FOR if not places.looked_for(m)] == []
    assert [m for m in NOT_LOOKED_FOR if places.looked_for(m)] == []


def test_the_set_names_only_slots_that_the_evaluation_knows():
    slots = {key for row in rows("providers.csv") for key in json.loads(row["slots"])}
    read = {"therapy", "condition", "near", "radius", "terms", "_maybe", "_ambiguous", "_pii"}
    read |= {"_needs_location", "delivery", "grouping", "accepting"}
    assert {slot for slot in slots if not slot.startswith("not_")} <= read


def test_without_towns_nothing_is_measured(db):
    Place.objects.all().delete()
    with pytest.raises(CommandError, match="load_places"):
        call_command("assistant_eval", "--set=places")
