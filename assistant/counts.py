"""Counts of nobody: what came of messages, by day, without a word of them.

A count that cannot be written is given up; no answer waits for it or fails with it.
"""

import logging
from collections import defaultdict
from datetime import timedelta

from django import db
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from .choosing.brakes import patience
from .models import Count

log = logging.getLogger(__name__)

# Name in a row -> words for staff; "refused-dose" and the like are read from the name.
OUTCOMES = {
    "answered": "Answered",
    "places": "Places",
    "unsure": "Did not know",
    "talk": "Small talk, help with the site",
    "card": "Card of help shown",
    "failed": "Failed",
    "limited": "Too many messages",
}
REFUSED = "refused-"
HELPFUL, UNHELPFUL = "helpful", "not-helpful"
WEEKS = 12
ANSWERED = {"answer", "condition", "warning", "each"}

_signer = signing.Signer(salt="assistant.counts")


def count(outcome, section=""):
    """One more of it today."""
    key = {"day": timezone.localdate(), "outcome": outcome[:40], "section": section[:200]}
    row = Count.objects.filter(**key)
    try:
        with patience(), transaction.atomic():
            if not row.update(n=F("n") + 1):  # one statement, so no two lose a count
                Count.objects.bulk_create([Count(**key)], ignore_conflicts=True)
                row.update(n=F("n") + 1)
    except db.Error:
        log.warning("A count was not written and is given up")


def count_answer(answer):
    """What came of one message; a card counts beside what stands under it."""
    if answer.crisis:
        count("card")
    if answer.kind != "crisis":
        count(outcome(answer), section(answer))


def outcome(answer):
    if answer.kind in ANSWERED:
        return "answered"
    if answer.kind in ("refused", "clinician"):
        return REFUSED + (answer.topic or answer.kind)
    return {"ask-place": "places", "help": "talk"}.get(answer.kind, answer.kind)


def section(answer):
    """The address of the section that answered; when nothing did, of the nearest one."""
    if answer.sources:
        return answer.sources[0].url
    near = answer.kind in ("unsure", "refused", "clinician") and answer.links
    return near[0][1].partition("?")[0] if near else ""


def sign(section):
    """What a vote sends back, so that nobody can count what we never showed."""
    return _signer.sign(section)


def unsign(signed):
    """The section of a vote, or None."""
    try:
        return _signer.unsign(signed)
    except signing.BadSignature:
        return None


def forget(today=None):
    """Delete counts that are past their time; returns how many."""
    kept = timedelta(days=settings.COUNTS_KEPT_DAYS)
    return Count.objects.filter(day__lt=(today or timezone.localdate()) - kept).delete()[0]


# --- for staff ----------------------------------------------------------------------------------


def by_week():
    """(Mondays, [(words, a number for each week), …]), the newest week first."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - timedelta(weeks=n) for n in range(WEEKS)]
    rows = Count.objects.filter(day__gte=mondays[-1]).exclude(outcome__in=[HELPFUL, UNHELPFUL])
    found = defaultdict(lambda: [0] * WEEKS)
    for day, name, n in rows.values_list("day", "outcome").annotate(Sum("n")).order_by():
        found[name][max(0, -(-(monday - day).days // 7))] += n
    return mondays, [(words(name), found[name]) for name in _in_order(found)]


def _in_order(names):
    known = {name: n for n, name in enumerate(OUTCOMES)}
    return sorted(names, key=lambda name: (known.get(name, len(known)), name))


def words(name):
    if name.startswith(REFUSED):
        return f"Refused: {name.removeprefix(REFUSED).replace('-', ' ')}"
    return OUTCOMES.get(name, name)


def refused():
    """(words, section, times) of the last weeks, the most often first."""
    rows = _recent().filter(outcome__startswith=REFUSED) | _recent().filter(outcome="unsure")
    rows = rows.values_list("outcome", "section").annotate(times=Sum("n")).order_by("-times")
    return [(words(name), section, times) for name, section, times in rows[:50]]


def votes():
    """(section, helpful, not helpful) of the last weeks, the least helpful first."""
    found = defaultdict(lambda: [0, 0])
    rows = _recent().filter(outcome__in=[HELPFUL, UNHELPFUL])
    for name, section, times in rows.values_list("outcome", "section").annotate(Sum("n")):
        found[section][name == UNHELPFUL] += times
    ranked = sorted(found.items(), key=lambda pair: (-pair[1][1], pair[0]))
    return [(section, *both) for section, both in ranked[:50]]


def _recent():
    return Count.objects.filter(day__gt=timezone.localdate() - timedelta(weeks=WEEKS))
