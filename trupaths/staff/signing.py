"""The steps from a name to a session. Only the last one signs in."""

import logging
import time
import unicodedata

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model, login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from trupaths import limits

from . import factor, sessions

log = logging.getLogger("trupaths.staff")

TRIES, WITHIN = 5, 15 * 60  # wrong ones of one name from one connection, seconds
TRIES_IN_ALL = 60  # of all names from one connection
PENDING, NEW_PHONE = "pending", "new phone"
PENDING_FOR = 10 * 60  # seconds from the password to the code

TRY_LATER = (
    "Too many wrong tries from this connection. Try again in {} minutes; from another connection "
    "you can sign in at once."
)
NO_FIT = (
    "That code does not fit, or it was used before. Wait until your phone shows a new one, and "
    "type that."
)


class CodeForm(forms.Form):
    code = forms.CharField(
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


def name_and_password(request, site):
    """The first step. With it alone nobody is signed in."""
    if request.method == "GET" and site.has_permission(request):
        return redirect(_onward(request))
    if request.method != "POST":
        return _asked(request, site, AdminAuthenticationForm(request))
    # As Django compares names, but one lock for all ways to write it.
    name = unicodedata.normalize("NFKC", request.POST.get("username", "")).casefold()
    what = f"sign-in {name}"
    seconds = limits.wait(request, "sign-in", most=TRIES_IN_ALL, seconds=WITHIN)
    if seconds := seconds or limits.wait(request, what, most=TRIES, seconds=WITHIN):
        log.warning("sign-in locked: %s, from %s", _known(name), limits.mark(request))
        return _asked(request, site, AdminAuthenticationForm(request), locked=seconds)
    form = AdminAuthenticationForm(request, request.POST)
    if not form.is_valid():
        log.warning("sign-in refused: %s, from %s", _known(name), limits.mark(request))
        return _asked(request, site, form)
    limits.forgive(request, what)
    user = form.get_user()
    if not settings.STAFF_SECOND_FACTOR:
        return _enter(request, user, None, "password alone", _onward(request))
    return _half_way(request, user)


def _asked(request, site, form, *, locked=0):
    context = site.each_context(request) | {
        "title": "Sign in",
        "form": form,
        "next": _onward(request),
        "locked": TRY_LATER.format(_minutes(locked)) if locked else "",
    }
    return _answer(request, "admin/login.html", context, locked)


def _half_way(request, user):
    """The password was right; the session knows so for ten minutes, under a key of its own."""
    request.session.cycle_key()
    request.session[PENDING] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "at": int(time.time()),
        "next": _onward(request),
    }
    if factor.phone(user):
        return redirect("admin:code")
    request.session[NEW_PHONE] = factor.begin(user).pk
    return redirect("admin:enrol")


def code(request, site):
    """The second step: a code from the phone, or a recovery code."""
    user, onward = _pending(request)
    if user is None or not (device := factor.phone(user)):
        return _anew(request)
    form, what = CodeForm(request.POST or None), f"code {user.pk}"
    if request.method == "POST" and form.is_valid():
        if locked := limits.wait(request, what, most=TRIES, seconds=WITHIN):
            log.warning("code locked: user %s, from %s", user.pk, limits.mark(request))
            form.add_error("code", TRY_LATER.format(_minutes(locked)))
            return _code_asked(request, site, form, locked)
        if how := factor.accept(user, form.cleaned_data["code"]):
            limits.forgive(request, what)
            return _enter(request, user, device, how, onward)
        log.warning("code refused: user %s, from %s", user.pk, limits.mark(request))
        form.add_error("code", NO_FIT)
    return _code_asked(request, site, form)


def _code_asked(request, site, form, locked=0):
    context = site.each_context(request) | {"title": "Your code", "form": form}
    return _answer(request, "admin/staff/code.html", context, locked)


def enrol(request, site):
    """A phone is set up: before the first sign-in ends, or in place of another one."""
    user, onward, device = _enrolling(request)
    if device is None:
        return _anew(request)
    form, instead = CodeForm(request.POST or None), request.user.is_authenticated
    form.fields["code"].widget.attrs["inputmode"] = "numeric"
    if request.method == "POST" and form.is_valid():
        codes = factor.confirm(device, form.cleaned_data["code"], instead=instead)
        if codes:
            log.info("second factor set up: user %s", user.pk)
            _enter(request, user, device, "code", onward)
            return show_recovery_codes(request, site, codes, onward)
        log.warning("code refused at set-up: user %s", user.pk)
        form.add_error("code", NO_FIT)
    context = site.each_context(request) | {
        "title": "Set up your phone",
        "form": form,
        "key": factor.spelled(device),
        "instead": instead,
    }
    return _answer(request, "admin/staff/enrol.html", context)


def qr_code(request):
    _, _, device = _enrolling(request)
    if device is None:
        raise Http404
    return HttpResponse(factor.drawn(device), content_type="image/svg+xml")


def show_recovery_codes(request, site, codes, onward):
    """In the answer itself: they are stored nowhere, so that no page can show them again."""
    context = site.each_context(request) | {
        "title": "Your recovery codes",
        "codes": codes,
        "onward": onward,
    }
    return render(request, "admin/staff/recovery_codes.html", context)


def _enrolling(request):
    """Who sets up a phone, where they go afterwards, and the phone: this session began with it."""
    user, onward = _pending(request)
    if request.user.is_authenticated:
        user, onward = request.user, reverse("admin:own")
    device = factor.begun(user, request.session.get(NEW_PHONE)) if user else None
    return user, onward, device


def _pending(request):
    """Who gave the right password in this session just now, and where they wanted to go."""
    pending = request.session.get(PENDING)
    if not pending or time.time() - pending["at"] > PENDING_FOR:
        return None, ""
    user = get_user_model().objects.filter(pk=pending["user"]).first()
    if not (user and user.is_active and user.is_staff):
        return None, ""
    if not constant_time_compare(pending["hash"], user.get_session_auth_hash()):
        return None, ""
    return user, pending["next"]


def _anew(request):
    if request.user.is_authenticated:
        return redirect("admin:own")
    if request.session.pop(PENDING, None):
        messages.info(request, "Please sign in again: that took longer than ten minutes.")
    return redirect("admin:login")


def _enter(request, user, device, how, onward):
    """Sign in: a new session key, and nothing left of the way here."""
    login(request, user)
    for name in (PENDING, NEW_PHONE):
        request.session.pop(name, None)
    sessions.begin(request.session, device)
    log.info("signed in by %s: user %s, from %s", how, user.pk, limits.mark(request))
    if how == "recovery code":
        left = factor.recovery_codes_left(user)
        messages.warning(
            request,
            f"That recovery code is used up; {left} are left. If your phone is gone, set up "
            "another under “Your sign-in”.",
        )
    return redirect(onward)


def _onward(request):
    """The page asked for, when it is one of ours; else the first page of the admin."""
    asked = request.POST.get("next", request.GET.get("next", ""))
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours else reverse("admin:index")


def _known(name):
    """A typed name as a log may hold it: a number, or nothing."""
    user = get_user_model().objects.filter(username__iexact=name).first() if name else None
    return f"user {user.pk}" if user else "no such user"


def _answer(request, template, context, locked=0):
    response = render(request, template, context, status=429 if locked else 200)
    if locked:
        response.headers["Retry-After"] = str(locked)
    return response


def _minutes(seconds):
    return -(-seconds // 60)
