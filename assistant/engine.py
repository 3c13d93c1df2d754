"""Finds the passages that answer a question: by the words in common, and by what is asked for.

What a question asks for (sections.py) stands in the index as a word of its own beside its words, so
that rare wishes weigh more than common ones, as words do.
"""

import re
from functools import cached_property
from math import sqrt
from typing import NamedTuple

from trupaths.retrieval import Field, Index

from .passages import Passage, passages
from .reading import Reader, mark
from .sections import asked_for

FIELDS = {"asks": Field(3.0, 0.6, title=True), "text": Field(1.0, 0.9)}
# What is written to answer comes before what mentions.
_LESS = {"point": 0.7, "text": 0.9, "careful-line": 0.7}
# Said with a therapy that is not the one asked about, these would mislead.
_NAMED_ONLY = frozenset("careful-line point text before evidence summary".split())

# Shares of the weight of a question's words.
SURE_OF_ANY = 0.8  # that a passage must hold where no therapy is named
SAME_QUESTION = 0.7  # and that an FAQ's own question must share with it, both ways
NEAR = 0.25  # that the page must hold to be called near
# What a passage gains that is all a question asks for: in score, and in shares of its score.
WISHED, TIMES = 15.0, 3.0
LIKELY = 0.12  # how well it must meet the wish to answer with no word in common
# “And over video?” has one word: what is surely asked for is said before what holds the word, too.
ONE_WORD, FACT = 0.9, 1.5
CLOSE = 0.8  # of the best score: therapies answer this question alike
# What is told of where a page says nothing of it.
_INSTEAD = {"hurts": "risks"}
_OF_SAFETY = ("careful", "risks")
LIKELY_OF_SAFETY, SURE_OF_SAFETY = 0.2, 0.35
_WARNINGS = frozenset("careful careful-line risks before".split())
_MAY_I = re.compile(
    r"\b(?:can|could|may|should) (?:i|we|he|she|they|someone|people|my \w+)\b"
    r"|\b(?:ok|okay|safe|allowed|alright)\b"
)
_AS_USUAL = re.compile(r"\b(?:normal|usual|common)\b")


class Ranked(NamedTuple):
    score: float
    passage: Passage


class Engine:
    """All passages of one version of the library. Made once, never changed."""

    def __init__(self, library):
        self.passages = passages(library)
        self.reader = Reader(library, [f"{p.asks} {p.text}" for p in self.passages])
        read = [(self.reader.read(p.asks), self.reader.read(p.text)) for p in self.passages]
        self._questions = [asks for asks, _ in read]
        self.families = [
            asks.asked if p.kind == "faq" else p.families
            for p, (asks, _) in zip(self.passages, read, strict=True)
        ]
        self._wishes = [
            asks.wishes if p.kind == "faq" else dict.fromkeys(p.families, 1.0)
            for p, (asks, _) in zip(self.passages, read, strict=True)
        ]
        self.index = Index(
            [
                _fields(p, families, *both)
                for p, families, both in zip(self.passages, self.families, read, strict=True)
            ],
            FIELDS,
            words=str.split,
        )
        self._number = {passage: n for n, passage in enumerate(self.passages)}
        self._tell_instead()
        self._alone = {}
        self._of_page = {}  # what it is of -> which passages
        for n, passage in enumerate(self.passages):
            self._of_page.setdefault(passage.of, set()).add(n)

    @cached_property
    def summaries(self):
        return {p.of.pk: p for p in self.passages if p.kind == "summary"}

    def what_is(self, therapy):
        return next(p for p in self.passages if p.therapy is therapy and p.kind == "what")

    def faqs(self, therapy):
        """The questions of its page, in page order."""
        of_page = (self.passages[n] for n in sorted(self._of_page.get(therapy, ())))
        return [passage for passage in of_page if passage.kind == "faq"]

    def evidence(self, therapy, conditions):
        """What studies of a therapy found for these conditions."""
        return [
            p
            for p in self.passages
            if p.therapy is therapy and p.kind == "evidence" and p.condition in conditions
        ]

    def _tell_instead(self):
        """“Does it hurt?” is answered by the risks of a page that says nothing of hurting."""
        for asked, told in _INSTEAD.items():
            says = {p.of for p in self.passages if asked in self.offered(p)}
            for n, passage in enumerate(self.passages):
                if passage.kind == told and passage.of not in says:
                    self._wishes[n][asked] = 1.0

    def question_of(self, passage):
        """The reading of what the page asks itself there."""
        return self._questions[self._number[passage]]

    def says(self, passage, word):
        return word in self.index.held[self._number[passage]]

    def families_of(self, passage):
        return self.families[self._number[passage]]

    def wished(self, reading, passage):
        """How well the passage meets what the question asks for, 0 to 1."""
        offered = self._wishes[self._number[passage]]
        if passage.kind == "faq":  # an FAQ is a question itself: how alike are the two wishes?
            return sum(
                sqrt(share * reading.wishes[wish])
                for wish, share in offered.items()
                if share >= LIKELY
            )
        return sum(reading.wishes.get(wish, 0.0) for wish in offered)

    def offered(self, passage):
        """The wishes that a passage surely meets."""
        meets = self._wishes[self._number[passage]]
        return {wish for wish, share in meets.items() if share >= LIKELY}

    def met(self, reading, passage):
        """The share of what is asked for that it surely meets; little for a vague question."""
        return sum(reading.wishes.get(wish, 0.0) for wish in self.offered(passage))

    def best(self, reading, therapy):
        """`Ranked` passages of a therapy's page that may answer, the best first."""
        among = self._of_page.get(therapy, frozenset())
        found = self.index.rank(_looked_for(reading, therapy), len(among), among)
        scores, ranked = {each.n: each.score for each in found}, []
        for n in sorted(among):
            passage = self.passages[n]
            wished = self.wished(reading, passage)
            if n in scores or wished >= LIKELY:
                score = scores.get(n, 0.0) * (1 + TIMES * wished) + WISHED * wished
                if passage.kind == "fact" and wished >= ONE_WORD and len(reading.terms) == 1:
                    score *= FACT
                ranked.append(Ranked(score * _LESS.get(passage.kind, 1.0), passage))
        return sorted(ranked, key=lambda each: (-self._warns(reading, each), -each.score))

    def _warns(self, reading, each):
        """Does a line of who should ask first name what the question names? “With a pacemaker?”

        0 for no, 1 for yes, 2 where both say “pregnant”: that cannot wait behind “hot yoga”.
        """
        passage = each.passage
        if passage.kind != "careful-line" or _AS_USUAL.search(reading.text):
            return 0
        safety = sum(reading.wishes.get(wish, 0.0) for wish in _OF_SAFETY)
        if safety < LIKELY_OF_SAFETY and not _MAY_I.search(reading.text):
            return 0
        named = {w for w in reading.terms_beside(passage.of) if "risks" not in asked_for(w)}
        said = {word for word in named if self.says(passage, word)}
        most = safety >= SURE_OF_SAFETY and self.weight(said) > 0.5 * self.weight(named)
        if not most and said.isdisjoint(self._warned_alone(passage.of)):
            return 2 * ("pregnant" in said)
        return 1 + ("pregnant" in said)

    def _warned_alone(self, page):
        """The words that a page says in its warnings and nowhere else: “pacemaker”."""
        if page not in self._alone:
            warns, others = set(), set()
            for n in self._of_page.get(page, ()):
                warning = self.passages[n].kind in _WARNINGS
                (warns if warning else others).update(self.index.held[n])
            self._alone[page] = warns - others
        return self._alone[page]

    def same_question(self, reading, therapy):
        """The FAQ of a therapy that asks the very same, or None."""
        terms = reading.terms_beside(therapy)
        for found in self.index.rank(sorted(terms), 5, self._of_page.get(therapy, frozenset())):
            if (
                self.passages[found.n].kind == "faq"
                and self._alike(terms, found.n) >= SAME_QUESTION
            ):
                return self.passages[found.n]
        return None

    def of_any(self, reading):
        """Where no therapy is named: the one passage that answers, or one for each therapy."""
        terms = reading.terms
        if not terms or any(term not in self.index.idf for term in terms):
            return []
        rarest = max(terms, key=lambda term: (self.index.idf[term], term))
        found = []
        for each in self.index.rank(_looked_for(reading), len(self.passages)):
            passage, asked = self.passages[each.n], self._asked(each.n)
            if passage.kind in _NAMED_ONLY or rarest not in asked:
                continue
            if self.weight(terms & asked) < SURE_OF_ANY * self.weight(terms):
                continue
            # "Does it work?" fits every therapy.
            alone = len(asked) > 1 and self._alike(terms, each.n) >= SAME_QUESTION
            if passage.kind != "faq" or alone:
                found.append(Ranked(each.score, passage))
        of_each = {}
        for score, passage in found:
            if score >= CLOSE * found[0].score and passage.section == found[0].passage.section:
                of_each.setdefault(passage.of.pk, passage)
        return list(of_each.values())

    def nearest(self, reading, most=3):
        """The pages that hold most of a question, the nearest first; none that holds little."""
        words = reading.terms
        found = self.index.rank(sorted(words), 40)
        near = [self.passages[f.n].of for f in found if self.index.share(words, f.n) >= NEAR]
        return list(dict.fromkeys(near))[:most]

    def _asked(self, n):
        return frozenset(w for w in self.index.titles[n] if not w.startswith("~"))

    def alike(self, reading, passage):
        """How alike a question and the passage's own are, by their words, 0 to 1."""
        return self._alike(reading.terms_beside(passage.of), self._number[passage])

    def _alike(self, terms, n):
        """How much of a question stands in the passage's own, or of that in it: the lesser."""
        asked = self._asked(n)
        both = self.weight(terms & asked)
        most = max(self.weight(terms, self.index.unknown), self.weight(asked))
        return both / most if most else 0.0

    def weight(self, terms, unknown=0.0):
        return sum(self.index.idf.get(term, unknown) for term in terms)


def _looked_for(reading, therapy=None):
    """A question's words and what it asks for, in an order that is always the same."""
    words = reading.terms_beside(therapy) if therapy else reading.terms
    return sorted(words | {f"~{name}" for name in reading.asked})


def _fields(passage, families, asks, text):
    """Its words as a question's are read, without the name of its own page."""
    own = {mark(passage.of)}
    asked = [*sorted(asks.marks - own), *asks.words, *(f"~{name}" for name in sorted(families))]
    if passage.condition:
        asked.append(mark(passage.condition))
    return {"asks": " ".join(asked), "text": " ".join([*sorted(text.marks - own), *text.words])}


_cached = (None, None)


def engine(library):
    """The engine of this version of the library, made at its first question."""
    global _cached
    version, made = _cached
    if version is not library:
        made = Engine(library)
        _cached = (library, made)
    return made
