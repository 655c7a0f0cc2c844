"""Receivers: real sockets that take down what a monitor and a lineage backend would be sent."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOPBACK = "127.0.0.1"


class StatsD:
    """What arrived over UDP, in StatsD's own lines."""

    def __init__(self, listening: socket.socket) -> None:
        self.port: int = listening.getsockname()[1]
        self.lines: list[str] = []
        self._listening = listening

    def listen(self) -> None:
        """Take down what arrives until the socket is closed."""
        while True:
            try:
                packet = self._listening.recv(65_536)
            except OSError:
                return
            self.lines += packet.decode().splitlines()

    def gauges(self) -> dict[str, float]:
        """The last value of each gauge, by its name."""
        found = {}
        for line in self.lines:
            name, _, told = line.partition(":")
            value, kind, *_ = told.split("|")
            if kind == "g":
                found[name] = float(value)
        return found


@contextmanager
def statsd() -> Iterator[StatsD]:
    """A StatsD server on a free port."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind((LOOPBACK, 0))
        server = StatsD(listening)
        threading.Thread(target=server.listen, daemon=True).start()
        yield server


class Posted:
    """What was posted over HTTP, by path."""

    def __init__(self) -> None:
        self.bodies: list[tuple[str, bytes]] = []
        self.port = 0

    def events(self) -> list[dict[str, Any]]:
        """The OpenLineage events among it."""
        return [json.loads(body) for path, body in self.bodies if path.endswith("/lineage")]


@contextmanager
def collector() -> Iterator[Posted]:
    """An HTTP server on a free port that takes everything."""
    posted = Posted()

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            posted.bodies.append((self.path, self.rfile.read(length)))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer((LOOPBACK, 0), Taking) as server:
        posted.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield posted
        server.shutdown()
