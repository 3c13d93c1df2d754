"""LEAF: folding and words. Done in Python, so that SQLite and PostgreSQL agree."""

import re
import unicodedata
from difflib import get_close_matches

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # so begins what spreadsheet programs calculate

_not_word = re.compile(r"[^a-z0-9]+")
_number = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


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


def not_a_formula(value):
    """A text that no spreadsheet program takes for a formula; a number stays one.

    >>> not_a_formula("=1+1"), not_a_formula("-122.637"), not_a_formula("Oak House")
    ("'=1+1", '-122.637', 'Oak House')
    """
    if isinstance(value, str) and _alike(value) and not _number.fullmatch(value):
        return f"'{value}"
    return value


def before_formula_guard(value):
    """What `not_a_formula` was given."""
    if isinstance(value, str) and value.startswith("'") and _alike(value):
        return value[1:]
    return value


def _alike(text):
    """Whether it is a formula, or would be one without apostrophes before it."""
    return text.lstrip("'").startswith(FORMULA)
