"""Orders of a list: which rows come first, sorted only as far as somebody looks."""

import numpy as np

from . import bits
from .columns import NO_STATE, STATE_CODES
from .sphere import EARTH_MILES

WALK = 4096  # rows looked at in one step of a ready order


class Order:
    """Ascending by `first_by`, equals by `then_by`: arrays of numbers for rows."""

    def __init__(self, snapshot, query):
        self.columns, self.query = snapshot.columns, query
        self.here = snapshot.here(query)

    def miles(self, rows):
        """Distance of rows in miles; NaN where nobody knows."""
        if self.here is None:
            return np.full(len(rows), np.nan)
        chord = np.sqrt(self.squares(rows)).astype(np.float64)
        return 2 * EARTH_MILES * np.arcsin(np.minimum(1.0, chord / 2))

    def squares(self, rows):
        """Squared chords of the unit sphere, as near to the point as float32 tells apart."""
        held = self.columns.unit
        if many := len(rows) * 2 > held.shape[1]:  # quicker than to pick most of them
            x, y, z = held - self.here[:, None]
        else:
            x, y, z = held[:, rows] - self.here[:, None]
        squares = x * x + y * y + z * z
        return squares[rows] if many else squares

    def first(self, ordered, n):
        """At least the first n rows of an `Ordered`, sorted."""
        rows = self.among(ordered, n)
        keys = self.first_by(rows)
        if len(rows) > 2 * n > 0:
            last = np.partition(keys, n - 1)[n - 1]
            if not np.isnan(last):
                near = keys <= last
                rows, keys = rows[near], keys[near]
        return rows[np.lexsort((self.then_by(rows), keys))]

    def among(self, ordered, n):
        """Rows that hold the first n."""
        return all_rows(ordered)

    def then_by(self, rows):
        return self.columns.rank[rows]


class ByName(Order):
    def first_by(self, rows):
        return self.columns.rank[rows].astype(np.float64)


class ByDistance(Order):
    def first_by(self, rows):
        return self.squares(rows)


class ByChecked(Order):
    """The last checked first."""

    def first_by(self, rows):
        return -self.columns.checked[rows].astype(np.float64)

    def among(self, ordered, n):
        newest, base = self.columns.newest, self.columns.base
        # A dense set is met soon on a walk along the ready order.
        if ordered.size * 16 < base or n * 16 > ordered.size:
            return all_rows(ordered)
        found, seen = [], 0
        for start in range(0, base, WALK):
            rows = newest[start : start + WALK]
            found.append(rows[bits.at(ordered.words, rows)])
            seen += len(found[-1])
            if seen >= n:
                break
        end = np.arange(base, self.columns.size)
        return np.concatenate([*found, end[bits.at(ordered.words, end)]]).astype(np.int64)


class ByScore(Order):
    """As a scorer says, which sees all that match."""

    def __init__(self, snapshot, query, scorer):
        super().__init__(snapshot, query)
        self.snapshot, self.scorer = snapshot, scorer

    def first(self, ordered, n):
        rows = all_rows(ordered)
        seen = Candidates(self.snapshot, rows, self.miles(rows), self.query)
        return rows[self.scorer.order(seen, n)]


class Candidates:
    """What a scorer may look at: some rows of a snapshot, with their distances in miles."""

    def __init__(self, snapshot, rows, miles, query):
        self.snapshot, self.rows, self.miles, self.query = snapshot, rows, miles, query

    def some(self, which):
        """Those at these positions."""
        return Candidates(self.snapshot, self.rows[which], self.miles[which], self.query)

    @property
    def ids(self):
        return self.snapshot.ids_at(self.rows)

    @property
    def by_town(self):
        """Which of them are measured to the middle of their town."""
        return self.snapshot.columns.by_town[self.rows]

    @property
    def checked(self):
        return self.snapshot.columns.checked[self.rows]

    @property
    def organizations(self):
        """Ids; 0 for none."""
        return self.snapshot.columns.organization[self.rows]

    def within(self, code):
        """Which of them stand in this state."""
        return self.snapshot.columns.state[self.rows] == STATE_CODES.get(code, NO_STATE)

    def says(self, term_id, answer="yes"):
        return bits.at(self.snapshot.plane(answer, term_id), self.rows)

    def has(self, thing):
        """Which of them have this feature."""
        return bits.at(self.snapshot.having(thing), self.rows)


def all_rows(ordered):
    """The rows of an `Ordered`, ascending."""
    parts = [bits.rows(ordered.words[span]) + span.start * bits.WORD for span in ordered.spans]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
