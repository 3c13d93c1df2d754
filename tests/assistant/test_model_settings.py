"""A language model is off unless it is set up whole, and visitors are told when it is on."""

from importlib.util import find_spec

import pytest
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

ON = {
    "TRUAI_LLM": "openai_compatible",
    "TRUAI_BASE_URL": "https://model.example/v1/",
    "TRUAI_MODEL": "m1",
    "TRUAI_API_KEY": "sk-secret",
}


@pytest.fixture(autouse=True)
def no_model(monkeypatch):
    for name in [*ON, "TRUAI_DAILY_BUDGET"]:
        monkeypatch.delenv(name, raising=False)


def test_nothing_set_is_no_model(started):
    assert started()["TRUAI_LLM"] == ""


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"TRUAI_LLM": "anthropic"},
        {"TRUAI_BASE_URL": "http://127.0.0.1:11434/v1", "TRUAI_API_KEY": ""},
        {"TRUAI_BASE_URL": "http://[::1]:8080"},
    ],
)
def test_a_model_that_is_set_up_whole_starts(started, changed):
    found = started(**ON | changed)
    assert found["TRUAI_LLM"] and not found["TRUAI_BASE_URL"].endswith("/")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TRUAI_LLM", "openai"),
        ("TRUAI_BASE_URL", ""),
        ("TRUAI_BASE_URL", "model.example/v1"),
        ("TRUAI_BASE_URL", "http://model.example/v1"),
        ("TRUAI_BASE_URL", "http://localhost.example/v1"),
        ("TRUAI_BASE_URL", "https://name:sk-secret@model.example/v1"),
        ("TRUAI_BASE_URL", "https://model.example/v1?key=sk-secret"),
        ("TRUAI_BASE_URL", "https://model.example:port/v1"),
        ("TRUAI_BASE_URL", "https://[model"),
        ("TRUAI_BASE_URL", "file:///etc/passwd"),
        ("TRUAI_MODEL", ""),
        ("TRUAI_API_KEY", ""),
        ("TRUAI_API_KEY", "sk-secret\nX-Other: 1"),
        ("TRUAI_API_KEY", "sk-sécret"),
        ("TRUAI_DAILY_BUDGET", "0"),
    ],
)
def test_half_set_stops_the_start_with_a_sentence_that_tells_no_secret(started, variable, value):
    with pytest.raises(ImproperlyConfigured, match=variable) as error:
        started(**ON | {variable: value})
    assert "secret" not in str(error.value)


def test_the_check_says_what_to_install_and_what_is_left_over(settings, monkeypatch):
    def said():
        return [fault.id for fault in checks.run_checks() if fault.id.startswith("assistant.")]

    assert said() == []
    settings.TRUAI_MODEL = "m1"
    assert said() == ["assistant.I001"]
    settings.TRUAI_LLM = "anthropic"
    assert said() == []
    missing = lambda name, *args: None if name == "httpx" else find_spec(name, *args)  # noqa: E731
    monkeypatch.setattr("assistant.checks.find_spec", missing)
    assert said() == ["assistant.E001"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("https://model.example/v1", "at model.example"),
        ("http://localhost:11434/v1", "on this site’s own server"),
    ],
)
def test_visitors_read_where_their_questions_go_when_a_model_is_on(client, settings, url, where):
    privacy, tru = (client.get(page).content.decode() for page in ("/privacy/", "/assistant/"))
    assert "language model" not in privacy + tru and 'href="#model"' not in privacy
    settings.TRUAI_LLM, settings.TRUAI_BASE_URL = "openai_compatible", url
    privacy, tru = (client.get(page).content.decode() for page in ("/privacy/", "/assistant/"))
    assert f"a language model {where}" in privacy and 'id="model"' in privacy
    assert 'href="#model"' in privacy
    assert f"a language model {where}" in tru and 'href="/privacy/#model"' in tru
