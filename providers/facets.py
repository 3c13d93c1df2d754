"""Facets with their counts, chips that take one away, and those who have not told us."""

from types import SimpleNamespace

from trupaths.pages import FIRST, address, page_of, pager

from . import wording
from .filters import CHECKED, FACETS, RADII, TREATMENT

IN_SIGHT = 4
PAGE = 20
FEW = 3  # of those who have not told us, until a visitor asks for all
OPEN = {"pay", "accepting", "delivery", "grouping", "care"}


def facets(asked, snapshot, counts):
    """All facets that have options, in order, each option with what it would leave."""
    found = []
    for param, title in FACETS:
        if param == "checked":
            counts |= _checked(asked, snapshot)
        options = asked.options(param)
        if options:
            found.append(_facet(asked, counts, param, title, options))
        if param == "condition" and asked.place:
            found.append(_distance(asked, snapshot))
    return found


def _facet(asked, counts, param, title, options):
    ticked, out = asked.asked[param], asked.excluded.get(param, ())
    shown = [
        SimpleNamespace(
            value=value,
            label=label,
            meaning=meaning,
            count=counts.get((param, key), 0),
            checked=value in ticked,
            excluded=value in out,
            # Nobody is led into an empty page, yet what is ticked can be unticked.
            disabled=not counts.get((param, key), 0) and value not in ticked,
        )
        for value, key, label, meaning in options
    ]
    # What is ticked is always in sight.
    shown.sort(key=lambda option: not option.checked)
    return SimpleNamespace(
        param=param,
        title=title,
        one=param == "checked",
        open=param in OPEN or bool(ticked) or bool(out),
        now=", ".join(option.label for option in shown if option.checked),
        options=shown,
        first=shown[:IN_SIGHT],
        more=shown[IN_SIGHT:],
        meanings=[option for option in shown if option.meaning],
        out=bool(out),
    )


def _distance(asked, snapshot):
    """How many each circle holds."""
    miles = {value: None if value == "any" else float(value) for value, _ in RADII}
    counts = snapshot.circles(asked.query(), miles.values())
    options = [
        SimpleNamespace(
            value=value,
            label=label,
            count=counts[miles[value]],
            checked=value == asked.within,
            disabled=False,
        )
        for value, label in RADII
    ]
    return SimpleNamespace(
        param="radius",
        title="Distance",
        one=True,
        open=False,
        now="" if asked.within == "any" else f"{asked.within} miles",
        options=options,
        first=options,
        more=[],
        meanings=[],
        out=False,
    )


def _checked(asked, snapshot):
    since = {days: asked.with_only("checked", days)["since"] for days, _ in CHECKED}
    counts = snapshot.ages(asked.query(), since.values())
    return {("checked", days): counts[day] for days, day in since.items()}


def chips(request, asked):
    """One for each thing that was asked for; its address is the search without it."""
    found = [
        SimpleNamespace(
            label=asked.label(param, value), url=without_url(request, asked, param, value)
        )
        for param, value in [
            *asked.pairs,
            *((f"not_{param}", value) for param, value in asked.excluded_pairs),
        ]
    ]
    if asked.understood.typed("near"):
        q = asked.understood.without("near") or None
        found.append(
            SimpleNamespace(
                label=f"Near {asked.understood.near}", url=address(request, q=q, **FIRST)
            )
        )
    return found


def without_url(request, asked, param, value):
    """This search without one value. What was understood from the words takes them along."""
    kept = request.GET.getlist(param)
    changes = {param: [each for each in kept if each != value] or None, **FIRST}
    if asked.understood.typed(param, value):
        changes["q"] = asked.understood.without(param, value) or None
    return address(request, **changes)


def second_group(request, matches, page):
    """Those who have not told us, below the last page of the list: a few, or a page of them."""
    if page.has_next():
        return None
    size = PAGE if "more" in request.GET else FEW
    return page_of(matches.unstated, request.GET.get("more"), size)


def unstated(request, asked, matches, also, found):
    """The second group: they offer the rest, and have not told us about what was asked."""
    total = len(matches.unstated)
    if also is None or not (total or matches.says_no):
        return None
    by_facet = [
        [asked.label(param, value) for value in values]
        for param, values in asked.asked.items()
        if values and param not in (*TREATMENT, "checked")
    ]
    about = wording.listed(by_facet[0], "or") if len(by_facet) == 1 else "all of this"
    have = "place has" if total == 1 else "places have"
    asked_for_all = "more" in request.GET
    return SimpleNamespace(
        total=total,
        heading=f"{total:,} more {have} not told us about {about}",
        cards=found,
        says_no=matches.says_no,
        more=0 if asked_for_all else total - len(found),
        more_url=address(request, more="1") + "#also",
        pager=pager(request, also, param="more", anchor="#also") if asked_for_all else None,
    )
