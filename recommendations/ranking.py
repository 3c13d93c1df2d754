"""How places are put in order, and why: the only module that ranks.

    score = 1.00 G(distance) + 0.30 F(filters) + 0.30 C(likeness) + 0.02 fresh

The score is a sum of named parts, so the reasons printed on a card are the parts that ordered
it. No part knows money, popularity, or what other visitors did. `sheet.py` prints this module.
"""

import hashlib
from dataclasses import dataclass

import numpy as np

from providers.models import Check

from . import reasons
from .space import space_of

VERSION = 2

DISTANCE, FILTERS, LIKENESS, FRESH = 1.00, 0.30, 0.30, 0.02
PIVOT = 25.0  # miles at which distance counts half
NOT_STATED = 0.25  # of a filter that the place says nothing about

# Weight of each act in likeness, and in how many days it fades by half (None: it does not).
ACTS = {
    "saved": (4.0, None),
    "saved-therapy": (3.0, None),
    "filter": (2.0, 14),
    "explored": (1.0, 14),
}

# "Similar places" on a listing: the listing itself is the one act, and likeness counts in full.
SIMILAR = "similar"
SIMILAR_LIKENESS = 1.00


@dataclass(frozen=True)
class Signal:
    """One act of the visitor. `thing` is a feature of the index, or ("provider", id)."""

    act: str
    thing: tuple
    name: str = ""
    age: int = 0  # days

    @property
    def weight(self):
        weight, half_life = ACTS.get(self.act, (1.0, None))
        return weight if half_life is None else weight * 2 ** (-self.age / half_life)


class Ranking:
    """Puts candidates in order for one visitor and one search, and says why."""

    def __init__(self, signals=(), *, today, origin="", likeness=LIKENESS):
        self.signals = tuple(signals)
        self.today = today
        self.origin = origin  # "97214": what distance is measured from, for the reasons
        self.likeness = likeness

    @property
    def knows(self):
        """Something beside the search itself moves the order."""
        return bool(self.signals)

    def order(self, candidates):
        """Row positions, best first; equal scores take turns by day."""
        score = np.round(self.score(candidates), 2)
        return np.lexsort((_turns(candidates.ids, self.today), -score))

    def score(self, candidates):
        return sum(self.parts(candidates).values())

    def parts(self, candidates):
        """Name -> what it adds to each candidate's score."""
        parts = {}
        if candidates.query.located:
            parts["distance"] = DISTANCE * nearness(candidates.miles)
        for key, share in self._filters(candidates).items():
            parts["asked", key] = FILTERS * share
        for signal, share in self._alike(candidates):
            parts["alike", signal] = self.likeness * share
        parts["fresh"] = FRESH * (candidates.checked >= self.today.toordinal() - Check.FRESH_DAYS)
        return parts

    def moved_by(self, query):
        """What decides the order of this search, in words."""
        return list(reasons.moved_by(self, query))

    def reasons(self, candidates, *, common=frozenset()):
        """For each candidate its reasons, strongest first, at most three; see reasons.py."""
        return reasons.of(self, candidates, common=common)

    def common(self, snapshot, matches, query):
        """Of what was asked for and done, what all matches have: it orders nothing among them."""
        things = {signal.thing for signal in self.signals} | set(query.things())
        return snapshot.shared(matches, {each for each in things if each[0] != "provider"})

    def in_common(self, snapshot, things):
        """Those things in words."""
        return reasons.in_common(self, snapshot, things)

    def _filters(self, candidates):
        """Filter match: yes 1, not stated a quarter, no 0, weighted by rarity."""
        query, index = candidates.query, candidates.snapshot
        wanted = [("term", key) for _, values in query.terms for key in values]
        space = space_of(index)
        weights = {key: space.idf[space.at[key]] for key in wanted if key in space.at}
        total = sum(weights.values())
        shares = {}
        for key, weight in weights.items():
            yes = candidates.says(key[1])
            silent = ~yes & ~candidates.says(key[1], "no")
            shares[key] = (yes + NOT_STATED * silent) * weight / total
        return shares

    def _alike(self, candidates):
        """(signal, its share of the likeness) for each signal; the shares add up to the cosine."""
        space = space_of(candidates.snapshot)
        acts = [(signal, self._vector(signal, candidates.snapshot)) for signal in self.signals]
        acts = [(signal, signal.weight * vector) for signal, vector in acts if vector is not None]
        if not acts:
            return []
        length = np.linalg.norm(sum(vector for _, vector in acts))
        if length == 0:
            return []
        vectors = space.vectors(candidates.rows)
        return [(signal, vectors @ vector / length) for signal, vector in acts]

    @staticmethod
    def _vector(signal, snapshot):
        space = space_of(snapshot)
        if signal.thing[0] == "provider":
            rows = snapshot.columns.rows_of([signal.thing[1]])
            return space.vectors(rows)[0] if len(rows) else None
        if signal.thing not in space.at:
            return None
        vector = np.zeros(len(space.features))
        vector[space.at[signal.thing]] = 1.0
        return vector


def nearness(miles):
    """1 at the door, a half at 25 miles; 0 without a point."""
    return np.nan_to_num(PIVOT / (PIVOT + miles), nan=0.0)


def _turns(ids, day):
    """A fair order for equals that anyone can compute: SplitMix64 of the id, seeded by the day."""
    seed = int.from_bytes(hashlib.sha256(day.isoformat().encode()).digest()[:8], "big")
    with np.errstate(over="ignore"):
        x = ids.astype(np.uint64) + np.uint64(seed)
        x += np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return x ^ (x >> np.uint64(31))
