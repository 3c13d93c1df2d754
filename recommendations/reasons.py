"""The parts of a score, in words. A part that moved nothing gives no reason."""

from dataclasses import dataclass

import numpy as np

from providers import wording
from therapies.library import library

from .space import space_of

MOST = 3
MOVES = 0.01  # scores are rounded to this: less than it orders nothing

ICONS = {"pay": "card", "care": "heart"}


@dataclass(frozen=True)
class Reason:
    icon: str
    text: str
    adds: float = 0.0


def of(ranking, candidates, *, common=frozenset()):
    """For each candidate, at most three Reasons, strongest first; none for what is common."""
    found = [[] for _ in candidates.rows]
    for key, adds in ranking.parts(candidates).items():
        if key == "fresh":
            continue
        if key != "distance" and _thing(key) in common:
            continue
        for n in np.flatnonzero(adds >= MOVES):
            if text := _text(key, ranking, candidates, int(n)):
                found[n].append(Reason(_icon(key, candidates), text, float(adds[n])))
    return [sorted(each, key=lambda r: -r.adds)[:MOST] for each in found]


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


def _thing(key):
    """The feature that a part of the score is about."""
    return key[1].thing if key[0] == "alike" else key[1]


def _text(key, ranking, candidates, n):
    if key == "distance":
        away = wording.away(candidates, n)
        return f"{_capital(away)} from {ranking.origin}" if away else ""
    part, what = key
    if part == "asked":
        return (
            f"{_capital(phrase(what, candidates.snapshot))}, as you asked"
            if candidates.has(what)[n]
            else f"Does not say whether it {phrase(what, candidates.snapshot)}: ask"
        )
    if what.thing[0] == "provider":
        return _alike(what, candidates, n)
    if not candidates.has(what.thing)[n] or not phrase(what.thing, candidates.snapshot):
        return ""
    return f"{_capital(phrase(what.thing, candidates.snapshot))}, {_act(what)}"


def _alike(signal, candidates, n):
    """“Like Larch House, which you saved: both run groups”, by the rarest things they share."""
    provider_id = signal.thing[1]
    if candidates.ids[n] == provider_id:
        return "You saved it" if signal.act == "saved" else ""
    space, snapshot = space_of(candidates.snapshot), candidates.snapshot
    pair = np.array([*snapshot.columns.rows_of([provider_id]), candidates.rows[n]])
    both = space.has(pair).all(axis=0)
    rarest = sorted(np.flatnonzero(both), key=lambda f: -space.idf[f])
    similar = signal.act == "similar"
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
        "saved-therapy": "which you saved",
        "explored": "which you opened" if signal.age else "which you just opened",
        "filter": "a filter you used",
    }[signal.act]


def _icon(key, candidates):
    if key == "distance":
        return "pin"
    signal = key[1] if key[0] == "alike" else None
    if signal is not None and signal.act.startswith("saved"):
        return "save"
    kind, value = signal.thing if signal else key[1]
    if kind == "term" and value in candidates.snapshot.terms:
        return ICONS.get(candidates.snapshot.terms[value].facet, "sliders")
    return {"grouping": "users", "provider": "book", "therapy": "book"}.get(kind, "sliders")


def _capital(text):
    return text[:1].upper() + text[1:]
