"""While the database is away, or takes nothing in, pages say so and show what they can."""

import errno
import io
import logging
from contextlib import contextmanager

import pytest
from django.db import connection

from recommendations.models import Saved
from tests.factories import create_provider, create_therapy
from trupaths.outages import Briefly

LISTING = "/providers/alder/"
SAVE = {"act": "save", "provider": "alder", "next": "/saved/"}


@contextmanager
def away(tmp_path):
    """No server listens where the database was, and no file is there."""
    told = connection.settings_dict
    sqlite = connection.vendor == "sqlite"
    nowhere = {"NAME": tmp_path / "none" / "file"} if sqlite else {"HOST": str(tmp_path)}
    connection.close()
    connection.settings_dict = told | nowhere
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = told


@contextmanager
def taking_nothing_in():
    """As a disk that is read-only, or a standby."""
    on, off = (
        ("PRAGMA query_only = ON", "PRAGMA query_only = OFF")
        if connection.vendor == "sqlite"
        else ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off")
    )
    with connection.cursor() as cursor:
        cursor.execute(on)
    yield
    with connection.cursor() as cursor:
        cursor.execute(off)


@pytest.fixture
def client(client):
    client.raise_request_exception = False
    return client


@pytest.mark.django_db(transaction=True)
def test_while_the_database_is_away_pages_say_so_or_are_shown_from_memory(client, tmp_path):
    create_therapy()
    create_provider(slug="alder")
    library = ["/", "/therapies/", "/about/", "/healthz"]
    assert {client.get(path).status_code for path in [*library, "/readyz"]} == {200}
    with away(tmp_path):
        assert [client.get(path).status_code for path in library] == [200] * 4
        assert b"MBSR" in client.get("/therapies/").content
        assert client.get("/readyz").status_code == 503
        for answer in (
            client.get(LISTING),
            client.get("/providers/?q=sleep"),
            client.post("/saved/", SAVE),
        ):
            assert (answer.status_code, answer["Retry-After"]) == (503, "15")
            page = answer.content.decode()
            assert "tel:988" in page and "tel:911" in page and "Try again in a minute" in page
            assert str(tmp_path) not in page and not answer.cookies
            assert answer["X-Request-Id"] in page
    assert client.get(LISTING).status_code == 200
    assert client.post("/saved/", SAVE).status_code == 302


@pytest.fixture
def printed():
    """What the handler of the settings prints, as if its last outage were long ago."""
    handler, briefly = next(
        (handler, each)
        for handler in logging.getLogger().handlers
        for each in handler.filters
        if isinstance(each, Briefly)
    )
    briefly._next = 0.0
    before = handler.setStream(stream := io.StringIO())
    yield stream
    handler.setStream(before)


@pytest.mark.django_db(transaction=True)
def test_the_log_of_an_outage_has_a_line_for_each_request_and_says_once_where(
    client, tmp_path, printed
):
    client.get("/providers/")
    with away(tmp_path):
        numbers = [client.get("/providers/?q=zz")["X-Request-Id"] for _ in range(5)]
    lines = printed.getvalue().splitlines()
    told = [line for line in lines if "Service Unavailable: /providers/" in line]
    assert [next(n for n in numbers if n in line) for line in told] == numbers
    assert all(line.endswith("OperationalError") for line in told[1:])
    where = [n for n, line in enumerate(lines) if line.startswith("  File ")]
    assert lines.index(told[0]) < where[0] and where[-1] < lines.index(told[1])


@pytest.mark.django_db(transaction=True)
def test_htmx_is_told_too(client, tmp_path):
    htmx = {"HX-Request": "true"}
    client.get("/providers/")
    with away(tmp_path):
        pressed = client.post("/saved/", SAVE, headers=htmx)
        part = client.get("/providers/?q=sleep", headers=htmx)
        typed = client.get("/providers/suggestions/?q=slee", headers=htmx)
    assert pressed.status_code == part.status_code == 503
    assert b'id="toasts"' in pressed.content and pressed["HX-Reswap"] == "none"
    assert part["HX-Redirect"] == "/providers/?q=sleep"
    assert "HX-Redirect" not in typed


@pytest.mark.django_db(transaction=True)
def test_where_nothing_can_be_written_pages_are_read_and_a_save_is_refused_whole(client):
    create_provider(slug="alder")
    client.post("/recommendations/choice/", {"act": "yes", "next": "/"})  # so that reading writes
    with taking_nothing_in():
        assert client.get(LISTING).status_code == 200
        refused = client.post("/saved/", SAVE)
        assert refused.status_code == 503 and b"tel:988" in refused.content
    assert not Saved.objects.exists()
    assert client.post("/saved/", SAVE).status_code == 302
    assert Saved.objects.count() == 1


class HungUp:
    def read(self, *size):
        raise ConnectionResetError

    readline = read


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
@pytest.mark.django_db
def test_a_body_that_never_came_is_no_fault_of_ours(client, kind):
    body = {"CONTENT_LENGTH": "5000", "wsgi.input": HungUp()}
    assert client.post("/saved/", "a", content_type=kind, **body).status_code == 400


def missing_table():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM none_such")


def without_room():
    raise OSError(errno.ENOSPC, "No space left on device")


def without_file():
    raise FileNotFoundError(errno.ENOENT, "No such file")


@pytest.mark.parametrize(
    ("fault", "status"), [(missing_table, 500), (without_file, 500), (without_room, 503)]
)
@pytest.mark.django_db
def test_only_what_passes_by_itself_is_no_fault_of_ours(client, monkeypatch, fault, status):
    monkeypatch.setattr("trupaths.views.library", fault)
    answer = client.get("/")
    assert answer.status_code == status
    assert b"none_such" not in answer.content and b"tel:988" in answer.content
