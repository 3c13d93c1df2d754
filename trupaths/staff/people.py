"""Accounts in the admin: whose second factor there is, a reset of it, sessions ended."""

import logging

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.db.models import Exists, OuterRef
from django_otp.plugins.otp_totp.models import TOTPDevice

from . import factor, sessions

log = logging.getLogger("trupaths.staff")


class People(UserAdmin):
    list_display = ("username", "first_name", "last_name", "is_staff", "is_active", "has_phone")
    actions = ["reset_second_factor", "end_sessions"]

    def get_queryset(self, request):
        phones = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        return super().get_queryset(request).annotate(phone=Exists(phones))

    @admin.display(description="Second factor", boolean=True)
    def has_phone(self, user):
        return user.phone

    def has_superuser_permission(self, request):
        return request.user.is_superuser

    @admin.action(
        description="Reset the second factor (set up anew at the next sign-in)",
        permissions=["superuser"],
    )
    def reset_second_factor(self, request, queryset):
        for user in queryset:
            if factor.reset(user):
                self._ended(request, user, "Second factor reset")
            else:
                self.message_user(request, f"{user}: no second factor was set up.")

    @admin.action(description="End all sessions", permissions=["superuser"])
    def end_sessions(self, request, queryset):
        for user in queryset:
            self._ended(request, user, "Sessions ended")

    def _ended(self, request, user, what):
        count = sessions.end(user)
        log.warning("%s: user %s, by user %s", what.lower(), user.pk, request.user.pk)
        self.log_change(request, user, f"{what}.")
        self.message_user(request, f"{user}: {what.lower()}; signed in: {count}.", messages.SUCCESS)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and not (obj.is_active and obj.is_staff):
            sessions.end(obj)
            log.info("may not sign in: user %s, by user %s", obj.pk, request.user.pk)

    def user_change_password(self, request, id, form_url=""):
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            user = self.get_object(request, id)
            log.info("password set: user %s, by user %s", user.pk, request.user.pk)
            mine = request.session.session_key if user == request.user else None
            sessions.end(user, but=mine)
        return response
