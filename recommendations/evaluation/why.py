"""Are the reasons true, and are there enough of them?"""

from dataclasses import replace

from .measures import TOP


def unasked(query, thing):
    """The query of a visitor who did not ask for this: a thing, or "distance"."""
    if thing == "distance":
        return replace(query, lat=None, lon=None, radius=None)
    kind, value = thing
    terms = ((facet, tuple(v for v in values if v != value)) for facet, values in query.terms)
    kept = {
        name: tuple(v for v in query.of_service[name] if v != value) for name in query.of_service
    }
    if kind == "term":
        return replace(query, terms=tuple(each for each in terms if each[1]))
    return replace(query, **({kind: kept[kind]} if kind in kept else {}))


def falls(snapshot, ranking, query, provider_id, reason):
    """How much the score of a place falls when the signal of a reason goes, scored anew."""
    _, thing = reason.signal
    before = snapshot.candidates([provider_id], query)
    after = snapshot.candidates([provider_id], unasked(query, thing))
    return float(ranking.score(before)[0] - ranking.without(thing).score(after)[0])


def held(formula, visitors):
    """Of the first ten cards of each visitor who gave two signals: how many have two reasons, and
    of all reasons how many are of a signal without which the score falls."""
    snapshot = formula.world.snapshot
    cards = two = checked = true = 0
    for visitor in visitors:
        if (visitor.point is not None) + len(visitor.filters) + len(visitor.viewed) < 2:
            continue
        ranking, query = formula.asked(visitor)
        query, _ = ranking.gated(snapshot, query)
        ids = snapshot.search(query, scorer=ranking).ids[:TOP].tolist()
        for key, why in zip(ids, ranking.reasons(snapshot.candidates(ids, query)), strict=True):
            cards += 1
            two += len(why) > 1
            checked += len(why)
            true += sum(falls(snapshot, ranking, query, key, reason) > 0 for reason in why)
    return {
        "cards": cards,
        "two": two / max(cards, 1),
        "checked": checked,
        "true": true / max(checked, 1),
    }
