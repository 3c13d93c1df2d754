"""LEAF: how often one connection may do a thing, counted in the database for all processes.

No address is held: only a keyed hash of it, another one each day, and no longer than it counts.
"""

import ipaddress
import math
from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.template import loader
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Use


def wait(request, what, *, most, seconds):
    """0, and this use is counted; or for how many seconds there is no other, after `most`."""
    forget()
    now, key = timezone.now(), _key(request, what)
    use = Use.objects.create(key=key, until=now + timedelta(seconds=seconds))
    # Written before it is counted, so that two at once are never both the last one allowed.
    ends = list(Use.objects.filter(key=key).order_by("until").values_list("until", flat=True))
    if len(ends) <= most:
        return 0
    use.delete()
    return max(1, math.ceil((ends[0] - now).total_seconds()))


def forgive(request, what):
    """What came before counts no more: it was right in the end."""
    Use.objects.filter(key=_key(request, what)).delete()


def mark(request):
    """A name for the connection, another one each day: tells lines of a log apart."""
    return _key(request, "mark")[:12]


def too_many(seconds, **context):
    """The page that asks to wait so many seconds."""
    context |= {"minutes": math.ceil(seconds / 60)}
    page = loader.get_template("429.html").render(context)
    return HttpResponse(page, status=429, headers={"Retry-After": str(seconds)})


def forget():
    """Delete what counts no more; returns how many."""
    return Use.objects.filter(until__lte=timezone.now()).delete()[0]


def _key(request, what):
    value = f"{what}|{network(request)}|{timezone.localdate()}"
    return salted_hmac("trupaths.limits", value, algorithm="sha256").hexdigest()


def network(request):
    """The address that a request comes from; of IPv6 the half that tells networks apart.

    "" when only a proxy is known that `BEHIND_PROXY` does not tell of: it speaks for everyone.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:  # each adds whom it speaks for; what stands before, anyone may invent
        told = request.headers.get("X-Forwarded-For", "").split(",")
        address = told[-settings.PROXIES].strip() if len(told) >= settings.PROXIES else address
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.is_loopback and not settings.LOCAL:
        return ""
    if parsed.version == 4 or parsed.ipv4_mapped:
        return str(getattr(parsed, "ipv4_mapped", None) or parsed)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
