"""Who is signed in, and for how long: 30 minutes without a page, 12 hours in all.

Sessions belong to staff alone; Django ends them when nobody comes for SESSION_COOKIE_AGE, and when
the password changes. The rest is here. No address and no browser is kept with a session.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject

from . import factor

AT_MOST = 12 * 60 * 60  # seconds
WRITTEN_EVERY = 60  # seconds: not each page writes that someone was here
SINCE, SEEN, FACTOR = "since", "seen", "factor"  # what a session remembers


def middleware(get_response):
    """Nobody is `request.user` without the second factor, or past the time of their session."""

    def answer(request):
        found = request.user
        # Lazy as before: for a visitor no session is read.
        request.user = SimpleLazyObject(lambda: holder(request, found))
        return get_response(request)

    return answer


def begin(session, device):
    """The hours count from here; the session lasts as long as its factor."""
    session[SINCE] = session[SEEN] = int(time.time())
    session[FACTOR] = device.pk if device else None


def left(session):
    """Seconds until it ends, whatever its person does."""
    now = int(time.time())
    return max(0, session.get(SINCE, now) + AT_MOST - now)


def holder(request, user):
    """The person whose session this is, or nobody, and the session is gone."""
    session = request.session
    if not user.is_authenticated:
        if SESSION_KEY in session:  # switched off since
            session.flush()
        return user
    now = int(time.time())
    since = session.setdefault(SINCE, now)
    if now - since >= AT_MOST or not factor.stands(user, session.get(FACTOR)):
        session.flush()
        return AnonymousUser()
    if now - session.get(SEEN, 0) >= WRITTEN_EVERY:
        session[SEEN] = now  # written, and 30 more minutes
    return user


@dataclass(frozen=True)
class Held:
    """A session as a page shows it. `mark` names it and opens nothing."""

    key: str
    since: datetime
    seen: datetime

    @property
    def mark(self):
        return salted_hmac("trupaths.staff.sessions", self.key, algorithm="sha256").hexdigest()


def of(user):
    """The sessions in which this person is signed in, the latest used first."""
    held = []
    for row in Session.objects.filter(expire_date__gt=timezone.now()):
        data = row.get_decoded()
        since = data.get(SINCE, int(time.time()))
        if data.get(SESSION_KEY) == str(user.pk) and time.time() - since < AT_MOST:
            times = (datetime.fromtimestamp(each, UTC) for each in (since, data.get(SEEN, since)))
            held.append(Held(row.session_key, *times))
    return sorted(held, key=lambda each: each.seen, reverse=True)


def end(user, *, but=None, marks=None):
    """End the sessions of this person, or those named by `marks`; returns how many.

    The one with the key `but` stays.
    """
    keys = [
        each.key for each in of(user) if each.key != but and (marks is None or each.mark in marks)
    ]
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)
