"""The names that stand for something in the box for words, and all that each may stand for."""

import re
from functools import lru_cache

from therapies.library import library
from trupaths.text import fold

from .everyday import ALSO, CARE, FILLERS, FORMATS, INSURERS, NAME_ENDS, OTHERWISE, SAID_OF_PLACES

TEXT = ()  # what a name stands for that no filter knows
TREATMENT = ("therapy", "condition")
_BRACKETS = re.compile(r"\([^)]*\)")


class Lexicon:
    """`names` maps a folded name to its meanings, each a (parameter, value), the first of them
    what it is taken for as long as nothing is known of the listings."""

    def __init__(self, shelf, terms):
        self.names = dict.fromkeys(OTHERWISE, TEXT)
        for therapy in shelf.therapies:
            self._add(therapy.names, ("therapy", therapy.slug))
        for condition in shelf.conditions:
            if shelf.helping(condition):
                self._add(condition.names, ("condition", condition.slug))
        for facet, slug, names in terms:
            self._add(names, (facet, slug))
        known = {(facet, slug) for facet, slug, _ in terms}
        known |= {("therapy", slug) for slug in shelf.by_slug}
        known |= {("condition", c.slug) for c in shelf.conditions if shelf.helping(c)}
        for meaning, names in [*ALSO.items(), (("pay", "private"), INSURERS)]:
            if meaning in known:
                self._add(names, meaning)
        for meaning, names in FORMATS.items():
            of_place = SAID_OF_PLACES.get(meaning)
            self._add(names, meaning, *([of_place] if of_place in known else []))
        # Nothing helps them yet, so they are no filter; their names are still no misspellings.
        for condition in shelf.conditions:
            for name in condition.names:
                self.names.setdefault(fold(name), TEXT)
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

    def _add(self, names, *meanings):
        """The first to have a name keeps it; only a therapy or a condition shares it."""
        for name in names:
            for each in {fold(name), fold(_BRACKETS.sub(" ", name))}:
                held = self.names.get(each)
                if held is None:
                    self.names[each] = meanings
                elif held and held[0][0] in TREATMENT and meanings[0][0] not in TREATMENT:
                    self.names[each] = (*held, *meanings)

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
