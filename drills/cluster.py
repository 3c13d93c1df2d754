"""A small cluster on this machine: nginx, two web nodes, PostgreSQL with two copies, Redis.

Visitors read, search and save all the while; a node, a copy, Redis and at last the primary are
killed, and a copy is promoted. Pass: every save that was answered is there afterwards, nobody
misses what they saved a moment ago, a change shows on both nodes within two seconds also while the
copies are behind, and what fails is only what was in hand, or a save while there is no primary.
"""

import contextlib
import http.client
import tempfile
import threading
import time
from collections import Counter
from itertools import product
from pathlib import Path
from typing import NamedTuple

import dj_database_url
import numpy as np
from django.db import connections

from providers.changes import listing_changes
from providers.models import Provider
from recommendations.models import Saved
from therapies.library import content_changes
from therapies.models import Therapy

from . import machines, site

CALM = 5  # seconds of load in each phase
NOTICED = 2  # seconds until somebody promotes a copy
WITHIN = 2.0  # seconds until a change shows
IN_HAND = 1.0  # seconds after a kill in which what was in hand may fail
SETTLED = 3.0  # seconds after the promotion by which all works
LIMIT = 60  # searches a minute from one network, of all nodes together


def run(*, clients, seed):
    if lacking := machines.missing():
        raise SystemExit(f"This drill needs packages of Debian: apt install {' '.join(lacking)}")
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cluster-")))
        cluster = stack.enter_context(Cluster(folder))
        return Drill(cluster, clients).run()


class Cluster:
    def __init__(self, folder):
        names = ["primary", "copy_a", "copy_b"]
        self.databases = [machines.Postgres(folder, names, n) for n in range(len(names))]
        self.folder, self.redis, self.nodes, self.nginx = folder, machines.Redis(folder), [], None

    def __enter__(self):
        primary, *copies = self.databases
        machines.hand_over(self.folder, primary)
        primary.make()
        primary.start()
        for copy in copies:
            copy.make(primary)
            copy.start()
        until(lambda: primary.has_copies(2))
        use(primary.url(whole=True))
        site.prepare()
        self.redis.start()
        environment = {
            "DATABASE_URL": primary.url(whole=True),
            "REPLICA_URLS": " ".join(copy.url() for copy in copies),
            "REDIS_URL": self.redis.url,
            "SECRET_KEY": "of two nodes that are one site, and only for this drill",
            "BEHIND_PROXY": "1",
            "LIMITS": "1",
            "LOG_LEVEL": "WARNING",
        }
        self.nodes = [
            machines.Node(self.folder, name, environment) for name in ("node_a", "node_b")
        ]
        for node in self.nodes:
            node.start()
        self.nginx = machines.in_front(self.folder, self.nodes)
        self.nginx.start()
        return self

    def __exit__(self, *raised):
        connections.close_all()
        for machine in filter(None, [self.nginx, *self.nodes, self.redis, *self.databases]):
            machine.kill()


class Visit(NamedTuple):
    kind: str  # read, by somebody unknown or known; save; or own: the list of what one saved
    began: float  # seconds, of time.monotonic()
    seconds: float
    status: int  # 0: no answer


class Visits:
    """What visitors do, one thing after the other; now and then somebody new comes."""

    STEPS = "read read read save own read read save own read".split()

    def __init__(self, slugs):
        self.done, self.saved, self.missed = [], {}, []
        self._slugs, self._networks, self._lock = slugs, 0, threading.Lock()

    def __call__(self, n, visitor):
        visitor.turn = turn = getattr(visitor, "turn", n - 1) + 1
        step = self.STEPS[turn % len(self.STEPS)]
        if turn % len(self.STEPS) == 0 or not visitor.headers.get("X-Network"):
            self._somebody_new(visitor)
        slug = self._slugs[(turn * 7 + n * 31) % len(self._slugs)]
        kind = "known" if step == "read" and visitor.cookie else step
        time.sleep(0.02)
        began, status = time.monotonic(), 0
        try:
            answer = self._ask(step, visitor, turn, slug)
            status = answer.status
            return answer
        finally:
            self.done.append(Visit(kind, began, time.monotonic() - began, status))

    def _ask(self, step, visitor, turn, slug):
        if step == "save":
            answer = visitor.ask("/saved/", provider=slug, next="/saved/")
            if answer.status < 400:
                self.saved.setdefault(visitor.cookie, set()).add(slug)
        elif step == "own":
            answer = visitor.ask("/saved/")
            if answer.status == 200:
                self.check(visitor.cookie, answer)
        else:
            pages = (f"/providers/{slug}/", *site.READ)
            answer = visitor.ask(pages[turn % len(pages)])
        return answer

    def check(self, cookie, answer):
        for slug in self.saved.get(cookie, ()):
            if f"/providers/{slug}/".encode() not in answer.page:
                self.missed.append((cookie, slug))

    def _somebody_new(self, visitor):
        with self._lock:
            self._networks += 1
            number = self._networks
        visitor.cookie = ""
        visitor.headers["X-Network"] = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


class Drill:
    def __init__(self, cluster, clients):
        self.cluster, self.clients = cluster, clients
        slugs = Provider.objects.published().order_by("pk").values_list("slug", flat=True)
        self.visits = Visits(list(slugs[:200]))
        self.phases, self.held = [], []  # (name, began, ended); whether each thing held

    def run(self):
        cluster = self.cluster
        primary, *copies = cluster.databases
        node, redis = cluster.nodes[0], cluster.redis
        self.limits("both nodes count together", LIMIT)
        with site.Load(cluster.nginx, self.visits, self.clients):
            self.phase("all is well")
            self.changes("all is well")
            self.kill("a node is killed", node)
            self.kill("a copy is killed", copies[0], back=lambda: primary.has_copies(2))
            self.behind(copies)
            self.kill("Redis is killed", redis)
            began = time.monotonic()
            killed, promoted = self.promote(primary, copies)
            self.phase("a copy is promoted", since=began)
            self.phase("all is well again")
            self.changes("after the promotion")
        self.report(killed, promoted)
        self.kept()
        return all(self.held)

    def phase(self, name, since=None):
        began = time.monotonic() if since is None else since
        time.sleep(CALM)
        self.phases.append((name, began, time.monotonic()))

    def kill(self, name, machine, back=lambda: True):
        began = time.monotonic()
        machine.kill()
        self.phase(name, since=began)
        after = self.failed(since=began + IN_HAND)
        self.say(f"{name}: {len(after)} fail later than {IN_HAND:.0f} s", not after)
        began = time.monotonic()
        machine.start()
        until(back)
        self.phases.append(("… and is back", began, time.monotonic()))

    def promote(self, primary, copies):
        """The copy that has come furthest becomes the primary; the other follows by itself."""
        killed = time.monotonic()
        primary.kill()
        time.sleep(NOTICED)
        best, other = sorted(copies, key=machines.Postgres.received, reverse=True)
        best.promote()
        until(lambda: best.has_copies(1))
        print(f"  {best.name} is promoted, {other.name} follows it", flush=True)
        return killed, time.monotonic()

    def behind(self, copies):
        """A copy that has a change on its disk and does not show it yet is not asked."""
        for copy in copies:
            copy.ask("SELECT pg_wal_replay_pause()::text")
        self.changes("while both copies are behind")
        for copy in copies:
            copy.ask("SELECT pg_wal_replay_resume()::text")

    def changes(self, when):
        """Of a listing and of a therapy: is there a node that shows the old page for long?"""
        mark = f"Changed {len(self.held)} times"
        connections.close_all()  # they may be to a primary that is gone
        place = Provider.objects.published().order_by("pk").last()
        therapy = Therapy.objects.published().first()
        with listing_changes() as changed:
            place.summary = mark
            place.save()
            changed.add(place.pk)
        with content_changes():
            therapy.headline = mark
            therapy.save()
        seconds = stale(
            self.cluster.nodes, [page.get_absolute_url() for page in (place, therapy)], mark
        )
        self.say(f"{when}: the last old page was asked for {seconds:.1f} s after a change",
                 seconds <= WITHIN)  # fmt: skip

    def limits(self, name, most):
        """One network asks both nodes in turn."""
        visitors = [
            site.Visitor(node, headers={"X-Forwarded-For": "192.0.2.1"})
            for node in self.cluster.nodes
        ]
        asked = [visitors[n % 2].ask("/therapies/?q=sleep").status for n in range(2 * most)]
        through = asked.count(200)
        # Of the minute before, what lies within the last sixty seconds counts.
        self.say(f"{name}: {through} of {len(asked)} let through", most <= through <= most * 1.2)

    def failed(self, since=0.0, until=float("inf"), kinds=("read", "known", "own", "save")):
        return [
            visit
            for visit in list(self.visits.done)
            if since <= visit.began < until
            and visit.kind in kinds
            and (visit.status >= 500 or not visit.status)
        ]

    def report(self, killed, promoted):
        heads = (
            "seconds",
            "answers",
            "p50 ms",
            "p99 ms",
            "failed: read",
            "known",
            "own list",
            "save",
        )
        print(f"\n  {'':32}" + "".join(f"{head:>13}" for head in heads))
        for name, began, ended in self.phases:
            here = [visit for visit in self.visits.done if began <= visit.began < ended]
            times = [1000 * visit.seconds for visit in here if visit.status] or [0]
            failed = Counter(visit.kind for visit in self.failed(began, ended))
            row = (
                f"{ended - began:.1f}", f"{len(here):,}",
                *(f"{np.percentile(times, part):.0f}" for part in (50, 99)),
                *(failed[kind] for kind in ("read", "known", "own", "save")),
            )  # fmt: skip
            print(f"  {name:32}" + "".join(f"{cell:>13}" for cell in row))
        print(f"  answers by status: {dict(Counter(v.status for v in self.visits.done))}")
        quiet = [v for v in self.failed() if v.began < killed and not self.in_hand(v, killed)]
        self.say(f"{len(quiet)} fail while nothing was killed", not quiet)
        for visit in quiet:
            print(f"        {visit}")
        readers = self.failed(killed + IN_HAND, promoted + SETTLED, kinds=["read", "known", "own"])
        self.say(f"{len(readers)} who only read fail without a primary", not readers)
        late = self.failed(since=promoted + SETTLED)
        self.say(f"{len(late)} fail later than {SETTLED:.0f} s after the promotion", not late)

    def in_hand(self, visit, killed):
        """Was it being answered when something was killed?"""
        kills = [killed, *(began for name, began, _ in self.phases if "killed" in name)]
        ended = visit.began + visit.seconds
        return any(visit.began < kill + IN_HAND and kill <= ended for kill in kills)

    def kept(self):
        """Every save that was answered, asked for as its visitor would, and in the database."""
        promised, visits = self.visits.saved, self.visits
        self.say(
            f"{len(visits.missed)} lists lacked what was saved a moment ago", not visits.missed
        )
        visits.missed = []
        for cookie in promised:
            visitor = site.Visitor(self.cluster.nginx, cookie, {"X-Network": "192.0.2.2"})
            visits.check(cookie, visitor.ask("/saved/"))
        saves, rows = sum(map(len, promised.values())), Saved.objects.count()
        self.say(f"{saves:,} saves answered, {rows:,} rows, {len(visits.missed)} lost afterwards",
                 not visits.missed and rows >= saves)  # fmt: skip

    def say(self, sentence, held):
        print(f"  {'held ' if held else 'NOT  '} {sentence}", flush=True)
        self.held.append(held)


def use(url):
    """From here on this process is of the cluster too."""
    connections.close_all()
    found = {"default": dj_database_url.parse(url) | {"CONN_HEALTH_CHECKS": True}}
    connections.databases["default"] = connections.configure_settings(found)["default"]
    del connections["default"]


def until(holds):
    end = time.monotonic() + machines.PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise SystemExit("The cluster did not become whole again.")
        time.sleep(0.1)


def stale(nodes, paths, mark):
    """Seconds from now until somebody new, on any of the nodes, asked last and got an old page."""
    began, old = time.monotonic(), [0.0]

    def watch(node, path):
        while time.monotonic() < began + 2 * WITHIN:
            asked = time.monotonic()
            with contextlib.suppress(OSError, http.client.HTTPException):
                if mark.encode() not in site.Visitor(node).ask(path).page:
                    old.append(asked - began)
            time.sleep(0.05)

    together = [threading.Thread(target=watch, args=pair) for pair in product(nodes, paths)]
    for thread in together:
        thread.start()
    for thread in together:
        thread.join()
    return max(old)
