"""What is no HTTP, sent to the port as bytes: nothing dies, and nobody is answered for another.

Pass: the processes are the same at the end and answer, each broken request gets an answer of 400 to
599 or none, of two requests hidden in one none is answered, and while more connections than there
are threads send nothing, half a head or a body without end, each page is there within 2 s.
"""

import contextlib
import random
import re
import socket
import time

from . import site

HOST = b"Host: 127.0.0.1\r\n"
GET, POST = b"GET / HTTP/1.1\r\n", b"POST /saved/ HTTP/1.1\r\n" + HOST
HIDDEN = b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n"
END = b"\r\n\r\n"
SENT = b"Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\n"
CHUNK = b"0" + END + HIDDEN
BROKEN = {
    "no request line": [b"\r\n" * 50 + b"x" + END, b" " + END, b"\0" * 500 + END, b"GET" + END],
    "bad request line": [
        b"GET /" + END,
        b"GET  /  HTTP/1.1" + END,
        b"GET / HTTP/9.9\r\n" + HOST + END,
        b"GET / HTTP/1.1.1\r\n" + HOST + END,
        b"G\x00T / HTTP/1.1\r\n" + HOST + END,
        b"(GET) / HTTP/1.1\r\n" + HOST + END,
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + HOST + END,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(300),
        b"PRI * HTTP/2.0\r\n\r\nSM" + END,
    ],
    "bad headers": [
        GET + HOST + b"X: " + b"a" * 1_000_000 + END,
        GET + HOST + b"".join(b"X%d: 1\r\n" % n for n in range(10_000)) + b"\r\n",
        GET + HOST + b"No colon" + END,
        GET + HOST + b"Sp ace: 1" + END,
        GET + HOST + b"X: a\r\n b" + END,
        GET + HOST + b"X: a\0b" + END,
        GET + HOST + b": none" + END,
        GET + b"Host: a b<>" + END,
        GET + b"Host: evil.example" + END,
    ],
    "bad length": [
        POST + b"Content-Length: -1" + END,
        POST + b"Content-Length: 1e3" + END + b"a" * 1000,
        POST + b"Content-Length: " + b"9" * 400 + END,
        POST + b"Content-Length: 2000000000" + END + b"a",
        POST + b"Transfer-Encoding: chunked" + END + b"zz\r\n" + b"a" * 20 + END,
        POST + b"Transfer-Encoding: chunked" + END + b"f" * 300 + END,
        POST + b"Transfer-Encoding: chunked" + END + b"-5\r\nabcde\r\n" + b"0" + END,
        POST + b"Transfer-Encoding: gzip, chunked" + END + b"0" + END,
    ],
}
# Two servers that read these differently would answer one visitor with the page of another.
PAIRS = [
    b"Content-Length: 5\r\nTransfer-Encoding: chunked" + END + CHUNK,
    b"Transfer-Encoding: chunked\r\nContent-Length: 5" + END + CHUNK,
    b"Content-Length: 0\r\nContent-Length: 51" + END + HIDDEN,
    b"Content-Length: 0, 51" + END + HIDDEN,
    b"Content-Length: +0" + END + HIDDEN,
    b"Content-Length : 0" + END + HIDDEN,
    b"Content-Length:\x0b0" + END + HIDDEN,
    b"Transfer-Encoding: xchunked" + END + CHUNK,
    b"Transfer-Encoding : chunked" + END + CHUNK,
    b"Transfer-Encoding: chunked, identity" + END + CHUNK,
    b"Transfer-Encoding: chunked\r\nTransfer-Encoding: x" + END + CHUNK,
    b"X: y\nTransfer-Encoding: chunked" + END + CHUNK,
]
CHANCE = 200
SLOW = 30  # connections of each kind, which send a byte from time to time
BESIDE = 20  # pages asked for meanwhile
BESIDE_WITHIN = 2.0  # seconds
SLOWLY = {
    "silence": b"",
    "half a head": GET + HOST + b"X: a",
    "half a body": POST + SENT + b"Content-Length: 5000" + END + b"a=",
    "half a chunk": POST + SENT + b"Transfer-Encoding: chunked" + END + b"ff\r\na=",
    "a body that waits to be asked for": (
        POST + SENT + b"Content-Length: 5000\r\nExpect: 100-continue" + END
    ),
    "half of a large body": POST + SENT + b"Content-Length: 900000" + END + b"a" * 100_000,
}


def run(*, seed):
    site.prepare()
    chance, held = random.Random(seed), True
    with site.Site() as running:
        before = running.workers()
        for what, requests in BROKEN.items():
            answers = [_send(running, request) for request in requests]
            fine = all(status is None or 400 <= status < 600 for status, _ in answers)
            held &= fine
            shown = [status for status, _ in answers]
            print(f"  {what}: {shown}", flush=True)
        hidden = [_send(running, POST + pair) for pair in PAIRS]
        smuggled = [n for n, (_, text) in enumerate(hidden) if b"\r\n\r\nok\n" in text]
        print(f"  two in one: {[status for status, _ in hidden]}, answered: {smuggled}")
        for _ in range(CHANCE):
            _send(running, _mutated(chance), patience=0.3)
        print(f"  {CHANCE} by chance")
        for what, start in SLOWLY.items():
            longest, statuses = _while_slow(running, start)
            held &= longest < BESIDE_WITHIN and statuses == {200}
            print(f"  beside {SLOW} of {what}: pages {statuses}, the longest {longest:.2f} s",
                  flush=True)  # fmt: skip
        same = running.workers() == before
        alive = site.Visitor(running).ask("/providers/").status == 200
    print(f"  processes the same: {same}; answers: {alive}", flush=True)
    return held and not smuggled and same and alive


def _send(running, data, patience=3):
    """(status of the first answer or None, all that came back)."""
    found = b""
    with socket.create_connection(("127.0.0.1", running.port), timeout=patience) as line:
        try:
            line.sendall(data)
            line.shutdown(socket.SHUT_WR)
            while part := line.recv(1 << 16):
                found += part
        except OSError:  # it hung up, or waits for more: both are its right
            pass
    status = re.match(rb"HTTP/1\.[01] (\d+)", found)
    return int(status[1]) if status else None, found


def _mutated(chance):
    data = bytearray(GET + HOST + b"Accept: text/html\r\nCookie: a=b" + END)
    for _ in range(chance.randrange(1, 12)):
        at = chance.randrange(len(data))
        data[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(4))
    return bytes(data)


def _while_slow(running, start):
    """(the longest that a page took, the statuses) while others never end what they began."""
    lines = [socket.create_connection(("127.0.0.1", running.port), timeout=3) for _ in range(SLOW)]
    answers = []
    try:
        for line in lines:
            line.sendall(start)
        time.sleep(0.5)
        for n in range(BESIDE):
            answers.append(site.Visitor(running).ask(site.READ[n % len(site.READ)]))
            for line in lines if start else ():
                with contextlib.suppress(OSError):  # it was let go
                    line.sendall(b"a")
    except OSError as error:
        return site.PATIENCE, {type(error).__name__}
    finally:
        for line in lines:
            line.close()
    return max(answer.seconds for answer in answers), {answer.status for answer in answers}
