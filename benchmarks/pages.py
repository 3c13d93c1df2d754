"""What each kind of page costs: processor time, queries, bytes, a first visit; and the start.

`python -m benchmarks pages`. Beside each page stands the same answer from a bare Django view
without middleware, in the same process; and with `wrk` installed both are served by the same
server, one after the other, several times. With nginx, so is a file of the same bytes by it: the
most that two processes can do.
"""

import re
import shutil
import signal
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from statistics import median

import numpy as np
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from drills import machines, site
from providers.models import Provider
from therapies.library import library
from therapies.sections import Reading
from trupaths.management.commands import serve

from . import bare, before_all_else, start
from .recommendations import timed
from .servers import asked

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
SECONDS, TURNS = 5, 3
# What a browser loads before anyone scrolls: sheets, scripts, drawn icons, pictures that are not
# lazy, fonts.
FIRST = re.compile(
    r'<link[^>]+rel="(?:stylesheet|preload|icon)"[^>]*>|<script[^>]+src="[^>]+>'
    r'|<use href="/[^>]+>|<img(?![^>]+lazy)[^>]+>'
)
ADDRESS = re.compile(r'(?:href|src)="([^"]+)"')


def run(rounds, first):
    site.prepare()
    if first:
        before_all_else()
    PAGES[LISTING] = Provider.objects.published().order_by("pk").first().get_absolute_url()
    print(
        f"\n  {'CPU ms':14}{'made anew':>17}{'kept':>17}{'bare':>8}{'queries':>9}{'bytes':>9}",
        end="",
    )
    print(f"{'first visit':>22}")
    handler = WSGIHandler()
    for name, path in PAGES.items():
        print(f"  {name:14}{_row(handler, path, rounds)}", flush=True)
    print(f"  {'a therapy, the first since its text changed':44}{_shown(_first(handler, rounds))}")
    start.report(PAGES.values())
    if wrk := shutil.which("wrk"):
        _served(wrk)
    else:
        print("\n  Requests a second are measured with wrk, which is not installed.")


def _row(handler, path, rounds):
    body = ask(handler, path)[2]
    with override_settings(PAGES_KEPT_MB=0):
        with CaptureQueriesContext(connection) as queries:
            ask(handler, path)
            asked_of_database = len(queries)  # the next request forgets them
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
        + f"{median(least):8.2f}{asked_of_database:9}{len(body):9,}{size:>12,} in {requests:2}"
    )


def _first(handler, rounds):
    """Times of a therapy page of which nothing has been rendered yet."""

    def act():
        shelf = library()
        shelf.readings = {therapy.pk: Reading(therapy) for therapy in shelf.therapies}
        ask(handler, MEASURED)

    with override_settings(PAGES_KEPT_MB=0):
        return timed([act] * rounds)


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
    found = [ADDRESS.search(tag) for tag in FIRST.findall(page)]
    files = {each[1].partition("#")[0] for each in found if each}
    size = len(ask(handler, path)[2])
    for address in files:
        if address.startswith("/"):
            size += len(ask(handler, address)[2])
    return size, 1 + len(files)


def _served(wrk):
    """Requests a second of a kept page beside its peers: the same bytes, in turns."""
    with ExitStack() as stack:
        ours = stack.enter_context(site.Site())
        page = site.Visitor(ours).ask(MEASURED).page
        held = {"kept page": (ours, []), "bare view": (stack.enter_context(Bare(page)), [])}
        if machines.program("nginx"):
            held["file by nginx"] = stack.enter_context(_file(page)), []
        else:
            print("\n  A file by nginx is measured where it is installed.")
        for _ in range(TURNS):
            for name, (server, rates) in held.items():
                figures = asked(wrk, server, MEASURED, (), seconds=SECONDS)
                if figures["lost"]:
                    raise SystemExit(f"Not every request for the {name} was answered.")
                rates.append(figures["rate"])
    runs = f"of {TURNS} runs of {SECONDS} s"
    for name, (_, rates) in held.items():
        share = median(a / b for a, b in zip(held["kept page"][1], rates, strict=True))
        print(
            f"  {name:14}{median(rates):10,.0f} requests a second, {runs}; kept / it {share:.2f}",
            flush=True,
        )


@contextmanager
def _file(page):
    folder = Path(settings.VAR_DIR) / "nginx"
    folder.mkdir()
    (folder / "page.html").write_bytes(page)
    nginx = machines.Nginx(folder, FILE, processes=2)
    try:
        nginx.start()
        yield nginx
    finally:
        nginx.kill(signal.SIGTERM)


FILE = """
    types {{ text/html html; }}
    sendfile on;
    server {{
        listen 127.0.0.1:{port};
        location / {{ root {at}; try_files /page.html =404; }}
    }}
"""


class Bare(site.Site):
    """The bare view behind the same server, with these bytes as its page."""

    name = "the bare view"

    def __init__(self, body):
        super().__init__()
        file = Path(settings.VAR_DIR) / "bare.html"
        file.write_bytes(body)
        self.environment = {"BARE_PAGE": str(file), "DJANGO_SETTINGS_MODULE": "benchmarks.bare"}

    def command(self):
        ours = "trupaths.wsgi"
        words = serve.server("127.0.0.1", self.port, access_log=False)
        return ["benchmarks.bare:application" if word == ours else word for word in words]
