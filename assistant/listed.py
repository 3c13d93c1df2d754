"""A place that a message calls by its whole name: its listing, and what that says of what is asked.

“Does Fernbank Integrative Health take Medicaid?” is no search: there is one place to speak of.
"""

import re

from django.urls import reverse

from providers.cards import cards
from providers.everyday import CARE, CARE_PLACES
from providers.index import index
from providers.models import ProviderTerm, SearchRow, Service
from providers.query import Query
from recommendations.memory import Memory
from therapies.library import library
from trupaths.pages import link
from trupaths.text import fold

from .parsing import parse
from .places import MOST, Page, Places
from .redaction import redact

LONGEST = 8  # words of a name
_THEY = re.compile(r"\b(?:they|their|them|theyre)\b", re.IGNORECASE)
SAYS = {"yes": "its listing says yes", "no": "its listing says no"}
SILENT = "its listing does not say. Ask when you call"


def find(text, parsed, reader, visitor=None, turns=()):
    """`Places` called by their name in `text`, or, as “they”, in the message before; None where
    none is. A name needs a word of its own: a town, or one that neither our pages (`reader` knows)
    nor care as such have."""
    asked, name = text, _name(text, parsed, reader)
    for said in reversed(turns):
        if name or not _THEY.search(text):
            break
        text = redact(said)
        name = _name(text, parse(said), reader)
    if not name:
        return None
    asked = f" {fold(asked)} ".replace(f" {name} ", " ")
    listed = SearchRow.objects.filter(live=True, sort_key=name).order_by("provider_id")
    ids = list(listed.values_list("provider_id", flat=True))
    visitor = visitor or Memory(looks=False)
    address = link(reverse("providers:list"), q=name)
    found = cards(
        Page(address, visitor),
        ids[:MOST],
        query=Query(pool=library().pool),
        ranking=visitor.ranking(None),
    )
    if not found:  # withdrawn within the last second
        return None
    return Places(
        search=address,
        total=len(ids),
        cards=tuple(found),
        notes=tuple(_facts(ids[0], parse(asked))) if len(ids) == 1 else (),
        named=found[0].provider.name,
    )


def _name(text, parsed, reader):
    """The longest name of a listing in the text, folded; "" for none."""
    words = fold(text).split()
    own = {word for word in parsed.left if not reader.knows(word)} - CARE - CARE_PLACES
    own.update(fold(parsed.near).split())
    windows = {
        " ".join(words[first:end])
        for first in range(len(words))
        for end in range(first + 2, min(first + LONGEST, len(words)) + 1)
        if not own.isdisjoint(words[first:end])
    }
    if not windows:
        return ""
    named = SearchRow.objects.filter(live=True, sort_key__in=windows)
    return max(named.values_list("sort_key", flat=True), key=len, default="")


def _facts(provider, parsed):
    """Sentences: what this listing says of each filter that was asked about."""
    terms = ProviderTerm.objects.filter(provider=provider)
    said = {
        (facet, slug): SAYS[answer]
        for facet, slug, answer in terms.values_list("term__facet", "term__slug", "answer")
    }
    offered = Service.objects.filter(provider=provider).values_list("therapy__slug", flat=True)
    said |= {("therapy", slug): SAYS["yes"] for slug in offered}
    names = {(term.facet, term.slug): term.name for term in index.current().terms.values()}
    names |= {("therapy", slug): each.short_name for slug, each in library().by_slug.items()}
    for param, value in parsed.chosen:
        asked = (param.removeprefix("not_"), value)
        if asked in names:
            yield f"{names[asked]}: {said.get(asked, SILENT)}."
