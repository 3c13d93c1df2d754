"""LEAF: folding and words. Done in Python, so that SQLite and PostgreSQL agree."""

import re
import unicodedata
from difflib import get_close_matches

_not_word = re.compile(r"[^a-z0-9]+")


def fold(text):
    """Lower case, without accents, apostrophes or punctuation, single spaces.

    >>> fold("Cañon  City’s (north)")
    'canon citys north'
    """
    text = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", "")).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    return _not_word.sub(" ", text).strip()


def words(text):
    return fold(text).split()


def near_spellings(word, known, *, limit=5):
    """The known words most like a folded word, best first."""
    return get_close_matches(word, known, n=limit, cutoff=0.8)
