from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin, with our site and our page for accounts."""

    default_site = "trupaths.staff.site.Desk"

    def ready(self):
        super().ready()
        from django.contrib import admin
        from django.contrib.auth import get_user_model
        from django_otp.plugins.otp_static.models import StaticDevice
        from django_otp.plugins.otp_totp.models import TOTPDevice

        from .people import People

        # Nobody reads the keys of others, or sets a key that they know.
        admin.site.unregister([TOTPDevice, StaticDevice, get_user_model()])
        admin.site.register(get_user_model(), People)
