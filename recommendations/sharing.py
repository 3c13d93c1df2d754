"""A saved list in a link: for another device, or for someone else.

The link holds the numbers of places and therapies, the time it was made, and a random key, signed,
and nothing else: no note, no name, nothing that opens a visitor's memory. It ends by itself after
`SHARED_KEPT_DAYS`, and before that when the visitor who made it ends all links, which changes the
key, or erases everything.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from providers.cards import listings
from therapies.library import library

from .models import Visitor, share_key

SALT = "recommendations.sharing"
MOST = 100  # the newest; a longer address would not survive every mail


class Ended(Exception):
    """The link was ours; its time is up, or who made it ended it."""


class NotOurs(Exception):
    """The link was cut short, or never ours."""


@dataclass
class Shared:
    """What a link holds: (place, therapy it was saved for or None), therapies alone."""

    places: list = field(default_factory=list)
    therapies: list = field(default_factory=list)
    unlisted: int = 0


def link(visitor, saved):
    """The address of a page that shows these saved rows of a `Visitor`, newest first; "" when there
    is none."""
    places = [(row.provider_id, row.therapy_id or 0) for row in saved if row.provider_id]
    therapies = [row.therapy_id for row in saved if not row.provider_id]
    if not places and not therapies:
        return ""
    if visitor.shared_as is None:
        visitor.shared_as = share_key()
        visitor.save(update_fields=["shared_as"])
    held = [places[:MOST], therapies[:MOST], visitor.shared_as]
    token = signing.dumps(held, salt=SALT, compress=True)
    return f"{settings.SITE_URL}{reverse('recommendations:shared', args=[token])}"


def read(token):
    """`Shared`, of what is still listed. Raises `Ended` or `NotOurs`."""
    age = timedelta(days=settings.SHARED_KEPT_DAYS)
    try:
        pairs, alone, *key = signing.loads(token, salt=SALT, max_age=age)
    except signing.SignatureExpired:
        raise Ended from None
    except signing.BadSignature:
        raise NotOurs from None
    if not Visitor.objects.filter(shared_as__in=key).exists():
        raise Ended
    shelf = library().by_id
    rows = listings([place for place, _ in pairs])
    places = [(rows[place], shelf.get(therapy)) for place, therapy in pairs if place in rows]
    therapies = [shelf[key] for key in alone if key in shelf]
    gone = len(pairs) - len(places) + len(alone) - len(therapies)
    return Shared(places, therapies, gone)
