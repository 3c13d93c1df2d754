"""Finds the passage that answers a question: words in common, rare words weighing more."""

import math
from functools import cached_property

from .passages import passages
from .reading import Reader, mark

# Shares of the weight of a question's words that a passage must hold.
SURE = 0.6  # of a question that names a therapy
SURE_OF_ANY = 0.8  # of one that does not
SAME_QUESTION = 0.5  # and that an FAQ's own question must share with it
THIS_QUESTION = 0.7  # where a mistake would do harm
CLOSE = 0.3  # apart in score: therapies answer this question alike

# What is written to answer comes before what mentions.
_LESS = {"point": 0.3, "text": 0.1, "careful-line": 0.1}
# Said with a therapy that is not the one asked about, these would mislead.
_NAMED_ONLY = frozenset("careful-line point text before".split())
# Words that say nothing of what puts one at risk.
_SAFETY = {"safe", "stop", "start", "medicine", "avoid"}


class Finder:
    def __init__(self, library):
        self.passages = passages(library)
        self.reader = Reader(library, [f"{p.asks} {p.text}" for p in self.passages])
        read = [(self.reader.read(p.asks), self.reader.read(p.text)) for p in self.passages]
        # What it answers; and all that it holds.
        self.asked = [
            asks.terms_beside(p.of) | ({mark(p.condition)} if p.condition else set())
            for p, (asks, _) in zip(self.passages, read, strict=True)
        ]
        self.held = [
            asked | text.terms_beside(p.of)
            for p, asked, (_, text) in zip(self.passages, self.asked, read, strict=True)
        ]
        counts = {}
        for held in self.held:
            for term in held:
                counts[term] = counts.get(term, 0) + 1
        total = len(self.passages)
        self.idf = {term: math.log(1 + total / n) for term, n in counts.items()}
        self.unknown = math.log(1 + total)

    @cached_property
    def summaries(self):
        return {p.of.pk: p for p in self.passages if p.kind == "summary"}

    def what_is(self, therapy):
        return next(p for p in self.passages if p.therapy is therapy and p.kind == "what")

    def evidence(self, therapy, conditions):
        """What studies of a therapy found for these conditions."""
        return [
            p
            for p in self.passages
            if p.therapy is therapy and p.kind == "evidence" and p.condition in conditions
        ]

    def best(self, reading, therapy, *, kinds=None, surely=False):
        """(score, passage of a therapy's page), or None. `surely`: an FAQ that asks the same."""
        same = THIS_QUESTION if surely else SAME_QUESTION
        ranked = self._ranked(reading.terms_beside(therapy), SURE, therapy, kinds, same)
        return ranked[0] if ranked else None

    def best_of_each(self, reading):
        """Where no therapy is named: the one passage that answers, or one for each therapy."""
        ranked = self._ranked(reading.terms, SURE_OF_ANY, None, None, THIS_QUESTION)
        if not ranked:
            return []
        top, first = ranked[0]
        of_each = {}
        for score, passage in ranked:
            if score > top - CLOSE and passage.section == first.section:
                of_each.setdefault(passage.of.pk, passage)
        return list(of_each.values())

    def _ranked(self, terms, sure, therapy, kinds, same):
        """(score, passage), best first, of those that hold enough."""
        if not terms:
            return []
        # A word that our pages lack says little beside the name of a therapy; else it says all.
        known = [self.idf[term] for term in terms if term in self.idf]
        if not known:
            return []
        unknown = sum(known) / len(known) if therapy else self.unknown
        weight = {term: self.idf.get(term, unknown) for term in terms}
        total = sum(weight.values())
        most = (max(known) if therapy else max(weight.values())) - 1e-9
        rarest = {
            term for term, w in weight.items() if w >= most and (term in self.idf or not therapy)
        }
        found = []
        for n, passage in enumerate(self.passages):
            if kinds and passage.kind not in kinds:
                continue
            asked = self.asked[n]
            held = self.held[n] if therapy else asked
            if not rarest <= held or not _may_speak(passage, therapy, terms, asked):
                continue
            share = sum(w for term, w in weight.items() if term in held) / total
            answers = sum(w for term, w in weight.items() if term in asked) / total
            if share < sure or answers == 0:
                continue
            if passage.kind == "faq" and min(self._same(asked, terms), answers) < same:
                continue
            spare = len(asked - terms) / 100 + _LESS.get(passage.kind, 0)
            found.append((share + answers - spare, passage))
        return sorted(found, key=lambda pair: -pair[0])

    def _same(self, asked, terms):
        """How much of an FAQ's question stands in the visitor's."""
        total = sum(self.idf[term] for term in asked)
        return sum(self.idf[term] for term in asked & terms) / total if total else 0


def _may_speak(passage, therapy, terms, asked):
    """May this passage answer a question on `therapy`, or on none, at all?"""
    if passage.kind in ("evidence", "summary"):
        return False  # asked for by name: what was found for one illness says nothing of another
    if therapy is None:
        # "Does it work?" fits every therapy.
        return passage.kind not in _NAMED_ONLY and (passage.kind != "faq" or len(asked) > 1)
    if passage.therapy is not therapy:
        return False
    if passage.kind == "careful-line":
        return bool(asked & terms - _SAFETY)
    # A passing mention of an illness answers nothing about it.
    return passage.kind not in ("point", "text") or not any(":" in term for term in terms)
