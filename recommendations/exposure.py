"""How often places are shown and opened: counts of nobody, to watch that the order is fair.

A process counts in memory and adds its counts to the rows of the day once a minute, beside the
request that notices; no page waits for it. A count holds a place and a day, and nothing of a
visitor. HEAD, what is fetched ahead and programs are not counted.
"""

import atexit
import logging
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from django import db
from django.conf import settings
from django.db import connections, transaction
from django.db.models import Q, Sum
from django.utils import timezone

from providers.models import Place, Provider
from providers.sphere import EARTH_MILES, unit_vectors

from .models import ExposureDay

log = logging.getLogger(__name__)

FIRST = 3  # of a list: what is seen without scrolling far
EVERY = 60.0  # seconds between two writings
WATCHED_DAYS = 28
FAIR = (0.8, 1.25)  # the rural share of what is shown, by the rural share of what is listed
TOWN, NEAR = 50_000, 25.0  # urban: a town of so many people within so many miles

_program = re.compile(
    r"bot|crawl|spider|slurp|preview|scan|monitor|curl|wget|python|java/|go-http|http-?client|headless",
    re.IGNORECASE,
)


def is_person(user_agent):
    """A browser that does not say that it is a program."""
    return bool(user_agent) and not _program.search(user_agent)


def seen(request):
    """(listings shown first, the listing opened or None) on the page that answers a request."""
    visitor = getattr(request, "visitor", None)
    return (visitor.first, visitor.opened) if visitor else ((), None)


def again(request, first, opened):
    """A page that was kept is shown once more."""
    if not is_person(request.headers.get("User-Agent", "")):
        return
    counter.shown(first)
    if opened is not None:
        counter.opened(opened)


class Counts:
    """What this process has counted and not yet written: (day, listing) -> times."""

    def __init__(self):
        self._lock = threading.Lock()
        self._shown, self._opened = Counter(), Counter()
        self._since = None

    def shown(self, ids):
        self._count(self._shown, ids[:FIRST])

    def opened(self, provider_id):
        self._count(self._opened, [provider_id])

    def _count(self, counts, ids):
        if not ids:
            return
        day, now = timezone.localdate(), time.monotonic()
        with self._lock:
            counts.update((day, int(key)) for key in ids)
            if self._since is None:
                self._since = now
            due = now - self._since >= EVERY
            if due:
                self._since = now
        if due:
            threading.Thread(target=self._write_apart).start()

    def take(self):
        """What was counted, and begin anew."""
        with self._lock:
            shown, opened = self._shown, self._opened
            self._shown, self._opened, self._since = Counter(), Counter(), None
        return shown, opened

    def _write_apart(self):
        """In a thread of its own, with a connection of its own."""
        try:
            self.write()
        finally:
            connections.close_all()

    def write(self):
        """Add what was counted to the rows of its day; what cannot be written is given up."""
        shown, opened = self.take()
        try:
            for day in sorted({day for day, _ in [*shown, *opened]}):
                _add(day, _of(day, shown), _of(day, opened))
        except db.Error:
            log.exception("Counts of what was shown were not written and are given up")


def _of(day, counts):
    return {key: times for (that, key), times in counts.items() if that == day}


def _add(day, shown, opened):
    ids = sorted({*shown, *opened})
    with transaction.atomic():
        there = Provider.objects.filter(pk__in=ids).order_by("pk").values_list("pk", flat=True)
        rows = [ExposureDay(provider_id=key, day=day) for key in there]
        ExposureDay.objects.bulk_create(rows, ignore_conflicts=True)
        # In one order, so that two processes wait for each other and not in a circle.
        rows = ExposureDay.objects.select_for_update().filter(day=day, provider__in=ids)
        rows = list(rows.order_by("pk"))
        for row in rows:
            row.shown += shown.get(row.provider_id, 0)
            row.opened += opened.get(row.provider_id, 0)
        ExposureDay.objects.bulk_update(rows, ["shown", "opened"], batch_size=500)


counter = Counts()
atexit.register(counter.write)


def drop_few(today=None):
    """Days that are over keep no row of a place shown fewer than ten times; old ones none."""
    today = today or timezone.localdate()
    few = Q(day__lt=today, shown__lt=ExposureDay.FEWEST)
    old = Q(day__lt=today - timedelta(days=settings.COUNTS_KEPT_DAYS))
    return ExposureDay.objects.filter(few | old).delete()[0]


@dataclass(frozen=True)
class Balance:
    """Rural places: their share of what is listed, of what was shown, and one by the other."""

    listed: float
    shown: float

    @property
    def listed_percent(self):
        return round(100 * self.listed, 1)

    @property
    def shown_percent(self):
        return round(100 * self.shown, 1)

    @property
    def ratio(self):
        return self.shown / self.listed if self.listed else None

    @property
    def fair(self):
        return self.ratio is None or FAIR[0] <= self.ratio <= FAIR[1]


def balance(today=None):
    """The `Balance` of the last four weeks; None when nothing was counted, or all is urban."""
    since = (today or timezone.localdate()) - timedelta(days=WATCHED_DAYS)
    counted = ExposureDay.objects.filter(day__gte=since, shown__gte=ExposureDay.FEWEST)
    times = dict(counted.values_list("provider").annotate(times=Sum("shown")).order_by())
    listed = Provider.objects.published().exclude(lat=None).values_list("pk", "lat", "lon")
    ids, points = [], []
    for key, lat, lon in listed.iterator():
        ids.append(key)
        points.append((lat, lon))
    shown = np.array([times.get(key, 0) for key in ids], dtype=float)
    if not shown.sum():
        return None
    rural = ~urban(points)
    if not rural.any():
        return None
    return Balance(float(rural.mean()), float(shown[rural].sum() / shown.sum()))


def urban(points):
    """Which points (latitude, longitude) have a town of 50,000 people within 25 miles."""
    towns = Place.objects.filter(kind=Place.Kind.TOWN, population__gte=TOWN)
    lat_lon = list(towns.values_list("lat", "lon"))
    if not lat_lon or not points:
        return np.zeros(len(points), dtype=bool)
    towns, here = (unit_vectors(*np.array(each, dtype=float).T) for each in (lat_lon, points))
    near = np.cos(NEAR / EARTH_MILES)
    parts = np.array_split(here, -(-len(here) // 2000))  # all at once would take much memory
    return np.concatenate([(part @ towns.T >= near).any(axis=1) for part in parts])
