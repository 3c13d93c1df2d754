"""“Your sign-in”: the phone, the recovery codes and the sessions of whoever looks."""

import logging

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render

from trupaths import limits

from . import factor, sessions, signing

log = logging.getLogger("trupaths.staff")


class Password(forms.Form):
    """What is changed here asks for the password once more: a screen may have been left open."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request, *args):
        super().__init__(*args)
        self.request = request

    def clean_password(self):
        user, what = self.request.user, f"password {self.request.user.pk}"
        if limits.wait(self.request, what, most=signing.TRIES, seconds=signing.WITHIN):
            log.warning("password locked: user %s", user.pk)
            raise forms.ValidationError("Too many wrong tries. Try again in 15 minutes.")
        if not user.check_password(self.cleaned_data["password"]):
            log.warning("password refused: user %s", user.pk)
            raise forms.ValidationError("That is not your password. Nothing was changed.")
        limits.forgive(self.request, what)
        return ""


def own(request, site):
    form = Password(request, request.POST or None)
    act = {"codes": _new_codes, "phone": _new_phone, "end": _end}.get(request.POST.get("act"))
    if act and form.is_valid():
        return act(request, site)
    context = site.each_context(request) | {
        "title": "Your sign-in",
        "form": form,
        "phone": factor.phone(request.user),
        "left": factor.recovery_codes_left(request.user),
        "held": sessions.of(request.user),
        "this": request.session.session_key,
    }
    return render(request, "admin/staff/own.html", context)


def _new_codes(request, site):
    codes = factor.new_recovery_codes(request.user)
    log.info("new recovery codes: user %s", request.user.pk)
    return signing.show_recovery_codes(request, site, codes, request.path)


def _new_phone(request, site):
    request.session[signing.NEW_PHONE] = factor.begin(request.user).pk
    return redirect("admin:enrol")


def _end(request, site):
    this, marks = request.session.session_key, set(request.POST.getlist("session"))
    count = sessions.end(request.user, but=this, marks=marks)
    log.info("sessions ended: %s, user %s", count, request.user.pk)
    messages.success(request, f"Sessions ended: {count}.")
    return redirect("admin:own")
