"""Pages travel compressed, where nothing of them can be guessed by it."""

import gzip

import brotli
import pytest

pytestmark = pytest.mark.django_db


def get(client, path="/privacy/", accepted="gzip, deflate, br", **more):
    return client.get(path, headers={"accept-encoding": accepted, **more})


@pytest.mark.parametrize(
    ("accepted", "encoding", "open_it"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("br;q=0.5, gzip", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip;q=1.0", "gzip", gzip.decompress),
    ],
)
def test_a_page_comes_in_the_best_form_that_the_browser_takes(client, accepted, encoding, open_it):
    plain, packed = client.get("/privacy/"), get(client, accepted=accepted)
    assert packed["Content-Encoding"] == encoding
    assert open_it(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 2
    assert "Accept-Encoding" in plain["Vary"] and "Accept-Encoding" in packed["Vary"]


@pytest.mark.parametrize("accepted", ["", "identity", "br;q=0", "deflate"])
def test_who_takes_none_gets_it_plain(client, accepted):
    assert "Content-Encoding" not in get(client, accepted=accepted)


@pytest.mark.parametrize("came_from", ["cross-site", "same-site", "none", ""])
@pytest.mark.parametrize("path", ["/providers/?q=secret", "/therapies/?q=x"])
def test_what_others_may_have_made_a_visitor_ask_stays_plain(client, path, came_from):
    client.cookies["visitor"] = "x"
    found = get(client, path, **({"sec-fetch-site": came_from} if came_from else {}))
    assert len(found.content) > 1000 and "Content-Encoding" not in found


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_a_search_from_a_page_of_ours_or_of_a_stranger_is_compressed(client, encoding):
    path = "/providers/?q=secret"
    plain = get(client, path, accepted="")
    assert get(client, path, accepted=encoding)["Content-Encoding"] == encoding
    client.cookies["visitor"] = "x"
    packed = get(client, path, accepted=encoding, **{"sec-fetch-site": "same-origin"})
    assert packed["Content-Encoding"] == encoding
    assert len(packed.content) < len(plain.content) / 3
    assert "Content-Encoding" not in get(client, "/healthz", accepted=encoding)


def test_an_answer_to_what_was_sent_stays_plain(client):
    sent = client.post("/assistant/", {"message": "x"}, headers={"accept-encoding": "br"})
    assert len(sent.content) > 1000 and "Content-Encoding" not in sent
