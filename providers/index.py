"""The index: all published listings as columns and bitmaps, in this process's memory.

The database holds the truth and serves rows; this answers which, how many, in what order.
`SearchRow` is loaded whole once, then newer versions are taken in, asked for at most once a
second and always on a request: no thread, and no other messenger between processes.
"""

import threading
import time
from itertools import product
from types import SimpleNamespace

import numpy as np

from trupaths.text import words as words_of

from . import bits, columns, order
from .changes import FLAGS
from .models import SearchClock, SearchRow, SearchWord, Term
from .order import Candidates
from .query import Matches, Ordered
from .sphere import EARTH_MILES, unit_vectors

ASK_EVERY = 1.0  # seconds
UNPACKED = 16  # bitmaps of what few places say, at hand
TEXTS = 32  # answers to words that are remembered
BLOCK = 1024  # words worked on at once: what fits into the nearest cache
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
        therapies, rows, flags = held.extra.T
        self._second = {
            int(key): (rows[therapies == key], flags[therapies == key])
            for key in np.unique(therapies)
        }
        self._counted = {
            facet: _together(
                {t.pk: held.planes["yes", t.pk] for t in of_it if ("yes", t.pk) in held.planes}
            )
            for facet, of_it in self.by_facet.items()
        }

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

    def having(self, thing):
        """All places that have a feature: say yes to a term, or offer this in some service."""
        kind, value = thing
        if kind == "term":
            return self.plane("yes", value)
        if kind == "therapy":
            return self._offered((value,), {}, slice(None))
        return self._of_any(self.therapies, {kind: (value,)})

    @property
    def therapies(self):
        """Ids of all therapies that some place offers, published or not."""
        planes = (key for key in self.columns.planes if key[0] == "offers")
        return tuple(key[1] for key in planes if len(key) == 2)

    def _offered(self, therapies, wanted, span, *, or_unstated=False):
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

    def _of_any(self, pool, wanted):
        """`_offered` for all therapies that may be shown, from planes made once a version."""
        if pool not in self._any:
            self._any[pool] = {}
        ready, found = self._any[pool], None
        chosen = [wanted.get(kind) or (None,) for kind in KINDS]
        for values in product(*chosen):
            if values not in ready:
                one = {kind: (v,) if v else () for kind, v in zip(KINDS, values, strict=True)}
                ready[values] = self._offered(pool, one, slice(None))
            found = ready[values] if found is None else found | ready[values]
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

    # --- questions ------------------------------------------------------------------------

    def here(self, query):
        """The point of a query on the unit sphere, or None."""
        if not query.located:
            return None
        return unit_vectors(np.array([query.lat]), np.array([query.lon]))[0].astype(np.float32)

    def search(self, query, *, scorer=None, count=False):
        """Answer a `Query` with `Matches`; with `count`, also every facet's counts."""
        asked = _Asked(self, query)
        found, unstated = self.nothing.copy(), self.nothing.copy()
        says_no = 0
        counts = {(facet, t.pk): 0 for facet, of_it in self.by_facet.items() for t in of_it}
        for span in asked.spans:
            reach, services, facets = asked.held(span)
            found[span] = _all_of([reach, services, *facets.values()])
            if query.filtered:
                maybe, offered = asked.maybe(span, reach)
                unstated[span] = maybe & ~found[span]
                says_no += int(bits.count(offered & ~maybe))
            if count:
                asked.count(span, reach, services, facets, found[span], counts)
        how = self._order(query, scorer)
        spans = asked.spans
        return Matches(
            ids=Ordered(self, found, spans, how),
            unstated=Ordered(self, unstated, spans, how),
            says_no=says_no,
            counts=counts if count else {},
        )

    def count(self, query):
        """How many match."""
        asked = _Asked(self, query)
        total = 0
        for span in asked.spans:
            reach, services, facets = asked.held(span)
            total += int(bits.count(_all_of([reach, services, *facets.values()])))
        return total

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

    def by_state(self, matches):
        """State code -> how many of all that match."""
        counts = np.zeros(columns.NO_STATE + 1, dtype=np.int64)
        for span in matches.ids.spans:
            state = self.columns.state[span.start * bits.WORD : span.stop * bits.WORD]
            here = state[bits.flags(matches.ids.words[span])]
            counts += np.bincount(here, minlength=len(counts))
        return {code: int(counts[n]) for code, n in columns.STATE_CODES.items() if counts[n]}

    def point(self, provider_id):
        """(lat, lon) that a listing is looked for at: its own, or its town's; None without."""
        rows = self.columns.rows_of([provider_id])
        if not len(rows) or np.isnan(self.columns.unit[0, rows[0]]):
            return None
        x, y, z = self.columns.unit[:, rows[0]].astype(float)
        return float(np.degrees(np.arcsin(z))), float(np.degrees(np.arctan2(y, x)))

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


class _Asked:
    """A query taken apart: what of it holds in a span of words."""

    def __init__(self, snapshot, query):
        self.snapshot, self.query = snapshot, query
        held = snapshot.columns
        self.here = snapshot.here(query)
        if self.here is None or query.radius is None:
            self.far, spans = None, held.everywhere()
        else:
            self.far = np.float32((2 * np.sin(query.radius / EARTH_MILES / 2)) ** 2)
            spans = held.near(query.lat, query.lon, query.radius)
        self.spans = [part for span in spans for part in _blocks(span)]
        self.only = self._only()
        self.out = [snapshot.having(thing) for thing in query.exclude]
        self.of_service = query.of_service
        self.any_service = not query.therapies and any(self.of_service.values())
        self.whole = snapshot._of_any(query.pool, self.of_service) if self.any_service else None

    def _only(self):
        """A bitmap of what the words leave and is not left out; None when neither is asked."""
        only, query, held = None, self.query, self.snapshot.columns
        if query.words:
            only = self.snapshot.with_words(query.words)
        if query.leave_out:
            out = ~bits.of(held.rows_of(query.leave_out), len(held.live))
            only = out if only is None else only & out
        return only

    def held(self, span):
        """(reach, services, facet -> who says yes): bitmaps of a span; services may be None."""
        services = None
        if self.query.therapies:
            services = self.snapshot._offered(self.query.therapies, self.of_service, span)
        elif self.any_service:
            services = self.whole[span]
        return self._reach(span), services, self._facets(span)

    def _reach(self, span):
        """What lies within the radius, holds the words, and is not excluded."""
        held, query = self.snapshot.columns, self.query
        reach = held.live[span]
        rows = slice(span.start * bits.WORD, span.stop * bits.WORD)
        if self.far is not None:
            x, y, z = held.unit[:, rows] - self.here[:, None]
            reach = reach & bits.pack(x * x + y * y + z * z <= self.far)
        if query.state:
            code = columns.STATE_CODES.get(query.state, columns.NO_STATE)
            reach = reach & bits.pack(held.state[rows] == code)
        if query.since:
            reach = reach & bits.pack(held.checked[rows] >= query.since)
        if self.only is not None:
            reach = reach & self.only[span]
        for out in self.out:
            reach = reach & ~out[span]
        return reach

    def _facets(self, span):
        plane = self.snapshot.plane
        return {
            facet: _any_of([plane("yes", value)[span] for value in values])
            for facet, values in self.query.terms
        }

    def maybe(self, span, reach):
        """(who may have all of it, as far as they said; who offers the therapies at all)."""
        query, snapshot = self.query, self.snapshot
        maybe = offered = reach
        if query.therapies:
            offered = reach & snapshot._offered(query.therapies, {}, span)
        if query.therapies or self.any_service:
            therapies = query.therapies or query.pool
            maybe = maybe & snapshot._offered(therapies, self.of_service, span, or_unstated=True)
        for _, values in query.terms:
            yes = _any_of([snapshot.plane("yes", value)[span] for value in values])
            no = _all_of([snapshot.plane("no", value)[span] for value in values])
            maybe = maybe & (yes | ~no)
        return maybe, offered

    def count(self, span, reach, services, facets, found, counts):
        """Add what a span holds to the counts of every facet."""
        query, snapshot = self.query, self.snapshot
        self._count_terms(span, reach, services, facets, found, counts)
        everything = _all_of([reach, *facets.values()])
        by_therapy = {}
        for key in query.pool:
            offered = snapshot._offered((key,), self.of_service, span) & everything
            by_therapy[key] = offered
            _add(counts, ("therapy", key), offered)
        for name, members in query.groups:
            group = [by_therapy[key] for key in members if key in by_therapy]
            _add(counts, ("condition", name), _any_of(group) if group else reach[:0])
        for kind, values in COUNTED.items():
            for value in values:
                wanted = self.of_service | {kind: (value,)}
                if query.therapies:
                    offered = snapshot._offered(query.therapies, wanted, span)
                else:
                    offered = snapshot._of_any(query.pool, wanted)[span]
                _add(counts, (kind, value), everything & offered)

    def _count_terms(self, span, reach, services, facets, found, counts):
        """What each term would leave; for a facet in use, its own choice does not count."""
        matrix = self.snapshot.columns.matrix
        for facet, (keys, planes) in self.snapshot._counted.items():
            if not keys:
                continue
            base = found
            if facet in facets:
                others = (facets[name] for name in facets if name != facet)
                base = _all_of([reach, services, *others])
            numbers = bits.count(matrix[planes, span] & base)
            for key, number in zip(keys, numbers.tolist(), strict=True):
                counts[facet, key] = counts.get((facet, key), 0) + number


def listings_with(words):
    """Ids of the listings whose text has words that begin with all of these."""
    found = SearchRow.objects.filter(live=True)
    for word in words:
        found = found.filter(search_text__contains=f" {word}")
    return list(found.values_list("provider_id", flat=True))


def holding(text):
    """What of this text listings hold: `.word(folded)` and `.name(folded)` say so."""
    known = words_of(text)
    held = frozenset()
    if known:
        held = frozenset(SearchWord.objects.filter(word__in=known).values_list("word", flat=True))
    return SimpleNamespace(
        word=held.__contains__,
        name=lambda name: SearchRow.objects.filter(live=True, sort_key=name).exists(),
    )


def _together(planes):
    """(terms, their rows of the matrix), as a slice where they stand together: it copies less."""
    keys = sorted(planes, key=planes.get)
    rows = [planes[key] for key in keys]
    if rows and rows[-1] - rows[0] == len(rows) - 1:
        return keys, slice(rows[0], rows[-1] + 1)
    return keys, rows


def _blocks(span):
    starts = range(span.start, span.stop, BLOCK)
    return [slice(start, min(start + BLOCK, span.stop)) for start in starts]


def _all_of(sets):
    found, *others = [words for words in sets if words is not None]
    for words in others:
        found = found & words
    return found


def _any_of(sets):
    found, *others = sets
    for words in others:
        found = found | words
    return found


def _add(counts, key, words):
    counts[key] = counts.get(key, 0) + int(bits.count(words))


class Index:
    """This process's snapshot, and how it stays fresh."""

    def __init__(self):
        self._lock = threading.Lock()
        self._snapshot = None
        self._asked = 0.0

    def current(self):
        """The snapshot as of at most a second ago."""
        if self._snapshot is not None and time.monotonic() - self._asked < ASK_EVERY:
            return self._snapshot
        # While one request takes in what is new, the others go on with what there is.
        if not self._lock.acquire(blocking=self._snapshot is None):
            return self._snapshot
        try:
            version = SearchClock.objects.values_list("version", flat=True).first() or 0
            if self._snapshot is None or version != self._snapshot.version:
                self._snapshot = self._loaded(self._snapshot)
            self._asked = time.monotonic()
            return self._snapshot
        finally:
            self._lock.release()

    def _loaded(self, old):
        """All rows, or those newer than what we hold.

        The version is read first: a row written meanwhile is read again next time, none is lost.
        """
        version = SearchClock.objects.values_list("version", flat=True).first() or 0
        held = None
        if old is not None and old.version < version:
            newer = SearchRow.objects.filter(version__gt=old.version)
            if newer.count() <= columns.ROOM:
                held = columns.changed(old.columns, newer.values_list(*columns.READ))
        if held is None:
            rows = SearchRow.objects.filter(live=True).values_list(*columns.READ)
            held = columns.load(rows.iterator(chunk_size=columns.AT_A_TIME))
        return Snapshot(version, held, list(Term.objects.all()))

    def ready(self):
        return self._snapshot is not None

    def forget(self):
        """Load anew at the next question (tests, whose changes are rolled back)."""
        self._snapshot = None

    @property
    def demonstration(self):
        """Are examples among the published listings?"""
        return self.current().demonstration


index = Index()
