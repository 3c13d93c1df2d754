"""A new version of what visitors read: written and reviewed beside it, then in its place whole."""

import pytest
from django.core.management import call_command

from tests.factories import (
    PORTLAND,
    create_provider,
    create_service,
    create_therapy,
    create_whole_therapy,
    create_zip,
)
from therapies import history as remembered
from therapies import previews
from therapies.library import library
from therapies.models import Therapy
from therapies.states import state

from .desk import LIST, change, history, opened, publishing, staff, step, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return create_whole_therapy(slug="mbsr")


def begin(client, page):
    step(client, page, "version")
    return Therapy.objects.get(replaces=page)


def save(client, page, **changes):
    answer = client.post(change(page), opened(client, page) | changes)
    assert answer.status_code == 302, answer.context["errors"]


def without_its_own(page):
    """What a page says, without the ids of its parts."""
    said = state(remembered.fresh(page.pk))
    for name in ("slug", "status", "publish_at"):
        said["page"][""].pop(name)
    numbers = {int(key): row["number"] for key, row in said["references"].items()}
    for row in said["evidence"].values():
        row["references"] = sorted(numbers[each] for each in row["references"])
    return {name: list(rows.values()) for name, rows in said.items()}


def test_it_begins_with_all_that_the_page_says(client, page):
    draft = begin(staff(client, "Editors"), page)
    assert without_its_own(draft) == without_its_own(page)
    assert (draft.slug, draft.status) == ("mbsr-new", "draft")
    assert str(draft) == "MBSR therapy (new version)"


def test_visitors_read_the_page_until_the_new_version_takes_its_place(client, page):
    editor = staff(client, "Editors", name="ana")
    draft = begin(editor, page)
    said = {"lead": "A better course.", "faqs-0-answer": "Yes, it is.", "points-0-title": "New"}
    save(editor, draft, **said)
    assert [each.lead for each in library().therapies] == ["A course."]
    step(editor, draft, "review")
    wanted = without_its_own(draft)
    answer = step(staff(client, "Reviewers", name="rea"), draft, "publish")
    assert told(answer) == "Published: visitors read it now."
    assert answer.context["therapy"] == page
    assert not Therapy.objects.filter(pk=draft.pk).exists()
    assert without_its_own(page) == wanted
    (shown,) = library().therapies
    assert (shown.pk, shown.slug, shown.lead) == (page.pk, "mbsr", "A better course.")
    assert shown.faqs.all()[0].answer == "Yes, it is."
    assert "New" in [point.title for point in shown.points.all()]


def test_the_page_can_be_brought_back_after_it(client, page):
    reviewer = staff(client, "Reviewers", name="rea")
    before = state(remembered.fresh(page.pk))
    draft = begin(reviewer, page)
    save(reviewer, draft, lead="A worse course.", **{"references-0-citation": "Z. 1999."})
    step(reviewer, draft, "waive", check="years", reason="It is a classic.")
    step(reviewer, draft, "publish")
    revisions = reviewer.get(history(page)).context["page"]
    assert revisions[0].get_comment() == "Its new version took its place."
    reviewer.post(f"{history(page)}{revisions[1].pk}/")
    after = state(remembered.fresh(page.pk))
    assert after["page"] == before["page"] and after["references"] == before["references"]


def test_the_page_does_not_change_while_one_is_being_written(client, page):
    reviewer = staff(client, "Reviewers", name="rea")
    data = opened(reviewer, page) | {"lead": "Changed."}
    draft = begin(staff(client, "Editors", name="ana"), page)
    answer = staff(client, name="rea").post(change(page), data)
    assert answer.status_code == 403
    assert "began a new version of this page" in answer.text and "Changed." in answer.text
    assert f'href="{change(draft)}"' in client.get(change(page)).text
    assert "publish or delete that one first" in told(step(client, page, "draft"))
    page.refresh_from_db()
    assert (page.lead, page.status) == ("A course.", "published")
    assert client.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"}).status_code == 302
    save(client, page, lead="Changed.")


def test_there_is_one_at_a_time_and_only_of_what_visitors_read(client, page):
    editor = staff(client, "Editors")
    draft = begin(editor, page)
    assert "being written already" in told(step(editor, page, "version"))
    assert "can be changed itself" in told(step(editor, draft, "version"))
    other = create_therapy(short_name="Other", status="draft")
    assert "can be changed itself" in told(step(editor, other, "version"))
    assert Therapy.objects.count() == 3


def test_it_must_meet_the_checks_and_takes_its_place_at_once(client, page):
    reviewer = staff(client, "Reviewers")
    draft = begin(reviewer, page)
    save(reviewer, draft, risks="")
    assert "It says what can go wrong" in told(step(reviewer, draft, "publish"))
    save(reviewer, draft, risks="One.\nTwo.")
    answer = step(reviewer, draft, "publish", at="2099-01-01T10:00")
    assert "takes its place at once" in told(answer)
    assert Therapy.objects.filter(pk=draft.pk, status="draft").exists()
    data = {"action": "publish", "_selected_action": [draft.pk]}
    assert "Published: 1." in told(reviewer.post(LIST, data, follow=True))
    assert not Therapy.objects.filter(pk=draft.pk).exists()


def test_a_preview_shows_it_in_its_place(client, page):
    create_zip()
    create_provider(name="Heron House", therapies=[page], at=PORTLAND)
    draft = begin(staff(client, "Editors"), page)
    save(client, draft, lead="A better course.")
    client.logout()
    answer = client.get(previews.link(draft)[0] + "?near=97214")
    assert "A better course." in answer.text and "Heron House" in answer.text
    assert "new version" not in answer.text and "mbsr-new" not in answer.text
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_one_that_places_offer_does_not_vanish_with_their_services(client, page):
    reviewer = staff(client, "Reviewers")
    draft = begin(reviewer, page)
    create_service(provider=create_provider(), therapy=draft)
    assert "let them offer" in told(step(reviewer, draft, "publish"))
    assert Therapy.objects.filter(pk=draft.pk).exists()


def test_an_address_that_is_taken_is_not_taken_again(client, page):
    create_therapy(slug="mbsr-new")
    assert begin(staff(client, "Editors"), page).slug == "mbsr-new2"


@pytest.mark.parametrize("role", [None, "Readers", "Editors", "Reviewers"])
def test_who_may_write_may_begin_one(client, page, role):
    allowed = role in ("Editors", "Reviewers")
    answer = staff(client, role).post(publishing(page), {"step": "version"})
    assert answer.status_code == (302 if allowed else 403)
    assert Therapy.objects.filter(replaces=page).exists() == allowed


def test_fixtures_leave_it_alone(client):
    call_command("loaddata", "conditions", "therapies", verbosity=0)
    page, count = Therapy.objects.get(slug="cbt"), Therapy.objects.count()
    draft = begin(staff(client, "Editors"), page)
    save(client, draft, lead="A better page.")
    call_command("loaddata", "conditions", "therapies", verbosity=0)
    assert Therapy.objects.count() == count + 1
    assert Therapy.objects.get(replaces=page).lead == "A better page."
