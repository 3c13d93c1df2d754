"""One search of a visitor, from the address to what the page shows."""

from types import SimpleNamespace
from urllib.parse import quote

from django.urls import reverse

from trupaths import crisis, metrics
from trupaths.pages import FIRST, address, link, page_of, pager
from trupaths.text import fold

from . import facets, ways, wording
from .cards import cards
from .country import country
from .filters import RADII, SORTS, ProviderFilter
from .index import index
from .map import area
from .texts import called

CALLED = 4  # places of one name that are named beside a search


def search(request):
    """Read the request, ask the index, fetch one page of rows: what providers/list.html shows."""
    snapshot = index.current()
    asked = ProviderFilter(clean(request.GET), snapshot, leave_out=request.visitor.hidden)
    shown = _frame(request, asked)
    if not asked.unclear:  # a list measured from nowhere would answer another question
        shown |= _found(request, asked, snapshot, shown["crisis"])
    return SimpleNamespace(**shown)


def _frame(request, asked):
    """The search itself, as the visitor sees it: its title, its boxes, what went wrong."""
    danger = _danger(request)
    unsaid = crisis.detect(asked.near)  # not repeated, and no place
    therapy, unclear = asked.one_therapy, asked.unclear
    choices = unclear.choices if unclear else ()
    return {
        **_heading(asked, danger),
        "crisis": danger,
        "unclear": bool(unclear),
        "problem": " ".join(_problems(asked, unsaid)),
        "choices": [(label, address(request, near=label, **FIRST)) for label in choices],
        "anywhere_url": address(request, near=None, **FIRST),
        "q": asked.text or (therapy.short_name if therapy else ""),
        "called": [] if danger else _called(asked),
        "carried": _carried(asked, in_words=_named(therapy, asked)),
        "near": "" if unsaid else asked.near[:100],
        "radius": asked.within,
        "radii": RADII,
        "searched": bool(request.GET),
        "cards": [],
    }


def _problems(asked, unsaid):
    """In sentences."""
    if asked.unclear and not unsaid:
        yield asked.unclear.sentence
    yield from asked.problems


def _called(asked):
    """Places of exactly the name typed, where its words were taken for something else: a town."""
    name = fold(asked.values.get("q", ""))
    if not asked.understood.pieces or " " not in name:
        return []
    return called(name).only("name", "slug", "city", "state").order_by("name", "pk")[:CALLED]


def _danger(request):
    """What is typed into either box counts, also where it is too long to be searched for."""
    typed = clean(request.GET)
    return crisis.detect(" ".join(typed.get(name, "")[: crisis.READ] for name in ("q", "near")))


def _found(request, asked, snapshot, danger):
    """What the index answers."""
    place, therapy = asked.place, asked.one_therapy
    query, ranking, matches, common = matched(asked, snapshot, request.visitor)
    page = page_of(matches.ids, request.GET.get("page"), facets.PAGE)
    also = facets.second_group(request, matches, page)
    carry = {"near": asked.near if place else "", "therapy": therapy.slug if therapy else ""}
    found = cards(
        request,
        page.object_list,
        also=also.object_list if also else (),
        query=query,
        ranking=ranking,
        common=common,
        therapy=therapy,
        start=page.start_index(),
        carry=carry,
    )
    on_page = {int(key) for key in page.object_list}
    listed = [card for card in found if card.provider.pk in on_page]
    request.visitor.searched(query, place)
    return {
        "total": matches.total,
        "cards": listed,
        "map": area(place, asked.within, listed),
        "country": _country(request, asked, snapshot, matches),
        "facets": facets.facets(asked, snapshot, matches),
        "active": len(asked.pairs) + len(asked.excluded_pairs),
        "chips": facets.chips(request, asked),
        "shared_chips": all(len(values) < 2 for values in asked.asked.values()),
        "clear_url": _clear_url(request, asked),
        "hidden": _hidden(asked),
        "said": link("", **dict(request.GET.lists()) | FIRST),
        "of": _of(asked, query, snapshot),
        "orders": _orders(request, asked),
        "order_sentence": _order_sentence(asked, ranking, snapshot, query, matches, common),
        "pager": pager(request, page),
        "unstated": facets.unstated(
            request, asked, matches, also, [c for c in found if c.provider.pk not in on_page]
        ),
        "online": ways.online(request, asked, snapshot),
        "few": ways.few(request, asked, snapshot, matches.total, danger)
        if 0 < matches.total < ways.FEW
        else None,
        "empty": None if matches.total else ways.empty(request, asked, snapshot, carry, danger),
        # Words of danger are not put into a box to be copied.
        "share_url": "" if danger else address(request, more=None),
        "suggestions": request.visitor.suggestions(
            next=request.get_full_path(),
            thing=f"therapy:{therapy.slug}" if therapy else "",
            filters=[pair for pair in asked.pairs if pair[0] != "therapy"],
            place=place,
        ),
    }


def matched(asked, snapshot, visitor):
    """(query, ranking, matches, what the whole list has in common) for this visitor."""
    query = asked.query()
    ranking = visitor.ranking(asked.place, acts=asked.order == "best")
    with metrics.searching():
        matches = snapshot.search(query, scorer=ranking if ranking.knows else None, count=True)
    return query, ranking, matches, ranking.common(snapshot, matches, query)


def meanings(request, param):
    """What providers/meanings.html shows of one filter; None where nothing is to be explained."""
    params = clean(request.GET)
    asked = ProviderFilter(params, index.current())
    facet = facets.meanings(asked, param)
    left = {*FIRST, f"not_{param}"}
    return facet and {
        "facet": facet,
        "crisis": _danger(request),
        "search_url": address(request, path=reverse("providers:list"), **FIRST),
        "carried": [
            (name, value) for name, values in params.lists() if name not in left for value in values
        ],
    }


def clean(params):
    """Without NUL bytes, which are no text and which PostgreSQL refuses."""
    params = params.copy()
    for name, values in params.lists():
        params.setlist(name, [value.replace("\x00", "") for value in values])
    return params


def _country(request, asked, snapshot, matches):
    """All states with their counts, where nobody said which; each leads to its places alone."""
    if asked.place or asked.state or not matches.total:
        return None
    here = ways.address_of(request, asked, near="STATE", radius=None)
    return country(snapshot.by_state(matches), lambda name: here.replace("STATE", quote(name)))


def _heading(asked, danger):
    """The title, and the search in one line. Words of danger are not repeated to who wrote them."""
    what, place = wording.what(asked), asked.place
    if asked.words and what == "Places" and not danger:
        what = f"“{asked.text}”"
    if asked.unclear:
        return {"title": what, "line": "Near which place?"}
    if asked.state:
        return dict.fromkeys(("title", "line"), f"{what} in {asked.state.name}")
    if what == "Places" and not place:
        return {"title": "Find care", "line": "All places"}
    where = f" near {place.name}" if place else ""
    within = ""
    if place:
        within = ", any distance" if asked.within == "any" else f", within {asked.within} miles"
    return {"title": f"{what}{where}", "line": f"{what}{where}{within}"}


def _of(asked, query, snapshot):
    """“of 24 with MBSR within 25 miles of 97214”."""
    what = f"with {wording.what(asked)}" if asked.therapies else ""
    of = ""
    if query.filtered:
        nothing = dict.fromkeys(("delivery", "grouping", "accepting", "terms", "exclude"), ())
        everything = snapshot.count(asked.query(**nothing))
        of = f"of {everything:,}" if everything else ""
    return " ".join(filter(None, [of, what, wording.where(asked)]))


def _hidden(asked):
    """What the facet form carries along: the words, the place, the order."""
    kept = {"q": asked.text, "near": asked.near, "sort": asked.values.get("sort")}
    if not asked.place:  # else distance is a facet
        kept["radius"] = asked.values.get("radius")
    return [(name, value) for name, value in kept.items() if value]


def _clear_url(request, asked):
    """This search without any filter; what was typed for one goes with it."""
    names = [*asked.asked, *(f"not_{param}" for param in asked.asked)]
    kept = {"q": asked.text or None, "near": asked.near or None} if asked.understood.pieces else {}
    return address(request, **FIRST, **dict.fromkeys(names), **kept)


def _carried(asked, *, in_words):
    """The filters and the order that the form for words carries along; `in_words` is in its box."""
    return [
        *(pair for pair in asked.pairs if pair != in_words),
        *((f"not_{param}", value) for param, value in asked.excluded_pairs),
        *([("sort", asked.values["sort"])] if asked.values.get("sort", "best") != "best" else []),
    ]


def _named(therapy, asked):
    """The one therapy that the box for words shows by its name, as if it had been typed."""
    return None if therapy is None or asked.words else ("therapy", therapy.slug)


def _orders(request, asked):
    return [
        SimpleNamespace(
            label=label,
            url=address(request, sort=value, **FIRST),
            current=asked.order == value,
        )
        for value, label in SORTS
        if asked.place or value != "distance"
    ]


def _order_sentence(asked, ranking, snapshot, query, matches, common):
    """How this list is ordered, and from what."""
    if asked.order == "name":
        return "By name."
    if asked.order == "distance" or (asked.order == "best" and asked.place and not ranking.knows):
        return "Nearest first."
    if not ranking.knows:
        if not snapshot.any_checked(matches):
            return "By name; none is checked yet."
        return "By the date of the last check."
    decide = f"{wording.listed(ranking.moved_by(query))} decide the order."
    shared = ranking.in_common(snapshot, common)
    if not shared:
        return f"Best: {decide}"
    them = "it" if matches.total == 1 else f"all {matches.total:,}"
    return f"Best: {them} {wording.listed(shared)}. So {decide}"
