"""Why a place stands where it does, in words: signals without which its score would be lower."""

from dataclasses import dataclass

import numpy as np

from providers import wording
from providers.states import STATES
from therapies.library import library

from .space import video

MOST = 3
MOVES = 0.003  # scores are rounded to 0.01: a third of it may still decide between two
LIKE = 0.35  # how alike a place must be to one that was saved or opened to be called like it

ICONS = {"pay": "card", "care": "heart"}


@dataclass(frozen=True)
class Reason:
    """`adds` is how much lower the score would be without `signal`: (act, thing).

    The act is "distance", "asked" for what this search asks, or one of `ranking.ACTS`.
    """

    icon: str
    text: str
    adds: float = 0.0
    signal: tuple = ()


def of(ranking, candidates, *, common=frozenset()):
    """For each candidate, at most three Reasons, strongest first; none for what is common."""
    found = [[] for _ in candidates.rows]
    acts = _acts(ranking, candidates.query)
    by_video = ranking.by_video(candidates)
    for thing, fall in ranking.falls(candidates).items():
        if thing in common:
            continue
        for n in np.flatnonzero(fall >= MOVES).tolist():
            if thing == "distance":
                text = "" if by_video[n] else _distance(ranking, candidates, n)
            else:
                text = _text(thing, acts[thing], ranking, candidates, n, by_video[n])
            if text:
                act = "distance" if thing == "distance" else acts[thing].act
                icon = _icon(thing, act, candidates.snapshot)
                found[n].append(Reason(icon, text, float(fall[n]), (act, thing)))
    return [sorted(each, key=lambda r: -r.adds)[:MOST] for each in found]


def _acts(ranking, query):
    """Thing -> the Signal that weighs most for it; what is asked for weighs more than any."""
    acts = {}
    for signal in sorted(ranking.signals, key=lambda signal: -signal.weight):
        acts.setdefault(signal.thing, signal)
    for thing in ranking.wants:
        acts.setdefault(thing, Asked("filter", thing))
    asked = (thing for thing in query.things() if thing not in ranking.wants)
    return acts | {thing: Asked("asked", thing) for thing in asked}


@dataclass(frozen=True)
class Asked:
    """Something asked for, which stands beside the acts."""

    act: str
    thing: tuple
    name: str = ""
    age: int = 0


def in_common(ranking, snapshot, things):
    """What all have of what was saved, opened or filtered: “offer MBSR, which you saved”.

    It is said once for the list, not on each card.
    """
    acts = {}
    for signal in ranking.signals:
        if signal.thing in things and (text := phrase(signal.thing, snapshot, plural=True)):
            acts.setdefault(text, _act(signal))
    return [f"{text}, {act}" for text, act in acts.items()]


def moved_by(ranking, query):
    """What decides the best order, as it is: “distance”, “what you saved”."""
    if query.located:
        yield "distance"
    if any(len(values) > 1 for _, values in query.terms):
        yield "what you asked for"
    acts = {signal.act for signal in ranking.signals}
    if acts & {"saved", "saved-therapy"}:
        yield "what you saved"
    if "explored" in acts:
        yield "what you opened"
    if "filter" in acts:
        yield "filters you used"
    if "not-for-me" in acts:
        yield "what you said is not for you"


def _distance(ranking, candidates, n):
    away = wording.away(candidates, n)
    return f"{_capital(away)} from {ranking.origin}" if away and ranking.origin else _capital(away)


def _text(thing, signal, ranking, candidates, n, by_video):
    if thing[0] == "provider":
        return _alike(signal, ranking, candidates, n)
    says = phrase(thing, candidates.snapshot)
    if not says:
        return ""
    if by_video and thing in video(candidates.snapshot):
        return f"Sees people in {STATES[candidates.query.home]} by video, {_act(signal)}"
    if candidates.has(thing)[n]:
        return f"{_capital(says)}, {_act(signal)}"
    if thing[0] == "term" and candidates.says(thing[1], "no")[n]:
        return ""
    return f"Does not say whether it {says}: ask"


def _alike(signal, ranking, candidates, n):
    """“Like Larch House, which you saved: both run groups”, by the rarest things they share."""
    provider_id = signal.thing[1]
    if candidates.ids[n] == provider_id:
        return "You saved it" if signal.act == "saved" else ""
    if signal.weight < 0:  # it stands here for being unlike that place: no one asked to hear it
        return ""
    space, snapshot = ranking.space(candidates), candidates.snapshot
    pair = np.array([*snapshot.columns.rows_of([provider_id]), candidates.rows[n]])
    one, other = space.vectors(pair)
    similar = signal.act == "similar"
    if one @ other < LIKE and not similar:
        return ""
    both = space.has(pair).all(axis=0)
    rarest = sorted(np.flatnonzero(both), key=lambda f: -space.idf[f])
    phrases = [phrase(space.features[f], snapshot, plural=not similar) for f in rarest]
    phrases = [text for text in phrases if text][:2]
    if not phrases:
        return ""
    if similar:
        return f"Also {wording.listed(phrases)}"
    verb = "saved" if signal.act == "saved" else "opened"
    return f"Like {signal.name}, which you {verb}: both {wording.listed(phrases)}"


def phrase(thing, snapshot, *, plural=False):
    """“takes Medicaid”, “offers MBSR”, “runs groups”; the plural follows “both” or “all”."""
    kind, value = thing
    if kind == "term":
        term = snapshot.terms.get(value)
        return "" if term is None else (term.phrase_plural if plural else term.phrase)
    if kind == "therapy":
        therapy = library().by_id.get(value)
        return "" if therapy is None else f"{'offer' if plural else 'offers'} {therapy.short_name}"
    return wording.PHRASES[value][plural]


def _act(signal):
    return {
        "asked": "as you asked",
        "saved-therapy": "which you saved",
        "explored": "which you opened" if signal.age else "which you just opened",
        "filter": "a filter you used",
    }[signal.act]


def _icon(thing, act, snapshot):
    if act == "distance":
        return "pin"
    if act.startswith("saved"):
        return "save"
    kind, value = thing
    if kind == "term":
        return ICONS.get(snapshot.terms[value].facet, "sliders")
    return {"grouping": "users", "provider": "book", "therapy": "book"}.get(kind, "sliders")


def _capital(text):
    return text[:1].upper() + text[1:]
