"""What is asked of the index, and what it answers."""

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Query:
    """One question. OR inside a facet, AND between facets.

    `pool` holds the ids of all therapies that may be shown; `therapies` those asked for; `groups`
    names sets of therapies to be counted (those that help a condition).
    `terms` maps a facet to the term ids asked for, as sorted pairs. `lat`, `lon` in degrees,
    `rough` when known to a tenth only, `radius` in miles or None for any. `words` are folded and
    must all occur.
    """

    pool: tuple[int, ...] = ()
    therapies: tuple[int, ...] = ()
    groups: tuple[tuple[str, tuple[int, ...]], ...] = ()
    delivery: tuple[str, ...] = ()
    grouping: tuple[str, ...] = ()
    terms: tuple[tuple[str, tuple[int, ...]], ...] = ()
    words: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    rough: bool = False
    radius: float | None = None
    leave_out: tuple[int, ...] = ()
    sort: str = "best"

    @property
    def located(self):
        return self.lat is not None

    @property
    def filtered(self):
        """Asks for something that a place may not have stated."""
        return bool(self.delivery or self.grouping or self.terms)

    def things(self):
        """The filters in use as features of the index."""
        return [
            *(("term", key) for _, values in self.terms for key in values),
            *(("delivery", value) for value in self.delivery),
            *(("grouping", value) for value in self.grouping),
        ]


def measured_from(place):
    """The parts of a `Query` that say where distance is measured from: a `Located`, or None."""
    return {} if place is None else {"lat": place.lat, "lon": place.lon, "rough": place.rough}


@dataclass(frozen=True)
class Matches:
    """Ids in order with their distance in miles (NaN when unknown), total and counts.

    `rows` are their positions in the snapshot that answered.

    `counts` maps (facet, value) to how many would match with that value chosen alone in its
    facet, all else as asked; value is a term id, a therapy id, the name of a group, or "virtual"
    and the like.
    `unstated` are those that offer the rest but have not stated something asked for.
    """

    ids: np.ndarray
    miles: np.ndarray
    unstated: np.ndarray
    unstated_miles: np.ndarray
    says_no: int
    rows: np.ndarray
    counts: dict = field(default_factory=dict)

    @property
    def total(self):
        return len(self.ids)

    @property
    def nearest(self):
        """The first of a list by distance, or nothing when nobody knows how far it is."""
        return self.ids[:1][np.isfinite(self.miles[:1])]

    def miles_of(self, provider_id):
        for ids, miles in ((self.ids, self.miles), (self.unstated, self.unstated_miles)):
            at = np.flatnonzero(ids == provider_id)
            if len(at):
                return float(miles[at[0]])
        return float("nan")
