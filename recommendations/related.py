"""Related therapies: what helps with the same things, and what is often combined.

    score = 1.00 likeness + 0.25 combined

Likeness is the cosine of what two therapies may help with: a condition weighs by the evidence for
it, and more when few therapies help with it. No part knows who asks, nor what anyone did.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt
from operator import itemgetter

from providers import wording
from therapies.library import library
from therapies.models import Evidence, Therapy

MOST = 3
COMBINED = 0.25
MEANT = 0.4  # for a condition that a therapy is meant for, without a study here
EVIDENCE = {
    Evidence.Strength.STRONG: 1.0,
    Evidence.Strength.SOME: 0.7,
    Evidence.Strength.LIMITED: 0.4,
}


@dataclass(frozen=True)
class Related:
    therapy: Therapy
    score: float
    reason: str  # “Both may help with chronic pain and anxiety. Often combined with MBSR.”


def related(therapy, most=MOST):
    """`Related` therapies, the most alike first; what shares nothing is left out."""
    idf, others = _known(library())
    mine, also, found = _helps(therapy, idf), _combined(therapy), []
    for other, theirs, its_also in others:
        if other.pk == therapy.pk:
            continue
        shared = {c: mine[c] * theirs[c] for c in mine.keys() & theirs.keys()}
        combined = other.pk in also or therapy.pk in its_also
        if shared or combined:
            score = _cosine(shared, mine, theirs) + COMBINED * combined
            found.append((-score, other.name, other, shared, combined))
    return [
        Related(other, -score, _reason(therapy, shared, combined))
        for score, _, other, shared, combined in sorted(found, key=itemgetter(0, 1))[:most]
    ]


@lru_cache(maxsize=1)
def _known(shelf):
    """How much each condition tells, and of each therapy what it helps with and goes with."""
    idf = _idf(shelf)
    return idf, [(each, _helps(each, idf), _combined(each)) for each in shelf.therapies]


def _idf(shelf):
    """Condition -> how much it tells; what few therapies help with tells more."""
    total = len(shelf.therapies)
    return {c: log((total + 1) / (len(shelf.helping(c)) + 1)) + 1 for c in shelf.conditions}


def _helps(therapy, idf):
    """Condition -> weight, of what it may help with; not of what it was seen to leave or harm."""
    helps = {row.condition: EVIDENCE.get(row.strength, 0.0) for row in therapy.evidence.all()}
    for condition in therapy.best_for.all():
        helps.setdefault(condition, MEANT)
    return {c: weight * idf[c] for c, weight in helps.items() if weight and c in idf}


def _cosine(shared, mine, theirs):
    if not shared:
        return 0.0
    return sum(shared.values()) / (_length(mine) * _length(theirs))


def _length(weights):
    return sqrt(sum(weight * weight for weight in weights.values()))


def _combined(therapy):
    return {each.pk for each in therapy.combined_with.all()}


def _reason(therapy, shared, combined):
    said = []
    if shared:
        strongest = sorted(shared, key=lambda c: (-shared[c], c.name))[:2]
        names = [wording.inside(condition.name) for condition in strongest]
        said.append(f"Both may help with {wording.listed(names)}.")
    if combined:
        said.append(f"Often combined with {therapy.short_name}.")
    return " ".join(said)
