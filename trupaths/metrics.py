"""LEAF: figures for Prometheus, of all processes of a machine together; off unless asked for.

Each process counts in files of its own under VAR_DIR/metrics, and whoever is asked adds them up. A
label is the name of a view or a word of ours: no path, no query, nothing that tells of a visitor.
"""

import logging
import os
import threading
import time
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from .tracing import view_of

try:
    import fcntl
except ImportError:  # Windows, where one process serves
    fcntl = None

log = logging.getLogger(__name__)

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
FILE = 1 << 20  # bytes: some 5,000 figures; the library doubles it when it is full
_making = threading.Lock()


def measured(get_response):
    """Middleware: how many answers of which view, how they ended, and how long they took."""
    if not settings.METRICS or (figures := _figures()) is None:
        raise MiddlewareNotUsed

    def middleware(request):
        began = time.perf_counter()
        response = get_response(request)
        view = view_of(request)
        figures.requests.labels(view, f"{response.status_code // 100}xx").inc()
        figures.seconds.labels(view).observe(time.perf_counter() - began)
        if response.status_code == 429:
            figures.held_back.labels(view).inc()
        if (found := getattr(request, "kept", None)) is not None:
            figures.kept.labels("kept" if found else "made").inc()
        return response

    return middleware


@contextmanager
def searching():
    """Around a question to the index."""
    began = time.perf_counter()
    yield
    if settings.METRICS and (figures := _figures()):
        figures.index.observe(time.perf_counter() - began)


def imported(counts):
    """{what became of them: rows} of a batch that was taken in."""
    if settings.METRICS and (figures := _figures()):
        for outcome, rows in counts.items():
            figures.imported.labels(outcome).inc(rows)


@require_safe
def page(request):
    """/metrics, for who knows METRICS_TOKEN."""
    if not settings.METRICS_TOKEN:
        raise Http404
    sent = request.headers.get("Authorization", "")
    if not constant_time_compare(sent, f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse(
            "Send the token: Authorization: Bearer …\n",
            status=401,
            content_type="text/plain; charset=utf-8",
            headers={"WWW-Authenticate": "Bearer", "Cache-Control": "no-store"},
        )
    kind, text = shown()
    return HttpResponse(text, content_type=kind, headers={"Cache-Control": "no-store"})


def shown():
    """(type of content, figures of all processes as Prometheus reads them)."""
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    if _figures():
        MultiProcessCollector(registry, str(_folder()))
    return CONTENT_TYPE_LATEST, generate_latest(registry)


def listen():
    """Answer on METRICS_PORT. Every process does, on one port, as each can tell of all."""
    if not settings.METRICS_PORT:
        return None
    try:
        server = _Server((settings.METRICS_HOST, settings.METRICS_PORT), _Asked)
    except OSError as error:
        log.error("No figures on port %s: %s", settings.METRICS_PORT, error.strerror)
        return None
    threading.Thread(target=server.serve_forever, name="metrics", daemon=True).start()
    return server


class _Server(ThreadingHTTPServer):
    allow_reuse_port = True


class _Asked(BaseHTTPRequestHandler):
    timeout = 10  # seconds

    def do_GET(self):
        if self.path != "/metrics":
            return self.send_error(404)
        kind, text = shown()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *said):
        """No line: who reads figures asks every few seconds."""


def _folder():
    return settings.VAR_DIR / "metrics"


def _figures():
    """What is counted; None where there is no room for it: no page is lost for a figure."""
    with _making:
        return _made(_folder())


@cache
def _made(folder):
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        place = _Place(folder)
        place.number()
    except OSError as error:
        log.error("Nothing is measured: %s cannot be written (%s)", folder, error.strerror)
        return None
    # The library asks for the variable when it opens a file, and takes 0.1 s to be imported.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    from prometheus_client import Counter, Histogram, values

    values.ValueClass = values.MultiProcessValue(place.number)

    def counter(name, says, *labels):
        return Counter(f"trupaths_{name}", says, labels, registry=None)

    def histogram(name, says, *labels):
        return Histogram(f"trupaths_{name}", says, labels, registry=None, buckets=SECONDS)

    return SimpleNamespace(
        requests=counter("requests", "Answers, by view and how they ended.", "view", "status"),
        seconds=histogram("request_seconds", "From a request to its answer, by view.", "view"),
        held_back=counter("held_back", "Answers that asked to wait, by view.", "view"),
        kept=counter("kept_pages", "Pages without a query, kept or made anew.", "found"),
        index=histogram("index_seconds", "One question of a search to the index."),
        imported=counter("import_rows", "Rows of directories, by what became of them.", "outcome"),
    )


class _Place:
    """A number that no other running process has, for the names of its files.

    Whoever ends leaves number and counts to the next, so there are never more files than processes
    at once, and a start anew loses nothing.
    """

    def __init__(self, folder):
        self._folder, self._owner, self._number, self._held = folder, None, None, None

    def number(self):
        if self._owner != os.getpid():  # also after a fork
            self._held, self._number = self._claimed() if fcntl else (None, os.getpid())
            self._owner = os.getpid()
        return self._number

    def _claimed(self):
        number = 0
        while True:
            held = (self._folder / f"{number}.lock").open("w")
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                held.close()
                number += 1
                continue
            for kind in ("counter", "histogram"):
                self._make_room(self._folder / f"{kind}_{number}.db")
            return held, number

    def _make_room(self, path):
        """On the disk and now: a write to memory that finds no room later would end the process."""
        with path.open("ab") as file:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(file.fileno(), 0, FILE)
