"""Where the facts of a listing come from, and when they were checked last: in words."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects

from therapies.library import library
from trupaths.text import words

from . import wording
from .models import Check, ListingSource, Provider

# Newest first. What a source says in full is long, and no page shows it.
SOURCES = Prefetch(
    "sources",
    ListingSource.objects.select_related("source").defer("said").order_by("-as_of", "-pk"),
    to_attr="known_sources",
)
SUBJECTS = {
    Check.Aspect.CONTACT: "Phone",
    Check.Aspect.SERVICES: "Services",
    Check.Aspect.PAYMENT: "Payment",
    Check.Aspect.AVAILABILITY: "Room for new people",
}
HOW = {Check.How.CALLED: "by call", Check.How.CONFIRMED: "by the place itself"}
COMMON = {"database", "directory", "guide", "list", "listing", "register", "registry"}
OWNED = re.compile(r"(the|our|my|your|a|an) |\S+['’]s? ", re.IGNORECASE)  # takes no article
NAMED = 6  # fields that a person set, by name; the rest as a number


@dataclass(frozen=True)
class Fact:
    """When an aspect was checked: `age` is fresh, old, stale, never or example."""

    text: str
    age: str

    @property
    def icon(self):
        return {"fresh": "ok", "stale": "alert", "never": "ask"}.get(self.age, "clock")


def know_sources(providers):
    """For cards: the sources of those that nobody has checked, in one query."""
    prefetch_related_objects([p for p in providers if not p.checks.all()], SOURCES)


def checked(provider, check):
    """The fact of a check, or of there being none."""
    if check is None:
        return Fact(_unchecked(provider), "never")
    day = wording.day(check.checked_on)
    if provider.demonstration:
        text = f"Example check, {day}{'. Ask before you go.' if check.is_old else ''}"
        return Fact(text, "old" if check.is_old else "example")
    text = " ".join(filter(None, [SUBJECTS[check.aspect], "checked", day, HOW.get(check.how)]))
    if check.is_stale:
        return Fact(f"{text}, over a year ago. It may have changed: call first.", "stale")
    if check.is_old:
        return Fact(f"{text}, over 6 months ago. Ask before you go.", "old")
    return Fact(text, "fresh")


def _unchecked(provider):
    sources = getattr(provider, "known_sources", ())
    if not sources:
        return "Not checked yet. Ask before you go."
    current = next((each for each in sources if not each.gone_from), None)
    if current is None:
        return f"{gone(sources[0])} We have not checked it. Call before you go."
    return f"From {edition(current)}. We have not checked it yet. Call before you go."


def edition(listed):
    """“the SAMHSA directory, 2022”, “FindTreatment.gov, May 24, 2019”"""
    return _named(listed.source.name, listed.edition)


def gone(listed):
    if not listed.gone_from:
        return ""
    return f"No longer in {_named(listed.source.name, listed.gone_from)}."


def _named(source, edition):
    """Any name that staff gave, and any edition: a year, a day, or what the file calls it."""
    is_common = not COMMON.isdisjoint(words(source)) and not OWNED.match(source)
    with suppress(ValueError):
        edition = wording.day(date.fromisoformat(edition))
    return f"{'the ' if is_common else ''}{source}, {edition}"


def set_by_people(provider, terms):
    """“Phone (Nov 3) and Medicaid (Oct 1, 2025)”: what a person set, so no import changes it."""
    names = {f"{term.facet}:{term.slug}": term.name for term in terms}
    names |= {f"service:{t.slug}": t.short_name for t in library().therapies}
    names |= {f.name: f.verbose_name for f in Provider._meta.fields}
    origins = sorted(provider.origins.all(), key=lambda o: (o.set_on, o.field), reverse=True)
    said = [
        f"{names[origin.field]} ({wording.day(origin.set_on)})"
        for origin in origins
        if origin.field in names
    ]
    more = [f"{len(said) - NAMED} more"] if len(said) > NAMED else []
    return wording.listed([*said[:NAMED], *more])
