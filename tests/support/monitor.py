"""A monitoring service on this computer that gets the health ping of a run."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = "2f1c-secret"


class Monitor:
    """The monitor: the requests it got, and its reply."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.status = 200
        self.slow = threading.Event()
        monitor = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                monitor.asked.append(self.path)
                monitor.slow.wait(0 if monitor.status else 5)
                self.send_response(monitor.status or 200)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/{SECRET}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
