"""Figures: what they count, never hold, and who may read them. Many processes: test_served."""

import urllib.error
import urllib.request

import pytest
from django.test import Client
from django.urls import get_resolver
from prometheus_client.parser import text_string_to_metric_families

from tests.factories import create_provider, create_term, create_therapy, create_zip
from tests.providers.imports.test_running import load, record
from tests.trupaths.test_served import free_port
from trupaths import metrics
from trupaths.kept_pages import keep

pytestmark = pytest.mark.django_db

TOKEN = "a-token-" * 3
LABELS = {"status", "le", "found", "outcome", "view"}


@pytest.fixture
def figures(settings, tmp_path):
    """{(name, labels): value} as the page shows them now."""
    settings.VAR_DIR, settings.METRICS, settings.METRICS_TOKEN = tmp_path, True, TOKEN
    keep.forget()

    def read():
        answer = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
        assert answer["Content-Type"].startswith("text/plain; version=")
        return {
            (sample.name, *sorted(sample.labels.items())): sample.value
            for family in text_string_to_metric_families(answer.content.decode())
            for sample in family.samples
        }

    return read


def views(resolver=None, namespace=""):
    """The names of all views there are."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from views(pattern, inner)
        elif pattern.name:
            yield f"{namespace}{pattern.name}"


def test_a_label_is_the_name_of_a_view_or_a_word_of_ours(figures, settings):
    settings.PAGES_KEPT_MB = 1
    create_zip()
    create_provider(slug="zz-house", therapies=[create_therapy()])
    client = Client()
    for path in (
        "/", "/", "/providers/?q=zzquorlix&near=97214", "/providers/zz-house/", "/zzquorlix/",
        "/therapies/mbsr/", "/static/css/zzquorlix.css", "/?q=%00zzquorlix",
    ):  # fmt: skip
        client.get(path)
    client.generic("ZZQUORLIX", "/zzquorlix/")
    client.post("/assistant/", {"q": "zzquorlix"})
    found = figures()
    assert {name for key in found for name, _ in key[1:]} <= LABELS
    named = {value for key in found for name, value in key[1:] if name == "view"}
    assert named <= {*views(), "none", "file"} and "providers:list" in named
    assert not any(word in str(found) for word in ("zz", "mbsr", "97214", "/"))
    assert found["trupaths_requests_total", ("status", "2xx"), ("view", "home")] == 2
    assert found["trupaths_kept_pages_total", ("found", "kept")] == 1
    assert found["trupaths_index_seconds_count",] == 1
    assert found["trupaths_request_seconds_count", ("view", "none")] == 3


def test_who_was_asked_to_wait_is_counted(figures, settings):
    settings.LIMITS = True
    client = Client()
    for _ in range(32):
        client.get("/corrections/?code=x")
    assert figures()["trupaths_held_back_total", ("view", "providers:correction_list")] >= 1


def test_without_a_token_there_is_no_such_page_and_with_another_none_to_read(settings, client):
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = TOKEN
    for sent in ("", "Bearer", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer é"):
        answer = client.get("/metrics", headers={"Authorization": sent})
        assert answer.status_code == 401 and answer["WWW-Authenticate"] == "Bearer"
        assert b"trupaths_" not in answer.content


def test_rows_that_an_import_took_in_are_counted(figures):
    create_zip()
    create_term()
    load(record("F1"), record("F2"))
    assert figures()["trupaths_import_rows_total", ("outcome", "added")] == 2


def test_on_a_port_of_their_own_several_answer(figures, settings):
    settings.METRICS_PORT = free_port()
    Client().get("/healthz")
    servers = [metrics.listen(), metrics.listen()]  # as two processes would
    try:
        address = f"http://127.0.0.1:{settings.METRICS_PORT}"
        with urllib.request.urlopen(f"{address}/metrics") as answer:
            assert b'trupaths_requests_total{status="2xx",view="healthz"} 1.0' in answer.read()
        with pytest.raises(urllib.error.HTTPError, match="404") as refused:
            urllib.request.urlopen(f"{address}/")
        refused.value.close()
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def test_where_nothing_can_be_written_pages_are_shown_all_the_same(settings, tmp_path):
    (tmp_path / "file").touch()
    settings.VAR_DIR, settings.METRICS, settings.METRICS_TOKEN = tmp_path / "file", True, TOKEN
    assert Client().get("/healthz").status_code == 200
    assert Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).content == b""


def test_a_weak_token_stops_the_start(started):
    assert started(METRICS_TOKEN=TOKEN)["METRICS"] and not started()["METRICS"]
    with pytest.raises(Exception, match="METRICS_TOKEN has to be 20 or more"):
        started(METRICS_TOKEN="short")
    with pytest.raises(Exception, match="METRICS_PORT is no port"):
        started(METRICS_PORT="70000")
