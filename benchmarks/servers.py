"""Servers side by side, each with two processes of the same site: `python -m benchmarks servers`.

In turns, so that what else the machine does meets all alike: a page that is kept, the same page
made anew, a search, a list of the admin. wrk (Debian: apt install wrk) asks over 16 connections.
CPU is that of the server's processes for one answer, in milliseconds; memory is what they hold
after it (their share of what they have in common counted once). Then, under 16 readers, a reload
and a stop with a start: requests that got no answer, or an error.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from drills import site
from trupaths.management.commands import serve

from . import before_all_else

SECONDS, CONNECTIONS, PATIENCE = 2, 16, 60
TICKS = os.sysconf("SC_CLK_TCK")


def gunicorn(*options):
    def command(port):
        words = serve.server("127.0.0.1", port, access_log=False)
        at = words.index("--worker-class")
        return [*words[:at], *options, *words[at + 4 :]]

    return command


def granian(port):
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "trupaths.wsgi:application"),
        *("--working-dir", str(settings.BASE_DIR), "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "2", "--blocking-threads", "4", "--log-level", "error"),
        *("--workers-kill-timeout", "20"),
    ]


# As it is served now, what it is like with each worker of gunicorn's own, and another server.
SERVERS = {
    "as served": lambda port: serve.server("127.0.0.1", port, access_log=False),
    "gunicorn gthread": gunicorn("--worker-class", "gthread", "--threads", "4"),
    "gunicorn sync": gunicorn("--worker-class", "sync"),
    "granian wsgi": granian,
}
KEEPS_SOCKETS = {"as served", "gunicorn gthread", "gunicorn sync"}  # from a supervisor: LISTEN_FDS


class Server(site.Site):
    """One of them, on a socket that a supervisor would keep where the server can take it over."""

    environment = site.Site.environment | {"STAFF_SECOND_FACTOR": "0"}

    def __init__(self, name):
        super().__init__()
        self.name, self.takes_sockets = name, name in KEEPS_SOCKETS
        if not self.takes_sockets:
            self.socket.close()

    def command(self):
        return SERVERS[self.name](self.port)

    def processes(self):
        return {self.server.pid, *self.workers()}

    def cpu(self):
        """Seconds of all its processes until now."""
        spent = 0
        for pid in self.processes():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            spent += int(fields[11]) + int(fields[12])
        return spent / TICKS

    def memory(self):
        """Megabytes, what they share counted once."""
        held = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in self.processes()]
        return sum(int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1]) for text in held) / 1024


def run(rounds, first):
    wrk = shutil.which("wrk")
    if wrk is None:
        raise SystemExit("wrk was not found. Debian: apt install wrk")
    if find_spec("granian") is None:
        del SERVERS["granian wsgi"]
        print("granian was not found: pip install granian")
    site.prepare()
    cookie = staff_cookie()
    if first:
        before_all_else()
    pages = {
        "kept page": ("/therapies/act/", ()),
        "therapy page": ("/therapies/act/", ("Sec-GPC: 1",)),
        "search": ("/providers/?near=97214&radius=50", ()),
        "admin list": (reverse("admin:providers_provider_changelist"), (f"Cookie: {cookie}",)),
    }
    seen = defaultdict(list)
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(Server(name)) for name in SERVERS]
        for server in servers:
            for about in pages.values():  # each process has compiled and kept it
                asked(wrk, server, *about, seconds=1)
        for _ in range(rounds):
            for page, about in pages.items():
                for server in servers:
                    settled(servers)
                    before = server.cpu()
                    figures = asked(wrk, server, *about)
                    cpu = 1000 * (server.cpu() - before) / max(figures.pop("answers"), 1)
                    seen[server.name, page].append(figures | {"cpu": cpu})
        report(pages, servers, seen)
    for name in SERVERS:
        with Server(name) as server:
            stopped(server)


def settled(servers):
    """Wait until none of them works any more on what the last one was asked."""
    spent = None
    while spent != (spent := sum(server.cpu() for server in servers)):
        time.sleep(0.2)


def asked(wrk, server, path, headers, seconds=SECONDS):
    """{"answers", "lost", "rate", "p50", "p99"}; milliseconds. What is not 200 is said."""
    options = [part for header in headers for part in ("-H", header)]
    said = subprocess.run(
        [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "--timeout", "30s", *options,
         f"http://127.0.0.1:{server.port}{path}"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    if failed := re.search(r"Non-2xx or 3xx responses: (\d+)", said):
        print(f"{server.name} did not answer {path} with 200: {failed[1]} times", flush=True)
    return {
        "answers": int(re.search(r"(\d+) requests in", said)[1]),
        "lost": bool(failed) or "Socket errors" in said,
        "rate": float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]),
        "p50": _milliseconds(re.search(r"50%\s+([\d.]+|-nan)(us|ms|s|m)\b", said)),
        "p99": _milliseconds(re.search(r"99%\s+([\d.]+|-nan)(us|ms|s|m)\b", said)),
    }


def _milliseconds(found):
    return (
        float(found[1] if found else "nan")
        * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[found[2]]
    )


def staff_cookie():
    user = get_user_model().objects.create_superuser("bench", password=None)
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def report(pages, servers, seen):
    heads = ("answers/s", "p50 ms", "p99 ms", "CPU ms")
    print(f"{'':18}{'':14}" + "".join(f"{head:>11}" for head in heads))
    for page in pages:
        for server in servers:
            rows = seen[server.name, page]
            cells = [
                np.nanmedian([row[key] for row in rows]) for key in ("rate", "p50", "p99", "cpu")
            ]
            print(
                f"{server.name:18}{page:14}{cells[0]:11,.0f}{cells[1]:11.1f}{cells[2]:11.1f}{cells[3]:11.2f}"
            )
    for server in servers:
        print(f"{server.name:18}memory {server.memory():.0f} MB", flush=True)


def stopped(server):
    """A reload, and a stop with a start, while 16 read."""
    for what, act in (("reload (HUP)", reload), ("stop and start", restart)):
        with site.Load(server, site.reading, 16) as load:
            time.sleep(2)
            act(server)
            time.sleep(2)
        print(f"{server.name:18}{what:16}{load.shown()}", flush=True)


def reload(server):
    before = server.workers()
    server.server.send_signal(signal.SIGHUP)
    end = time.monotonic() + PATIENCE
    while (server.workers() & before or len(server.workers()) < 2) and time.monotonic() < end:
        time.sleep(0.05)


def restart(server):
    server.stop()
    server.start()
    server.wait()
