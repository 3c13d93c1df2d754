"""Who may do what with a page: the matrix, asked through the addresses of the desk."""

import pytest
from django.core.management import call_command

from tests.factories import create_whole_therapy
from therapies.library import content_changes
from therapies.models import Therapy

from .desk import LIST, change, history, opened, publishing, staff

pytestmark = pytest.mark.django_db

ROLES = (None, "Readers", "Editors", "Reviewers")
STATES = ("draft", "in-review", "published", "archived")
# Who may: of all roles, of those from editors up, of reviewers.
READ, WRITE, PUBLISH = ROLES[1:], ROLES[2:], ROLES[3:]


def whole(status):
    return create_whole_therapy(status=status)


def data_for(client, page):
    """The whole form, as a reviewer would see it; the person asking may not get one."""
    return opened(staff(client, "Reviewers", name="clerk"), page)


def may(answer):
    assert answer.status_code in (200, 302, 403), answer.status_code
    return answer.status_code != 403


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("status", STATES)
def test_reading(client, role, status):
    page = whole(status)
    staff(client, role)
    for path in (LIST, change(page), publishing(page), history(page)):
        assert may(client.get(path)) == (role in READ), path
    preview = client.get(page.get_absolute_url()).status_code
    assert preview == (200 if role in READ or status == "published" else 404)


@pytest.mark.parametrize("role", ROLES)
def test_starting_a_page(client, role):
    staff(client, role)
    assert may(client.get(LIST + "add/")) == (role in WRITE)
    assert may(client.post(LIST + "add/", {})) == (role in WRITE)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("status", STATES)
def test_changing_the_words(client, role, status):
    page = whole(status)
    data = data_for(client, page) | {"lead": "New words."}
    staff(client, role)
    allowed = role in (WRITE if status in ("draft", "in-review") else PUBLISH)
    assert may(client.post(change(page), data)) == allowed
    page.refresh_from_db()
    assert (page.lead == "New words.") == allowed


@pytest.mark.parametrize("role", ROLES)
def test_restoring(client, role):
    for status in STATES:
        page = create_whole_therapy(short_name=status, status=status)
        client.post(change(page), data_for(client, page) | {"lead": "Later."})
        number = client.get(history(page)).context["page"][1].pk
        staff(client, role)
        allowed = role in (WRITE if status in ("draft", "in-review") else PUBLISH)
        assert may(client.post(f"{history(page)}{number}/")) == allowed, status
        page.refresh_from_db()
        assert (page.lead == "A course.") == allowed


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("step", "before", "after", "allowed"),
    [
        ("review", "draft", "in-review", WRITE),
        ("draft", "in-review", "draft", WRITE),
        ("draft", "published", "draft", PUBLISH),
        ("draft", "archived", "draft", PUBLISH),
        ("publish", "draft", "published", PUBLISH),
        ("publish", "in-review", "published", PUBLISH),
        ("publish", "archived", "published", PUBLISH),
        ("archive", "published", "archived", PUBLISH),
        ("archive", "draft", "archived", PUBLISH),
    ],
)
def test_steps(client, role, step, before, after, allowed):
    page = whole(before)
    staff(client, role)
    assert may(client.post(publishing(page), {"step": step})) == (role in allowed)
    page.refresh_from_db()
    assert page.status == (after if role in allowed else before)


@pytest.mark.parametrize("role", ROLES)
def test_waiving(client, role):
    page = whole("draft")
    staff(client, role)
    data = {"step": "waive", "check": "risks", "reason": "Because."}
    assert may(client.post(publishing(page), data)) == (role in PUBLISH)
    assert page.waivers.exists() == (role in PUBLISH)
    assert may(client.post(publishing(page), {"step": "ask", "check": "risks"})) == (
        role in PUBLISH
    )
    assert not page.waivers.exists()


@pytest.mark.parametrize("role", ROLES)
def test_steps_from_the_list(client, role):
    page = whole("draft")
    staff(client, role)
    client.post(LIST, {"action": "publish", "_selected_action": [page.pk]})
    page.refresh_from_db()
    assert (page.status == "published") == (role in PUBLISH)
    with content_changes():
        Therapy.objects.update(status="published")
    client.post(LIST, {"action": "withdraw", "_selected_action": [page.pk]})
    page.refresh_from_db()
    assert (page.status == "draft") == (role in PUBLISH)


@pytest.mark.parametrize("role", ROLES)
def test_another_address(client, role):
    page = whole("draft")
    data = data_for(client, page) | {"slug": "mindful"}
    client.post(change(page), data) if role is None else staff(client, role).post(
        change(page), data
    )
    if role is not None:
        page.refresh_from_db()
        assert (page.slug == "mindful") == (role in PUBLISH)


@pytest.mark.parametrize("role", ROLES)
def test_deleting(client, role):
    page = whole("draft")
    staff(client, role)
    assert may(client.post(f"{LIST}{page.pk}/delete/", {"post": "yes"})) == (role in PUBLISH)
    assert Therapy.objects.exists() != (role in PUBLISH)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", ["condition", "startingpoint"])
def test_what_visitors_see_at_once(client, role, kind):
    """Conditions and starting points have no drafts."""
    staff(client, role)
    assert may(client.get(f"/admin/therapies/{kind}/")) == (role in READ)
    assert may(client.post(f"/admin/therapies/{kind}/add/", {})) == (role in PUBLISH)


@pytest.mark.parametrize("role", ROLES)
def test_no_role_reaches_users_or_listings(client, role):
    staff(client, role)
    for path in ("/admin/auth/user/", "/admin/providers/provider/"):
        assert client.get(path).status_code == 403


def test_visitors_are_sent_to_sign_in(client):
    page = whole("draft")
    for path in (LIST, change(page), publishing(page), history(page)):
        for answer in (client.get(path), client.post(path, {"step": "publish"})):
            assert answer.status_code == 302 and "/admin/login/" in answer["Location"]


def test_making_the_roles_again_mends_them(client):
    user = staff(client, "Editors").get(LIST).wsgi_request.user
    group = user.groups.get()
    group.permissions.clear()
    call_command("make_roles", verbosity=0)
    assert may(client.get(LIST))
    assert group.permissions.filter(codename="change_therapy").exists()
    assert not group.permissions.filter(codename="publish_therapy").exists()
