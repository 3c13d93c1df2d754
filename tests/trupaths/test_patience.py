"""A thread is given only to a request that is there; served: tests/trupaths/test_served.py."""

import socket
from concurrent.futures import Future

import pytest
from gunicorn.config import Config
from gunicorn.workers.gthread import TConn
from hypothesis import given, settings
from hypothesis import strategies as st

from trupaths.patience import Patient, _is_whole

HEAD = b"POST /saved/ HTTP/1.1\r\nHost: a\r\n"
REQUESTS = [
    b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    HEAD + b"Content-Length: 0\r\n\r\n",
    HEAD + b"content-LENGTH:\t5 \r\nX: y\r\n\r\nab\r\n\r",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
]


@settings(deadline=None)
@given(st.sampled_from(REQUESTS), st.data())
def test_a_request_is_there_with_its_last_byte(request, data):
    part = data.draw(st.integers(0, len(request) - 1))
    assert not _is_whole(bytearray(request[:part]))
    assert _is_whole(bytearray(request))


@pytest.mark.parametrize("length", [b"-1", b"1e3", b"0, 51", b"9" * 400, b""])
def test_what_the_parser_refuses_is_not_waited_for(length):
    assert _is_whole(bytearray(HEAD + b"Content-Length: " + length + b"\r\n\r\n"))


class Threads(list):
    """A pool whose threads are done when a test says so."""

    def submit(self, *given):
        self.append(Future())
        return self[-1]


def test_who_has_no_thread_free_leaves_new_connections_to_the_other_processes(socket_pair):
    config = Config()
    config.set("threads", 2)
    worker = Patient(1, 1, [], None, 30, config, None)
    worker.tpool = Threads()
    worker.method_queue.defer = lambda done, *about: done(*about)
    worker.set_accept_enabled(True)
    for _ in range(2):
        assert worker._accepting
        here, there = socket_pair()
        there.sendall(REQUESTS[0])
        worker.enqueue_req(TConn(config, here, ("127.0.0.1", 1), ("127.0.0.1", 2)))
    worker.set_accept_enabled(True)  # as the loop asks each time
    assert not worker._accepting
    worker.tpool[0].set_result(False)
    worker.set_accept_enabled(True)
    assert worker._accepting
    worker.tmp.close()


@pytest.fixture
def socket_pair():
    made = []

    def make():
        made.extend(pair := socket.socketpair())
        return pair

    yield make
    for each in made:
        each.close()
