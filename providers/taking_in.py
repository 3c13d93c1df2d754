"""Columns after some listings changed: new rows at the end, the old ones dead."""

from bisect import bisect_left, bisect_right
from dataclasses import replace

import numpy as np

from . import bits
from .changes import FLAGS
from .loading import part_of
from .sphere import unit_vectors


def changed(old, rows):
    """The columns after these rows (tuples of READ) changed; None when there is no room."""
    rows = list(rows)
    adding = [row for row in rows if row[1]]
    if old.size + len(adding) > old.matrix.shape[1] * bits.WORD:
        return None
    return _with_rows(old, [row[0] for row in rows], adding)


def _with_rows(old, gone, adding):
    """A copy without the rows of `gone`, and with new rows at the end."""
    part = part_of(adding)
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
        "organization": (old.organization, part["organization"]),
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
