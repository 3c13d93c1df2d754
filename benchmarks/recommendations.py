"""Ranking at 100,000 places inside the index, and the page of suggestions at 20,000.

`python -m benchmarks recommendations [--sizes 20000,100000]`. Visitors saved three places, opened
eight, used three filters; some say where they are, some do not.
"""

import gc
import time
from datetime import date
from statistics import median

import numpy as np
from django.core.management import call_command
from django.test import Client

from providers.index import index
from providers.models import Place, Provider
from providers.query import Query
from recommendations.ranking import ALIKE, Ranking, Signal, space_of

from . import world
from .search import BIG

DAY = date(2026, 11, 26)
SAVED, OPENED, FILTERS = 3, 8, 3


def run(size, *, rounds):
    _, terms = world.make(size, full=size <= 20_000)
    snapshot = index.current()
    index.current = lambda: snapshot  # the clock is asked once a second; here it stands still
    began = time.process_time()
    space = space_of(snapshot)
    print(
        f"\n{size:,} places, {len(space.features)} features; made into vectors in "
        f"{1000 * (time.process_time() - began):.0f} ms, {space.codes.nbytes // size} bytes a place"
    )
    print(f"  {'CPU ms':34}{'p50':>8}{'p95':>8}")
    for name, asked in visitors(snapshot, terms, rounds).items():
        show(name, timed([lambda each=each: ranked(snapshot, *each) for each in asked]))
    if size <= 20_000:
        pages(terms, rounds)


def visitors(snapshot, terms, rounds):
    """Name -> (ranking, query) of each visitor, each new: nothing of another is at hand."""
    chance = np.random.default_rng(3)
    towns = Place.objects.filter(kind="town")
    big = [towns.filter(name=name).first() for name in BIG]
    small = list(towns.filter(population__range=(1, 9000)).order_by("pk")[:2000])
    rural = [small[int(k)] for k in chance.integers(0, len(small), rounds)]
    everywhere = [None] * rounds
    return {
        "in a city": [visitor(snapshot, terms, chance, big[n % len(big)]) for n in range(rounds)],
        "away from cities": [visitor(snapshot, terms, chance, place) for place in rural],
        "no place given": [visitor(snapshot, terms, chance, place) for place in everywhere],
        "similar places": [similar(snapshot, chance) for _ in range(rounds)],
    }


def visitor(snapshot, terms, chance, place):
    ids = [int(key) for key in chance.choice(snapshot.ids, SAVED + OPENED, replace=False)]
    wants = [("term", terms[int(n)].pk) for n in chance.integers(0, 60, FILTERS)]
    acts = [
        *(Signal("saved", ("provider", key)) for key in ids[:SAVED]),
        *(Signal("explored", ("provider", key)) for key in ids[SAVED:]),
        *(Signal("filter", thing) for thing in wants),
    ]
    where = {} if place is None else {"lat": place.lat, "lon": place.lon, "home": place.state}
    return Ranking(acts, today=DAY, wants=wants), Query(leave_out=tuple(ids[:SAVED]), **where)


def similar(snapshot, chance):
    key = int(chance.choice(snapshot.ids))
    lat, lon = snapshot.point(key)
    acts = [Signal("similar", ("provider", key))]
    return Ranking(acts, today=DAY, weights=ALIKE), Query(lat=lat, lon=lon, leave_out=(key,))


def ranked(snapshot, ranking, query):
    """What a page does in the index: conditions, the order, ten places."""
    query, _ = ranking.gated(snapshot, query)
    return snapshot.search(query, scorer=ranking).ids[:10]


def timed(acts, warm=3):
    for act in acts[:warm]:
        act()
    times = []
    gc.disable()
    for act in acts:
        began = time.process_time()
        act()
        times.append(1000 * (time.process_time() - began))
    gc.enable()
    return times


def show(name, times):
    print(f"  {name:34}{median(times):8.2f}{np.percentile(times, 95):8.2f}", flush=True)


def pages(terms, rounds):
    """/recommendations/ of a visitor who said yes, through all middleware."""
    call_command("collectstatic", interactive=False, verbosity=0)
    client = Client(headers={"host": "127.0.0.1", "Sec-Fetch-Site": "same-origin"})
    pay = next(term.slug for term in terms if term.facet == "pay")
    client.post("/recommendations/choice/", {"act": "yes", "pay": pay})
    places = list(Provider.objects.order_by("pk")[: SAVED + OPENED])
    for place in places[:SAVED]:
        client.post("/saved/", {"provider": place.slug})
    for place in places[SAVED:]:
        client.get(place.get_absolute_url())
    near = ["Chicago, IL", "Houston, TX", "Bozeman, MT", "Boise, ID", "Portland, OR"]
    addresses = [f"/recommendations/?near={near[n % len(near)]}" for n in range(rounds)]
    assert len(client.get(addresses[0]).context_data["cards"]) == 10
    show("page of suggestions", timed([lambda url=url: client.get(url) for url in addresses]))
