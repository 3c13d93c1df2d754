"""LEAF: gunicorn's worker of threads, which gives a thread only to a request that is there.

A thread that waits for the rest of a request serves nobody else: eight who send slowly would hold
the whole site. So what comes is taken in beside the threads, up to 64 kB. Of larger bodies, which
staff send, the rest may hold some threads and never all.
"""

import re
import socket
import struct
import time
from collections import deque
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ

from gunicorn.workers.gthread import ThreadWorker

MOST = 64 * 1024  # bytes that are taken in before there is a thread
WITHIN = 20.0  # seconds in which they have to be there
SILENCE = 10  # seconds without a byte of a larger body, or in which nobody takes an answer
KEPT_FREE = 2  # threads that no larger body gets

_length = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r\n", re.IGNORECASE)
_chunked = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
# It sends its body when a thread has told it to.
_expects = re.compile(rb"\r\nexpect:.*\r\n\r\n", re.IGNORECASE | re.DOTALL)


class Patient(ThreadWorker):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._busy, self._large, self._waiting = 0, 0, deque()

    def enqueue_req(self, conn):
        """A new connection, or one whose answer was sent."""
        if self.cfg.is_ssl:  # its bytes say nothing before they are read by a thread
            return self._give_thread(conn)
        if not conn.initialized:
            with suppress(OSError):  # of a connection that is gone: reading it will tell
                for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
                    conn.sock.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", SILENCE, 0))
        conn.init()
        conn.heard, conn.large = bytearray(conn.parser.unreader.take_buffered()), False
        conn.timeout = time.monotonic() + WITHIN
        conn.sock.setblocking(False)
        if not self._hear(conn):
            self.pending_conns.append(conn)  # in the order of their timeouts: murder_pending
            heard = partial(self.on_pending_socket_readable, conn)
            self.poller.register(conn.sock, EVENT_READ, heard)

    def set_accept_enabled(self, enabled):
        """Who has no thread free leaves the next connection to the other processes."""
        super().set_accept_enabled(enabled and self._busy < self.cfg.threads)

    def _give_thread(self, conn):
        self._busy += 1
        super().enqueue_req(conn)
        if self._busy >= self.cfg.threads:
            self.set_accept_enabled(False)  # until one is done: the loop asks each time

    def on_pending_socket_readable(self, conn, client):
        if self._hear(conn, waited=True):
            return
        if time.monotonic() > conn.timeout:
            self._let_go(conn, waited=True)

    def finish_request(self, conn, fs):
        self._busy -= 1
        if getattr(conn, "large", False):
            self._large, conn.large = self._large - 1, False
            if self._waiting:
                self._give_large(self._waiting.popleft())
        super().finish_request(conn, fs)

    def _cap_keepalive(self, deadline):
        """When the worker stops: whoever has not yet asked keeps it no longer than the others."""
        super()._cap_keepalive(deadline)
        for conn in self.pending_conns:
            conn.timeout = min(conn.timeout, deadline)

    def _hear(self, conn, waited=False):
        """Take in what has come. False while the rest is to be waited for."""
        large = False
        try:
            while not _is_whole(conn.heard):
                if large := len(conn.heard) >= MOST or _expects.search(conn.heard):
                    break
                if not (part := conn.sock.recv(MOST)):
                    break  # no more will come
                conn.heard += part
        except BlockingIOError:
            return False
        except OSError:  # it hung up
            self._let_go(conn, waited)
            return True
        if waited:
            self._wait_no_more(conn)
        conn.parser.unreader.unread(bytes(conn.heard))
        conn.heard = bytearray()
        if large:
            self._give_large(conn)
        else:
            self._give_thread(conn)
        return True

    def _give_large(self, conn):
        if self._large >= max(1, self.cfg.threads - KEPT_FREE):
            self._waiting.append(conn)
            return
        self._large, conn.large = self._large + 1, True
        self._give_thread(conn)

    def _wait_no_more(self, conn):
        self.poller.unregister(conn.sock)
        self.pending_conns.remove(conn)

    def _let_go(self, conn, waited):
        if waited:
            self._wait_no_more(conn)
        self.nr_conns -= 1
        conn.close()


def _is_whole(heard):
    """Has all come that the head tells of? What is wrong with it, the parser says."""
    end = heard.find(b"\r\n\r\n")
    if end < 0:
        return False
    head, here = heard[: end + 2], len(heard) - end - 4
    if told := _length.search(head):
        return here >= int(told[1])
    return not _chunked.search(head) or heard.endswith(b"0\r\n\r\n")
