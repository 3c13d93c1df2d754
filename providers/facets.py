"""Facets with their counts, chips that take one away, and those who have not told us."""

from types import SimpleNamespace

from trupaths.pages import FIRST, address, page_of, pager

from . import wording
from .filters import FACETS, OPEN

IN_SIGHT = 4
PAGE = 20
FEW = 3  # of those who have not told us, until a visitor asks for all


def facets(asked, counts):
    return [_facet(asked, counts, param, title) for param, title in FACETS]


def _facet(asked, counts, param, title):
    ticked = asked.asked[param]
    options = [
        SimpleNamespace(
            value=value,
            label=label,
            meaning=meaning,
            count=counts.get((param, key), 0),
            checked=value in ticked,
            # Nobody is led into an empty page, yet what is ticked can be unticked.
            disabled=not counts.get((param, key), 0) and value not in ticked,
        )
        for value, key, label, meaning in asked.options(param)
    ]
    # What is ticked is always in sight.
    options.sort(key=lambda option: not option.checked)
    return SimpleNamespace(
        param=param,
        title=title,
        open=param in OPEN or bool(ticked),
        now=", ".join(option.label for option in options if option.checked),
        options=options,
        first=options[:IN_SIGHT],
        more=options[IN_SIGHT:],
    )


def chips(request, asked):
    return [
        SimpleNamespace(
            label=asked.label(param, value), url=without_url(request, asked, param, value)
        )
        for param, values in asked.asked.items()
        for value in values
    ]


def without_url(request, asked, param, value):
    """This search without one value. What was understood from the words takes them along."""
    changes = {param: [kept for kept in asked.asked[param] if kept != value], **FIRST}
    if asked.understood == (param, value):
        changes["q"] = None
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
        if values and param not in ("therapy", "condition")
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
