"""What is compared: the score of ranking.py itself, and what stronger claims must beat.

A method takes a visitor and returns the numbers of up to `DEEP` places, best first, without those
that the visitor has viewed.
"""

from datetime import date, timedelta

import numpy as np

from providers.query import Query
from providers.sphere import degrees
from recommendations.ranking import ALIKE, BEST, Ranking, Signal

from .world import times

DEEP = 100
DAY = date(2026, 1, 1)  # the first: each day has its own turns among equals
NEAR = 50.0


class Method:
    """A score for each place; `name` as the table prints it."""

    def __init__(self, name, score):
        self.name, self.score = name, score

    def __call__(self, visitor):
        return best(self.score(visitor), visitor.viewed)


def best(score, leave_out=(), n=DEEP):
    """The numbers of the n highest, equal ones in their order."""
    score = score.copy()
    score[leave_out] = -np.inf
    n = min(n, len(score) - len(leave_out))
    last = np.partition(score, len(score) - n)[len(score) - n]
    among = np.flatnonzero(score >= last)
    return among[np.argsort(-score[among], kind="stable")][:n]


class Formula:
    """The score as visitors meet it: through `Ranking` and the index."""

    def __init__(self, world, name="our score", weights=BEST, gates=True, alike=ALIKE):
        self.world, self.name, self.gates = world, name, gates
        self.weights, self.alike = weights, alike

    def __call__(self, visitor):
        snapshot = self.world.snapshot
        ranking, query = self.asked(visitor)
        if self.gates:
            query, _ = ranking.gated(snapshot, query)
        return self._numbers(snapshot.search(query, scorer=ranking).ids[:DEEP])

    def asked(self, visitor):
        """(the `Ranking`, the `Query`) of a visitor who said yes, on the page of suggestions."""
        world = self.world
        filters = [world.features[n] for n in visitor.filters]
        ids = world.ids[visitor.viewed].tolist()
        saved = world.ids[visitor.saved].tolist()
        acts = [
            *(Signal("saved", ("provider", key), f"Place {key}") for key in saved),
            *(Signal("filter", thing) for thing in filters),
            *(Signal("explored", ("provider", key), f"Place {key}") for key in ids),
        ]
        today = DAY + timedelta(visitor.day)
        ranking = Ranking(acts, today=today, wants=filters, weights=self.weights)
        here = visitor.point
        point = ranking.middle(world.snapshot) if here is None else degrees(here)
        query = Query(
            lat=point and point[0],
            lon=point and point[1],
            home=visitor.state if here is not None else "",
            leave_out=tuple(ids),
        )
        return ranking, query

    def similar(self, place, n):
        """Places like one: what its page shows."""
        world = self.world
        lat, lon = degrees(world.unit[place])
        key = int(world.ids[place])
        ranking = Ranking([Signal("similar", ("provider", key))], today=DAY, weights=self.alike)
        query = Query(lat=lat, lon=lon, leave_out=(key,))
        return self._numbers(world.snapshot.search(query, scorer=ranking).ids[:n])

    def _numbers(self, ids):
        found = (self.world.at.get(key) for key in ids.tolist())
        return np.array([n for n in found if n is not None], dtype=int)


class Baselines:
    """What needs only the places and other visitors' sessions (`trained`: lists of views)."""

    def __init__(self, world, trained):
        self.world = world
        views = np.concatenate([np.zeros(0, dtype=int), *map(np.array, trained)]).astype(int)
        self.popularity = np.bincount(views, minlength=world.size).astype(np.float32)
        self.together = _together(trained, world.size)

    def all(self):
        """The methods, weakest idea first."""
        return [
            Method("popularity", lambda visitor: self.popularity),
            Method("popularity within 50 miles", self.popular_nearby),
            Method("distance", lambda visitor: -self.miles(visitor)),
            Method("filters, then distance", self.filters_then_distance),
            Method("TF-IDF cosine", self.alike),
            Method("item-kNN", self.seen_together),
        ]

    def miles(self, visitor):
        """From where the visitor says, else from amid what they viewed."""
        world, here = self.world, visitor.point
        if here is None:
            here = world.unit[visitor.viewed].sum(axis=0)
            here = here / np.linalg.norm(here)
        return world.miles(here)

    def popular_nearby(self, visitor):
        miles = self.miles(visitor)
        return np.where(miles <= NEAR, self.popularity, -1) - miles * np.float32(1e-6)

    def filters_then_distance(self, visitor):
        has = self.world.said[visitor.filters].sum(axis=0, dtype=np.float32)
        return has - self.miles(visitor) / np.float32(20_000)

    def alike(self, visitor):
        """To the mean of what was viewed, what was saved counting more, and of the filters."""
        world = self.world
        profile = world.vectors[visitor.viewed].sum(axis=0)
        profile += 3 * world.vectors[visitor.saved].sum(axis=0)
        profile[visitor.filters] += 2
        return times(world.vectors, profile)

    def seen_together(self, visitor):
        others, weights, starts = self.together
        score = np.zeros(self.world.size, dtype=np.float32)
        for n in visitor.viewed:
            span = slice(starts[n], starts[n + 1])
            score[others[span]] += weights[span]
        return score


def _together(trained, size):
    """Places by the cosine of who viewed both: (the other, its weight, where each place starts)."""
    pairs = [
        np.stack(np.meshgrid(views, views), axis=-1).reshape(-1, 2)
        for views in trained
        if len(views) > 1
    ]
    pairs = np.concatenate([np.zeros((0, 2), dtype=int), *pairs])
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    keys, times = np.unique(pairs[:, 0] * size + pairs[:, 1], return_counts=True)
    one, other = np.divmod(keys, size)
    held = np.zeros(size)
    for views in trained:
        held[views] += 1
    weights = times / np.sqrt(held[one] * held[other])
    starts = np.searchsorted(one, np.arange(size + 1))
    return other, weights.astype(np.float32), starts
