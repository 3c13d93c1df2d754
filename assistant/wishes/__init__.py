"""What a question asks for (its cost, whether it works, how long it takes, …): learned, not listed.

Words, pairs and beginnings of words each weigh for some wishes; weights.txt holds what teaching.py
learned from evaluation/sets/lessons.csv. The same is asked of our pages' own questions, so that two
wordings of one wish meet. Nothing is random: the same text has the same wishes always.
"""

from functools import lru_cache
from itertools import pairwise
from math import exp, sqrt
from pathlib import Path

from ..sections import asked_for
from ..words import SAME

BIAS = "(bias)"  # what each wish weighs before a word is read
ILLNESS = "illness"  # stands for whatever condition a question names
SPEAKS = 0.6  # weight from which a word speaks for a wish
ELSEWHERE = "elsewhere"  # the wish of what no page of ours is about
_ENDS = ("ings", "ing", "ed", "es", "s")


@lru_cache(maxsize=4_096)
def asked_by(word):
    """The wishes that a word alone speaks for: “price” for the cost."""
    weighed = (pair for each in features(word) for pair in _weights.get(each, ()))
    return frozenset(wish for wish, weight in weighed if weight >= SPEAKS)


def features(text):
    """The set of what is weighed of a folded text.

    >>> sorted(features("is it covered"))
    ['#insurance', 'cover=', 'covered', 'cover~', 'is', 'is it', 'it', 'it covered', '~cost']
    """
    words = text.split()
    found = {*words, *(f"{one} {two}" for one, two in pairwise(words))}
    found.update(f"{word[:5]}~" for word in words if len(word) > 5)
    found.update(f"#{SAME[word]}" for word in words if word in SAME)
    found.update(f"~{name}" for name in asked_for(text))
    found.update(_root(word) for word in words if _root(word) != word)
    return found


def wishes(text):
    """{wish: its share, 0 to 1} of a folded text; all shares together are 1.

    Nothing is kept: what a visitor asked would stay in memory, 6 kB of it.
    """
    known = [weighed for each in features(text) if (weighed := _weights.get(each))]
    scale = 1 / sqrt(len(known) or 1)
    odds = dict(_bias)
    for weighed in known:
        for wish, weight in weighed:
            odds[wish] += scale * weight
    most = max(odds.values())
    shares = {wish: exp(value - most) for wish, value in odds.items()}
    total = sum(shares.values())
    return {wish: share / total for wish, share in shares.items()}


def _root(word):
    ending = next((e for e in _ENDS if word.endswith(e) and len(word) - len(e) > 2), "")
    return f"{word.removesuffix(ending)}=" if ending else word


def read(text):
    """{feature: ((wish, weight), …)} of weights.txt: “feature TAB wish weight wish weight …”."""
    found = {}
    for line in text.splitlines():
        if line and line[0] != "!":
            feature, _, weighed = line.partition("\t")
            parts = weighed.split()
            pairs = zip(parts[::2], map(float, parts[1::2]), strict=True)
            found[feature] = tuple(pairs)
    return found


PATH = Path(__file__).with_name("weights.txt")
_weights = read(PATH.read_text(encoding="utf-8"))
_bias = _weights.pop(BIAS, ())
