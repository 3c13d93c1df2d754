"""From draft to visitors: steps, waivers, previews, addresses; and reviews that are due."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.utils import timezone

from tests.factories import create_condition, create_evidence, create_therapy, create_whole_therapy
from therapies import previews
from therapies.admin import waiting
from therapies.library import content_changes, library
from therapies.models import OldSlug, Therapy
from trupaths.logs import without_keys

from .desk import LIST, change, history, opened, publishing, staff, step, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(client):
    return staff(client, "Reviewers", name="rea")


def state(page):
    return Therapy.objects.get(pk=page.pk).state


def seen(client, page):
    """What a visitor gets at the page's address."""
    client.logout()
    return client.get(Therapy.objects.get(pk=page.pk).get_absolute_url()).status_code


def test_a_page_goes_from_draft_to_visitors_and_to_the_archive(client):
    page = create_whole_therapy(status="draft")
    step(staff(client, "Editors", name="ana"), page, "review")
    assert (state(page), seen(client, page)) == ("In review", 404)
    answer = step(staff(client, "Reviewers", name="rea"), page, "publish")
    assert told(answer) == "Published: visitors read it now."
    assert (state(page), seen(client, page)) == ("Published", 200)
    step(staff(client, name="rea"), page, "archive")
    assert (state(page), seen(client, page)) == ("Archived", 404)
    step(staff(client, name="rea"), page, "draft")
    assert state(page) == "Draft"
    staff(client, name="rea")
    revisions = client.get(history(page)).context["page"]
    assert [(str(each.user or ""), each.get_comment()) for each in revisions] == [
        ("rea", "Taken back to draft."),
        ("rea", "Archived."),
        ("rea", "Published."),
        ("ana", "Sent to review."),
        ("", "As it was before, changed outside the desk."),
    ]
    assert LogEntry.objects.filter(object_id=page.pk).count() == 4


def test_a_page_that_does_not_meet_the_checks_is_not_published(reviewer):
    page = create_whole_therapy(status="draft", risks="")
    answer = step(reviewer, page, "publish")
    assert "It says what can go wrong: Lines under risks: 0 of at least 2." in told(answer)
    assert state(page) == "Draft"
    answer = reviewer.post(LIST, {"action": "publish", "_selected_action": [page.pk]}, follow=True)
    assert "It says what can go wrong" in told(answer)
    assert state(page) == "Draft"


def test_a_waiver_needs_a_reason_and_stays_with_it(reviewer, client):
    page = create_whole_therapy(status="draft", typical_cost="")
    assert "Say in a sentence why" in told(step(reviewer, page, "waive", check="life", reason=" "))
    assert "no such check" in told(step(reviewer, page, "waive", check="x", reason="Because."))
    step(reviewer, page, "waive", check="life", reason="Prices differ <b>too much</b>.")
    answer = reviewer.get(publishing(page))
    assert "Prices differ &lt;b&gt;too much&lt;/b&gt;." in answer.text and "rea, " in answer.text
    step(reviewer, page, "publish")
    assert state(page) == "Published"
    # It is in the history, too.
    change = reviewer.get(history(page)).context["page"][1]
    answer = reviewer.get(f"{history(page)}{change.pk}/")
    found = {each.where: each.pieces for each in answer.context["changes"]}
    assert found["Waiver “life”: reason"] == [("new", "Prices differ <b>too much</b>.")]


def test_what_visitors_read_keeps_the_waiver_it_needs(reviewer):
    page = create_whole_therapy(status="draft", typical_cost="")
    step(reviewer, page, "waive", check="life", reason="Prices differ.")
    step(reviewer, page, "publish")
    assert "Typical cost: empty" in told(step(reviewer, page, "ask", check="life"))
    assert page.waivers.count() == 1
    step(reviewer, page, "draft")
    step(reviewer, page, "ask", check="life")
    assert page.waivers.count() == 0
    assert "is not waived" in told(step(reviewer, page, "ask", check="life"))


def test_a_change_to_what_visitors_read_must_meet_the_checks(reviewer):
    page = create_whole_therapy(status="published")
    data = opened(reviewer, page)
    answer = reviewer.post(change(page), data | {"risks": "", "lead": "A new lead."})
    assert answer.status_code == 200
    assert "Visitors read this page, so it was not saved" in answer.text
    assert "It says what can go wrong" in answer.text and "A new lead." in answer.text
    assert not told(answer)
    page.refresh_from_db()
    assert page.risks and page.lead == "A course."
    assert reviewer.post(change(page), data | {"lead": "A new lead."}).status_code == 302
    assert library().by_slug[page.slug].lead == "A new lead."


def test_a_page_can_wait_for_its_moment(reviewer, client):
    page = create_whole_therapy(status="draft")
    soon = timezone.now() + timedelta(days=2)
    answer = step(reviewer, page, "publish", at=soon.strftime("%Y-%m-%dT%H:%M"))
    assert f"Visitors will read it from {soon:%b}" in told(answer)
    assert state(page) == "Scheduled"
    assert [each.pk for each in reviewer.get(LIST + "?state=scheduled").context["cl"].result_list]
    assert not reviewer.get(LIST + "?state=published").context["cl"].result_list
    assert seen(client, page) == 404
    with content_changes():
        Therapy.objects.update(publish_at=timezone.now() - timedelta(seconds=1))
    assert seen(client, page) == 200 and state(page) == "Published"


@pytest.mark.parametrize(
    ("at", "says"), [("2020-01-01T10:00", "This moment has passed"), ("soon", "Enter a valid date")]
)
def test_a_moment_that_cannot_be_is_refused(reviewer, at, says):
    page = create_whole_therapy(status="draft")
    assert says in told(step(reviewer, page, "publish", at=at))
    assert state(page) == "Draft"


def test_a_step_that_somebody_did_already_is_told(reviewer):
    page = create_whole_therapy(status="in-review")
    assert "somebody was faster" in told(step(reviewer, page, "review"))
    assert "There is no such step" in told(step(reviewer, page, "dance"))


# Previews


def test_a_link_shows_a_draft_to_whom_it_was_given(client):
    page = create_whole_therapy(status="draft", lead="As it is written now.")
    path = staff(client, "Editors").get(publishing(page)).context["preview"]
    client.logout()
    answer = client.get(path)
    assert answer.status_code == 200
    assert "As it is written now." in answer.text and "people who have this link" in answer.text
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex" and '"robots" content="noindex"' in answer.text
    assert not answer.cookies and page.slug not in path


def test_a_preview_is_the_page_as_visitors_will_see_it(client):
    page = create_whole_therapy(status="draft")
    link, _ = previews.link(page)
    preview = client.get(link).text.partition("<h1>")[2]
    step(staff(client, "Reviewers"), page, "publish")
    client.logout()
    public = client.get(page.get_absolute_url()).text.partition("<h1>")[2]
    for words in ('id="before"', 'id="refs"', page.lead, page.risks[:20], "What MBSR is for"):
        assert words in preview and words in public
    assert preview.count("<section") == public.count("<section")


def test_the_link_leads_to_the_page_once_it_is_published(client):
    page = create_whole_therapy()
    answer = client.get(previews.link(page)[0])
    assert (answer.status_code, answer["Location"]) == (302, page.get_absolute_url())


def test_a_link_ends_after_its_days(client, monkeypatch):
    page = create_whole_therapy(status="draft")
    monkeypatch.setattr(previews, "KEPT", timedelta(minutes=-1))
    old, until = previews.link(page)
    assert until < timezone.now()
    assert client.get(old).status_code == 404


@pytest.mark.parametrize("token", ["x", "a:b:c", "WzEsIjIwOTkiXQ:1:abc", "%00", "é", "a" * 3000])
def test_a_link_that_is_not_ours_leads_nowhere(client, token):
    create_whole_therapy(status="draft")
    assert client.get(f"/therapies/preview/{token}/").status_code in (400, 404)


def test_the_link_of_a_deleted_page_leads_nowhere(client):
    page = create_whole_therapy(status="draft")
    link, _ = previews.link(page)
    with content_changes():
        page.delete()
    assert client.get(link).status_code == 404


def test_no_log_holds_a_link(client):
    link, _ = previews.link(create_whole_therapy(status="draft"))
    assert without_keys(link) == "/therapies/preview/-/"


# Addresses


def rename(client, page, slug):
    return client.post(change(page), opened(client, page) | {"slug": slug})


def test_an_address_that_changed_redirects(reviewer, client):
    page = create_whole_therapy(slug="mbsr")
    for slug in ("mbsr-pain", "mindful"):
        assert rename(reviewer, page, slug).status_code == 302
    client.logout()
    for old in ("mbsr", "mbsr-pain"):
        answer = client.get(f"/therapies/{old}/")
        assert (answer.status_code, answer["Location"]) == (301, "/therapies/mindful/")
    assert client.get("/therapies/mindful/").status_code == 200


def test_an_address_can_be_taken_back(reviewer, client):
    page = create_whole_therapy(slug="mbsr")
    rename(reviewer, page, "other")
    rename(reviewer, page, "mbsr")
    assert [old.slug for old in OldSlug.objects.all()] == ["other"]
    client.logout()
    assert client.get("/therapies/mbsr/").status_code == 200
    assert client.get("/therapies/other/")["Location"] == "/therapies/mbsr/"


def test_no_page_takes_the_old_address_of_another(reviewer):
    page, other = create_whole_therapy(slug="mbsr"), create_whole_therapy(short_name="ACT")
    rename(reviewer, page, "mindful")
    answer = rename(reviewer, other, "mbsr")
    assert "“mbsr” was the address of MBSR therapy, and leads there." in answer.text
    assert not OldSlug.objects.filter(therapy=other).exists()


def test_the_old_address_of_a_page_that_is_not_published_is_not_there(reviewer, client):
    page = create_whole_therapy(slug="mbsr", status="draft")
    rename(reviewer, page, "mindful")
    client.logout()
    assert client.get("/therapies/mbsr/").status_code == 404


def test_fixtures_know_a_page_by_an_old_address(reviewer):
    call_command("loaddata", "conditions", "therapies", verbosity=0)
    page, count = Therapy.objects.get(slug="cbt"), Therapy.objects.count()
    assert rename(reviewer, page, "cognitive").status_code == 302
    call_command("loaddata", "conditions", "therapies", verbosity=0)
    assert Therapy.objects.count() == count
    page.refresh_from_db()
    assert page.slug == "cognitive"


@pytest.mark.parametrize("data", [
    {"step": "waive", "check": "life", "reason": "a\0b"},
    {"step": "waive", "check": "life", "reason": "x" * 501},
    {"step": "ask", "check": "life\0"},
    {"step": "\0"},
    {},
])  # fmt: skip
def test_nonsense_changes_nothing(reviewer, data):
    page = create_whole_therapy(status="draft")
    assert told(reviewer.post(publishing(page), data, follow=True))
    assert not page.waivers.exists() and state(page) == "Draft"


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 30, "9" * 5000, "x", "-1"])
def test_a_page_that_is_none_is_not_there(reviewer, number):
    for path in (f"{LIST}{number}/publishing/", f"{LIST}{number}/history/"):
        assert reviewer.get(path).status_code in (302, 404)  # Django's own: to the first page
        assert reviewer.post(path, {"step": "publish"}).status_code in (302, 404)
    assert reviewer.post(f"{LIST}{number}/change/", {}).status_code in (302, 404)


# Reviews that are due


def queue(client):
    """title: (count, age of the oldest) of the queues on the first page."""
    assert client.get("/admin/").status_code == 200
    rows = waiting.pages_waiting(client.get("/admin/").wsgi_request.user)
    return {row.title: (row.count, row.oldest) for row in rows}


def test_reviews_that_are_due_wait_on_the_first_page(reviewer, monkeypatch):
    monkeypatch.setattr(waiting.timezone, "localdate", lambda *args: date(2027, 3, 10))
    days = [date(2027, 2, 1), date(2027, 3, 9), date(2027, 3, 10), date(2027, 3, 31)]
    for n, day in enumerate([*days, date(2027, 4, 1), None]):
        create_therapy(short_name=f"T{n}", review_due_on=day)
    create_therapy(short_name="Gone", review_due_on=days[0], status="archived")
    create_therapy(short_name="New", review_due_on=days[0], status="in-review")
    found = queue(reviewer)
    assert found["Reviews overdue"] == (2, 37)
    assert found["Reviews due this month"] == (2, None)
    assert found["Pages in review"][0] == 1
    for review, names in (("overdue", ["T0", "T1"]), ("month", ["T2", "T3"])):
        pages = reviewer.get(f"{LIST}?review={review}").context["cl"].result_list
        assert sorted(page.short_name for page in pages) == names
    text = reviewer.get("/admin/").text
    assert "Pages to look at" in text and f'href="{LIST}?review=overdue"' in text


def test_evidence_that_is_to_be_checked_again_waits_too(reviewer):
    pages = [create_therapy(short_name=f"T{n}") for n in range(3)]
    for page, days in zip(pages, (-9, -2, 2), strict=True):
        row = create_evidence(therapy=page, condition=create_condition(name=page.short_name))
        row.due_on = timezone.localdate() + timedelta(days=days)
        row.save()
    assert queue(reviewer)["Evidence overdue"] == (2, 9)
    found = reviewer.get(f"{LIST}?review=evidence").context["cl"].result_list
    assert sorted(page.short_name for page in found) == ["T0", "T1"]


def test_who_sees_no_therapies_sees_no_queue_of_them(client):
    assert queue(staff(client)) == {}
    assert "Pages to look at" not in client.get("/admin/").text
