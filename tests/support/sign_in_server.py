"""A local HTTPS server on which accounts sign in, as Microsoft's and Google's do it: for tests of mail servers."""

from __future__ import annotations

import base64
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import trustme

CLIENT = "11111111-2222-3333-4444-555555555555"
REFRESH = "refresh-not-in-any-log"


@dataclass(eq=False)
class Accounts:
    """What was asked, and which tokens are given, one after the other. `refuses` is the error of every request for one."""

    address: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    waits: int = 0
    """How often the answer to a device is that nobody has typed the code yet."""
    refuses: dict[str, str] | None = None
    scope: str = ""
    given: int = 0
    lasts: int = 3600

    @property
    def token(self) -> str:
        """The newest token."""
        return f"token-{self.given}-not-in-any-log"

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        tenant = f"{self.address}/tenant/oauth2/v2.0"
        if path.endswith("openid-configuration"):
            ends = {f"{one}_endpoint": f"{tenant}/{one}" for one in ("authorization", "token")}
            return 200, {**ends, "device_authorization_endpoint": f"{tenant}/devicecode", "issuer": self.address}
        self.asked.append(form)
        self.scope = form.get("scope", self.scope)
        if path.endswith("devicecode"):
            page = {"verification_uri": f"{self.address}/device", "user_code": "ABCD-EFGH", "message": "in English"}
            return 200, {**page, "device_code": "device", "expires_in": 900, "interval": 1}
        if self.refuses is not None:
            return 400, self.refuses
        if self.waits and form["grant_type"].endswith("device_code"):
            self.waits -= 1
            return 400, {"error": "authorization_pending", "error_description": "AADSTS70016"}
        self.given += 1
        more = {"id_token": _claims(self.address), "client_info": _part({"uid": "u", "utid": "t"}), "scope": self.scope}
        if "assertion" in form or form["grant_type"] == "authorization_code":
            more = {"scope": "https://mail.google.com/"}
        return 200, {
            "token_type": "Bearer", "access_token": self.token, "refresh_token": REFRESH, "expires_in": self.lasts, **more,
        }  # fmt: skip


def _part(values: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _claims(issuer: str) -> str:
    claims = {"iss": issuer, "aud": CLIENT, "sub": "s", "preferred_username": "office@s.example", "exp": 4102444800}
    return ".".join((_part({"alg": "none"}), _part(claims), ""))


@contextmanager
def sign_in_server(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Accounts]:
    """The server, trusted through REQUESTS_CA_BUNDLE."""
    accounts = Accounts()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(accounts.answer(urlsplit(self.path).path, {}))

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(accounts.answer(self.path, {key: value[0] for key, value in parse_qs(text).items()}))

        def _say(self, answer: tuple[int, dict[str, Any]]) -> None:
            content = json.dumps(answer[1]).encode()
            self.send_response(answer[0])
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None: ...

    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    (folder / "accounts.pem").write_bytes(authority.cert_pem.bytes())
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(folder / "accounts.pem"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    accounts.address = f"https://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield accounts
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
