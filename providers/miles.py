"""LEAF of this room: miles as people say them, and the distances that a search can have."""

import re

RADII = [("5", "5 miles"), ("10", "10 miles"), ("25", "25 miles"), ("50", "50 miles"),
         ("100", "100 miles"), ("any", "Any distance")]  # fmt: skip
RADIUS = "25"

MILES = re.compile(
    r"\b(?:(?:with)?in\s+|no\s+more\s+than\s+|less\s+than\s+|up\s+to\s+|under\s+|at\s+most\s+|"
    r"inside\s+)?(?:an?\s+|about\s+|around\s+|maybe\s+)*(\d{1,4})[\s-]*(?:miles?|mi)\b"
    r"(?:\s+(?:radius|drive|away))?(?P<of>\s+(?:of|from|around|near|to))?"
    r"(?!\s+(?:a\s+)?(?:day|run))",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?!1\b)\d+[\s-]*mile", re.IGNORECASE)  # “8 Mile Counseling”


def holding(miles):
    """The smallest distance of the search that holds these miles."""
    return next((value for value, _ in RADII if value == "any" or int(value) >= miles), "any")


def typed(q):
    """(start, end, distance) of the miles in a search, the word before the place left out."""
    for said in MILES.finditer(q):
        end = said.start("of") if said["of"] else said.end()
        if not _NAME.fullmatch(q[said.start() : end]):
            return said.start(), end, holding(int(said[1]))
    return None
