"""HTTP/1.1 over one connection: as much of it as clients of the API use, kept open between requests."""

from __future__ import annotations

import gzip
import socket
import socketserver
import sys
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .server import SheetsServer

MAX_BODY = 256 * 1024 * 1024
GZIP_FROM = 1024
"""Shorter replies go out as they are, as Google's do."""


class Incoming(NamedTuple):
    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class Reply(NamedTuple):
    """What goes back. `cut` closes the line: with nothing sent, or with half of the reply."""

    status: int
    content_type: str
    body: bytes
    cut: str = ""


class NotHttp(Exception):  # noqa: N818 - it is said of what came
    """What came over the line is not HTTP as this server speaks it."""


class Connection(socketserver.StreamRequestHandler):
    """Reads requests and sends what the server answers, until one side has had enough."""

    disable_nagle_algorithm = True
    server: Listener

    def handle(self) -> None:
        owner = self.server.owner
        try:
            while not owner.closing.is_set():
                incoming = self._read()
                if incoming is None:
                    return
                reply = owner.answer(incoming)
                if not self._send(incoming, reply):
                    return
        except (ConnectionError, NotHttp):
            return  # the client has gone, or speaks something else

    def _read(self) -> Incoming | None:
        line = self.rfile.readline(65_537)
        if not line.strip():
            return None
        method, target, version = [*line.decode("latin-1").split(" ", 2), "", ""][:3]
        if not version.startswith("HTTP/1."):
            raise NotHttp
        headers: dict[str, str] = {}
        while (line := self.rfile.readline(65_537)) not in (b"\r\n", b"\n", b""):
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.strip().lower()] = value.strip()
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MAX_BODY or "transfer-encoding" in headers:
            raise NotHttp
        return Incoming(method, target, headers, self.rfile.read(int(length)))

    def _send(self, incoming: Incoming, reply: Reply) -> bool:
        """Sends the reply in one piece. Whether the connection goes on."""
        if reply.cut == "all":
            return False
        body, coding = reply.body, ""
        if len(body) >= GZIP_FROM and "gzip" in incoming.headers.get("accept-encoding", ""):
            body, coding = gzip.compress(body, 1), "Content-Encoding: gzip\r\nVary: Accept-Encoding\r\n"
        head = (
            f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}\r\n"
            f"Content-Type: {reply.content_type}\r\n{coding}Server: ESF\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        wire = head.encode("latin-1") + body
        if reply.cut == "half":
            self.wfile.write(wire[: len(head) + len(body) // 2])
            return False
        self.wfile.write(wire)
        return incoming.headers.get("connection", "").lower() != "close"


class Listener(socketserver.ThreadingTCPServer):
    """Takes connections, each in its own thread, and can end them all at once."""

    allow_reuse_address = True
    daemon_threads = False  # so that closing waits for them; `end_connections` sees to it that they end
    block_on_close = True

    def __init__(self, owner: SheetsServer, port: int) -> None:
        self.owner = owner
        self.open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), Connection)

    def process_request(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
        self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket) -> None:  # type: ignore[override]
        self.open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """A fault of the server itself, or of a test's hook. The line is cut; the fault is for the server's owner."""
        error = sys.exc_info()[1]
        if error is not None:
            self.owner.crashes.append(error)

    def end_connections(self) -> None:
        """Wakes every thread that waits for its client."""
        for connection in list(self.open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # it has just ended by itself
                self.open.discard(connection)
