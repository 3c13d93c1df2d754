"""A text in words, and what it was understood as."""

import unicodedata
from dataclasses import dataclass

from .everyday import FILLERS

WHERE = ("near", "radius")
ASIDE = "-"  # the parameter of words that are taken in and choose nothing
NEGATED = "negated"  # its value for text after a “not”: the page says that it was left out
HOURS = "hours"  # its value for “open now” and the like, which nobody can search by


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

    `not_` before a parameter says to leave the value out. `danger` are the words of danger.
    Each of `chosen`, and `near`, can be taken out again: `without`.
    """

    q: str = ""
    chosen: tuple[tuple[str, str], ...] = ()
    near: str = ""
    words: tuple[str, ...] = ()
    danger: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()
    said: tuple[Word, ...] = ()

    @property
    def radius(self):
        """The distance that holds the miles typed, one of `miles.RADII`; "" for none."""
        return next((piece.value for piece in self._of("radius", "")), "")

    def typed(self, param, value=""):
        """What was typed for this, in the visitor's own letters; "" when it was not typed."""
        return " ".join(piece.text for piece in self._of(param, value))

    def aside(self, value):
        """What was typed and set aside for this reason."""
        return tuple(piece.text for piece in self._of(ASIDE, value))

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
