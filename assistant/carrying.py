"""What a message of a talk goes on with: the therapy spoken of before, or the search made before.

“Where can I get it?”, “97214”, “only by video”, “do they take Medicaid?”, “what about Seattle?”:
each is read with the message before it, and that with its own, until one speaks of something else.
"""

import re
from dataclasses import dataclass, replace

from providers.filters import RADII, RADIUS, TREATMENT
from providers.near import Unclear

from . import asking, places
from .parsing import Parsed, parse
from .reading import Reading, terms
from .redaction import redact

_LEAD = re.compile(
    r"(?:(?:and|but|or|so|ok(?:ay)?|yes|yeah|no|hmm|sorry|thanks|please|also|then|actually|maybe|"
    r"just|only|well|rather|instead|somewhere else|i meant?|(?:what|how) about|what if|try|in|near)"
    r"\b[\s,.:;!]*)+",
    re.IGNORECASE,
)
# Asks of the places that were shown; what “it” is like, the page of the therapy says.
_OF_PLACES = re.compile(
    r"(?:(?:and|but|so|ok(?:ay)?)[\s,]+)*(?:(?:what|how) about|which"
    r"|(?:do|are|can|have|will|would|could) (?:they|any|some|those|these)"
    r"|(?:is|are|does|has) (?:there|any|one))\b",
    re.IGNORECASE,
)
_IT = re.compile(r"\b(?:it|that|this)\b", re.IGNORECASE)
_CLOSER = re.compile(r"\b(?:closer|nearer|too far|not (?:so|that|as) far)\b", re.IGNORECASE)
_FARTHER = re.compile(r"\b(?:farther|further|(?:bigger|wider|larger) area)\b", re.IGNORECASE)
# Words of such a message that ask for nothing.
_LITTLE = places.WORDS | terms(
    "anything something anywhere any some one ones those these this other else different instead "
    "actually rather still little bit more less closer nearer farther further far away wider "
    "bigger larger area available meant mean sorry result out fine also too really prefer must "
    "id better would"
)
_CARE = re.compile(r"\b(?:couns|therap|psych)", re.IGNORECASE)
_MILES = [value for value, _ in RADII]


@dataclass(frozen=True)
class Step:
    """One message: what it names, what it asks of provider search, and the search it makes or goes
    on with, None when it looks for no place. `near` is where the talk last looked."""

    reading: Reading
    parsed: Parsed
    search: Parsed | None = None
    near: str = ""


def follow(message, turns, reader):
    """The `Step` of a message after the earlier ones; `reader` knows the names of the library."""
    step = None
    for each in (*turns, message):
        found = _step(each, step, reader)
        near = (found.search and found.search.near) or (step and step.near) or ""
        step = replace(found, near=near)
    return step


def _step(message, before, reader):
    parsed, reading = parse(message), reader.question(redact(message))
    if before and not reading.therapies and asking.goes_on(reading):
        reading = _of_the_same(reading, before.reading)
    sought = places.looked_for(message, parsed)
    if before and (search := _changed(message, parsed, before, sought)):
        named = reading.therapies or reading.conditions
        return Step(reading if named else _of_the_same(reading, before.reading), parsed, search)
    if sought and not _on_its_page(parsed, reading):
        return Step(reading, parsed, _there(parsed, before))
    if len(reading.therapies) == 1 and _asks_where(message, parsed):
        (therapy,) = reading.therapies
        chosen = (("therapy", therapy.slug), *parsed.chosen)
        return Step(reading, parsed, _there(replace(parsed, chosen=chosen), before))
    return Step(reading, parsed)


def _of_the_same(reading, before):
    """“And what does it cost?” asks of the therapy of the message before."""
    return replace(reading, therapies=before.therapies) if len(before.therapies) == 1 else reading


def _on_its_page(parsed, reading):
    """“Is there a group for wives in …?” names no place, and its page answers it."""
    somewhere = parsed.near or parsed.near_me
    return not somewhere and asking.of_page(reading, asking.NEVER_PLACES)


def _asks_where(message, parsed):
    """“Where can I get it?”, “is it available near 85701?”, of the therapy spoken of."""
    if "therapy" in dict(parsed.chosen) or terms(" ".join(parsed.left)) - _LITTLE:
        return False
    return bool(_IT.search(message)) and bool(
        parsed.near or parsed.near_me or places.asks_to_find(message)
    )


def _there(parsed, before):
    """A search without a place is where the talk last looked."""
    if before and before.near and not parsed.near:
        return replace(parsed, near=before.near, near_me=False)
    return parsed


# --- a search that is changed ---------------------------------------------------------------------


def _changed(message, parsed, before, sought):
    """The search before, changed by this message; None when it is no change of it. `sought`: the
    message looks for places by itself."""
    near = parsed.near or _town(message, parsed)
    if not parsed.near and near:
        parsed = replace(parsed, near=near, left=())
    if terms(" ".join(parsed.left)) - _LITTLE or not _is_change(message, parsed):
        return None
    if not (search := before.search):
        # A place after “I cannot sleep”: what was spoken of is looked for there.
        waits = parsed.only_place and not before.parsed.near and _spoken_of(before)
        return _merged(replace(before.parsed, chosen=waits), parsed) if waits else None
    if sought and _says_whole(message, parsed):
        return None
    if (moved := _moved(message, search)) and not parsed.radius:
        parsed = replace(parsed, radius=moved)
    return _merged(search, parsed)


def _says_whole(message, parsed):
    """Does it say whole what is looked for? “Counseling groups in Seattle”, after DBT elsewhere."""
    treated = not dict(parsed.chosen).keys().isdisjoint(TREATMENT)
    return treated or bool(parsed.near and _CARE.search(message))


def _spoken_of(step):
    """What a message said that a search could ask for, and the therapy that it spoke of."""
    chosen = step.parsed.chosen
    if len(step.reading.therapies) == 1 and "therapy" not in dict(chosen):
        return (("therapy", step.reading.therapies[0].slug), *chosen)
    return chosen


def _is_change(message, parsed):
    if places.is_about(message) and not _OF_PLACES.match(message):
        return False
    moves = _CLOSER.search(message) or _FARTHER.search(message)
    return bool(parsed.chosen or parsed.near or parsed.near_me or parsed.radius or moves)


def _town(message, parsed):
    """“What about Seattle?”: a town that stands alone; "" for none."""
    lead = _LEAD.match(message)
    if parsed.chosen or not lead:
        return ""
    alone = parse(f"near {message[lead.end() :]}")
    known = alone.only_place and not (isinstance(alone.place, Unclear) and not alone.place.choices)
    return alone.near if known else ""


def _moved(message, search):
    """The next distance of the search, "" when none is asked for."""
    at = _MILES.index(search.radius or RADIUS)
    if _CLOSER.search(message):
        return _MILES[max(at - 1, 0)]
    return _MILES[min(at + 1, len(_MILES) - 1)] if _FARTHER.search(message) else ""


def _merged(search, change):
    """What is said later counts: another payment instead of the first, another town."""
    said = {param.removeprefix("not_") for param, _ in change.chosen}
    kept = [pair for pair in search.chosen if pair[0].removeprefix("not_") not in said]
    return replace(
        search,
        chosen=(*kept, *change.chosen),
        near=change.near or search.near,
        near_me=(change.near_me or search.near_me) and not (change.near or search.near),
        radius=change.radius or ("" if change.near else search.radius),
        insurer=search.insurer or change.insurer,
        left=(),
    )
