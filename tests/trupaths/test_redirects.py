"""Whatever an address, a form or a header says, nobody is sent to another site."""

from urllib.parse import quote, urljoin, urlsplit

import pytest

from tests.factories import create_provider

pytestmark = pytest.mark.django_db

EVIL = "evil.example"
NEXT = [
    f"//{EVIL}",
    f"///{EVIL}",
    f"////{EVIL}",
    f"//{EVIL}/%2f..",
    f"//{EVIL}@testserver/",
    f"//testserver@{EVIL}/",
    f"//testserver.{EVIL}/",
    f"//{EVIL}:443/",
    f"//{EVIL}#@testserver/",
    f"//{EVIL}?testserver",
    f"/\\{EVIL}",
    f"\\/{EVIL}",
    f"\\\\{EVIL}",
    f"/\\/{EVIL}",
    f"/\\\\{EVIL}",
    f"/\t/{EVIL}",
    f"/\n/{EVIL}",
    f"/\r/{EVIL}",
    f"/\t\\{EVIL}",
    f"\t//{EVIL}",
    f" //{EVIL}",
    f"\n//{EVIL}",
    f"\x00//{EVIL}",
    f"/\x00/{EVIL}",
    f"/\x0b/{EVIL}",
    f"/\x1f/{EVIL}",
    f"\u00a0//{EVIL}",
    f"\u3000//{EVIL}",
    f"\u200b//{EVIL}",
    f"/%09/{EVIL}",
    f"%2f%2f{EVIL}",
    f"/%2f{EVIL}",
    f"/%5c{EVIL}",
    f"http://{EVIL}/",
    f"https://{EVIL}/",
    f"HTTPS://{EVIL}/",
    f"https:/{EVIL}",
    f"https:{EVIL}",
    f"http:///{EVIL}",
    f"https:\\\\{EVIL}",
    f"https://testserver@{EVIL}/",
    f"https://testserver:80@{EVIL}/",
    f"https://testserver.{EVIL}/",
    f"https://{EVIL}/testserver",
    f"https://{EVIL}%00testserver/",
    f"https://{EVIL}%0d%0aLocation:%20//{EVIL}",
    f"/saved/\r\nLocation: https://{EVIL}/",
    f"/saved/%0d%0aLocation:%20https://{EVIL}/",
    f"ftp://{EVIL}/",
    f"//[::ffff:203.0.113.9]/{EVIL}",
    "//0xcb007109/",
    "//3405803785/",
    f"//{EVIL}。/",
    f"\uff0f\uff0f{EVIL}",
    f"/\uff0f{EVIL}",
    f"https://\u0435vil.example/{EVIL}",
    "javascript:alert(1)",
    "JavaScript:alert(1)//",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    f"blob:https://{EVIL}/1",
    f"mailto:a@{EVIL}",
    f".{EVIL}",
    f"@{EVIL}",
]
STAFF = "a long password of staff"


def leads_to(answer):
    """Where a browser that asked at the site ends up; "" for a page of ours without a redirect."""
    if "Location" not in answer:
        return ""
    # As browsers read it: no control characters, and a backslash is a slash.
    place = "".join(c for c in answer["Location"] if c > " ").replace("\\", "/")
    parts = urlsplit(urljoin("http://testserver/page/", place))
    return "" if (parts.scheme, parts.netloc) == ("http", "testserver") else place


def forms(client, value):
    """Every form that goes back to where it was sent from."""
    post = client.post
    yield post("/saved/", {"act": "save", "provider": "larch", "next": value})
    yield post("/saved/", {"act": "remove", "provider": "larch", "next": value})
    yield post("/recommendations/choice/", {"act": "yes", "next": value})
    yield post("/recommendations/choice/", {"act": "no", "next": value})
    yield post("/your-data/", {"act": "use", "use": "opened", "next": value})
    yield post("/your-data/", {"act": "erase-all-now", "next": value})
    yield client.get("/admin/login/", {"next": value})


def test_there_are_sixty_of_them():
    assert len(set(NEXT)) >= 60


@pytest.mark.parametrize("value", NEXT)
def test_no_form_leads_to_another_site(client, value):
    create_provider(name="Larch")
    for n, answer in enumerate(forms(client, value)):
        assert answer.status_code < 500, n
        assert not leads_to(answer), (n, answer["Location"])


@pytest.mark.parametrize("value", NEXT[::6])
def test_signing_in_leads_to_no_other_site(client, django_user_model, value):
    django_user_model.objects.create_superuser("staff", password=STAFF)
    signed_in = {"username": "staff", "password": STAFF, "next": value}
    answer = client.post(f"/admin/login/?next={quote(value)}", signed_in)
    assert answer.status_code < 500 and not leads_to(answer)
    answer = client.post(f"/admin/logout/?next={quote(value)}", {"next": value})
    assert answer.status_code < 500 and not leads_to(answer)


@pytest.mark.parametrize(
    "headers",
    [
        {"referer": f"https://{EVIL}/"},
        {"x-forwarded-host": EVIL},
        {"x-forwarded-server": EVIL},
        {"x-host": EVIL},
        {"x-original-url": f"//{EVIL}/"},
        {"x-rewrite-url": f"//{EVIL}/"},
        {"forwarded": f"host={EVIL}"},
        {"x-forwarded-proto": "https", "x-forwarded-port": "8443"},
    ],
)
def test_no_header_names_where_the_site_is(client, headers):
    create_provider(name="Larch")
    for path in ("/", "/providers", "/saved/", "/shared/none/", "/sitemap.xml", "/admin/"):
        answer = client.get(path, headers=headers)
        assert not leads_to(answer) and EVIL not in answer.content.decode(), path
    answer = client.post("/saved/", {"act": "save", "provider": "larch"}, headers=headers)
    assert answer["Location"] == "/saved/"


@pytest.mark.parametrize(
    "host",
    [EVIL, f"testserver.{EVIL}", f"testserver@{EVIL}", f"{EVIL}:80", "testserver:x", "", "a b"],
)
def test_another_host_is_refused_with_a_page(client, host):
    for path in ("/", "/saved/", "/providers", "/admin/login/"):
        answer = client.get(path, headers={"host": host})
        assert answer.status_code == 400 and b"988" in answer.content
        assert EVIL not in answer.content.decode()


@pytest.mark.parametrize("path", [f"//{EVIL}/saved", f"/%5c{EVIL}/saved", f"//{EVIL}/..//saved"])
def test_a_missing_slash_is_added_on_this_site(client, path):
    answer = client.generic("GET", path)
    assert answer.status_code in (301, 404) and not leads_to(answer)


@pytest.mark.parametrize("body", [{"q": "a" * 1_100_000}, {f"a{n}": "" for n in range(2_500)}])
def test_what_is_too_large_is_refused_with_a_page(client, body):
    answer = client.post("/assistant/", body)
    assert answer.status_code == 413 and b"988" in answer.content
    assert b"<h1>That was too much" in answer.content


def test_a_kept_page_is_given_only_where_the_site_is_reached_as_it_should(client, settings):
    settings.PAGES_KEPT_MB, settings.SECURE_SSL_REDIRECT = 1, True
    for _ in range(2):  # made, then kept
        assert client.get("/about/", secure=True).status_code == 200
    assert client.get("/about/")["Location"] == "https://testserver/about/"
    assert client.get("/about/", secure=True, headers={"host": EVIL}).status_code == 400
