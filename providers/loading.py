"""Columns from the rows of the database: all at once, in the order of cells."""

import gc
from contextlib import contextmanager

import numpy as np

from . import bits
from .changes import FLAGS
from .columns import NO_STATE, STATE_CODES, Columns, cells_of
from .sphere import unit_vectors

READ = """
    provider_id live demonstration by_town lat lon state checked yes no services sort_key
    organization_id
""".split()
FEW = 32  # a bitmap of one bit in more than this is longer than a list
ROOM = 4096  # rows for what changes, at least


def load(chunks):
    """Columns from lists of tuples of READ, of live listings."""
    with _uncollected():
        return _built(_joined([part_of(chunk) for chunk in chunks]))


@contextmanager
def _uncollected():
    """Millions of new tuples make no cycles; to look for some takes a fifth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def part_of(chunk):
    """Arrays of some rows."""
    column = dict(zip(READ, zip(*chunk, strict=True) if chunk else [()] * len(READ), strict=True))
    services, lengths = _pairs(column["services"])
    return {
        "ids": np.array(column["provider_id"], dtype=np.int64),
        "lat": np.array(column["lat"], dtype=np.float64),  # None becomes NaN
        "lon": np.array(column["lon"], dtype=np.float64),
        "checked": np.array(column["checked"], dtype=np.int32),
        "by_town": np.array(column["by_town"], dtype=bool),
        "organization": np.array(column["organization_id"], dtype=np.int64).astype(np.uint32),
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
    lengths = _lengths(cells)
    matrix = np.zeros((len(cells), lengths.max(initial=0)), dtype=np.uint8)
    matrix[np.arange(matrix.shape[1]) < lengths[:, None]] = _bytes(cells)
    return matrix


def _pairs(cells):
    """((therapy, flags) of all services one after the other, how many each listing has)."""
    return _bytes(cells).view("<u4").reshape(-1, 2), _lengths(cells) // 8


def _bytes(cells):
    return np.frombuffer(b"".join(cells), dtype=np.uint8)


def _lengths(cells):
    return np.fromiter(map(len, cells), dtype=np.int32, count=len(cells))


def _joined(parts):
    parts = parts or [part_of([])]
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


def _built(part):
    n = len(part["ids"])
    keys = cells_of(part["lat"], part["lon"])
    order = np.lexsort((part["state"], keys))  # few runs of one state, for the counts by state
    keys = keys[order]
    cells, starts = np.unique(keys[keys >= 0] if n else keys, return_index=True)
    lost = int((keys < 0).sum())  # without a point: before all cells
    room = bits.words_for(n + max(ROOM, n // 16)) * bits.WORD
    ids = part["ids"][order]
    # Sorting keeps the order of equals: first by id, whatever order the rows came in.
    by_name = sorted(np.argsort(part["ids"]).tolist(), key=part["names"].__getitem__)
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
        organization=_roomy(part["organization"][order], room),
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
    services, extra = _service_planes(*_in_order(part, order), room)
    names += services
    found += services.values()
    return {name: n for n, name in enumerate(names)}, np.stack(found), few, extra


def _turned(matrix, order, room):
    """(term id, its bitmap over rows) from a bitset of terms for each listing."""
    flags = np.zeros(room, dtype=np.uint8)
    for n, column in enumerate(np.ascontiguousarray(matrix.take(order, axis=0).T)):
        for bit in range(8):
            np.bitwise_and(column, 1 << bit, out=flags[: len(order)])
            if flags.any():
                yield 8 * n + bit, bits.pack(flags)


def _in_order(part, order):
    """(services of the listings in this order, the row of each)."""
    held = part["offers"][order].astype(np.int64)
    rows = np.repeat(np.arange(len(order)), held)
    starts = (np.cumsum(part["offers"], dtype=np.int64) - part["offers"])[order]
    # The services of a row stand together: its first, and so many from there.
    at = np.arange(len(rows)) + np.repeat(starts - (np.cumsum(held) - held), held)
    return part["services"][at], rows


def _service_planes(services, rows, room):
    """Planes of the first service of each listing with each therapy; the others as they are."""
    planes, extra = {}, []
    which, said = services.T
    for therapy in np.unique(which).tolist():
        of_it = np.flatnonzero(which == therapy)
        mine, flags = rows[of_it], said[of_it]
        first = np.ones(len(mine), dtype=bool)
        first[1:] = mine[1:] != mine[:-1]
        extra += zip([therapy] * int((~first).sum()), mine[~first], flags[~first], strict=True)
        mine, flags = mine[first], flags[first]
        planes["offers", therapy] = bits.of(mine, room // bits.WORD)
        for flag, value in FLAGS.items():
            if len(held := mine[(flags & value) != 0]):
                planes["offers", therapy, flag] = bits.of(held, room // bits.WORD)
    return planes, np.array(extra, dtype=np.int64).reshape(-1, 3)
