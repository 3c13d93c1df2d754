"""An import is killed again and again, and visitors save while one runs.

`kill_import`: the rows of one edition are imported without a stop; what stands in the database is
noted, and the run taken back. Then the same file is imported by processes that are killed with
SIGKILL at random moments until one of them ends: what stands must be the same.

`saves`: processes save and remove places, as visitors do, while a process imports.
"""

import random
import signal
import time
from collections import Counter
from datetime import date

import numpy as np
from django.core.management import call_command
from django.db import connection
from django.test import Client

from benchmarks import imports as made
from benchmarks import world
from providers.changes import differing
from providers.imports import running, undoing
from providers.imports.records import Reading
from providers.models import ImportRun, Provider

from .processes import FORK, start

LONGEST = 1.0  # seconds until a kill
BATCH = 200  # rows: on either database each process gets some way before it is killed
VISITORS = 3
PAUSE = 0.05  # seconds between two saves of one visitor


def kill(*, listings, seed):
    """Prints what it saw; True when the killed import ended as the one that was not."""
    chance, running.BATCH = random.Random(seed), BATCH
    facts = prepare()
    print(f"{listings:,} rows on {connection.vendor}, seed {seed}")
    run_import(listings, facts, "whole")
    expected = state()
    undoing.undo(ImportRun.objects.get())
    if Provider.objects.exists():
        raise SystemExit("Taking the run back left listings behind.")
    kills, began = Counter(), time.monotonic()
    while True:
        process = start(run_import, listings, facts, "killed")
        process.join(chance.uniform(0.1, LONGEST))
        if process.is_alive():
            process.kill()
        process.join()
        kills[process.exitcode] += 1
        if process.exitcode != -signal.SIGKILL:
            break
    run = ImportRun.objects.first()
    same, wrong = state() == expected, differing()
    print(f"  killed {kills[-signal.SIGKILL]} times in {time.monotonic() - began:.0f} s")
    print(f"  the last one ended with {process.exitcode}; the run is {run.status}, {run.counts}")
    print(f"  equal to an import without a stop: {same}; index and listings apart: {len(wrong)}")
    return same and not wrong and process.exitcode == 0


def saves(*, listings, seed):
    """Prints how long visitors waited; True when none failed and 99 of 100 waited under 500 ms."""
    facts = prepare()
    run_import(500, facts, "first")
    slugs = list(Provider.objects.values_list("slug", flat=True)[:50])
    quiet = measured(slugs, seed, lambda: time.sleep(10))
    began = time.monotonic()
    busy = measured(slugs, seed, lambda: run_import(listings, facts, "beside visitors"))
    print(f"{listings:,} rows imported on {connection.vendor} in {time.monotonic() - began:.0f} s")
    for what, (times, failed) in (("without", quiet), ("during", busy)):
        shown = ", ".join(f"p{p} {np.percentile(times, p):.0f} ms" for p in (50, 95, 99, 100))
        print(f"  saves {what} an import: {len(times):,}, {shown}; failed: {failed}")
    times, failed = busy
    return not failed and np.percentile(times, 99) < 500


def prepare():
    call_command("migrate", verbosity=0)
    call_command("load_places", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    return world._therapies(), world._terms()


def run_import(listings, facts, digest):
    reading = Reading(
        made.SOURCE, "2024", date(2024, 6, 1), made.made(listings, *facts, change_each=0)
    )
    running.run(reading, name="made.csv", digest=digest)


def state():
    """What an import wrote, without ids and times."""
    return sorted(
        (
            provider.slug,
            provider.name,
            provider.phone,
            provider.status,
            str(provider.precision),
            provider.lat,
            tuple(sorted((row.term_id, row.answer) for row in provider.provider_terms.all())),
            tuple(sorted(row.therapy_id for row in provider.services.all())),
            tuple(sorted((row.identifier, row.content_hash) for row in provider.sources.all())),
        )
        for provider in Provider.objects.prefetch_related("provider_terms", "services", "sources")
    )


def measured(slugs, seed, act):
    """(milliseconds of each save, how many failed) of visitors during `act`."""
    stop, pipes = FORK.Event(), []
    for n in range(VISITORS):
        ours, theirs = FORK.Pipe()
        start(visit, slugs, seed + n, stop, theirs)
        pipes.append(ours)
    act()
    stop.set()
    found = [pipe.recv() for pipe in pipes]
    return [ms for times, _ in found for ms in times], sum(failed for _, failed in found)


def visit(slugs, seed, stop, pipe):
    """Save and remove places, one after the other, until told to stop."""
    chance, times, failed = random.Random(seed), [], 0
    client = Client(headers={"host": "127.0.0.1", "sec-fetch-site": "same-origin"})
    client.post("/saved/", {"provider": slugs[0], "next": "/saved/"})  # a process starts but once
    while not stop.is_set():
        data = {"provider": chance.choice(slugs), "next": "/saved/"}
        if chance.random() < 0.4:
            data["act"] = "remove"
        began = time.perf_counter()
        response = client.post("/saved/", data)
        times.append(1000 * (time.perf_counter() - began))
        failed += response.status_code >= 400
        time.sleep(PAUSE)
    pipe.send((times, failed))
