"""Maps without tiles: what is near a place, and how many places each state has.

Pure drawing from data/us_states.json and the file of towns; nothing here asks the database. Both
files are read once in each process. Around a place the map is azimuthal: from the middle, miles and
directions are true, so the ring is a circle.
"""

import csv
import gzip
import json
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice, pairwise
from types import SimpleNamespace

import numpy as np

from .places import DATA, RENAMED, TOWNS
from .sphere import EARTH_MILES, unit_vectors
from .states import STATES

SIDE = 336  # of the drawing, in its own units; all sizes below are in these
BESIDE = 140  # land is drawn this far beyond, for wide screens that show more of it
GRAIN = 1.5  # points of an outline that are nearer together become one
WIDE_MILES = 600  # from here on, the points that the file marks are enough

PIN_HIGH, PIN_TIP, PIN_WIDE, DIGIT = 41, 11, 34, 8.5
TOGETHER = 0.12  # signs that cover more of each other than this become one

TOWN_LETTER, TOWN_HIGH = 7.4, 18
TOWNS_TRIED, MOST_TOWNS = 40, 7
FEWEST_PEOPLE = 1000

LEAST_MILES = 5.0  # a map of one pin, or of several in one spot
MARGIN = 1.25
ABOVE = 16  # more room above than below, since pins stand on their tips


# --- around a place -------------------------------------------------------------------------


@dataclass(frozen=True)
class Pin:
    """One place, or several that would cover each other; x, y is the tip."""

    cards: tuple
    x: float
    y: float

    @property
    def numbers(self):
        return [card.number for card in self.cards]

    @cached_property
    def label(self):
        """ "3", "3, 7, 12", "2–6"; a long list ends in how many more: "1–3, 7 +4"."""
        runs = _runs(self.numbers)
        if len(runs) <= 3:
            return ", ".join(map(_run, runs))
        shown = runs[:2]
        more = len(self.cards) - sum(len(run) for run in shown)
        return f"{', '.join(map(_run, shown))} +{more}"

    @cached_property
    def wide(self):
        return max(PIN_WIDE, round(DIGIT * len(self.label) + 14))

    @cached_property
    def box(self):
        """The sign, without its tip."""
        half = self.wide / 2
        return self.x - half, self.y - PIN_HIGH, self.x + half, self.y - PIN_TIP

    @property
    def path(self):
        """A sign on a point, as wide as its numbers need."""
        top = self.wide - 10
        edge = self.wide / 2 - 12
        return (
            f"M0 0l-7-11h{-edge:g}a5 5 0 0 1-5-5v-20a5 5 0 0 1 5-5h{top:g}a5 5 0 0 1 5 5v20"
            f"a5 5 0 0 1-5 5h{-edge:g}Z"
        )

    @property
    def at(self):
        return f"translate({self.x:.1f} {self.y:.1f})"

    @property
    def href(self):
        return f"#{self.cards[0].anchor}"

    @property
    def approximate(self):
        """Does one of them stand in the middle of its ZIP code or town, not at its street?"""
        return any(_approximate(card) for card in self.cards)

    @property
    def says(self):
        """For those who do not see it: "3: Columbia Bend, Hood River, OR"."""
        names = "; ".join(f"{card.provider.name}, {card.provider.town}" for card in self.cards)
        return f"{self.label}: {names}"


def area(place, radius, cards):
    """A map of these cards around a place, or None when there is nothing to draw.

    `radius` is a number of miles as text, or "any": then the map reaches to the farthest of them.
    """
    if place is None:
        return None
    drawn = [card for card in cards if card.number is not None]
    points = [card for card in drawn if card.provider.lat is not None]
    if not points:
        return None
    where = [card.provider for card in points]
    frame = _frame(place.lat, place.lon)
    spots = _miles(frame, unit_vectors([p.lat for p in where], [p.lon for p in where]))
    ring = None if radius == "any" else float(radius)
    view = _view(spots, ring)
    pins = _pins(points, _on_sheet(spots, view).tolist())
    if not pins:
        return None
    center = _on_sheet(np.zeros((1, 2)), view)[0].tolist()
    return SimpleNamespace(
        side=SIDE,
        land=_land(frame, view),
        center=SimpleNamespace(x=round(center[0], 1), y=round(center[1], 1)),
        ring=None if ring is None else round(ring * view.scale, 1),
        towns=_towns(frame, view, pins),
        pins=pins,
        label=f"Map around {place.label}, {len(pins)} pin{'s' if len(pins) > 1 else ''}",
        sentences=_sentences(place, ring, view, pins, drawn, points),
    )


def _frame(lat, lon):
    """Unit vectors to the east, to the north and up, where the map is made."""
    up = unit_vectors(np.array([lat]), np.array([lon]))[0]
    lon = np.radians(lon)
    east = np.array([-np.sin(lon), np.cos(lon), 0.0])
    return np.stack([east, np.cross(up, east), up], axis=1)


def _miles(frame, vectors):
    """(east, north) of points on the Earth, as far from the middle as they are."""
    east, north, up = (vectors @ frame).T
    flat = np.hypot(east, north)
    stretch = np.arctan2(flat, up) / np.maximum(flat, 1e-12)  # in the middle: nothing to stretch
    return np.stack([east * stretch, north * stretch], axis=1) * EARTH_MILES


def _view(spots, ring):
    """The part of the world that the sheet shows."""
    if ring is not None:
        east = north = 0.0
        half = ring * MARGIN
    else:
        reach = np.vstack([spots, (0, 0)])
        low, high = reach.min(axis=0), reach.max(axis=0)
        east, north = ((low + high) / 2).tolist()
        half = max(float((high - low).max()) / 2 * MARGIN, LEAST_MILES)
    scale = SIDE / 2 / half
    return SimpleNamespace(east=east, north=north + ABOVE / scale, half=half, scale=scale)


def _on_sheet(miles, view):
    """x to the right, y down, from the upper left corner."""
    x = (miles[:, 0] - view.east) * view.scale + SIDE / 2
    y = (view.north - miles[:, 1]) * view.scale + SIDE / 2
    return np.stack([x, y], axis=1)


# --- pins -----------------------------------------------------------------------------------


def _pins(cards, spots):
    """Pins in the order of the list; each takes in those that it would cover."""
    pins = []
    for card, (x, y) in zip(cards, spots, strict=True):
        if not (0 <= x <= SIDE and 0 <= y <= SIDE):
            continue
        pin = Pin((card,), x, y)
        while other := next((other for other in pins if _cover(pin.box, other.box)), None):
            pins.remove(other)
            pin = _merged(other, pin)
        pins.append(pin)
    return sorted((_inside(pin) for pin in pins), key=lambda pin: pin.numbers[0])


def _cover(a, b):
    wide = min(a[2], b[2]) - max(a[0], b[0])
    high = min(a[3], b[3]) - max(a[1], b[1])
    smaller = min(a[2] - a[0], b[2] - b[0]) * (PIN_HIGH - PIN_TIP)
    return wide > 0 and high > 0 and wide * high > TOGETHER * smaller


def _merged(one, other):
    """In the middle of all it stands for."""
    cards = tuple(sorted([*one.cards, *other.cards], key=lambda card: card.number))
    n, m = len(one.cards), len(other.cards)
    return Pin(cards, (one.x * n + other.x * m) / (n + m), (one.y * n + other.y * m) / (n + m))


def _inside(pin):
    """A wide pin at the edge is moved so far that all of it is seen."""
    half = pin.wide / 2 + 2
    return Pin(pin.cards, min(max(pin.x, half), SIDE - half), pin.y)


def _approximate(card):
    return card.provider.precision != card.provider.Precision.STREET


def _runs(numbers):
    """[1, 2, 3, 5, 6] as [[1, 2, 3], [5], [6]]: two alone are no run."""
    runs = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [part for run in runs for part in ([run] if len(run) > 2 else [[n] for n in run])]


def _run(run):
    return f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}"


# --- what the pins stand on -----------------------------------------------------------------


@cache
def _read():
    return json.loads((DATA / "us_states.json").read_text())


@cache
def _outlines(wide):
    """All outlines as one array of unit vectors, each point's neighbors, and its ring."""
    held = _read()
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
    before, after = [], []
    for start, stop in pairwise(starts):
        at = np.arange(start, stop)
        before.append(np.roll(at, 1))
        after.append(np.roll(at, -1))
    lon, lat = np.concatenate(rings).T
    return SimpleNamespace(
        vectors=unit_vectors(lat, lon),
        before=np.concatenate(before),
        after=np.concatenate(after),
        ring=np.repeat(np.arange(len(rings)), np.diff(starts)),
    )


def _land(frame, view):
    """The outlines in view as one path.

    A point that lies beyond an edge, as both its neighbors do, changes nothing that is seen.
    """
    held = _outlines(2 * view.half > WIDE_MILES)
    sheet = _on_sheet(_miles(frame, held.vectors), view)
    beyond = _beyond(sheet)
    needed = (
        (beyond == 0) | (beyond != beyond[held.before]) | (beyond != beyond[held.after])
    ).nonzero()[0]
    cells = np.round(sheet[needed] / GRAIN).astype(np.int64)
    ring = held.ring[needed]
    new = np.ones(len(needed), dtype=bool)
    new[1:] = (cells[1:] != cells[:-1]).any(axis=1) | (ring[1:] != ring[:-1])
    return _path(np.round(sheet[needed[new]]).astype(np.int64), ring[new])


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


def _towns(frame, view, pins):
    """The largest towns whose names have room, for orientation."""
    vectors, names = _all_towns()
    # No farther from the middle than a corner of the sheet; most of these are on it.
    corner = np.hypot(abs(view.east) + view.half, abs(view.north) + view.half)
    near = np.flatnonzero(vectors @ frame[:, 2] >= np.cos(min(corner / EARTH_MILES, np.pi)))
    near = near[: 5 * TOWNS_TRIED]
    sheet = _on_sheet(_miles(frame, vectors[near]), view)
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


# --- what is said under it ------------------------------------------------------------------


def _sentences(place, ring, view, pins, drawn, points):
    on_map = [card for pin in pins for card in pin.cards]
    said = ["The numbers are those of the list."]
    if any(len(pin.cards) > 1 for pin in pins):
        said[0] = "The numbers are those of the list; places close together share a pin."
    if ring is None:
        said.append(f"The map is about {_rounded(2 * view.half):,} miles wide.")
    else:
        roughly = "roughly " if place.rough else ""
        said.append(f"The dotted ring is {roughly}{ring:g} miles around {place.label}.")
    rough = [card for card in on_map if _approximate(card)]
    if rough:
        said.append(
            "A dashed pin stands in the middle of a ZIP code or town, not at the street."
            if len(rough) < len(on_map)
            else "All pins stand in the middle of a ZIP code or town, not at the street."
        )
    if far := len(points) - len(on_map):
        said.append(f"{_count_places(far)} of this list {_is(far)} beyond the edge of the map.")
    if without := len(drawn) - len(points):
        said.append(
            f"{_count_places(without)} of this list {_is(without)} not on the map: "
            "we do not know or do not show where."
        )
    return said


def _count_places(n):
    return "1 place" if n == 1 else f"{n:,} places"


def _is(n):
    return "is" if n == 1 else "are"


def _rounded(miles):
    """To what one would say: 12, 150, 2,300."""
    step = 1 if miles < 20 else 10 if miles < 200 else 100
    return round(miles / step) * step


# --- the whole country ----------------------------------------------------------------------

DIGIT_HALF, LINE = 5.5, 14  # of a number on a state: half as wide, as high


def country(counts, url_for):
    """A map of the states, each with its count, and the same as a list.

    `counts` has the number of places by state code; `url_for` makes the address that narrows the
    search to a state from its name.
    """
    counts = {code: int(n) for code, n in counts.items() if code in STATES and n > 0}
    limits = _limits(counts.values())
    urls = {code: url_for(STATES[code]) for code in counts}
    states = []
    for code, (path, x, y, room) in _read()["country"].items():
        n = counts.get(code, 0)
        states.append(
            SimpleNamespace(
                name=STATES[code],
                path=path,
                count=n,
                step=sum(n >= limit for limit in limits),
                url=urls.get(code, ""),
                says=f"{STATES[code]}: {_count_places(n)}",
                text=f"{n:,}" if n and _fits(f"{n:,}", room) else "",
                x=x,
                y=y + 7,
            )
        )
    # States without places first: their borders lie under those of the others.
    states.sort(key=lambda state: (state.count > 0, state.name))
    return SimpleNamespace(
        states=states,
        listed=[
            SimpleNamespace(name=STATES[code], count=n, text=f"{n:,}", url=urls[code])
            for code, n in sorted(counts.items(), key=lambda item: STATES[item[0]])
        ],
        key=_key(limits),
        total=sum(counts.values()),
    )


def _fits(number, room):
    """Has a state room for its number? `room` counts up and down double, as a line is low."""
    return room >= 0.8 * np.hypot(DIGIT_HALF * len(number), LINE)


def _limits(counts):
    """The least count of each step of fill: about as many states in the first as in the rest."""
    counts = sorted(counts)
    if not counts:
        return []
    at = [counts[min(int(share * len(counts)), len(counts) - 1)] for share in (0.4, 0.7, 0.9)]
    return sorted({counts[0], *(max(_even(n), counts[0]) for n in at)})


def _even(n):
    """A number for a key: 8, 35, 1,200."""
    size = 10 ** max(0, len(str(n)) - 2)
    return n // size * size


def _key(limits):
    """[(step, "3–7"), …]"""
    found = [(0, "none")]
    for n, limit in enumerate(limits, start=1):
        if n == len(limits):
            found.append((n, f"{limit:,}+"))
        else:
            top = limits[n] - 1
            found.append((n, f"{limit:,}" if top == limit else f"{limit:,}–{top:,}"))
    return found
