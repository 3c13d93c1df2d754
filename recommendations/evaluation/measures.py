"""How good lists are, over all places there are."""

from dataclasses import dataclass

import numpy as np

TOP = 10
RESAMPLES = 1000
NOWHERE = 10**9  # the rank of what is not in the list


@dataclass
class Measured:
    """One method. Intervals hold 95 of 100 resamples of the visitors."""

    name: str
    ndcg: float
    ndcg_low: float
    ndcg_high: float
    hit: float
    hit_low: float
    hit_high: float
    mrr: float
    coverage: float
    gini: float
    ild: float
    rural: float
    slices: dict
    seconds: float


def lists(method, visitors):
    return [method(visitor) for visitor in visitors]


def rank_of(target, found):
    at = np.flatnonzero(found == target)
    return int(at[0]) if len(at) else NOWHERE


def ranks(method, visitors):
    """Where each visitor's target stands, from 0."""
    return np.array([rank_of(v.target, method(v)) for v in visitors])


def ndcg(places):
    """Of one right answer: 1 when it is first, 0 when it is not among ten."""
    return np.where(places < TOP, 1 / np.log2(np.minimum(places, TOP) + 2.0), 0.0)


def measure(name, world, visitors, found, seconds, chance):
    """`found`: a list of places for each visitor."""
    places = np.array([rank_of(v.target, f) for v, f in zip(visitors, found, strict=True)])
    gain, hits = ndcg(places), (places < TOP).astype(float)
    shown = np.bincount(np.concatenate([f[:TOP] for f in found]), minlength=world.size)
    low, high = _interval(gain, chance)
    hit_low, hit_high = _interval(hits, chance)
    return Measured(
        name=name,
        ndcg=gain.mean(),
        ndcg_low=low,
        ndcg_high=high,
        hit=hits.mean(),
        hit_low=hit_low,
        hit_high=hit_high,
        mrr=(1 / (places + 1.0)).mean(),
        coverage=(shown > 0).mean(),
        gini=gini(shown),
        ild=np.mean([spread(world, f[:TOP]) for f in found]),
        rural=_rural(world, shown),
        slices={name: gain[which].mean() for name, which in slices(visitors).items()},
        seconds=seconds,
    )


def slices(visitors):
    """Name -> which visitors; without those that nobody belongs to."""
    found = {
        "place given": [v.point is not None for v in visitors],
        "no place given": [v.point is None for v in visitors],
        "residential": [v.kind == "residential" for v in visitors],
        "telehealth": [v.kind == "telehealth" for v in visitors],
        "nothing saved": [not v.saved for v in visitors],
        "no filter": [not v.filters for v in visitors],
    }
    return {name: np.array(which) for name, which in found.items() if any(which)}


def gini(shown):
    """0: all places are shown equally often; 1: one place has it all."""
    shown = np.sort(shown)
    n, total = len(shown), shown.sum()
    if not total:
        return 0.0
    return float((2 * np.arange(1, n + 1) - n - 1) @ shown / (n * total))


def spread(world, found):
    """How little alike the places of a list are: the mean of 1 - cosine over its pairs."""
    if len(found) < 2:
        return 0.0
    alike = world.vectors[found] @ world.vectors[found].T
    n = len(found)
    return float(1 - (alike.sum() - np.trace(alike)) / (n * (n - 1)))


def _rural(world, shown):
    """The rural share of what is shown by the rural share of what there is."""
    rural = ~world.urban
    if not rural.any() or not shown.sum():
        return float("nan")
    return float(shown[rural].sum() / shown.sum() / rural.mean())


def _interval(values, chance):
    n = len(values)
    means = [values[chance.integers(0, n, n)].mean() for _ in range(RESAMPLES)]
    return tuple(np.quantile(means, [0.025, 0.975]).tolist())
