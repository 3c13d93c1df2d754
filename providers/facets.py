"""Facets with their counts, chips that take one away, and those who have not told us."""

from types import SimpleNamespace

from trupaths.pages import address

from .filters import FACETS, OPEN

FIRST = 4


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
        first=options[:FIRST],
        more=options[FIRST:],
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
    changes = {param: [kept for kept in asked.asked[param] if kept != value], "page": None}
    if asked.understood == (param, value):
        changes["q"] = None
    return address(request, **changes)


def unstated(request, asked, matches, found, *, show):
    """The second group: they offer the rest, and have not told us about what was asked."""
    total = len(matches.unstated)
    if not (total or matches.says_no) or not show:
        return None
    labels = [
        asked.label(param, value)
        for param, values in asked.asked.items()
        for value in values
        if param not in ("therapy", "condition")
    ]
    about = f"about {labels[0]}" if len(labels) == 1 else "about all of this"
    have = "place has" if total == 1 else "places have"
    return SimpleNamespace(
        total=total,
        heading=f"{total:,} more {have} not told us {about}",
        cards=found,
        says_no=matches.says_no,
        more_url=address(request, more="1") + "#also" if total > len(found) else "",
        more=total - len(found),
    )
