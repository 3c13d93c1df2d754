"""One example place, added up part by part: the sums of the public sheet on a marked example.

Nothing of it is written by hand: the search is made here, the ranking gives the sum, its parts and
the reasons. Real places are never shown with a sum, so without examples there is none.
"""

from types import SimpleNamespace

import numpy as np
from django.utils import timezone

from providers.cards import listings
from providers.index import index
from providers.models import Provider, Term
from providers.query import Query
from therapies.library import library

from .ranking import Ranking, Signal


def worked_example():
    """What templates/recommendations/_worked.html shows, or None; made once a day and index."""
    snapshot, library_, today = index.current(), library(), timezone.localdate()
    key = library_.version, today
    if getattr(snapshot, "_worked", (None,))[0] != key:
        snapshot._worked = key, _made(snapshot, library_.pool, today)
    return snapshot._worked[1]


def _made(snapshot, pool, today):
    """For someone who saved the first example and looks near it for places paid in the same way."""
    examples = Provider.objects.published().filter(demonstration=True, lat__isnull=False)
    saved = examples.order_by("pk").first()
    if saved is None or snapshot.point(saved.pk) is None:
        return None
    here = snapshot.candidates([saved.pk], Query(pool=pool))
    payment = [t for t in snapshot.by_facet.get(Term.Facet.PAY, ()) if here.says(t.pk)[0]]
    lat, lon = snapshot.point(saved.pk)
    query = Query(
        pool=pool,
        lat=lat,
        lon=lon,
        home=saved.state,
        leave_out=(saved.pk,),
        terms=((Term.Facet.PAY, (payment[0].pk,)),) if payment else (),
    )
    ranking = Ranking(
        [Signal("saved", ("provider", saved.pk), saved.name)], today=today, origin=saved.name
    )
    ids = [int(key) for key in snapshot.search(query, scorer=ranking).ids[:1]]
    place = listings(ids).get(ids[0]) if ids else None
    if place is None or not place.demonstration:
        return None
    seen = snapshot.candidates(ids, query)
    reasons, parts = ranking.reasons(seen)[0], ranking.parts(seen)
    rows = [
        SimpleNamespace(
            title=title,
            adds=float(np.sum(parts.get(part, 0))),  # of this one place
            reasons=[each.text for each in reasons if _part(each) == part],
        )
        for part, title in TITLES.items()
    ]
    return SimpleNamespace(
        saved=saved,
        payment=payment[0] if payment else None,
        place=place,
        rows=rows,
        total=float(ranking.score(seen)[0]),
    )


TITLES = {
    "distance": "How near it is",
    "filters": "What you asked for",
    "likeness": "How alike it is",
    "fresh": "How fresh the facts are",
}


def _part(reason):
    """The part that a reason is of."""
    act, _ = reason.signal
    return {"distance": "distance", "asked": "filters"}.get(act, "likeness")
