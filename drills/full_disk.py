"""The disk under database, pictures and logs is full: a small one is mounted for it, by root.

Pass: pages are read as before, also by a visitor of whom we keep what was opened, and a question
in a crisis is answered; a save is refused with 503 and a page of ours and leaves nothing, a backup
says what is wrong and leaves no part of a file; once there is room, saves work and nothing is
damaged.
"""

import os
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from providers.models import Provider
from recommendations.models import Saved, Visitor

from . import site

SIZE = "160m"
TRIES = 40
CRISIS = "I want to end my life"


def run(*, seed):
    if connection.vendor != "sqlite" or os.geteuid():
        raise SystemExit("This drill mounts a disk of its own: run it as root, with SQLite.")
    folder = Path(settings.VAR_DIR)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "drill", folder], check=True)
    try:
        return _tried(folder)
    finally:
        connections.close_all()
        subprocess.run(["umount", "--lazy", folder], check=True)


def _tried(folder):
    site.prepare()
    slugs = list(Provider.objects.values_list("slug", flat=True))
    with site.Site() as running:
        known = site.Visitor(running)
        known.ask("/recommendations/choice/", act="yes", next="/")
        pages = [*site.READ, *(f"/providers/{slug}/" for slug in slugs[-3:])]
        before = _read(running, known, pages)
        fine = [site.Visitor(running).ask("/saved/", provider=slug, next="/") for slug in slugs[:5]]
        connection.close()
        _fill(folder / "ballast")
        full = [site.Visitor(running).ask("/saved/", provider=slugs[n], next="/")
                for n in range(TRIES)]  # fmt: skip
        during = _read(running, known, pages[::-1])
        helped = b"988" in site.Visitor(running).ask("/assistant/", q=CRISIS).page
        said = _backup(folder)
        left = [path.name for path in folder.iterdir() if "backup" in path.name]
        (folder / "ballast").unlink()
        after = [
            site.Visitor(running).ask("/saved/", provider=slug, next="/") for slug in slugs[:5]
        ]
        answered = sum(answer.status < 400 for answer in fine + full + after)
        refused = [answer for answer in full if answer.status >= 400]
        ours = all(b"</html>" in a.page and b"Traceback" not in a.page for a in refused)
        rows, visitors = Saved.objects.count(), Visitor.objects.count()
        alone = Visitor.objects.filter(saved=None, consent_on=None).count()
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as base:
        whole = base.execute("PRAGMA integrity_check").fetchone()[0]
    works = all(answer.status < 400 for answer in after)
    statuses = sorted({answer.status for answer in refused})
    print(
        f"  full: {len(refused)} of {TRIES} saves refused with {statuses}, a page of ours: {ours}"
    )
    print(f"  rows {rows}, saves answered {answered}; visitors {visitors}, {alone} without a row")
    print(f"  pages read before {before} and during {during}; help in a crisis: {helped}")
    print(f"  backup: {said!r}; left behind: {left}")
    if during != {200: 2 * len(pages)}:
        print("  " + running.log.read_text()[-1500:].replace("\n", "\n    "))
    print(f"  with room again saves work: {works}; integrity: {whole}", flush=True)
    return (
        statuses == [503] and ours and works and whole == "ok" and rows == answered and not alone
        and during == before == {200: 2 * len(pages)} and helped
        and "No space left" in said and not left
    )  # fmt: skip


def _read(running, known, pages):
    """How many pages got which status: each read by somebody new, and by one we know."""
    answers = [who.ask(path) for path in pages for who in (site.Visitor(running), known)]
    return dict(Counter(answer.status for answer in answers))


def _fill(path):
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(b"\0" * size) == size:
                    pass
            except OSError:
                continue


def _backup(folder):
    done = subprocess.run(
        [sys.executable, "manage.py", "backup", folder / "backup.tar.gz"],
        cwd=settings.BASE_DIR, capture_output=True, text=True,
    )  # fmt: skip
    return done.stderr.strip().splitlines()[-1] if done.returncode else "made"
