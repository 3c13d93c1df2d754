"""Does a question look for a place to go? Then the search answers it, never a guess of ours."""

import re

from django.urls import reverse

from providers.near import Located, locate
from trupaths.pages import link

from .reading import terms

_ZIP = re.compile(r"\b\d{5}\b", re.ASCII)
_NEAR = re.compile(
    r"\b(?:near|nearby|nearest|closest|close to|around (?:me|here)|in my (?:area|town|city|state)"
    r"|(?:has|have|any) openings?|accepting|taking new)\b"
)
_FIND = re.compile(
    r"\b(?:find|where (?:can|do|could|is|are)|any (?:places?|clinics?|therapists?)"
    r"|looking for|who (?:offers|does|has)|i need a|book)\b"
)
# "in Portland, OR", up to the end or to what the place should have.
_AFTER = re.compile(
    r"\b(?:near|in|around|close to)\s+(?!(?:me|my|us|here|the|a)\b)"
    r"([A-Za-z][A-Za-z .'-]{1,60}?(?:,\s*[A-Za-z .]{1,20}?)?)"
    r"(?= with\b| that\b| who\b| for\b|\s*\??$)"
)
# Words of such a question that say nothing more than that it is one.
WORDS = terms(
    "find offer look place clinic center centre provider doctor group class program course "
    "nearest closest close near nearby someone book appointment session good local list accept new "
    "opening train training start"
)


def looked_for(question, reading):
    if _NEAR.search(reading.text) or _ZIP.search(question):
        return True
    town = _AFTER.search(question)
    said = reading.rest - terms(town[1]) if town else reading.rest
    return bool(_FIND.search(reading.text)) and said <= WORDS


def near(question, visitor=None):
    """Where a question says, or where the visitor last searched; None when neither is known."""
    if code := _ZIP.search(question):
        return _located(code[0])
    if town := _AFTER.search(question):
        return _located(town[1])
    return visitor.place if visitor else None


def search(reading, place=None):
    """(words, address) of the search that a question asks for."""
    words = f"Find care near {place.label}" if place and not place.rough else "Find care"
    address = link(
        reverse("providers:list"),
        therapy=[therapy.slug for therapy in reading.therapies] or None,
        condition=[condition.slug for condition in reading.conditions] or None,
        near=place.near if place else "",
    )
    return words, address


def _located(text):
    place = locate(text[:100])
    return place if isinstance(place, Located) else None
