"""Places near the visitor, for a therapy page and for /recommendations/."""

from dataclasses import dataclass, field, replace

from django.urls import reverse

from providers.cards import cards
from providers.filters import RADIUS
from providers.index import index
from providers.local import Local, instead, local
from providers.near import Located, State, Unclear, locate
from providers.query import Query, measured_from
from therapies.formats import weeks
from therapies.library import library
from trupaths.pages import address, link

from .related import related

SHOWN = 3
FAR = "100"  # miles: suggestions reach further than a search


@dataclass
class Places:
    near: str
    place: Located | None
    radius: str = RADIUS
    problem: str = ""
    choices: list = field(default_factory=list)
    total: int | None = None
    everywhere: int = 0
    online: int = 0
    cards: list = field(default_factory=list)
    nearest: object = None
    list_url: str = ""
    online_url: str = ""
    shared: list = field(default_factory=list)
    soft: list = field(default_factory=list)  # what was asked for and too few near have, in words
    local: Local | None = None  # of a therapy: what these places say, added up
    instead: list = field(default_factory=list)  # related therapies that are listed here


def places(request, *, therapy=None, most=SHOWN, leave_out=()):
    """`Places` for this request: where it says, else where the visitor last searched."""
    visitor, snapshot = request.visitor, index.current()
    typed = request.GET.get("near", "").replace("\x00", "").strip()
    found = locate(typed)
    if isinstance(found, State):
        found = found.towns
    if isinstance(found, Unclear):
        result = Places(typed[:100], None, problem=found.sentence)
        result.choices = [(label, address(request, near=label)) for label in found.choices]
        found = None
    else:
        found = found or visitor.place or (None if therapy else visitor.saved_place)
        result = Places(typed or (found.name if found else ""), found)
    slug = therapy.slug if therapy else ""
    base = {
        "pool": library().pool,
        "therapies": (therapy.pk,) if therapy else (),
        "leave_out": (*leave_out, *visitor.hidden),
    }
    result.everywhere = snapshot.count(Query(**base))
    result.online = snapshot.count(Query(**base, delivery=("virtual",)))
    listing = reverse("providers:list")
    result.online_url = link(listing, therapy=slug, delivery="virtual", radius="any")
    near = found.near if found else ""
    result.list_url = link(listing, therapy=slug, near=near)
    ranking = visitor.ranking(found, wants=() if therapy else visitor.wants())
    scorer = ranking if ranking.knows else None
    if therapy:
        _add_local(result, snapshot, therapy, base)
    if found is None:
        if therapy is None and scorer:  # no place, but saves to go by
            middle = ranking.middle(snapshot)  # of places that were opened after the yes
            query = Query(**base)
            if middle:
                query = replace(query, lat=middle[0], lon=middle[1], rough=True)
                ranking.origin = _origin(ranking)
            query, result.soft = ranking.gated(snapshot, query)
            ids = snapshot.search(query, scorer=scorer).ids[:most]
            result.cards = cards(request, ids, query=query, ranking=ranking)
        return result
    query = Query(**base, **measured_from(found), radius=float(RADIUS))
    if scorer and not therapy:  # what is far stands low, and is still there
        result.radius = FAR
        query, result.soft = ranking.gated(snapshot, replace(query, radius=float(FAR)))
    matches = snapshot.search(query, scorer=scorer)
    result.total = matches.total
    ids, common = matches.ids[:most], frozenset()
    if not matches.total:
        query = Query(**base, **measured_from(found), sort="distance")
        ids = snapshot.search(query).nearest
    elif therapy:
        common = ranking.common(snapshot, matches, query)
        result.shared = ranking.in_common(snapshot, common)
    shown = cards(
        request,
        ids,
        query=query,
        ranking=ranking,
        therapy=therapy,
        common=common,
        carry={"near": near, "therapy": slug},
    )
    if matches.total:
        result.cards = shown
    else:
        result.nearest = shown[0] if shown else None
    return result


def _add_local(result, snapshot, therapy, base):
    """What the places say, added up; where none is listed, the related therapies that are."""
    near = result.place
    query = Query(**base, **measured_from(near), radius=float(RADIUS) if near else None)
    usual = weeks(therapy.weeks_from, therapy.weeks_to)
    result.local = local(snapshot, query, usual=usual)
    if not result.local.places:
        others = [each.therapy for each in related(therapy, most=None)]
        found = instead(snapshot, others, query, near=near.near if near else "")
        result.instead = found[:SHOWN]


def _origin(ranking):
    """What the middle of these acts is, in words: nobody is said to have opened what they saved."""
    acts = {signal.act for signal in ranking.signals if signal.thing[0] == "provider"}
    if "saved" not in acts:
        return "a place you opened"
    return "a place you saved" if acts == {"saved"} else "a place you saved or opened"
