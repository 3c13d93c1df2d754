"""Everything visitors may read, in this process's memory, one content version at a time.

A few dozen pages fit easily, and almost every request needs their names. The one-row
ContentClock is asked at most once a second; a higher version, or a `publish_at` that has
passed, loads anew. Objects from the library are shared: nobody changes them.
"""

import logging
import threading
import time
from contextlib import contextmanager

from django import db
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from trupaths import outages
from trupaths.text import fold

from .finding import Words
from .models import Condition, ContentClock, StartingPoint, Therapy
from .sections import Reading

log = logging.getLogger(__name__)


class Library:
    def __init__(self, version):
        now = timezone.now()
        self.version = version
        self.therapies = list(Therapy.objects.published(at=now).with_parts().order_by("name"))
        self.by_slug = {therapy.slug: therapy for therapy in self.therapies}
        self.by_id = {therapy.pk: therapy for therapy in self.therapies}
        self.readings = {therapy.pk: Reading(therapy) for therapy in self.therapies}
        self.words = Words(self.therapies)
        self.starting_points = list(StartingPoint.objects.all())
        self.pool = tuple(sorted(self.by_id))  # the ids of all that may be shown
        self.conditions = list(
            Condition.objects.select_related("parent").prefetch_related("children")
        )
        self.condition_by_slug = {condition.slug: condition for condition in self.conditions}
        self.evidence, self.best_for = {}, {}
        for therapy in self.therapies:
            for row in therapy.evidence.all():
                row.therapy = therapy  # published, and with all its parts
                self.evidence.setdefault(row.condition_id, []).append(row)
            for condition in therapy.best_for.all():
                self.best_for.setdefault(condition.pk, []).append(therapy)
        self._helping = {each.pk: self._that_may_help(each) for each in self.conditions}
        # Of each condition, the ids of the therapies that have something to say.
        self.about = {
            condition.slug: {therapy.pk for therapy in self.therapies_for(condition)}
            for condition in self.conditions
        }
        self.by_name = {
            fold(name): therapy for therapy in reversed(self.therapies) for name in therapy.names
        }
        self.condition_by_name = {
            fold(name): condition
            for condition in reversed(self.conditions)
            for name in condition.names
        }
        self._condition_text = [
            (condition, fold(" ".join([*condition.names, condition.summary])))
            for condition in self.conditions
        ]
        upcoming = Therapy.objects.filter(status=Therapy.Status.PUBLISHED, publish_at__gt=now)
        self.good_until = upcoming.order_by("publish_at").values_list("publish_at", flat=True)
        self.good_until = self.good_until.first()

    def therapies_for(self, condition):
        """Therapies that have something to say of a condition: assessed, or meant for it."""
        assessed = [row.therapy for row in self.evidence.get(condition.pk, ())]
        return list(dict.fromkeys([*assessed, *self.best_for.get(condition.pk, ())]))

    def helping(self, condition):
        """Therapies that may help: meant for it, or studied with some effect found."""
        return self._helping.get(condition.pk, ())

    def _that_may_help(self, condition):
        no = {row.therapy for row in self.evidence.get(condition.pk, ()) if not row.may_help}
        return tuple(each for each in self.therapies_for(condition) if each not in no)

    def speaking_of(self, words):
        """Conditions whose names or summary hold all these folded words."""
        return [
            condition
            for condition, text in self._condition_text
            if words and all(word in text for word in words)
        ]

    def is_over(self):
        return self.good_until is not None and timezone.now() >= self.good_until


_ASK_EVERY = 1.0  # seconds
_lock = threading.Lock()
_library = None
_asked = 0.0


def library():
    """The library as of at most a second ago; while the database is away, as it was before."""
    global _library, _asked
    if current := _fresh():
        return current
    with _lock:
        if current := _fresh():  # another request asked meanwhile
            return current
        try:
            version = ContentClock.objects.values_list("version", flat=True).first() or 0
            if _library is None or _library.version != version or _library.is_over():
                _library = Library(version)
        except db.Error as error:
            if _library is None or not outages.is_one(error):
                raise
            log.warning("Pages are shown from memory: the database does not answer")
        _asked = time.monotonic()
        return _library


def _fresh():
    """The library, unless it is time to ask."""
    current = _library
    if current is not None and time.monotonic() - _asked < _ASK_EVERY and not current.is_over():
        return current
    return None


def forget():
    """Load anew at the next question (tests, whose changes are rolled back)."""
    global _library
    _library = None


@contextmanager
def content_changes():
    """The one door for changes to what visitors read: atomic, and the version rises last."""
    with transaction.atomic():
        yield
        ContentClock.objects.get_or_create(pk=1)
        ContentClock.objects.filter(pk=1).update(version=F("version") + 1)
