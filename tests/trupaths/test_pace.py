"""Who asks too often waits, and is told how long; nobody else does."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from environs import EnvError
from hypothesis import example, given
from hypothesis import strategies as st

from recommendations.models import Saved
from tests.factories import create_provider
from trupaths import counts as counting
from trupaths import pace

LIMITED = {"providers:list": "/providers/?q=sleep", "therapies:list": "/therapies/?q=sleep"}


@pytest.fixture(autouse=True)
def closed():
    yield
    pace.forget()


@pytest.fixture
def counts(tmp_path):
    return pace.counts(tmp_path / "pace")


@pytest.fixture
def three_a_minute(db, settings, tmp_path, monkeypatch):
    """Limits hold, and three times is all."""
    settings.LIMITS, settings.VAR_DIR = True, tmp_path
    for name, (what, _) in pace.READ.items():
        monkeypatch.setitem(pace.READ, name, (what, 3))
    monkeypatch.setattr(pace, "SENT", ("sent", 3))


def test_each_has_a_count_of_its_own(counts):
    assert [counts.wait("one", 3, now=60.0) for _ in range(5)] == [0, 0, 0, 80, 80]
    assert counts.wait("other", 3, now=60.0) == 0


def test_what_lies_within_the_last_minute_counts(counts):
    for _ in range(60):
        assert counts.wait("one", 60, now=119.0) == 0
    assert counts.wait("one", 60, now=120.0) > 0  # a new minute alone gives nobody sixty more
    assert [counts.wait("one", 60, now=150.0) for _ in range(31)].count(0) == 30
    assert counts.wait("one", 60, now=300.0) == 0


times = st.lists(st.floats(0, 20), min_size=1, max_size=60)


@example(most=1, steps=[0.0, 0.99999])
@given(most=st.integers(1, 9), steps=times)
def test_it_is_never_more_and_who_waits_as_told_gets_in(tmp_path_factory, most, steps):
    counts = pace.counts(tmp_path_factory.mktemp("pace") / "pace")
    now, taken = 1_000_000.0, []
    for step in steps:
        now += step
        seconds = counts.wait("one", most, now=now)
        if not seconds:
            taken.append(now // 60)
            continue
        assert counts.wait("one", most, now=now + seconds) == 0
        now += seconds
        taken.append(now // 60)
    assert max(map(taken.count, taken)) <= most


def test_two_objects_on_one_file_count_together(tmp_path):
    (tmp_path / "same").symlink_to("pace")
    pair = [pace.counts(tmp_path / name) for name in ("pace", "same")]
    assert sum(pair[n % 2].wait("one", 60, now=60.0) == 0 for n in range(100)) == 60


def test_the_file_holds_no_trace_of_who_asked(tmp_path, rf, settings):
    settings.VAR_DIR = tmp_path
    pace.wait("search 203.0.113.9", 60)
    assert set((tmp_path / "pace").read_bytes().replace(b"\0", b"")) <= set(
        counting._place.pack(int(counting.time.time() // 60), 1, 0)
    )


@pytest.mark.parametrize("path", LIMITED.values())
def test_a_search_too_many_gets_a_page_that_says_how_long(client, three_a_minute, path):
    for _ in range(3):
        assert client.get(path).status_code == 200
    page = client.get(path)
    assert page.status_code == 429 and 1 <= int(page["Retry-After"]) <= 120
    assert b"<h1>One moment" in page.content and b"988" in page.content
    assert b"What you just sent" not in page.content
    assert client.get(path, REMOTE_ADDR="203.0.113.10").status_code == 200
    assert client.get("/").status_code == 200


def test_who_is_held_back_and_in_danger_sees_help(client, three_a_minute):
    for _ in range(4):
        page = client.get("/providers/?q=I+want+to+die")
    assert page.status_code == 429 and 'class="crisis"' in page.content.decode()
    assert b"want to die" not in page.content


def test_parts_of_pages_are_told_in_their_own_way(client, three_a_minute):
    htmx = {"hx-request": "true"}
    for _ in range(4):
        part = client.get("/providers/?q=sleep", headers=htmx)
        letter = client.get("/providers/suggestions/?q=sle", headers=htmx)
        button = client.post("/saved/", {"act": "save", "therapy": "none"}, headers=htmx)
    assert (part.status_code, part["HX-Redirect"]) == (429, "/providers/?q=sleep")
    assert (letter.status_code, letter.content) == (429, b"")
    assert button.status_code == 429 and b"Too many presses" in button.content
    assert all(int(answer["Retry-After"]) >= 1 for answer in (part, letter, button))


def test_what_is_sent_too_often_is_not_taken(client, three_a_minute):
    places = [create_provider(name=f"House {n}") for n in range(8)]
    answers = [client.post("/saved/", {"act": "save", "provider": each.slug}) for each in places]
    # The first has no cookie and counts for the address, what follows for the visitor.
    assert [answer.status_code for answer in answers] == [302] * 4 + [429] * 4
    assert Saved.objects.count() == 4
    assert b"What you just sent was not taken" in answers[-1].content


def test_known_visitors_of_one_address_do_not_wait_for_each_other(three_a_minute):
    house, one, other = create_provider(name="House"), Client(), Client()
    for each in (one, other):
        each.post("/saved/", {"act": "save", "provider": house.slug})
    assert [one.get("/therapies/").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert other.get("/therapies/").status_code == 200


def test_who_knows_no_code_cannot_try_many(client, three_a_minute):
    codes = [client.get(f"/corrections/BCDFGHJ{n}/").status_code for n in range(5)]
    assert codes == [404, 404, 404, 429, 429]


def test_without_its_file_nobody_waits(client, three_a_minute, settings, tmp_path, caplog):
    (tmp_path / "file").touch()
    settings.VAR_DIR = tmp_path / "file"
    assert {client.get("/therapies/").status_code for _ in range(5)} == {200}
    assert "nobody is held back" in caplog.text


def test_a_proxy_that_nobody_told_of_speaks_for_no_single_person(client, three_a_minute, settings):
    settings.LOCAL = False
    assert {client.get("/therapies/").status_code for _ in range(5)} == {200}
    settings.PROXIES = 2
    for n in range(4):  # what stands before the entries of our proxies is anybody's to invent
        told = f"198.51.100.{n}, 203.0.113.9, 10.0.0.1"
        page = client.get("/therapies/", headers={"x-forwarded-for": told})
    assert page.status_code == 429
    other = client.get("/therapies/", headers={"x-forwarded-for": "203.0.113.10, 10.0.0.1"})
    assert other.status_code == 200


def test_holding_someone_back_is_logged_once_a_minute_without_who(client, three_a_minute, caplog):
    for _ in range(6):
        client.get("/therapies/?q=zzquorlix")
    said = [record.getMessage() for record in caplog.records if record.name == "trupaths.pace"]
    assert len(said) == 1 and "'search'" in said[0]
    assert "127.0.0.1" not in caplog.text and "quorlix" not in said[0]


def test_settings_that_hold_nobody_back_or_make_no_sense_stop_the_start(started):
    there = {"SITE_URL": "https://trupaths.example", "SECRET_KEY": "x" * 60}
    with pytest.raises(ImproperlyConfigured, match="this machine only"):
        started(**there, LIMITS="0")
    assert started(LIMITS="0")["LIMITS"] is False
    found = [started(BEHIND_PROXY=n)["PROXIES"] for n in ("0", "off", "1", "true", "2")]
    assert found == [0, 0, 1, 1, 2]
    assert "SECURE_PROXY_SSL_HEADER" not in started()
    with pytest.raises(EnvError, match="BEHIND_PROXY"):
        started(BEHIND_PROXY="nginx")
