"""Two people at one page: the second is told, and nothing of either is lost."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from tests.factories import create_condition, create_evidence, create_therapy, create_whole_therapy
from therapies.models import FAQ, Therapy

from .desk import change, filled, opened, staff, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return create_therapy(status="draft", lead="A course.\nIn a group.", parts=2)


def save(client, therapy, data, **changes):
    return client.post(change(therapy), data | changes)


def meet(client, page, *, first, second):
    """Ana and Ben open the page; Ana saves `first`, then Ben sends `second`. Returns his answer."""
    ana = opened(staff(client, "Editors", name="ana"), page)
    ben = opened(staff(client, "Editors", name="ben"), page)
    assert save(staff(client, name="ana"), page, ana, **first).status_code == 302
    return save(staff(client, name="ben"), page, ben, **second)


def test_what_nobody_changed_meanwhile_is_saved(client, page):
    staff(client, "Editors")
    for lead in ("First.", "Second."):
        assert save(client, page, opened(client, page), lead=lead).status_code == 302
        page.refresh_from_db()
        assert page.lead == lead


def test_saving_without_a_change_changes_no_text(client, page):
    """Browsers end lines with two characters, fixtures with one."""
    staff(client, "Editors")
    assert save(client, page, opened(client, page)).status_code == 302
    page.refresh_from_db()
    assert page.lead == "A course.\nIn a group."


def test_the_second_is_told_and_sees_who_changed_what(client, page):
    answer = meet(client, page, first={"lead": "A long course."}, second={"headline": "Mine"})
    assert answer.status_code == 200
    assert "ana saved this page while you were writing" in answer.text
    changes = answer.context["meanwhile"]
    assert [(change.where, both) for change, both in changes] == [("Lead", False)]
    page.refresh_from_db()
    assert (page.lead, page.headline) == ("A long course.", "How it helps")  # not saved yet


def test_both_are_kept_when_they_changed_different_things(client, page):
    faq = page.faqs.first()
    answer = meet(
        client,
        page,
        first={"lead": "Ana’s.", "group": "on", "faqs-0-answer": "Ana’s answer."},
        second={"headline": "Ben’s", "points-0-title": "Ben’s point"},
    )
    assert save(client, page, filled(answer)).status_code == 302
    page.refresh_from_db()
    faq.refresh_from_db()
    assert (page.lead, page.headline, page.group) == ("Ana’s.", "Ben’s", True)
    assert faq.answer == "Ana’s answer."
    assert "Ben’s point" in [point.title for point in page.points.all()]


def test_where_both_changed_the_same_the_form_keeps_what_was_typed(client, page):
    answer = meet(client, page, first={"lead": "Ana’s."}, second={"lead": "Ben’s."})
    ((change, both),) = answer.context["meanwhile"]
    assert both and ("new", "Ana’s.") in [(kind, text) for kind, text in change.pieces[-1:]]
    data = filled(answer)
    assert data["lead"] == "Ben’s."
    assert save(client, page, data).status_code == 302
    page.refresh_from_db()
    assert page.lead == "Ben’s."


def test_a_part_that_another_added_is_in_the_form(client, page):
    added = {
        "faqs-TOTAL_FORMS": "3",
        "faqs-2-id": "",
        "faqs-2-order": "7",
        "faqs-2-question": "Ana asks?",
        "faqs-2-answer": "Yes.",
    }
    mine = {name: value for name, value in added.items() if "TOTAL" in name or "-id" in name} | {
        "faqs-2-order": "8",
        "faqs-2-question": "Ben asks?",
        "faqs-2-answer": "No.",
    }
    answer = meet(client, page, first=added, second=mine)
    assert save(client, page, filled(answer)).status_code == 302
    asked = [faq.question for faq in page.faqs.all()]
    assert asked == ["Why 0?", "Why 1?", "Ana asks?", "Ben asks?"]


def test_a_part_that_another_deleted_comes_back_only_with_what_was_typed(client, page):
    gone = {"faqs-0-DELETE": "on", "faqs-1-DELETE": "on"}
    answer = meet(client, page, first=gone, second={"faqs-1-answer": "Ben’s answer."})
    assert FAQ.objects.count() == 0
    assert save(client, page, filled(answer)).status_code == 302
    assert [(faq.question, faq.answer) for faq in page.faqs.all()] == [("Why 1?", "Ben’s answer.")]


def test_relations_are_brought_up_to_date_too(client, page):
    pain, sleep = create_condition(name="Pain"), create_condition(name="Sleep")
    create_evidence(therapy=page, condition=pain)
    first, second = page.references.all()
    answer = meet(
        client,
        page,
        first={
            "best_for": [str(pain.pk), str(sleep.pk)],
            "evidence-0-references": [str(first.pk), str(second.pk)],
            "evidence-0-checked_on": "2026-05-04",
        },
        second={"evidence-0-sentence": "It may not."},
    )
    assert save(client, page, filled(answer)).status_code == 302
    row = page.evidence.get()
    assert set(page.best_for.all()) == {pain, sleep}
    assert set(row.references.all()) == {first, second}
    assert (row.sentence, str(row.checked_on)) == ("It may not.", "2026-05-04")


def test_a_step_of_another_is_told_too(client, page):
    data = opened(staff(client, "Editors", name="ben"), page)
    step(staff(client, "Editors", name="ana"), page, "review")
    answer = save(staff(client, name="ben"), page, data, lead="Mine.")
    assert [change.where for change, _ in answer.context["meanwhile"]] == ["Status"]
    assert filled(answer)["lead"] == "Mine."


def test_what_was_typed_is_shown_when_the_page_was_published_meanwhile(client):
    page = create_whole_therapy(status="in-review")
    data = opened(staff(client, "Editors", name="ben"), page)
    step(staff(client, "Reviewers", name="rea"), page, "publish")
    answer = save(staff(client, name="ben"), page, data, lead="My new words.")
    assert answer.status_code == 403
    assert "My new words." in answer.text and "rea" in answer.text
    page.refresh_from_db()
    assert page.lead == "A course."


@pytest.mark.parametrize("seen", [None, "", "nonsense"])
def test_a_form_that_does_not_say_what_it_saw_is_not_saved_at_once(client, page, seen):
    staff(client, "Editors")
    data = opened(client, page) | {"lead": "Mine."}
    if seen is None:
        del data["seen"]
    else:
        data["seen"] = seen
    answer = client.post(change(page), data)
    assert "We cannot tell what this page said" in answer.text
    assert client.post(change(page), filled(answer)).status_code == 302
    assert Therapy.objects.get().lead == "Mine."


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_is_told():
    page = create_therapy(status="draft")
    fields = {"lead": "Ana’s.", "headline": "Ben’s"}
    clients = [staff(Client(), "Editors", name=name) for name in ("ana", "ben")]
    forms = [opened(client, page) for client in clients]
    start, answers = Barrier(2), []

    def send(client, data, field):
        start.wait()
        answers.append(client.post(change(page), data | {field: fields[field]}))
        connection.close()

    threads = [Thread(target=send, args=each) for each in zip(clients, forms, fields, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    (told,) = [answer for answer in answers if answer.status_code == 200]
    assert "saved this page while you were writing" in told.text
    data = filled(told)
    assert {name: data[name] for name in fields} == fields
