"""The second factor: a phone that makes codes, and recovery codes for when it is gone.

Devices and their checks are django-otp's: a code is taken once, and after each wrong one of a phone
the wait doubles. Of recovery codes, which nobody guesses, only a keyed hash is stored.
"""

import re
import secrets
from base64 import b32encode
from io import BytesIO

import segno
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp import verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
LENGTH = 10


def phone(user):
    """What makes this person's codes, or None."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def stands(user, pk):
    """Is the factor with which this session began still this person's?"""
    if not settings.STAFF_SECOND_FACTOR:
        return True
    return pk is not None and TOTPDevice.objects.filter(pk=pk, user=user, confirmed=True).exists()


def begin(user):
    """A new phone that has to show one code before it counts."""
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    return TOTPDevice.objects.create(user=user, name="phone", confirmed=False)


def begun(user, pk):
    return TOTPDevice.objects.filter(user=user, pk=pk, confirmed=False).first()


def spelled(device):
    """The key for those who type it: base32 in groups of four."""
    return re.sub(r"(....)(?=.)", r"\1 ", b32encode(device.bin_key).decode())


def drawn(device):
    """The same as a QR code: the bytes of an SVG."""
    out = BytesIO()
    code = segno.make(device.config_url, micro=False)
    code.save(out, kind="svg", scale=5, border=4, light="#fff", svgclass=None, lineclass=None)
    return out.getvalue()


@transaction.atomic
def confirm(device, typed, *, instead):
    """The new phone counts once its code fits: returns the recovery codes, else None.

    With `instead` it takes the place of the person's phone; without, they may have none.
    """
    user = get_user_model().objects.select_for_update().get(pk=device.user_id)
    if phone(user) and not instead:
        return None
    if not verify_token(user, device.persistent_id, _plain(typed)):
        return None
    TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
    return new_recovery_codes(user)


def accept(user, typed):
    """“code” or “recovery code” when it fits, each once; else an empty text."""
    code = _plain(typed)
    if re.fullmatch(r"[0-9]{6}", code):
        device = phone(user)
        return "code" if device and verify_token(user, device.persistent_id, code) else ""
    device = StaticDevice.objects.filter(user=user, confirmed=True).first()
    if device is None:
        return ""
    # The key of the site may have been changed since.
    sealed = [_sealed(code, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    known = device.token_set.filter(token__in=sealed).values_list("token", flat=True).first()
    fits = verify_token(user, device.persistent_id, known or sealed[0])
    return "recovery code" if fits else ""


@transaction.atomic
def new_recovery_codes(user):
    """Ten codes to write down; older ones fit no more."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery codes")
    codes = ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(
        StaticToken(device=device, token=_sealed(code, settings.SECRET_KEY)) for code in codes
    )
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def recovery_codes_left(user):
    return StaticToken.objects.filter(device__user=user).count()


def reset(user):
    """Take the factor away: the next sign-in sets up a new one. Returns whether there was one."""
    there = phone(user) is not None
    for model in (TOTPDevice, StaticDevice):
        model.objects.filter(user=user).delete()
    return there


def _plain(typed):
    return re.sub(r"[\s-]", "", typed).lower()


def _sealed(code, key):
    """80 bits, as many as the column of django-otp takes."""
    sealed = salted_hmac("trupaths.staff.factor", code, secret=key, algorithm="sha256")
    return b32encode(sealed.digest())[:16].decode()
