"""Mixed load: visitors read, search, save and ask, for an hour unless told otherwise.

No two rounds ask the same: other places, towns and words each time, so that what is kept without a
bound shows. Visitors rest between two acts, as a machine that is busy to its end tells little but
that it is.

Pass: no error, the write-ahead log of SQLite stays under 64 MB, and the memory of the processes
grows by less than 1 % an hour once they are warm (the first third does not count). Over a few
minutes the slope says little: what is printed then is no promise.
"""

import os
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import numpy as np
from django.db import connection, connections

from providers.models import Place, Provider
from therapies.models import Therapy

from . import site

EVERY = 2.0  # seconds between two looks
TOLD_EVERY = 5  # minutes
REST = 0.05  # seconds of a visitor between two acts
STAYS = 200  # acts, then the same window is somebody new
MOST_LOG = 64  # megabytes
MOST_SLOPE = 1.0  # percent an hour


class Site(site.Site):
    """Behind a proxy that says where each visitor comes from: what one network asks is limited."""

    environment = site.Site.environment | {"BEHIND_PROXY": "1"}


def run(*, clients, minutes, seed):
    site.prepare()
    act = _mixed(*_names())
    connections.close_all()
    looks, longest_log, told = [], 0.0, 0
    with Site() as running, site.Load(running, act, clients) as load:
        began = time.monotonic()
        while (at := time.monotonic() - began) < 60 * minutes:
            looks.append((at / 3600, running.memory()))
            longest_log = max(longest_log, _log_size())
            if at >= told * 60:
                print(f"  {told} min: {looks[-1][1]:.1f} MB, {load.shown()}", flush=True)
                told += TOLD_EVERY
            time.sleep(EVERY)
    warm = np.array(looks[len(looks) // 3 :])
    slope, _ = np.polyfit(warm[:, 0], warm[:, 1], 1)
    percent = 100 * slope / warm[0, 1]
    statuses = dict(sorted(Counter(answer.status for answer in load.answers).items()))
    print(f"  {minutes} minutes: {load.shown()}; {statuses}")
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


def _names():
    """Slugs of listings, slugs and names of therapies, ZIP codes: always in the same order."""
    return (
        list(Provider.objects.order_by("pk").values_list("slug", flat=True)),
        list(Therapy.objects.order_by("pk").values_list("slug", "name")),
        list(
            Place.objects.filter(kind=Place.Kind.ZIP).order_by("zip").values_list("zip", flat=True)
        ),
    )


def _mixed(slugs, therapies, codes):
    def act(n, visitor):
        turn = visitor.turn = getattr(visitor, "turn", n * 7919) + 1
        if turn % STAYS == 0 or not visitor.headers:
            stay = turn // STAYS % 65536
            visitor.cookie = ""
            visitor.headers = {"X-Forwarded-For": f"10.{n}.{stay >> 8}.{stay % 256}"}
        time.sleep(REST)
        listing = slugs[turn * 31 % len(slugs)]
        therapy = therapies[turn * 13 % len(therapies)]
        code = codes[turn * 101 % len(codes)]
        path, fields = _asked(turn, listing, *therapy, code)
        # An hour of pages would be gigabytes.
        return visitor.ask(path, **fields)._replace(page=b"")

    return act


def _asked(turn, listing, therapy, name, code):
    """Path and fields: of ten acts eight read and search, one saves, one asks Tru AI."""
    words = quote(f"{name} {turn}")
    match turn % 10:
        case 3:
            return f"/providers/?near={code}&radius=50", {}
        case 4:
            return f"/therapies/{therapy}/", {}
        case 5:
            return f"/providers/suggestions/?q={words[: 2 + turn % 9]}", {}
        case 6:
            return f"/providers/?q={words}", {}
        case 7:
            return f"/providers/{listing}/", {}
        case 8:
            act = "save" if turn % 20 == 8 else "remove"
            return "/saved/", {"provider": listing, "next": "/saved/", "act": act}
        case 9:
            return "/assistant/", {"q": f"What helps with chronic pain near {code}?"}
    return site.READ[turn % len(site.READ)], {}
