"""From what a visitor typed into the one box to what is meant.

A therapy, a condition, a filter and a place, each by any of its names or by everyday words, also
a little misspelled; what is left is searched for as text. Nothing is guessed beyond that: a word
that a listing holds is never taken for another, and a word after “no” chooses nothing.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from therapies.library import library
from trupaths.text import fold

from .everyday import (
    CARE,
    CARE_PLACES,
    FILLERS,
    FORMATS,
    NAME_ENDS,
    NEGATIONS,
    OTHERWISE,
    PLAIN,
)
from .spelling import likely
from .towns import MOST_WORDS, Towns

_ZIP = re.compile(r"\d{5}", re.ASCII)
_BRACKETS = re.compile(r"\([^)]*\)")
_MOST_REPAIRED = 12  # words looked at for a misspelling; nobody types more
_NO_SLIP = FILLERS | CARE | PLAIN | NEGATIONS
_TEXT = None  # what a name stands for that no filter knows


@dataclass(frozen=True)
class Word:
    """One folded word, and where it stands in what was typed."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Piece:
    """Words that were understood as one thing. `text` is what was typed for it."""

    param: str
    value: str
    first: int
    end: int
    text: str


@dataclass(frozen=True)
class Understood:
    """`chosen` are facet parameters with a value, `near` a place for `locate`, `words` the rest.

    Each of `chosen`, and `near`, can be taken out again: `without`.
    """

    q: str = ""
    chosen: tuple[tuple[str, str], ...] = ()
    near: str = ""
    words: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()
    said: tuple[Word, ...] = ()

    def typed(self, param, value=""):
        """What was typed for this, in the visitor's own letters; "" when it was not typed."""
        return " ".join(piece.text for piece in self._of(param, value))

    def without(self, param, value=""):
        """The text that is left when this is taken out, with the small words before it."""
        left = self.q
        for piece in reversed(self._of(param, value)):
            first, end = piece.first, piece.end
            while self._is_filler(first - 1):
                first -= 1
            if first == 0:
                while self._is_filler(end):
                    end += 1
            left = f"{left[: self.said[first].start]} {left[self.said[end - 1].end :]}"
        return " ".join(left.split()).strip(" ,;:/&()-")

    def _is_filler(self, at):
        return (
            0 <= at < len(self.said)
            and self.said[at].text in FILLERS
            and not any(piece.first <= at < piece.end for piece in self.pieces)
        )

    def _of(self, param, value):
        return [
            piece
            for piece in self.pieces
            if piece.param == param and (not value or piece.value == value)
        ]


def split(q):
    """The words of `trupaths.text.fold`, each with its place in the text."""
    found, letters, start, end = [], [], 0, 0
    for at, char in enumerate(f"{q} "):
        if char in "'’":
            continue
        folded = char.lower() if char.isascii() else unicodedata.normalize("NFKD", char).casefold()
        for each in folded:
            if each.isascii() and each.isalnum():
                if not letters:
                    start = at
                letters.append(each)
                end = at + 1
            elif letters and not unicodedata.combining(each):
                found.append(Word("".join(letters), start, end))
                letters = []
    return found


class Lexicon:
    """All names that stand for something, folded."""

    def __init__(self, shelf, terms):
        self.names = dict.fromkeys(OTHERWISE, _TEXT)
        for therapy in shelf.therapies:
            self._add("therapy", therapy.slug, therapy.names)
        helped = [each for each in shelf.conditions if shelf.helping(each)]
        for condition in helped:
            self._add("condition", condition.slug, condition.names)
        for facet, slug, names in terms:
            self._add(facet, slug, names)
        for (param, value), names in FORMATS.items():
            self._add(param, value, names)
        # Nothing helps them yet, so they are no filter; their names are still no misspellings.
        for condition in shelf.conditions:
            for name in condition.names:
                self.names.setdefault(fold(name), _TEXT)
        for name in list(self.names):
            self._add_short(name)
        self.names.pop("", None)
        self.vocabulary = frozenset(word for name in self.names for word in name.split())
        self.begins = frozenset(name.split()[0] for name in self.names)
        self.longest = max(map(len, (name.split() for name in self.names)), default=0)
        self.by_letter = {}
        for word in sorted((self.vocabulary | CARE) - FILLERS):
            if len(word) > 3 and word.isalpha():
                self.by_letter.setdefault(word[0], []).append(word)

    def _add(self, param, value, names):
        for name in names:
            for each in (name, _BRACKETS.sub(" ", name)):
                self.names.setdefault(fold(each), (param, value))

    def _add_short(self, name):
        """“cognitive behavioral” for “cognitive behavioral therapy”, never a single word."""
        parts = name.split()
        while len(parts) > 2 and parts[-1] in NAME_ENDS:
            parts.pop()
            if len(parts) > 1 and parts[-1] not in FILLERS:
                self.names.setdefault(" ".join(parts), self.names[name])


@lru_cache(maxsize=4)
def _lexicon(shelf, terms):
    return Lexicon(shelf, terms)


def lexicon(terms):
    """The lexicon of this library and these terms, made once as long as neither changes."""
    key = tuple(
        (facet, term.slug, tuple(term.names)) for facet, each in terms.items() for term in each
    )
    return _lexicon(library(), key)


def understand(q, *, terms, holds, near="", is_name=lambda text: False):
    """Read `q`. `terms` maps a facet to its terms, `holds(word)` says whether any listing's text
    holds that whole word, `is_name(text)` whether a listing is called so. A place in `q` counts
    only where `near` is empty.
    """
    said = split(q)
    if not said:
        return Understood(q)
    reading = _Reading(q, said, lexicon(terms), holds)
    reading.read(places=not near.strip())
    if any(reading.of) and any(reading.rest()) and is_name(reading.all_but_place()):
        reading.keep_place_only()
    return reading.understood()


class _Reading:
    """One text while it is read. A word belongs to one thing at most."""

    def __init__(self, q, said, names, holds):
        self.q, self.said, self.lexicon, self.holds = q, said, names, holds
        self.texts = [word.text for word in said]
        self.of = [None] * len(said)  # the piece that each word belongs to

    def read(self, *, places):
        towns = Towns(self.q, self.said, self._windows()) if places and not self._zip() else None
        found = [(end - first, 1, first, end, meant) for first, end, meant in self._named()]
        found += [
            (end - first, 3, first, end, meant) for first, end, meant in self._repaired(towns)
        ]
        if towns:
            found += [
                (end - first, 0 if firm else 2, first, end, ("near", near))
                for first, end, near, firm in towns.sure()
            ]
        # The longest first; of equal ones “near reading”, names, “reading pa”, misspelled names.
        for _, _, first, end, meant in sorted(found, key=lambda each: (-each[0], each[1:4])):
            self._take(first, end, meant)
        if towns and not self._place:
            for first, end, near in towns.bare(self._is_apart, self._held):
                self._take(first, end, ("near", near))
        if towns and not self._place:
            for first, end, near in towns.misspelled(self._is_odd, self._is_free):
                self._take(first, end, ("near", near))

    # --- taking -----------------------------------------------------------------------------

    @property
    def _place(self):
        return any(piece and piece.param == "near" for piece in self.of)

    def _take(self, first, end, meant):
        """These words are this, unless one of them is something else already."""
        if any(self.of[first:end]) or (meant and meant[0] == "near" and self._place):
            return
        before = self._negation(first)
        if before is not None and not (meant and meant[0] == "near"):
            first, meant = before, _TEXT
        if meant is _TEXT:
            param = value = ""
        else:
            param, value = meant
        text = self.q[self.said[first].start : self.said[end - 1].end]
        self.of[first:end] = [Piece(param, value, first, end, text)] * (end - first)

    def _negation(self, first):
        """Where a “not” stands before this word, small words between them left out; or None."""
        for at in range(first - 1, -1, -1):
            if self.of[at]:
                return None
            if self.texts[at] in NEGATIONS:
                return at
            if self.texts[at] not in FILLERS:
                return None
        return None

    def _named(self):
        names, longest = self.lexicon.names, self.lexicon.longest
        for first, word in enumerate(self.texts):
            if word not in self.lexicon.begins:
                continue
            for end in range(first + 1, min(first + longest, len(self.texts)) + 1):
                phrase = " ".join(self.texts[first:end])
                if phrase in names:
                    yield first, end, names[phrase]

    def _zip(self):
        """A ZIP code decides the place, with the town and state written beside it."""
        at = next((n for n, word in enumerate(self.texts) if _ZIP.fullmatch(word)), None)
        if at is None:
            return False
        first, end, code = at, at + 1, self.texts[at]
        after = self.said[end] if end < len(self.said) else None
        if after and re.fullmatch(r"\d{4}", after.text):  # ZIP+4
            end += self.q[self.said[at].end : after.start] == "-"
        if at:
            towns = Towns(self.q, self.said, self._windows(last=at))
            first = min((f for f, e in towns.spans() if e == at), default=at)
        self._take(first, end, ("near", code))
        return True

    def _windows(self, last=None):
        """(first, end, text) of each one to three words that may be a town."""
        last = len(self.texts) if last is None else last
        for first in range(last):
            if self.texts[first] in FILLERS or self.texts[first] in CARE:
                continue
            for end in range(first + 1, min(first + MOST_WORDS, last) + 1):
                if self.texts[end - 1].isdigit():
                    break
                if self.texts[end - 1] not in FILLERS:
                    yield first, end, " ".join(self.texts[first:end])

    # --- judging ----------------------------------------------------------------------------

    def _is_apart(self, at):
        """Is there no word of text at this position, to which a town's name could belong?"""
        if not 0 <= at < len(self.texts) or self.texts[at] in FILLERS or self.texts[at] in CARE:
            return True
        return not self._is_text(at)

    def _is_free(self, at):
        return self.of[at] is None

    def _held(self, first, end):
        return all(self.holds(word) for word in self.texts[first:end])

    def _is_odd(self, at):
        """A word that neither we nor any listing know."""
        word = self.texts[at]
        return (
            word.isalpha()
            and word not in _NO_SLIP
            and word not in self.lexicon.vocabulary
            and not self.holds(word)
        )

    def _repaired(self, towns):
        """(first, end, meant) of names with small misspellings, in words that nobody knows."""
        known_towns = towns.singles if towns else ()
        options, longest = {}, self.lexicon.longest
        for at, word in enumerate(self.texts):
            if len(options) == _MOST_REPAIRED:
                break
            if len(word) < 4 or word in known_towns:
                continue
            same = likely(word, self.lexicon.by_letter)
            if same and self._is_odd(at):
                options[at] = same
        spans = {
            (first, end)
            for at in options
            for first in range(max(0, at - longest + 1), at + 1)
            for end in range(at + 1, min(first + longest, len(self.texts)) + 1)
        }
        for first, end in spans:
            if found := self._alike(first, end, options):
                yield first, end, found[0]

    def _alike(self, first, end, options):
        """What these words stand for once repaired, in a tuple; an empty one for nothing."""
        if sum(at in options for at in range(first, end)) > 3:
            return ()
        choices = [options.get(at, (self.texts[at],)) for at in range(first, end)]
        phrases = (" ".join(words) for words in product(*choices))
        known = (phrase for phrase in phrases if phrase in self.lexicon.names)
        return tuple(self.lexicon.names[phrase] for phrase in islice(known, 1))

    # --- what is left -----------------------------------------------------------------------

    def rest(self):
        """Words to search for as text; words for care as such say nothing by themselves."""
        before = ""
        for at, word in enumerate(self.texts):
            if not self._is_text(at):
                before = ""
            elif self._is_whole(at):
                before = "text"
                yield word
            elif word in FILLERS:
                before = ""
            elif before != "text" and word in CARE:
                before = "care"
            elif not (before == "care" and word in CARE_PLACES):  # “treatment center”
                before = "text"  # “music therapy” is not any therapy
                yield word

    def _is_text(self, at):
        return not (self.of[at] and self.of[at].param)

    def _is_whole(self, at):
        """Is it part of a phrase that is searched for with all its words?"""
        return bool(self.of[at] and not self.of[at].param)

    def all_but_place(self):
        return " ".join(
            word
            for word, piece in zip(self.texts, self.of, strict=True)
            if not (piece and piece.param == "near")
        )

    def keep_place_only(self):
        self.of = [piece if piece and piece.param == "near" else None for piece in self.of]

    def understood(self):
        pieces = tuple(dict.fromkeys(piece for piece in self.of if piece and piece.param))
        chosen = [(piece.param, piece.value) for piece in pieces if piece.param != "near"]
        return Understood(
            q=self.q,
            chosen=tuple(dict.fromkeys(chosen)),
            near=next((piece.value for piece in pieces if piece.param == "near"), ""),
            words=tuple(dict.fromkeys(self.rest())),
            pieces=pieces,
            said=tuple(self.said),
        )
