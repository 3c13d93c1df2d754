"""Several machines count together in Redis, by the rule of the file; without Redis each alone."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.redis_server import redis_server
from trupaths import pace
from trupaths.counts import Counts, SharedCounts

redis = pytest.importorskip("redis", reason="the extra “redis” is not installed")


@pytest.fixture(scope="module")
def server():
    with redis_server() as (url, process):
        if url is None:
            pytest.skip("no redis-server on this machine (Debian: apt install redis-server)")
        yield url, process


@pytest.fixture
def url(server):
    redis.Redis.from_url(server[0]).flushall()
    yield server[0]
    pace.forget()


acts = st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 40)), min_size=1, max_size=25)


@hypothesis_settings(max_examples=60, deadline=None)
@given(most=st.integers(1, 5), steps=acts)
def test_it_answers_as_the_file_does_whatever_comes(server, tmp_path_factory, most, steps):
    client = redis.Redis.from_url(server[0])
    client.flushall()
    file = Counts(tmp_path_factory.mktemp("pace") / "pace")
    machines, now = [SharedCounts(server[0]) for _ in range(2)], 1_000_000.0
    for n, (key, step) in enumerate(steps):
        now += step
        assert machines[n % 2].wait(key, most, now=now) == file.wait(key, most, now=now)
    for each in (file, *machines):
        each.close()


def test_it_holds_numbers_alone_and_forgets_them(url):
    assert [SharedCounts(url).wait("search 203.0.113.9", 2) for _ in range(3)][:2] == [0, 0]
    client = redis.Redis.from_url(url)
    (name,) = client.keys()
    assert 60 <= client.ttl(name) <= 120
    held = client.hgetall(name)
    assert name.startswith(b"pace:") and {int(place) < 1 << 20 for place in held} == {True}
    assert set(held.values()) == {b"2"}


def test_two_machines_let_no_more_through_than_one(client, db, settings, tmp_path, url):
    settings.LIMITS, settings.REDIS_URL = True, url
    answers = []
    for n in range(62):
        settings.VAR_DIR = tmp_path / str(n % 2)  # a disk of its own
        settings.VAR_DIR.mkdir(exist_ok=True)
        answers.append(client.get("/therapies/?q=sleep").status_code)
    assert answers == [200] * 60 + [429] * 2
    assert not any((tmp_path / n / "pace").exists() for n in "01")


def test_without_redis_each_machine_counts_alone_and_says_so_once(
    client, db, settings, tmp_path, caplog
):
    settings.LIMITS, settings.VAR_DIR = True, tmp_path
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    answers = [client.get("/therapies/?q=sleep").status_code for _ in range(62)]
    assert answers == [200] * 60 + [429] * 2
    assert caplog.text.count("Redis is away") == 1
    pace.forget()


def test_an_address_that_is_none_stops_the_start(started):
    with pytest.raises(ImproperlyConfigured, match="rediss://"):
        started(REDIS_URL="cache.example:6379")
    assert started(REDIS_URL="redis://127.0.0.1:6379/0")["REDIS_URL"].endswith("/0")
