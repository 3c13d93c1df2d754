"""The map of the country: how many places each state has, as drawing and as list."""

from types import SimpleNamespace

import numpy as np

from .ground import outlines
from .states import STATES
from .wording import places

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
    for code, (path, x, y, room) in outlines()["country"].items():
        n = counts.get(code, 0)
        states.append(
            SimpleNamespace(
                name=STATES[code],
                path=path,
                count=n,
                step=sum(n >= limit for limit in limits),
                url=urls.get(code, ""),
                says=f"{STATES[code]}: {places(n)}",
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
