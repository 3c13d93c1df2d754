"""Find care at 10,000, 100,000 and 1,000,000 listings: the index alone, and the whole page."""

import gc
import time
from functools import partial
from statistics import median

import numpy as np
from django.core.management import call_command
from django.db import connection
from django.template import loader
from django.test import Client

from providers.index import index
from providers.models import Place, Provider
from providers.query import Query
from therapies.library import library

from . import plain_orm, world

BIG = ["New York", "Los Angeles", "Chicago", "Houston", "Phoenix", "Philadelphia", "Dallas"]


def run(size, *, rounds, orm):
    began = time.perf_counter()
    therapies, terms = world.make(size, full=orm)
    made = time.perf_counter() - began
    print(f"\n{size:,} listings on {connection.vendor}, made in {made:.0f} s")
    gc.collect()
    began = time.perf_counter()
    snapshot = index.current()
    loaded = time.perf_counter() - began
    held = snapshot.columns
    print(
        f"  load {loaded:.2f} s; {held.nbytes / size:.0f} bytes a listing "
        f"({held.nbytes / 1e6:.1f} MB, {len(held.planes)} planes)"
    )
    index.current = lambda: snapshot  # the clock is asked once a second; here it stands still
    kinds = asked(therapies, terms, rounds)
    print(f"  {'CPU ms, p50 / p95':24}{'index':>16}{'+ 20 rows':>16}{'plain ORM':>18}{'times':>8}")
    for name, queries in kinds.items():
        alone = timed(lambda query: asked_anew(query).ids[:20], queries)
        core = timed(fetched, queries)
        line = f"  {name:24}{shown(alone):>16}{shown(core):>16}"
        if orm:
            joins = timed(plain_orm.search, queries[: max(3, rounds // 8)], warm=1)
            line += f"{shown(joins):>18}{median(joins) / median(core):>8.0f}"
        print(line, flush=True)
    pages(therapies, terms, rounds)


def asked(therapies, terms, rounds):
    """Queries of each kind; the numbers of therapy and term go round."""
    chance = np.random.default_rng(2)
    by_facet = {}
    for term in terms:
        by_facet.setdefault(term.facet, []).append(term.pk)
    pool = library().pool
    groups = tuple((f"c{n}", pool[n % 6 : n % 6 + 4]) for n in range(30))
    towns = Place.objects.filter(kind="town")
    big = [towns.filter(name=name).first() for name in BIG]
    small = list(towns.filter(population__range=(1, 9000)).order_by("pk")[:2000])

    def base(n, **more):
        return {
            "pool": pool,
            "groups": groups,
            "therapies": (therapies[n % 6].pk,),
            "terms": (("pay", (by_facet["pay"][n % 4],)),),
        } | more

    def near(place, radius=25.0):
        return {"lat": place.lat, "lon": place.lon, "radius": radius}

    def many(n):
        pick = chance.integers(0, 4, 8)
        return (
            ("care", tuple(sorted({by_facet["care"][pick[0]], by_facet["care"][pick[1]]}))),
            ("for", tuple(sorted({by_facet["for"][pick[2]], by_facet["for"][pick[3]]}))),
            ("pay", tuple(sorted({by_facet["pay"][pick[4]], by_facet["pay"][pick[5]]}))),
        )

    rural = [small[int(k)] for k in chance.integers(0, len(small), rounds)]
    return {
        "dense": [Query(**base(n, **near(big[n % len(big)]))) for n in range(rounds)],
        "rural": [Query(**base(n, **near(rural[n]))) for n in range(rounds)],
        "whole country": [Query(**base(n)) for n in range(rounds)],
        "country, nothing asked": [Query(pool=pool, groups=groups)] * rounds,
        "many facets, dense": [
            Query(**base(n, terms=many(n), delivery=("virtual",), **near(big[n % len(big)], 50.0)))
            for n in range(rounds)
        ],
        "many facets, country": [
            Query(**base(n, terms=many(n), delivery=("virtual",), grouping=("group",)))
            for n in range(rounds)
        ],
        "text": [
            Query(
                **base(
                    n, terms=(), words=(("cedar",), ("harbor", "clin"), ("recov", "lake"))[n % 3]
                )
            )
            for n in range(rounds)
        ],
    }


def asked_anew(query):
    _forget_words()
    return index.current().search(query, count=True)


def _forget_words():
    """The answers to words that a page remembers while it asks for them several times."""
    index.current()._texts.clear()


def fetched(query):
    ids = asked_anew(query).ids[:20].tolist()
    rows = Provider.objects.published().for_cards().in_bulk(ids)
    return [rows[key] for key in ids]


def timed(act, queries, warm=3):
    """CPU milliseconds of this process for each (of the whole machine's work on SQLite)."""
    for query in queries[:warm]:
        act(query)
    times = []
    gc.disable()
    for query in queries:
        wall, cpu = time.perf_counter(), time.process_time()
        act(query)
        # PostgreSQL works in a process of its own: there, the wall says more.
        spent = time.process_time() - cpu
        if connection.vendor == "postgresql":
            spent = time.perf_counter() - wall
        times.append(1000 * spent)
    gc.enable()
    return times


def shown(times):
    return f"{median(times):.2f} / {np.percentile(times, 95):.2f}"


def pages(therapies, terms, rounds):
    """The page through all middleware, and the same page rendered from a context made before."""
    call_command("collectstatic", interactive=False, verbosity=0)
    client = Client(headers={"host": "127.0.0.1"})
    slug, pay = therapies[0].slug, next(t.slug for t in terms if t.facet == "pay")
    addresses = {
        "page, dense": f"/providers/?near=Chicago, IL&therapy={slug}&pay={pay}",
        "page, whole country": f"/providers/?therapy={slug}&pay={pay}",
        "page, text": "/providers/?q=cedar recovery",
    }
    print(f"  {'CPU ms, p50 / p95':24}{'page':>16}{'template alone':>16}{'times':>8}{'bytes':>10}")
    for name, address in addresses.items():
        response = client.get(address)
        assert response.context_data["results"].total, (address, response.status_code)
        whole = timed(partial(_page, client), [address] * rounds)
        alone = timed(_rendered(response), [address] * rounds)
        print(
            f"  {name:24}{shown(whole):>16}{shown(alone):>16}"
            f"{median(whole) / median(alone):>8.1f}{len(response.content):>10,}",
            flush=True,
        )


def _page(client, address):
    _forget_words()
    return client.get(address)


def _rendered(response):
    """The same page from the context it was made of: no search, no database."""
    template = loader.get_template("providers/list.html")
    return lambda _: template.render(response.context_data, response.wsgi_request)
