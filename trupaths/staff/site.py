"""The admin site: sign-in in two steps, sign-out that leaves nothing, and the pages between."""

import logging
from functools import partial

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from . import account, sessions, signing

log = logging.getLogger("trupaths.staff")

# Not "cookies": a saved list in the same browser belongs to the person, not to the desk.
LEAVE_NOTHING = '"cache", "storage"'
METHODS = ["GET", "HEAD", "POST"]


class Desk(AdminSite):
    site_header = "TruPaths"
    site_title = "TruPaths staff"
    index_title = "Therapies and places"

    def get_urls(self):
        return [
            path("code/", _step(partial(signing.code, site=self)), name="code"),
            path("enrol/", _step(partial(signing.enrol, site=self)), name="enrol"),
            path("enrol/qr.svg", never_cache(_read(signing.qr_code)), name="enrol_qr"),
            path(
                "your-sign-in/",
                self.admin_view(_step(partial(account.own, site=self))),
                name="own",
            ),
            *super().get_urls(),
        ]

    def each_context(self, request):
        signed_in = self.has_permission(request)
        minutes = settings.SESSION_COOKIE_AGE // 60 if signed_in else 0
        return super().each_context(request) | {"session_minutes": minutes}

    @method_decorator([never_cache, sensitive_post_parameters()])
    @login_not_required
    def login(self, request, extra_context=None):
        return signing.name_and_password(request, self)

    def logout(self, request, extra_context=None):
        who = request.user.pk
        response = super().logout(request, extra_context)
        if request.method == "POST":
            response.headers["Clear-Site-Data"] = LEAVE_NOTHING
            response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Strict")
            if who:
                log.info("signed out: user %s", who)
        return response

    def password_change(self, request, extra_context=None):
        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            log.info("password changed: user %s", request.user.pk)
            sessions.end(request.user, but=request.session.session_key)
        return response


def _read(view):
    return require_http_methods(["GET", "HEAD"])(view)


def _step(view):
    return never_cache(sensitive_post_parameters()(require_http_methods(METHODS)(view)))
