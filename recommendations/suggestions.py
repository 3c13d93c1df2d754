"""The one switch, and what it uses, in words."""

from dataclasses import dataclass

from django.utils import timezone

from providers import wording
from providers.index import index
from therapies.library import library

from .models import Event


@dataclass(frozen=True)
class Suggestions:
    """State of the one switch: on, or asked for, or (Global Privacy Control) neither."""

    on: bool
    asks: bool
    using: list
    used: list
    hidden: int  # places that are “not for me”
    thing: str
    filters: tuple
    next: str


@dataclass(frozen=True)
class Used:
    """One thing that shapes suggestions, in words, and what takes it out: “saved provider:12”."""

    text: str
    signal: str

    @property
    def hides(self):
        return self.signal.startswith("not-for-me ")


ACTS = {
    "saved": "which you saved",
    "saved-therapy": "which you saved",
    "not-for-me": "which is not for you",
    Event.Kind.EXPLORED: "which you opened",
    Event.Kind.FILTER: "a filter you used",
}


def used(signals):
    """`Used` for each act and thing, once; its day does not matter."""
    found = {}
    for signal in signals:
        kind, value = signal.thing
        key = f"{signal.act} {kind}:{value}"
        found.setdefault(key, Used(f"{signal.name}, {ACTS[signal.act]}", key))
    return list(found.values())


def using(memory, place):
    """What shapes the suggestions now: “97214”, “MBSR, just opened”, “1 saved place”."""
    place = place or memory.place
    found = []
    if place:
        found.append(place.name if place.rough else place.label)
    found += [text for event, text in in_words(memory.events) if name_of(event)]
    acts = [signal.act for signal in memory.signals()]
    for act, one, many in (
        ("saved", "place", "places"),
        ("saved-therapy", "therapy", "therapies"),
    ):
        if n := acts.count(act):
            found.append(f"{n} saved {one if n == 1 else many}")
    return list(dict.fromkeys(found))


def in_words(events):
    """(event, “MBSR, just opened”) for each event, newest first."""
    today, found = timezone.localdate(), []
    for event in events:
        if event.kind == Event.Kind.FILTER:
            text = f"{name_of(event) or 'A former'} filter"
        else:
            name = name_of(event) or "A page that is no longer here"
            text = f"{name}, {'just opened' if event.day == today else 'opened'}"
        found.append((event, text))
    return found


def name_of(event):
    """What the event was about, as visitors may still read of it, else ""."""
    kind, value = thing_of(event.thing)
    if kind == "therapy":
        therapy = library().by_id.get(value)
        return therapy.short_name if therapy else ""
    if kind == "provider":
        return event.provider.name if event.provider and event.provider.is_published else ""
    if kind == "term":
        term = index.current().terms.get(value)
        return term.name if term else ""
    return (wording.DELIVERY | wording.GROUPING).get(value, "")


def thing_of(text):
    """("term", 5) from "term:5", ("delivery", "virtual") from "delivery:virtual"."""
    kind, _, value = text.partition(":")
    return (kind, int(value) if value.isdigit() else value)
