"""The number of a request: on its answer, in its lines of the log, on the page of an error."""

import io
import logging
import re
from types import SimpleNamespace

import pytest
from django.test import Client

from trupaths import access_log
from trupaths.logs import DropQuery, Json, Text

pytestmark = pytest.mark.django_db

WORD = "zzquorlix"
FROM_PROXY = "0f3c9a52-1b7e-4c1d-9a64-0d8b6f4f2a11"


def number(**headers):
    return Client().get("/healthz", headers={k.replace("_", "-"): v for k, v in headers.items()})[
        "X-Request-Id"
    ]


def test_each_request_has_a_number_of_its_own():
    made = {number() for _ in range(3)}
    assert len(made) == 3 and all(re.fullmatch("[0-9a-f]{16}", each) for each in made)


def test_only_a_proxy_gives_a_number_and_only_one_that_says_nothing(settings):
    assert number(X_Request_Id=FROM_PROXY) != FROM_PROXY
    settings.PROXIES = 1
    assert number(X_Request_Id=FROM_PROXY) == FROM_PROXY
    for sent in ("", "lonely-and-sad", "12345", "f" * 65, "abcdefgh", f"{FROM_PROXY}\n", "-" * 16):
        assert re.fullmatch("[0-9a-f]{16}", number(X_Request_Id=sent)), sent


@pytest.fixture
def lines():
    """What the log says, as its own handler writes it, in the form that is asked for."""
    held = []

    def listen(formatter):
        handler = logging.StreamHandler(io.StringIO())
        handler.setFormatter(formatter)
        handler.addFilter(DropQuery())
        logging.getLogger().addHandler(handler)
        held.append(handler)
        return lambda: handler.stream.getvalue().splitlines()

    yield listen
    for handler in held:
        logging.getLogger().removeHandler(handler)


def test_a_page_of_an_error_shows_the_number_by_which_the_log_tells_what_broke(
    lines, client, monkeypatch
):
    text = lines(Text())
    objects = lines(Json())
    monkeypatch.setattr("trupaths.views.library", lambda: int(WORD))
    client.raise_request_exception = False
    answer = client.get(f"/?q={WORD}")
    shown = answer["X-Request-Id"]
    assert answer.status_code == 500 and f"<strong>{shown}</strong>" in answer.content.decode()
    assert f" {shown} Internal Server Error: /" in text()[0]
    (line,) = objects()
    assert f'"request": "{shown}"' in line and '"view": "home", "status": 500' in line
    assert "ValueError" in line and WORD not in line + "".join(text())


def test_what_a_view_says_itself_carries_the_number_too(lines, client, monkeypatch):
    objects = lines(Json())

    def say(request):
        try:
            int(WORD)
        except ValueError:
            logging.getLogger("providers").exception("It broke")
        return SimpleNamespace(therapies=[], conditions=[], starting_points=[])

    monkeypatch.setattr("trupaths.views.library", lambda: say(None))
    answer = client.get("/")
    (line,) = objects()
    assert f'"request": "{answer["X-Request-Id"]}"' in line and WORD not in line
    logging.getLogger("providers").warning("Of no request")
    assert '"request"' not in objects()[1]


def test_nobody_starts_a_line_of_the_access_log():
    log = access_log.Log.__new__(access_log.Log)
    answer = SimpleNamespace(status="200 OK", sent=1, headers=[])
    environ = {"REQUEST_METHOD": "GET", "RAW_URI": "/", "SERVER_PROTOCOL": "HTTP/1.1"}
    asked = SimpleNamespace(headers=[])
    environ["PATH_INFO"] = "/a\n200 /forged"
    time = SimpleNamespace(seconds=0, microseconds=0)
    assert log.atoms(answer, asked, environ, time)["U"] == "/a\\n200 /forged"


def test_another_form_of_log_than_ours_stops_the_start(started):
    assert started(LOG_FORMAT="json")["LOGGING"]["handlers"]["console"]["formatter"] == "json"
    with pytest.raises(Exception, match="LOG_FORMAT is 'xml': give text or json"):
        started(LOG_FORMAT="xml")
