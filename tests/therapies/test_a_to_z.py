"""The A to Z: words, filters and their counts, and a way to choose what to compare."""

import re

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import create_condition, create_evidence, create_therapy
from therapies.filters import TITLES
from therapies.library import content_changes
from therapies.models import FAQ

pytestmark = pytest.mark.django_db


def found(client, **params):
    page = client.get("/therapies/", params)
    assert page.status_code == 200
    return {therapy.slug for _, letter in page.context["letters"] for therapy in letter}


def count(client, param, value, **params):
    """The number that stands beside an option."""
    facets = client.get("/therapies/", params).context["facets"]
    facet = next(facet for facet in facets if facet.param == param)
    return next(option.count for option in facet.options if option.value == value)


@pytest.fixture
def two():
    """MBSR, whose studies for pain are strong; CBT, with some for pain and none for grief."""
    mbsr = create_therapy(short_name="MBSR", also_known_as="Mindfulness", weeks_from=8, weeks_to=8)
    cbt = create_therapy(
        short_name="CBT", kind="talking", virtual=True, group=True, weeks_from=6, weeks_to=20
    )
    pain = create_condition(name="Chronic pain", also_known_as="Long-term pain")
    grief = create_condition(name="Grief")
    create_evidence(therapy=mbsr, condition=pain, strength="strong")
    create_evidence(therapy=cbt, condition=pain, strength="some")
    create_evidence(therapy=cbt, condition=grief, strength="none")
    return mbsr, cbt


@pytest.mark.parametrize(
    ("q", "slugs"),
    [
        ("mindfulness", {"mbsr"}),  # another name
        ("mindfullnes", {"mbsr"}),  # two slips in a long word
        ("mbsr", {"mbsr"}),
        ("grief", {"cbt"}),  # what was studied, with or without effect
        ("long term pain", {"mbsr", "cbt"}),  # another name of a condition
        ("help with my chronic pian", {"mbsr", "cbt"}),  # words around it, and a slip
        ("surfing", set()),
        ("", {"mbsr", "cbt"}),
        ("?!", {"mbsr", "cbt"}),
    ],
)
def test_words_find_names_other_names_and_conditions(client, two, q, slugs):
    assert found(client, q=q) == slugs


def test_a_word_that_was_taken_for_another_is_named(client, two):
    assert "We read “mindfullnes” as <strong>mindfulness</strong>" in text_of(
        client, q="mindfullnes"
    )
    assert "We read" not in text_of(client, q="mindfulness")


def test_a_word_that_only_a_text_holds_is_found_there_and_the_page_says_so(client, two):
    with content_changes():
        FAQ.objects.create(therapy=two[0], question="Must I sit on a cushion?", answer="No.")
    assert found(client, q="cushion") == {"mbsr"}
    assert "No page here is about “cushion”" in text_of(client, q="cushion")
    assert "No page here is about" not in text_of(client, q="mindfulness")


def test_a_word_that_pages_hold_is_never_taken_for_another(client, two):
    with content_changes():
        FAQ.objects.create(therapy=two[0], question="Does brief count?", answer="Yes.")
    assert found(client, q="brief") == {"mbsr"}  # not “grief”


def text_of(client, **params):
    return client.get("/therapies/", params).content.decode()


@pytest.mark.parametrize(
    ("params", "slugs"),
    [
        ({"condition": "grief"}, {"cbt"}),
        ({"kind": "mind"}, {"mbsr"}),
        ({"kind": ["mind", "talking"]}, {"mbsr", "cbt"}),
        ({"kind": "mind", "delivery": "virtual"}, set()),
        ({"delivery": "virtual"}, {"cbt"}),
        ({"grouping": "group"}, {"cbt"}),
        ({"length": "medium"}, {"mbsr", "cbt"}),  # 6 to 20 weeks reach into it
        ({"length": "long"}, {"cbt"}),
        ({"length": "open"}, set()),
        ({"evidence": "strong"}, {"mbsr"}),
        ({"evidence": "none"}, {"cbt"}),
        ({"evidence": "none", "condition": "chronic-pain"}, set()),  # of one and the same row
        ({"evidence": ["strong", "some"], "condition": "chronic-pain"}, {"mbsr", "cbt"}),
        ({"length": "nonsense", "kind": "'; drop", "evidence": "<b>"}, {"mbsr", "cbt"}),
    ],
)
def test_filters(client, two, params, slugs):
    assert found(client, **params) == slugs


def test_a_strength_is_asked_of_the_chosen_condition_and_the_page_says_so(client, two):
    assert count(client, "evidence", "none") == 1
    assert count(client, "evidence", "none", condition="chronic-pain") == 0
    assert "For any condition." in text_of(client)
    assert "Of the studies for Chronic pain." in text_of(client, condition="chronic-pain")
    assert "<dt>Some evidence</dt><dd>Studies lean one way, with doubts.</dd>" in text_of(client)


def test_with_a_condition_each_therapy_says_what_was_found_for_it(client, two):
    page = text_of(client, condition="grief")
    assert "No evidence found</span> for Grief. It may help." in page


def test_a_therapy_without_a_usual_length_says_so(client, two):
    create_therapy(short_name="Peer support")
    assert found(client, length="open") == {"peer-support"}
    assert count(client, "length", "open") == 1


def test_each_count_is_what_a_click_brings(client):
    call_command("loaddata", "conditions", "terms", "therapies", verbosity=0)
    asked = [{}, {"condition": "chronic-pain"}, {"kind": "talking"}, {"q": "pain"}]
    asked += [{"condition": ["ptsd", "ocd"], "evidence": "strong"}, {"length": "medium"}]
    for params in asked:
        for facet in client.get("/therapies/", params).context["facets"]:
            for option in facet.options:
                brings = found(client, **params | {facet.param: option.value})
                assert len(brings) == option.count, (params, facet.param, option.value)


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["q", "t", *TITLES]),
        st.lists(
            st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=30), max_size=3
        ),
    )
)
def test_any_address_is_answered(params):
    from django.test import Client

    assert Client().get("/therapies/", params).status_code == 200


def test_what_is_ticked_stays_when_a_filter_hides_it(client, two):
    page = client.get("/therapies/", {"t": ["mbsr", "gone"], "kind": "talking"})
    assert [therapy.slug for therapy in page.context["away"]] == ["mbsr"]
    boxes = re.findall(r'name="t" value="([^"]+)" form="cmpf"( checked)?', page.content.decode())
    assert sorted(boxes) == [("cbt", ""), ("mbsr", " checked")]


def test_the_list_asks_the_database_nothing(client, two, most_queries):
    client.get("/therapies/")
    with most_queries(0):
        client.get("/therapies/", {"q": "mindfullnes", "condition": "chronic-pain"})
