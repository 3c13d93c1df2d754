"""The made-up places: one for each slot on the map."""

from dataclasses import replace

from . import kinds, names, sentences
from .offers import offers
from .shapes import Chance, Example
from .tables import OPENNESS, SAID_NOTES, STATED, YES
from .towns import slots

# Every so many places, unless a slot must offer the course.
BY_VIDEO_EVERY, SHELTER_EVERY = 15, 31
BARE_SHARE = 0.07

# States with organizations, and how many places each of these has.
ORGANIZATIONS = {
    "CA": (5, 3, 2), "NY": (4, 2), "FL": (4, 2), "TX": (5, 2), "IL": (3, 2), "PA": (4, 2),
    "WA": (3,), "NC": (3,), "MA": (2,), "GA": (3,), "MN": (3,), "AZ": (2,), "MO": (3,), "NJ": (4,),
    "MI": (3,), "VA": (2,), "CO": (2,), "NM": (2,), "PR": (2,),
}  # fmt: skip
IN_ORGANIZATIONS = ("Outpatient clinic", "Community clinic", "Intensive outpatient program",
                    "Hospital program")  # fmt: skip


def invent(here, written):
    """An `Example` for each slot, in the order of the slots."""
    planned = slots(here, written)
    members = _members(planned)
    turn = {"setting": 0, "ending": 0, "ward": 0, "video": 0, "shelter": 0}
    return [_place(slot, number, members.get(number), turn) for number, slot in enumerate(planned)]


def _members(planned):
    """Which slots belong to an organization: (its number, its kind, its site) by slot."""
    found, made = {}, 0
    for state, sizes in ORGANIZATIONS.items():
        free = [number for number, slot in enumerate(planned) if slot.point.state == state]
        free = [number for number in free if not _special(planned[number], number)]
        for size in sizes:
            kind = IN_ORGANIZATIONS[made % len(IN_ORGANIZATIONS)]
            spread = free[:: max(1, min(3, len(free) // size))][:size]
            for site, number in zip(names.SITES, spread, strict=False):
                found[number] = (made, kind, site)
            free = [number for number in free if number not in found]
            made += 1
    return found


def _special(slot, number):
    """The kind of a place that is by video only, or a shelter."""
    if slot.course:
        return None
    if number % BY_VIDEO_EVERY == 4:
        return kinds.BY_VIDEO
    return kinds.SHELTER if number % SHELTER_EVERY == 7 else None


def _place(slot, number, member, turn):
    chance = Chance(f"place {number} in {slot.point.zip}")
    special = _special(slot, number)
    kind = special or _kind(slot, member, chance)
    bare = not (special or member or slot.course) and chance.draw() < BARE_SHARE
    name, organization, short = _name(number, member, kind, chance)
    summary, yes, no = ("", (), ()) if bare else _summary(kind, chance, turn)
    yes, no = _terms(kind, {*kind.yes, *yes}, {*kind.no, *no}, bare, chance)
    place = Example(
        name,
        kind.name,
        slot.point.name,
        slot.point.zip,
        summary,
        _offers(slot, kind, bare, yes, chance),
        organization=organization,
        yes=tuple(sorted(yes)),
        no=tuple(sorted(no)),
        silent=tuple(YES),  # all else: nothing more is drawn
        notes=_notes(yes, chance),
        hours=_hours(kind, bare, chance),
        confidential=kind is kinds.SHELTER,
        short=short,
    )
    if bare:
        return replace(place, bare=True, checked={})
    if kind is kinds.BY_VIDEO:
        return replace(place, street="")
    if chance.draw() < 0.2:
        return replace(place, description=chance.pick(sentences.DESCRIPTIONS))
    return place


def _kind(slot, member, chance):
    if member:
        return next(kind for kind in kinds.KINDS if kind.name == member[1])
    while True:
        weights = [kind.country if slot.rural else kind.city for kind in kinds.KINDS]
        kind = kinds.KINDS[chance.weighted(weights)]
        if not slot.course or _may_give_the_course(kind):
            return kind


def _may_give_the_course(kind):
    return kind.offers[0] and not kind.staying


def _name(number, member, kind, chance):
    """Its own name, that of its organization, and what stands in its address."""
    if member:
        # Counted down from far ahead, so that no place has the same pair.
        pair, site = names.pair(3000 - member[0]), member[2]
        organization = f"{pair} {kind.endings[0]}"
        return f"{organization} {site}", organization, f"{pair} {site}"
    pair = names.pair(number)
    return f"{pair} {chance.pick(kind.endings)}", "", pair


# --- words ----------------------------------------------------------------------------------


WHOLE = {
    kinds.BY_VIDEO: (sentences.VIDEO, "video"),
    kinds.SHELTER: (sentences.SHELTER, "shelter"),
}


def _summary(kind, chance, turn):
    """One sentence, and the terms it says yes and no to."""
    if kind in WHOLE:
        part = _next(*WHOLE[kind], turn, kind)
        return part.text, part.yes, part.no
    settings = kind.settings
    setting = _next(settings, "ward" if settings is sentences.WARDS else "setting", turn, kind)
    ending = _next(sentences.ENDINGS, "ending", turn, kind)
    text = f"{chance.pick(kind.people)} {setting.text}{ending.text}."
    # Where both speak of one thing, the ending has the last word.
    yes = ({*setting.yes} - {*ending.no}) | {*ending.yes}
    return text, yes, ({*setting.no} - {*ending.yes}) | {*ending.no}


def _next(parts, name, turn, kind):
    """The next of a list that fits, round and round: what was just used comes last."""
    while True:
        part = parts[turn[name] % len(parts)]
        turn[name] += 1
        if part.fits(kind):
            return part


def _hours(kind, bare, chance):
    if kind is kinds.SHELTER:
        return sentences.ANY_HOUR
    return "" if bare or chance.draw() < 0.14 else chance.pick(sentences.HOURS)


def _notes(yes, chance):
    found = {}
    for term in sorted(yes):
        if term in SAID_NOTES and chance.draw() < 0.15:
            found[term] = chance.pick(SAID_NOTES[term])
    return found


# --- terms and therapies --------------------------------------------------------------------


def _terms(kind, yes, no, bare, chance):
    """What the place says yes and no to. The rest it has not stated."""
    if bare:
        return {term for term in ("language.en", "age.adults") if chance.draw() < 0.4} - no, set()
    billed = any(term.startswith("pay.") and term != "pay.free" for term in yes)
    openness = OPENNESS[chance.weighted([share for share, _ in OPENNESS])][1]
    for term, share in YES.items():
        stated, agrees = chance.draw(), chance.draw()
        facet = term.partition(".")[0]
        if term in yes or term in no or term in kind.silent:
            continue
        if stated * 100 < STATED[facet] * openness:
            agrees = agrees * 100 < share and not (billed and term == "pay.free")
            (yes if agrees else no).add(term)
    if "pay.free" in yes:  # no bill, so nothing else about paying
        yes = {term for term in yes if not term.startswith("pay.") or term == "pay.free"}
        no = {term for term in no if not term.startswith("pay.")}
    return yes, no


def _offers(slot, kind, bare, yes, chance):
    therapies = [
        therapy
        for therapy, share in zip(kinds.THERAPIES, kind.offers, strict=True)
        if chance.draw() < share or (slot.course and therapy == kinds.MBSR)
    ]
    if not therapies and not bare and chance.draw() < 0.8:
        therapies = [kinds.THERAPIES[kind.offers.index(max(kind.offers))]]
    speaks = {"language.es": "Spanish", "language.zh": "Chinese", "language.vi": "Vietnamese"}
    spoken = [name for term, name in speaks.items() if term in yes]
    alike = {
        "by_video": kind is kinds.BY_VIDEO,
        "bare": bare,
        "free": "pay.free" in yes,
        "languages": ", ".join(["English", *spoken]) if spoken else "",
    }
    found = offers(kind, therapies, chance, sure=kinds.MBSR if slot.course else "", **alike)
    if bare:
        return found
    others = [
        therapy
        for therapy, shares in kinds.OTHERS.items()
        if chance.draw() < shares.get(kind.name, 0)
    ]
    return found + offers(kind, others, chance, sure="", **alike)
