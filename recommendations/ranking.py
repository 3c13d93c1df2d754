"""How places are put in order, and why: the only module that ranks.

    score = 1.00 G(distance) + 0.30 F(filters) + 0.30 C(likeness) + 0.02 fresh

and, for places similar to one, how much of what it has they have too. It is rounded to a hundredth;
equals take turns, day by day; then the best sixty are spread out, so that a list does not say the
same thing ten times, and the tenth suggestion is kept for a listing that tells little. The score is
a sum of named parts, and a reason on a card is a part without which the score would be lower. No
part knows money, popularity, or what other visitors did. `sheet.py` prints this module.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from providers import wording
from providers.models import Check
from providers.sphere import degrees

from . import reasons
from .space import Space, video

VERSION = 6


@dataclass(frozen=True)
class Weights:
    """What the parts of the score weigh, and where they bend."""

    distance: float = 1.00
    filters: float = 0.30
    likeness: float = 0.30
    shares: float = 0.00  # of what the one place has to which others are sought
    fresh: float = 0.02
    pivot: float = 25.0  # miles at which distance counts half
    not_stated: float = 0.25  # of a filter that the place says nothing about
    doubt: float = 2.0  # as if one more filter, of this rarity, were asked for and never met
    video: float = 0.60  # nearness of video care in the visitor's own state, when asked for
    spread: float = 0.85  # of the score among the best; the rest is how little alike they are
    seat: int = 10  # the suggestion that is kept for a listing that tells little; 0: none


BEST = Weights()
# "Similar places" on a listing: that they have what it has, however much more, counts in full.
ALIKE = Weights(shares=1.00, pivot=50.0, seat=0)

# Weight of each act in likeness, and in how many days it fades by half (None: it does not).
ACTS = {
    "saved": (4.0, None),
    "saved-therapy": (3.0, None),
    "filter": (2.0, 14),
    "explored": (1.0, 14),
    "not-for-me": (-3.0, 90),
    "similar": (1.0, None),
}
# In likeness: what decides whether a place is of any use weighs more than the rest.
DECIDES = {"pay": 2.0, "age": 2.0, "care": 2.0}
SESSION = 5  # acts of the same day after which one that fades has faded by half

HEAD = 60  # the best that are spread out
SOME = 1024  # looked at first, to know how good one must be
OF_ONE = 2  # places of one organization among them
SEAT_AMONG = 10  # the seat goes to who tells least of so many: else the talkative fill every list

# What no place without it is suggested for, as long as so many within so many miles have it.
GATES = tuple(DECIDES)
GATE_PLACES, GATE_MILES = 20, 25.0


@dataclass(frozen=True)
class Signal:
    """One act of the visitor. `thing` is a feature of the index, or ("provider", id)."""

    act: str
    thing: tuple
    name: str = ""
    age: int = 0  # days
    later: int = 0  # how many acts of the same day came after it

    @property
    def weight(self):
        weight, half_life = ACTS[self.act]
        if half_life is None:
            return weight
        return weight * 2 ** (-self.age / half_life - self.later / SESSION)


class Ranking:
    """Puts candidates in order for one visitor and one search, and says why.

    `signals` are the visitor's acts; `wants` things asked for on this visit beside the search
    itself; `origin` (“97214”) what distance is measured from, for the reasons. Nothing in
    `ignored` counts: things, or "distance".
    """

    def __init__(
        self, signals=(), *, today, origin="", wants=(), weights=BEST, ignored=frozenset()
    ):
        self.ignored = frozenset(ignored)
        self.signals = tuple(signal for signal in signals if signal.thing not in self.ignored)
        self.wants = tuple(thing for thing in dict.fromkeys(wants) if thing not in self.ignored)
        self.today, self.origin, self.weights = today, origin, weights
        self._profiles = {}

    def without(self, thing):
        """The same, for a visitor who never gave this signal: a thing, or "distance"."""
        return Ranking(
            self.signals,
            today=self.today,
            origin=self.origin,
            wants=self.wants,
            weights=self.weights,
            ignored=self.ignored | {thing},
        )

    @property
    def knows(self):
        """Something beside the search itself moves the order."""
        return bool(self.signals or self.wants)

    # --- order ------------------------------------------------------------------------------

    def order(self, candidates, most=None):
        """Positions of the candidates, best first: the first `most`, or all of them.

        More is always a longer list with the same start, so that pages of one list fit together.
        """
        size = len(candidates.rows)
        most = size if most is None else min(most, size)
        least = max(most, HEAD)
        sure = self._sure(candidates)
        able = self._able(candidates, sure, least)
        seen = candidates if len(able) == size else candidates.some(able)
        points = _points(sure[able] + self._likeness(seen))
        best = _first(points, least)
        turns = _turns(seen.ids[best], self.today, seen.query)
        best = best[np.lexsort((turns, -points[best]))]
        head = self._spread(seen, best[:HEAD], points[best[:HEAD]], most)
        return able[np.concatenate([head, best[HEAD:]])[:most]]

    def _able(self, candidates, sure, least):
        """Who can be among the first: likeness is dear to sum up, and its weight is all it adds."""
        everybody = np.arange(len(sure))
        some = _first(_points(sure), max(least, SOME))
        if len(some) * 2 > len(sure):
            return everybody
        score = sure[some] + self._likeness(candidates.some(some))
        floor = np.partition(score, -least)[-least]
        able = np.flatnonzero(sure >= floor - self.weights.likeness - 0.02)  # as they are rounded
        return able if len(able) * 2 < len(sure) else everybody

    def _spread(self, candidates, head, points, most):
        """The best, each time the one that has most and is least like those before it."""
        if len(head) < 2 or not most:
            return head
        vectors = space_of(candidates.snapshot).vectors(candidates.rows[head])
        alike = np.round(vectors @ vectors.T, 6)
        low, high = points.min(), points.max()
        score = self.weights.spread * (points - low) / max(high - low, 1)
        owners = candidates.organizations[head].tolist()
        nearest = np.full(len(head), -1.0)  # to those that were chosen
        chosen, held, open_ = [], Counter(), np.ones(len(head), dtype=bool)
        seat = self.weights.seat if self.signals else 0
        if seat:
            most = max(most, seat - 1 + SEAT_AMONG)
        while len(chosen) < min(most, len(head)) and open_.any():
            value = score - (1 - self.weights.spread) * nearest if chosen else score
            n = int(np.argmax(np.where(open_, value, -np.inf)))
            open_[n] = False
            owner = owners[n]
            if owner and held[owner] == OF_ONE:
                continue
            held[owner] += 1
            chosen.append(n)
            nearest = np.maximum(nearest, alike[n])
        if seat and len(chosen) > seat:
            self._fill(seat - 1, candidates, head, chosen)
        rest = np.setdiff1d(np.arange(len(head)), chosen)  # too many of one: after the others
        return head[np.concatenate([chosen, rest]).astype(np.int64)]

    @staticmethod
    def _fill(seat, candidates, head, chosen):
        """Moves the one that tells least of the next few into the seat."""
        among = head[chosen[seat : seat + SEAT_AMONG]]
        told = space_of(candidates.snapshot).has(candidates.rows[among]).sum(axis=1)
        chosen.insert(seat, chosen.pop(seat + int(np.argmin(told))))

    # --- score ------------------------------------------------------------------------------

    def score(self, candidates):
        """The score of each candidate, float32, before it is rounded."""
        return self._sure(candidates) + self._likeness(candidates)

    def parts(self, candidates):
        """{part: what it adds}, all that `score` sums; without those that have nothing to go by."""
        return self._sure_parts(candidates) | {"likeness": self._likeness(candidates)}

    def _sure(self, candidates):
        """The parts that need no look at all that a place has."""
        sure, *others = self._sure_parts(candidates).values()
        for part in others:
            sure += part
        return sure

    def _sure_parts(self, candidates):
        parts, weights = {"fresh": self._fresh(candidates)}, self.weights
        if self._measures(candidates.query):
            parts["distance"] = np.float32(weights.distance) * self._nearness(candidates)
        if asked := self._asked(candidates):
            parts["filters"] = np.float32(weights.filters) * self._match(candidates, asked)
        for thing, shares in self._shares(candidates).items():
            parts[thing] = np.float32(weights.shares) * shares
        return parts

    def space(self, candidates):
        """Where candidates stand as vectors, to tell what two of them share."""
        return space_of(candidates.snapshot)

    def _likeness(self, candidates):
        _, vectors = self._profile(candidates.snapshot)
        direction = vectors.sum(axis=0)
        if not (length := _length(direction)):
            return np.float32(0)
        likeness = space_of(candidates.snapshot).along(direction / length, candidates.rows)
        return np.float32(self.weights.likeness) * likeness

    def _shares(self, candidates):
        """Place to which others are sought -> what part of what it has each candidate has."""
        columns = candidates.snapshot.columns
        sought = (signal.thing for signal in self.signals if signal.act == "similar")
        rows = {thing: columns.rows_of([thing[1]]) for thing in sought}
        space = space_of(candidates.snapshot)
        return {
            thing: space.shares(row[0], candidates.rows) for thing, row in rows.items() if len(row)
        }

    def falls(self, candidates):
        """How much lower each candidate's score would be without a signal: thing -> array.

        `without(thing).score(candidates)` says the same, more slowly; a property test compares.
        """
        falls = {}
        if self._measures(candidates.query):
            falls["distance"] = self.weights.distance * self._nearness(candidates)
        asked = self._asked(candidates)
        whole = self._match(candidates, asked) if asked else None
        for thing in asked:
            others = {key: weight for key, weight in asked.items() if key != thing}
            rest = self._match(candidates, others) if others else 0.0
            falls[thing] = self.weights.filters * (whole - rest)
        if len(wanted := self._wants_video(candidates) or ()) == 1 and "distance" in falls:
            gain = self._nearness(candidates) - self._by_road(candidates)
            (thing,) = wanted
            falls[thing] = falls.get(thing, 0.0) + self.weights.distance * gain
        for thing, fall in self._unlike(candidates).items():
            falls[thing] = falls.get(thing, 0.0) + self.weights.likeness * fall
        for thing, shares in self._shares(candidates).items():
            falls[thing] = falls.get(thing, 0.0) + self.weights.shares * shares
        return falls

    def _unlike(self, candidates):
        """How much less alike each candidate would be without a thing."""
        if not self.signals:
            return {}
        things, vectors = self._profile(candidates.snapshot)
        direction = vectors.sum(axis=0)
        if not things or not _length(direction):
            return {}
        shares = space_of(candidates.snapshot).vectors(candidates.rows) @ vectors.T
        total = shares.sum(axis=1)
        likeness, falls = total / _length(direction), {}
        for n, thing in enumerate(things):
            length = _length(direction - vectors[n]) if len(things) > 1 else 0
            rest = (total - shares[:, n]) / length if length else 0.0
            falls[thing] = likeness - rest
        return falls

    def _measures(self, query):
        return query.located and "distance" not in self.ignored

    def _nearness(self, candidates):
        near = self._by_road(candidates)
        if self._wants_video(candidates):
            near = np.where(self._licensed(candidates), np.maximum(near, self.weights.video), near)
        return near

    def _by_road(self, candidates):
        return nearness(candidates.miles.astype(np.float32), np.float32(self.weights.pivot))

    def by_video(self, candidates):
        """Which of them count as near because they see people of the visitor's state by video."""
        if not (self._measures(candidates.query) and self._wants_video(candidates)):
            return np.zeros(len(candidates.rows), dtype=bool)
        return self._licensed(candidates) & (self._by_road(candidates) < self.weights.video)

    def _wants_video(self, candidates):
        """What of video care was asked for, where we know the state to be licensed in."""
        asked = {*candidates.query.things(), *self.wants} - self.ignored
        return candidates.query.home and asked & video(candidates.snapshot)

    @staticmethod
    def _licensed(candidates):
        offers = [candidates.has(thing) for thing in video(candidates.snapshot)]
        return candidates.within(candidates.query.home) & np.any(offers, axis=0)

    def _asked(self, candidates):
        """What is asked for, by the search or beside it: thing -> how rare it is."""
        space = space_of(candidates.snapshot)
        things = dict.fromkeys([*candidates.query.things(), *self.wants])
        return {
            thing: float(space.idf[space.at[thing]])
            for thing in things
            if thing in space.at and thing not in self.ignored
        }

    def _match(self, candidates, asked):
        """Filter match: yes 1, not stated a quarter, no 0, weighted by rarity.

        A little doubt below the line makes each filter that is met count, however many there are.
        """
        total = sum(asked.values()) + self.weights.doubt
        shares = {thing: weight / total for thing, weight in asked.items()}
        space = space_of(candidates.snapshot)
        return space.match(shares, self.weights.not_stated, candidates.rows)

    def _fresh(self, candidates):
        since = self.today.toordinal() - Check.FRESH_DAYS
        return np.float32(self.weights.fresh) * (candidates.checked >= since)

    def _profile(self, snapshot):
        """(the things that acts were about, what each adds to the visitor's direction)."""
        found = self._profiles.get(snapshot)
        if found is None:
            weights = {}
            for signal in self.signals:
                weights[signal.thing] = weights.get(signal.thing, 0.0) + signal.weight
            things, vectors = _vectors(weights, snapshot)
            found = things, vectors * np.array([weights[thing] for thing in things])[:, None]
            self._profiles[snapshot] = found
        return found

    # --- gates ------------------------------------------------------------------------------

    def gated(self, snapshot, query):
        """(the query with what is wanted made a condition, in words what too few have for that).

        How a visitor pays, their age and the level of care decide whether a place is of any use.
        """
        soft = []
        for facet in GATES:
            ids = tuple(sorted(
                key for kind, key in self.wants
                if kind == "term" and key in snapshot.terms and snapshot.terms[key].facet == facet
            ))  # fmt: skip
            if not ids or facet in dict(query.terms):
                continue
            held = replace(query, terms=tuple(sorted([*query.terms, (facet, ids)])))
            near = min(query.radius or GATE_MILES, GATE_MILES) if query.located else None
            if snapshot.count(replace(held, radius=near)) >= GATE_PLACES:
                query = held
            else:
                names = (reasons.phrase(("term", key), snapshot, plural=True) for key in ids)
                soft.append(wording.listed(names, "or"))
        return query, soft

    def middle(self, snapshot):
        """(lat, lon) of the place amid those that acts were about: the one that is nearest to all
        others. None without any that has a point."""
        ids = [s.thing[1] for s in self.signals if s.thing[0] == "provider" and s.weight > 0]
        rows = snapshot.columns.rows_of(sorted(set(ids)))
        unit = snapshot.columns.unit[:, rows].astype(np.float64).T
        unit = unit[~np.isnan(unit[:, 0])]
        if not len(unit):
            return None
        away = np.linalg.norm(unit[:, None] - unit, axis=2).sum(axis=1)
        return degrees(unit[int(np.argmin(away))])

    # --- words ------------------------------------------------------------------------------

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


def space_of(snapshot):
    """The `Space` of a snapshot, made once."""
    if not hasattr(snapshot, "_space"):
        snapshot._space = Space(snapshot, DECIDES)
    return snapshot._space


def nearness(miles, pivot=BEST.pivot):
    """1 at the door, a half at 25 miles; 0 without a point."""
    return np.nan_to_num(pivot / (pivot + miles), nan=0.0)


def _vectors(things, snapshot):
    """(those of the things that somebody has or is, a unit vector for each)."""
    space, columns = space_of(snapshot), snapshot.columns
    places = [thing[1] for thing in things if thing[0] == "provider"]
    places = [int(key) for key in snapshot.ids_at(columns.rows_of(places))]
    features = [thing for thing in things if thing in space.at]
    vectors = np.zeros((len(places) + len(features), len(space.features)))
    vectors[: len(places)] = space.vectors(columns.rows_of(places))
    for n, feature in enumerate(features, start=len(places)):
        vectors[n, space.at[feature]] = 1.0
    return [*(("provider", key) for key in places), *features], vectors


def _length(vector):
    length = float(np.sqrt(vector @ vector))
    return length if length > 1e-9 else 0.0


def _points(score):
    """Hundredths: what scores are compared by."""
    return np.rint(100 * np.asarray(score)).astype(np.int32)


def _first(points, n):
    """Positions of the best n, and of all that equal the last of them."""
    if len(points) <= n:
        return np.arange(len(points))
    held = np.bincount(points - points.min())[::-1]  # how many have each score, the best first
    last = points.max() - int(np.searchsorted(np.cumsum(held), n))
    return np.flatnonzero(points >= last)


def _turns(ids, day, query):
    """A fair order for equals that anyone can compute: SplitMix64 of the id.

    Its seed is the first eight bytes of sha256("2026-11-24|OR"): the day, and the state searched
    from, or "US".
    """
    text = f"{day.isoformat()}|{query.state or query.home or 'US'}"
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    with np.errstate(over="ignore"):
        x = ids.astype(np.uint64) + np.uint64(seed)
        x += np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return x ^ (x >> np.uint64(31))
