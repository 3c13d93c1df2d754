"""Limits hold for all processes and threads, and hold nobody's address."""

import threading

import pytest
from django.db import connection
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from trupaths import limits
from trupaths.models import Use

MOST = {"most": 5, "seconds": 60}


def ask(address, what="x"):
    return limits.wait(RequestFactory().post("/", REMOTE_ADDR=address), what, **MOST)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_no_more_than_the_most_are_let_through():
    waits, start = [], threading.Barrier(12)

    def use():
        start.wait()
        try:
            waits.append(ask("203.0.113.9"))
        finally:
            connection.close()

    threads = [threading.Thread(target=use) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(waits) == 12
    assert waits.count(0) == Use.objects.count() <= MOST["most"]
    assert all(0 <= seconds <= 60 for seconds in waits)


@pytest.mark.django_db
def test_each_thing_has_a_limit_of_its_own():
    assert [ask("203.0.113.9") for _ in range(6)][-1] > 0
    assert ask("203.0.113.9", "y") == 0


@pytest.mark.django_db
@given(address=st.text(max_size=50) | st.ip_addresses().map(str))
def test_no_address_is_an_error_and_none_is_held(address):
    Use.objects.all().delete()
    ask(address)
    key = Use.objects.get().key
    assert len(key) == 64 and set(key) <= set("0123456789abcdef")


@pytest.mark.django_db
def test_an_address_written_in_two_ways_is_one():
    for _ in range(5):
        ask("203.0.113.9")
    assert ask("::ffff:203.0.113.9") > 0
