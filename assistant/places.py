"""Does a message look for a place to go? Then provider search answers it, never a guess of ours.

What is shown is what /providers/ shows first at the address that stands beside it.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from django.http import QueryDict
from django.urls import reverse

from providers import wording
from providers.cards import cards
from providers.everyday import CARE, CARE_PLACES
from providers.filters import RADII, RADIUS, TREATMENT, ProviderFilter
from providers.index import index
from providers.near import State, Unclear, locate
from providers.search import matched
from providers.states import BY_NAME, STATES
from recommendations.memory import Memory
from trupaths.pages import link
from trupaths.text import fold

from .parsing import parse
from .reading import terms
from .redaction import redact

MOST = 3  # cards
ASK = "Where should we look? Type a ZIP code, or a town and its state."
ADD = "Add a ZIP code or a town to see what is near you."
CONFIRM = "Call to confirm your plan."

_FIND = re.compile(
    r"\b(?:find|where (?:can|do|could|would|should|is|are|to)|(?:any|some|what|which|good|best) "
    r"(?:\w+ )?(?:places?|clinics?|therapists?|counsell?ors?|programs?|centers?|rehabs?|groups?)"
    r"|looking for|look for|searching for|search for|who (?:offers?|does|do|has|takes?|can|treats?)"
    r"|(?:i|we|he|she|they|husband|wife|son|daughter|brother|sister|mom|dad|mother|father|friend) "
    r"(?:really |also )?(?:needs?|wants?|am in need of)|need|show me|recommend (?:an?|me|some)"
    r"|some(?:one|body|where|place)|anyone (?:who|that)|any(?:body|where)"
    r"|(?:is|are) there (?!anything|something)"
    r"|book|sign up|get (?:me |him |her )?into|(?:has|have|any) openings?|accepting|taking new)\b"
)
# Asks how things are, not where to go.
_ABOUT = re.compile(
    r"(?:^|[,.;:?!]\s*)(?:(?:hi|hello|hey|please|so|and|but|ok)[ ,]+)*"
    r"(?:how (?!(?:can|do|would) (?:i|we) (?:find|get))|why\b|does (?!any|some)|do (?!you know|any)"
    r"|can (?!you|u\b|ya\b|any|some|(?:i|we|he|she) (?:find|get|see|go))|could (?!you|any|some)"
    r"|will\b"
    r"|would\b|should\b|is (?!there|any)|are (?!there|any)"
    r"|what (?:is|are|if|happens|does|do|s)\b|what.?s\b|when\b|tell me (?:about|what))",
    re.IGNORECASE,
)
# Words of such a question that say nothing more than that it is one.
WORDS = terms(
    "find offer look place clinic center centre provider doctor group class program course "
    "nearest closest close near nearby someone book appointment session good local list accept new "
    "opening train training start need want search recommend help rehab facility hospital support "
    "specialist counselor counselling therapist hi hello thanks affordable see soon cover today "
    "hope somewhere anyone anybody anything option"
)
# What only a place has; a therapy has no payment and no parking.
_OF_PLACES = {"pay", "care", "delivery", "grouping", "access", "accepting", "language", "setting"}
# These say that care is looked for, and not dinner.
_OF_CARE = {*TREATMENT, "care", "focus", "approach", "medication"}
_CARE = (CARE | CARE_PLACES) - frozenset(
    "place places service services program programs session sessions appointment appointments "
    "care center centers facility facilities office offices specialist specialists".split()
) | frozenset("rehab rehabs shrink detox".split())
_CARE_BEGINS = ("couns", "therap", "thearp", "psych", "clinica", "terap", "psic")
_FOR_CARE = frozenset(("for", value) for value in ("dui", "justice", "violence"))
_BY_VIDEO = frozenset({("delivery", "virtual"), ("access", "telehealth")})
_SOMEWHERE = frozenset(
    "somewhere someone somebody anyone anybody anything who place places help options".split()
)
_OF_ONESELF = frozenset("i im ive my our we is am are was will wont can do does did a".split())
# What is given up last, when no place has all of it; treatments and what is left out never are.
_SOFT = ("access", "setting", "accepting", "approach", "focus", "grouping", "delivery", "language",
         "for", "age", "medication", "pay", "care")  # fmt: skip
# Where no place names one of these medicines, those that offer the therapy which gives it, or none.
_GIVES = dict.fromkeys(
    ("opioid", "methadone", "buprenorphine"), "medications-for-opioid-use-disorder"
)


@dataclass(frozen=True)
class Places:
    """What provider search has for a message.

    `search` is the address of /providers/ that shows the same. `asks`: nobody can say where to look
    yet; then there are no cards, and perhaps `choices`, each (words, message to send instead).
    """

    search: str
    total: int = 0
    cards: tuple = ()
    near: str = ""  # label of the place, "" when none is known
    said: tuple[str, ...] = ()  # what was understood, in words
    relaxed: tuple[str, ...] = ()  # what was given up to find any, in words
    choices: tuple = ()
    notes: tuple[str, ...] = ()
    asks: bool = False
    named: str = ""  # the place that was called by its name, whose listings these are


class Page(NamedTuple):
    """What `providers.cards` asks of a request: the list that cards belong to, and who sees it."""

    address: str
    visitor: Memory

    def get_full_path(self):
        return self.address


def looked_for(message, parsed=None):
    """Does it ask for places, not about a therapy? `parsed` is the message as it is read."""
    parsed, text = parsed or parse(message), fold(redact(message))
    params = {param.removeprefix("not_") for param, _ in parsed.chosen}
    left = terms(" ".join(parsed.left)) - WORDS
    of_care = bool(params & _OF_CARE) or any(map(_is_care, text.split()))
    of_care = of_care or not _FOR_CARE.isdisjoint(parsed.chosen)
    about = is_about(message)
    if parsed.near_me or (parsed.near and (not about or parsed.near.isdigit())):
        help_wanted = params or parsed.only_place or not _SOMEWHERE.isdisjoint(text.split())
        return of_care or bool(help_wanted and not left)
    if about or not of_care:
        return False
    if asks_to_find(message):
        return not left or bool(params & _OF_PLACES)
    # “Telehealth EMDR Medicare”
    alone = len(parsed.chosen) > 1 and bool(params & _OF_PLACES)
    return alone and not left and _OF_ONESELF.isdisjoint(text.split())


def is_about(message):
    """Does it ask how things are, not where to go?"""
    return bool(_ABOUT.search(message))


def asks_to_find(message):
    return bool(_FIND.search(fold(redact(message))))


def _is_care(word):
    return word in _CARE or word.startswith(_CARE_BEGINS)


def find(message, visitor=None, *, parsed=None, examples=True):
    """`Places` for a message, or for what it comes to in a talk, `parsed`. `visitor` is asked for
    the place they let us remember, if none is said. Without `examples` no example listing is
    shown, as beside words of danger."""
    visitor = visitor or Memory(looks=False)
    parsed = parsed or parse(message)
    params, kept = parsed.params, None
    if not parsed.near and (kept := visitor.place):
        params = params | {"near": kept.near, "radius": parsed.radius}
    if _nowhere(parsed) and not kept:
        return _asking(message, parsed)
    snapshot = index.current()
    asked, params, relaxed = _with_any(params, snapshot, visitor)
    found_at = address(params)
    query, ranking, matches, common = matched(asked, snapshot, visitor)
    shown = matches.ids[:MOST] if examples or not snapshot.demonstration else ()
    found = cards(
        Page(found_at, visitor),
        shown,
        query=query,
        ranking=ranking,
        common=common,
        therapy=asked.one_therapy,
        carry={"near": asked.near if asked.place else "", "therapy": _slug(asked.one_therapy)},
    )
    somewhere = asked.place or asked.state
    return Places(
        search=found_at,
        total=matches.total,
        cards=tuple(found),
        near=kept.label if kept else _label(asked),
        said=_said(asked),
        relaxed=relaxed,
        notes=tuple(_notes(parsed, somewhere)),
    )


def _nowhere(parsed):
    """Three places from all of the country help nobody, but by video they may be anywhere."""
    by_video = not _BY_VIDEO.isdisjoint(parsed.chosen)
    return parsed.asks or not (parsed.near or by_video)


def _asking(message, parsed):
    """Which town, or where at all."""
    params, place = parsed.params | {"near": "", "radius": ""}, parsed.place
    snapshot = index.current()
    asked = ProviderFilter(_query(params), snapshot)
    towns = [(label, label) for label in place.choices] if isinstance(place, Unclear) else []
    if towns and (code := BY_NAME.get(fold(parsed.near))):
        towns.insert(0, (f"{STATES[code]}, the state", code))
    return Places(
        search=address(params),
        total=snapshot.count(asked.query()),
        said=_said(asked),
        choices=tuple((label, _sent_instead(message, parsed.near, near)) for label, near in towns),
        notes=(place.sentence if isinstance(place, Unclear) else ASK,),
        asks=True,
    )


def _sent_instead(message, near, label):
    """The same message with this town in it."""
    message = redact(message)
    town = re.compile(rf"\b{re.escape(near)}\b", re.IGNORECASE)
    if town.search(message):
        return town.sub(label, message, count=1)
    return f"{message} near {label}"


def _with_any(params, snapshot, visitor):
    """(filter, parameters, what was given up in words) of the first search that finds a place:
    as it was asked, farther out, with one wish less, with ever fewer; else as it was asked."""
    first = None
    for changed, relaxed in _ways(params):
        asked = ProviderFilter(_query(changed), snapshot, leave_out=visitor.hidden)
        first = first or (asked, changed, ())
        if snapshot.count(asked.query()):
            return asked, changed, tuple(_in_words(first[0], relaxed))
    return first


def _ways(params):
    """(parameters, what was given up as parameters of the first)."""
    yield params, ()
    wider = list(_farther(params))
    yield from ((params | {"radius": radius}, (("radius", radius),)) for radius in wider)
    if medicines := [("medication", m) for m in params.get("medication", ()) if m in _GIVES]:
        therapy = [*params.get("therapy", ()), *(_GIVES[m] for _, m in medicines)]
        params = _less(params, medicines) | {"therapy": list(dict.fromkeys(therapy))}
        for changed, relaxed in _ways(params):
            yield changed, (*medicines, *relaxed)
        return
    wishes = [(p, v) for p in _SOFT for v in params.get(p, ())]
    for wish in wishes:
        yield _less(params, [wish]), (wish,)
    for n in range(1, len(wishes) + 1):
        fewer = _less(params, wishes[:n])
        yield fewer, tuple(wishes[:n])
        for radius in wider:
            yield fewer | {"radius": radius}, (("radius", radius), *wishes[:n])


def _farther(params):
    """Every wider distance, if there is a point to measure from."""
    if params["near"] and not isinstance(locate(params["near"]), State):
        values = [value for value, _ in RADII]
        yield from values[values.index(params["radius"] or RADIUS) + 1 :]


def _less(params, wishes):
    """The parameters without these values."""
    return params | {
        param: [v for v in params[param] if (param, v) not in wishes] for param, _ in wishes
    }


def _in_words(asked, relaxed):
    for param, value in relaxed:
        if param == "radius":
            miles = "any distance" if value == "any" else f"within {value} miles"
            yield f"distance: {miles}"
        else:
            yield asked.label(param, value)


def _said(asked):
    """What was understood, in words: “DBT”, “Medicaid”, “within 25 miles of Dayton, OH”."""
    pairs = [*asked.pairs, *((f"not_{param}", value) for param, value in asked.excluded_pairs)]
    where = wording.where(asked)
    return (*(asked.label(*pair) for pair in pairs), *([where] if where else []))


def _notes(parsed, somewhere):
    if parsed.insurer:
        yield CONFIRM
    if not somewhere:
        yield ADD


def _label(asked):
    if asked.place:
        return asked.place.label
    return asked.state.name if asked.state else ""


def _slug(therapy):
    return therapy.slug if therapy else ""


def address(params):
    return link(reverse("providers:list"), **params)


def _query(params):
    return QueryDict(address(params).partition("?")[2])
