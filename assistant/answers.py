"""Tru AI, first form: finds our own sentences and cites them, or says that it does not know.

No model, no network, nothing stored. Safety comes before likeness of words: what a clinician must
say is refused, and who speaks of stopping alcohol or a medicine reads the warning first.
"""

from dataclasses import dataclass
from typing import NamedTuple

from therapies.library import library
from trupaths.text import fold

from . import asking, limits, places
from .finder import Finder


class Said(NamedTuple):
    """A sentence of ours, the number of its source, and the question that it answered there."""

    text: str
    n: int
    heading: str = ""


@dataclass(frozen=True)
class Source:
    n: int
    title: str
    section: str
    url: str
    reviewed_on: object


@dataclass(frozen=True)
class Answer:
    """`links` are (words, address) to go on from.

    kind "answer", "condition", "warning": sentences, each with its source. "each": a link for
    each therapy. "places": a link to the search. "clinician", "unsure": no sentence of ours answers
    it; those that say when to get help at once may stand there.
    """

    kind: str
    sentences: tuple = ()
    sources: tuple = ()
    links: tuple = ()
    near: str = ""


def answer(question, visitor=None):
    """`visitor` is asked only for where they last searched, when they look for a place."""
    finder = _finder()
    reading = finder.reader.question(question)
    typed = fold(question)
    if limits.never(typed):
        return Answer("unsure")
    place, links = None, _pages(reading)
    if looks := places.looked_for(question, reading):
        place = places.near(question, visitor)
        links = (places.search(reading, place), *links)
    if substances := limits.stopped(reading.text):
        said = _warnings(finder, reading, substances)
        return _said("warning", said, links) if said else Answer("clinician", links=links)
    if limits.for_a_clinician(typed) or (asking.to_use(reading) and not reading.therapies):
        return _without_answer("clinician", finder, reading, links)
    if looks:
        return Answer("places", links=links, near=place.label if place else "")
    found = _of_therapies(finder, reading) if reading.therapies else _of_any(finder, reading)
    return found or _without_answer("unsure", finder, reading, links)


def _without_answer(kind, finder, reading, links):
    """No sentence of ours answers it; what a page says to do at once is said all the same."""
    conditions = [] if reading.therapies else list(reading.conditions)
    if (name := limits.urgent(reading.text)) in library().condition_by_name:
        conditions.append(library().condition_by_name[name])
    said = list(limits.at_once(finder, dict.fromkeys(conditions)))[:2]
    return _said(kind, said, links) if said else Answer(kind, links=links)


def _warnings(finder, reading, substances):
    therapy = reading.therapies[0] if reading.therapies else None
    said = limits.warnings(finder, substances, therapy, library().condition_by_name)
    # The question itself too, where our page asks the very same.
    if said and therapy and (found := finder.best(reading, therapy, kinds=("faq",), surely=True)):
        return (*said[:2], (found[1], found[1].text))
    return said


def _of_therapies(finder, reading):
    """What the page of a named therapy says."""
    first = reading.therapies[0]
    helps = asking.what_helps(reading)
    same = finder.best(reading, first, kinds=("faq",), surely=True)
    if asking.to_use(reading) or (same and asking.yes_or_no(reading, helps)):
        return _one("answer", same[1], reading) if same else None
    if len(reading.therapies) == 1 and not reading.conditions and reading.rest <= {"work"}:
        if asking.what_it_is(reading):
            return _one("answer", finder.what_is(first), reading)
        if not reading.rest:
            return None
    if len(reading.therapies) == 1 and reading.conditions and helps:
        if rows := finder.evidence(first, reading.conditions):
            return _said("answer", [(p, p.text) for p in rows[:2]], _studied(reading))
        if reading.rest:
            return None  # nobody has assessed it for us: no other sentence may stand in
    found = [best for therapy in reading.therapies if (best := finder.best(reading, therapy))]
    return _one("answer", max(found, key=lambda pair: pair[0])[1], reading) if found else None


def _of_any(finder, reading):
    """No therapy is named: a condition's page, or what the pages of therapies say alike."""
    if reading.conditions and asking.what_helps(reading):
        said = [p for c in reading.conditions[:2] if (p := finder.summaries.get(c.pk))]
        return _said("condition", [(p, p.text) for p in said], _pages(reading))
    if asking.which(reading) or asking.for_help(reading):
        return None
    found = finder.best_of_each(reading)
    if len(found) == 1:
        return _one("answer", found[0], reading)
    if not asking.of_therapy(reading):
        return None
    links = tuple((f"{p.therapy.short_name}: {p.section}", p.url) for p in found)
    return Answer("each", links=links) if found else None


def _one(kind, passage, reading):
    return _said(kind, [(passage, passage.text)], _studied(reading))


def _said(kind, said, links):
    numbers = {}  # one for each paragraph
    for passage, _ in said:
        numbers.setdefault(passage.url, (len(numbers) + 1, passage))
    sources = tuple(
        Source(n, p.title, p.section, p.url, p.reviewed_on) for n, p in numbers.values()
    )
    sentences = tuple(Said(text, numbers[p.url][0], _heading(p)) for p, text in said)
    return Answer(kind, sentences, sources, links)


def _heading(passage):
    """“No.” answers the question of our page, which may differ from the visitor's."""
    about = {"faq": passage.asks, "evidence": passage.condition}.get(passage.kind)
    return f"{passage.therapy.short_name}: {about}" if about else ""


def _pages(reading):
    """Links to what a question names."""
    therapies = ((str(t), t.get_absolute_url()) for t in reading.therapies[:2])
    return (*_studied(reading), *therapies)


def _studied(reading):
    """Links to the conditions that a question names, where evidence decides the order."""
    conditions = dict.fromkeys([*reading.conditions, *_taken(reading)])
    links = [(f"What was studied for {c.name}", c.get_absolute_url()) for c in conditions]
    return tuple(links[:2])


def _taken(reading):
    """Conditions behind the substances that a question names."""
    names = library().condition_by_name
    return [
        names[limits.SUBSTANCES[s]]
        for s in limits.named(reading.text)
        if limits.SUBSTANCES[s] in names
    ]


_cached = (None, None)


def _finder():
    global _cached
    current = library()
    version, finder = _cached
    if version is not current:
        finder = Finder(current)
        _cached = (current, finder)
    return finder
