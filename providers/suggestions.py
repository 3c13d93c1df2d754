"""Suggestions while typing: therapies, conditions, places and filters whose names begin like that.

The last words of a text may be the beginning of a name: “ptsd denv” is “ptsd” and Denver. A slip in
the last word is forgiven where nothing begins as typed.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q

from therapies.library import library
from therapies.models import lines
from trupaths import crisis
from trupaths.text import fold

from .everyday import CARE, FILLERS
from .index import index
from .models import Place
from .query import Query
from .spelling import begun
from .states import STATES
from .towns import KNOWN
from .understood import split

MOST = 8  # in all
MOST_OF_A_KIND = 4
MOST_TYPED = 100
LEAST_TYPED = 2  # letters
TAIL = 4  # words


@dataclass(frozen=True)
class Suggestion:
    """`value` is what the box then holds; `other` a second name, by which it was found."""

    value: str
    label: str
    other: str = ""


def for_words(q):
    """[(kind, suggestions)] for the box for words."""
    said = _said(q)
    if not said or crisis.detect(q):  # help is shown for it, once it is sent
        return []
    tails = _tails(q, said)
    return _beginning(tails, _places(tails)) or _beginning(_repaired(tails), [])


def _beginning(tails, places):
    """[(kind, suggestions)] of what begins like one of these, with these places."""
    therapies = _named(_names(library().therapies), tails)
    conditions = _named(_names(_helped(library())), tails)
    room = MOST - min(len(therapies), 3) - min(len(conditions), 3)
    places = places[: min(room, MOST_OF_A_KIND)]
    therapies = therapies[: max(3, MOST - len(conditions) - len(places))]
    conditions = conditions[: MOST - len(therapies) - len(places)]
    room = MOST - len(therapies) - len(conditions) - len(places)
    filters = _filters(tails)[: min(room, MOST_OF_A_KIND)] if room else []
    return _kinds(Therapies=therapies, Conditions=conditions, Places=places, Filters=filters)


def for_place(near):
    """[(kind, suggestions)] for the box for a place."""
    said = _said(near)
    return _kinds(Places=_places([("", _text(said))])[:MOST]) if said else []


def names(shelf):
    """What may be chosen without a script: all therapies and conditions."""
    return [each.name for each in [*shelf.therapies, *_helped(shelf)]]


def _kinds(**kinds):
    return [(kind, found) for kind, found in kinds.items() if found]


def _said(text):
    said = split(text) if len(text) <= MOST_TYPED else []
    return said if sum(len(word.text) for word in said) >= LEAST_TYPED else []


def _text(said):
    return " ".join(word.text for word in said)


def _tails(text, said):
    """(what stands before, folded words) of the whole text, then of its last words."""
    tails = [("", _text(said))]
    for first in range(max(1, len(said) - TAIL), len(said)):
        tail = _text(said[first:])
        if said[first].text not in FILLERS | CARE:
            tails.append((text[: said[first].start], tail))
    return tails


def _repaired(tails):
    """The last word as what it may be a slip of the beginning of."""
    before, last = tails[-1]
    return [(before, known) for known in begun(last, _by_letter(library()))]


def _helped(shelf):
    return [each for each in shelf.conditions if shelf.helping(each)]


@lru_cache(maxsize=2)
def _folded(shelf):
    """All names of therapies and conditions with a space before each word, made once."""
    return {
        id(each): [(f" {fold(name)}", name) for name in each.names]
        for each in [*shelf.therapies, *shelf.conditions]
    }


@lru_cache(maxsize=2)
def _by_letter(shelf):
    """Words of the names of therapies and conditions by their first letter, made once."""
    words = {
        word for each in _folded(shelf).values() for folded, _ in each for word in folded.split()
    }
    found = {}
    for word in sorted(words - FILLERS - CARE):
        found.setdefault(word[0], []).append(word)
    return found


def _names(things):
    """[(thing, its folded names)]"""
    folded = _folded(library())
    return [(thing, folded[id(thing)]) for thing in things]


def _filters(tails):
    """Terms that listings state. What finds them is not printed, as for conditions."""
    snapshot = index.current()
    if not hasattr(snapshot, "_term_names"):  # a snapshot never changes
        snapshot._term_names = [
            (term, [(f" {fold(name)}", name) for name in term.names])
            for term in snapshot.terms.values()
        ]
    shelf = library()
    taken = {
        folded for _, names in _names([*shelf.therapies, *_helped(shelf)]) for folded, _ in names
    }
    stated = [
        (term, names)
        for term, names in snapshot._term_names
        if any(f" {tail}" in text for _, tail in tails for text, _ in names)
        and names[0][0] not in taken  # “Cancer” is read as the condition
        and snapshot.count(Query(terms=((term.facet, (term.pk,)),)))
    ]
    return _named(stated, tails)


def _named(things, tails):
    """Those with a name that holds the longest tail at the beginning of a word.

    `things` are pairs of a thing and its names, each folded with a space before each word, and as
    it is written.
    """
    for before, tail in tails:
        found = []
        for thing, names in things:
            hits = [(text.find(f" {tail}"), name) for text, name in names]
            # Two letters are the beginning of a name, three may be that of a word in it.
            hits = [hit for hit in hits if hit[0] == 0 or (hit[0] > 0 and len(tail) > 2)]
            if hits:
                found.append((min(hits)[0], thing, _other(thing, [name for _, name in hits])))
        if found:
            found.sort(key=lambda hit: (hit[0] > 0, hit[1].name))
            return [Suggestion(f"{before}{thing.name}", thing.name, o) for _, thing, o in found]
    return []


def _other(thing, found):
    """A printed other name that was found, where the name itself was not."""
    if thing.name in found:
        return ""
    printed = lines(getattr(thing, "also_known_as", ""))
    return next((name for name in printed if name in found), "")


def _places(tails):
    """Towns and ZIP codes that begin like the longest tail that any begins like.

    At most two questions: towns of several words are few, those of the last word may be many.
    """
    *long, last = tails
    for group in (long, [last]):
        wanted = [(before, tail, condition) for before, tail in group if (condition := _like(tail))]
        if not wanted:
            continue
        condition = Q()
        for _, _, each in wanted:
            condition |= each
        places = list(Place.objects.filter(condition).order_by("-population", "folded")[:40])
        for before, tail, _ in wanted:
            if here := [place for place in places if _is_like(place, tail)]:
                here.sort(key=lambda place: (-place.population, place.folded, place.state))
                return [_place(before, place) for place in here[:MOST]]
    return []


def _like(tail):
    """The condition for places that begin like this; None for what begins too many."""
    if tail.isdigit():
        return _begins("zip", tail) if 3 <= len(tail) <= 5 else None
    if tail in FILLERS:
        return None
    condition = _begins("town", tail)
    if len(tail) < LEAST_TYPED:  # “ptsd d”: very many
        return condition & Q(population__gte=KNOWN)
    town, _, state = tail.rpartition(" ")
    if town and (codes := _codes(state)):
        condition |= Q(kind="town", folded=town, state__in=codes)
    return condition


def _begins(kind, start):
    """The range is what an index of SQLite answers; `startswith` decides."""
    return Q(kind=kind, folded__gte=start, folded__lte=f"{start}zzzzzzzz", folded__startswith=start)


def _codes(start):
    return [
        code
        for code, name in STATES.items()
        if code.lower().startswith(start) or (len(start) > 2 and fold(name).startswith(start))
    ]


def _is_like(place, tail):
    if place.folded.startswith(tail):
        return True
    town, _, state = tail.rpartition(" ")
    return place.folded == town and place.state in _codes(state)


def _place(before, place):
    """A ZIP code is chosen by its digits, a town by its name and state."""
    if place.kind == Place.Kind.ZIP:
        return Suggestion(f"{before}{place.zip}", place.zip, place.label if place.name else "")
    return Suggestion(f"{before}{place.label}", place.label)
