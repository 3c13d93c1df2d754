"""All published listings at one version: what they say and offer, and who matches a `Query`."""

from dataclasses import replace
from functools import cached_property
from itertools import product

import numpy as np

from . import bits, columns, order
from .asked import COUNTED, KINDS, Asked, all_of, squared_chord
from .changes import FLAGS
from .order import Candidates
from .query import Matches, Ordered
from .sphere import degrees, unit_vectors
from .texts import listings_with

SHORT = 4  # a span is short when so many fit into all rows
UNPACKED = 16  # bitmaps of what few places say, at hand
TEXTS = 32  # answers to words that are remembered
DAYS = 8  # bitmaps of who was checked since then


class Snapshot:
    """The directory at one version. Never changed once built, so threads may share it."""

    def __init__(self, version, held, terms):
        self.version, self.columns = version, held
        self.terms = {term.pk: term for term in terms}
        self.by_facet = {}
        for term in terms:
            self.by_facet.setdefault(term.facet, []).append(term)
        self.size = int(bits.count(held.live))
        self.nothing = np.zeros(len(held.live), dtype=np.uint64)
        self._any = {}
        self._unpacked = {}
        self._texts = {}  # a page asks for the same words several times
        self._since = {}  # and every page for the same days
        therapies, rows, flags = held.extra.T
        self._second = {
            int(key): (rows[therapies == key], flags[therapies == key])
            for key in np.unique(therapies)
        }
        known = {(t.facet, t.pk): held.planes.get(("yes", t.pk)) for t in terms}
        known = {name: at for name, at in known.items() if at is not None}
        # Every term that a place says yes to, and its row of the matrix, ascending.
        self.counted = sorted(known.items(), key=lambda item: item[1])

    @property
    def ids(self):
        """Ids of all listings, ascending."""
        return np.sort(self.ids_at(bits.rows(self.columns.live)))

    @property
    def demonstration(self):
        return bool((self.plane("example") & self.columns.live).any())

    def ids_at(self, rows):
        return self.columns.ids[rows].astype(np.int64)

    # --- what holds -----------------------------------------------------------------------

    def plane(self, *name):
        at = self.columns.planes.get(name)
        if at is not None:
            return self.columns.matrix[at]
        rows = self.columns.few.get(name)
        if rows is None:
            return self.nothing
        plane = self._unpacked.get(name)
        if plane is None:
            if len(self._unpacked) >= UNPACKED:
                self._unpacked = {}
            plane = self._unpacked[name] = bits.of(rows, len(self.nothing))
        return plane

    def part(self, span, *name):
        """`plane` of a span; what few places say is put together for a short span alone."""
        rows = self.columns.few.get(name)
        if rows is None or (span.stop - span.start) * SHORT > len(self.nothing):
            return self.plane(*name)[span]
        first, end = self._few(span, rows)
        found = self.nothing[span]
        if first < end:
            found = found.copy()
            bits.put(found, rows[first:end].astype(np.int64) - span.start * bits.WORD)
        return found

    def at_most(self, span, *name):
        """How many places of a span say this, or more: what is known without a look at each."""
        if name in self.columns.planes:
            return self.size
        rows = self.columns.few.get(name, self.columns.ids[:0])
        first, end = self._few(span, rows)
        return end - first

    @staticmethod
    def _few(span, rows):
        """Where those of a span begin and end among rows in ascending order."""
        return np.searchsorted(rows, np.array([span.start, span.stop], rows.dtype) * bits.WORD)

    def having(self, thing):
        """All places that have a feature: say yes to a term, or offer this in some service."""
        kind, value = thing
        if kind == "term":
            return self.plane("yes", value)
        if kind == "therapy":
            return self.offered((value,), {}, slice(None))
        return self.of_any(self.therapies, {kind: (value,)})

    @property
    def therapies(self):
        """Ids of all therapies that some place offers, published or not."""
        planes = (key for key in self.columns.planes if key[0] == "offers")
        return tuple(key[1] for key in planes if len(key) == 2)

    def offered(self, therapies, wanted, span, *, or_unstated=False):
        """Places with one service of these therapies that is all that is `wanted` of one."""
        found = np.zeros_like(self.nothing[span])
        for therapy in therapies:
            found |= self._service(therapy, wanted, span, or_unstated)
            if therapy in self._second:
                self._put_second(found, therapy, wanted, span, or_unstated)
        return found

    def _service(self, therapy, wanted, span, or_unstated):
        """Places whose first service of a therapy is all that is wanted."""
        ok = self.plane("offers", therapy)[span]
        for kind, values in wanted.items():
            if not values:
                continue
            hit = self._either(therapy, values, span)
            if or_unstated:
                hit = hit | ~self._either(therapy, KINDS[kind], span)
            ok = ok & hit
        return ok

    def _either(self, therapy, values, span):
        hit = self.plane("offers", therapy, values[0])[span]
        for value in values[1:]:
            hit = hit | self.plane("offers", therapy, value)[span]
        return hit

    def _put_second(self, found, therapy, wanted, span, or_unstated):
        """Add the few places whose second service of a therapy is all that is wanted."""
        rows, flags = self._second[therapy]
        first = (span.start or 0) * bits.WORD
        a, b = np.searchsorted(rows, (first, first + len(found) * bits.WORD))
        rows, flags = rows[a:b], flags[a:b]
        ok = np.ones(len(rows), dtype=bool)
        for kind, values in wanted.items():
            if not values:
                continue
            hit = (flags & sum(FLAGS[value] for value in values)) != 0
            if or_unstated:
                hit |= (flags & sum(FLAGS[value] for value in KINDS[kind])) == 0
            ok &= hit
        bits.put(found, rows[ok] - first)

    def of_any(self, pool, wanted, *, or_unstated=False):
        """`offered` for all therapies that may be shown, from planes made once a version."""
        if pool not in self._any:
            self._any[pool] = {}
        ready, found = self._any[pool], None
        chosen = [wanted.get(kind) or (None,) for kind in KINDS]
        for values in product(*chosen):
            key = values, or_unstated
            if key not in ready:
                one = {kind: (v,) if v else () for kind, v in zip(KINDS, values, strict=True)}
                ready[key] = self.offered(pool, one, slice(None), or_unstated=or_unstated)
            found = ready[key] if found is None else found | ready[key]
        return found

    def with_words(self, words):
        """The listings whose text has words that begin with all of these."""
        found = self._texts.get(words)
        if found is None:
            if len(self._texts) >= TEXTS:
                self._texts = {}
            rows = self.columns.rows_of(listings_with(words))
            found = self._texts[words] = bits.of(rows, len(self.nothing))
        return found

    def checked_since(self, day):
        """Who was last checked on this day (an ordinal) or later."""
        found = self._since.get(day)
        if found is None:
            if len(self._since) >= DAYS:
                self._since = {}
            found = self._since[day] = bits.pack(self.columns.checked >= day)
        return found

    # --- questions ------------------------------------------------------------------------

    def here(self, query):
        """The point of a query on the unit sphere, or None."""
        if not query.located:
            return None
        return unit_vectors(np.array([query.lat]), np.array([query.lon]))[0].astype(np.float32)

    def search(self, query, *, scorer=None, count=False):
        """Answer a `Query` with `Matches`; with `count`, also every facet's counts."""
        asked = Asked(self, query)
        found, unstated = self.nothing.copy(), self.nothing.copy()
        says_no, reaches = 0, []
        counts = {(term.facet, key): 0 for key, term in self.terms.items()}
        for span in asked.spans:
            reach, services, facets = asked.held(span)
            found[span] = all_of([reach, services, *facets.values()])
            if query.filtered:
                maybe, offered = asked.maybe(span, reach)
                unstated[span] = maybe & ~found[span]
                says_no += int(bits.count(offered & ~maybe))
            if count:
                asked.count(span, reach, services, facets, found[span], counts)
                reaches.append((span, reach))
        untold, zeros = set(), self._zeros(counts) if count else set()
        for span, reach in reaches:
            untold |= asked.untold(span, reach, zeros - untold)
        how = self._order(query, scorer)
        spans = asked.spans
        return Matches(
            ids=Ordered(self, found, spans, how),
            unstated=Ordered(self, unstated, spans, how),
            says_no=says_no,
            counts=counts if count else {},
            untold=frozenset(untold),
        )

    def _zeros(self, counts):
        """The options without a count, of those that a place may leave unsaid."""
        names = {(kind, value) for kind, values in COUNTED.items() for value in values}
        names.update((term.facet, key) for key, term in self.terms.items())
        return {name for name in names if not counts.get(name)}

    def count(self, query):
        """How many match."""
        asked = Asked(self, query)
        return sum(int(bits.count(asked.matching(span))) for span in asked.spans)

    def circles(self, query, radii):
        """How many each circle around the point holds, from one look: miles -> count.

        None is any distance. `query` says all but the radius, and is located.
        """
        asked = Asked(self, replace(query, radius=None))
        found = self.nothing.copy()
        for span in asked.spans:
            found[span] = asked.matching(span)
        squares = [np.zeros(0, dtype=np.float32)]
        for span in self.columns.near(query.lat, query.lon, max(filter(None, radii), default=0.0)):
            squares.append(asked.squares(bits.rows(found[span]) + span.start * bits.WORD))
        squares = np.concatenate(squares)
        return {
            miles: int(
                bits.count(found)
                if miles is None
                else np.count_nonzero(squares <= squared_chord(miles))
            )
            for miles in radii
        }

    def ages(self, query, days):
        """How many match with a check on each of these days (ordinals) or later: day -> count."""
        asked = Asked(self, replace(query, since=0))
        counts = dict.fromkeys(days, 0)
        for span in asked.spans:
            found = asked.matching(span)
            for day in days:
                counts[day] += int(bits.count(found & self.checked_since(day)[span]))
        return counts

    def _order(self, query, scorer):
        if query.sort == "name":
            return order.ByName(self, query)
        if query.sort == "best" and scorer is not None:
            return order.ByScore(self, query, scorer)
        if query.located and query.sort != "checked":
            return order.ByDistance(self, query)
        return order.ByChecked(self, query)

    def candidates(self, ids, query):
        """These listings as a scorer sees them (ids that are not here are left out)."""
        rows = self.columns.rows_of(ids)
        return Candidates(self, rows, order.Order(self, query).miles(rows), query)

    def shared(self, matches, things):
        """Those of the things that all matches have."""
        words, spans = matches.ids.words, matches.ids.spans
        return frozenset(
            thing
            for thing in things
            if not any((words[span] & ~self.having(thing)[span]).any() for span in spans)
        )

    def any_checked(self, matches):
        """Was any of all that match ever checked?"""
        words, ever = matches.ids.words, self.checked_since(1)
        return any((words[span] & ever[span]).any() for span in matches.ids.spans)

    def by_state(self, matches):
        """State code -> how many of all that match."""
        starts, states = self._runs
        held = np.diff(bits.before(matches.ids.words, starts))
        counts = np.bincount(states, weights=held, minlength=columns.NO_STATE + 1)
        return {code: int(counts[n]) for code, n in columns.STATE_CODES.items() if counts[n]}

    @cached_property
    def _runs(self):
        """(where each run of rows of one state starts, and the last ends; its state)."""
        state = self.columns.state
        starts = np.flatnonzero(np.diff(state)) + 1
        starts = np.concatenate([[0], starts, [len(state)]])
        return starts, state[starts[:-1]]

    def point(self, provider_id):
        """(lat, lon) that a listing is looked for at: its own, or its town's; None without."""
        rows = self.columns.rows_of([provider_id])
        if not len(rows) or np.isnan(self.columns.unit[0, rows[0]]):
            return None
        return degrees(self.columns.unit[:, rows[0]])

    def things(self, params):
        """Facet parameters as features: ("pay", ["medicaid"]) becomes ("term", 5)."""
        known = {(term.facet, term.slug): ("term", key) for key, term in self.terms.items()}
        known |= {(kind, value): (kind, value) for kind in COUNTED for value in COUNTED[kind]}
        pairs = ((param, value) for param, values in params for value in values)
        return [known[pair] for pair in pairs if pair in known]

    # --- features, for likeness -----------------------------------------------------------

    def features(self):
        """Bitmaps of all that tells places apart: ("term", 5), ("therapy", 2), ("delivery", …)."""
        if not hasattr(self, "_features"):
            planes = sorted(key for key in self.columns.planes if len(key) == 2)
            things = [("term", key) for answer, key in planes if answer == "yes"]
            things += [("therapy", key) for answer, key in planes if answer == "offers"]
            things += [(kind, v) for kind in ("delivery", "grouping") for v in KINDS[kind]]
            self._features = {thing: self.having(thing) & self.columns.live for thing in things}
        return self._features
