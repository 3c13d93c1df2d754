"""The history of a page: each change with all parts, compared in words, brought back whole."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import create_condition, create_evidence, create_therapy, create_whole_therapy
from therapies import history as remembered
from therapies.library import content_changes, library
from therapies.models import FAQ, Therapy
from therapies.states import compared, state

from .desk import change, history, opened, staff, step, told


@pytest.fixture
def page(db):
    return create_therapy(status="draft", lead="A course of eight weeks.", parts=2)


def save(client, page, **changes):
    answer = client.post(change(page), opened(client, page) | changes)
    assert answer.status_code == 302, answer.context["errors"]


def lines_of(client, page):
    """[(who, what), …] of the history as the desk lists it, the newest first."""
    revisions = client.get(history(page)).context["page"]
    return [(str(each.user or ""), each.get_comment()) for each in revisions]


def revision(client, page, n):
    """The address of the n-th line of the history."""
    number = client.get(history(page)).context["page"][n].pk
    return f"{history(page)}{number}/"


def changes(answer):
    return {change.where: change.pieces for change in answer.context["changes"]}


def test_each_change_has_its_line_with_who_and_what(client, page):
    staff(client, "Editors", name="ana")
    save(client, page, lead="A course of nine weeks.")
    step(client, page, "review")
    assert lines_of(client, page) == [
        ("ana", "Sent to review."),
        ("ana", "Changed Lead."),
        ("", remembered.BEFORE),
    ]


def test_a_new_page_starts_its_history(client, db):
    staff(client, "Editors", name="ana")
    page = create_therapy(status="draft")
    assert "Nobody changed this page" in client.get(history(page)).text
    save(client, page, lead="Mine.")
    assert len(lines_of(client, page)) == 2


def test_what_came_from_elsewhere_between_two_changes_is_remembered(client, page):
    staff(client, "Editors", name="ana")
    save(client, page, lead="One.")
    with content_changes():
        Therapy.objects.filter(pk=page.pk).update(lead="From a fixture.")
    save(client, page, lead="Two.")
    assert [who for who, _ in lines_of(client, page)] == ["ana", "", "ana", ""]
    answer = client.get(revision(client, page, 1))
    assert ("new", "From a fixture") in changes(answer)["Lead"]


def test_a_change_is_shown_word_by_word(client, page):
    staff(client, "Editors", name="ana")
    save(client, page, lead="A course of nine weeks.", **{"faqs-0-answer": "Yes."})
    answer = client.get(revision(client, page, 0))
    assert changes(answer) == {
        "Lead": [("same", "A course of "), ("gone", "eight"), ("new", "nine"), ("same", " weeks.")],
        "Question “Why 0?”: answer": [("gone", "No"), ("new", "Yes"), ("same", ".")],
    }
    assert "<del>" in answer.text and "<ins>" in answer.text


def test_any_two_versions_and_now_can_be_compared(client, page):
    staff(client, "Editors", name="ana")
    for lead in ("One.", "Two.", "Three."):
        save(client, page, lead=lead)
    first = revision(client, page, 3)
    assert [text for _, text in changes(client.get(first + "?with=now"))["Lead"]] == [
        "A course of eight weeks",
        "Three",
        ".",
    ]
    third = revision(client, page, 2).rstrip("/").rsplit("/")[-1]
    assert ("new", "One") in changes(client.get(f"{first}?with={third}"))["Lead"]
    newest = revision(client, page, 0)
    assert client.get(newest + "?with=now").context["changes"] == []
    for nonsense in ("0", "x", "99999999999999999999"):
        assert client.get(f"{newest}?with={nonsense}").status_code == 404


def test_relations_and_choices_are_shown_in_words(client, page):
    staff(client, "Editors", name="ana")
    pain = create_condition(name="Pain")
    create_evidence(therapy=page, condition=pain)
    changed = {"best_for": [str(pain.pk)], "group": "on", "evidence-0-strength": "none"}
    save(client, page, **changed)
    found = changes(client.get(revision(client, page, 0)))
    assert found["Best for"] == [("new", "Pain")]
    assert found["In a group"] == [("gone", "no"), ("new", "yes")]
    assert found["Evidence “Pain”: strength"] == [("gone", "Some"), ("new", "None found")]


def test_a_page_comes_back_with_all_its_parts(client, page):
    staff(client, "Editors", name="ana")
    pain = create_condition(name="Pain")
    row = create_evidence(therapy=page, condition=pain)
    row.references.set(page.references.all())
    before = state(remembered.fresh(page.pk))
    swapped = {"faqs-0-order": "1", "faqs-1-order": "5", "points-0-DELETE": "on"}
    swapped |= {"references-1-DELETE": "on", "evidence-0-DELETE": "on", "group": "on"}
    save(client, page, lead="All new.", slug=page.slug, **swapped)
    save(client, page, **{"faqs-1-order": "0", "faqs-0-order": "7"})
    assert state(remembered.fresh(page.pk)) != before
    answer = client.post(revision(client, page, 2), follow=True)
    assert "Restored" in told(answer)
    assert state(remembered.fresh(page.pk)) == before
    assert lines_of(client, page)[0][1].startswith("Restored as of")
    # And back again: what restoring replaced is not lost.
    client.post(revision(client, page, 1))
    assert Therapy.objects.get().lead == "All new."


def test_restoring_leaves_state_address_and_waivers(client, db):
    page = create_whole_therapy(status="draft", typical_cost="")
    staff(client, "Reviewers", name="rea")
    save(client, page, lead="Later.")
    save(client, page, slug="mbsr-two")
    step(client, page, "waive", check="life", reason="Cost differs too much.")
    step(client, page, "publish")
    version = library().version
    client.post(revision(client, page, 4))
    page.refresh_from_db()
    assert (page.slug, page.status, page.lead) == ("mbsr-two", "published", "A course.")
    assert page.waivers.count() == 1
    assert library().version > version and library().by_slug["mbsr-two"].lead == "A course."


def test_what_visitors_read_is_not_restored_to_less_than_the_checks_ask(client, db):
    page = create_whole_therapy(status="draft", risks="")
    staff(client, "Reviewers", name="rea")
    save(client, page, risks="It can hurt.\nIt may not help.")
    step(client, page, "publish")
    answer = client.post(revision(client, page, 2), follow=True)
    assert "It was not restored" in told(answer) and "What can go wrong" not in told(answer)
    page.refresh_from_db()
    assert page.risks.startswith("It can hurt")


def test_relations_to_what_is_gone_are_left_out(client, page):
    staff(client, "Editors", name="ana")
    pain = create_condition(name="Pain")
    create_evidence(therapy=page, condition=pain)
    save(client, page, best_for=[str(pain.pk)])
    with content_changes():
        pain.delete()
    save(client, page, lead="Later.")
    assert client.post(revision(client, page, 2)).status_code == 302
    page.refresh_from_db()
    assert page.lead == "A course of eight weeks."
    assert not page.best_for.exists() and not page.evidence.exists()


def test_the_history_of_another_page_is_not_this_ones(client, page):
    other = create_therapy(short_name="Other", status="draft")
    staff(client, "Editors", name="ana")
    save(client, other, lead="Mine.")
    number = client.get(history(other)).context["page"][0].pk
    for method in (client.get, client.post):
        assert method(f"{history(page)}{number}/").status_code == 404
    assert client.get(history(page) + "0/").status_code == 404
    assert client.get(f"{history(page)[:-9]}99999/history/").status_code == 404


def test_a_long_history_has_pages_and_asks_once(client, page, django_assert_max_num_queries):
    staff(client, "Readers", name="rob")
    for n in range(60):
        with content_changes():
            remembered.remember(page, by=None, what=f"Change {n}.")
    with django_assert_max_num_queries(20):
        answer = client.get(history(page))
    assert len(answer.context["page"]) == 50
    assert len(client.get(history(page) + "?page=2").context["page"]) == 10


def test_deleting_a_page_leaves_the_desk_usable(client, page):
    staff(client, "Reviewers", name="rea")
    save(client, page, lead="Mine.")
    assert client.post(f"{change(page)[:-7]}delete/", {"post": "yes"}).status_code == 302
    assert not FAQ.objects.exists()
    assert client.get(reverse("admin:index")).status_code == 200


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_pieces_of_two_texts_make_up_both(before, after):
    pieces = compared(before, after)
    assert "".join(text for kind, text in pieces if kind != "new") == before or "…" in str(pieces)
    assert "".join(text for kind, text in pieces if kind != "gone") == after or "…" in str(pieces)
