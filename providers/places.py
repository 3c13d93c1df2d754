"""Towns and ZIP codes as points, from the two files in data/ (see data/SOURCE.txt)."""

import csv
import gzip
import re
import time
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from trupaths.text import fold

from .changes import listing_changes
from .models import Place, Provider
from .sphere import EARTH_MILES, unit_vectors

DATA = Path(__file__).resolve().parent / "data"
ZIPS = DATA / "zip_centroids.csv.gz"
TOWNS = DATA / "us_cities_geonames.csv.gz"

NEAR_MILES = 15  # a ZIP code without a city takes the name of a town this near, or none

# GeoNames writes it as nobody types it.
RENAMED = {("New York City", "NY"): "New York"}


class BadFile(Exception):
    """A sentence that names the file and the line; nothing was changed."""


@dataclass(frozen=True)
class Loaded:
    zips: int
    towns: int
    new: int
    changed: int
    seconds: float

    def __str__(self):
        return (
            f"Places: {self.zips:,} ZIP codes and {self.towns:,} towns; {self.new:,} new, "
            f"{self.changed:,} changed, in {self.seconds:.1f} seconds."
        )


def load(*, zip_path=ZIPS, town_path=TOWNS):
    """Bring `Place` in line with both files. Safe to repeat: the second time changes nothing.

    Rows that a file no longer holds stay: a search that was shared keeps its place.
    """
    began = time.monotonic()
    towns = read_towns(town_path)
    zips = named(read_zips(zip_path), towns)
    towns += post_towns(zips, towns)
    with listing_changes() as listings:
        new, changed = _write([*zips, *towns])
        if new or changed:  # listings without an address are looked for from their towns
            listings.update(Provider.objects.filter(lat=None).values_list("pk", flat=True))
    return Loaded(len(zips), len(towns), new, changed, time.monotonic() - began)


# --- reading --------------------------------------------------------------------------------


def read_zips(path=ZIPS):
    """One unsaved `Place` for each line, in the order of the file."""
    places, seen = [], {}
    for line, row in _rows(path, ("zip", "latitude", "longitude", "city", "state")):
        code = row["zip"]
        if not re.fullmatch(r"[0-9]{5}", code):
            raise _bad(path, line, f"{code!r} is not a ZIP code of five digits")
        if code in seen:
            raise _bad(path, line, f"{code} is already on line {seen[code]}")
        seen[code] = line
        places.append(
            Place(
                kind=Place.Kind.ZIP,
                name=_name(row["city"], path, line),
                zip=code,
                folded=code,
                **_where(row, path, line),
            )
        )
    return places


def read_towns(path=TOWNS):
    """One unsaved `Place` for each town; of two of one name in a state, the more populous."""
    towns = {}
    for line, row in _rows(path, ("name", "state", "latitude", "longitude", "population")):
        where = _where(row, path, line)
        name = RENAMED.get((row["name"], where["state"]), row["name"])
        if not fold(name):
            raise _bad(path, line, "the town has no name")
        if not re.fullmatch(r"[0-9]+", row["population"]):
            raise _bad(path, line, f"the population {row['population']!r} is not a whole number")
        town = Place(
            kind=Place.Kind.TOWN,
            name=_name(name, path, line),
            population=int(row["population"]),
            folded=fold(name),
            **where,
        )
        key = town.folded, town.state
        if key not in towns or towns[key].population < town.population:
            towns[key] = town
    return list(towns.values())


def _rows(path, columns):
    """(line number, row) for each line below the head; every problem becomes a `BadFile`."""
    path = Path(path)
    reader = csv.DictReader(_lines(path), restkey="", strict=True)
    try:
        if missing := [name for name in columns if name not in (reader.fieldnames or ())]:
            raise _bad(path, 1, f"the column {missing[0]!r} is missing")
        line = 1
        for row in reader:
            line = reader.line_num
            if "" in row or None in row.values():
                raise _bad(path, line, f"there should be {len(reader.fieldnames)} values")
            yield line, row
        if line == 1:
            raise _bad(path, 2, "there is nothing below the head")
    except csv.Error as error:
        raise _bad(path, reader.reader.line_num, f"it cannot be read ({error})") from error
    except (OSError, EOFError, zlib.error) as error:
        raise BadFile(f"{path.name} cannot be read: {error}. Nothing was changed.") from error


def _lines(path):
    """Decoded one by one, so that the line which is not text can be named."""
    with gzip.open(path) as file:
        for line, raw in enumerate(file, start=1):
            try:
                yield raw.decode()
            except UnicodeDecodeError as error:
                raise _bad(path, line, "the text is not UTF-8") from error


def _where(row, path, line):
    if not re.fullmatch(r"[A-Z]{2}", row["state"]):
        raise _bad(path, line, f"{row['state']!r} is not a state of two letters")
    try:
        lat, lon = float(row["latitude"]), float(row["longitude"])
    except ValueError:
        lat = lon = float("nan")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise _bad(
            path, line, f"{row['latitude']!r}, {row['longitude']!r} is not a point on the map"
        )
    return {"state": row["state"], "lat": lat, "lon": lon}


def _name(name, path, line):
    if len(name) > 120 or not name.isprintable():
        raise _bad(path, line, f"the name {name[:40]!r} is too long or not plain text")
    return name


def _bad(path, line, what):
    return BadFile(f"{Path(path).name}, line {line}: {what}. Nothing was changed.")


# --- naming ---------------------------------------------------------------------------------


def named(zips, towns):
    """The same ZIP codes; one without a city is named after the nearest town of its state."""
    by_state = {}
    for town in towns:
        by_state.setdefault(town.state, []).append(town)
    vectors = {state: _vectors(here) for state, here in by_state.items()}
    # A chord and an angle grow together, so the longest chord allowed stands for NEAR_MILES.
    reach = 2 * np.sin(NEAR_MILES / EARTH_MILES / 2)
    for place in zips:
        if place.name or place.state not in vectors:
            continue
        chords = np.linalg.norm(vectors[place.state] - _vectors([place]), axis=1)
        nearest = int(chords.argmin())
        if chords[nearest] <= reach:
            place.name = by_state[place.state][nearest].name
    return zips


def _vectors(places):
    return unit_vectors([place.lat for place in places], [place.lon for place in places])


def post_towns(zips, towns):
    """Towns that only the ZIP codes name, in the middle of their ZIP codes.

    The file of towns leaves out villages, and writes some names as the post office does not: it
    has St. Louis and The Bronx, where an envelope has Saint Louis and Bronx. People type either.
    """
    known = {(town.folded, town.state) for town in towns}
    found = {}
    for place in zips:
        key = fold(place.name), place.state
        if key[0] and key not in known:
            found.setdefault(key, []).append(place)
    return [
        Place(
            kind=Place.Kind.TOWN,
            name=here[0].name,
            state=state,
            lat=float(np.median([place.lat for place in here])),
            lon=float(np.median([place.lon for place in here])),
            folded=folded,
        )
        for (folded, state), here in found.items()
    ]


# --- writing --------------------------------------------------------------------------------

VALUES = ("kind", "name", "state", "zip", "lat", "lon", "population", "folded")


def _key(kind, name, state, zip_code):
    """A ZIP code is known by its digits, a town by its name and state."""
    return (kind, zip_code) if kind == Place.Kind.ZIP else (kind, name, state)


def _write(places):
    """Add what is new, replace what differs, touch nothing else. Returns both counts."""
    new, changed = [], []
    known = {_key(*row[1:5]): row for row in Place.objects.values_list("pk", *VALUES)}
    for place in places:
        values = tuple(getattr(place, name) for name in VALUES)
        row = known.get(_key(*values[:4]))
        if row is None:
            new.append(place)
        elif row[1:] != values:
            place.pk = row[0]
            changed.append(place)
    Place.objects.bulk_create(new)
    # An insert that meets its own id and updates: far faster than 60,000 cases in one UPDATE.
    Place.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["id"], update_fields=list(VALUES)
    )
    return len(new), len(changed)
