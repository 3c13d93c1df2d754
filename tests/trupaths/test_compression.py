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


@pytest.mark.parametrize("path", ["/providers/?q=secret", "/therapies/?q=x", "/healthz"])
def test_what_may_say_back_what_was_asked_stays_plain(client, path):
    assert "Content-Encoding" not in get(client, path)


def test_an_answer_to_what_was_sent_stays_plain(client):
    sent = client.post("/assistant/", {"message": "x"}, headers={"accept-encoding": "br"})
    assert len(sent.content) > 1000 and "Content-Encoding" not in sent
