"""Writes fixtures/demo_providers.json: about 400 example places. None is real, and each says so.

60 were written by hand (written/), the others are made up from lists of words. The same input gives
the same bytes: chance comes from fixed seeds, and days are counted back from TODAY, not from the
clock.

The parts: towns.py says where, invent.py what is there (its words: names.py, sentences.py,
kinds.py, offers.py), rows.py turns each place into rows.
"""

import json
from datetime import date
from pathlib import Path

from .. import places
from .invent import invent
from .rows import rows
from .towns import Map, check_cities
from .written import PLACES

TODAY = date(2026, 11, 24)
PATH = Path(__file__).resolve().parent.parent.parent / "fixtures" / "demo_providers.json"


def write(*, today=TODAY, path=PATH):
    """Write the fixture; returns how many places it holds."""
    records = make(today=today)
    Path(path).write_text(as_text(records), encoding="utf-8", newline="\n")
    return sum(record["model"] == "providers.provider" for record in records)


def as_text(records):
    """One record a line, so that a change shows as the lines that changed."""
    lines = (json.dumps(r, ensure_ascii=False, separators=(",", ":")) for r in records)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def make(*, today=TODAY):
    """The rows of the fixture, what others point at first."""
    towns = places.read_towns()
    zips = places.named(places.read_zips(), towns)
    here = Map(zips, towns)
    examples = [*PLACES, *invent(here, PLACES)]
    check_cities(here, examples)
    return rows(examples, here.points, today)
