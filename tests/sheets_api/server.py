"""The server in this process: it answers on a free port of 127.0.0.1, keeps a log of calls, and takes its orders."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, unquote

from . import errors, routes
from .auth import Tokens, write_key_file
from .connection import Incoming, Listener, Reply
from .faults import Fault, Faults, body_of
from .store import SERVICE_ACCOUNT, Spreadsheet, Store

JSON_TYPE = "application/json; charset=UTF-8"


@dataclass
class Call:
    """One API call as it came in, and the reply that its client was to get (status 0: none)."""

    number: int
    method: str
    path: str
    query: dict[str, list[str]]
    body: Any
    status: int = 0
    request_bytes: int = 0
    response_bytes: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    """Their names in small letters."""


class SheetsServer:
    """A Google Sheets of one's own. Use it in a `with`. It says why it refuses something in the language `words`."""

    def __init__(self, port: int = 0, words: str = "en") -> None:
        self.store = Store()
        self.faults = Faults()
        self.calls: list[Call] = []
        self.between: Callable[[int, Call], None] | None = None
        """Called before each API call is handled, under the server's lock: here a person may change a sheet."""
        self.after: Callable[[int, Call], None] | None = None
        """The same, just after the call was handled."""
        self.words = words
        self.refusing: errors.ApiError | None = None
        """What every call gets instead of an answer, if it is set: a switch like `api_enabled` for any other refusal."""
        self.api_enabled = True
        self.hang_seconds = 30.0
        self.crashes: list[BaseException] = []
        """What went wrong in the server or in a hook. The `with` ends by raising the first of them."""
        self.closing = threading.Event()
        self._number = 0
        self._listener = Listener(self, port)
        self.address = f"127.0.0.1:{self._listener.server_address[1]}"
        self.tokens = Tokens(self.address)
        self._thread = threading.Thread(
            target=self._listener.serve_forever,
            kwargs={"poll_interval": 0.02},
            name="sheets-api",
            daemon=True,
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._listener.shutdown()
        self._listener.end_connections()
        self._listener.server_close()
        self._thread.join()
        if kind is None and self.crashes:
            raise self.crashes[0]

    @property
    def lock(self) -> threading.RLock:
        return self.store.lock

    @property
    def quirks(self) -> set[str]:
        return self.store.quirks

    @property
    def owner(self) -> str:
        """The person to whom new spreadsheets belong."""
        return self.store.owner

    @property
    def spreadsheets(self) -> dict[str, Spreadsheet]:
        return self.store.spreadsheets

    @property
    def token_calls(self) -> int:
        return self.tokens.requests

    def key_file(self, path: Path | str) -> Path:
        """Writes the service account's key file, and gives its path."""
        write_key_file(Path(path), self.address)
        return Path(path)

    def token(self, email: str = SERVICE_ACCOUNT) -> str:
        """A token without the asking: to read the key from its file takes longer than most tests."""
        return self.tokens.give(email)

    def new_spreadsheet(
        self,
        title: str,
        locale: str = "en_GB",
        time_zone: str = "Europe/London",
        shared: bool | str = True,
    ) -> Spreadsheet:
        """A person's new spreadsheet, shared with the service account as writer, as `"reader"`, or not at all."""
        spreadsheet = self.store.new(title, locale, time_zone, self.owner)
        if shared:
            spreadsheet.share(SERVICE_ACCOUNT, "writer" if shared is True else str(shared))
        return spreadsheet

    def fail(self, kind: str, nth: int = 1, where: Callable[[Call], bool] | None = None, times: int = 1) -> None:
        """The nth matching call from now gets a fault; see `faults.KINDS`."""
        with self.lock:
            self.faults.fail(kind, nth, where, times)

    def clear_calls(self) -> None:
        with self.lock:
            self.calls.clear()

    def answer(self, incoming: Incoming) -> Reply:
        """The reply to one HTTP request, with the log kept, the hooks called and the faults dealt out."""
        path, _, query = incoming.target.partition("?")
        if path == "/token":
            if self.tokens.failing is not None:
                self.tokens.requests += 1
                return Reply(*self.tokens.failing)
            status, granted = self.tokens.grant(incoming.body)
            return Reply(status, JSON_TYPE, json.dumps(granted).encode())
        with self.lock:
            self._number += 1
            call = Call(
                self._number,
                incoming.method,
                unquote(path),
                parse_qs(query, keep_blank_values=True),
                _body(incoming.body),
                request_bytes=len(incoming.body),
                headers=incoming.headers,
            )
            self.calls.append(call)
            if self.between is not None:
                self.between(call.number, call)
            fault = self.faults.take(call)
            reply = self._handle(incoming) if fault is None or fault.after else None
            if fault is not None:
                reply = _spoilt(fault, call, reply)
            if reply is not None:
                call.status, call.response_bytes = reply.status, len(reply.body)
            if self.after is not None:
                self.after(call.number, call)
        if reply is None:  # the lock is free again while the line hangs
            self.closing.wait(self.hang_seconds)
            return Reply(0, "", b"", cut="all")
        return reply

    def _handle(self, incoming: Incoming) -> Reply:
        try:
            email = self.tokens.holder(incoming.headers.get("authorization", ""))
            if not self.api_enabled:
                raise errors.api_disabled()
            if self.refusing is not None:
                raise self.refusing
            status, reply = routes.answer(self.store, email, incoming.method, incoming.target, incoming.body)
        except errors.ApiError as refusal:
            return Reply(refusal.code, JSON_TYPE, refusal.in_words_of(self.words).body())
        if isinstance(reply, bytes):
            return Reply(status, "text/csv" if reply else "text/html", reply)
        return Reply(status, JSON_TYPE, json.dumps(reply, ensure_ascii=False, separators=(",", ":")).encode())


def _spoilt(fault: Fault, call: Call, reply: Reply | None) -> Reply | None:
    """What the client gets in place of the reply; None for a line that is to hang."""
    made = body_of(fault, call.method)
    if made is not None:
        return Reply(*made)
    if fault.name == "hang":
        return None
    if fault.name == "drop-reply-half" and reply is not None:
        return reply._replace(cut="half")
    return Reply(0, "", b"", cut="all")


def _body(body: bytes) -> Any:
    """The body for the log: JSON as such, anything else as text."""
    if not body:
        return None
    try:
        return json.loads(body)
    except ValueError:
        return body.decode("utf-8", "replace")
