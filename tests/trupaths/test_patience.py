"""A thread is given only to a request that is there; served: tests/trupaths/test_served.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trupaths.patience import _is_whole

HEAD = b"POST /saved/ HTTP/1.1\r\nHost: a\r\n"
REQUESTS = [
    b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    HEAD + b"Content-Length: 0\r\n\r\n",
    HEAD + b"content-LENGTH:\t5 \r\nX: y\r\n\r\nab\r\n\r",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
]


@given(st.sampled_from(REQUESTS), st.data())
def test_a_request_is_there_with_its_last_byte(request, data):
    part = data.draw(st.integers(0, len(request) - 1))
    assert not _is_whole(bytearray(request[:part]))
    assert _is_whole(bytearray(request))


@pytest.mark.parametrize("length", [b"-1", b"1e3", b"0, 51", b"9" * 400, b""])
def test_what_the_parser_refuses_is_not_waited_for(length):
    assert _is_whole(bytearray(HEAD + b"Content-Length: " + length + b"\r\n\r\n"))
