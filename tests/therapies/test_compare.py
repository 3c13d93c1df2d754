"""Therapies side by side, by address."""

from itertools import pairwise

import pytest
from django.core.management import call_command

from tests.factories import create_condition, create_evidence, create_therapy
from therapies.library import content_changes
from therapies.models import OldSlug

pytestmark = pytest.mark.django_db

PATH = "/therapies/compare/"


@pytest.fixture
def three():
    mbsr = create_therapy(
        short_name="MBSR",
        weeks_from=8,
        weeks_to=8,
        duration="Group: 2 hours[3]",
        home_practice="30 minutes on most days.",
        in_person=True,
        virtual=True,
        risks="Pain can grow.[5]\nSadness can grow.",
        typical_cost="A few hundred dollars.",
    )
    cbt = create_therapy(short_name="CBT", weeks_from=8, weeks_to=20)
    create_therapy(short_name="ACT")
    pain, grief = create_condition(name="Chronic pain"), create_condition(name="Grief")
    create_evidence(therapy=mbsr, condition=pain, strength="some", sentence="A little.[2]")
    create_evidence(therapy=cbt, condition=pain, strength="strong", sentence="Clearly.")
    create_evidence(therapy=cbt, condition=grief, strength="none")
    return mbsr, cbt


def rows(page):
    return {
        row.title: [cell.lines for cell in row.cells] for row in page.context["comparison"].rows
    }


def test_two_stand_side_by_side_in_the_order_of_the_address(client, three):
    page = client.get(PATH, {"t": ["mbsr", "cbt"]})
    said, text = rows(page), page.content.decode()
    assert "8 weeks</span>" in text and "8 to 20 weeks</span> " in text
    assert said["Hours"] == [["Group: 2 hours"], []]  # no number that leads nowhere here
    assert said["Practice at home"][0] == ["30 minutes on most days."]
    assert said["Format"] == [["In person or by video"], []]
    assert said["What can go wrong"] == [["Pain can grow.", "Sadness can grow."], []]
    assert said["Cost"] == [["A few hundred dollars."], []]
    assert said["Evidence"][1] == ["Strong evidence: chronic pain", "No evidence found: grief"]
    assert text.index("MBSR therapy</a></th>") < text.index("CBT therapy</a></th>")
    assert "Waiting" not in said  # no page says anything of it
    assert "Not stated" in text
    assert "noindex" in text


def test_the_evidence_is_for_the_chosen_condition(client, three):
    page = client.get(PATH, {"t": ["mbsr", "cbt", "act"], "condition": "chronic-pain"})
    assert rows(page)["Evidence for chronic pain"] == [["A little."], ["Clearly."], []]
    text = page.content.decode()
    assert "Some evidence</span> A little." in text and "Strong evidence</span> Clearly." in text
    assert "Not assessed. This does not say that it does not help." in text
    assert '<option value="chronic-pain" selected>' in text
    assert 'href="/therapies/mbsr/#evidence"' in text


def test_a_condition_that_none_has_studies_for_is_said_not_left_out(client, three):
    create_condition(name="Migraine")
    page = client.get(PATH, {"t": ["mbsr", "act"], "condition": "migraine"})
    assert rows(page)["Evidence for migraine"] == [[], []]


@pytest.mark.parametrize(
    ("params", "status", "said", "shown"),
    [
        ({}, 200, "Choose two or three therapies.", 0),
        ({"t": "mbsr"}, 200, "tick one or two more below", 0),
        ({"t": ["mbsr", "mbsr"]}, 200, "tick one or two more below", 0),
        ({"t": ["nothing", "mbsr", "cbt"]}, 200, "One of the therapies in this address is not", 2),
        ({"t": ["nothing", "such"]}, 404, "2 of the therapies in this address are not", 0),
        ({"t": "<b>"}, 404, "One of the therapies in this address is not in our library", 0),
        ({"t": ["mbsr", "cbt", "act", "dbt"]}, 200, "Three at most: these are the first three.", 3),
        ({"t": ["mbsr", "cbt"], "condition": "?"}, 200, "The condition in this address is not", 2),
    ],
)
def test_bad_input_gets_a_clear_answer(client, three, params, status, said, shown):
    create_therapy(short_name="DBT")
    page = client.get(PATH, params)
    text = page.content.decode()
    assert page.status_code == status
    assert said in text and "<b>" not in text
    assert text.count('<th scope="col"><a') == shown
    assert text.count('type="checkbox" name="t"') == 4  # there is always a way on


def test_thousands_of_parameters_are_not_looked_up(client, three):
    page = client.get(PATH, {"t": [f"x{n}" for n in range(90)]})
    assert page.status_code == 404 and page.context["comparison"].unknown <= 20


def test_the_address_to_send_shows_the_same(client, three):
    params = {"t": ["cbt", "mbsr"], "condition": "chronic-pain", "utm": "x"}
    url = client.get(PATH, params).context["comparison"].url
    assert url == "/therapies/compare/?t=cbt&t=mbsr&condition=chronic-pain"
    assert rows(client.get(url)) == rows(client.get(PATH, params))


def test_drafts_cannot_be_compared(client, three):
    create_therapy(short_name="Draft", status="draft")
    assert client.get(PATH, {"t": ["draft", "mbsr"]}).context["comparison"].unknown == 1


def test_pages_lead_to_the_comparison(client, three):
    page = client.get("/therapies/mbsr/").content.decode()
    assert 'href="/therapies/compare/?t=mbsr"' in page
    page = client.get("/conditions/chronic-pain/").content.decode()
    # The surest first.
    assert 'href="/therapies/compare/?t=cbt&amp;t=mbsr&amp;condition=chronic-pain"' in page
    assert "/therapies/compare/" not in client.get("/conditions/grief/").content.decode()


def test_all_therapies_of_the_library_can_be_compared_without_a_query(client, most_queries):
    call_command("loaddata", "conditions", "terms", "therapies", verbosity=0)
    slugs = [each.slug for each in client.get(PATH).context["therapies"]]
    with most_queries(0):
        for one, other in pairwise(slugs):
            page = client.get(PATH, {"t": [one, other]})
            assert len(rows(page)) >= 9


def test_an_address_from_before_a_page_was_renamed_still_finds_it(client, three):
    with content_changes():
        OldSlug.objects.create(slug="mindfulness-course", therapy=three[0])
    comparison = client.get(PATH, {"t": ["mindfulness-course", "cbt", "mbsr"]}).context[
        "comparison"
    ]
    assert [each.slug for each in comparison.therapies] == ["mbsr", "cbt"]
    assert comparison.unknown == 0 and not comparison.too_many
