"""Staff sign in with a password and a code; what ends it, what it refuses, what it writes down."""

import logging
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.factories import create_therapy
from trupaths.staff import factor

pytestmark = pytest.mark.django_db

PASSWORD = "a long way to the lake"
DESK, LOGIN, CODE, ENROL = "/admin/", "/admin/login/", "/admin/code/", "/admin/enrol/"
OWN, QR, PEOPLE = "/admin/your-sign-in/", "/admin/enrol/qr.svg", "/admin/auth/user/"
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def second_factor(settings):
    settings.STAFF_SECOND_FACTOR = True


@pytest.fixture
def ana(db):
    return User.objects.create_superuser("ana", password=PASSWORD)


def password(client, name="ana", typed=PASSWORD, at=HOME, **data):
    data |= {"username": name, "password": typed}
    return client.post(LOGIN, data, REMOTE_ADDR=at)


def figures(user, *, confirmed=True, later=0):
    """What the phone shows; `later` of its codes from now, as each is taken once."""
    device = TOTPDevice.objects.get(user=user, confirmed=confirmed)
    totp = TOTP(device.bin_key, drift=later)
    return f"{totp.token():06}"


def enrolled(client, user):
    """Through the first sign-in; returns the recovery codes. The phone's code counts as unused."""
    password(client, user.username)
    answer = client.post(ENROL, {"code": figures(user, confirmed=False)})
    TOTPDevice.objects.update(last_t=-1)
    return answer.context["codes"]


def signed_in(client):
    return client.get(DESK).status_code == 200


def test_the_first_sign_in_sets_up_a_phone(client, ana):
    answer = password(client)
    assert answer["Location"] == ENROL and not signed_in(client)
    keys = [client.session.session_key]
    page = client.get(ENROL)
    device = TOTPDevice.objects.get()
    assert page.context["key"].replace(" ", "") in device.config_url
    assert "issuer=TruPaths" in device.config_url
    drawn = client.get(QR)
    assert drawn["Content-Type"].startswith("image/svg+xml") and drawn.content.startswith(b"<?xml")
    assert b"style" not in drawn.content and "no-store" in drawn["Cache-Control"]
    assert "does not fit" in client.post(ENROL, {"code": "12345"}).content.decode()
    assert not signed_in(client)
    TOTPDevice.objects.update(throttling_failure_count=0)
    answer = client.post(ENROL, {"code": figures(ana, confirmed=False)})
    assert len(set(answer.context["codes"])) == 10
    assert signed_in(client) and client.session.session_key not in keys
    assert client.get(QR).status_code == 404  # the key is shown no more
    stored = " ".join(StaticToken.objects.values_list("token", flat=True))
    assert not any(code.replace("-", "") in stored.lower() for code in answer.context["codes"])


def test_a_password_alone_opens_nothing(client, ana):
    enrolled(client, ana)
    draft = create_therapy(status="draft")
    other = Client()
    assert password(other)["Location"] == CODE
    for path in (DESK, OWN, PEOPLE, ENROL, QR, draft.get_absolute_url()):
        assert other.get(path).status_code in (302, 404), path
    assert client.get(draft.get_absolute_url()).status_code == 200
    assert signed_in(client) and not signed_in(other)


def test_a_password_alone_replaces_no_phone(client, ana):
    enrolled(client, ana)
    phone = TOTPDevice.objects.get()
    other = Client()
    password(other)
    session = other.session  # as if it had begun while there was none
    session["new phone"] = factor.begin(ana).pk
    session.save()
    other.post(ENROL, {"code": figures(ana, confirmed=False)})
    assert TOTPDevice.objects.get(confirmed=True) == phone and not signed_in(other)
    bare = Client()
    bare.force_login(ana)  # a session that never showed a code
    assert not signed_in(bare) and signed_in(client)


def test_a_code_is_taken_once_and_within_ten_minutes(client, ana):
    enrolled(client, ana)
    code = figures(ana)
    one, two, late = Client(), Client(), Client()
    for each in (one, two, late):
        password(each)
    assert one.post(CODE, {"code": f" {code[:3]} {code[3:]} "})["Location"] == DESK
    assert "used before" in two.post(CODE, {"code": code}).content.decode()
    session = late.session
    session["pending"] = session["pending"] | {"at": session["pending"]["at"] - 601}
    session.save()
    TOTPDevice.objects.update(throttling_failure_count=0)
    answer = late.post(CODE, {"code": figures(ana, later=1)}, follow=True)
    assert "longer than ten minutes" in answer.content.decode() and not signed_in(late)


def test_a_recovery_code_signs_in_once(client, ana, settings):
    codes = enrolled(client, ana)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 9
    client, other = Client(), Client()
    for each in (client, other):
        password(each)
    answer = client.post(CODE, {"code": codes[3].upper().replace("-", " ")}, follow=True)
    assert "9 are left" in answer.content.decode()
    assert "<strong>9</strong> recovery codes left" in client.get(OWN).content.decode()
    other.post(CODE, {"code": codes[3]})
    assert signed_in(client) and not signed_in(other)


def test_five_wrong_passwords_lock_one_name_from_one_address(client, ana):
    enrolled(client, ana)
    User.objects.create_superuser("rea", password=PASSWORD)
    client = Client()
    for _ in range(5):
        assert "correct username" in password(client, typed="wrong").content.decode()
    for name in ("ana", "ANA", "\uff41na"):  # also in letters that Django takes for the same
        for typed in (PASSWORD, "wrong"):  # the lock does not tell which is right
            answer = password(client, name, typed)
            assert answer.status_code == 429 and 0 < int(answer["Retry-After"]) <= 900
            text = answer.content.decode()
            assert "Try again in 15 minutes" in text and "correct username" not in text
    assert password(client, at=ELSEWHERE)["Location"] == CODE
    assert password(client, "rea")["Location"] == ENROL


def test_what_was_right_in_the_end_counts_no_more(client, ana):
    for _ in range(3):
        for _ in range(4):
            password(client, typed="wrong")
        assert password(client).status_code == 302


def test_many_names_from_one_address_are_held_back(client, ana, monkeypatch):
    monkeypatch.setattr("trupaths.staff.signing.TRIES_IN_ALL", 3)
    for name in ("a", "b", "c"):
        assert password(client, name, "wrong").status_code == 200
    assert password(client).status_code == 429


def test_five_wrong_codes_lock_this_connection(client, ana):
    codes = enrolled(client, ana)
    client = Client(REMOTE_ADDR=HOME)
    password(client)
    for _ in range(5):
        assert client.post(CODE, {"code": "nothing-like-it"}).status_code == 200
    answer = client.post(CODE, {"code": codes[0]})
    assert answer.status_code == 429 and int(answer["Retry-After"]) > 0
    assert not signed_in(client)
    assert StaticToken.objects.count() == 10


def test_half_an_hour_without_a_page_ends_a_session(client, ana):
    enrolled(client, ana)

    def pass_by(minutes):
        row, session = Session.objects.get(), client.session
        session["seen"] -= minutes * 60
        session.save()
        Session.objects.update(expire_date=row.expire_date - timedelta(minutes=minutes))

    for _ in range(3):  # someone who works stays signed in
        pass_by(20)
        assert signed_in(client)
        assert Session.objects.get().expire_date - timezone.now() > timedelta(minutes=29)
    pass_by(31)
    assert not signed_in(client)


def test_twelve_hours_end_a_session_in_use(client, ana):
    enrolled(client, ana)
    session = client.session
    session["since"] -= 12 * 3600 - 30
    session.save()
    assert signed_in(client)
    session["since"] -= 30
    session.save()
    assert not signed_in(client) and not Session.objects.filter(pk=session.session_key).exists()


def test_a_changed_password_ends_all_other_sessions(client, ana):
    codes = enrolled(client, ana)
    other = Client()
    password(other)
    other.post(CODE, {"code": codes[0]})
    assert signed_in(other)
    new = "another way to the lake"
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    before = client.session.session_key
    assert client.post("/admin/password_change/", data).status_code == 302
    assert Session.objects.get().session_key == client.session.session_key != before
    assert signed_in(client) and not signed_in(other)


@pytest.mark.parametrize("switch", ["is_active", "is_staff"])
def test_whoever_may_not_work_here_any_more_is_out_at_once(client, ana, switch):
    enrolled(client, ana)
    User.objects.update(**{switch: False})
    assert not signed_in(client)
    User.objects.update(**{switch: True})
    # Nobody who was switched off comes back by an old session.
    assert signed_in(client) == (switch == "is_staff")


def test_signing_out_leaves_nothing_of_the_desk_and_all_of_the_visitor(client, ana):
    enrolled(client, ana)
    client.cookies["visitor"] = "a-key"
    assert client.get("/admin/logout/").status_code == 405
    answer = client.post("/admin/logout/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.cookies["sessionid"]["max-age"] == 0 and "visitor" not in answer.cookies
    assert not Session.objects.exists() and not signed_in(client)


def test_someone_sees_and_ends_their_own_sessions(client, ana):
    codes = enrolled(client, ana)
    other = Client()
    password(other)
    other.post(CODE, {"code": codes[0]})
    held = client.get(OWN).context["held"]
    assert len(held) == 2
    assert other.session.session_key not in client.get(OWN).content.decode()
    marks = [each.mark for each in held]
    answer = client.post(OWN, {"act": "end", "session": marks, "password": "wrong"})
    assert "Nothing was changed" in answer.content.decode() and signed_in(other)
    client.post(OWN, {"act": "end", "session": marks, "password": PASSWORD})
    assert signed_in(client) and not signed_in(other)


def test_new_recovery_codes_replace_the_old_ones(client, ana):
    old = enrolled(client, ana)
    new = client.post(OWN, {"act": "codes", "password": PASSWORD}).context["codes"]
    assert len(new) == 10 and not set(old) & set(new)
    for code, fits in ((old[0], False), (new[0], True)):
        other = Client()
        password(other)
        other.post(CODE, {"code": code})
        assert signed_in(other) == fits


def test_another_phone_takes_the_place_of_the_first(client, ana):
    codes = enrolled(client, ana)
    other = Client()
    password(other)
    other.post(CODE, {"code": codes[0]})
    assert client.get(ENROL)["Location"] == OWN  # not without the password
    assert client.post(OWN, {"act": "phone", "password": PASSWORD})["Location"] == ENROL
    assert "stops working once" in client.get(ENROL).content.decode()
    assert signed_in(other)
    client.post(ENROL, {"code": figures(ana, confirmed=False)})
    assert TOTPDevice.objects.count() == 1
    assert signed_in(client) and not signed_in(other)


def test_a_superuser_resets_a_factor_and_ends_sessions(client, ana):
    rea = User.objects.create_user("rea", password=PASSWORD, is_staff=True)
    rea.user_permissions.set(Permission.objects.filter(content_type__model="user"))
    hers = Client()
    codes = enrolled(hers, rea)
    enrolled(client, ana)

    def act(by, action, whom):
        data = {"action": action, "_selected_action": [whom.pk]}
        return by.post(PEOPLE, data, follow=True).content.decode()

    act(hers, "reset_second_factor", ana)
    act(hers, "end_sessions", ana)
    assert signed_in(client) and TOTPDevice.objects.filter(user=ana).exists()
    assert "signed in: 1" in act(client, "end_sessions", rea)
    assert not signed_in(hers) and TOTPDevice.objects.filter(user=rea).exists()
    password(hers, "rea")
    hers.post(CODE, {"code": codes[0]})
    assert signed_in(hers)
    act(client, "reset_second_factor", rea)
    assert not signed_in(hers) and password(hers, "rea")["Location"] == ENROL
    assert "no second factor" in act(client, "reset_second_factor", rea)
    assert 'alt="True"' in client.get(PEOPLE).content.decode()
    # The keys of phones and recovery codes are no pages.
    for path in ("otp_totp/totpdevice/", "otp_static/staticdevice/"):
        assert client.get(DESK + path).status_code == 404


def test_a_password_set_by_another_keeps_the_factor(client, ana):
    rea = User.objects.create_user("rea", password=PASSWORD, is_staff=True)
    hers = Client()
    enrolled(hers, rea)
    enrolled(client, ana)
    new = "a new way to the lake"
    data = {"password1": new, "password2": new, "usable_password": "true"}
    assert client.post(f"{PEOPLE}{rea.pk}/password/", data).status_code == 302
    assert not signed_in(hers) and signed_in(client)
    assert password(hers, "rea", new)["Location"] == CODE


def test_an_account_switched_off_in_the_admin_loses_its_sessions(client, ana):
    rea = User.objects.create_user("rea", password=PASSWORD, is_staff=True)
    enrolled(Client(), rea)
    enrolled(client, ana)
    data = {"username": "rea", "date_joined_0": "2026-01-01", "date_joined_1": "10:00:00"}
    assert client.post(f"{PEOPLE}{rea.pk}/change/", data).status_code == 302
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    "told", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_way_on_stays_on_this_site(client, ana, told):
    enrolled(client, ana)
    for there, way in ((told, DESK), (PEOPLE, PEOPLE)):
        client = Client()
        TOTPDevice.objects.update(last_t=-1)
        password(client, next=there)
        assert client.post(CODE, {"code": figures(ana)})["Location"] == way
        assert client.get(LOGIN, {"next": there})["Location"] == way


def test_the_log_says_who_and_holds_nothing_typed(client, ana, caplog):
    caplog.set_level(logging.INFO, "trupaths.staff")
    password(client, "my-secret-as-name", "wrong-one")
    password(client, typed="wrong-one")
    codes = enrolled(client, ana)
    other = Client()
    password(other)
    other.post(CODE, {"code": "999-zz"})
    other.post(CODE, {"code": codes[0]})
    other.post(OWN, {"act": "codes", "password": PASSWORD})
    other.post("/admin/logout/")
    said = [re.sub(", from [0-9a-f]{12}$", "", each) for each in caplog.messages]
    assert said == [
        "sign-in refused: no such user",
        *(f"{what}: user {ana.pk}" for what in (
            "sign-in refused", "second factor set up", "signed in by code", "code refused",
            "signed in by recovery code", "new recovery codes", "signed out",
        )),
    ]  # fmt: skip
    for secret in ("my-secret", "wrong-one", "999-zz", PASSWORD, HOME, "127.0.0.1", *codes):
        assert secret not in caplog.text


def test_a_password_holds_no_name_of_the_site_or_of_its_owner(settings):
    settings.SITE_URL = "https://www.harbour.example"
    for word in ("my TruPaths password", "Tru-Paths for ever and ever", "the harbour at night"):
        with pytest.raises(ValidationError, match="name of this site"):
            validate_password(word)
    with pytest.raises(ValidationError, match="at least 15"):
        validate_password("mossy-lantern1")
    validate_password("mossy lanterns 7")
    validate_password("many long words about the lake in winter " * 4)
    anna = User(
        username="athornfield", first_name="Ann", last_name="Thornfield", email="mossy@x.org"
    )
    for word in ("thornfield thornfield", "A. Thornfield at sea", "mossy lanterns 77"):
        with pytest.raises(ValidationError, match="your own name"):
            validate_password(word, anna)
    validate_password("planning a long walk", anna)  # three letters stand in many words


def test_settings_that_would_open_the_desk_stop_the_start(started):
    there = {"SITE_URL": "https://trupaths.example", "SECRET_KEY": "x" * 60}
    assert started(**there)["STAFF_SECOND_FACTOR"] is True
    assert started(STAFF_SECOND_FACTOR="0")["STAFF_SECOND_FACTOR"] is False
    assert started(ADMIN_PATH="/desk-7f3a")["ADMIN_PATH"] == "desk-7f3a/"
    with pytest.raises(ImproperlyConfigured, match="this machine only"):
        started(**there, STAFF_SECOND_FACTOR="0")
    for wrong in ("", "/", "../x", "Desk", "a b", "a//b"):
        with pytest.raises(ImproperlyConfigured, match="ADMIN_PATH"):
            started(ADMIN_PATH=wrong)
