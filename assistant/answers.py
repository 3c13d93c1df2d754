"""Tru AI, first form: finds our own sentences and cites them, or says that it does not know.

Pure but for the library: no model, no network, nothing stored.
"""

import math
import re
from dataclasses import dataclass

from therapies.library import library
from trupaths.text import fold, near_spellings

from .passages import Passage, passages
from .words import COMMON, SAME

SURE = 0.5  # of the weight of the question's words that a passage must hold

_CITED = re.compile(r"\s*\[\d+\]")
# What a person who knows them must answer: we have no sentence for it, however alike the words.
_FOR_A_CLINICIAN = re.compile(
    r"\b(do i have|diagnose|what dose|dosage|how many mg|should i (take|(stop|start) taking))\b"
)


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
        self.names = {}  # folded name -> therapy
        for passage in found:
            for name in passage.therapy.names:
                self.names.setdefault(fold(name), passage.therapy)
        self.held = [_terms(f"{p.asks} {p.text}") for p in found]
        self.asked = [_terms(p.asks) for p in found]
        counts = {}
        for held in self.held:
            for term in held:
                counts[term] = counts.get(term, 0) + 1
        self.idf = {term: math.log(1 + len(found) / n) for term, n in counts.items()}
        self.unknown = math.log(1 + len(found))

    def best(self, question):
        """The passage that answers, or None when none holds enough of the question."""
        therapy, rest = self._named(fold(question))
        terms = {self._known(term) for term in _terms(rest)}
        if not terms:
            return self._about(therapy)
        weight = {term: self.idf.get(term, self.unknown) for term in terms}
        total = sum(weight.values())
        best, most = None, 0.0
        for n, passage in enumerate(self.passages):
            if therapy is not None and passage.therapy is not therapy:
                continue
            held = sum(w for term, w in weight.items() if term in self.held[n]) / total
            # What answers this very question comes before what mentions its words.
            asked = sum(w for term, w in weight.items() if term in self.asked[n]) / total
            spare = len(self.asked[n] - terms) / 100
            score = held + asked - spare
            if held >= SURE and asked > 0 and score > most:
                best, most = passage, score
        return best

    def _about(self, therapy):
        found = (p for p in self.passages if p.therapy is therapy and p.asks == "What is it?")
        return next(found, None)

    def _named(self, question):
        """The therapy that a question names (the longest name wins), and the words around it."""
        padded = f" {question} "
        for name in sorted(self.names, key=len, reverse=True):
            if f" {name} " in padded:
                return self.names[name], padded.replace(f" {name} ", " ")
        return None, question

    def _known(self, term):
        """Small misspellings become the word we know."""
        if term in self.idf or len(term) < 6:
            return term
        alike = near_spellings(term, (t for t in self.idf if t[0] == term[0]), limit=1)
        return next(iter(alike), term)


def answer(question):
    """An `Answer` of verbatim sentences from published pages, each with its source."""
    found = None if _FOR_A_CLINICIAN.search(fold(question)) else _finder().best(question)
    if found is None:
        pages = [(str(therapy), therapy.get_absolute_url()) for therapy in library().therapies[:3]]
        return Answer("unsure", nearest=tuple(pages))
    source = Source(1, found.title, found.section, found.url, found.reviewed_on)
    return Answer("answer", sentences=((_CITED.sub("", found.text), 1),), sources=(source,))


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
    """Folded words that carry meaning: common endings off, words for the same thing as one."""
    return {
        _stem(SAME.get(word, SAME.get(_stem(word), word)))
        for word in fold(text).split()
        if word not in COMMON
    }


def _stem(word):
    for ending in ("ings", "ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word
