"""LEAF: what a message weighs: words that were learned from messages, where no wording fits.

Families and rules ask for words that somebody thought of. This adds up a weight for every word,
pair of words, part of a word and meaning (near.MEANINGS) of the message: a linear table,
weights.txt, that teaching.py learns from messages in danger and ordinary ones. Nothing is random
or looked up: the same text weighs the same always.
"""

from functools import lru_cache
from itertools import pairwise
from math import fsum, sqrt
from pathlib import Path

from .near import meanings

LIMIT = 0.1  # log-odds from which a message asks for a card, of teaching.py's scale
LONG = 4.6  # more is asked of a part of a long letter: it has many parts
PART, STEP = 30, 20  # words
SAYING = 3  # words: fewer say too little, and searches are cut into such
REACH = 5  # words between two meanings that are taken as a pair
LETTERS = 4  # of a part of a word: "suacidal" shares "cida" with "suicidal"
SHORT = 100  # features of which each counts in full


def weigh(folded):
    """(log-odds of danger, its card) of the plain words: of the heaviest part of a long text."""
    words = folded.split()
    if len(words) < SAYING:
        return -LONG, "988"
    if len(words) <= PART:
        return _weigh(words)
    parts = [words[at : at + PART] for at in range(0, len(words) - PART + STEP, STEP)]
    heaviest, card = max(map(_weigh, parts))
    return heaviest - LONG, card


def features(words):
    """The set of what is weighed: words, their parts, pairs, meanings, and how it begins and ends.

    >>> sorted(features(["we", "are"]))
    ['^ we', '^ we are', 'are', 'are $', 'we', 'we are', 'we are $']
    """
    found = set(words)
    found.update(f"{one} {two}" for one, two in pairwise(words))
    found.update(f"{one} * {two}" for one, two in zip(words, words[2:], strict=False))
    found.update(f"^ {' '.join(words[:most])}" for most in (1, 2))
    found.update(f"{' '.join(words[-most:])} $" for most in (1, 2))
    for word in words:
        found.update(parts_of(word))
    meant = [[name for name in names if name.isupper()] for names in meanings(words)]
    for names, word in zip(meant, words, strict=True):
        if word.isdigit():
            names.append("MANY" if len(word) > 1 else "FEW")
    for at, names in enumerate(meant):
        later = [name for near in meant[at + 1 : at + 1 + REACH] for name in near]
        found.update(names)
        found.update(f"{one}>{two}" for one in names for two in later)
    return found


@lru_cache(4096)
def parts_of(word):
    """Its beginning, and every four letters of it, so that one wrong letter costs little.

    >>> parts_of("cutting")
    ('cutti~', '~^cut', '~cutt', '~utti', '~ttin', '~ting', '~ing$')
    """
    if len(word) <= LETTERS:
        return ()
    whole = f"^{word}$"
    parts = (f"~{whole[at : at + LETTERS]}" for at in range(len(whole) - LETTERS + 1))
    return (f"{word[:5]}~", *parts) if len(word) > 5 else tuple(parts)


def scale(known):
    """How much each of so many known features counts: the more, the less of each."""
    return sqrt(SHORT / max(known, SHORT))


def _weigh(words):
    known = [weight for feature in features(words) if (weight := _weights.get(feature))]
    each = scale(len(known))
    # Features come in no order, which differs by process: only fsum gives one sum for all.
    sums = [each * fsum(column) for column in zip(*known, strict=True)] or [0, 0, 0]
    odds, urgent, abuse = (total + bias for total, bias in zip(sums, _bias, strict=True))
    if max(urgent, abuse) < 0:
        return odds - LIMIT, "988"
    return odds - LIMIT, "911" if urgent >= abuse else "violence"


def read(text):
    """{feature: (danger, 911, violence)} of weights.txt: three hundredths a line, the feature."""
    lines = (line.split(" ", 3) for line in text.splitlines() if line and line[0] != "#")
    return {feature: tuple(int(weight) / 100 for weight in weights) for *weights, feature in lines}


_weights = read(Path(__file__).with_name("weights.txt").read_text(encoding="utf-8"))
_bias = _weights.pop("(bias)")
