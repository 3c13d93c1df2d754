"""Invented visitors: where they live, what they need, what they looked at, what they would choose.

Model A weighs distance by its logarithm, forgives a missing need at a price, and has a taste and
hidden qualities that no method is told. In model B the needs are absolute and distance counts
linearly. Both are made by the same seed from the places in the index.
"""

from dataclasses import dataclass, field

import numpy as np

from providers.sphere import EARTH_MILES

from .world import times

NEAREST = 200  # results that a visitor may look through
MOST_VIEWS = 12
DAYS = 30  # over which they come: equal places take turns
FILTERED, LOCATED = 0.55, 0.8  # how often a need is made a filter, and the place is given
HARD = 0.8  # how often payer, age and level of care must be there


@dataclass
class Visitor:
    """What a method may know: `point` (None when not given), `state`, `filters` (numbers of
    features), `viewed` and `saved` (numbers of places). What it must find: `target`."""

    point: np.ndarray | None
    state: str
    filters: list
    viewed: list
    saved: list = field(default_factory=list)
    target: int = -1
    kind: str = "usual"  # "near", "telehealth", "residential"
    utility: np.ndarray | None = None
    home: np.ndarray | None = None
    day: int = 0  # of the month in which all of them come


class Model:
    """Draws visitors. `chance` is a NumPy generator: the same seed, the same visitors."""

    kinds = (("usual", 0.60), ("near", 0.15), ("telehealth", 0.125), ("residential", 0.125))

    def __init__(self, world, chance):
        self.world, self.chance = world, chance
        self.quality = chance.normal(0, 0.5, world.size).astype(np.float32)
        self.residential = world.of("care", "residential")

    def visitor(self, *, target=True):
        """One visitor with a session, and with the place they would choose; None when nothing
        that passes the filters is there to be looked at."""
        world, chance = self.world, self.chance
        home, state = self._home()
        kind = chance.choice([k for k, _ in self.kinds], p=[p for _, p in self.kinds])
        taste = self._needs(home, kind)
        filters = [need for need in taste.needs if chance.random() < FILTERED]
        results = self._results(home, filters)
        if not len(results):
            return None
        seen = self._utility(home, taste, results)
        viewed = self._viewed(results, seen)
        visitor = Visitor(
            point=home if chance.random() < LOCATED else None,
            state=state,
            filters=filters,
            viewed=viewed,
            kind=str(kind),
            home=home,
            day=int(chance.integers(DAYS)),
        )
        if target:
            utility = self._utility(home, taste, slice(None))
            high = np.quantile(utility, 0.9)
            liked = np.clip(1.5 * (utility[viewed] - high), -50, 50)
            chances = 0.6 / (1 + np.exp(-liked))
            draws = chance.random(len(viewed))
            visitor.saved = [p for p, c, x in zip(viewed, chances, draws, strict=True) if x < c]
            drawn = utility + chance.gumbel(size=world.size).astype(np.float32)
            drawn[viewed] = -np.inf
            visitor.target, visitor.utility = int(np.argmax(drawn)), utility
        return visitor

    def _home(self):
        """A place moved some miles: visitors live where places are."""
        world, chance = self.world, self.chance
        near = int(chance.integers(world.size))
        return _moved(world.unit[near], chance.lognormal(np.log(8), 0.9), chance), world.state[near]

    def _needs(self, home, kind):
        """The needs of somebody for whom another place within 60 miles would be right."""
        world, chance = self.world, self.chance
        around = np.flatnonzero(world.miles(home) <= 60)
        right = int(chance.choice(around)) if len(around) else int(np.argmin(world.miles(home)))
        held = world.has[right]
        soft = self._some(held, "therapy", int(chance.integers(1, 4)), power=2)
        soft += self._some(held, "for", int(chance.integers(0, 3)))
        musts = [self._some(held, group, 1) for group in ("pay", "age", "care")]
        if kind == "residential" and self.residential is not None:
            musts[2] = [self.residential]
        hard = []
        for need in [need for found in musts for need in found]:
            (hard if chance.random() < HARD else soft).append(need)
        noise = chance.normal(0, 0.6 / np.sqrt(world.style.shape[1]), world.style.shape[1])
        return Taste(
            soft=soft,
            hard=hard,
            weights=chance.lognormal(0, 0.4, len(soft)),
            style=(world.style[right] + noise).astype(np.float32),
            kind=str(kind),
            scale=float(chance.lognormal(np.log(7), 0.8)),
        )

    def _some(self, held, group, n, power=0):
        """So many of what a place has of a group; rare things more often with `power`."""
        which = self.world.groups[group]
        which = which[held[which]]
        if not len(which) or not n:
            return []
        weights = self.world.idf[which].astype(float) ** power
        n = min(n, len(which))
        return self.chance.choice(which, n, replace=False, p=weights / weights.sum()).tolist()

    def _results(self, home, filters):
        """What passes all filters, nearest first."""
        world = self.world
        passing = np.flatnonzero(world.said[filters].all(axis=0))
        miles = world.miles(home, passing)
        n = min(NEAREST, len(passing))
        if n < len(passing):
            near = np.argpartition(miles, n)[:n]
            passing, miles = passing[near], miles[near]
        return passing[np.argsort(miles, kind="stable")]

    def _viewed(self, results, utility):
        """Looked at: what seems good, and what stands further up."""
        ranks = np.arange(1, len(results) + 1)
        pull = np.exp((utility - utility.max()) / 2).astype(float) / ranks**0.7
        n = min(1 + int(self.chance.geometric(0.25)), MOST_VIEWS, int((pull > 0).sum()))
        chosen = self.chance.choice(len(results), n, replace=False, p=pull / pull.sum())
        return results[chosen].tolist()


@dataclass
class Taste:
    soft: list
    hard: list
    weights: np.ndarray
    style: np.ndarray
    kind: str
    scale: float

    @property
    def needs(self):
        return [*self.soft, *self.hard]


class ModelA(Model):
    price = {"usual": 3.2, "near": 4.5, "telehealth": 2.3, "residential": 2.0}

    def _utility(self, home, taste, which):
        world = self.world
        utility = -self.price[taste.kind] * np.log1p(world.miles(home, which) / 5)
        utility += 2 * times(world.style[which], taste.style) + self.quality[which]
        return utility + _needs_met(world, taste, which, 3.0)


class ModelB(Model):
    def _utility(self, home, taste, which):
        world = self.world
        utility = self.quality[which] - world.miles(home, which) / np.float32(taste.scale)
        return utility + _needs_met(world, taste, which, 8.0)


MODELS = {"A": ModelA, "B": ModelB}


def _needs_met(world, taste, which, missing):
    found = np.float32(0)
    for need in taste.hard:
        found = found - np.float32(missing) * ~world.said[need][which]
    for need, weight in zip(taste.soft, taste.weights, strict=True):
        found = found + np.float32(weight) * world.said[need][which]
    return found


def _moved(point, miles, chance):
    """A point so many miles away, in any direction."""
    aside = np.cross(point, chance.normal(size=3))
    aside /= np.linalg.norm(aside)
    angle = miles / EARTH_MILES
    return (np.cos(angle) * point + np.sin(angle) * aside).astype(np.float32)
