"""Sign-ins without a key file, as `google.auth.default` finds them: a machine's own account, and a workload's identity."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from automation.workbooks.google.client import SCOPES, Transport, credentials
from tests.sheets_api import SERVICE_ACCOUNT
from tests.support.small_spreadsheet import Way
from tests.workbooks.google.test_refusals import SMALL


@contextmanager
def tokens_from(token: str) -> Iterator[tuple[str, list[str]]]:
    """A server that gives this token as a machine's metadata, a security token service and IAM do; what it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            about: object = {"email": SERVICE_ACCOUNT, "scopes": list(SCOPES), "aliases": ["default"]}
            self._say(
                {"access_token": token, "expires_in": 3599, "token_type": "Bearer"} if "/token" in self.path else about
            )

        def do_POST(self) -> None:
            asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked.append(body)
            if self.path == "/sts":
                self._say(
                    {"access_token": "federated", "expires_in": 3599, "token_type": "Bearer", "issued_token_type": "x"}
                )
            else:
                self._say({"accessToken": token, "expireTime": "2099-01-01T00:00:00Z"})

        def _say(self, reply: object) -> None:
            data = json.dumps(reply).encode()
            self.send_response(200)
            self.send_header("Metadata-Flavor", "Google")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()


def reads(way: Way, transport: Transport) -> bool:
    found = transport.read(way.ledger(SMALL).key, fields="properties.title").json()
    return bool(found == {"properties": {"title": "Ledger"}})


def test_a_machines_own_account(way: Way, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cloud Run, or a VM at Google."""
    with tokens_from(way.server.token()) as (host, asked):
        monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
        monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
        monkeypatch.setattr("google.auth.compute_engine._metadata._GCE_METADATA_HOST", host)
        monkeypatch.setattr("google.auth.compute_engine._metadata._NO_GCE_CHECK", False)
        monkeypatch.setenv("GCE_METADATA_IP", host)
        transport = Transport(credentials())
        before = transport.account
        assert (before, reads(way, transport), transport.account) == ("", True, SERVICE_ACCOUNT)
    assert any("/token" in path and "spreadsheets" in path for path in asked)


def test_a_workloads_identity_through_a_service_account(
    way: Way, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GitHub Actions, or another cloud: the action writes such a file."""
    (tmp_path / "oidc").write_text("from-github", encoding="utf-8")
    with tokens_from(way.server.token()) as (host, asked):
        about = {
            "type": "external_account",
            "audience": "//iam.googleapis.com/locations/global/workloadIdentityPools/p/providers/q",
            "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
            "token_url": f"http://{host}/sts",
            "service_account_impersonation_url": f"http://{host}/v1/projects/-/serviceAccounts/{SERVICE_ACCOUNT}:generateAccessToken",
            "credential_source": {"file": str(tmp_path / "oidc")},
        }
        (tmp_path / "wif.json").write_text(json.dumps(about), encoding="utf-8")
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "wif.json"))
        transport = Transport(credentials())
        assert (transport.account, reads(way, transport)) == (SERVICE_ACCOUNT, True)
    assert any("from-github" in one for one in asked)
    assert any("auth/spreadsheets" in one for one in asked)
