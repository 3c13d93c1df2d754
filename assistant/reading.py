"""Reads what was typed: which therapies and conditions it names, and what else it says."""

import re
from dataclasses import dataclass
from functools import cached_property

from trupaths.text import fold, slips

from .sections import asked_for
from .wishes import ILLNESS, wishes
from .words import COMMON, KINDS, NO_NAMES, NOT_AFTER, ORDINARY, PARTS, PHRASES, SAME

REPAIRED = 8  # words of one question whose spelling we try to mend
_USE = re.compile(r"\b(use|uses|using|addicted|addiction|quit|stop|stopping|off|high|on)\b")
# “Mi” is Spanish for “my”, “act” is a verb: what stands beside them tells.
_MI_AFTER = frozenset("is of about does with for before start during try do and or vs than".split())
_MI_BEFORE = frozenset(
    "is for with do does work works working help helps treat treats last lasts cost costs take "
    "takes and or vs in on session sessions counseling counselor therapy therapist treatment "
    "training program about mean means to if covered safe better different".split()
)
_ACT_BEFORE = frozenset("like as out up normal fast now out weird differently on".split())
_PHRASES = [(re.compile(rf"\b(?:{typed})\b"), name) for typed, name in PHRASES.items()]


@dataclass(frozen=True)
class Reading:
    """`terms`: a mark for each condition named, and the other words that carry meaning."""

    text: str
    therapies: tuple = ()
    conditions: tuple = ()
    rest: frozenset = frozenset()
    words: tuple = ()  # the same in their order, each as often as it is said
    beside: str = ""  # the text, “it” where a therapy is named
    wording: str = ""  # the same, with a word for illness before each condition

    @cached_property
    def asked(self):
        """What it asks for: see sections.py."""
        return asked_for(self.beside)

    @cached_property
    def wishes(self):
        """{what it asks for: its share}: see wishes."""
        return wishes(self.wording)

    @property
    def marks(self):
        """Of the conditions and therapies named."""
        return {mark(each) for each in (*self.conditions, *self.therapies)}

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
        self._words = set(known) | COMMON
        self._alike = {}  # both ends, and the first three letters -> the words that have them
        for word in sorted(self._words):
            if len(word) > 4 and word.isalpha():
                for part in ((word[0], word[-1]), word[:3]):
                    self._alike.setdefault(part, []).append(word)

    def knows(self, word):
        """Is it a word of our pages, or a common one?"""
        return word in self._words

    def question(self, text):
        """Misspellings mended."""
        tries, words = REPAIRED, []
        for word in self._joined(fold(text).split()):
            if word not in self._words and len(word) > 4 and tries:
                tries -= 1
                word = self._mended(word)
            words.append(word)
        return self.read(" ".join(words))

    def _joined(self, words):
        """Two words that are one in a name: "bio feedback"."""
        joined = []
        for word in words:
            if joined and len(joined[-1]) > 2 and f"{joined[-1]}{word}" in self.therapies:
                joined[-1] += word
            else:
                joined.append(word)
        return joined

    def read(self, text):
        text = fold(text)
        for typed, name in _PHRASES:
            text = typed.sub(name, text)
        therapies, conditions, rest, beside, wording, end = {}, {}, [], [], [], 0
        for found in self._name.finditer(text):
            name = found[0]
            if name in ORDINARY and not self._meant(text, found):
                continue
            if name in self.therapies:
                therapies[self.therapies[name].pk] = self.therapies[name]
            else:
                conditions[self.conditions[name].pk] = self.conditions[name]
            rest.append(text[end : found.start()])
            beside += [rest[-1], "it" if name in self.therapies else name]
            wording += [rest[-1], "it" if name in self.therapies else f"{ILLNESS} {name}"]
            end = found.end()
        said = _meaning(" ".join([*rest, text[end:]]))
        therapies, conditions = tuple(therapies.values()), tuple(conditions.values())
        beside, wording = (
            " ".join("".join([*each, text[end:]]).split()) for each in (beside, wording)
        )
        return Reading(text, therapies, conditions, frozenset(said), said, beside, wording)

    def _meant(self, text, found):
        before = text[: found.start()].split()
        after = text[found.end() :].split()[:1]
        if found[0] == "mi":
            asked = not before or before[-1] in _MI_AFTER
            return asked if not after else after[0] in _MI_BEFORE
        if found[0] == "act" and after and after[0] in _ACT_BEFORE:
            return False
        if found[0] in self.therapies:
            if after and after[0] in KINDS:
                return True
            return not before or before[-1] not in NOT_AFTER
        return found[0] == text or bool(_USE.search(text[: found.start()]))

    def _mended(self, word):
        """The known word one slip away; two in a long word. Its ends or its beginning are right."""
        most = 1 if len(word) < 11 else 2
        ends = self._alike.get((word[0], word[-1]), ())
        begins = (w for w in self._alike.get(word[:3], ()) if len(w) != len(word))
        near = (
            w
            for w in dict.fromkeys([*ends, *begins])
            # A changed letter makes another word of a short one: "remove", "remote".
            if slips(word, w, most) <= most
            and (len(word) > 7 or len(word) != len(w) or _same(word, w))
        )
        return min(near, key=lambda known: (slips(word, known, most), known), default=word)


def mark(named):
    """A term that stands for a condition or a therapy, whatever it was called."""
    return f"{named._meta.model_name}:{named.pk}"


def terms(text):
    """Folded words that carry meaning: common endings off, words for the same thing as one."""
    return frozenset(_meaning(text))


def _meaning(text):
    return tuple(
        _stem(SAME.get(word, SAME.get(_stem(word), word)))
        for word in fold(text).split()
        if word not in COMMON
    )


def _names(therapies):
    """Names that say what a therapy is."""
    names = {}
    for therapy in therapies:
        for name in map(fold, therapy.names):
            # "CBT for insomnia" is a name and a condition.
            if " for " not in name or name == fold(therapy.short_name):
                names.setdefault(name, therapy)
                names.setdefault(name.replace(" based ", " "), therapy)
    for name, therapy in list(names.items()):
        first, _, kind = name.rpartition(" ")
        if kind in KINDS and first:
            for other in KINDS:
                names.setdefault(f"{first} {other}", therapy)
            if first not in NO_NAMES and (" " in first or len(first) >= 8):
                names.setdefault(first, therapy)
    for parts, name in PARTS.items():
        for part in parts.split("|") if "|" in parts else parts.split():
            if name in names:
                names.setdefault(part, names[name])
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
