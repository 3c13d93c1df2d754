"""The public ranking sheet: what ranking.py does, in numbers and plain words.

The page and its JSON twin print one and the same `sheet()`, made from the weights in use.
"""

from dataclasses import asdict
from types import SimpleNamespace

from django.conf import settings

from providers.models import Check, Term

from . import ranking, reasons

# (day, version, what changed), the newest first.
CHANGES = [
    (
        "Nov 27, 2026",
        6,
        "The tenth suggestion goes to the listing that tells least of the next ten: those that "
        "tell much stood in every list, and half of the others in none. How you pay, your age and "
        "the level of care are conditions where twenty places within 25 miles have them: a list "
        "and the ten after it. Until now it was five.",
    ),
    (
        "Nov 27, 2026",
        5,
        "Similar places, on the page of a place: those that have what it has now come first, "
        "however much more they have. Until now, having more made a place less alike. Nearness "
        "counts half at 50 miles there, not 25. Suggestions are ordered as before.",
    ),
    (
        "Nov 26, 2026",
        4,
        "How you pay, your age and the level of care are conditions of suggestions where five "
        "places within 25 miles have them, not 50: farther on, a place that does not say so may "
        "still be the nearest help. Places that you opened today are not suggested again that day.",
    ),
    (
        "Nov 26, 2026",
        3,
        "The best sixty are spread out, and at most two of one organization stand among them. "
        "How a place is paid, whom by age it takes and its level of care weigh double in likeness, "
        "and are conditions of suggestions where five places have them. Each filter that is met "
        "counts, however many there are. Video care in your state counts as near when you ask for "
        "it. “Not for me” counts. The measurements are in docs/recommendations.md.",
    ),
    ("Nov 25, 2026", 2, "A place without an address is measured from the middle of its town."),
    ("Nov 24, 2026", 1, "First version."),
]

ACTS = {
    "saved": "save a place",
    "saved-therapy": "save a therapy",
    "filter": "use a filter (after your yes)",
    "explored": "open a therapy or a place (after your yes)",
    "not-for-me": "say “not for me”: it is hidden, and what is like it stands lower",
}

NEVER = [
    "Money, in any form",
    "What other visitors click",
    "How a listing looks",
    "A guess at your condition",
]


def sheet():
    """What templates/recommendations/how.html shows."""
    best = ranking.BEST
    return SimpleNamespace(
        version=ranking.VERSION,
        since=CHANGES[0][0],
        parts=[
            SimpleNamespace(title=title, most=most, words=words, sentence=sentence)
            for title, most, words, sentence in _parts(best)
        ],
        best=best,
        alike=ranking.ALIKE,
        distance=[
            (miles, f"{best.distance * ranking.nearness(miles):.2f}")
            for miles in (0, 5, 25, 50, 100)
        ],
        acts=[
            (words, ranking.ACTS[act][0], _fades(ranking.ACTS[act][1]))
            for act, words in ACTS.items()
        ],
        session=ranking.SESSION,
        decides=[Term.Facet(facet).label.lower() for facet in ranking.DECIDES],
        double=next(iter(ranking.DECIDES.values())),
        head=ranking.HEAD,
        of_one=ranking.OF_ONE,
        seat_others=ranking.SEAT_AMONG - 1,
        gate_places=ranking.GATE_PLACES,
        gate_miles=ranking.GATE_MILES,
        never=NEVER,
        changes=[(day, text) for day, _, text in CHANGES],
    )


def as_json():
    """The same for programs: enough to compute the order anew."""
    return {
        "version": ranking.VERSION,
        "formula": " ".join(ranking.__doc__.split("\n\n")[1].split()),
        "weights": asdict(ranking.BEST),
        "similar_places": asdict(ranking.ALIKE),
        "distance": "pivot / (pivot + miles)",
        "filters": "sum of idf over what the place has, a part of it where not stated, divided by "
        "doubt + the sum of idf over all that is asked for",
        "idf": "ln((places + 1) / (places that have it + 1)) + 1",
        "likeness": "cosine of the sum of what you did, weighted, and the place: idf of what it "
        "has, times `decides`, less the mean over all places",
        "shares": "for similar places: the sum of `decides` or 1 over what both have, divided by "
        "that over all that the place has to which others are sought",
        "decides": ranking.DECIDES,
        "acts": {
            act: {"weight": weight, "half_life_days": days}
            for act, (weight, days) in ranking.ACTS.items()
        },
        "half_life_acts_of_a_day": ranking.SESSION,
        "fresh_days": Check.FRESH_DAYS,
        "rounded_to": 0.01,
        "ties": "SplitMix64 of the listing's id plus the first 8 bytes of sha256(date|state), "
        "state US where none is known; the smallest first",
        "list": {
            "spread_over": ranking.HEAD,
            "most_of_one_organization": ranking.OF_ONE,
            "seat_among": ranking.SEAT_AMONG,
            "gates": list(ranking.GATES),
            "gate_places": ranking.GATE_PLACES,
            "gate_miles": ranking.GATE_MILES,
        },
        "reasons": {"most": reasons.MOST, "least_fall": reasons.MOVES, "like": reasons.LIKE},
        "never": NEVER,
        "kept": {
            "suggestions_days": settings.SUGGESTIONS_KEPT_DAYS,
            "saved_months": settings.SAVED_KEPT_MONTHS,
        },
        "changes": [
            {"date": day, "version": version, "change": text} for day, version, text in CHANGES
        ],
    }


def _parts(best):
    return [
        (
            "How near it is",
            best.distance,
            f"at most {best.distance:.2f}",
            "The strongest part. Care that is hard to reach is care that stops.",
        ),
        (
            "What you asked for",
            best.filters,
            f"less than {best.filters:.2f}",
            "Filters that the place says yes to. Rare ones weigh more. “Not stated” counts "
            f"{_share(best.not_stated)}, never as a no.",
        ),
        (
            "How alike it is",
            best.likeness,
            f"from −{best.likeness:.2f} to {best.likeness:.2f}",
            "To what you saved. After your yes, also to what you opened and filtered.",
        ),
        (
            "How fresh the facts are",
            best.fresh,
            f"at most {best.fresh:.2f}",
            f"Checked in the last {Check.FRESH_DAYS} days. Only decides between equals. "
            "Places that are still equal take turns, day by day.",
        ),
    ]


def _share(part):
    return "a quarter" if part == 0.25 else f"{part:g}"


def _fades(half_life):
    return "not while it is saved" if half_life is None else f"by half in {half_life} days"
