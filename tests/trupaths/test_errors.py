import logging

import pytest
from django import db
from django.template import loader

from providers import ground
from trupaths import views
from trupaths.logs import DropQuery


@pytest.mark.parametrize("path", ["/?q=a%00b", "/providers/?near=%00", "/therapies/a%00b/"])
@pytest.mark.django_db
def test_nul_is_refused_and_never_reaches_the_database(client, path):
    assert client.get(path).status_code == 400


@pytest.mark.django_db
def test_an_over_long_query_is_refused_with_a_page(client):
    assert client.get("/providers/?q=" + "a" * 7900).status_code == 200
    answer = client.get("/providers/?q=" + "a" * 8000)
    assert answer.status_code == 400
    assert b"</html>" in answer.content


def test_a_list_of_the_desk_takes_a_shorter_query(admin_client):
    path = "/admin/providers/provider/?q="
    assert admin_client.get(path + "a" * 1900).status_code == 200
    assert admin_client.get(path + "a" * 2000).status_code == 400


def test_error_pages_need_no_database(client, monkeypatch):
    """No mark for the database: a query would fail the test."""
    assert client.get("/none-such/").status_code == 404
    assert client.get("/?q=%00").status_code == 400
    monkeypatch.setattr("trupaths.views.library", lambda: 1 / 0)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert b"988" in answer.content


def test_a_sentence_is_shown_even_when_the_error_page_is_broken(client, monkeypatch):
    monkeypatch.setattr("trupaths.views.loader.get_template", lambda name: 1 / 0)
    answer = client.get("/none-such/")
    assert answer.status_code == 404
    assert b"988" in answer.content


def test_the_process_answers_without_database(client):
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_ready_means_database_and_index(client, monkeypatch):
    assert client.get("/readyz").status_code == 200

    def down():
        raise db.OperationalError("gone")

    monkeypatch.setattr("trupaths.views.index.current", down)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"database" in answer.content and b"gone" not in answer.content


@pytest.mark.django_db
def test_ready_means_that_maps_are_read_and_templates_compiled(client, monkeypatch):
    views.warm.cache_clear()
    ground._all_towns.cache_clear()
    compiled = []
    monkeypatch.setattr("trupaths.views.loader.get_template", compiled.append)
    assert client.get("/readyz").status_code == 200
    assert ground._all_towns.cache_info().currsize == 1
    assert {"base.html", "providers/_provider_card.html"} <= set(compiled)
    client.get("/readyz")
    assert len(compiled) == len(set(compiled))
    views.warm.cache_clear()


def logged(message, *args, error=None, request=None, level=logging.ERROR):
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("x", level, "f.py", 1, message, args, info)
    if request:
        record.request = request
    assert DropQuery().filter(record)
    return logging.Formatter().format(record)


def test_logs_hold_no_query():
    assert logged("Not Found: %s", "/providers/?q=zz-secret") == "Not Found: /providers/"
    assert logged('"%s" 404', "GET /a/?q=zz-secret&near=1 HTTP/1.1") == '"GET /a/ HTTP/1.1" 404'
    assert "secret" not in logged("See http://a.example/x?q=secret#b")
    assert logged("Is it ready? %d", 3) == "Is it ready? 3"


def test_logs_hold_no_line_that_a_visitor_forged():
    assert "\n" not in logged("Not Found: %s", "/a\nERROR forged\r\x1b[31m\u2028")


def raised(text):
    try:
        try:
            int(text)
        except ValueError as error:
            raise RuntimeError(f"could not use {text}") from error
    except RuntimeError as error:
        return error


def test_the_log_of_a_request_says_where_but_not_what_was_typed():
    text = logged("Internal Server Error: %s", "/a/", error=raised("zz"), request=object())
    assert "builtins.ValueError" in text and "builtins.RuntimeError" in text
    assert "in raised" in text and "zz" not in text


def test_the_log_of_a_command_says_everything():
    assert "could not use zz" in logged("Failed", error=raised("zz"))


@pytest.mark.parametrize("name", ["400", "403", "404", "413", "429", "500", "503"])
def test_each_error_page_stands_by_itself_and_names_both_numbers(name):
    page = loader.get_template(f"{name}.html").render()
    assert "<h1>" in page and "tel:988" in page and "tel:911" in page
