"""Mixed load: visitors read, search, save and ask, for an hour unless told otherwise.

Pass: no error, the write-ahead log of SQLite stays under 64 MB, and the memory of the processes
grows by less than 1 % an hour once they are warm (the first third does not count). Over a few
minutes the slope says little: what is printed then is no promise.
"""

import os
import time
from pathlib import Path

import numpy as np
from django.db import connection, connections

from providers.models import Provider

from . import site

EVERY = 2.0  # seconds between two looks
MOST_LOG = 64  # megabytes
MOST_SLOPE = 1.0  # percent an hour


def run(*, clients, minutes, seed):
    site.prepare()
    slugs = list(Provider.objects.values_list("slug", flat=True))
    connections.close_all()
    looks, longest_log = [], 0.0
    with site.Site() as running, site.Load(running, _mixed(slugs), clients) as load:
        began = time.monotonic()
        while (at := time.monotonic() - began) < 60 * minutes:
            looks.append((at / 3600, running.memory()))
            longest_log = max(longest_log, _log_size())
            time.sleep(EVERY)
    warm = np.array(looks[len(looks) // 3 :])
    slope, _ = np.polyfit(warm[:, 0], warm[:, 1], 1)
    percent = 100 * slope / warm[0, 1]
    print(f"  {minutes} minutes: {load.shown()}")
    print(f"  memory of both processes {looks[0][1]:.0f} MB, warm {warm[0, 1]:.0f} MB, at the end "
          f"{warm[-1, 1]:.0f} MB: {percent:+.1f} % an hour")  # fmt: skip
    print(f"  write-ahead log at most {longest_log:.1f} MB", flush=True)
    calm = not load.failed() and not load.lost
    return calm and percent < MOST_SLOPE and longest_log < MOST_LOG


def _log_size():
    if connection.vendor != "sqlite":
        return 0.0
    path = Path(f"{connection.settings_dict['NAME']}-wal")
    return os.path.getsize(path) / 1e6 if path.exists() else 0.0


def _mixed(slugs):
    """Of ten acts seven read, one opens a place, one saves, one asks Tru AI."""

    def act(n, visitor):
        turn = visitor.turn = getattr(visitor, "turn", n * 7) + 1
        slug = slugs[turn * 31 % len(slugs)]
        if turn % 10 == 7:
            return visitor.ask(f"/providers/{slug}/")
        if turn % 10 == 8:
            data = {"provider": slug, "next": "/saved/"}
            return visitor.ask("/saved/", **data, act="save" if turn % 20 == 8 else "remove")
        if turn % 10 == 9:
            return visitor.ask("/assistant/", q="What helps with chronic pain?")
        return visitor.ask(site.READ[turn % len(site.READ)])

    return act
