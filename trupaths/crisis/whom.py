"""LEAF: whom a message is about: who writes it, or another who is in danger."""

import re

from .vocabulary import OTHERS, SELF

_self, _others = set(SELF), set(OTHERS)
_oneself = frozenset("i myself yo conmigo me quiero voy estoy tengo pienso escribi puedo".split())
_anybody = frozenset("people someone anyone they them their theirs boys guys persons".split())
_worry = re.compile(
    r"\b(?:i (?:am |was )?(?:so |very )?(?:think|thought|found|find|heard|hear|saw|see|caught|fear|"
    r"noticed|believe|know|knew|suspect|worry|worried|scared|afraid|terrified|need help|want help|"
    r"do not know (?:what to do|how to help)|can not (?:reach|find|wake|get))"
    r"|(?:tell|told|texted|called|messaged|sent|gave|asked|scares?|worries|to) me)\b"
)
_wrote = re.compile(r"\b(?:texted|called|messaged|sent|wrote(?: to)?) me\b")
_of_years = re.compile(r"\b(?:my|our|his|her|their|the) [0-9]+ years? olds?\b")
_no_one = re.compile(
    r"\s*(?:been|going|planning|thinking|waiting|want|wanna|can not|ready|tired|done|just)\b"
)


def is_another(folded):
    """Is the last person named one of the others?"""
    named = _of_years.sub("child", folded)  # “my 15 year old”
    people = (word for word in reversed(named.split()) if word in _self or word in _others)
    return next(people, None) in _others


def is_another_told(before):
    """Of a finding, by the words `before` it. “My brother texted me goodbye” is his."""
    return is_another(_wrote.sub("", before))


def is_another_weighed(left):
    """Nobody knows which words weighed, so whoever speaks of themselves is spoken to."""
    named = " ".join(word for word in left.split() if word not in _anybody)
    return is_another(named) and not _of_oneself(left)


def _of_oneself(folded):
    """Does it say “I”, but to worry about another, or nothing of who?

    >>> _of_oneself("i want my last meal to be my moms tamales")
    True
    >>> _of_oneself("i am worried my brother will do it")
    False
    """
    left = _worry.sub(" ", folded)
    return not _oneself.isdisjoint(left.split()) or bool(_no_one.match(left))
