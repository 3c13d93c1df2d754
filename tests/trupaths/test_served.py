"""The site as it is served: gunicorn with four processes, its logs, one database for all."""

import contextlib
import http.client
import json
import os
import socket
import subprocess
import threading
import time
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db import connection, models
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from tests.factories import create_provider, create_therapy, create_zip
from therapies.library import content_changes
from therapies.models import Therapy
from trupaths.management.commands import serve
from trupaths.middleware import FIXED

WORD = "zzquorlix"  # no page of ours holds it
TRIES = 600

pytestmark = pytest.mark.django_db(transaction=True)  # what is made, other processes see


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as held:
        return held.getsockname()[1]


def database():
    """The address of the database of this test, for another process."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


class Site:
    def __init__(self, port, log):
        self.port, self.log = port, log

    def ask(self, method, path, **fields):
        """(status, page) as one connection of its own gets it."""
        held = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Sec-Fetch-Site": "same-origin", "User-Agent": f"Browser {WORD}"}
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            held.request(method, path, urlencode(fields) or None, headers)
            answer = held.getresponse()
            return answer.status, answer.read().decode()
        finally:
            held.close()


TOKEN = "a-token-" * 3


@pytest.fixture(scope="module")
def site(django_db_setup, tmp_path_factory):
    with served(tmp_path_factory.mktemp("served"), 4, METRICS_TOKEN=TOKEN) as found:
        yield found


@contextmanager
def served(folder, workers, **variables):
    port = free_port()
    environment = os.environ | variables | {
        "VAR_DIR": str(folder),
        "DATABASE_URL": database(),
        "DJANGO_SETTINGS_MODULE": "tests.plain_static",
        "LIMITS": "1",
    }  # fmt: skip
    command = [*serve.server("127.0.0.1", port, access_log=True), "--workers", str(workers)]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            found = Site(port, folder / "log")
            _wait_for(found, server)
            yield found
        finally:
            server.terminate()
            server.wait(30)


def _wait_for(site, server):
    for _ in range(TRIES):
        assert server.poll() is None, site.log.read_text()
        try:
            if site.ask("GET", "/readyz")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(site.log.read_text())


READ = [
    f"/providers/?q={WORD}&near={WORD}",
    f"/providers/?near=45.5%2C-122.6&therapy={WORD}",
    f"/providers/suggestions/?q={WORD}",
    f"/providers/suggestions/?near={WORD}",
    f"/therapies/?q={WORD}&kind={WORD}",
    f"/therapies/compare/?t={WORD}",
    f"/therapies/mbsr/?near={WORD}",
    f"/conditions/?q={WORD}",
    f"/recommendations/?near={WORD}",
    f"/saved/?c={WORD}",
    f"/saved/call-sheet/?c={WORD}",
    f"/shared/{WORD}/",
    f"/corrections/?code={WORD}",
    f"/corrections/{WORD}/",
    f"/confirm/{WORD}/",
    f"/therapies/preview/{WORD}/",
    f"/?q={WORD}&" + "a" * 8000,
    f"/providers/?q={WORD}%00",
]
SENT = [
    ("/assistant/", {"q": f"I feel {WORD} and cannot sleep", "talk": WORD}),
    ("/providers/larch-house/report/", {"aspect": "contact", "message": f"{WORD} answers"}),
    ("/providers/larch-house/report/", {"aspect": WORD, "message": WORD}),
    ("/suggest/", {"name": f"{WORD} house", "city": "Salem", "state": "OR", "message": WORD}),
    ("/suggest/", {"name": "", "website": WORD}),
    ("/saved/", {"act": "save", "provider": "larch-house", "note": WORD}),
    ("/saved/", {"act": WORD, "provider": WORD, "next": f"/{WORD}"}),
    ("/recommendations/choice/", {"act": "yes", "thing": WORD, "q": WORD, "next": WORD}),
    ("/your-data/", {"act": "forget", "signal": WORD}),
    ("/shared/none/", {"act": WORD}),
    ("/admin/login/", {"username": f"{WORD}@example.org", "password": WORD}),
]
# What a visitor sends on purpose, and where they read that we keep it.
KEPT = {
    ("Correction", "message"),
    ("SuggestedPlace", "name"),
    ("SuggestedPlace", "message"),
    ("Saved", "note"),
}


def test_what_a_visitor_types_is_in_no_log_and_no_table_that_promises_none(site):
    type_everywhere(site)
    log = site.log.read_text()
    for path in ("/providers/", "/assistant/", "/suggest/", "/saved/", "/corrections/-"):
        assert f" {path}" in log, path
    assert WORD not in log
    assert "Browser" not in log and "127.0.0.1:" not in log.replace(f"127.0.0.1:{site.port}", "")
    assert found_in_tables(WORD) == KEPT


def type_everywhere(site):
    """`WORD` stands in the pages, so that finding it nowhere else means something."""
    create_zip()
    create_provider(name="Larch House", therapies=[create_therapy(short_name="MBSR")])
    shown = 0
    for path in READ:
        status, page = site.ask("GET", path)
        assert status < 500, path
        shown += WORD in page
    for path, fields in SENT:
        status, page = site.ask("POST", path, **fields)
        assert status < 500, path
        shown += WORD in page
    assert shown >= 8


def test_as_json_each_line_is_one_object_and_none_holds_what_was_typed(django_db_setup, tmp_path):
    with served(tmp_path, 1, LOG_FORMAT="json", LOG_LEVEL="DEBUG") as site:
        type_everywhere(site)
    log = site.log.read_text()
    assert WORD not in log and "Browser" not in log
    lines = [json.loads(line) for line in log.splitlines()]
    asked = [line for line in lines if line["logger"] == "gunicorn.access"]
    assert len(asked) >= len(READ) + len(SENT)
    for line in asked:
        assert set(line) == {
            "time", "level", "logger", "message", "request", "view", "status", "ms",
        }  # fmt: skip
    sent = [line for line in asked if line["message"] == "POST /assistant/"]
    assert [line["view"] for line in sent] == ["assistant:page"]
    # What else was said of a request names the same one.
    known = {line["request"] for line in asked}
    said = [line for line in lines if line["logger"] == "django.request"]
    assert said and {line["request"] for line in said} <= known


def figures(site):
    held = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    held.request("GET", "/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    text = held.getresponse().read().decode()
    held.close()
    return {
        (sample.name, sample.labels.get("view")): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name in ("trupaths_requests_total", "trupaths_request_seconds_count")
    }


def test_figures_are_of_all_processes_whichever_is_asked(site):
    asked = {("trupaths_requests_total", "about"), ("trupaths_request_seconds_count", "about")}
    before = figures(site)
    for _ in range(40):
        assert site.ask("GET", "/about/")[0] == 200
    for _ in range(8):
        after = figures(site)
        assert {key: after[key] - before.get(key, 0) for key in asked} == dict.fromkeys(asked, 40)
    folder = site.log.parent / "metrics"
    assert len(list(folder.glob("*.lock"))) == len(list(folder.glob("counter_*.db"))) == 4
    assert folder.stat().st_mode & 0o077 == 0


def last_without(site, path, word):
    """When the last answer without the word was asked for, before 30 in a row that have it."""
    last, row, end = 0.0, 0, time.monotonic() + 30
    while row < 30:
        began = time.monotonic()
        assert began < end, f"{path} does not show {word}"
        row += 1
        if word not in site.ask("GET", path)[1]:
            last, row = began, 0
    return last


def test_every_process_shows_within_two_seconds_what_changed_or_whose_time_has_come(site):
    path = create_therapy(lead="Before.").get_absolute_url()
    last_without(site, path, "Before.")  # each of the four keeps it as it is
    soon = create_therapy(slug="soon", publish_at=timezone.now() + timedelta(seconds=1))
    moment = time.monotonic() + 1
    with content_changes():
        Therapy.objects.filter(slug="mbsr").update(lead="After.")
    changed = time.monotonic()
    assert last_without(site, path, "After.") < changed + 2
    assert last_without(site, soon.get_absolute_url(), soon.lead) < moment + 2


def found_in_tables(word):
    """{(model, field)} of text that holds the word."""
    found = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            text = isinstance(field, (models.CharField, models.TextField, models.JSONField))
            if text and any(
                word in str(value) for value in model.objects.values_list(field.name, flat=True)
            ):
                found.add((model.__name__, field.name))
    return found


def test_four_processes_hold_one_limit_within_ten_percent(site):
    """300 letters a minute may be typed from one address, whichever process answers."""
    answers, most = Counter(), 300
    path = "/providers/suggestions/?q=a"

    def type_on():
        held = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
        for _ in range(60):
            held.request("GET", path)
            answer = held.getresponse()
            answer.read()
            answers[answer.status] += 1
            if answer.status == 429:
                assert 1 <= int(answer.headers["Retry-After"]) <= 120
        held.close()

    started = time.monotonic()
    threads = [threading.Thread(target=type_on) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - started
    assert sum(answers.values()) == 480 and set(answers) == {200, 429}
    # While it took, as much as lies a minute back came free again.
    assert 0.9 * most <= answers[200] <= 1.1 * most + most * took / 60


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        (f"/?q={WORD}" + "a" * 9000, {}, 414),
        ("/", {"X-Long": WORD + "a" * 9000}, 431),
        ("/", {"Bad Name": WORD}, 400),
    ],
)
def test_what_never_reaches_our_pages_is_refused_under_the_same_policy(site, path, headers, status):
    held = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    held.putrequest("GET", path)
    for name, value in headers.items():
        held._output(f"{name}: {value}".encode())
    held.endheaders()
    answer = held.getresponse()
    page = answer.read()
    assert (answer.status, answer.length) == (status, 0)
    for name, value in FIXED.items():
        assert answer.headers[name] == value
    assert "charset=utf-8" in answer.headers["Content-Type"]
    assert WORD.encode() not in page


HEALTH = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
POST = b"POST /saved/ HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n"
FORM = POST + b"Content-Type: application/x-www-form-urlencoded\r\n"


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        HEALTH[:20],
        FORM + b"Content-Length: 5000\r\n\r\nact=",
        FORM + b"Content-Length: 900000\r\n\r\n" + b"a" * 100_000,
    ],
    ids=["silence", "half a head", "half a body", "half of a large body"],
)
def test_who_never_ends_what_they_began_holds_nobody_up(site, begun):
    """More of them than there are threads."""
    with contextlib.ExitStack() as held:
        for _ in range(40):
            line = held.enter_context(socket.create_connection(("127.0.0.1", site.port)))
            line.settimeout(5)
            line.sendall(begun)
        assert site.ask("GET", "/healthz") == (200, "ok\n")


def test_requests_in_parts_and_behind_one_another_are_all_answered(site):
    form = FORM + b"Content-Length: 200000\r\n\r\n" + b"a" * 200_000  # larger than is taken in
    sent = HEALTH + HEALTH + form + HEALTH
    with socket.create_connection(("127.0.0.1", site.port), timeout=30) as line:
        for start, end in ((0, 10), (10, 100), (100, 150_000), (150_000, len(sent))):
            line.sendall(sent[start:end])
            time.sleep(0.05)
        line.shutdown(socket.SHUT_WR)
        answers = b"".join(iter(lambda: line.recv(1 << 16), b""))
    assert answers.count(b"HTTP/1.1 200 OK") == answers.count(b"ok\n") == 3
