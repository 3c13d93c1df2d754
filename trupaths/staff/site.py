"""The admin site: sign-in in two steps, sign-out that leaves nothing, and the pages between."""

import logging
from functools import partial, wraps

from django import db
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
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

    def admin_view(self, view, cacheable=False):
        return super().admin_view(_within_range(view), cacheable)

    def each_context(self, request):
        context = super().each_context(request)
        if self.has_permission(request):
            context["session_minutes"] = settings.SESSION_COOKIE_AGE // 60
            context["session_left"] = sessions.left(request.session)
        return context

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


def _within_range(view):
    """Django lets an address ask for a row by a number that no database holds (`?pk__in=`)."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except (OverflowError, db.DataError) as error:
            if request.method == "GET":
                raise BadRequest("The address holds a number that is too large.") from error
            raise

    return answer


def _read(view):
    return require_http_methods(["GET", "HEAD"])(view)


def _step(view):
    return never_cache(sensitive_post_parameters()(require_http_methods(METHODS)(view)))
