"""From what a visitor typed to a point: a ZIP code, a town, or coordinates to a tenth."""

import re
import time
from dataclasses import dataclass
from functools import lru_cache

from trupaths.text import fold, near_spellings

from .models import Place
from .states import BY_WORDS, STATES

_ZIP = re.compile(r"(\d{5})(?:-\d{4})?", re.ASCII)
_ENDS_IN_ZIP = re.compile(r"[^\d].*?[\s,](\d{5})(?:-\d{4})?", re.ASCII | re.DOTALL)
_COUNTRY = re.compile(r"[\s,]+(?:usa|u\.s\.a\.|united states(?: of america)?)$", re.IGNORECASE)
_BEGINS = {"ft": "fort", "mt": "mount", "fort": "ft", "mount": "mt", "st": "saint", "saint": "st"}
_POINT = re.compile(r"(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)", re.ASCII)

MOST_CHOICES = 8
KEPT_FOR = 60.0  # seconds: who changes a filter asks for the same place again
LARGE = 500_000  # “New York” and “Washington” are cities first, then states

# As people write them, and as no map does.
SHORT = {
    "nyc": ("New York", "NY"),
    "new york city": ("New York", "NY"),
    "d c": ("Washington", "DC"),
    "washington d c": ("Washington", "DC"),
    "la": ("Los Angeles", "CA"),
    "dc": ("Washington", "DC"),
    "sf": ("San Francisco", "CA"),
    "philly": ("Philadelphia", "PA"),
    "nola": ("New Orleans", "LA"),
    "vegas": ("Las Vegas", "NV"),
    "slc": ("Salt Lake City", "UT"),
}


@dataclass(frozen=True)
class Located:
    """Where distance is measured from.

    `label` ends the sentence “2 miles from …”, `name` is the town for titles, `near` finds the
    place again in an address. `rough`: the point is known to a tenth of a degree only.
    """

    label: str
    name: str
    lat: float
    lon: float
    state: str = ""
    near: str = ""
    rough: bool = False

    @property
    def coarse(self):
        """To a tenth of a degree, about seven miles: no finer point is ever kept."""
        return round(self.lat, 1), round(self.lon, 1)


@dataclass(frozen=True)
class State:
    """A whole state: nothing is measured from it, and nothing outside it is shown."""

    code: str
    name: str

    @property
    def towns(self):
        """To choose from where a point is needed: the largest."""
        towns = Place.objects.filter(kind=Place.Kind.TOWN, state=self.code)[:MOST_CHOICES]
        return Unclear(
            f"{self.name} is a state. Which town in it?", tuple(town.label for town in towns)
        )


@dataclass(frozen=True)
class Unclear:
    """Nothing found, or several: a sentence, and towns to choose from."""

    sentence: str
    choices: tuple[str, ...] = ()


def measured_place(request):
    """Where the address says, else where the visitor last searched; None when neither is known."""
    found = locate(request.GET.get("near", ""))
    return found if isinstance(found, Located) else request.visitor.place


def locate(text):
    """`Located`, a `State`, `Unclear`, or None for an empty text."""
    text = text.strip()
    return _locate(text, time.monotonic() // KEPT_FOR) if text else None


@lru_cache(maxsize=1000)
def _locate(text, period):
    if match := _ZIP.fullmatch(text):
        return _zip(match[1])
    if match := _POINT.fullmatch(text):
        return _point(float(match[1]), float(match[2]))
    if len(text) > 100:
        return Unclear("That is too long for a place. Type a town or a five-digit ZIP code.")
    text = _COUNTRY.sub("", text)
    if match := _ENDS_IN_ZIP.fullmatch(text):  # “Portland, OR 97214”
        return _zip(match[1])
    return _town(text)


def forget():
    """The places have changed."""
    _locate.cache_clear()


def _zip(code):
    place = Place.objects.filter(kind=Place.Kind.ZIP, zip=code).first()
    if place is None:
        return Unclear(f"We do not know the ZIP code {code}. Try one nearby, or a town.")
    return Located(code, place.label, place.lat, place.lon, place.state, near=code)


def _point(lat, lon):
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return Unclear("Those coordinates are not on the map. Type a town or a ZIP code.")
    lat, lon = round(lat, 1), round(lon, 1)
    point = f"{lat:.1f}, {lon:.1f}"
    return Located("your area", point, lat, lon, near=point, rough=True)


def _town(text):
    name, state = _split_state(text)
    if not state and name in SHORT:
        name, state = fold(SHORT[name][0]), SHORT[name][1]
    towns = _called(name, state)
    if not towns and (other := _other_way(name)):
        towns = _called(other, state)
    if not state and name in BY_WORDS and not any(town.population >= LARGE for town in towns):
        return State(BY_WORDS[name], STATES[BY_WORDS[name]])
    if len(towns) == 1:
        town = towns[0]
        return Located(town.label, town.label, town.lat, town.lon, town.state, near=town.label)
    if towns:
        more = " Add its state if it is not among these." if len(towns) > MOST_CHOICES else ""
        return Unclear(
            f"Several towns are called {towns[0].name}. Which one?{more}",
            tuple(town.label for town in towns[:MOST_CHOICES]),
        )
    return Unclear(
        f"We do not know a place called “{text}”. Type a town or a five-digit ZIP code.",
        tuple(_like(name, state)),
    )


def _called(name, state):
    towns = Place.objects.filter(kind=Place.Kind.TOWN, folded=name)
    return list((towns.filter(state=state) if state else towns)[: MOST_CHOICES + 1])


def _other_way(name):
    """“fort worth” for “ft worth”, and back; "" where a name is written in one way."""
    first, _, rest = name.partition(" ")
    return f"{_BEGINS[first]} {rest}" if rest and first in _BEGINS else ""


def _split_state(text):
    """("portland", "OR") from "Portland, OR", "portland oregon" or "Portland OR"."""
    if "," in text:
        town, _, rest = text.rpartition(",")
        if code := BY_WORDS.get(fold(rest)):
            return fold(town), code
    parts = fold(text).split()
    if " ".join(parts) in BY_WORDS:  # “West Virginia” is no town of West in Virginia
        return " ".join(parts), ""
    for n in (3, 2, 1):
        if len(parts) > n and (code := BY_WORDS.get(" ".join(parts[-n:]))):
            return " ".join(parts[:-n]), code
    return " ".join(parts), ""


def _like(name, state):
    """Towns of nearly this name, the most populous first."""
    if len(name) < 3:
        return []
    towns = Place.objects.filter(kind=Place.Kind.TOWN, folded__startswith=name[:2])
    if state:
        towns = towns.filter(state=state)
    labels = {}
    for folded, label_name, code in towns.values_list("folded", "name", "state"):
        labels.setdefault(folded, []).append(f"{label_name}, {code}")
    found = [label for like in near_spellings(name, labels) for label in labels[like]]
    return found[:MOST_CHOICES]
