"""What the index holds of the listings: arrays and bitmaps, a row for each listing.

Rows stand in the order of half-degree cells, so that what lies near a point is a few slices. A
listing that changes leaves its row dead and gets a new one at the end; when the room there is
used up, all is loaded anew. Columns are never changed once made: threads share them.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from . import bits
from .changes import FLAGS
from .sphere import unit_vectors
from .states import STATES

READ = """
    provider_id live demonstration by_town lat lon state checked yes no services sort_key
""".split()
AT_A_TIME = 20_000
FEW = 32  # a bitmap of one bit in more than this is longer than a list
ROOM = 4096  # rows for what changes, at least
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
            at = np.searchsorted(self.ids[: self.base], ids, sorter=self.by_id)
            found = self.by_id[np.minimum(at, self.base - 1)]
            rows = np.where(self.ids[found] == ids, found, -1)
        if self.moved:
            for n in np.flatnonzero(np.isin(ids, list(self.moved))).tolist():
                rows[n] = self.moved[int(ids[n])]
        return rows[rows >= 0]

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


def load(rows):
    """Columns from an iterable of tuples of READ, of live listings."""
    parts = [_part(chunk) for chunk in _chunks(rows)]
    return _built(_joined(parts))


def changed(old, rows):
    """The columns after these rows (tuples of READ) changed; None when there is no room."""
    rows = list(rows)
    adding = [row for row in rows if row[1]]
    if old.size + len(adding) > old.matrix.shape[1] * bits.WORD:
        return None
    return _with_rows(old, [row[0] for row in rows], adding)


# --- reading --------------------------------------------------------------------------------


def _chunks(rows):
    chunk = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == AT_A_TIME:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _part(chunk):
    """Arrays of some rows."""
    column = dict(zip(READ, zip(*chunk, strict=True) if chunk else [()] * len(READ), strict=True))
    services, lengths = _pairs(column["services"])
    return {
        "ids": np.array(column["provider_id"], dtype=np.int64),
        "lat": np.array(column["lat"], dtype=np.float64),  # None becomes NaN
        "lon": np.array(column["lon"], dtype=np.float64),
        "checked": np.array(column["checked"], dtype=np.int32),
        "by_town": np.array(column["by_town"], dtype=bool),
        "example": np.array(column["demonstration"], dtype=bool),
        "state": _states(column["state"]),
        "yes": _matrix(column["yes"]),
        "no": _matrix(column["no"]),
        "services": services,
        "offers": lengths,
        "names": list(column["sort_key"]),
    }


def _states(codes):
    return np.array([STATE_CODES.get(code, NO_STATE) for code in codes], dtype=np.uint8)


def _matrix(cells):
    """Bitsets of several lengths as rows of bytes."""
    width = max(map(len, cells), default=0)
    joined = b"".join(bytes(cell).ljust(width, b"\0") for cell in cells)
    return np.frombuffer(joined, dtype=np.uint8).reshape(len(cells), width)


def _pairs(cells):
    """((therapy, flags) of all services one after the other, how many each listing has)."""
    values = np.frombuffer(b"".join(map(bytes, cells)), dtype="<u4").reshape(-1, 2)
    return values, np.array([len(cell) // 8 for cell in cells], dtype=np.int32)


def _joined(parts):
    parts = parts or [_part([])]
    together = {"names": [name for part in parts for name in part["names"]]}
    for name in parts[0]:
        if name in ("yes", "no"):
            width = max(part[name].shape[1] for part in parts)
            together[name] = np.concatenate(
                [np.pad(part[name], ((0, 0), (0, width - part[name].shape[1]))) for part in parts]
            )
        elif name != "names":
            together[name] = np.concatenate([part[name] for part in parts])
    return together


# --- building -------------------------------------------------------------------------------


def _built(part):
    n = len(part["ids"])
    keys = _cells(part["lat"], part["lon"])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    cells, starts = np.unique(keys[keys >= 0] if n else keys, return_index=True)
    lost = int((keys < 0).sum())  # without a point: before all cells
    room = bits.words_for(n + max(ROOM, n // 16)) * bits.WORD
    ids = part["ids"][order]
    by_name = sorted(range(n), key=part["names"].__getitem__)
    by_name = _ties_by_id(by_name, part["names"], part["ids"])
    gap = max(1, (2**31 - 1) // (n + 2))
    rank = np.zeros(room, dtype=np.int32)
    place = np.empty(n, dtype=np.int64)
    place[by_name] = np.arange(n)
    rank[:n] = ((place + 1) * gap)[order]
    names = [part["names"][row].encode() for row in by_name]
    checked = _roomy(part["checked"][order], room)
    live = np.zeros(room, dtype=bool)
    live[:n] = True
    planes, matrix, few, extra = _planes(part, order, room)
    narrow = np.int32 if n == 0 or ids.max() < 2**31 else np.int64
    return Columns(
        size=n,
        base=n,
        ids=_roomy(ids.astype(narrow), room),
        by_id=np.argsort(ids, kind="stable").astype(np.int32),
        moved={},
        unit=_units(part["lat"][order], part["lon"][order], room),
        checked=checked,
        state=_roomy(part["state"][order], room),
        by_town=_roomy(part["by_town"][order], room),
        rank=rank,
        gap=gap,
        names=b"".join(names),
        ends=np.cumsum([len(name) for name in names], dtype=np.int32),
        newest=np.lexsort((rank[:n], -checked[:n])).astype(np.int32),
        cells=cells,
        starts=np.append(starts + lost, n),
        live=bits.pack(live),
        planes=planes,
        matrix=matrix,
        few=few,
        extra=extra,
    )


def _cells(lat, lon):
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


def _ties_by_id(by_name, names, ids):
    """Equal names in the order of their ids, whatever order the rows came in."""
    keys = [names[row] for row in by_name]
    starts = [n for n, (a, b) in enumerate(pairwise(keys), start=1) if a != b]
    for a, b in pairwise([0, *starts, len(keys)]):
        if b - a > 1:
            by_name[a:b] = sorted(by_name[a:b], key=ids.__getitem__)
    return by_name


def _roomy(values, room):
    return np.concatenate([values, np.zeros(room - len(values), dtype=values.dtype)])


def _units(lat, lon, room):
    unit = np.full((3, room), np.nan, dtype=np.float32)
    unit[:, : len(lat)] = unit_vectors(lat, lon).T
    return unit


def _planes(part, order, room):
    example = bits.of(np.flatnonzero(part["example"][order]), room // bits.WORD)
    names, found = [("example",)], [example]
    few = {}
    for answer in ("yes", "no"):
        for term, plane in _turned(part[answer], order, room):
            if answer == "no" and bits.count(plane) * FEW <= room:
                few[answer, term] = bits.rows(plane).astype(np.int32)
                continue
            names.append((answer, term))
            found.append(plane)
    at = np.empty(len(order), dtype=np.int64)
    at[order] = np.arange(len(order))
    rows = np.repeat(at, part["offers"])
    services, extra = _service_planes(part["services"], rows, room)
    names += services
    found += services.values()
    return {name: n for n, name in enumerate(names)}, np.stack(found), few, extra


def _turned(matrix, order, room):
    """(term id, its bitmap over rows) from a bitset of terms for each listing."""
    width = matrix.shape[1] * 8
    turned = np.zeros((width, room // 8), dtype=np.uint8)
    step = 1 << 16
    for start in range(0, len(order), step):
        rows = order[start : start + step]
        flags = np.unpackbits(matrix[rows], axis=1, bitorder="little")
        packed = np.packbits(flags, axis=0, bitorder="little")
        turned[:, start // 8 : start // 8 + len(packed)] = packed.T
    for term in range(width):
        if turned[term].any():
            yield term, turned[term].view(np.uint64)


def _service_planes(services, rows, room):
    """Planes of the first service of each listing with each therapy; the others as they are."""
    planes, extra = {}, []
    order = np.lexsort((rows, services[:, 0]))
    rows, services = rows[order], services[order]
    for therapy in np.unique(services[:, 0]).tolist():
        of_it = services[:, 0] == therapy
        mine, flags = rows[of_it], services[of_it, 1]
        first = np.ones(len(mine), dtype=bool)
        first[1:] = mine[1:] != mine[:-1]
        extra += zip([therapy] * int((~first).sum()), mine[~first], flags[~first], strict=True)
        mine, flags = mine[first], flags[first]
        planes["offers", therapy] = bits.of(mine, room // bits.WORD)
        for flag, value in FLAGS.items():
            if len(held := mine[(flags & value) != 0]):
                planes["offers", therapy, flag] = bits.of(held, room // bits.WORD)
    return planes, np.array(extra, dtype=np.int64).reshape(-1, 3)


# --- changing -------------------------------------------------------------------------------


def _with_rows(old, gone, adding):
    """A copy without the rows of `gone`, and with new rows at the end."""
    part = _part(adding)
    start, n = old.size, len(adding)
    end, words = start + n, old.matrix.shape[1]
    live, moved = old.live.copy(), dict(old.moved)
    dead = old.rows_of(gone)
    bits.take(live, dead)
    moved |= dict.fromkeys(gone, -1)  # unless it comes again
    moved |= {row[0]: start + k for k, row in enumerate(adding)}
    bits.put(live, np.arange(start, end))
    services, others = _services_of(part, start)
    planes, matrix, few = _planes_with(old, part, services, start, words)
    rank, fits = _ranks_with(old, part, start, live)
    if not fits:
        return None
    ids = old.ids
    if n and part["ids"].max() >= 2**31:
        ids = ids.astype(np.int64)
    extra = np.concatenate([old.extra, np.array(others, dtype=np.int64).reshape(-1, 3)])
    changed = {
        "ids": (ids, part["ids"]),
        "checked": (old.checked, part["checked"]),
        "state": (old.state, part["state"]),
        "by_town": (old.by_town, part["by_town"]),
    }
    columns = {}
    for name, (column, values) in changed.items():
        columns[name] = column.copy()
        columns[name][start:end] = values
    unit = old.unit.copy()
    unit[:, start:end] = unit_vectors(part["lat"], part["lon"]).T
    return replace(
        old,
        size=end,
        moved=moved,
        unit=unit,
        rank=rank,
        live=live,
        planes=planes,
        matrix=matrix,
        few=few,
        extra=extra,
        **columns,
    )


def _planes_with(old, part, services, start, words):
    """The planes with the bits of new rows; a term or therapy seen first gets a new plane."""
    wanted = {("example",): (start + np.flatnonzero(part["example"])).tolist()}
    for answer in ("yes", "no"):
        which, terms = np.nonzero(np.unpackbits(part[answer], axis=1, bitorder="little"))
        for row, term in zip(which.tolist(), terms.tolist(), strict=True):
            wanted.setdefault((answer, term), []).append(start + row)
    for therapy, row, flags in services:
        wanted.setdefault(("offers", therapy), []).append(row)
        for flag, value in FLAGS.items():
            if flags & value:
                wanted.setdefault(("offers", therapy, flag), []).append(row)
    few = dict(old.few)
    for name in [name for name in wanted if name in few]:
        few[name] = np.append(few[name], np.array(wanted.pop(name), dtype=np.int32))
    planes = dict(old.planes)
    for name in wanted:
        planes.setdefault(name, len(planes))
    matrix = np.zeros((len(planes), words), dtype=np.uint64)
    matrix[: len(old.matrix)] = old.matrix
    for name, rows in wanted.items():
        bits.put(matrix[planes[name]], np.array(rows, dtype=np.int64))
    return planes, matrix, few


def _services_of(part, start):
    """(first service of each place with each therapy, the others): therapy, row, flags."""
    rows = np.repeat(np.arange(start, start + len(part["ids"])), part["offers"]).tolist()
    first, others = {}, []
    for row, (therapy, flags) in zip(rows, part["services"].tolist(), strict=True):
        if (therapy, row) in first:
            others.append((therapy, row, flags))
        else:
            first[therapy, row] = flags
    return [(*key, flags) for key, flags in first.items()], others


def _ranks_with(old, part, start, live):
    """(ranks that put the new names among the old, whether there was room between two of them)."""
    rank, gaps = old.rank.copy(), {}
    for n, (name, key) in enumerate(zip(part["names"], part["ids"].tolist(), strict=True)):
        gaps.setdefault(_place(old, name, key), []).append((name, key, start + n))
    end = np.arange(old.base, start)
    taken = set((rank[end[bits.at(live, end)]] // old.gap).tolist())
    for place, found in gaps.items():
        step = old.gap // (len(found) + 1)
        if place in taken or not step:
            return rank, False
        for n, (_, _, row) in enumerate(sorted(found), start=1):
            rank[row] = place * old.gap + n * step
    return rank, True


def _place(old, name, key):
    """How many rows of the base come before this one by name, equal names by id."""
    name = name.encode()

    def at(n):
        return old.names[int(old.ends[n - 1]) if n else 0 : int(old.ends[n])]

    low = bisect_left(range(old.base), name, key=at)
    high = bisect_right(range(old.base), name, low, key=at)
    if low == high:
        return low
    rank = old.rank[: old.base]
    equal = np.flatnonzero((rank > low * old.gap) & (rank <= high * old.gap))
    return low + int((old.ids[equal] < key).sum())
