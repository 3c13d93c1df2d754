"""Maps without tiles: what is near a place, with a pin for each card; where one place is."""

from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
from django.utils.functional import cached_property

from .ground import land, towns
from .sheet import SIDE, frame_at, miles_from, on_sheet, view_of
from .sphere import unit_vectors
from .wording import places

PIN_HIGH, PIN_TIP, PIN_WIDE, DIGIT = 41, 11, 34, 8.5
SPOT_MILES = 8.0  # around the place of a listing's own page
TOGETHER = 0.12  # signs that cover more of each other than this become one


@dataclass(frozen=True)
class Pin:
    """One place, or several that would cover each other; x, y is the tip."""

    cards: tuple
    x: float
    y: float

    @property
    def numbers(self):
        return [card.number for card in self.cards if card.number is not None]

    @cached_property
    def label(self):
        """ "3", "3, 7, 12", "2–6"; a long list ends in how many more: "1–3, 7 +4"."""
        if not self.numbers:
            return "●"
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
        """Its card in the list; a place on its own page has none."""
        return f"#{self.cards[0].anchor}" if self.numbers else ""

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
    frame = frame_at(place.lat, place.lon)
    spots = miles_from(frame, unit_vectors([p.lat for p in where], [p.lon for p in where]))
    ring = None if radius == "any" else float(radius)
    view = view_of(spots, ring)
    pins = _pins(points, on_sheet(spots, view).tolist())
    if not pins:
        return None
    center = on_sheet(np.zeros((1, 2)), view)[0].tolist()
    return SimpleNamespace(
        side=SIDE,
        land=land(frame, view),
        center=SimpleNamespace(x=round(center[0], 1), y=round(center[1], 1)),
        ring=None if ring is None else round(ring * view.scale, 1),
        towns=towns(frame, view, pins),
        pins=pins,
        label=f"Map around {place.label}, {len(pins)} pin{'s' if len(pins) > 1 else ''}",
        sentences=_sentences(place, ring, view, pins, drawn, points),
    )


def spot(card):
    """A map of the place of one listing, or None where we do not know or do not show where."""
    place = card.provider
    if place.lat is None or place.confidential_address:
        return None
    frame = frame_at(place.lat, place.lon)
    middle = np.zeros((1, 2))
    view = view_of(middle, SPOT_MILES)
    ((x, y),) = on_sheet(middle, view).tolist()
    pins = [Pin((card,), x, y)]
    said = [f"The map is about {_rounded(2 * view.half)} miles from top to bottom."]
    if _approximate(card):
        said.append("The pin stands in the middle of a ZIP code or town, not at the street.")
    return SimpleNamespace(
        side=SIDE,
        land=land(frame, view),
        towns=towns(frame, view, pins),
        pins=pins,
        alone=True,
        label=f"Map: {place.name}, {place.town}",
        sentences=said,
    )


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


# --- what is said under it ------------------------------------------------------------------


def _sentences(place, ring, view, pins, drawn, points):
    on_map = [card for pin in pins for card in pin.cards]
    said = ["The numbers are those of the list."]
    if any(len(pin.cards) > 1 for pin in pins):
        said[0] = "The numbers are those of the list; places close together share a pin."
    if not view.whole:
        said.append(f"The map is about {_rounded(2 * view.half):,} miles wide.")
    if ring is not None:
        roughly = "roughly " if place.rough else ""
        miles = f"{roughly}{ring:g} miles around {place.label}"
        said.append(
            f"The dotted ring is {miles}."
            if view.whole
            else f"The dotted ring, {miles}, reaches beyond the map."
        )
    rough = [card for card in on_map if _approximate(card)]
    if rough:
        said.append(
            "A dashed pin stands in the middle of a ZIP code or town, not at the street."
            if len(rough) < len(on_map)
            else "All pins stand in the middle of a ZIP code or town, not at the street."
        )
    if far := len(points) - len(on_map):
        said.append(f"{places(far)} of this list {_is(far)} beyond the edge of the map.")
    if without := len(drawn) - len(points):
        said.append(
            f"{places(without)} of this list {_is(without)} not on the map: "
            "we do not know or do not show where."
        )
    return said


def _is(n):
    return "is" if n == 1 else "are"


def _rounded(miles):
    """To what one would say: 12, 150, 2,300."""
    step = 1 if miles < 20 else 10 if miles < 200 else 100
    return round(miles / step) * step
