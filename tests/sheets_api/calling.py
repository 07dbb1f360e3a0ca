"""How tests call the server: bare HTTP with a token, or gspread with Google's addresses rewritten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import gspread
import requests

from . import SheetsServer, Spreadsheet

GOOGLE = ("https://sheets.googleapis.com/", "https://www.googleapis.com/")


class Api:
    """Bare calls, each with its status and reply. Times out, so that no test can hang."""

    def __init__(self, server: SheetsServer) -> None:
        self.server = server
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {server.token()}"

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> tuple[int, Any]:
        answer = self.session.request(
            method, f"http://{self.server.address}{path}", json=body, params=query, timeout=10
        )
        if answer.headers.get("content-type", "").startswith("application/json"):
            return answer.status_code, answer.json()
        return answer.status_code, answer.text

    def get(self, path: str, **query: Any) -> Any:
        status, reply = self.call("GET", path, **query)
        assert status == 200, reply
        return reply

    def post(self, path: str, body: Any = None, **query: Any) -> Any:
        status, reply = self.call("POST", path, body, **query)
        assert status == 200, reply
        return reply

    def put(self, path: str, body: Any = None, **query: Any) -> Any:
        status, reply = self.call("PUT", path, body, **query)
        assert status == 200, reply
        return reply


class Desk:
    """One spreadsheet of a server, and the calls about it."""

    def __init__(self, server: SheetsServer, api: Api, book: Spreadsheet) -> None:
        self.server = server
        self.api = api
        self.book = book
        self.path = f"/v4/spreadsheets/{book.id}"

    def batch(self, *batch: dict[str, Any], **query: Any) -> Any:
        """The replies to the requests of one batchUpdate, which must succeed."""
        return self.api.post(f"{self.path}:batchUpdate", {"requests": list(batch)}, **query)["replies"]

    def refusal(self, *batch: dict[str, Any]) -> str:
        """The message of a batchUpdate that must be refused with 400, leaving everything as it was."""
        before = (self.book.book, self.book.version)
        status, reply = self.api.call("POST", f"{self.path}:batchUpdate", {"requests": list(batch)})
        assert (status, reply["error"]["status"]) == (400, "INVALID_ARGUMENT"), reply
        assert (self.book.book, self.book.version) == before
        message: str = reply["error"]["message"]
        return message

    def look(self, **query: Any) -> Any:
        return self.api.get(self.path, **query)

    def values(self, text: str, **query: Any) -> Any:
        """The values of a range, `[]` where there are none."""
        return self.api.get(f"{self.path}/values/{text}", **query).get("values", [])

    def write(self, text: str, rows: list[list[Any]], option: str = "RAW") -> Any:
        return self.api.put(f"{self.path}/values/{text}", {"values": rows}, valueInputOption=option)


@contextmanager
def desk(locale: str = "en_GB") -> Iterator[Desk]:
    with SheetsServer() as server:
        api = Api(server)
        with api.session:
            yield Desk(server, api, server.new_spreadsheet("Ledger", locale=locale))


def gspread_client(server: SheetsServer, folder: Path) -> gspread.Client:
    """gspread as it is, but for the address."""

    class Local(gspread.HTTPClient):
        def request(self, method: str, endpoint: str, **options: Any) -> Any:  # type: ignore[override]
            for prefix in GOOGLE:
                endpoint = endpoint.replace(prefix, f"http://{server.address}/", 1)
            return super().request(method, endpoint, **options)

    client = gspread.service_account(server.key_file(folder / "key.json"), http_client=Local)
    client.set_timeout(10)
    return client
