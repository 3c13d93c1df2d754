"""One run: visitors are drawn, every method ranks for each of them, and all is measured."""

import time
from dataclasses import dataclass, field

import numpy as np

from . import learned, why
from .measures import TOP, Measured, lists, measure, rank_of
from .methods import Baselines, Formula, Method
from .visitors import MODELS
from .world import World

TRAINED, TUNING, PAIRS, EXPLAINED = 20_000, 300, 3_000, 150
FEWEST = 100  # places, or there is nothing to tell


@dataclass
class Outcome:
    model: str
    visitors: int
    places: int
    miles: list  # quartiles of how far the targets are
    measured: list[Measured] = field(default_factory=list)
    similar: float | None = None
    pairs: int = 0
    reasons: dict = field(default_factory=dict)

    def of(self, name):
        return next(each for each in self.measured if each.name == name)


def run(
    snapshot,
    *,
    model="A",
    n=3000,
    seed=20261122,
    trained=TRAINED,
    pairs=None,
    formulas=None,
    tell=print,
):
    """An `Outcome`. `formulas(world)` gives the methods that rank by the score, ours by default."""
    world = World(snapshot)
    chance = np.random.default_rng(seed)
    makes = MODELS[model](world, chance)
    began = time.perf_counter()
    sessions = [v.viewed for v in _visitors(makes, trained, target=False)]
    tuning = []
    if learned.installed():  # by chance of their own: the others are the same with it or without
        tuning = _visitors(MODELS[model](world, np.random.default_rng([seed, 1])), TUNING)
    visitors = _visitors(makes, n)
    tell(f"{trained + n:,} visitors in {time.perf_counter() - began:.0f} s")
    miles = [world.miles(v.home, np.array([v.target]))[0] for v in visitors]
    quartiles = np.quantile(miles, [0.25, 0.5, 0.75]).round(1).tolist()
    outcome = Outcome(model, n, world.size, quartiles)
    baselines = Baselines(world, sessions)
    ours = formulas(world) if formulas else _ours(world)
    methods = [
        *baselines.all(),
        *learned.methods(world, sessions, baselines, tuning, seed),
        *ours,
        Method("oracle: knows all but chance", lambda visitor: visitor.utility),
    ]
    for method in methods:
        began = time.perf_counter()
        found = lists(method, visitors)
        seconds = time.perf_counter() - began
        again = np.random.default_rng(seed)  # the same resamples for each method
        outcome.measured.append(measure(method.name, world, visitors, found, seconds, again))
        tell(f"  {method.name}: {seconds:.0f} s")
    outcome.similar, outcome.pairs = similar(world, ours[-1], visitors, makes, pairs or PAIRS)
    outcome.reasons = why.held(ours[-1], visitors[:EXPLAINED])
    return outcome


def _ours(world):
    """As on the page of suggestions, after the same without the conditions."""
    return [Formula(world, "our score, no conditions", gates=False), Formula(world)]


def _visitors(makes, n, **how):
    found = []
    while len(found) < n:
        if visitor := makes.visitor(**how):
            found.append(visitor)
    return found


def similar(world, formula, visitors, makes, pairs):
    """(how often one thing that a visitor saved leads to another, of how many pairs): HR@10."""
    hits = tried = 0
    queue = iter(visitors)
    while tried < pairs:
        visitor = next(queue, None) or makes.visitor()
        if visitor is None or len(visitor.saved) < 2:
            continue
        one, other = makes.chance.choice(visitor.saved, 2, replace=False).tolist()
        hits += rank_of(other, formula.similar(one, TOP)) < TOP
        tried += 1
    return hits / tried, tried
