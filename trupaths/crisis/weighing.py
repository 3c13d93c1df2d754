"""LEAF: what a message weighs: words that were learned from messages, where no wording fits.

Families and rules ask for words that somebody thought of. This adds up a weight for every word,
pair of words and meaning (near.MEANINGS) of the message: a linear table, weights.txt, that
teaching.py learns from messages in danger and ordinary ones. Nothing is random or looked up:
the same text weighs the same always.
"""

from itertools import pairwise
from math import exp, log, sqrt
from pathlib import Path

from .near import meanings

CARDS = ["988", "911", "violence"]  # the columns of weights.txt
LIMIT = -0.35  # log-odds from which a message asks for a card, of teaching.py's scale
LONG = 1.5  # more is asked of a part of a long letter: it has many parts
PART, STEP = 30, 20  # words
SAYING = 3  # words: fewer say too little, and searches are cut into such
REACH = 5  # words between two meanings that are taken as a pair


def weigh(folded):
    """(log-odds of danger, its card) of the plain words: of the heaviest part of a long text."""
    words = folded.split()
    if len(words) < SAYING:
        return -LONG, CARDS[0]
    if len(words) <= PART:
        return _weigh(words)
    parts = [words[at : at + PART] for at in range(0, len(words) - PART + STEP, STEP)]
    heaviest, card = max(map(_weigh, parts))
    return heaviest - LONG, card


def features(words):
    """The set of what is weighed: words, pairs, beginnings of words, meanings, pairs of meanings.

    >>> sorted(features(["we", "are", "happily", "married"]))[:4]
    ['are', 'are * married', 'are happily', 'happi~']
    """
    found = set(words)
    found.update(f"{one} {two}" for one, two in pairwise(words))
    found.update(f"{one} * {two}" for one, two in zip(words, words[2:], strict=False))
    found.update(f"{word[:5]}~" for word in words if len(word) > 5)
    meant = [[name for name in names if name.isupper()] for names in meanings(words)]
    for names, word in zip(meant, words, strict=True):
        if word.isdigit():
            names.append("MANY" if len(word) > 1 else "FEW")
    for at, names in enumerate(meant):
        later = [name for near in meant[at + 1 : at + 1 + REACH] for name in near]
        found.update(names)
        found.update(f"{one}>{two}" for one in names for two in later)
    return found


def _weigh(words):
    known = [weight for feature in features(words) if (weight := _weights.get(feature))]
    scale = 2 / sqrt(len(known) or 1)
    sums = [scale * sum(column) for column in zip(*known, strict=True)] or [0.0] * len(CARDS)
    odds = [total + bias for total, bias in zip(sums, _bias, strict=True)]
    return log(sum(map(exp, odds))) - LIMIT, CARDS[odds.index(max(odds))]


def read(text):
    """{feature: weights of CARDS} of weights.txt: three weights a line, then the feature."""
    lines = (line.split(" ", 3) for line in text.splitlines() if line and line[0] != "#")
    return {feature: tuple(map(float, weights)) for *weights, feature in lines}


_weights = read(Path(__file__).with_name("weights.txt").read_text(encoding="utf-8"))
_bias = _weights.pop("(bias)")
