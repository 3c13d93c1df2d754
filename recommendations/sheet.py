"""The public ranking sheet: what ranking.py does, in numbers and plain words."""

from types import SimpleNamespace

from providers.models import Check

from . import ranking

CHANGES = [
    ("Nov 25, 2026", "A place without an address is measured from the middle of its town."),
    ("Nov 24, 2026", "First version."),
]

ACTS = {
    "saved": "save a place",
    "saved-therapy": "save a therapy",
    "filter": "use a filter (after your yes)",
    "explored": "open a therapy or a place (after your yes)",
}


def sheet():
    """What templates/recommendations/how.html shows: made from the weights in use."""
    return SimpleNamespace(
        version=ranking.VERSION,
        since=CHANGES[0][0],
        parts=[
            SimpleNamespace(title=title, most=most, words=words, sentence=sentence)
            for title, most, words, sentence in _parts()
        ],
        pivot=ranking.PIVOT,
        similar=ranking.SIMILAR_LIKENESS,
        distance=[
            (miles, f"{ranking.DISTANCE * ranking.nearness(miles):.2f}")
            for miles in (0, 5, 25, 50, 100)
        ],
        acts=[
            (ACTS[act], weight, _fades(half_life))
            for act, (weight, half_life) in ranking.ACTS.items()
        ],
        changes=CHANGES,
    )


def _parts():
    return [
        (
            "How near it is",
            ranking.DISTANCE,
            f"at most {ranking.DISTANCE:.2f}",
            "The strongest part. Care that is hard to reach is care that stops.",
        ),
        (
            "What you asked for",
            ranking.FILTERS,
            f"at most {ranking.FILTERS:.2f}",
            "Filters that the place says yes to. Rare ones weigh more. "
            "“Not stated” counts a quarter, never as a no.",
        ),
        (
            "How alike it is",
            ranking.LIKENESS,
            f"from −{ranking.LIKENESS:.2f} to {ranking.LIKENESS:.2f}",
            "To what you saved. After your yes, also to what you opened and filtered.",
        ),
        (
            "How fresh the facts are",
            ranking.FRESH,
            f"at most {ranking.FRESH:.2f}",
            f"Checked in the last {Check.FRESH_DAYS} days. Only decides between equals. "
            "Places that are still equal take turns, day by day.",
        ),
    ]


def _fades(half_life):
    return "not while it is saved" if half_life is None else f"by half in {half_life} days"
