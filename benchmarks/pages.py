"""What each kind of page costs: processor time, queries, bytes, a first visit; and the start.

`python -m benchmarks pages`. Beside each page stands the same answer from a bare Django view
without middleware, in the same process; and with `wrk` installed both are served by the same
server, one after the other, several times.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from statistics import median

import numpy as np
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from drills import site
from providers.models import Provider

from . import bare
from .recommendations import timed

LISTING = "a listing"
PAGES = {
    "home": "/",
    "therapies": "/therapies/",
    "a therapy": "/therapies/mbsr-medical-pain/",
    "a condition": "/conditions/chronic-pain/",
    LISTING: "",
    "find care": "/providers/",
    "places near": "/providers/?therapy=mbsr-medical-pain&near=97214",
    "privacy": "/privacy/",
}
MEASURED = "/therapies/mbsr-medical-pain/"
SECONDS, CONNECTIONS, TURNS = 5, 16, 3
# What a browser loads before anyone scrolls: sheets, scripts, pictures that are not lazy, fonts.
FIRST = re.compile(
    r'<link[^>]+rel="(?:stylesheet|preload|icon)"[^>]*>|<script[^>]+src="[^>]+>|<img(?![^>]+lazy)[^>]+>'
)
ADDRESS = re.compile(r'(?:href|src)="([^"]+)"')


def run(rounds):
    site.prepare()
    PAGES[LISTING] = Provider.objects.published().order_by("pk").first().get_absolute_url()
    print(
        f"\n  {'CPU ms':14}{'made anew':>17}{'kept':>17}{'bare':>8}{'queries':>9}{'bytes':>9}",
        end="",
    )
    print(f"{'first visit':>22}")
    handler = WSGIHandler()
    for name, path in PAGES.items():
        print(f"  {name:14}{_row(handler, path, rounds)}", flush=True)
    _started()
    if shutil.which("wrk"):
        _served()
    else:
        print("\n  Requests a second are measured with wrk, which is not installed.")


def _row(handler, path, rounds):
    body = ask(handler, path)[2]
    with override_settings(PAGES_KEPT_MB=0):
        with CaptureQueriesContext(connection) as asked:
            ask(handler, path)
        anew = timed([lambda: ask(handler, path)] * rounds)
    again = timed([lambda: ask(handler, path)] * rounds) if "?" not in path else None
    with override_settings(MIDDLEWARE=[], ROOT_URLCONF="benchmarks.bare"):
        bare.CONTENT = body
        alone = WSGIHandler()
        least = timed([lambda: ask(alone, "/")] * rounds)
    size, requests = _first_visit(handler, path)
    shown = [_shown(anew), _shown(again) if again else "–"]
    return (
        "".join(f"{each:>17}" for each in shown)
        + f"{median(least):8.2f}{len(asked):9}{len(body):9,}{size:>12,} in {requests:2}"
    )


def _shown(times):
    return f"{median(times):.2f} / {np.percentile(times, 95):.2f}"


def ask(handler, path, accept="br"):
    """(status, headers, body) of one GET, through all middleware and nothing else."""
    where, _, query = path.partition("?")
    told = {}
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": where, "QUERY_STRING": query, "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "HTTP_HOST": "127.0.0.1",
        "REMOTE_ADDR": "127.0.0.1", "HTTP_ACCEPT_ENCODING": accept, "wsgi.input": BytesIO(),
        "wsgi.url_scheme": "http", "SERVER_PROTOCOL": "HTTP/1.1",
    }  # fmt: skip
    answer = handler(environ, lambda status, headers: told.update(status=status, headers=headers))
    body = b"".join(answer)
    answer.close()
    assert told["status"].startswith("200"), (path, told["status"])
    return told["status"], dict(told["headers"]), body


def _first_visit(handler, path):
    """(bytes, requests), in the form in which they travel."""
    page = ask(handler, path, accept="")[2].decode()
    files = {ADDRESS.search(tag)[1] for tag in FIRST.findall(page) if ADDRESS.search(tag)}
    size = len(ask(handler, path)[2])
    for address in files:
        if address.startswith("/"):
            size += len(ask(handler, address.partition("#")[0])[2])
    return size, 1 + len(files)


def _started():
    """From nothing to the first answer, three times; what each process holds after all pages."""
    seconds = []
    for _ in range(3):
        served = site.Site()
        began = time.monotonic()
        served.start()
        served.wait()
        visitor = site.Visitor(served)
        assert visitor.ask("/").status == 200
        seconds.append(time.monotonic() - began)
        for path in PAGES.values():
            for _ in range(8):
                visitor.ask(path)
        held = served.memory() / max(1, len(served.workers()))
        served.stop()
        served.socket.close()
    print(f"\n  start to first answer {median(seconds):.2f} s; {held:.0f} MB a process")


def _served():
    """Requests a second of a kept page beside the bare view: same server, same bytes, in turns."""
    held = {"kept page": [], "bare view": []}
    with site.Site() as ours:
        body = site.Visitor(ours).ask(MEASURED).page
        with _bare_site(body) as port:
            for _ in range(TURNS):
                held["kept page"].append(_a_second(ours.port, MEASURED))
                held["bare view"].append(_a_second(port, "/"))
    for name, rates in held.items():
        print(
            f"  {name:14}{median(rates):10,.0f} requests a second, of {TURNS} runs of {SECONDS} s"
        )
    ratio = median(a / b for a, b in zip(*held.values(), strict=True))
    print(f"  {'ratio':14}{ratio:10.2f}", flush=True)


def _a_second(port, path):
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", f"http://127.0.0.1:{port}{path}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in done or "Socket errors" in done:
        raise SystemExit(f"Not every request was answered:\n{done}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", done)[1])


@contextmanager
def _bare_site(body):
    """The bare view behind the same server as the site, with these bytes as its page."""
    file = Path(settings.VAR_DIR) / "bare.html"
    file.write_bytes(body)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        *(sys.executable, "-m", "gunicorn", "benchmarks.bare:application"),
        *("--bind", f"127.0.0.1:{port}", "--workers", "2", "--worker-class", "gthread"),
        *("--threads", "4", "--log-level", "error", "--no-control-socket"),
    ]
    environment = os.environ | {"BARE_PAGE": str(file), "DJANGO_SETTINGS_MODULE": "benchmarks.bare"}
    server = subprocess.Popen(command, env=environment)
    try:
        end = time.monotonic() + site.PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()
