"""While 16 visitors read, one of the two processes is killed with SIGKILL, five times.

Pass: only what that process had in hand is lost, so nothing that was asked later and never more
than there are visitors; another process is there within 2 s.
"""

import os
import random
import signal
import time

from . import site

KILLS = 5
BACK_WITHIN = 2.0  # seconds


def run(*, clients, seed):
    site.prepare()
    chance, kills = random.Random(seed), []
    with site.Site() as running, site.Load(running, site.reading, clients) as load:
        for _ in range(KILLS):
            time.sleep(1 + chance.random())
            kills.append(_kill(running, chance))
        time.sleep(2)
    longest = max(back for _, back in kills)
    each = [sum(began <= at <= ended for began, ended, _ in load.lost) for at, _ in kills]
    print(f"  {load.shown()}")
    print(f"  lost at each kill: {each}; otherwise: {len(load.lost) - sum(each)}")
    print(f"  another process was there within {longest:.2f} s")
    within = max(each) <= clients and len(load.lost) == sum(each)
    return within and not load.failed() and longest < BACK_WITHIN


def _kill(running, chance):
    """(when, seconds until there was another)."""
    before = running.workers()
    at = time.monotonic()
    os.kill(chance.choice(sorted(before)), signal.SIGKILL)
    while not (running.workers() - before and len(running.workers()) == len(before)):
        if time.monotonic() > at + site.PATIENCE:
            raise SystemExit("No other process came.")
        time.sleep(0.01)
    return at, time.monotonic() - at
