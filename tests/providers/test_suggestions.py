"""Suggestions while typing, as the page gets them."""

import pytest

from tests.factories import (
    create_condition,
    create_evidence,
    create_provider,
    create_term,
    create_therapy,
    create_town,
    create_zip,
)
from therapies.models import Therapy


@pytest.fixture
def known(db):
    mbsr = create_therapy(
        name="Mindfulness-Based Stress Reduction (MBSR)", also_known_as="Meditation course"
    )
    pain = create_condition(name="Chronic pain", also_known_as="Long-term pain")
    drinking = create_condition(name="Alcohol use", searched_as="Alcoholism")
    create_condition(name="Medium grief")  # no therapy of ours may help
    create_therapy(short_name="Draft", name="Mindless draft", status=Therapy.Status.DRAFT)
    for condition in (pain, drinking):
        create_evidence(therapy=mbsr, condition=condition)
    create_town(name="Medford", state="OR", population=85_000)
    create_town(name="Medina", state="OH", population=26_000)
    create_town(name="Portland", state="ME", population=68_000)
    create_town(name="Portland", state="OR", population=650_000)
    create_zip(code="97214")


def suggested(client, **params):
    page = client.get("/providers/suggestions/", params)
    assert page.status_code == 200 and page.headers["Cache-Control"] == "private, no-store"
    kinds = page.context["kinds"]
    for _, found in kinds:
        for each in found:
            assert f'data-value="{each.value}"' in page.text
    return {kind: [each.value for each in found] for kind, found in kinds}


def test_therapies_conditions_and_places_that_begin_like_it(client, known):
    assert suggested(client, q="med") == {
        "Therapies": ["Mindfulness-Based Stress Reduction (MBSR)"],
        "Places": ["Medford, OR", "Medina, OH"],
    }
    assert suggested(client, q="PAIN") == {"Conditions": ["Chronic pain"]}


def test_the_last_words_may_be_the_beginning_of_a_name(client, known):
    assert suggested(client, q="chronic pain Portl") == {
        "Places": ["chronic pain Portland, OR", "chronic pain Portland, ME"]
    }
    assert suggested(client, q="free mindf") == {
        "Therapies": ["free Mindfulness-Based Stress Reduction (MBSR)"]
    }


def test_a_name_we_do_not_print_finds_and_is_not_printed(client, known):
    assert suggested(client, q="alcoholis") == {"Conditions": ["Alcohol use"]}
    assert "Alcoholism" not in client.get("/providers/suggestions/?q=alcoholis").text
    assert "Long-term pain" in client.get("/providers/suggestions/?q=long").text


@pytest.mark.parametrize(
    ("near", "expected"),
    [
        ("por", ["Portland, OR", "Portland, ME"]),
        ("portland m", ["Portland, ME"]),
        ("Portland, Oregon", ["Portland, OR"]),
        ("972", ["97214"]),
        ("9721412", []),
        ("zzz", []),
    ],
)
def test_the_box_for_a_place_gets_towns_by_population_and_zip_codes(client, known, near, expected):
    assert suggested(client, near=near) == ({"Places": expected} if expected else {})


@pytest.mark.parametrize(
    "params",
    [{}, {"q": ""}, {"q": "m"}, {"near": ""}, {"near": "p"}, {"q": "m" * 3000}, {"q": "?!  "}],
)
def test_too_little_or_too_much_gets_an_empty_list(client, known, params):
    page = client.get("/providers/suggestions/", params)
    assert page.status_code == 200 and page.text.strip() == ""


def test_the_last_word_may_be_one_letter(client, known):
    create_town(name="Miami", state="FL", population=440_000)
    assert suggested(client, q="long-term pain m") == {
        "Therapies": ["long-term pain Mindfulness-Based Stress Reduction (MBSR)"],
        "Places": ["long-term pain Miami, FL", "long-term pain Medford, OR"],
    }


@pytest.mark.parametrize("q", ["mindfull", "free mindfull", "mindfluness"])
def test_a_misspelled_beginning_is_forgiven_where_nothing_begins_so(client, known, q):
    (value,) = suggested(client, q=q)["Therapies"]
    assert value.endswith("Mindfulness-Based Stress Reduction (MBSR)")


def test_terms_that_listings_state_come_last_as_filters(client, known):
    stated = [
        create_term(facet="medication", slug="buprenorphine", searched_as="Suboxone"),
        create_term(facet="pay", slug="medicaid"),
        create_term(facet="focus", slug="pain", name="Chronic pain"),  # read as the condition
    ]
    create_term(facet="pay", slug="medicare")  # nobody says so
    create_provider(yes=stated)
    assert suggested(client, q="sub") == {"Filters": ["Buprenorphine"]}
    assert "Suboxone" not in client.get("/providers/suggestions/?q=sub").text
    assert suggested(client, q="chronic pain medic") == {"Filters": ["chronic pain Medicaid"]}
    assert list(suggested(client, q="med")) == ["Therapies", "Places", "Filters"]
    assert suggested(client, q="chronic") == {"Conditions": ["Chronic pain"]}


def test_words_of_danger_get_no_suggestions(client, known):
    create_town(name="Die", state="OR", population=10)
    assert suggested(client, q="want to die") == {}


def test_at_most_eight_in_all(client, known):
    for n in range(6):
        therapy = create_therapy(short_name=f"Pace {n}")
        create_evidence(therapy=therapy, condition=create_condition(name=f"Pang {n}"))
    for n in range(12):
        create_town(name=f"Pawnee {n}", state="IL", population=n)
    found = suggested(client, q="pa")
    assert {kind: len(values) for kind, values in found.items()} == {
        "Therapies": 3,
        "Conditions": 3,
        "Places": 2,
    }
    assert found["Places"] == ["Pawnee 11, IL", "Pawnee 10, IL"]
    assert len(suggested(client, near="pa")["Places"]) == 8


def test_suggestions_take_at_most_two_queries(client, known, most_queries):
    client.get("/providers/suggestions/?q=warm")
    with most_queries(2):
        client.get("/providers/suggestions/?q=free+group+in+medf")
    with most_queries(0):
        client.get("/providers/suggestions/?q=m")


def test_without_a_script_the_box_offers_all_names(client, known):
    for path in ("/", "/providers/"):
        page = client.get(path).text
        assert 'list="names"' in page and page.count('id="names"') == 1
        assert '<option value="Chronic pain">' in page
        assert "Medium grief</option>" not in page and "Mindless draft" not in page


def test_a_listing_of_that_address_does_not_hide_the_suggestions(client, known):
    create_provider(name="Suggestions", slug="suggestions")
    assert client.get("/providers/suggestions/").context["kinds"] == []
