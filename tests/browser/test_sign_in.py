"""Staff set up a phone, sign in and out, and open every page of the desk, in a real browser."""

from base64 import b32decode
from contextlib import suppress

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.urls import NoReverseMatch, reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import expect

from trupaths.staff import sessions

from . import trees
from .test_desk import PASSWORD, desk, desk_faults

__all__ = ["desk"]  # its things, and Ana


@pytest.fixture(autouse=True)
def second_factor(settings):
    settings.STAFF_SECOND_FACTOR = True


def with_password(page):
    page.goto(reverse("admin:index"))
    page.get_by_label("Username").fill("ana")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_load_state()


def use(page, code):
    page.get_by_label("Code").fill(code)
    page.locator("[type=submit]").click()
    page.wait_for_load_state()


def type_code(page, key, later=0):
    """What the phone with this key shows; `later` of its codes from now, as each is taken once."""
    figures = TOTP(b32decode(key.replace(" ", "")), drift=later).token()
    use(page, f"{figures:06}")


def set_up(page):
    """Through the first sign-in, as far as the recovery codes; returns the key of the phone."""
    with_password(page)
    key = page.locator(".desk-key").inner_text()
    type_code(page, key)
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    return key


def again(page, key):
    TOTPDevice.objects.update(last_t=-1, throttling_failure_count=0)
    with_password(page)
    type_code(page, key)
    expect(page.get_by_text("Waiting for someone")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_phone_is_set_up_and_asked_for_from_then_on(visit, desk, javascript):
    page = visit(javascript=javascript, width=320)
    with_password(page)
    picture = page.get_by_role("img", name="QR code")
    expect(picture).to_be_visible()
    if javascript:
        assert picture.evaluate("img => img.complete && img.naturalWidth") > 100
    key = set_up(page)
    codes = page.locator(".desk-codes code").all_inner_texts()
    assert len(codes) == 10
    page.get_by_role("link", name="I have them: go on").click()
    expect(page.get_by_text("Waiting for someone")).to_be_visible()
    for way in (lambda: type_code(page, key, later=1), lambda: use(page, codes[0])):
        page.get_by_role("button", name="Log out").click()
        expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
        with_password(page)
        way()
        expect(page.get_by_text("Waiting for someone")).to_be_visible()
    expect(page.get_by_text("9 are left")).to_be_visible()


def test_each_step_can_be_used_by_everyone(visit, desk):
    page = visit()
    faults = []

    def look(way):
        faults.extend(desk_faults(page, way))
        if page.locator("h1").count() != 1:
            faults.append(f"{page.url}: not one first heading")
        page.set_viewport_size({"width": 320, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{page.url}: scrolls sideways at 320 px")

    look(lambda: page.goto(reverse("admin:login")))
    faults += trees.faults(page.locator("body"), "staff sign-in")
    with_password(page)
    look(lambda: page.goto(reverse("admin:enrol")))
    look(lambda: use(page, "nothing"))  # an error, said
    TOTPDevice.objects.update(throttling_failure_count=0)
    key = set_up(page)
    page.get_by_role("link", name="I have them: go on").click()
    look(lambda: page.goto(reverse("admin:own")))

    def new_codes():
        page.goto(reverse("admin:own"))
        page.get_by_label("Your password").fill(PASSWORD)
        page.get_by_role("button", name="Make new recovery codes").click()
        expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()

    look(new_codes)
    page.goto(reverse("admin:own"))
    page.get_by_role("button", name="Log out").click()
    look(lambda: (again(page, key), page.get_by_role("button", name="Log out").click()))
    with_password(page)
    look(lambda: page.goto(reverse("admin:code")))
    assert not faults, "\n".join(faults)


def test_who_is_idle_is_told_before_the_session_ends_and_stays_on_a_press(visit, desk):
    page = visit()
    page.clock.install()
    set_up(page)
    with page.expect_navigation():  # whole: the clock is turned on the page that follows
        page.get_by_role("link", name="I have them: go on").click()
    note = page.get_by_role("alert")
    page.clock.fast_forward("24:59")
    expect(note).to_have_count(0)
    page.clock.fast_forward("00:01")
    expect(note).to_contain_text("You will be signed out in 5 minutes.")
    note.get_by_role("button", name="Stay signed in").click()
    expect(note).to_have_count(0)
    page.clock.fast_forward("25:00")
    page.clock.fast_forward("05:00")
    expect(note).to_contain_text("You are signed out.")
    expect(note.get_by_role("button")).to_have_count(0)


def test_who_works_on_is_told_before_the_hours_are_over(visit, desk):
    page = visit()
    page.clock.install()
    set_up(page)
    session = SessionStore(sessions.of(User.objects.get(username="ana"))[0].key)
    session["since"] -= sessions.AT_MOST - 10 * 60  # ten minutes are left
    session.save()
    page.goto(reverse("admin:index"))
    note = page.get_by_role("alert")
    page.clock.fast_forward("04:30")
    expect(note).to_have_count(0)
    page.clock.fast_forward("00:30")
    expect(note).to_contain_text("You will be signed out in 5 minutes. A sign-in lasts 12 hours.")
    expect(note.get_by_role("button")).to_have_count(0)
    page.clock.fast_forward("05:00")
    expect(note).to_contain_text("You are signed out.")


def test_each_page_of_the_desk_keeps_to_the_policy(visit, desk):
    """`visit` fails at a violation, an error in the console, a missing file or another host."""
    page = visit(status=403)  # what nobody may add
    set_up(page)
    opened = 0
    for path in desk_paths():
        opened += page.goto(path).status == 200
    assert opened > 60


def desk_paths():
    """Our own pages, and what each model has: list, form, history, spreadsheets, steps."""
    yield from (reverse(f"admin:{name}") for name in ("index", "own", "password_change"))
    for label in sorted({model._meta.app_label for model in admin.site._registry}):
        yield reverse("admin:app_list", args=[label])
    yield reverse("admin:auth_user_password_change", args=[User.objects.get(username="ana").pk])
    for model in admin.site._registry:
        name, one = model._meta.label_lower.replace(".", "_"), model.objects.first()
        acts = [(act, []) for act in ("changelist", "add", "import", "export")]
        if one:
            acts += [(act, [one.pk]) for act in ("change", "history", "delete", "publishing")]
        for act, args in acts:
            with suppress(NoReverseMatch):
                yield reverse(f"admin:{name}_{act}", args=args)
