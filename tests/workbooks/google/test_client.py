"""Requests to Google are counted, tried again a few times where that is safe, and given up in words."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from automation.ledger.errors import LedgerError
from automation.workbooks.google import refusals
from automation.workbooks.google.client import AGENT, EMULATOR, SCOPES, Ambiguous, credentials
from tests.sheets_api import SERVICE_ACCOUNT, SheetsServer
from tests.sheets_api.faults import KINDS
from tests.support.small_spreadsheet import WAITS, Ledger, Way, patience, said

GIVES_UP = {
    "429": refusals.quota(),
    "500": refusals.busy(),
    "503": refusals.busy(),
    "502-html": refusals.busy(),
    "drop": refusals.no_network(),
    "drop-reply-half": refusals.no_network(),
    "hang": refusals.no_network(),
}
"""Faults of a request, and what is said if they never end."""
SMALL = {"Register": [["Case no.", "Summary"], ["LV-00001", "Noise"]]}
IN_DOUBT = sorted(KINDS - {"429"})
TYPED = {
    "updateCells": {
        "start": {"sheetId": 1000, "rowIndex": 1, "columnIndex": 1},
        "rows": [{"values": [{"userEnteredValue": {"stringValue": "Fees"}}]}],
        "fields": "userEnteredValue",
    }
}
BEYOND = {**TYPED, "updateCells": {**TYPED["updateCells"], "start": {"sheetId": 1000, "rowIndex": 99}}}


@pytest.fixture
def ledger(way: Way) -> Ledger:
    return way.ledger(SMALL)


@contextmanager
def deaf() -> Iterator[str]:
    """An address that accepts no connection, since others already fill its queue."""
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for waiting in (first, second):
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield f"127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def listening(reply: bytes = b"") -> Iterator[tuple[str, list[bytes]]]:
    """An address that records the first line of each caller, gives them all the same reply, and hangs up."""
    heard: list[bytes] = []

    def listen() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return  # that was all
            with connection:
                heard.append(connection.recv(65_536).partition(b"\r\n")[0])
                connection.sendall(reply)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=listen)
        thread.start()
        yield f"127.0.0.1:{listener.getsockname()[1]}", heard
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


# --- reading ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", GIVES_UP)
def test_a_read_is_tried_again_until_it_answers(way: Way, ledger: Ledger, kind: str) -> None:
    transport = way.transport(patience(kind))
    way.server.fail(kind, times=len(WAITS))
    found = transport.read(ledger.key, fields="properties.title").json()
    assert (found, transport.calls, len(way.server.calls), tuple(way.slept)) == (
        {"properties": {"title": "Ledger"}},
        4,
        4,
        WAITS,
    )


@pytest.mark.parametrize("kind", GIVES_UP)
def test_a_read_is_given_up_after_its_last_wait(way: Way, ledger: Ledger, kind: str) -> None:
    transport = way.transport(patience(kind))
    way.server.fail(kind, times=99)
    with pytest.raises(LedgerError) as caught:
        transport.read(ledger.key)
    assert (said(caught.value), caught.value.exit_code) == (said(GIVES_UP[kind]), 75)
    assert (transport.calls, len(way.server.calls), tuple(way.slept)) == (4, 4, WAITS)


def test_a_search_reads_and_is_tried_again_like_a_read(way: Way, ledger: Ledger) -> None:
    transport = way.transport()
    for kind in ("429", "drop-after", "502-html-after"):
        way.server.fail(kind)
    body = {"dataFilters": [{"a1Range": "Register!A2"}]}
    found = transport.search(f"{ledger.key}:getByDataFilter", body, fields="sheets.properties.title").json()
    assert (found, transport.calls, tuple(way.slept)) == (
        {"sheets": [{"properties": {"title": "Register"}}]},
        4,
        WAITS,
    )


def test_each_read_waits_anew_from_the_shortest_wait(way: Way, ledger: Ledger) -> None:
    transport = way.transport()
    for _ in range(2):
        way.server.fail("503", times=2)
        transport.read(ledger.key)
    assert (transport.calls, way.slept) == (6, [1.0, 2.0, 1.0, 2.0])


@pytest.mark.parametrize(
    ("path", "why"),
    [("1" + "x" * 43, refusals.no_such_spreadsheet()), ("KEY/values:batchGet?ranges=Nowhere", refusals.Refused())],
    ids=["404", "400"],
)
def test_a_read_that_was_refused_is_not_tried_again(way: Way, ledger: Ledger, path: str, why: LedgerError) -> None:
    transport = way.transport()
    with pytest.raises(LedgerError) as caught:
        transport.read(path.replace("KEY", ledger.key))
    assert (said(caught.value), transport.calls, way.slept) == (said(why), 1, [])


# --- writing ----------------------------------------------------------------------------------------------------


def test_a_write_is_tried_again_after_429(way: Way, ledger: Ledger) -> None:
    transport = way.transport()
    way.server.fail("429", times=len(WAITS))
    reply = transport.write(ledger.key, [TYPED])
    assert (reply, ledger.column(2), transport.calls, len(way.server.calls), tuple(way.slept)) == (
        {"replies": [{}]}, ["Fees"], 4, 4, WAITS,
    )  # fmt: skip


def test_a_write_is_given_up_when_the_quota_stays_used_up(way: Way, ledger: Ledger) -> None:
    transport = way.transport()
    way.server.fail("429", times=99)
    with pytest.raises(LedgerError) as caught:
        transport.write(ledger.key, [TYPED])
    assert (said(caught.value), ledger.column(2), transport.calls, tuple(way.slept)) == (
        said(refusals.quota()),
        ["Noise"],
        4,
        WAITS,
    )


@pytest.mark.parametrize("kind", IN_DOUBT)
def test_a_write_is_never_sent_twice_when_it_may_have_been_done(way: Way, ledger: Ledger, kind: str) -> None:
    transport = way.transport(patience(kind))
    way.server.fail(kind)
    with pytest.raises(Ambiguous):
        transport.write(ledger.key, [TYPED])
    done = kind.endswith("-after") or kind == "drop-reply-half"
    assert (ledger.column(2), transport.calls, len(way.server.calls), way.slept) == (
        ["Fees" if done else "Noise"],
        1,
        1,
        [],
    )


def test_doubt_after_a_429_is_doubt_all_the_same(way: Way, ledger: Ledger) -> None:
    transport = way.transport()
    way.server.fail("429")
    way.server.fail("503-after")
    with pytest.raises(Ambiguous):
        transport.write(ledger.key, [TYPED])
    assert (ledger.column(2), transport.calls, way.slept) == (["Fees"], 2, [1.0])


def test_a_write_that_was_refused_is_not_tried_again_and_did_nothing(way: Way, ledger: Ledger) -> None:
    transport = way.transport()
    with pytest.raises(refusals.Refused):
        transport.write(ledger.key, [TYPED, BEYOND])
    assert (ledger.column(2), transport.calls, way.slept) == (["Noise"], 2, [])  # one write, and a look at why


def test_a_write_that_never_reached_anyone_was_not_done(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    with deaf() as address:
        monkeypatch.setenv(EMULATOR, address)
        transport = way.transport(timeouts=(0.1, 2))
        with pytest.raises(LedgerError) as caught:
            transport.write("key", [TYPED])
    assert (said(caught.value), transport.calls, way.slept) == (said(refusals.no_network()), 1, [])


def test_a_page_in_place_of_an_answer_is_none(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hotel's network answers everything with 200 and a login page."""
    page = b"<html>Welcome to our guest network"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
    way.transport().read(way.ledger(SMALL).key)  # so that there is a token
    with listening(head % len(page) + page) as (address, heard):
        monkeypatch.setenv(EMULATOR, address)
        transport = way.transport()
        with pytest.raises(LedgerError) as caught:
            transport.read("key")
        with pytest.raises(Ambiguous):
            transport.write("key", [TYPED])
    assert (said(caught.value), transport.calls, tuple(way.slept), len(heard)) == (
        said(refusals.no_network()),
        5,
        WAITS,
        5,
    )


def test_a_batch_goes_out_with_the_mask_of_its_reply_and_its_options(way: Way, ledger: Ledger) -> None:
    way.transport().write(
        ledger.key, [TYPED], fields="updatedSpreadsheet.properties.title", includeSpreadsheetInResponse=True
    )
    (call,) = way.server.calls
    assert (call.method, call.path, call.query, call.body) == (
        "POST",
        f"/v4/spreadsheets/{ledger.key}:batchUpdate",
        {"fields": ["updatedSpreadsheet.properties.title"], "prettyPrint": ["false"]},
        {"requests": [TYPED], "includeSpreadsheetInResponse": True},
    )


# --- where to, and as whom --------------------------------------------------------------------------------------


def test_answers_come_packed(way: Way) -> None:
    """Google compresses replies only for agents that have gzip in their name, too."""
    ledger = way.ledger({"Register": [["Summary"], *[["Noise"]] * 200]})
    answer = way.transport().read(f"{ledger.key}/values/Register")
    (call,) = way.server.calls
    assert (call.headers["user-agent"], "gzip" in AGENT, "gzip" in call.headers["accept-encoding"]) == (
        "letters-and-visits-ledger (gzip)",
        True,
        True,
    )
    assert (answer.headers["content-encoding"], len(answer.json()["values"])) == ("gzip", 201)


def test_nothing_but_spreadsheets_is_asked_for(way: Way) -> None:
    before = len(way.server.tokens.scopes)
    transport = way.transport(account=credentials())
    transport.read(way.ledger(SMALL).key)
    assert (SCOPES, way.server.tokens.scopes[before:], transport.account) == (
        ("https://www.googleapis.com/auth/spreadsheets",),
        ["https://www.googleapis.com/auth/spreadsheets"],
        SERVICE_ACCOUNT,
    )


def test_a_named_server_takes_the_place_of_google(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    with SheetsServer() as other:
        monkeypatch.setenv(EMULATOR, other.address)
        book = other.new_spreadsheet("Elsewhere")
        other.tokens.given.update(way.server.tokens.given)
        found = way.transport().read(book.id, fields="properties.title").json()
        assert (found, len(other.calls), way.server.calls) == (
            {"properties": {"title": "Elsewhere"}},
            1,
            [],
        )


def test_where_none_is_named_it_is_google(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing leaves this machine: the proxy records where the call should go, and hangs up."""
    way.transport().read(way.ledger(SMALL).key)  # so that there is a token
    with listening() as (address, heard):
        for name in ("https_proxy", "HTTPS_PROXY"):
            monkeypatch.setenv(name, f"http://{address}")
        monkeypatch.delenv(EMULATOR)
        with pytest.raises(LedgerError) as caught:
            way.transport(waits=()).read("key")
    assert [line.split()[:2] for line in heard] == [[b"CONNECT", b"sheets.googleapis.com:443"]]
    assert said(caught.value) == said(refusals.no_network())


def test_a_token_that_is_over_is_changed_for_a_new_one(way: Way) -> None:
    ledger = way.ledger(SMALL)
    transport = way.transport()
    transport.read(ledger.key)
    way.server.tokens.expire()
    transport.write(ledger.key, [TYPED])
    assert (ledger.column(2), transport.calls, way.slept) == (["Fees"], 2, [])
    assert [call.status for call in way.server.calls] == [200, 401, 200]


def test_no_secret_is_in_anything_that_is_said(way: Way, ledger: Ledger) -> None:
    key_file = Path(os.environ["GOOGLE_APPLICATION_CREDENTIALS"])
    secrets = {
        *way.server.tokens.given,
        json.loads(key_file.read_text(encoding="utf-8"))["private_key"],
        "Bearer",
        "PRIVATE KEY",
    }
    sentences = []
    for kind in (*GIVES_UP, "refused"):
        way.server.fail(kind, times=99) if kind in GIVES_UP else way.server.faults.clear()
        for path in (ledger.key, f"{ledger.key}/values/Nowhere", "x" * 44):
            try:
                way.transport(patience(kind), waits=()).read(path)
            except LedgerError as error:
                sentences += [str(error), error.say("en"), error.say("zh"), repr(error)]
        way.server.faults.clear()
    assert len(sentences) == 4 * (3 * len(GIVES_UP) + 2)
    assert [secret for secret in secrets for sentence in sentences if secret in sentence] == []
