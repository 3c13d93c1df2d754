from contextlib import closing

import pytest
from django import db
from django.conf import settings as django_settings
from django.test import Client

from tests.factories import create_therapy
from trupaths import pace
from trupaths.middleware import POLICY

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/therapies/",
    "/providers/?near=97214",
    "/saved/",
    "/your-data/",
    "/assistant/",
    "/admin/login/",
    "/none-such/",
    "/static/css/base.css",
    "/healthz",
    "/robots.txt",
    "/sitemap.xml",
    "/.well-known/gpc.json",
    "/therapies",
    "/favicon.ico",
    "/admin/",
    "/?q=%00",
]


def assert_policy(answer, geolocation="()"):
    assert answer["Content-Security-Policy"] == POLICY
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert f"geolocation={geolocation}," in answer["Permissions-Policy"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_same_policy(client, path):
    assert_policy(client.get(path), "(self)" if path.startswith("/providers/") else "()")


def fail(error):
    raise error


REFUSALS = {
    403: lambda client: client.post("/saved/", {}, headers={"Sec-Fetch-Site": "cross-site"}),
    405: lambda client: client.put("/saved/"),
    413: lambda client: client.post(
        "/suggest/", {"name": "x" * 1_100_000}, headers={"Sec-Fetch-Site": "same-origin"}
    ),
    429: lambda client: [client.get("/therapies/?q=sleep") for _ in range(2)][-1],
    500: lambda client: client.get("/"),
    503: lambda client: client.get("/readyz"),
}


@pytest.mark.parametrize("status", REFUSALS)
def test_a_refusal_and_an_error_of_ours_carry_the_policy_too(
    settings, tmp_path, monkeypatch, status
):
    settings.LIMITS, settings.VAR_DIR = True, tmp_path
    monkeypatch.setitem(pace.READ, "therapies:list", ("search", 1))
    if status >= 500:
        monkeypatch.setattr("trupaths.views.library", lambda: 1 / 0)
        monkeypatch.setattr("trupaths.views.index.current", lambda: fail(db.OperationalError()))
    answer = REFUSALS[status](Client(enforce_csrf_checks=True, raise_request_exception=False))
    assert answer.status_code == status
    assert_policy(answer)
    pace.forget()


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/therapies/", "no-cache"),
        ("/therapies/?q=pain", "private, no-store"),
        ("/providers/?near=97214", "private, no-store"),
        ("/none-such/?q=pain", "private, no-store"),
    ],
)
def test_what_was_asked_is_stored_nowhere(client, path, kept):
    answer = client.get(path)
    assert answer["Cache-Control"] == kept
    for name in ("Cookie", "HX-Request", "Sec-GPC"):
        assert name in answer["Vary"]


def test_a_page_for_someone_known_is_stored_nowhere(client):
    client.cookies[django_settings.VISITOR_COOKIE_NAME] = "x" * 22
    assert client.get("/therapies/")["Cache-Control"] == "private, no-store"


def test_an_answer_to_a_post_is_stored_nowhere(client):
    assert client.post("/saved/", {"act": "save"})["Cache-Control"] == "private, no-store"


def test_files_keep_their_own_caching(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    with closing(client.get("/media/a.svg")) as answer:
        assert b"".join(answer) == (tmp_path / "a.svg").read_bytes()
    assert answer["Cache-Control"] == "public, max-age=2592000"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize(
    "path", ["../secret.svg", "a/../../secret.svg", "page.html", "none.svg", "", "folder.svg"]
)
def test_media_serves_nothing_but_pictures_below_its_folder(client, settings, tmp_path, path):
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "media" / "folder.svg").mkdir(parents=True)
    (tmp_path / "secret.svg").write_text("<svg/>")
    (tmp_path / "media" / "page.html").write_text("<script>")
    assert client.get(f"/media/{path}").status_code == 404


def test_a_published_page_without_query_may_be_kept_but_asked_for(client):
    create_therapy(short_name="MBSR")
    assert client.get("/therapies/mbsr/")["Cache-Control"] == "no-cache"


def test_erasing_everything_clears_what_the_browser_keeps_and_signs_nobody_out(client):
    answer = client.post("/your-data/", {"act": "erase-all-now"})
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client.post("/your-data/", {"act": "erase-place"})


@pytest.mark.parametrize(
    "path", ["/", "/none-such/", "/robots.txt", "/healthz", "/sitemap.xml", "/static/css/base.css",
             "/static/js/site.js", "/static/img/favicon.svg", "/admin/login/"],
)  # fmt: skip
def test_text_says_in_which_letters_it_is_written(client, path):
    assert "charset=utf-8" in client.get(path)["Content-Type"].replace('"', "").lower()
