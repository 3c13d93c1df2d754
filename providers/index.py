"""The index: all published listings as columns and bitmaps, in this process's memory.

The database holds the truth and serves rows; this answers which, how many, in what order.
`SearchRow` is loaded whole once, then newer versions are taken in, asked for at most once a
second and always on a request: no thread, and no other messenger between processes.
"""

import threading
import time

import numpy as np

from .bits import Bits
from .changes import DELIVERY, FLAGS, GROUPING
from .models import SearchClock, SearchRow, Term
from .query import Matches
from .sphere import EARTH_MILES, unit_vectors

ASK_EVERY = 1.0  # seconds

COLUMNS = (
    "provider_id demonstration lat lon by_town checked yes no services sort_key search_text"
).split()


class Snapshot:
    """The directory at one version. Never changed once built, so threads may share it."""

    def __init__(self, version, rows, terms):
        """`rows` maps a provider id to a tuple of COLUMNS; `terms` are all Term rows."""
        self.version = version
        self.rows = rows
        self.terms = {term.pk: term for term in terms}
        self.by_facet = {}
        for term in terms:
            self.by_facet.setdefault(term.facet, []).append(term)
        table = [rows[key] for key in sorted(rows)]
        column = dict(zip(COLUMNS, zip(*table, strict=True), strict=True)) if table else {}
        n = self.size = len(table)

        def numbers(name, dtype):
            return np.array(column.get(name, ()), dtype=dtype)

        self.ids = numbers("provider_id", np.int64)
        self.at = {int(key): row for row, key in enumerate(self.ids)}
        self.checked = numbers("checked", np.int32)
        self.demonstration = bool(numbers("demonstration", bool).any())
        self.lat = numbers("lat", np.float64)  # None becomes NaN
        self.lon = numbers("lon", np.float64)
        self.by_town = numbers("by_town", bool)
        self.unit = unit_vectors(self.lat, self.lon)
        names = list(zip(column.get("sort_key", ()), self.ids.tolist(), strict=True))
        order = np.array(sorted(range(n), key=names.__getitem__), dtype=np.int64)
        self.name_rank = np.empty(n, dtype=np.int64)
        self.name_rank[order] = np.arange(n)
        self.search_text = column.get("search_text", ())

        self.all = Bits.full(n)
        self.none = Bits.empty(n)
        self.yes = self._planes(column.get("yes", ()))
        self.no = self._planes(column.get("no", ()))
        self._load_services(column.get("services", ()))

    def _planes(self, packed):
        """A bitmap for each term that occurs."""
        rows, values = _unpacked(packed)
        return {
            int(value): Bits.of(rows[values == value], self.size) for value in np.unique(values)
        }

    def _load_services(self, packed):
        """Services sorted by therapy, then row: one slice a therapy."""
        rows, values = _unpacked(packed)
        therapy, flags = values[0::2], values[1::2]
        rows = rows[0::2]
        order = np.lexsort((rows, therapy))
        self.service_row, self.service_flags = rows[order], flags[order]
        ids, starts = np.unique(therapy[order], return_index=True)
        ends = [*starts.tolist(), len(order)][1:]
        self.service_slice = {
            int(key): slice(a, b) for key, a, b in zip(ids, starts, ends, strict=True)
        }

    # --- what holds -----------------------------------------------------------------------

    def says(self, term_id, answer="yes"):
        return (self.yes if answer == "yes" else self.no).get(term_id, self.none)

    def offers(self, therapies, delivery=(), grouping=(), *, or_unstated=False):
        """Places with one service that is of these therapies, this delivery and grouping."""
        found = np.zeros(self.size, dtype=bool)
        for key in therapies:
            if (where := self.service_slice.get(key)) is None:
                continue
            flags = self.service_flags[where]
            ok = np.ones(len(flags), dtype=bool)
            for wanted, kind in ((delivery, DELIVERY), (grouping, GROUPING)):
                if wanted:
                    hit = (flags & sum(FLAGS[value] for value in wanted)) != 0
                    ok &= hit | ((flags & kind) == 0) if or_unstated else hit
            found[self.service_row[where][ok]] = True
        return Bits.packed(found)

    def _service_facets(self, query, *, or_unstated=False):
        if not (query.therapies or query.delivery or query.grouping):
            return self.all
        therapies = query.therapies or query.pool
        return self.offers(therapies, query.delivery, query.grouping, or_unstated=or_unstated)

    def _term_facet(self, values, *, or_unstated=False):
        """Says yes to one of these; or, of what was not said no to, something is unstated."""
        if or_unstated:
            return self._term_facet(values) | ~Bits.intersection(
                (self.says(value, "no") for value in values), self.all
            )
        return Bits.union((self.says(value) for value in values), self.none)

    # --- questions ------------------------------------------------------------------------

    def miles_from(self, lat, lon):
        """Great-circle distance in miles for each row; NaN without a point."""
        here = unit_vectors(np.array([lat]), np.array([lon]))[0]
        chord = np.sqrt(np.maximum(0.0, 2.0 - 2.0 * (self.unit @ here)))
        return 2 * EARTH_MILES * np.arcsin(np.minimum(1.0, chord / 2))

    def _reach(self, query):
        """(miles or None, bitmap of what lies within the radius and holds the words)."""
        miles, reach = None, self.all
        if query.located:
            miles = self.miles_from(query.lat, query.lon)
            if query.radius is not None:
                reach = Bits.packed(miles <= query.radius)
        if query.words:
            held = [all(word in text for word in query.words) for text in self.search_text]
            reach = reach & Bits.packed(np.array(held, dtype=bool))
        if query.leave_out:
            rows = [self.at[key] for key in query.leave_out if key in self.at]
            reach = reach & ~Bits.of(np.array(rows, dtype=np.int64), self.size)
        return miles, reach

    def candidates(self, ids, query):
        """These listings as a scorer sees them (ids that are not here are left out)."""
        ids = np.asarray(ids if self.size else (), dtype=np.int64)
        rows = np.minimum(np.searchsorted(self.ids, ids), self.size - 1)
        rows = rows[self.ids[rows] == ids]
        miles = self.miles_from(query.lat, query.lon) if query.located else None
        return Candidates(self, rows, self._at(miles, rows), query)

    def found(self, matches, query):
        """All that matched, as a scorer sees them."""
        return Candidates(self, matches.rows, matches.miles, query)

    def point(self, provider_id):
        """(lat, lon) that a listing is looked for at: its own, or its town's; None without."""
        row = self.at.get(provider_id)
        if row is None or np.isnan(self.lat[row]):
            return None
        return float(self.lat[row]), float(self.lon[row])

    def search(self, query, *, scorer=None, count=False):
        """Answer a `Query` with `Matches`; with `count`, also every facet's counts."""
        miles, reach = self._reach(query)
        services = self._service_facets(query)
        facets = {facet: self._term_facet(values) for facet, values in query.terms}
        found = Bits.intersection([reach, services, *facets.values()], self.all)

        unstated, says_no = self.none, 0
        if query.filtered:
            offered = reach & self.offers(query.therapies, ()) if query.therapies else reach
            maybe = Bits.intersection(
                [
                    reach,
                    self._service_facets(query, or_unstated=True),
                    *(self._term_facet(values, or_unstated=True) for _, values in query.terms),
                ],
                self.all,
            )
            unstated = maybe & ~found
            says_no = (offered & ~maybe).count()

        order = self._ordered(query, found, miles, scorer)
        more = self._ordered(query, unstated, miles, scorer)
        return Matches(
            ids=self.ids[order],
            miles=self._at(miles, order),
            unstated=self.ids[more],
            unstated_miles=self._at(miles, more),
            says_no=says_no,
            rows=order,
            counts=self._counts(query, reach, services, facets) if count else {},
        )

    def count(self, query):
        """How many match."""
        _, reach = self._reach(query)
        facets = (self._term_facet(values) for _, values in query.terms)
        return Bits.intersection([reach, self._service_facets(query), *facets], self.all).count()

    def _counts(self, query, reach, services, facets):
        counts = {}
        everything = Bits.intersection(facets.values(), reach)
        for facet, terms in self.by_facet.items():
            others = (bits for key, bits in facets.items() if key != facet)
            base = Bits.intersection([services, *others], reach)
            for term in terms:
                counts[facet, term.pk] = (base & self.says(term.pk)).count()
        therapies = query.therapies or query.pool
        for key in query.pool:
            offered = self.offers((key,), query.delivery, query.grouping)
            counts["therapy", key] = (everything & offered).count()
        for name, members in query.groups:
            offered = self.offers(members, query.delivery, query.grouping)
            counts["condition", name] = (everything & offered).count()
        for value in ("in-person", "virtual"):
            offered = self.offers(therapies, (value,), query.grouping)
            counts["delivery", value] = (everything & offered).count()
        for value in ("individual", "group", "couple", "family"):
            offered = self.offers(therapies, query.delivery, (value,))
            counts["grouping", value] = (everything & offered).count()
        return counts

    def _ordered(self, query, bits, miles, scorer):
        rows = bits.rows()
        if query.sort == "name":
            return rows[np.argsort(self.name_rank[rows], kind="stable")]
        if query.sort == "best" and scorer is not None:
            return rows[scorer.order(Candidates(self, rows, self._at(miles, rows), query))]
        if miles is not None and query.sort != "checked":
            return rows[np.lexsort((self.name_rank[rows], miles[rows]))]
        return rows[np.lexsort((self.name_rank[rows], -self.checked[rows]))]

    @staticmethod
    def _at(miles, rows):
        return np.full(len(rows), np.nan) if miles is None else miles[rows]

    def things(self, params):
        """Facet parameters as features: ("pay", ["medicaid"]) becomes ("term", 5)."""
        known = {(term.facet, term.slug): ("term", key) for key, term in self.terms.items()}
        known |= {("delivery", v): ("delivery", v) for v in ("in-person", "virtual")}
        known |= {("grouping", v): ("grouping", v) for v in FLAGS if FLAGS[v] & GROUPING}
        pairs = ((param, value) for param, values in params for value in values)
        return [known[pair] for pair in pairs if pair in known]

    # --- features, for likeness -----------------------------------------------------------

    def features(self):
        """Bitmaps of all that tells places apart: ("term", 5), ("therapy", 2), ("delivery", …)."""
        if not hasattr(self, "_features"):
            found = {("term", key): bits for key, bits in sorted(self.yes.items())}
            for key in sorted(self.service_slice):
                found["therapy", key] = self.offers((key,))
            for value in ("in-person", "virtual"):
                found["delivery", value] = self.offers(self.service_slice, (value,))
            for value in ("individual", "group", "couple", "family"):
                found["grouping", value] = self.offers(self.service_slice, (), (value,))
            self._features = found
        return self._features


class Candidates:
    """What a scorer may look at: some rows of a snapshot, with their distances in miles."""

    def __init__(self, snapshot, rows, miles, query):
        self.snapshot, self.rows, self.miles, self.query = snapshot, rows, miles, query

    @property
    def ids(self):
        return self.snapshot.ids[self.rows]

    @property
    def by_town(self):
        """Which of them are measured to the middle of their town."""
        return self.snapshot.by_town[self.rows]

    def says(self, term_id, answer="yes"):
        return self.snapshot.says(term_id, answer).at(self.rows)

    def offers(self, therapies, delivery=(), grouping=()):
        return self.snapshot.offers(therapies, delivery, grouping).at(self.rows)


def _unpacked(packed):
    """(row of each value, value) of a column of packed uint32."""
    lengths = np.array([len(cell) // 4 for cell in packed], dtype=np.int64)
    values = np.frombuffer(b"".join(bytes(cell) for cell in packed), dtype="<u4")
    return np.repeat(np.arange(len(packed)), lengths), values.astype(np.int64)


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
        with self._lock:
            version = SearchClock.objects.values_list("version", flat=True).first() or 0
            if self._snapshot is None or version != self._snapshot.version:
                self._snapshot = self._loaded(self._snapshot)
            self._asked = time.monotonic()
            return self._snapshot

    def _loaded(self, old):
        """All rows, or those newer than what we hold.

        The version is read first: a row written meanwhile is read again next time, none is lost.
        """
        version = SearchClock.objects.values_list("version", flat=True).first() or 0
        found, rows = SearchRow.objects.all(), {}
        if old is not None and old.version < version:
            rows = dict(old.rows)
            found = found.filter(version__gt=old.version)
        for live, *cells in found.values_list("live", *COLUMNS).iterator(chunk_size=5000):
            rows.pop(cells[0], None)
            if live:
                rows[cells[0]] = tuple(cells)
        return Snapshot(version, rows, list(Term.objects.all()))

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
