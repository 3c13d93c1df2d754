"""A server that speaks both protocols of language models, well or badly, on this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Asked(NamedTuple):
    path: str
    headers: dict
    body: dict

    @property
    def system(self):
        first = self.body["messages"][0]
        return first["content"] if first["role"] == "system" else self.body["system"]

    @property
    def message(self):
        return json.loads(self.body["messages"][-1]["content"])


class ModelServer:
    """`with ModelServer(does) as server:`; `does(handler, asked)` answers, `asked` holds all calls.

    `over` is set at the end, so that one who hangs or drips can wait for it.
    """

    def __init__(self, does):
        self.does, self.asked, self.over = does, [], threading.Event()
        self.http = _Quiet(("127.0.0.1", 0), type("Handler", (_Handler,), {"server_of": self}))
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    def __enter__(self):
        threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *error):
        self.over.set()
        self.http.shutdown()
        self.http.server_close()

    def drip(self, handler, data, every=0.02):
        """Byte after byte, until the end of the test or of the caller's patience."""
        for byte in data:
            handler.wfile.write(bytes([byte]))
            if self.over.wait(every):
                return


def say(text):
    """A server whose model says this, whatever it is asked."""
    return lambda handler, asked: send(handler, envelope(asked.path, text))


def envelope(path, text):
    if path.endswith("/v1/messages"):
        return {"content": [{"type": "text", "text": text}], "stop_reason": "end_turn"}
    return {"choices": [{"message": {"role": "assistant", "content": text}}]}


def send(handler, answer, status=200, **headers):
    data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    handler.send_response(status)
    for name, value in (headers | {"Content-Length": str(len(data))}).items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(data)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked = Asked(self.path, dict(self.headers), body)
        self.server_of.asked.append(asked)
        self.close_connection = True
        self.server_of.does(self, asked)

    do_GET = do_POST

    def log_message(self, *args):
        pass


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """The other side hung up, as it should."""
