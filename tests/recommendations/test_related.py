"""Related therapies: by what studies found and what is combined, the same for everyone."""

import pytest

from recommendations.models import Event
from recommendations.related import related
from tests.factories import create_condition, create_evidence, create_therapy
from therapies.library import content_changes, library

pytestmark = pytest.mark.django_db


def found(slug):
    return [(each.therapy.short_name, each.reason) for each in related(library().by_slug[slug])]


@pytest.fixture
def pain():
    return create_condition(name="Chronic pain")


@pytest.fixture
def mbsr(pain):
    mbsr = create_therapy(short_name="MBSR")
    create_evidence(therapy=mbsr, condition=pain)
    return mbsr


def helps(name, condition, strength="some"):
    therapy = create_therapy(short_name=name)
    create_evidence(therapy=therapy, condition=condition, strength=strength)
    return therapy


def combine(therapy, other):
    with content_changes():
        therapy.combined_with.add(other)


def test_what_may_help_with_the_same_is_related_and_says_so(pain, mbsr):
    helps("ACT", pain)
    helps("DBT", create_condition(name="Self-harm"))
    assert found("mbsr") == [("ACT", "Both may help with chronic pain.")]


@pytest.mark.parametrize("strength", ["none", "harm"])
def test_what_was_seen_to_leave_or_harm_relates_nothing(pain, mbsr, strength):
    helps("ACT", pain, strength)
    assert found("mbsr") == []


@pytest.mark.parametrize("turned", [False, True])
def test_what_is_combined_is_related_either_way(mbsr, turned):
    yoga = create_therapy(short_name="Yoga")
    combine(*((yoga, mbsr) if turned else (mbsr, yoga)))
    assert found("mbsr") == [("Yoga", "Often combined with MBSR.")]


def test_stronger_evidence_and_rarer_conditions_come_first(pain, mbsr):
    rare = create_condition(name="Migraine")
    create_evidence(therapy=mbsr, condition=rare)
    for name in ("A", "B"):
        helps(name, pain)
    helps("Rare", rare)
    assert found("mbsr")[0] == ("Rare", "Both may help with migraine.")
    both = helps("Both", rare)
    create_evidence(therapy=both, condition=pain, strength="strong")
    name, reason = found("mbsr")[0]
    assert (name, reason) == ("Both", "Both may help with chronic pain and migraine.")


def test_each_part_of_a_reason_moved_the_score(pain, mbsr):
    act = helps("ACT", pain)
    combine(act, mbsr)
    [before] = related(library().by_slug["mbsr"])
    assert before.reason == "Both may help with chronic pain. Often combined with MBSR."
    with content_changes():
        act.combined_with.clear()
    [after] = related(library().by_slug["mbsr"])
    assert after.score < before.score and "combined" not in after.reason


def test_only_what_visitors_may_read_is_related_and_at_most_three(pain, mbsr):
    create_evidence(therapy=create_therapy(short_name="D", status="draft"), condition=pain)
    for name in "VWXYZ":
        helps(name, pain)
    assert [name for name, _ in found("mbsr")] == ["V", "W", "X"]


def test_the_page_of_a_therapy_links_to_related_ones(client, pain, mbsr):
    helps("ACT", pain)
    text = client.get("/therapies/mbsr/").content.decode()
    assert '<a href="/therapies/act/">ACT</a>' in text
    assert "Both may help with chronic pain." in text
    assert "Related therapies" not in client.get("/therapies/").content.decode()


def test_who_asks_plays_no_part(client, pain, mbsr):
    helps("ACT", pain)
    post = {"act": "yes", "thing": "therapy:mbsr"}
    anonymous = client.get("/therapies/mbsr/").context["related"]
    client.post("/recommendations/choice/", post, headers={"Sec-Fetch-Site": "same-origin"})
    assert Event.objects.count() == 1
    assert client.get("/therapies/mbsr/").context["related"] == anonymous
