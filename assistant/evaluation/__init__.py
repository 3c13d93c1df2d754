"""How well Tru AI does on sets of messages with known answers: manage.py assistant_eval."""

import csv
from pathlib import Path

SETS = Path(__file__).parent / "sets"


def rows(name):
    """The rows of one of our sets, such as “own.csv”: a mapping of columns each."""
    with (SETS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
