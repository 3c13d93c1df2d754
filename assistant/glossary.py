"""“What is intensive outpatient?”: what the filters of Find care mean, in the words beside them."""

import re
from dataclasses import dataclass

from django.urls import reverse

from providers.filters import FACETS
from providers.index import index
from trupaths.text import fold

from .passages import Passage
from .reading import terms

MOST = 3  # that are explained at once
# In the others stands what a place has for an illness or for people, not what these are.
EXPLAINED = frozenset("care pay approach setting medication access".split())
_MEANS = re.compile(
    r"\b(?:what (?:is|are|does|do|s)|whats|how does|define|explain|meaning of|means?|difference|"
    r"vs|versus)\b"
)
_CHOOSES = re.compile(r"\b(?:best|better|good|which|top|right)\b")
# Words of such a question that ask for nothing else.
_LITTLE = terms("mean meaning difference between vs versus whats work exactly even word term care")


@dataclass(frozen=True)
class Filter:
    """The page that says what the choices of one filter mean."""

    param: str

    def __str__(self):
        return f"{dict(FACETS)[self.param]}: what these mean"

    def get_absolute_url(self):
        return reverse("providers:meanings", args=[self.param])


def answer(message, parsed):
    """((passage, its words), …) of the filters whose meaning is asked, or None. `parsed`: what the
    message would ask of provider search."""
    text = fold(message)
    if not _MEANS.search(text) or _CHOOSES.search(text) or parsed.near or parsed.near_me:
        return None
    if terms(" ".join(parsed.left)) - _LITTLE or len(parsed.chosen) > MOST:
        return None
    if any(facet not in EXPLAINED for facet, _ in parsed.chosen):
        return None
    known = index.current().by_facet
    found = [
        next((term for term in known.get(facet, ()) if term.slug == slug and term.meaning), None)
        for facet, slug in parsed.chosen
    ]
    return tuple((_passage(term), term.meaning) for term in found) if found and all(found) else None


def _passage(term):
    anchor = f"means-{term.facet}-{term.slug}"
    return Passage(Filter(term.facet), "meaning", term.name, anchor, term.meaning)
