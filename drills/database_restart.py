"""PostgreSQL is restarted while 8 visitors save, and then stopped for a while.

`python -m tests.postgres python -m drills database_restart`: the server has to run on this machine,
under a user that this one may act as. Pass: half a second after it is back nothing fails, there are
as many rows as saves that were answered, and who asks meanwhile sees a page of ours with 503. While
it is stopped, pages of the library are shown from memory, what needs rows says 503, /healthz stands
and /readyz does not; the first requests after it are answered.
"""

import os
import subprocess
import tempfile
import time
from pathlib import Path

from django.db import connection, connections

from providers.models import Provider
from recommendations.models import Saved, Visitor

from . import site

AFTER = 0.5  # seconds within which connections are made anew
LOAD = 3  # seconds before and after
ASKED = 16  # times for each page, so that both processes and their threads are asked
SHOWN = ("/", "/therapies/", "/therapies/act/", "/conditions/", "/privacy/", "/ayuda/", "/healthz")
NEEDS = ("/providers/?q=chronic+pain", "/readyz")


def run(*, clients, seed):
    if connection.vendor != "postgresql":
        raise SystemExit("This drill restarts PostgreSQL: name an empty database in DATABASE_URL.")
    site.prepare()
    slugs = list(Provider.objects.values_list("slug", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        data = Path(cursor.fetchone()[0])
    connections.close_all()
    with site.Site() as running:
        with site.Load(running, saving(slugs), clients) as load:
            time.sleep(LOAD)
            began = time.monotonic()
            pg_ctl(data, "restart")
            back = time.monotonic()
            time.sleep(LOAD)
        fine = [answer for answer in load.answers if answer.status < 400]
        late = [a for a in load.failed() if a.began > back + AFTER]
        ours = all(_is_ours(answer) for answer in load.failed())
        rows = Saved.objects.count()
        print(f"  {load.shown()}")
        print(f"  away for {back - began:.1f} s; errors {AFTER} s after it was back: {len(late)}")
        print(
            f"  rows {rows:,}, saves answered {len(fine):,}, {Visitor.objects.count():,} visitors"
        )
        print(f"  who asked meanwhile saw a page of ours with 503: {ours}", flush=True)
        connections.close_all()
        stood = _stopped(running, data)
    if data.is_relative_to(tempfile.gettempdir()):  # as tests.postgres made it, and ends without it
        connections.close_all()
        pg_ctl(data, "stop")
    return not (late or load.lost) and rows == len(fine) and ours and stood


def saving(slugs):
    """Each save is of somebody new: as many rows as answers."""

    def save(n, visitor):
        visitor.cookie = ""
        visitor.turn = getattr(visitor, "turn", n) + 1
        return visitor.ask("/saved/", provider=slugs[visitor.turn % len(slugs)], next="/saved/")

    return save


def _is_ours(answer):
    page = answer.page
    return answer.status == 503 and b"</html>" in page and b"988" in page and b"Trace" not in page


def _stopped(running, data):
    """Did pages say what they can without rows, and all of them what they say after it?"""
    _ask(running, SHOWN + NEEDS)
    pg_ctl(data, "stop")
    away = _ask(running, SHOWN + NEEDS)
    pg_ctl(data, "restart")  # as it ran before; "start" would not know how
    after = _ask(running, NEEDS + SHOWN)
    print(f"  stopped, {ASKED} times each: {away}; after it {set().union(*after.values())}")
    as_told = all(away[path] == {200} for path in SHOWN) and all(away[p] == {503} for p in NEEDS)
    return as_told and all(statuses == {200} for statuses in after.values())


def _ask(running, paths):
    """Path -> statuses."""
    return {path: {site.Visitor(running).ask(path).status for _ in range(ASKED)} for path in paths}


def pg_ctl(data, act):
    """With the program beside the server's own, as the user that it runs as."""
    owner = data.stat()
    identity = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
    subprocess.run(
        [_program(data), act, "-D", data, "-m", "fast", "-w", "-l", data.parent / "restarted"],
        cwd=data, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        **(identity if os.geteuid() == 0 else {}),
    )  # fmt: skip


def _program(data):
    """pg_ctl beside the program that the data were last served by: `postmaster.opts` names it."""
    return Path((data / "postmaster.opts").read_text().split()[0].strip('"')).with_name("pg_ctl")
