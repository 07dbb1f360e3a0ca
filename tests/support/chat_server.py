"""A real HTTPS server on 127.0.0.1 that stands for the chat services: reached as their proxy, with its own authority."""

from __future__ import annotations

import json
import os
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import sleep
from typing import Any

import trustme

from automation.ledger.chats import chat_address
from automation.mail.transport.chats import Chats

HANG = 0
"""A status that stands for no answer at all."""
SECRET = "c4f1d00dc4f1d00dc4f1d00d"
WECOM, DINGTALK, FEISHU = "qyapi.weixin.qq.com", "oapi.dingtalk.com", "open.feishu.cn"
TEAMS, SLACK, ELSEWHERE = "prod-1.westeurope.logic.azure.com", "hooks.slack.com", "elsewhere.example"
URLS: Mapping[str, str] = {
    WECOM: f"https://{WECOM}/cgi-bin/webhook/send?key={SECRET}",
    DINGTALK: f"https://{DINGTALK}/robot/send?access_token={SECRET}",
    FEISHU: f"https://{FEISHU}/open-apis/bot/v2/hook/{SECRET}",
    TEAMS: f"https://{TEAMS}:443/workflows/{SECRET}/triggers/manual/paths/invoke?api-version=2016-06-01&sv=1.0&sig={SECRET}",
    SLACK: f"https://{SLACK}/services/T1JJ3T3L2/A1BRTD4JD/{SECRET}",
    ELSEWHERE: f"jsons://{ELSEWHERE}/{SECRET}",
}
"""An address of each service, as it shows it; the last is one of the others that apprise knows."""
TAKES: Mapping[str, tuple[int, str]] = {
    WECOM: (200, '{"errcode":0,"errmsg":"ok"}'),
    DINGTALK: (200, '{"errcode":0,"errmsg":"ok"}'),
    FEISHU: (200, '{"code":0,"data":{},"msg":"success"}'),
    TEAMS: (202, ""),
    SLACK: (200, "ok"),
    ELSEWHERE: (200, ""),
}
"""How each service says that it took a message."""


@dataclass(eq=False)
class Rooms:
    """What each service got, by host, and how it is to answer: status and body, by host; `HANG` for not at all."""

    got: list[tuple[str, Any]] = field(default_factory=list)
    answers: dict[str, tuple[int, str]] = field(default_factory=lambda: dict(TAKES))
    before_answering: Callable[[int], None] | None = None
    """Called with the number of messages got, before the last of them is answered."""
    leads_to: str = ""
    """Where an answer of 307 leads."""

    def texts(self) -> list[str]:
        """What was said, in order, whatever form each service wants."""
        return [_text(said) for _, said in self.got]


def _text(said: Any) -> str:
    """The text in what a service got."""
    for path in (("text", "content"), ("content", "text"), ("attachments", 0, "text"), ("message",)):
        found = said
        for part in path:
            try:
                found = found[part]
            except (KeyError, IndexError, TypeError):
                break
        else:
            return str(found)
    blocks = said["attachments"][0]["content"]["body"]
    return "\n".join(str(block["text"]) for block in blocks if block.get("type") == "TextBlock" and "text" in block)


@contextmanager
def chat_server(folder: Path, *, trusted: bool = True) -> Iterator[Rooms]:
    """A running server that answers for every host, with a certificate that is trusted through REQUESTS_CA_BUNDLE."""
    rooms, authority = Rooms(), trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*TAKES).configure_cert(context)
    bundle = folder / "chats.pem"
    bundle.write_bytes((authority if trusted else trustme.CA()).cert_pem.bytes())

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        host = ""

        def do_CONNECT(self) -> None:
            self.host = self.path.partition(":")[0]
            self.send_response(200)
            self.end_headers()
            try:
                self.connection = context.wrap_socket(self.connection, server_side=True)
            except OSError:  # whoever called does not trust the certificate
                self.close_connection = True
                return
            self.rfile = self.connection.makefile("rb")
            self.wfile = self.connection.makefile("wb", 0)  # type: ignore[assignment]
            self.close_connection = False

        def finish(self) -> None:
            with suppress(OSError):  # whoever called is gone
                super().finish()
            self.rfile.close()
            self.connection.close()

        def do_POST(self) -> None:
            rooms.got.append((self.host, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
            if rooms.before_answering is not None:
                rooms.before_answering(len(rooms.got))
            status, body = rooms.answers[self.host]
            if status == HANG:
                sleep(2)
                self.close_connection = True
                return
            self.send_response(status)
            if rooms.leads_to:
                self.send_header("Location", rooms.leads_to)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    proxy = f"http://127.0.0.1:{server.server_address[1]}"
    changed = {
        "HTTPS_PROXY": proxy,
        "https_proxy": proxy,
        "REQUESTS_CA_BUNDLE": str(bundle),
        "NO_PROXY": "",
        "no_proxy": "",
    }
    before = {name: os.environ.get(name) for name in changed}
    os.environ.update(changed)
    thread.start()
    try:
        yield rooms
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def chats(**hosts: str) -> Chats:
    """Chats by name, each at this host, and each with a secret of its own."""
    before = [[*hosts.values()][:at].count(host) or "" for at, host in enumerate(hosts.values())]
    named = zip(hosts.items(), before, strict=True)
    return Chats({chat_address(name): URLS[host].replace(SECRET, f"{SECRET}{one}") for (name, host), one in named})
