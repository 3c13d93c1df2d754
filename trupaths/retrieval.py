"""LEAF: finds texts by the words they hold (BM25F), the same on every database.

A text has fields: in some, such as a title, a word says more than in others. Rare words weigh more
than common ones. The fifty best are looked at again: what a title holds of the question, and how
little it holds beside it, lifts a text (`decisions/0008`).
"""

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from .text import fold

K1 = 1.2  # how soon a word said again adds little
AGAIN = 50  # texts that are looked at again
TITLES = 2.0  # what a title that is the question adds, in shares of the score
IN_BODY = 0.6  # of a word's weight, when only the body has it: see `share`

STOP = frozenset(
    "a about after all also am an and any are as at be been being but by can could did do does "
    "doing done for from get give go got had has have having he her hers him his how i if in into "
    "is it its just like made make may me might mine more most much must my no not of off on once "
    "one only or our ours out over own please same she should so some such than that the their "
    "theirs them then there these they this those through to too under until up us very was we "
    "were what when where which while who whom why will with would you your yours".split()
)


@dataclass(frozen=True)
class Field:
    """How much a word in it counts, how much its length takes off (0 to 1); is it a title?"""

    weight: float = 1.0
    length: float = 0.75
    title: bool = False


FIELDS = {"title": Field(3.0, 0.3, True), "body": Field(1.0, 0.9)}


class Found(NamedTuple):
    score: float
    n: int  # which text


class Index:
    """Texts, each a mapping of fields to words said. Made once, never changed.

    `words` turns a text into the list of words that are looked for, the same for texts and
    questions; what it makes the same, is the same.
    """

    def __init__(self, texts, fields=FIELDS, words=None):
        self.words, self.fields = words or plain_words, fields
        read = [{f: self.words(text.get(f, "")) for f in fields} for text in texts]
        self.titles = [_set(t, (f for f in fields if fields[f].title)) for t in read]
        self.held = [_set(t, fields) for t in read]
        counts = Counter(word for held in self.held for word in held)
        self.size = len(read)
        self.idf = {
            word: math.log(1 + (self.size - n + 0.5) / (n + 0.5)) for word, n in counts.items()
        }
        self.unknown = math.log(1 + (self.size + 0.5) / 0.5)
        self._where = self._weighed(read)

    def _weighed(self, read):
        """word -> {text: how strongly it is said there}."""
        where = {}
        for name, field in self.fields.items():
            mean = sum(len(text[name]) for text in read) / max(1, self.size) or 1.0
            for n, text in enumerate(read):
                shorter = 1 - field.length + field.length * len(text[name]) / mean
                for word, times in Counter(text[name]).items():
                    at = where.setdefault(word, {})
                    at[n] = at.get(n, 0.0) + field.weight * times / shorter
        return where

    def find(self, question, most=10, among=None):
        """The best texts, best first, the earlier first among equals; `among`: only of these."""
        return self.rank(dict.fromkeys(self.words(question)), most, among)

    def rank(self, words, most=10, among=None):
        """`find` for words that were read already."""
        scores = {}
        for word in words:
            idf = self.idf.get(word, 0.0)
            for n, said in self._where.get(word, {}).items():
                if among is None or n in among:
                    scores[n] = scores.get(n, 0.0) + idf * said * (K1 + 1) / (said + K1)
        best = sorted(scores, key=lambda n: (-scores[n], n))[: max(AGAIN, most)]
        words = set(words)
        again = [Found(scores[n] * (1 + TITLES * self.titled(words, n)), n) for n in best]
        return sorted(again, key=lambda found: (-found.score, found.n))[:most]

    def titled(self, words, n):
        """How near the title is to being the question, 0 to 1."""
        title = self.titles[n]
        both = self._weight(words & title)
        if not both:
            return 0.0
        return (both / self._weight(words, self.unknown) + both / self._weight(title)) / 2

    def share(self, words, n):
        """How much of the weight of a question's words the text holds, 0 to 1."""
        held, title = self.held[n] & words, self.titles[n] & words
        total = self._weight(words, self.unknown)
        said = self._weight(title) + IN_BODY * self._weight(held - title)
        return said / total if total else 0.0

    def _weight(self, words, unknown=0.0):
        return sum(self.idf.get(word, unknown) for word in words)


def plain_words(text):
    """Folded words without the small ones: each without its ending and, marked “=”, as it stands.

    So “sleeping” finds “sleep”, and “sleeping” sooner.
    """
    found = []
    for word in fold(text).split():
        if word not in STOP:
            found.append(stem(word))
            if found[-1] != word:
                found.append(f"{word}=")
    return found


@lru_cache(maxsize=100_000)
def stem(word):
    """The word without a common English ending.

    >>> [stem(word) for word in ("studies", "stopped", "sleeping", "causes", "pass")]
    ['study', 'stop', 'sleep', 'cause', 'pass']
    """
    for ending, instead in (("ies", "y"), ("ings", ""), ("ing", ""), ("ed", ""), ("s", "")):
        root = word.removesuffix(ending)
        if root == word or len(root) < 3 or word.endswith(("ss", "us", "is")):
            continue
        if ending in ("ings", "ing", "ed") and root[-1] == root[-2] and root[-1] not in "lsz":
            root = root[:-1]
        return root + instead
    return word


def _set(text, fields):
    return frozenset(word for field in fields for word in text[field])
