"""What is asked of the index, and what it answers."""

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Query:
    """One question. OR inside a facet, AND between facets.

    `pool` holds the ids of all therapies that may be shown; `therapies` those asked for; `groups`
    names sets of therapies to be counted (those that help a condition).
    `delivery`, `grouping` and `accepting` are asked of one and the same service, of one of these
    therapies. `terms` maps a facet to the term ids asked for, as sorted pairs. `exclude` holds
    things (see below) that a place must not have, `leave_out` ids of listings.
    `lat`, `lon` in degrees, `rough` when known to a tenth only, `radius` in miles or None for any;
    `state` is a code, and nothing outside it matches; `home` the state that the point lies in.
    `words` are folded and each must begin a word. `since` is the oldest day of the last check, as
    an ordinal.

    A thing is a feature of a place: ("term", 5), ("therapy", 2), ("delivery", "virtual"),
    ("grouping", "group"), ("accepting", "accepting").
    """

    pool: tuple[int, ...] = ()
    therapies: tuple[int, ...] = ()
    groups: tuple[tuple[str, tuple[int, ...]], ...] = ()
    delivery: tuple[str, ...] = ()
    grouping: tuple[str, ...] = ()
    accepting: tuple[str, ...] = ()
    terms: tuple[tuple[str, tuple[int, ...]], ...] = ()
    exclude: tuple[tuple, ...] = ()
    words: tuple[str, ...] = ()
    state: str = ""
    home: str = ""
    lat: float | None = None
    lon: float | None = None
    rough: bool = False
    radius: float | None = None
    since: int = 0
    leave_out: tuple[int, ...] = ()
    sort: str = "best"

    @property
    def located(self):
        return self.lat is not None

    @property
    def of_service(self):
        """(kind, values) of what one service must be."""
        return {
            "delivery": self.delivery,
            "grouping": self.grouping,
            "accepting": self.accepting,
        }

    @property
    def filtered(self):
        """Asks for something that a place may not have stated."""
        return bool(self.terms) or any(self.of_service.values())

    def things(self):
        """The filters in use as features of the index."""
        return [
            *(("term", key) for _, values in self.terms for key in values),
            *((kind, value) for kind, values in self.of_service.items() for value in values),
        ]


def measured_from(place):
    """The parts of a `Query` that say where distance is measured from: a `Located`, or None."""
    if place is None:
        return {}
    return {"lat": place.lat, "lon": place.lon, "home": place.state, "rough": place.rough}


@dataclass(frozen=True)
class Matches:
    """Who matches. `ids` and `unstated` are listings in order, sorted only as far as is read.

    `counts` maps (facet, value) to how many would match with that value chosen alone in its
    facet, all else as asked; value is a term id, a therapy id, the name of a group, or "virtual"
    and the like.
    `unstated` are those that offer the rest but have not stated something asked for; `says_no`
    how many said no. `untold` holds keys of `counts` at 0 that would still bring some of those.
    """

    ids: "Ordered"
    unstated: "Ordered"
    says_no: int
    counts: dict = field(default_factory=dict)
    untold: frozenset = frozenset()

    @property
    def total(self):
        return len(self.ids)

    @property
    def nearest(self):
        """The first of a list by distance, or nothing when nobody knows how far it is."""
        first = self.ids.rows[:1]
        return self.ids[:1] if np.isfinite(self.ids.miles_of(first)).all() else self.ids[:0]


class Ordered:
    """The listings of a set of rows, in an order that is worked out as far as it is asked for."""

    def __init__(self, snapshot, words, spans, order):
        self.snapshot, self.words, self.spans, self.order = snapshot, words, spans, order
        self.size = sum(int(np.bitwise_count(words[span]).sum(dtype=np.int64)) for span in spans)
        self._rows = np.zeros(0, dtype=np.int64)

    def __len__(self):
        return self.size

    @property
    def rows(self):
        return _Rows(self)

    def __getitem__(self, which):
        return self.snapshot.ids_at(self.rows[which])

    def tolist(self):
        return self[:].tolist()

    def miles_of(self, rows):
        return self.order.miles(rows)

    def first(self, n):
        """Rows of the first n."""
        if len(self._rows) < min(n, self.size):
            self._rows = self.order.first(self, n)
        return self._rows[:n]


class _Rows:
    """Row positions of an `Ordered`, by slice."""

    def __init__(self, ordered):
        self.ordered = ordered

    def __getitem__(self, which):
        start, stop, step = which.indices(len(self.ordered))
        return self.ordered.first(stop)[start:stop:step]
