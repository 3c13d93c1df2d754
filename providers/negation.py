"""LEAF of this room: what a “not” leaves out, and what it only says of the visitor."""

from .everyday import CARE, FILLERS, NEGATIONS, NO_FURTHER, OF_PLACES, WANTING

_OWN = frozenset("have has am im".split())  # “I don’t have a group” is no wish against groups
_VERBS = frozenset("dont doesnt wont cant cannot".split())
_BETWEEN = WANTING | frozenset("a an the".split())
_BELONGING = frozenset("based friendly".split())
_ENDING = FILLERS | CARE | NEGATIONS


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


def negated_end(at, texts, is_text):
    """Where the words of text end that a “not” here says no to: “no waiting list”; else 0.

    “Can’t sleep” and “don’t drink” speak of the visitor, “don’t want” and “doesn’t take” do not.
    """
    if texts[at] not in NEGATIONS or not is_text(at):
        return 0
    first = at + 1
    while first < len(texts) and is_text(first) and texts[first] in _BETWEEN:
        first += 1
    end = first
    while end < len(texts) and is_text(end) and texts[end] not in _ENDING:
        end += 1
    if end == first or (texts[at] in _VERBS and WANTING.isdisjoint(texts[at + 1 : first])):
        return 0
    while end < len(texts) and is_text(end) and texts[end] in _BELONGING:
        end += 1
    return end


def is_left_out(param, between):
    """With these words between the “not” and it? A visitor's own “no” says nothing of places."""
    if param == "condition":
        return False
    of_place = param in OF_PLACES and _OWN.isdisjoint(between)
    return of_place or WANTING.issuperset(between)
