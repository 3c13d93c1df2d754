"""What the index holds of the listings: arrays and bitmaps, a row for each listing.

Rows stand in the order of half-degree cells, and in each by state, so that what lies near a point
is a few slices. A listing that changes leaves its row dead and gets a new one at the end; when the
room there is used up, all is loaded anew. Columns are never changed once made: threads share them.
"""

from dataclasses import dataclass, field

import numpy as np

from . import bits
from .states import STATES

CELLS_A_DEGREE = 2
ACROSS = 360 * CELLS_A_DEGREE
STATE_CODES = {code: n for n, code in enumerate(sorted(STATES))}
NO_STATE = 255


@dataclass(frozen=True, eq=False)
class Columns:
    size: int  # rows in use, dead ones included
    base: int  # of these, the ones in cell order
    ids: np.ndarray
    by_id: np.ndarray  # rows of `base` in the order of ids
    moved: dict  # id -> row of what stands at the end, or -1 for what is gone
    unit: np.ndarray  # x, y, z on the unit sphere, float32; NaN without a point
    checked: np.ndarray  # day of the last check as an ordinal, 0 for none
    state: np.ndarray
    by_town: np.ndarray
    organization: np.ndarray  # its id, 0 for none
    rank: np.ndarray  # by name; gaps leave room for new names
    gap: int
    names: bytes  # the folded names of `base` in order, one after the other
    ends: np.ndarray
    newest: np.ndarray  # rows of `base`, the last checked first, then by name
    cells: np.ndarray  # keys of the cells in use, and where each starts
    starts: np.ndarray
    live: np.ndarray
    planes: dict  # ("yes", term) and the like -> row of `matrix`
    matrix: np.ndarray  # a bitmap over rows for each plane
    few: dict  # ("no", term) -> its rows, where a bitmap would be nearly empty
    extra: np.ndarray  # therapy, row, flags of second services with one therapy
    # Row -> the listing as cards show it. A listing that changes gets another row.
    kept: dict = field(default_factory=dict)

    @property
    def nbytes(self):
        """Memory in bytes."""
        arrays = (value for value in vars(self).values() if isinstance(value, np.ndarray))
        lists = sum(rows.nbytes for rows in self.few.values())
        return sum(array.nbytes for array in arrays) + lists + len(self.names)

    def rows_of(self, ids):
        """Rows of these listings, in their order; those that are not here are left out."""
        ids = np.asarray(ids, dtype=np.int64)
        rows = np.full(len(ids), -1, dtype=np.int64)
        if self.base:
            found = self.by_id[np.minimum(self._at(ids), self.base - 1)]
            rows = np.where(self.ids[found] == ids, found, -1)
        if self.moved:
            for n in np.flatnonzero(np.isin(ids, list(self.moved))).tolist():
                rows[n] = self.moved[int(ids[n])]
        return rows[rows >= 0]

    def _at(self, ids):
        """Where these ids stand, or would, in `by_id`."""
        if len(ids) * 256 > self.base:
            return np.searchsorted(self.ids[: self.base], ids, sorter=self.by_id)
        # For a few, NumPy's own takes longer to make the types of both equal.
        low, high = np.zeros_like(ids), np.full_like(ids, self.base)
        for _ in range(self.base.bit_length()):
            middle = (low + high) >> 1
            smaller = self.ids[self.by_id[np.minimum(middle, self.base - 1)]] < ids
            low = np.where(smaller, np.minimum(middle + 1, self.base), low)
            high = np.where(smaller, high, middle)
        return low

    def near(self, lat, lon, miles):
        """Slices of words that hold all rows within so many miles of a point."""
        up = miles / 69.0 + 0.01
        south, north = max(lat - up, -90), min(lat + up, 90)
        widest = np.cos(np.radians(max(abs(south), abs(north))))
        across = 360.0 if widest < 0.02 else up / widest
        if across >= 180:
            return self.everywhere()
        west, east = _cell_of(lon - across), _cell_of(lon + across)
        spans = [(self.base, self.size)]
        for y in range(_cell_of(south, 90), _cell_of(north, 90) + 1):
            for first, last in _around(west, east):
                found = np.searchsorted(self.cells, (y * ACROSS + first, y * ACROSS + last + 1))
                spans.append(tuple(self.starts[found].tolist()))
        return _merged(spans)

    def everywhere(self):
        return _merged([(0, self.size)])


def cells_of(lat, lon):
    """The key of each point's cell; -1 without a point."""
    known = ~np.isnan(lat)
    keys = np.full(len(lat), -1, dtype=np.int64)
    y = ((lat[known] + 90) * CELLS_A_DEGREE).astype(np.int64)
    x = ((lon[known] + 180) * CELLS_A_DEGREE).astype(np.int64)
    keys[known] = y * ACROSS + np.minimum(x, ACROSS - 1)
    return keys


def _cell_of(degrees, shift=180):
    return int(np.floor((degrees + shift) * CELLS_A_DEGREE))


def _around(west, east):
    """Spans of cells from west to east, over the edge of the map where needed."""
    if west < 0:
        return [(0, east), (west + ACROSS, ACROSS - 1)]
    if east >= ACROSS:
        return [(west, ACROSS - 1), (0, east - ACROSS)]
    return [(west, east)]


def _merged(spans):
    """Spans of rows as slices of words that do not overlap, ascending."""
    found = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        a, b = start // bits.WORD, bits.words_for(end)
        if found and a <= found[-1][1]:
            found[-1][1] = max(found[-1][1], b)
        else:
            found.append([a, b])
    return [slice(a, b) for a, b in found]
