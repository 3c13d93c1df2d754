"""PostgreSQL is restarted while 8 visitors save: `python -m tests.postgres python -m drills …`.

The server has to run on this machine, under a user that this one may act as. Pass: half a second
after it is back nothing fails, there are as many rows as saves that were answered, and who asks
meanwhile sees a page of ours.
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
        ours = all(b"</html>" in a.page and b"Traceback" not in a.page for a in load.failed())
        rows = Saved.objects.count()
    print(f"  {load.shown()}")
    print(f"  away for {back - began:.1f} s; errors {AFTER} s after it was back: {len(late)}")
    print(f"  rows {rows:,}, saves answered {len(fine):,}, visitors {Visitor.objects.count():,}")
    print(f"  who asked meanwhile saw a page of ours: {ours}", flush=True)
    if data.is_relative_to(tempfile.gettempdir()):  # as tests.postgres made it, and ends without it
        connections.close_all()
        pg_ctl(data, "stop")
    return not (late or load.lost) and rows == len(fine) and ours


def saving(slugs):
    """Each save is of somebody new: as many rows as answers."""

    def save(n, visitor):
        visitor.cookie = ""
        visitor.turn = getattr(visitor, "turn", n) + 1
        return visitor.ask("/saved/", provider=slugs[visitor.turn % len(slugs)], next="/saved/")

    return save


def pg_ctl(data, act):
    """With the program beside the server's own, as the user that it runs as."""
    server = int((data / "postmaster.pid").read_text().split()[0])
    program = Path(os.readlink(f"/proc/{server}/exe")).with_name("pg_ctl")
    owner = data.stat()
    identity = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
    subprocess.run(
        [program, act, "-D", data, "-m", "fast", "-w", "-l", data.parent / "restarted"],
        cwd=data, check=True, stdout=subprocess.DEVNULL, **(identity if os.geteuid() == 0 else {}),
    )  # fmt: skip
