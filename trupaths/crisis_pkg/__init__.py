"""LEAF: is someone in danger? A pure function over what was typed; it never raises.

How it works: the text is folded to plain words, idioms and questions for information are struck
out (only their own words, so that they never silence what stands beside them), then families of
wording are tried. When in doubt, a card: a card too many costs a glance.
"""

import re
import unicodedata
from dataclasses import dataclass

from .crisis_words import FAMILIES, OTHERS, RISK_WORDS, SELF, STRUCK


@dataclass(frozen=True)
class Crisis:
    category: str  # "suicide", "self-harm", "overdose", "emergency", "withdrawal", "violence", …
    title: str
    sentence: str
    for_other: bool = False
    abuse: bool = False


ALONE = "You do not have to carry this alone."
TALK = (
    "Please talk to a person now. It is free, day and night. Say as much or as little as you like."
)
FAULT = "What is happening is not your fault."
PLAN = "People who know this well can talk it through with you and plan for your safety."
NOW = "This can be an emergency. Please call 911 now."
STAY = "Do not wait to see whether it passes. If someone is with you, ask them to stay."
QUIT = "Stopping suddenly can be dangerous. A seizure, confusion or seeing things needs 911 now."
OTHER = "You can get help for them now, and so can they."
ASK = "A person on the line can tell you what to do next. Stay with them if it is safe for you."

WORDS = {
    "suicide": (ALONE, TALK),
    "self-harm": (ALONE, TALK),
    "overdose": (NOW, STAY),
    "emergency": (NOW, STAY),
    "withdrawal": (NOW, QUIT),
    "violence": (FAULT, PLAN),
    "harm-others": (ALONE, TALK),
}

_LEET = str.maketrans("1340@$!", "ieaoasi")
_apostrophes = re.compile("['\u2019\u2018`\u00b4]")
_token = re.compile(r"[a-z0-9@$!*]+")
_starred = re.compile(r"[a-z]+\*+[a-z]+")
_twice = re.compile(r"([a-z])\1+")
_spelled = re.compile(r" (?:[a-z] ){4,}")  # s u i c i d e
_parted = re.compile(r" (my|him|her|them) (self|selves)(?= )")
_start = re.compile(r" (?=[a-z0-9])")


def detect(text):
    """The card that this text asks for, or None."""
    try:
        return _detect(text)
    except Exception:  # no error may stand between a person and help
        return _card("suicide", for_other=False)


def _detect(text):
    folded = _fold(text)
    rank, end = _first(folded)
    if rank is not None:  # rarely: only then is it worth asking for idioms
        folded = _strike(folded)
        rank, end = _first(folded)
    if rank is None:
        return None
    category = FAMILIES[rank][0]
    # Who is hit, or afraid of hitting, speaks of another and asks for themselves.
    other = category not in ("violence", "harm-others") and _about_another(folded[:end])
    return _card(category, for_other=other)


def _first(folded):
    """The first family that fits anywhere, and where its wording ends."""
    first, end = None, 0
    for place in _start.finditer(folded):
        start = place.end()
        for rank, pattern in _families.get(folded[start : start + 2], ()):
            if (first is None or rank < first) and (found := pattern.match(folded, start)):
                first, end = rank, found.end()
    return first, end


def _card(category, *, for_other):
    title, sentence = WORDS[category]
    if for_other and title == ALONE:
        title, sentence = OTHER, ASK
    return Crisis(category, title, sentence, for_other, abuse=category == "violence")


def _fold(text):
    """Plain lower-case words between single spaces, each doubled letter once.

    >>> _fold("I CAN’T… k1ll my self!!")
    ' i cant kil myself '
    """
    text = _apostrophes.sub("", text).casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(
            c for c in text if c.isascii() or unicodedata.category(c) not in ("Mn", "Cf")
        )
    words = (word if word.isalpha() else _word(word) for word in _token.findall(text))
    text = f" {' '.join(filter(None, words))} "
    text = _spelled.sub(lambda found: f" {found[0].replace(' ', '')} ", text)
    return _once(_parted.sub(r" \1self", text))


def _once(text):
    return _twice.sub(r"\1", text)


def _word(word):
    """Signs that stand for letters; a sum or a number stays what it is."""
    word = word.rstrip("!*").lstrip("*")
    if word.isdigit():
        return word
    if _starred.fullmatch(word):
        return next((risk for risk in RISK_WORDS if _hides(word, risk)), word.replace("*", ""))
    return word.translate(_LEET).replace("*", "")


def _hides(starred, word):
    """Could s*icide be suicide? A star stands for one letter or two."""
    return re.fullmatch(re.sub(r"\*+", "[a-z]{1,2}", starred), word) is not None


def _strike(folded):
    """Without idioms and questions for information: each becomes one empty word."""
    kept, upto = [], 0
    for place in _start.finditer(folded):
        start = place.end()
        for _, pattern in _struck.get(folded[start : start + 2], ()):
            if start >= upto and (found := pattern.match(folded, start)):
                kept += [folded[upto:start], "_"]
                upto = found.end()
    return "".join([*kept, folded[upto:]])


def _about_another(before):
    """Is the last person named one of the others?"""
    people = (word for word in reversed(before.split()) if word in _self or word in _others)
    return next(people, None) in _others


def _by_start(families):
    """For each first two letters, the wording that can begin so: much faster than one search."""
    table = {}
    for rank, phrases in enumerate(families):
        for phrase in map(_once, phrases):
            for start in starts(phrase):
                table.setdefault(start, {}).setdefault(rank, []).append(phrase)
    return {
        start: [(rank, re.compile(f"(?:{'|'.join(some)})(?= )")) for rank, some in ranks.items()]
        for start, ranks in table.items()
    }


def starts(phrase):
    """The first two letters that a phrase can begin with.

    >>> sorted(starts("(?:kill|end (?:it|all)) now"))
    ['en', 'ki']
    """
    if not phrase.startswith("(?:"):
        phrase = f"{phrase} " if len(phrase) == 1 else phrase  # "a" in "(?:my|a) son"
        if not re.match("[a-z][a-z ]", phrase):
            raise ValueError(f"Write the beginning of {phrase!r} with two plain letters")
        return {phrase[:2]}
    depth, begin, found = 0, 3, set()
    for at, sign in enumerate(phrase):
        depth += (sign == "(") - (sign == ")")
        if (sign == "|" and depth == 1) or depth == 0:
            found |= starts(phrase[begin:at])
            begin = at + 1
        if depth == 0:
            if phrase[at + 1 : at + 2] in ("?", "*"):
                found |= starts(phrase[at + 2 :])
            return found
    raise ValueError(f"A bracket is missing in {phrase!r}")


_self = set(map(_once, SELF))
_others = set(map(_once, OTHERS))
_struck = _by_start([STRUCK])
_families = _by_start([phrases for _, phrases in FAMILIES])
