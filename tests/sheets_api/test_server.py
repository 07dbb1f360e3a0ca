"""The server itself: who gets in, what is logged, what hooks and faults do, and that it is quick."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import gspread
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import crypt, jwt

from . import SERVICE_ACCOUNT, SheetsServer
from .calling import Api, Desk

PROJECT = Path(__file__).resolve().parents[2]


def error(desk: Desk, method: str, path: str, body: Any = None) -> tuple[int, str, str]:
    status, reply = desk.api.call(method, path, body)
    return status, reply["error"]["status"], reply["error"]["message"]


def test_a_call_without_a_good_token_is_refused_and_a_bad_signature_gets_none(desk: Desk) -> None:
    for header in ("", "Bearer nonsense", "Basic abc"):
        desk.api.session.headers["Authorization"] = header
        status, word, message = error(desk, "GET", desk.path)
        assert (status, word) == (401, "UNAUTHENTICATED")
        assert message.startswith("Request had invalid authentication credentials.")
    stranger = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
    now = int(time.time())
    claims = {
        "iss": SERVICE_ACCOUNT,
        "aud": f"http://{desk.server.address}/token",
        "iat": now,
        "exp": now + 60,
    }
    signed = jwt.encode(crypt.RSASigner(stranger), claims)  # type: ignore[no-untyped-call]
    for assertion in ("a.b.c", signed):
        form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": assertion}
        answer = requests.post(f"http://{desk.server.address}/token", data=form, timeout=10)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
    assert desk.server.token_calls == 2


def test_tokens_that_have_expired_are_refused_and_google_auth_then_asks_for_a_new_one(
    desk: Desk, client: gspread.Client
) -> None:
    client.open_by_key(desk.book.id)
    desk.server.tokens.expire()
    assert desk.api.call("GET", desk.path)[0] == 401
    client.open_by_key(desk.book.id)
    assert desk.server.token_calls == 2


@pytest.mark.parametrize(
    ("shared", "read", "written"),
    [(True, 200, 200), ("reader", 200, 403), (False, 403, 403)],
)
def test_a_spreadsheet_opens_as_far_as_it_is_shared(desk: Desk, shared: Any, read: int, written: int) -> None:
    path = f"/v4/spreadsheets/{desk.server.new_spreadsheet('Other', shared=shared).id}"
    body: dict[str, Any] = {"requests": [{"addSheet": {}}]}
    assert (desk.api.call("GET", path)[0], desk.api.call("POST", f"{path}:batchUpdate", body)[0]) == (
        read,
        written,
    )
    if written == 403:
        refusal = error(desk, "POST", f"{path}:batchUpdate", body)
        assert refusal == (403, "PERMISSION_DENIED", "The caller does not have permission")


def test_an_unknown_id_is_not_found(desk: Desk) -> None:
    assert error(desk, "GET", "/v4/spreadsheets/nothing") == (
        404,
        "NOT_FOUND",
        "Requested entity was not found.",
    )


def test_a_project_without_the_api_is_told_how_to_enable_it(desk: Desk) -> None:
    desk.server.api_enabled = False
    status, reply = desk.api.call("GET", desk.path)
    assert (status, reply["error"]["status"]) == (403, "PERMISSION_DENIED")
    assert reply["error"]["message"].startswith("Google Sheets API has not been used in project 123456789012 before")
    assert [detail.get("reason") for detail in reply["error"]["details"]] == [None, "SERVICE_DISABLED"]


def test_every_api_call_is_logged_and_calls_for_tokens_are_not(desk: Desk) -> None:
    desk.look(fields="spreadsheetId")
    desk.write("A1", [["x"]])
    desk.api.call("GET", "/v4/spreadsheets/nothing")
    logged = [(c.number, c.method, c.path, c.query, c.body, c.status) for c in desk.server.calls]
    assert logged == [
        (1, "GET", desk.path, {"fields": ["spreadsheetId"]}, None, 200),
        (2, "PUT", f"{desk.path}/values/A1", {"valueInputOption": ["RAW"]}, {"values": [["x"]]}, 200),
        (3, "GET", "/v4/spreadsheets/nothing", {}, None, 404),
    ]
    assert desk.server.calls[1].request_bytes == len(json.dumps({"values": [["x"]]}))
    assert desk.server.calls[0].response_bytes == len(f'{{"spreadsheetId":"{desk.book.id}"}}')
    desk.server.clear_calls()
    assert desk.server.calls == []


def test_a_person_can_act_between_any_two_calls(desk: Desk) -> None:
    seen: list[tuple[str, int, int]] = []

    def before(number: int, call: Any) -> None:
        seen.append(("before", number, call.status))
        desk.book.sheet("Sheet1").type(1, 1, f"before {number}")

    def after(number: int, call: Any) -> None:
        seen.append(("after", number, call.status))
        desk.book.sheet("Sheet1").type(2, 1, f"after {number}")

    desk.server.between, desk.server.after = before, after
    assert desk.values("A1:A2") == [["before 1"]]
    assert desk.values("A1:A2") == [["before 2"], ["after 1"]]
    assert seen == [("before", 1, 0), ("after", 1, 200), ("before", 2, 0), ("after", 2, 200)]


@pytest.mark.parametrize(
    ("kind", "status", "applied"),
    [
        ("429", 429, False),
        ("500", 500, False),
        ("500-before", 500, False),
        ("500-after", 500, True),
        ("503-before", 503, False),
        ("503-after", 503, True),
        ("502-html-before", 502, False),
        ("502-html-after", 502, True),
        ("hang-before", None, False),
        ("hang-after", None, True),
        ("drop-before", None, False),
        ("drop-after", None, True),
        ("drop-reply-half", None, True),
    ],
)
def test_a_fault_comes_once_before_or_after_the_change(
    desk: Desk, kind: str, status: int | None, applied: bool
) -> None:
    desk.server.hang_seconds = 0.05
    desk.server.fail(kind)
    call = (
        "POST",
        f"{desk.path}:batchUpdate",
        {"requests": [{"addSheet": {"properties": {"title": "New"}}}]},
    )
    if status is None:
        with pytest.raises(requests.exceptions.RequestException):
            desk.api.call(*call)
    else:
        assert desk.api.call(*call)[0] == status
    assert desk.book.titles() == (["Sheet1", "New"] if applied else ["Sheet1"])
    assert desk.api.call("GET", desk.path)[0] == 200


def test_faults_name_the_calls_they_are_for(desk: Desk) -> None:
    desk.server.fail("503", nth=2, where=lambda call: call.method == "GET", times=2)
    got = [desk.api.call("GET", desk.path)[0] for _ in range(2)]
    desk.write("A1", [["x"]])
    got += [desk.api.call("GET", desk.path)[0] for _ in range(2)]
    assert got == [200, 503, 503, 200]
    with pytest.raises(ValueError, match="none of"):
        desk.server.fail("418")


def test_the_bodies_of_faults_are_those_of_google(desk: Desk) -> None:
    desk.server.fail("429")
    desk.server.fail("502-html")
    status, reply = desk.api.call("GET", desk.path)
    assert (status, reply["error"]["status"]) == (429, "RESOURCE_EXHAUSTED")
    assert reply["error"]["message"].startswith("Quota exceeded for quota metric 'Read requests'")
    status, page = desk.api.call("GET", desk.path)
    assert (status, page[:15]) == (502, "<!DOCTYPE html>")


def call_with_a_hook_that_fails() -> None:
    def fail(number: int, call: Any) -> None:
        raise AssertionError("the hook's own")

    with SheetsServer() as server:
        api = Api(server)
        server.between = fail
        with api.session, pytest.raises(requests.exceptions.ConnectionError):
            api.get("/v4/spreadsheets/any")


def test_a_hook_that_fails_ends_the_with_that_failure() -> None:
    with pytest.raises(AssertionError, match="the hook's own"):
        call_with_a_hook_that_fails()


def test_the_server_ends_at_once_with_a_line_open_and_another_hanging() -> None:
    begun, before = time.monotonic(), set(threading.enumerate())
    with socket.socket() as line:
        with SheetsServer() as server:
            api = Api(server)
            with api.session:
                api.get(f"/v4/spreadsheets/{server.new_spreadsheet('Ledger').id}")
                server.fail("hang")
                line.connect(("127.0.0.1", int(server.address.split(":")[1])))
                line.sendall(b"GET /v4/spreadsheets/any HTTP/1.1\r\n\r\n")
                while len(server.calls) < 2:
                    time.sleep(0.01)
        assert line.recv(10) == b""
    assert time.monotonic() - begun < 3
    assert [thread.name for thread in threading.enumerate() if thread not in before] == []


def test_replies_are_zipped_for_those_who_take_it(desk: Desk) -> None:
    url = f"http://{desk.server.address}{desk.path}"
    codings = [
        desk.api.session.get(url, headers={"Accept-Encoding": accepted}, timeout=10).headers.get("Content-Encoding")
        for accepted in ("gzip", "identity")
    ]
    assert codings == ["gzip", None]


def test_each_change_raises_the_version_and_reading_does_not(desk: Desk) -> None:
    def version() -> int:
        return int(desk.api.get(f"/drive/v3/files/{desk.book.id}", fields="version")["version"])

    seen = [version()]
    desk.values("A1")
    seen.append(version())
    desk.write("A1", [["x"]])
    seen.append(version())
    desk.refusal({"deleteSheet": {"sheetId": 5}})
    seen.append(version())
    desk.book.sheet("Sheet1").type(1, 1, "y")
    seen.append(version())
    assert seen == [1, 1, 2, 2, 3]


def test_a_large_sheet_is_read_in_one_call_and_written_in_one(desk: Desk) -> None:
    desk.book.sheet("Sheet1").load([[f"{row}/{column}" for column in range(45)] for row in range(20_000)])
    (got,) = desk.api.get(f"{desk.path}/values:batchGet", ranges=["Sheet1"], valueRenderOption="UNFORMATTED_VALUE")[
        "valueRanges"
    ]
    assert (len(got["values"]), got["values"][-1][-1]) == (20_000, "19999/44")
    cells = [
        {
            "updateCells": {
                "start": {"rowIndex": 300 * place, "columnIndex": 7},
                "rows": [{"values": [{"userEnteredValue": {"stringValue": "new"}}]}],
                "fields": "userEnteredValue",
            }
        }
        for place in range(50)
    ]
    desk.batch(*cells)
    written = [row[7] for row in desk.book.sheet("Sheet1").values()]
    assert [at for at, value in enumerate(written) if value == "new"] == [300 * place for place in range(50)]


def test_it_runs_alone_until_it_is_told_to_end(tmp_path: Path) -> None:
    key = tmp_path / "key.json"
    command = [sys.executable, "-m", "tests.sheets_api", "--key-file", str(key), "--spreadsheet", "Ledger"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address, number = (process.stdout.readline().split()[1] for _ in range(2))
        content = json.loads(key.read_text())
        assert (content["token_uri"], content["client_email"]) == (f"http://{address}/token", SERVICE_ACCOUNT)
        assert requests.get(f"http://{address}/v4/spreadsheets/{number}", timeout=10).status_code == 401
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
