"""Reads what was typed: which therapies and conditions it names, and what else it says."""

import re
from dataclasses import dataclass

from trupaths.text import fold, slips

from .words import COMMON, NOT_AFTER, ORDINARY, PHRASES, SAME

REPAIRED = 8  # words of one question whose spelling we try to mend
_USE = re.compile(r"\b(use|uses|using|addicted|addiction|quit|stop|stopping|off|high|on)\b")
_MI_AFTER = ("is", "of", "about", "does", "with", "for", "before", "start", "during", "try", "do")
_PHRASES = [(re.compile(rf"\b(?:{typed})\b"), name) for typed, name in PHRASES.items()]


@dataclass(frozen=True)
class Reading:
    """`terms`: a mark for each condition named, and the other words that carry meaning."""

    text: str
    therapies: tuple = ()
    conditions: tuple = ()
    rest: frozenset = frozenset()

    @property
    def terms(self):
        return self.rest | {mark(condition) for condition in self.conditions}

    def terms_beside(self, therapy):
        """With a mark for each other therapy: "is it better than CBT?" asks of both."""
        return self.terms | {mark(other) for other in self.therapies if other != therapy}


class Reader:
    """Knows the names of one version of the library."""

    def __init__(self, library, texts):
        self.therapies = _names(library.therapies)
        self.conditions = _plain_names(library.conditions) | library.condition_by_name
        names = sorted({**self.therapies, **self.conditions}, key=len, reverse=True)
        self._name = re.compile(rf"\b(?:{'|'.join(map(re.escape, names)) or '(?!)'})\b")
        known = " ".join(
            [*names, *SAME, *map(fold, PHRASES), *PHRASES.values(), *map(fold, texts)]
        ).split()
        self._by_ends = {}
        for word in dict.fromkeys(known):
            if len(word) > 4 and word.isalpha():
                self._by_ends.setdefault((word[0], word[-1]), []).append(word)
        self._words = set(known) | COMMON

    def question(self, text):
        """Misspellings mended."""
        tries, words = REPAIRED, []
        for word in fold(text).split():
            if word not in self._words and len(word) > 4 and tries:
                tries -= 1
                word = self._mended(word)
            words.append(word)
        return self.read(" ".join(words))

    def read(self, text):
        text = fold(text)
        for typed, name in _PHRASES:
            text = typed.sub(name, text)
        therapies, conditions, rest, end = {}, {}, [], 0
        for found in self._name.finditer(text):
            name = found[0]
            if name in ORDINARY and not self._meant(text, found):
                continue
            if name in self.therapies:
                therapies[self.therapies[name].pk] = self.therapies[name]
            else:
                conditions[self.conditions[name].pk] = self.conditions[name]
            rest.append(text[end : found.start()])
            end = found.end()
        rest = terms(" ".join([*rest, text[end:]]))
        return Reading(text, tuple(therapies.values()), tuple(conditions.values()), rest)

    def _meant(self, text, found):
        before = text[: found.start()].split()
        if found[0] == "mi":
            asked = not before or before[-1] in _MI_AFTER
            return asked or found.end() < len(text)
        if found[0] in self.therapies:
            return not before or before[-1] not in NOT_AFTER
        return found[0] == text or bool(_USE.search(text[: found.start()]))

    def _mended(self, word):
        """The known word one slip away; two in a long word. Its ends are right as a rule."""
        most = 1 if len(word) < 9 else 2
        near = (
            w
            for w in self._by_ends.get((word[0], word[-1]), ())
            # A changed letter makes another word of a short one: "remove", "remote".
            if slips(word, w, most) <= most
            and (len(word) > 7 or len(word) != len(w) or _same(word, w))
        )
        return min(near, key=lambda known: slips(word, known, most), default=word)


def mark(named):
    """A term that stands for a condition or a therapy, whatever it was called."""
    return f"{named._meta.model_name}:{named.pk}"


def terms(text):
    """Folded words that carry meaning: common endings off, words for the same thing as one."""
    return frozenset(
        _stem(SAME.get(word, SAME.get(_stem(word), word)))
        for word in fold(text).split()
        if word not in COMMON
    )


def _names(therapies):
    """Names that say what a therapy is. "CBT for insomnia" is a name and a condition."""
    names = {}
    for therapy in therapies:
        for name in map(fold, therapy.names):
            if " for " not in name:
                names.setdefault(name, therapy)
                names.setdefault(name.replace(" based ", " "), therapy)
    return names


def _plain_names(conditions):
    """Names without what stands in brackets."""
    return {fold(name.partition(" (")[0]): c for c in reversed(conditions) for name in c.names}


def _same(typed, known):
    """Do they have the same letters, in whatever order?"""
    return sorted(typed) == sorted(known)


def _stem(word):
    for ending in ("ings", "ing", "ies", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word
