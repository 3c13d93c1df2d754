"""LEAF of this room: what a “not” leaves out, and what it only says of the visitor."""

from .everyday import FILLERS, NEGATIONS, NO_FURTHER, OF_PLACES, WANTING

_OWN = frozenset("have has am im".split())  # “I don’t have a group” is no wish against groups


def negation_before(first, texts, of):
    """Where a “not” stands before this word, small words between them left out; or None.

    `of` holds what each word belongs to already: across another thing no “not” carries.
    """
    for at in range(first - 1, -1, -1):
        if of[at]:
            return None
        if texts[at] in NEGATIONS:
            return at
        if texts[at] not in FILLERS or texts[at] in NO_FURTHER:
            return None
    return None


def is_left_out(param, between):
    """With these words between the “not” and it? A visitor's own “no” says nothing of places."""
    if param == "condition":
        return False
    of_place = param in OF_PLACES and _OWN.isdisjoint(between)
    return of_place or WANTING.issuperset(between)
