"""A process is killed while it changes listings: index and listings must never stay apart.

In each round a process makes one change after the other until SIGKILL ends it at a random moment.
Then every search row is compared with its listing, and an index that has been loaded before the
first round, and only takes in what is new, with one loaded from nothing. At the end, changes are
timed until other processes serve them.
"""

import random
import signal
import time
from collections import Counter
from datetime import date, timedelta

from django.db import connection, transaction

from providers.changes import differing
from providers.index import Index
from providers.models import SearchClock
from providers.query import Query

from . import listings as directory
from .processes import FORK, start

# What was last: nothing yet, a commit, a write to listings, a write to search rows or their clock.
STARTING, BETWEEN, LISTINGS, INDEX = range(4)
LONGEST = 0.5  # seconds until a kill
PATIENCE = 60  # seconds for what should take less than one
READERS = 2
SERVED_WITHIN = 2.0  # seconds
LAST_DAY = date(2100, 1, 1)


def run(*, rounds, listings, changes, seed):
    """Prints what it saw; True when all held."""
    began = time.perf_counter()
    chance = random.Random(seed)
    directory.make(chance, listings)
    asked, taken_in = directory.questions(), Index()
    taken_in.current()
    print(f"{rounds} rounds on {connection.vendor}, {listings} listings, seed {seed}")
    kills, apart = Counter(), 0
    for n in range(1, rounds + 1):
        kills[kill(chance)] += 1
        if wrong := found_apart(taken_in, asked):
            apart += 1
            print(f"  round {n}: {wrong}", flush=True)
    print(
        f"  killed {kills[LISTINGS] + kills[INDEX]} within a transaction ({kills[LISTINGS]} after "
        f"listings were written, {kills[INDEX]} after search rows were), {kills[BETWEEN]} between"
    )
    print(f"  {SearchClock.objects.get().version} versions committed")
    print(f"  apart: {apart}", flush=True)
    longest = longest_delay(chance, changes)
    print(f"  {changes} changes served by {READERS} other processes within {longest:.2f} s")
    print(f"  {time.perf_counter() - began:.0f} s in all", flush=True)
    return not apart and longest <= SERVED_WITHIN


def kill(chance):
    """The phase in which a process that changes listings met its end."""
    phase = FORK.RawValue("i", STARTING)  # shared memory outlives the kill
    process = start(change_listings, chance.random(), phase)
    end = time.monotonic() + PATIENCE
    while phase.value == STARTING and process.is_alive() and time.monotonic() < end:
        time.sleep(0.001)
    time.sleep(chance.uniform(0, LONGEST))
    process.kill()
    process.join()
    if process.exitcode != -signal.SIGKILL or phase.value == STARTING:
        raise SystemExit("The process that changes listings did not do so until it was killed.")
    return phase.value


def change_listings(seed, phase):
    """One change after the other, for as long as it lives."""

    def marked(execute, sql, *args):
        result = execute(sql, *args)
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            phase.value = INDEX if "providers_search" in sql else LISTINGS
        return result

    chance = random.Random(seed)
    with connection.execute_wrapper(marked):
        while True:
            directory.change(chance)
            phase.value = BETWEEN


def found_apart(taken_in, asked):
    """What is wrong, as a sentence; "" when index and listings agree."""
    with transaction.atomic():
        # Whoever commits holds this lock: a server may still be doing so for the process killed.
        SearchClock.objects.select_for_update().get()
        if ids := differing():
            return f"search rows that are not what their listings say: {len(ids)}"
        taken_in._asked = 0.0
        held, fresh = taken_in.current(), Index().current()
        for query in asked:
            if answer(held, query) != answer(fresh, query):
                return f"an index that takes in changes answers otherwise than a new one: {query}"
    return ""


def answer(snapshot, query):
    """All that is answered; a count that is missing is 0."""
    found = snapshot.search(query, count=True)
    counts = {key: number for key, number in found.counts.items() if number}
    return found.ids.tolist(), found.unstated.tolist(), found.says_no, counts


def longest_delay(chance, changes):
    """Seconds from a commit until the last of the other processes answers by it."""
    with directory.listing_changes() as changed:
        directory.bring_examples_back(chance, changed)
    days = [LAST_DAY + timedelta(days=n) for n in range(changes)]
    pipes = []
    for _ in range(READERS):
        ours, theirs = FORK.Pipe()
        start(serve, days, theirs)
        pipes.append(ours)
    for pipe in pipes:
        _received(pipe)
    longest = 0.0
    for day in days:
        time.sleep(chance.random())  # the moments at which the readers ask fall anywhere
        directory.check(day)
        committed = time.monotonic()
        longest = max(longest, *(_received(pipe) - committed for pipe in pipes))
    return longest


def serve(days, pipe):
    """Sends the moment at which its own index knows of a check on each of these days."""
    index = Index()
    index.current()
    pipe.send(time.monotonic())
    for day in days:
        query = Query(since=day.toordinal())
        while not index.current().search(query).total:
            time.sleep(0.01)
        pipe.send(time.monotonic())


def _received(pipe):
    if not pipe.poll(PATIENCE):
        raise SystemExit(f"A change was not served within {PATIENCE} s.")
    return pipe.recv()
