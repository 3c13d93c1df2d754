"""Gunicorn's worker of threads, whose own refusals carry the headers of all our answers.

An address that is too long, or what is no HTTP at all, never reaches Django: gunicorn answers by
itself, with a page that repeats some of what was sent and with no policy.
"""

from .patience import Patient


class Worker(Patient):
    def handle_error(self, req, client, addr, exc):
        super().handle_error(req, _WithHeaders(client), addr, exc)


class _WithHeaders:
    """A socket to which one whole answer is sent."""

    def __init__(self, socket):
        self._socket = socket

    def __getattr__(self, name):
        return getattr(self._socket, name)

    def sendall(self, data):
        status, end, rest = data.partition(b"\r\n")
        rest = rest.replace(b"text/html\r\n", b"text/html; charset=utf-8\r\n", 1)
        self._socket.sendall(status + end + _headers() + rest)


def _headers():
    from django.conf import settings  # the arbiter imports this module before there are settings

    from .middleware import FIXED

    headers = FIXED | {"Cache-Control": "private, no-store"}
    if settings.SECURE_HSTS_SECONDS:
        headers["Strict-Transport-Security"] = (
            f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
        )
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode()
