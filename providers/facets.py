"""Facets with their counts, chips that take one away, and those who have not told us."""

from types import SimpleNamespace

from trupaths.pages import FIRST, address, page_of, pager

from . import wording
from .filters import CHECKED, FACETS, RADII, TREATMENT, since_day

IN_SIGHT = 4
PAGE = 20
FEW = 3  # of those who have not told us, until a visitor asks for all
OPEN = {"pay", "accepting", "delivery", "grouping", "care"}  # where an option finds somebody


def facets(asked, snapshot, matches):
    """All facets that have options, in order, each option with what it would leave."""
    found, counts = [], dict(matches.counts)
    for param, title in FACETS:
        if param == "checked":
            counts |= _checked(asked, snapshot)
        options = asked.options(param)
        if options:
            found.append(_facet(asked, counts, matches.untold, param, title, options))
        if param == "condition" and asked.place:
            found.append(_distance(asked, snapshot))
    return found


def _facet(asked, counts, untold, param, title, options):
    ticked, out = asked.asked[param], asked.excluded.get(param, ())
    shown = [
        SimpleNamespace(
            value=value,
            label=label,
            meaning=meaning,
            count=counts.get((param, key), 0),
            checked=value in ticked,
            excluded=value in out,
            # Nobody is led into an empty page: with 0 it may show those who have not told us.
            disabled=not counts.get((param, key))
            and (param, key) not in untold
            and value not in ticked,  # what is ticked can be unticked
        )
        for value, key, label, meaning in options
    ]
    # What is ticked is always in sight; then what finds somebody.
    shown.sort(key=lambda option: (not option.checked, not option.count))
    return SimpleNamespace(
        param=param,
        title=title,
        one=param == "checked",
        open=bool(ticked or out) or (param in OPEN and any(option.count for option in shown)),
        now=", ".join(option.label for option in shown if option.checked),
        options=shown,
        first=shown[:IN_SIGHT],
        more=shown[IN_SIGHT:],
        meanings=[option for option in shown if option.meaning],
        out=bool(out),
    )


def meanings(asked, param):
    """What each option of a facet means and whether it is left out; None where there is none."""
    options = asked.options(param) if param in dict(FACETS) else ()
    out = asked.excluded.get(param, ())
    meant = [
        SimpleNamespace(value=value, label=label, meaning=meaning, excluded=value in out)
        for value, _, label, meaning in options
        if meaning
    ]
    if not meant:
        return None
    return SimpleNamespace(param=param, title=dict(FACETS)[param], meanings=meant)


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
    since = {days: since_day(int(days)) for days, _ in CHECKED}
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
    asked_for_all = "more" in request.GET
    if page.has_next() and not asked_for_all:
        return None
    return page_of(matches.unstated, request.GET.get("more"), PAGE if asked_for_all else FEW)


def unstated(request, asked, matches, also, found):
    """The second group: who has not told us about what was asked; without cards, in one line."""
    total = len(matches.unstated)
    if not (total or matches.says_no):
        return None
    by_facet = [
        [asked.phrase(param, value, plural=total != 1) for value in values]
        for param, values in asked.asked.items()
        if values and param not in (*TREATMENT, "checked")
    ]
    about = "about all of this"
    if len(by_facet) == 1:
        about = f"whether {'it' if total == 1 else 'they'} {wording.listed(by_facet[0], 'or')}"
    have = "place has" if total == 1 else "places have"
    asked_for_all = also is not None and "more" in request.GET
    return SimpleNamespace(
        total=total,
        heading=f"{total:,} more {have} not told us {about}",
        rest=_rest(asked, by_facet, total),
        cards=found,
        says_no=matches.says_no,
        more=0 if asked_for_all else total - len(found),
        more_url=address(request, more="1") + "#also",
        pager=pager(request, also, param="more", anchor="#also") if asked_for_all else None,
    )


def _rest(asked, by_facet, total):
    """What those who have not told us did say of the rest, if more was asked for."""
    if len(by_facet) > 1:
        return f"{'It says' if total == 1 else 'They say'} no to none of it."
    if any(asked.asked[param] for param in TREATMENT):
        return f"{'It offers' if total == 1 else 'They offer'} the rest of what you asked for."
    return ""
