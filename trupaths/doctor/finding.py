"""What a check says, and how bad it is."""

from typing import NamedTuple

WELL, LOOK, WRONG = "well", "look", "WRONG"


class Finding(NamedTuple):
    level: str
    sentence: str


def first_line(error):
    return next(iter(str(error).splitlines()), type(error).__name__)
