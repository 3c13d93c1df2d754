"""Where and with whom, how long and how sure, in words, for pages, filters and listings."""

import re

DELIVERY = {"in-person": "In person", "virtual": "By video"}
GROUPING = {
    "individual": "One to one",
    "group": "In a group",
    "couple": "As a couple",
    "family": "As a family",
}
# The usual length of a course: (name, fewest, most weeks).
LENGTHS = {
    "short": ("Up to 6 weeks", 0, 6),
    "medium": ("7 to 12 weeks", 7, 12),
    "long": ("13 to 26 weeks", 13, 26),
    "longer": ("More than 26 weeks", 27, 10_000),
}
OPEN_LENGTH = "open"  # it has no usual length

_cited = re.compile(r"\s*\[\d+\]")


def weeks(fewest, most):
    """“8 weeks”, “6 to 12 weeks”, “6 weeks or more”; "" when neither is known.

    >>> weeks(6, 12), weeks(1, 1), weeks(6, None), weeks(None, 12), weeks(None, None)
    ('6 to 12 weeks', '1 week', '6 weeks or more', 'up to 12 weeks', '')
    """
    if fewest is None and most is None:
        return ""
    if fewest is None:
        return f"up to {_weeks(most)}"
    if most is None:
        return f"{_weeks(fewest)} or more"
    return _weeks(most) if fewest == most else f"{fewest} to {_weeks(most)}"


def _weeks(n):
    return f"{n} week" if n == 1 else f"{n} weeks"


def inside(name):
    """A name as it stands within a sentence: “chronic pain”, yet “PTSD”."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def either(phrases):
    """“In person or by video”, from phrases that each begin a sentence."""
    return " or ".join([*phrases[:1], *(inside(phrase) for phrase in phrases[1:])])


def uncited(text):
    """Text of a page for elsewhere: without the numbers of references, which lead nowhere there."""
    return _cited.sub("", text).strip()
