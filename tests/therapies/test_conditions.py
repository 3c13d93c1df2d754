"""Condition pages: what was studied, how sure we can be, and where no help was found."""

import re

import pytest

from tests.factories import create_condition, create_evidence, create_therapy
from therapies.library import content_changes
from therapies.models import Evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def pain():
    return create_condition(
        name="Chronic pain", also_known_as="Long-term pain", summary="It stays."
    )


def read(client, condition):
    response = client.get(condition.get_absolute_url())
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_therapies_stand_by_strength_with_what_it_means_also_those_that_did_not_help(client, pain):
    for strength in reversed(Evidence.Strength.values):
        create_evidence(
            therapy=create_therapy(short_name=f"T {strength}"), condition=pain, strength=strength
        )
    page = read(client, pain)
    assert re.findall(r'<h2 class="mark" id="(\w+)">', page) == [
        "strong", "some", "limited", "none", "harm",
    ]  # fmt: skip
    for strength in Evidence.Strength:
        section = page.split(f'id="{strength}"')[1].split("</section>")[0]
        assert section.startswith(f">{Evidence.IN_WORDS[strength]}</h2>")
        assert Evidence.MEANINGS[strength] in section
        assert f'href="/therapies/t-{strength}/"' in section


def test_each_finding_has_its_sentence_references_and_dates(client, pain):
    therapy = create_therapy(parts=2)
    row = create_evidence(therapy=therapy, condition=pain, sentence="It eased a little.")
    with content_changes():
        row.references.set(therapy.references.all())
        Evidence.objects.filter(pk=row.pk).update(checked_on="2026-11-24", due_on="2027-11-24")
    page = read(client, pain)
    assert "It eased a little.<a" in page
    assert 'href="/therapies/mbsr/#r1"' in page and 'href="/therapies/mbsr/#r2"' in page
    assert "Checked Nov 24, 2026, next due Nov 24, 2027" in page


def test_what_nobody_assessed_stands_apart_and_is_no_finding(client, pain):
    create_evidence(therapy=create_therapy(short_name="CBT"), condition=pain)
    meant = create_therapy(short_name="ACT")
    with content_changes():
        meant.best_for.add(pain)
    page = read(client, pain)
    section = page.split('id="also"')[1].split("</section>")[0]
    assert "/therapies/act/" in section and "/therapies/cbt/" not in section
    assert "this says neither that they help nor that they do not" in section


def test_drafts_do_not_stand_on_it(client, pain):
    create_evidence(therapy=create_therapy(short_name="CBT", status="draft"), condition=pain)
    assert "/therapies/cbt/" not in read(client, pain)


def test_a_condition_without_therapies_says_so(client, pain):
    page = read(client, pain)
    assert "We describe no therapy for Chronic pain yet." in page
    assert "Compare those" not in page and "Find places that offer these" not in page


def test_names_parents_and_children_are_there(client, pain):
    with content_changes():
        back = create_condition(name="Low back pain", parent=pain)
    assert "Also called: Long-term pain." in read(client, pain)
    assert 'href="/conditions/low-back-pain/"' in read(client, pain)
    assert 'href="/conditions/chronic-pain/"' in read(client, back)


def test_an_unknown_condition_is_not_found(client):
    assert client.get("/conditions/nothing/").status_code == 404


@pytest.mark.parametrize("size", [1, 9])
def test_pages_of_conditions_ask_the_database_nothing(client, pain, size, most_queries):
    for n in range(size):
        create_evidence(therapy=create_therapy(short_name=f"T{n}", parts=1), condition=pain)
    client.get(pain.get_absolute_url())
    with most_queries(0):
        client.get(pain.get_absolute_url())
        client.get("/conditions/")
