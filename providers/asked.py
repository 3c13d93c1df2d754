"""A question taken apart: what of it holds for which rows of the index, and what it counts."""

import numpy as np

from . import bits, columns
from .sphere import EARTH_MILES

AT_ONCE = 1 << 16  # words worked on together: what fits into a near cache

KINDS = {
    "delivery": ("in-person", "virtual"),
    "grouping": ("individual", "group", "couple", "family"),
    "accepting": ("accepting", "full"),
}
COUNTED = {
    "delivery": KINDS["delivery"],
    "grouping": KINDS["grouping"],
    "accepting": ("accepting",),
}


class Asked:
    """A `Query` of a `Snapshot`. Sets are bitmaps of a span of words."""

    def __init__(self, snapshot, query):
        self.snapshot, self.query = snapshot, query
        held = snapshot.columns
        self.here = snapshot.here(query)
        if self.here is None or query.radius is None:
            self.far, self.spans = None, held.everywhere()
        else:
            self.far = squared_chord(query.radius)
            self.spans = held.near(query.lat, query.lon, query.radius)
        self.only = self._only()
        self.out = [snapshot.having(thing) for thing in query.exclude]
        self.of_service = query.of_service
        self.any_service = not query.therapies and any(self.of_service.values())
        self.whole = snapshot.of_any(query.pool, self.of_service) if self.any_service else None

    def _only(self):
        """A bitmap of what the words leave and is not left out; None when neither is asked."""
        only, query, held = None, self.query, self.snapshot.columns
        if query.words:
            only = self.snapshot.with_words(query.words)
        if query.leave_out:
            out = ~bits.of(held.rows_of(query.leave_out), len(held.live))
            only = out if only is None else only & out
        return only

    # --- who matches ----------------------------------------------------------------------

    def matching(self, span):
        """Who matches all of it."""
        reach, services, facets = self.held(span)
        return all_of([reach, services, *facets.values()])

    def held(self, span):
        """(reach, services, facet -> who says yes); services may be None."""
        services = None
        if self.query.therapies:
            services = self.snapshot.offered(self.query.therapies, self.of_service, span)
        elif self.any_service:
            services = self.whole[span]
        return self._reach(span), services, self._facets(span)

    def _reach(self, span):
        """What lies within the radius, holds the words, and is not excluded."""
        held, query = self.snapshot.columns, self.query
        reach = held.live[span]
        rows = slice(span.start * bits.WORD, span.stop * bits.WORD)
        if self.far is not None:
            reach = reach & bits.pack(self.squares(rows) <= self.far)
        if query.state:
            code = columns.STATE_CODES.get(query.state, columns.NO_STATE)
            reach = reach & bits.pack(held.state[rows] == code)
        if query.since:
            reach = reach & self.snapshot.checked_since(query.since)[span]
        if self.only is not None:
            reach = reach & self.only[span]
        for out in self.out:
            reach = reach & ~out[span]
        return reach

    def squares(self, rows):
        """Squared chords from the point to rows: a slice of them, or their numbers."""
        x, y, z = self.snapshot.columns.unit[:, rows] - self.here[:, None]
        return x * x + y * y + z * z

    def _facets(self, span):
        part = self.snapshot.part
        return {
            facet: any_of([part(span, "yes", value) for value in values])
            for facet, values in self.query.terms
        }

    def maybe(self, span, reach):
        """(who may have all of it, as far as they said; who offers the therapies at all)."""
        query, offered = self.query, reach
        if query.therapies:
            offered = reach & self.snapshot.offered(query.therapies, {}, span)
        maybe = reach
        if query.therapies or self.any_service:
            maybe = maybe & self._maybe_in_service(self.of_service, span)
        return all_of([maybe, *(self._maybe_say(v, span) for _, v in query.terms)]), offered

    def _maybe_in_service(self, wanted, span):
        """Who may have one service that is all that is wanted; who named none may have any."""
        query, snapshot = self.query, self.snapshot
        if query.therapies:
            return snapshot.offered(query.therapies, wanted, span, or_unstated=True)
        silent = ~snapshot.of_any(query.pool, {})[span]
        return silent | snapshot.of_any(query.pool, wanted, or_unstated=True)[span]

    def _maybe_say(self, values, span):
        """Who says yes to one of these terms, or has not said no to all of them."""
        yes = any_of([self.snapshot.part(span, "yes", value) for value in values])
        no = all_of([self.snapshot.part(span, "no", value) for value in values])
        return yes | ~no

    def untold(self, span, reach, names):
        """Which of these options some place here may have, as far as it said."""
        query, snapshot = self.query, self.snapshot
        if not reach.any():
            return set()
        said = {facet: self._maybe_say(values, span) for facet, values in query.terms}
        services = None
        if query.therapies or self.any_service:
            services = self._maybe_in_service(self.of_service, span)
        base = {
            facet: all_of([reach, services, *(said[name] for name in said if name != facet)])
            for facet in (*said, None)
        }
        many = {facet: int(bits.count(places)) for facet, places in base.items()}
        everything = all_of([reach, *said.values()])

        def may(facet, value):
            if facet in COUNTED:
                wanted = self.of_service | {facet: (value,)}
                return (everything & self._maybe_in_service(wanted, span)).any()
            of = facet if facet in base else None
            if not many[of] or many[of] > snapshot.at_most(span, "no", value):
                return many[of] > 0  # not all of them can say no
            return (base[of] & ~snapshot.part(span, "no", value)).any()

        return {name for name in names if may(*name)}

    # --- how many would -------------------------------------------------------------------

    def count(self, span, reach, services, facets, found, counts):
        """Add what a span holds to the counts of every facet."""
        query, snapshot = self.query, self.snapshot
        self._count_terms(span, reach, services, facets, found, counts)
        everything = all_of([reach, *facets.values()])
        by_therapy = {}
        for key in query.pool:
            offered = snapshot.offered((key,), self.of_service, span) & everything
            by_therapy[key] = offered
            _add(counts, ("therapy", key), offered)
        held = {}  # with a therapy asked for, most groups are the same few
        for name, members in query.groups:
            if members not in held:
                group = [by_therapy[key] for key in members if key in by_therapy]
                held[members] = int(bits.count(any_of(group))) if group else 0
            counts["condition", name] = counts.get(("condition", name), 0) + held[members]
        for kind, values in COUNTED.items():
            for value in values:
                wanted = self.of_service | {kind: (value,)}
                if query.therapies:
                    offered = snapshot.offered(query.therapies, wanted, span)
                else:
                    offered = snapshot.of_any(query.pool, wanted)[span]
                _add(counts, (kind, value), everything & offered)

    def _count_terms(self, span, reach, services, facets, found, counts):
        """What each term would leave; for a facet in use, its own choice does not count."""
        counted = self.snapshot.counted
        self._add_terms([each for each in counted if each[0][0] not in facets], found, span, counts)
        for facet in facets:
            others = (facets[name] for name in facets if name != facet)
            base = all_of([reach, services, *others])
            self._add_terms([each for each in counted if each[0][0] == facet], base, span, counts)

    def _add_terms(self, counted, base, span, counts):
        """Add how many of a set say yes to each of these terms."""
        matrix, step = self.snapshot.columns.matrix, max(1, AT_ONCE // max(1, len(base)))
        for start in range(0, len(counted), step):
            some = counted[start : start + step]
            planes = _together([at for _, at in some])
            for (name, _), number in zip(
                some, bits.count(matrix[planes, span] & base).tolist(), strict=True
            ):
                counts[name] += number


def _together(rows):
    """Ascending rows of a matrix; as a slice where they stand together: it copies nothing."""
    return slice(rows[0], rows[-1] + 1) if rows[-1] - rows[0] == len(rows) - 1 else rows


def squared_chord(miles):
    """Of the unit sphere, as exactly as the index knows points."""
    return np.float32((2 * np.sin(miles / EARTH_MILES / 2)) ** 2)


def all_of(sets):
    found, *others = [words for words in sets if words is not None]
    for words in others:
        found = found & words
    return found


def any_of(sets):
    found, *others = sets
    for words in others:
        found = found | words
    return found


def _add(counts, key, words):
    counts[key] = counts.get(key, 0) + int(bits.count(words))
