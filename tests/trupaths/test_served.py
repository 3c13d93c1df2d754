"""The site as it is served: gunicorn with four processes, its logs, one database for all."""

import http.client
import os
import socket
import subprocess
import threading
import time
from collections import Counter
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db import connection, models

from tests.factories import create_provider, create_therapy, create_zip
from trupaths.management.commands import serve

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


@pytest.fixture(scope="module")
def site(django_db_setup, tmp_path_factory):
    folder, port = tmp_path_factory.mktemp("served"), free_port()
    environment = os.environ | {
        "VAR_DIR": str(folder),
        "DATABASE_URL": database(),
        "DJANGO_SETTINGS_MODULE": "tests.plain_static",
        "LIMITS": "1",
    }
    command = [*serve.server("127.0.0.1", port, access_log=True), "--workers", "4"]
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
    log = site.log.read_text()
    for path in ("/providers/", "/assistant/", "/suggest/", "/saved/", "/corrections/-"):
        assert f" {path}" in log, path
    assert WORD not in log
    assert "Browser" not in log and "127.0.0.1:" not in log.replace(f"127.0.0.1:{site.port}", "")
    assert found_in_tables(WORD) == KEPT


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
