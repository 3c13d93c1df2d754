"""Tru AI, first form: finds our own sentences and cites them, or says that it does not know.

Pure but for the library: no model, no network, nothing stored.
"""

import math
import re
from dataclasses import dataclass

from therapies.library import library
from trupaths.text import near_spellings, words

from .passages import Passage, passages

MOST = 2
SURE = 0.42  # of the weight of the question's words that a passage must hold

# Words that carry a question, not its subject.
COMMON = frozenset(
    "a about after all am an and any are as at be been being but by can could did do does doing "
    "for from get give had has have having he her here him his how i if in into is it its like "
    "may me might more most my no not of on one or our out over please should so some tell than "
    "that the their them then there these they thing this those to too up us use using was we "
    "were what when where which while who why will with work would yes you your".split()
)
_CITED = re.compile(r"\s*\[\d+\]")


@dataclass(frozen=True)
class Source:
    n: int
    title: str
    section: str
    url: str
    reviewed_on: object


@dataclass(frozen=True)
class Answer:
    """kind "answer": sentences are (text, number of its source). "unsure": nearest pages."""

    kind: str
    sentences: tuple = ()
    sources: tuple = ()
    nearest: tuple = ()


class Finder:
    """Passages by the words they hold, rare words weighing more."""

    def __init__(self, found: list[Passage]):
        self.passages = found
        self.held = [_terms(f"{p.question} {p.text}") for p in found]
        self.asked = [_terms(p.question) for p in found]
        counts = {}
        for held in self.held:
            for term in held:
                counts[term] = counts.get(term, 0) + 1
        total = len(found)
        self.idf = {term: math.log(1 + total / n) for term, n in counts.items()}

    def rank(self, question):
        """(share of the question that is held, passage), best first."""
        asked = {self._known(term) for term in _terms(question)}
        unknown = math.log(1 + len(self.passages))
        weight = {term: self.idf.get(term, unknown) for term in asked}
        total = sum(weight.values())
        if not total:
            return []
        ranked = []
        for n, passage in enumerate(self.passages):
            share = sum(w for term, w in weight.items() if term in self.held[n]) / total
            # A passage that answers this very question comes before one that mentions it.
            exact = sum(w for term, w in weight.items() if term in self.asked[n]) / total
            ranked.append((share, exact, -n, passage))
        ranked.sort(key=lambda row: (row[0] + row[1], row[2]), reverse=True)
        return [(share, passage) for share, _, _, passage in ranked]

    def _known(self, term):
        """Small misspellings become the word we know."""
        if term in self.idf or len(term) < 5:
            return term
        return next(iter(near_spellings(term, self.idf, limit=1)), term)


def answer(question):
    """An `Answer` of verbatim sentences from published pages, each with its source."""
    ranked = _finder().rank(question)
    best = [passage for share, passage in ranked[:MOST] if share >= SURE]
    if not best:
        pages = [(str(therapy), therapy.get_absolute_url()) for therapy in library().therapies[:3]]
        return Answer("unsure", nearest=tuple(pages))
    if ranked[0][0] - ranked[1][0] > 0.2 or best[0].question:
        best = best[:1]
    return Answer(
        "answer",
        sentences=tuple((_CITED.sub("", p.text), n) for n, p in enumerate(best, start=1)),
        sources=tuple(
            Source(n, p.title, p.section, p.url, p.reviewed_on) for n, p in enumerate(best, start=1)
        ),
    )


_cached = (None, None)


def _finder():
    global _cached
    current = library()
    version, finder = _cached
    if version is not current:
        finder = Finder(passages(current))
        _cached = (current, finder)
    return finder


def _terms(text):
    """Folded words that carry meaning, without common endings."""
    return {_stem(word) for word in words(text) if word not in COMMON}


def _stem(word):
    for ending in ("ings", "ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word
