"""An import of made listings, as many as asked: first load, unchanged, changed; time and memory.

The records are shaped like those of the SAMHSA directories (`world.py` has the shares). They are
made while they are read, so what is measured is the pipeline: matching, checking, merging, writing,
the search rows; the file itself is measured by `python -m benchmarks real`.
"""

import resource
import time
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
from django.core.management import call_command
from django.db import connection

from providers.imports import running
from providers.imports.records import Reading, Record, Row
from providers.models import Provider, ProviderTerm, Service

from . import world

SOURCE = {"slug": "made", "name": "directory made for a benchmark"}


def run(size):
    call_command("migrate", verbosity=0)
    call_command("load_places", verbosity=0)
    therapies, terms = world._therapies(), world._terms()
    print(f"\n{size:,} rows on {connection.vendor}")
    for what, share in (("first load", 0), ("unchanged", 0), ("one in 100 changed", 100)):
        rows = told(made(size, therapies, terms, change_each=share))
        reading = Reading(SOURCE, "2024", date(2024, 6, 1), rows, whole=True, total=size)
        began = time.process_time()
        outcome = running.run(reading, name="made.csv", digest=what)
        print(
            f"  {what:20} {rates(size, outcome.seconds, began)}, {dict(outcome.counts)}", flush=True
        )
    print(
        f"  {Provider.objects.count():,} listings, {Service.objects.count():,} services, "
        f"{ProviderTerm.objects.count():,} answers"
    )


def told(rows, each=100_000):
    """These rows; prints the time and the memory held, every so many rows."""
    began, page = time.monotonic(), resource.getpagesize()
    for n, row in enumerate(rows, start=1):
        yield row
        if n % each == 0:
            held = int(Path("/proc/self/statm").read_text().split()[1]) * page >> 20
            print(f"    {n:,} rows, {time.monotonic() - began:.0f} s, {held} MB", flush=True)


def rates(rows, seconds, began):
    """Time on the wall and of the processor since `began`, and the memory, in words."""
    cpu = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        f"{seconds:.1f} s ({rows / seconds:,.0f} rows a second), "
        f"{cpu:.1f} s of the processor ({rows / cpu:,.0f}), peak {peak} MB"
    )


def made(size, therapies, terms, *, change_each):
    """So many rows, the same each time; each `change_each`-th has another phone."""
    chance = np.random.default_rng(3)
    towns, weights = world._towns()
    shares, offered = world._shares(" ".join(world.SHARES.values())), world._shares(world.THERAPIES)
    for start in range(0, size, 1000):
        n = min(1000, size - start)
        where = chance.choice(len(towns), n, p=weights)
        yes = chance.random((n, len(terms))) < shares
        offers = chance.random((n, len(therapies))) < offered
        for k in range(n):
            number = start + k + 1
            changed = bool(change_each) and number % change_each == 0
            raw = {"number": str(number), "phone": f"(503) 555-01{42 + changed}"}
            said = [terms[t] for t in np.flatnonzero(yes[k]).tolist()]
            offered_here = [therapies[t] for t in np.flatnonzero(offers[k]).tolist()]
            yield Row(number, raw, make=partial(_record, raw, towns[where[k]], said, offered_here))


def _record(raw, town, terms, therapies):
    number, words = int(raw["number"]), world.NAMES.split()
    return Record(
        identifier=f"F{number}",
        name=f"{words[number % 14]} {words[number // 14 % 14]} Clinic {number % 9973}",
        kind="Outpatient clinic",
        street=f"{number} Main Street",
        city=town.name,
        state=town.state,
        zip=f"{number % 100000:05}",
        phone=raw["phone"],
        terms={(term.facet, term.slug): "yes" for term in terms},
        services={therapy.slug: {} for therapy in therapies},
    )
