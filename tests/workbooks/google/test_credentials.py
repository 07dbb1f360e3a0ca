"""A key that is missing, is not a key, was deleted, or is refused because the clock is wrong: each is said in words."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import google.auth._helpers
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.oauth2.service_account import Credentials

from automation.ledger.errors import LedgerError
from automation.workbooks.google import refusals
from automation.workbooks.google.client import EMULATOR, SCOPES, Transport, credentials
from tests.sheets_api import SERVICE_ACCOUNT
from tests.support.small_spreadsheet import Way, said
from tests.workbooks.google.test_refusals import SMALL, a_read, a_write


def another_key() -> str:
    """A key that Google does not know, or no longer knows."""
    made = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return made.private_bytes(*form).decode()


def account(file: Path, **other: str) -> Credentials:
    about = {**json.loads(file.read_text(encoding="utf-8")), **other}
    made: Credentials = Credentials.from_service_account_info(about, scopes=list(SCOPES))  # type: ignore[no-untyped-call]
    return made


@pytest.fixture
def key_file(way: Way, tmp_path: Path) -> Path:
    return way.server.key_file(tmp_path / "key.json")


def refused(way: Way, ask: Callable[[Transport, str], None], who: Credentials) -> LedgerError:
    transport = way.transport(account=who)
    with pytest.raises(LedgerError) as caught:
        ask(transport, way.ledger(SMALL).key)
    assert (transport.calls, way.server.calls, way.slept) == (1, [], [])
    return caught.value


@pytest.mark.parametrize("ask", [a_read, a_write])
def test_a_deleted_key(way: Way, key_file: Path, ask: Callable[[Transport, str], None]) -> None:
    error = refused(way, ask, account(key_file, private_key=another_key()))
    assert said(error) == said(refusals.key_refused(SERVICE_ACCOUNT, None))
    assert (SERVICE_ACCOUNT in error.say("en"), SERVICE_ACCOUNT in error.say("zh")) == (True, True)


@pytest.mark.parametrize("ask", [a_read, a_write])
@pytest.mark.parametrize("hours", [-3, 3])
def test_a_clock_that_is_wrong(
    way: Way, key_file: Path, monkeypatch: pytest.MonkeyPatch, hours: int, ask: Callable[[Transport, str], None]
) -> None:
    wrong = (datetime.now(UTC) + timedelta(hours=hours)).replace(tzinfo=None)
    monkeypatch.setattr(google.auth._helpers, "utcnow", lambda: wrong)
    error = refused(way, ask, account(key_file))
    assert (error.exit_code, error.say("en"), error.say("zh")) == (
        1,
        "Google refused the key because this computer's clock is wrong: set the clock and run again.",
        "本机时钟不准，Google 拒绝了密钥：请校准时间后再运行。",
    )


@pytest.mark.parametrize("ask", [a_read, a_write])
@pytest.mark.parametrize("times", [1, 99])
def test_a_bad_minute_where_tokens_are_given_is_not_the_keys_fault(
    way: Way, key_file: Path, ask: Callable[[Transport, str], None], times: int
) -> None:
    """Without a token nothing was sent, so even a write is tried again."""
    way.server.tokens.failing = (502, "text/html", b"<html><title>Error 502 (Server Error)!!1</title></html>")

    def sleep(seconds: float) -> None:
        way.slept.append(seconds)
        if len(way.slept) == times:
            way.server.tokens.failing = None

    ledger = way.ledger(SMALL)
    transport = Transport(account(key_file), (2, 2), (1.0, 2.0), sleep)
    if times == 1:
        ask(transport, ledger.key)
        assert ([call.status for call in way.server.calls], way.slept) == ([200], [1.0])
    else:
        with pytest.raises(LedgerError) as caught:
            ask(transport, ledger.key)
        assert (said(caught.value), way.server.calls, way.slept) == (said(refusals.busy()), [], [1.0, 2.0])


def test_a_token_that_is_refused_though_it_is_new(way: Way, key_file: Path) -> None:
    """Google gives tokens but accepts none (401): google-auth tries a new token, and then the program gives up."""
    who = account(key_file)
    way.server.between = lambda _, call: way.server.tokens.expire()
    with pytest.raises(LedgerError) as caught:
        way.transport(account=who).read(way.ledger(SMALL).key)
    assert said(caught.value) == said(refusals.key_refused(SERVICE_ACCOUNT, None))
    assert ({call.status for call in way.server.calls}, way.slept) == ({401}, [])


NO_KEY_FILES = {
    "missing": None,
    "empty": b"",
    "not JSON": b"PK\x03\x04",
    "not text": b"\xff\xfe\x00",
    "no key of any kind": b"{}",
    "of another kind": b'{"type": "robot"}',
    "half a key": b'{"type": "service_account", "client_email": "a@b"}',
    "a spoilt key": b'{"type": "service_account", "client_email": "a@b", "token_uri": "http://x", "private_key": "-----BEGIN"}',
}


@pytest.mark.parametrize("content", NO_KEY_FILES.values(), ids=NO_KEY_FILES)
def test_a_file_that_is_no_key_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None) -> None:
    file = tmp_path / "key.json"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(file))
    with pytest.raises(LedgerError) as caught:
        credentials()
    assert said(caught.value) == said(refusals.no_credentials(str(file)))
    assert (str(file) in caught.value.say("en"), str(file) in caught.value.say("zh")) == (True, True)


def test_a_folder_is_no_key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path))
    with pytest.raises(LedgerError) as caught:
        credentials()
    assert said(caught.value) == said(refusals.no_credentials(str(tmp_path)))


def test_no_key_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    monkeypatch.setattr("google.auth.compute_engine._metadata._NO_GCE_CHECK", True)  # read once, when it is imported
    with pytest.raises(LedgerError) as caught:
        credentials()
    assert said(caught.value) == said(refusals.no_credentials(""))


def test_no_network_on_the_way_to_a_token(way: Way, key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was asked of the spreadsheet yet: reading is tried again, and the network is blamed, not the key."""
    who = account(key_file, token_uri="http://127.0.0.1:1/token")
    monkeypatch.setenv(EMULATOR, "127.0.0.1:1")
    transport = way.transport(account=who)
    with pytest.raises(LedgerError) as caught:
        transport.read("key")
    assert (said(caught.value), transport.calls, tuple(way.slept)) == (
        said(refusals.no_network()),
        4,
        (1.0, 2.0, 4.0),
    )
