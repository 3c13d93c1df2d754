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
    text = text.replace("’", "").replace("'", "")
    if text.isascii():  # nearly all text: four times as fast
        return _not_word.sub(" ", text.lower()).strip()
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    return _not_word.sub(" ", text).strip()


def words(text):
    return fold(text).split()


def near_spellings(word, known, *, limit=5):
    """The known words most like a folded word, best first."""
    return get_close_matches(word, known, n=limit, cutoff=0.8)


def slips(typed, known, limit, *, change=1):
    """Letters left out, put in, swapped with the next, or changed (each counts `change`).

    At most `limit` are counted: `limit + 1` stands for any more.

    >>> slips("anxeity", "anxiety", 2), slips("cancel", "cancer", 2), slips("pain", "sleep", 2)
    (1, 1, 3)
    """
    if abs(len(typed) - len(known)) > limit:
        return limit + 1
    before, last = [], list(range(len(known) + 1))
    for i, a in enumerate(typed, start=1):
        row = [i]
        for j, b in enumerate(known, start=1):
            n = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (0 if a == b else change))
            if i > 1 and j > 1 and a == known[j - 2] and typed[i - 2] == b:
                n = min(n, before[j - 2] + 1)
            row.append(n)
        if min(row) > limit:
            return limit + 1
        before, last = last, row
    return min(last[-1], limit + 1)
