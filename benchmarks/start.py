"""From nothing to the first answers, and what each process holds: `python -m benchmarks start`.

Files are in the system's cache, as they are when a process is replaced. Memory is that of one of
two processes, after each kind of page was asked for.
"""

import time
from statistics import median

from django.core.management import call_command

from drills import site

from . import before_all_else, world

TURNS = 3
SEARCH = "/providers/?near=97214"


def run(size, first):
    began = time.monotonic()
    world.make(size, full=False, ours=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    print(f"\n{size:,} listings, made in {time.monotonic() - began:.0f} s", end="")
    if first:
        before_all_else()
    report([SEARCH, "/providers/p1/"])


def report(paths):
    """Time until the home page and then a search were answered; memory when `paths` were, too."""
    first, search = [], []
    for _ in range(TURNS):
        served = site.Site()
        began = time.monotonic()
        served.start()
        served.wait()
        visitor = site.Visitor(served)
        for path, seconds in (("/", first), (SEARCH, search)):
            assert visitor.ask(path).status == 200, path
            seconds.append(time.monotonic() - began)
        for path in [*site.READ, *paths]:
            for _ in range(8):
                assert visitor.ask(path).status == 200, path
        held = served.memory() / max(1, len(served.workers()))
        served.stop()
        served.socket.close()
    print(f"\n  start to first answer {median(first):.2f} s, ", end="")
    print(f"to the first search {median(search):.2f} s; {held:.0f} MB a process", flush=True)
