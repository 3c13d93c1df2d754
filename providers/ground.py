"""What the pins of a map stand on: the outlines of the states, and towns for orientation.

Both files are read once in each process; nothing here asks the database.
"""

import csv
import gzip
import json
from functools import cache
from itertools import islice, pairwise
from types import SimpleNamespace

import numpy as np

from .places import DATA, RENAMED, TOWNS
from .sheet import SIDE, miles_from, on_sheet
from .sphere import EARTH_MILES, unit_vectors

BESIDE = 140  # land is drawn this far beyond, for wide screens that show more of it
GRAIN = 1.5  # points of an outline that are nearer together become one
WIDE_MILES = 600  # from here on, the points that the file marks are enough

TOWN_LETTER, TOWN_HIGH = 7.4, 18
TOWNS_TRIED, MOST_TOWNS = 40, 7
FEWEST_PEOPLE = 1000


def warm():
    """Read both files now, so that no visitor waits for them."""
    _all_towns()
    for wide in (False, True):
        _outlines(wide)


@cache
def outlines():
    return json.loads((DATA / "us_states.json").read_text())


@cache
def _outlines(wide):
    """All outlines as one array of unit vectors, steps to each point's neighbors, and its ring.

    `middles` and `reaches` tell of each ring within which chord of which direction it lies.
    """
    held = outlines()
    rings = [
        np.cumsum(np.array(ring).reshape(-1, 2), axis=0) * held["unit"]
        for rings in held["outlines"].values()
        for ring in rings
    ]
    if wide:
        marks = iter(f"{int(held['wide'], 16):b}"[1:])
        rings = [ring[[mark == "1" for mark in islice(marks, len(ring))]] for ring in rings]
        rings = [ring for ring in rings if len(ring) > 2]
    starts = np.cumsum([0, *map(len, rings)])
    before, after = np.full(starts[-1], -1), np.full(starts[-1], 1)
    before[starts[:-1]] = np.diff(starts) - 1
    after[starts[1:] - 1] = 1 - np.diff(starts)
    lon, lat = np.concatenate(rings).T
    vectors, ring = unit_vectors(lat, lon), np.repeat(np.arange(len(rings)), np.diff(starts))
    middles = np.add.reduceat(vectors, starts[:-1])
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    away = np.linalg.norm(vectors - middles[ring], axis=1)
    return SimpleNamespace(
        vectors=vectors,
        before=before,
        after=after,
        ring=ring,
        middles=middles,
        reaches=np.maximum.reduceat(away, starts[:-1]),
    )


def land(frame, view):
    """The outlines in view as one path.

    A point that lies beyond an edge, as both its neighbors do, changes nothing that is seen.
    """
    held = _outlines(2 * view.half > WIDE_MILES)
    at = np.flatnonzero(_in_reach(held, frame, view)[held.ring])
    here = np.arange(len(at))
    sheet = on_sheet(miles_from(frame, held.vectors[at]), view)
    beyond = _beyond(sheet)
    before, after = here + held.before[at], here + held.after[at]
    needed = ((beyond == 0) | (beyond != beyond[before]) | (beyond != beyond[after])).nonzero()[0]
    cells = np.round(sheet[needed] / GRAIN).astype(np.int64)
    ring = held.ring[at[needed]]
    new = np.ones(len(needed), dtype=bool)
    new[1:] = (cells[1:] != cells[:-1]).any(axis=1) | (ring[1:] != ring[:-1])
    return _path(np.round(sheet[needed[new]]).astype(np.int64), ring[new])


def _in_reach(held, frame, view):
    """Which rings may have a part on what is drawn. (A chord is never longer than the way.)"""
    corner = np.hypot(abs(view.east), abs(view.north)) + np.sqrt(2) * (
        view.half + BESIDE / view.scale
    )
    away = np.linalg.norm(held.middles - frame[:, 2], axis=1)
    return away <= held.reaches + corner / EARTH_MILES


def _beyond(sheet):
    """Beyond which edge of what is drawn each point lies: 0 is none."""
    x, y = sheet.T
    edges = [x < -BESIDE, x > SIDE + BESIDE, y < -BESIDE, y > SIDE + BESIDE]
    return np.select(edges, [1, 2, 3, 4], 0)


def _path(points, ring):
    """Rings of three points or more, in steps from point to point."""
    if not len(points):
        return ""
    cuts = np.flatnonzero(np.diff(ring)) + 1
    starts = [0, *cuts.tolist(), len(ring)]
    steps = np.diff(points, axis=0, prepend=0).ravel().tolist()
    points = points.tolist()
    parts = []
    for start, stop in pairwise(starts):
        if stop - start > 2:
            x, y = points[start]
            line = " ".join(map(str, steps[2 * start + 2 : 2 * stop]))
            parts.append(f"M{x} {y}l{line}Z")
    return "".join(parts).replace(" -", "-")


@cache
def _all_towns():
    """Unit vectors and names of the towns, the most populous first."""
    with gzip.open(TOWNS, "rt", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if int(row["population"]) >= FEWEST_PEOPLE]
    rows.sort(key=lambda row: -int(row["population"]))
    vectors = unit_vectors(
        np.array([float(row["latitude"]) for row in rows]),
        np.array([float(row["longitude"]) for row in rows]),
    )
    return vectors, [RENAMED.get((row["name"], row["state"]), row["name"]) for row in rows]


def towns(frame, view, pins):
    """The largest towns whose names have room, for orientation."""
    vectors, names = _all_towns()
    # No farther from the middle than a corner of the sheet; most of these are on it.
    corner = np.hypot(abs(view.east) + view.half, abs(view.north) + view.half)
    near = np.flatnonzero(vectors @ frame[:, 2] >= np.cos(min(corner / EARTH_MILES, np.pi)))
    near = near[: 5 * TOWNS_TRIED]
    sheet = on_sheet(miles_from(frame, vectors[near]), view)
    seen = ((sheet > 8) & (sheet < SIDE - 8)).all(axis=1).nonzero()[0][:TOWNS_TRIED]
    taken = [pin.box for pin in pins]
    towns = []
    for n, (x, y) in zip(near[seen].tolist(), sheet[seen].tolist(), strict=True):
        town = _town(names[n], x, y, taken)
        if town:
            towns.append(town)
            taken.append(town.box)
            if len(towns) == MOST_TOWNS:
                break
    return towns


def _town(name, x, y, taken):
    """A dot, and a name to its right, to its left, below or above: the first that has room."""
    wide = TOWN_LETTER * len(name)
    for anchor, at, down in (
        ("start", 7, 0),
        ("end", -7, 0),
        ("middle", 0, 13),
        ("middle", 0, -13),
    ):
        left = x + at - wide * ("start", "middle", "end").index(anchor) / 2
        box = (  # of both
            min(left, x - 3),
            min(y + down - TOWN_HIGH / 2, y - 3),
            max(left + wide, x + 3),
            max(y + down + TOWN_HIGH / 2, y + 3),
        )
        if min(box) < 2 or max(box) > SIDE - 2 or any(_touch(box, other) for other in taken):
            continue
        return SimpleNamespace(
            name=name,
            x=round(x, 1),
            y=round(y, 1),
            text_x=round(x + at, 1),
            text_y=round(y + down + 4.5, 1),
            anchor=anchor,
            box=box,
        )
    return None


def _touch(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
