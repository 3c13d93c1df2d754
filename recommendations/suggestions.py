"""The one switch, and what it uses, in words."""

from dataclasses import dataclass

from django.utils import timezone

from providers import wording
from providers.index import index
from therapies.library import library


@dataclass(frozen=True)
class Suggestions:
    """State of the one switch: on, or asked for, or (Global Privacy Control) neither."""

    on: bool
    asks: bool
    using: list
    thing: str
    filters: tuple
    next: str


def using(memory, place):
    """What shapes the suggestions now: “97214”, “MBSR, just opened”, “1 saved place”."""
    place = place or memory.place
    found = [place.label] if place else []
    found += [text for text, _ in in_words(memory.events)]
    for rows, one, many in (
        (memory.saved_providers, "place", "places"),
        (memory.saved_therapies, "therapy", "therapies"),
    ):
        if rows:
            found.append(f"{len(rows)} saved {one if len(rows) == 1 else many}")
    return list(dict.fromkeys(found))


def in_words(events):
    """(“MBSR, just opened”, day) for each event, newest first."""
    terms, today = index.current().terms, timezone.localdate()
    names, found = wording.DELIVERY | wording.GROUPING, []
    for event in events:
        kind, value = thing_of(event.thing)
        opened = "just opened" if event.day == today else "opened"
        if kind == "therapy" and value in library().by_id:
            found.append((f"{library().by_id[value].short_name}, {opened}", event.day))
        elif kind == "provider" and event.provider:
            found.append((f"{event.provider.name}, {opened}", event.day))
        elif kind == "term" and value in terms:
            found.append((f"{terms[value].name} filter", event.day))
        elif value in names:
            found.append((f"{names[value]} filter", event.day))
    return found


def thing_of(text):
    """("term", 5) from "term:5", ("delivery", "virtual") from "delivery:virtual"."""
    kind, _, value = text.partition(":")
    return (kind, int(value) if value.isdigit() else value)
