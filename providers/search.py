"""One search of a visitor, from the address to what the page shows."""

from types import SimpleNamespace

from trupaths import crisis
from trupaths.pages import address, page_of, pager

from . import facets, wording
from .cards import cards
from .filters import RADII, SORTS, ProviderFilter
from .index import index
from .near import Unclear, locate

PAGE = 20
FEW_UNSTATED = 3


def search(request):
    """Read the request, ask the index, fetch one page of rows: what providers/list.html shows."""
    snapshot = index.current()
    asked = ProviderFilter(clean(request.GET), snapshot)
    place, problem, choices = _place(request, asked)
    danger = crisis.detect(asked.values.get("q", ""))
    query = asked.query(place)
    ranking = request.visitor.ranking(origin=place.label if place else "")
    matches = snapshot.search(query, scorer=ranking if ranking.knows else None, count=True)
    page = page_of(matches.ids, request.GET.get("page"), PAGE)
    therapy = asked.therapies[0] if len(asked.therapies) == 1 else None
    carry = {"near": asked.values.get("near", ""), "therapy": therapy.slug if therapy else ""}
    show_unstated = page.number == page.paginator.num_pages
    more = matches.unstated if "more" in request.GET else matches.unstated[:FEW_UNSTATED]
    more = more[:100] if show_unstated else []
    found = cards(
        request,
        page.object_list,
        also=more,
        query=query,
        ranking=ranking,
        therapy=therapy,
        start=page.start_index(),
        carry=carry,
    )
    shown = {int(key) for key in page.object_list}
    listed = [card for card in found if card.provider.pk in shown]
    request.visitor.searched(query, place)
    return SimpleNamespace(
        total=matches.total,
        cards=listed,
        problem=" ".join(filter(None, [problem, *asked.problems])),
        choices=choices,
        **_heading(asked, place, danger),
        q=asked.values.get("q", "") or (therapy.short_name if therapy else ""),
        carried=_carried(asked, in_words=asked.understood or _named(therapy, asked)),
        near=asked.values.get("near", ""),
        radius=asked.within,
        radii=RADII,
        searched=bool(request.GET),
        crisis=danger,
        facets=facets.facets(asked, matches.counts),
        active=sum(len(values) for values in asked.asked.values()),
        chips=facets.chips(request, asked),
        clear_url=address(request, page=None, more=None, **dict.fromkeys(asked.asked, None)),
        hidden=_hidden(asked),
        of=_of(asked, place, query, snapshot),
        orders=_orders(request, asked, place),
        order_sentence=_order_sentence(asked, place, ranking, snapshot, query, matches),
        pager=pager(request, page),
        unstated=facets.unstated(
            request,
            asked,
            matches,
            [card for card in found if card.provider.pk not in shown],
            show=show_unstated,
        ),
        empty=_empty(request, asked, place, snapshot, carry, danger) if not matches.total else None,
        suggestions=request.visitor.suggestions(
            next=request.get_full_path(),
            thing=f"therapy:{therapy.slug}" if therapy else "",
            filters=[(p, v) for p, vs in asked.asked.items() for v in vs if p != "therapy"],
            place=place,
        ),
    )


def clean(params):
    """Without NUL bytes, which are no text and which PostgreSQL refuses."""
    params = params.copy()
    for name, values in params.lists():
        params.setlist(name, [value.replace("\x00", "") for value in values])
    return params


def _place(request, asked):
    """(Located or None, sentence, choices as links)."""
    near = locate(asked.values.get("near", ""))
    if isinstance(near, Unclear):
        choices = [(label, address(request, near=label, page=None)) for label in near.choices]
        return None, near.sentence, choices
    return near, "", []


def _what(asked):
    if names := [therapy.short_name for therapy in asked.therapies]:
        return wording.listed(names)
    if conditions := [asked.conditions[slug].name for slug in asked.asked["condition"]]:
        return f"Care for {wording.listed(map(wording.inside, conditions))}"
    return "Places"


def _heading(asked, place, danger):
    """The title, and the search in one line. Words of danger are not repeated to who wrote them."""
    what = _what(asked)
    if asked.words and not asked.therapies and not danger:
        what = f"“{asked.values['q']}”"
    if what == "Places" and not place:
        return {"title": "Find care", "line": "All places"}
    where = f" near {place.name}" if place else ""
    within = ""
    if place:
        within = ", any distance" if asked.within == "any" else f", within {asked.within} miles"
    return {"title": f"{what}{where}", "line": f"{what}{where}{within}"}


def _of(asked, place, query, snapshot):
    """“of 24 with MBSR within 25 miles of 97214”."""
    where = ""
    if place:
        where = f"within {asked.within} miles of {place.label}"
        if asked.within == "any":
            where = f"at any distance from {place.label}"
    what = f"with {_what(asked)}" if asked.therapies else ""
    of = ""
    if query.filtered:
        everything = snapshot.count(asked.query(place, delivery=(), grouping=(), terms=()))
        of = f"of {everything:,}"
    return " ".join(filter(None, [of, what, where]))


def _hidden(asked):
    """What the facet form carries along: the words, the place, the distance, the order."""
    kept = {name: asked.values.get(name) for name in ("q", "near", "radius", "sort")}
    if asked.understood:  # it stands among the ticked therapies now
        kept.pop("q")
    return [(name, value) for name, value in kept.items() if value]


def _carried(asked, *, in_words):
    """The filters that the form for words carries along; one therapy stands in its box."""
    return [
        (param, value)
        for param, values in asked.asked.items()
        for value in values
        if (param, value) != in_words
    ]


def _named(therapy, asked):
    """The one therapy that the box for words shows by its name, as if it had been typed."""
    return None if therapy is None or asked.words else ("therapy", therapy.slug)


def _orders(request, asked, place):
    return [
        SimpleNamespace(
            label=label,
            url=address(request, sort=value, page=None),
            current=asked.order == value,
        )
        for value, label in SORTS
        if place or value != "distance"
    ]


def _order_sentence(asked, place, ranking, snapshot, query, matches):
    """How this list is ordered, and from what."""
    if asked.order == "name":
        return "By name."
    if asked.order == "checked" or (asked.order == "distance" and not place):
        return "By the date of the last check."
    if asked.order == "distance":
        return "Nearest first."
    if not ranking.knows:
        return "Nearest first." if place else "By the date of the last check."
    shared = ranking.shared_by_all(snapshot.candidates(matches.ids[:200], query))
    by = "distance and " if place else ""
    if shared:
        all_of_them = "it" if matches.total == 1 else f"all {matches.total:,}"
        return (
            f"Best: {all_of_them} {wording.listed(shared)}. "
            f"So {by}what you saved and opened decide the order."
        )
    return f"Best: {by}what you saved and opened decide the order."


def _empty(request, asked, place, snapshot, carry, danger):
    """Ways on when nothing matches: nearest, by video, farther out, one filter less."""
    anywhere = asked.query(place, radius=None, sort="distance" if place else "checked")
    nearest = snapshot.search(anywhere).ids[:1]
    online = asked.query(place, radius=None, delivery=("virtual",))
    wider = []
    if place and asked.within != "any":
        for value, label in RADII:
            radius = None if value == "any" else float(value)
            if radius is not None and radius <= float(asked.within):
                continue
            count = snapshot.count(asked.query(place, radius=radius))
            if count and (not wider or count > wider[-1][2]):
                label = f"Within {label}" if radius else label
                wider.append((label, address(request, radius=value, page=None), count))
    without = [
        (asked.label(param, value), facets.without_url(request, asked, param, value), count)
        for param, values in asked.asked.items()
        for value in values
        if param not in ("therapy", "condition")  # treatment is never widened silently
        and (count := snapshot.count(asked.query(place, **asked.without(param, value))))
    ]
    if asked.words and not danger and (count := snapshot.count(asked.query(place, words=()))):
        without.append((asked.values["q"], address(request, q=None, page=None), count))
    ranking = request.visitor.ranking(origin=place.label if place else "")
    found = cards(request, nearest, query=anywhere, ranking=ranking, carry=carry)
    return SimpleNamespace(
        nearest=found[0] if found else None,
        online=snapshot.count(online),
        online_url=address(request, radius="any", delivery="virtual", page=None),
        wider=wider[:3],
        without=without,
    )
