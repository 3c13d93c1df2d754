"""Ways on from a list that is empty or short, each with the count that it would bring."""

from types import SimpleNamespace

from therapies.library import library
from trupaths.pages import FIRST, address

from . import facets, wording
from .cards import cards
from .filters import RADII, TREATMENT
from .states import STATES

FEW = 4  # below this, ways to a longer list are shown
TELEHEALTH = ("access", "telehealth")  # the term by which a whole place says that it works so


def empty(request, asked, snapshot, carry, danger):
    """Ways on when nothing matches: nearest, by video, farther out, one filter less, a page."""
    place = asked.place
    topics = [*asked.therapies, *asked.conditions, *library().speaking_of(asked.words)]
    return SimpleNamespace(
        why=_why(asked),
        nearest=_nearest(request, asked, snapshot, carry) if place else None,
        online=snapshot.count(asked.query(radius=None, state="", delivery=("virtual",))),
        online_url=_online_url(request, asked, near=asked.near if asked.place else None),
        wider=_wider(request, asked, snapshot)[:3] if place else [],
        without=_without(request, asked, snapshot, danger),
        only_words=bool(asked.words) and not (asked.pairs or asked.excluded),
        treatment=any(asked.asked[param] for param in TREATMENT),
        topics=[] if danger else topics[:4],
    )


def few(request, asked, snapshot, held, danger):
    """Below a short list: what would make it longer."""
    return SimpleNamespace(
        wider=_wider(request, asked, snapshot, held=held)[:2] if asked.place else [],
        without=_without(request, asked, snapshot, danger),
    )


def _nearest(request, asked, snapshot, carry):
    """The nearest place there is; one whose place is not known is never called that."""
    query = asked.query(radius=None, sort="distance")
    nearest = snapshot.search(query).nearest
    ranking = request.visitor.ranking(asked.place, acts=False)
    found = cards(request, nearest, query=query, ranking=ranking, carry=carry)
    return found[0] if found else None


def _wider(request, asked, snapshot, *, held=0):
    """(label, address, count) of each wider circle that holds more than the one before."""
    steps = []
    for value, label in RADII:
        radius = None if value == "any" else float(value)
        if asked.within == "any" or (radius is not None and radius <= float(asked.within)):
            continue
        count = snapshot.count(asked.query(radius=radius))
        if count > (steps[-1][2] if steps else held):
            label = f"Within {label}" if radius else label
            steps.append((label, address(request, radius=value, **FIRST), count))
    return steps


def _without(request, asked, snapshot, danger):
    """(label, address, count) of what taking one filter off would bring."""
    pairs = [pair for pair in asked.pairs if pair[0] not in TREATMENT]  # never widened silently
    pairs += [(f"not_{param}", value) for param, value in asked.excluded_pairs]
    steps = [
        (asked.label(param, value), facets.without_url(request, asked, param, value), count)
        for param, value in pairs
        if (count := snapshot.count(asked.query(**asked.without(param, value))))
    ]
    if asked.words and not danger and (count := snapshot.count(asked.query(words=()))):
        steps.append((asked.text, address_of(request, asked, q=None), count))
    return steps


def online(request, asked, snapshot):
    """Who works by video in the visitor's state, however far; else who has sessions that way."""
    code = asked.state.code if asked.state else asked.place.state if asked.place else ""
    if not code:
        return None
    near = STATES[code]
    count = snapshot.count(asked.query(radius=None, state=code, delivery=("virtual",)))
    if not count:
        return _telehealth(request, asked, snapshot, code)
    if "virtual" in asked.asked["delivery"]:
        return None
    works = "works" if count == 1 else "work"
    return SimpleNamespace(
        sentence=f"{wording.places(count)} in {near} {works} by video, however far",
        ask="",
        url=_online_url(request, asked, near=near),
    )


def _telehealth(request, asked, snapshot, code):
    """The places that have sessions by phone or video, though they do not say of what."""
    facet, slug = TELEHEALTH
    if asked.asked[facet] or slug not in asked.known[facet]:
        return None
    changes = asked.with_only(facet, slug, but="delivery")
    count, near = snapshot.count(asked.query(**changes, radius=None, state=code)), STATES[code]
    if not count:
        return None
    verbs = [asked.phrase(facet, slug, plural=count != 1)]
    ask = ""
    if any(asked.asked[param] for param in TREATMENT):
        verbs.insert(0, f"{'offers' if count == 1 else 'offer'} {_treatment(asked)}")
        ask = "Ask whether this one is."
    return SimpleNamespace(
        sentence=f"{count:,} in {near} {wording.listed(verbs)}",
        ask=ask,
        url=address_of(request, asked, near=near, radius="any", delivery=None, **{facet: [slug]}),
    )


def _treatment(asked):
    return wording.what(asked) if asked.therapies else wording.inside(wording.what(asked))


def _why(asked):
    """Why nothing matches, in a sentence."""
    where = wording.where(asked)
    here, chosen = where or "here", {param: v for param, v in asked.asked.items() if v}
    things = len(chosen) + len(asked.excluded) + bool(asked.words)
    if not things:
        return f"No place is listed {here} yet."
    if things > 1:
        return f"No place {here} has all of this."
    if asked.excluded or asked.words:
        return f"No place {here} is left."
    if "checked" in chosen:
        since = wording.inside(asked.label("checked", *chosen["checked"]))
        return f"No place {here} was {since}."
    if any(param in chosen for param in TREATMENT):
        return f"No place {here} says it offers {_treatment(asked)} yet."
    ((param, values),) = chosen.items()
    does = wording.listed((asked.phrase(param, value) for value in values), "or")
    return f"No place {here} says it {does}."


def _online_url(request, asked, *, near):
    return address_of(request, asked, near=near, radius="any", delivery=["virtual"])


def address_of(request, asked, **changes):
    """This search with what was typed for filters and place as parameters, and with changes."""
    if asked.understood.pieces:
        as_typed = {"q": asked.text or None, "near": asked.near or None}
        left_out = {f"not_{p}": v for p, v in asked.excluded.items() if v}
        if asked.understood.radius:
            as_typed["radius"] = asked.within
        changes = as_typed | {p: v for p, v in asked.asked.items() if v} | left_out | changes
    return address(request, **FIRST, **changes)
