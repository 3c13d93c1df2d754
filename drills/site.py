"""The site as it is served, on a free port of this machine, and visitors who ask it all at once."""

import http.client
import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import numpy as np
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from trupaths.management.commands import serve

PATIENCE = 60  # seconds for what takes one or two
FORM = "application/x-www-form-urlencoded"
READ = (
    "/",
    "/providers/",
    "/providers/?near=97214&radius=50",
    "/providers/?q=chronic+pain",
    "/providers/?near=New+York&sort=name",
    "/therapies/",
    "/therapies/act/",
    "/conditions/",
    "/privacy/",
)


def prepare():
    """All content and the examples, as on a first start."""
    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as nowhere:
        call_command("prepare", stdout=nowhere)
    call_command("collectstatic", interactive=False, verbosity=0)


class Site:
    """gunicorn with two processes, as `manage.py serve` starts it, behind a socket that is kept.

    The socket is handed over as systemd does (LISTEN_FDS): it is there before a server is, and
    stays while one goes and the next comes.
    """

    name = "the site"
    takes_sockets = True
    environment = {"LIMITS": "0", "LOG_LEVEL": "ERROR"}  # it prints only what goes wrong

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=2048)
        self.port = self.socket.getsockname()[1]
        self.log = Path(settings.VAR_DIR) / "site.log"
        self.server = None

    def __enter__(self):
        self.start()
        try:
            self.wait()
        except BaseException:  # what was started goes with the drill
            self.stop()
            raise
        return self

    def __exit__(self, *raised):
        self.stop()
        self.socket.close()

    def command(self):
        return serve.server("127.0.0.1", self.port, access_log=False)

    def start(self):
        connections.close_all()
        command, given = self.command(), ()
        if self.takes_sockets:
            number = self.socket.fileno()
            taking = f'export LISTEN_FDS=1 LISTEN_PID=$$; exec "$@" 3<&{number}'
            command, given = ["sh", "-c", taking, "sh", *command], (number,)
        with self.log.open("a") as log:
            self.server = subprocess.Popen(
                command, env=os.environ | self.environment, stdout=log, stderr=log, pass_fds=given
            )

    def stop(self, number=signal.SIGTERM):
        if self.server.poll() is None:
            self.server.send_signal(number)
        self.server.wait(PATIENCE)

    def wait(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.server.poll() is None:
            try:
                if Visitor(self).ask("/readyz").status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise SystemExit(f"The site did not start:\n{self.log.read_text()}")

    def workers(self):
        """Process ids of those who answer."""
        pid = self.server.pid
        try:
            return {int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}
        except OSError:
            return set()

    def memory(self):
        """Megabytes that the processes hold, together."""
        held = [Path(f"/proc/{pid}/status").read_text() for pid in self.workers()]
        return sum(int(re.search(r"VmRSS:\s+(\d+)", text)[1]) for text in held) / 1024


class Answer(NamedTuple):
    began: float  # seconds, of time.monotonic()
    seconds: float
    status: int
    page: bytes


class Visitor:
    """One browser: keeps its cookie, and opens a connection for each page."""

    def __init__(self, site, cookie="", headers=()):
        self.site, self.cookie, self.headers = site, cookie, dict(headers)

    def ask(self, path, **fields):
        """The `Answer` to a GET, or to a POST of the fields; OSError, HTTPException without."""
        began = time.monotonic()
        held = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=PATIENCE)
        headers = {"Sec-Fetch-Site": "same-origin", "Connection": "close"} | self.headers
        if self.cookie:
            headers["Cookie"] = self.cookie
        if fields:
            headers["Content-Type"] = FORM
        try:
            method = "POST" if fields else "GET"
            held.request(method, path, urlencode(fields) or None, headers)
            answer = held.getresponse()
            page = answer.read()
            if told := answer.getheader("Set-Cookie"):
                self.cookie = told.partition(";")[0]
            return Answer(began, time.monotonic() - began, answer.status, page)
        finally:
            held.close()


class Load:
    """So many threads that do `act(n, visitor)` again and again; what came of it, and when."""

    def __init__(self, site, act, clients=16):
        self.answers, self.lost, self._stop = [], [], threading.Event()
        self._act, self._site = act, site
        self._threads = [
            threading.Thread(target=self._run, args=(n,), daemon=True) for n in range(clients)
        ]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *raised):
        self._stop.set()
        for thread in self._threads:
            thread.join(2 * PATIENCE)

    def _run(self, n):
        visitor = Visitor(self._site)
        while not self._stop.is_set():
            began = time.monotonic()
            try:
                self.answers.append(self._act(n, visitor))
            except (OSError, http.client.HTTPException) as error:
                self.lost.append((began, time.monotonic(), type(error).__name__))
                time.sleep(0.01)  # a refused connection takes no time at all

    def failed(self):
        return [answer for answer in self.answers if answer.status >= 500]

    def shown(self):
        return (
            f"{len(self.answers):,} answers ({times(self.answers)}), "
            f"{len(self.failed())} of 500 or more, {len(self.lost)} lost "
            f"{dict(Counter(name for *_, name in self.lost)) or ''}"
        )


def times(answers):
    if not answers:
        return "no times"
    held = [1000 * answer.seconds for answer in answers]
    return ", ".join(f"p{p} {np.percentile(held, p):.0f} ms" for p in (50, 99, 100))


def reading(n, visitor):
    """One page after the other, each client from another one on."""
    visitor.turn = getattr(visitor, "turn", n) + 1
    return visitor.ask(READ[visitor.turn % len(READ)])
