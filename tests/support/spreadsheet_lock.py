"""A spreadsheet whose lock several runs want, for tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from automation.ledger.errors import Busy, LedgerError
from automation.ledger.serial_days import serial
from automation.workbooks.google.lock import Lease
from tests.sheets_api.server import Call
from tests.support.small_spreadsheet import Ledger, patience, said

NINE = datetime(2026, 3, 18, 9)
FIELDS = "sheets.properties.title"
SMALL = {"Register": [["Case no."], ["LV-00001"]]}
BEATEN = (
    Busy,
    75,
    "Another run took this spreadsheet at the same moment: try again later.",
    "另一次运行同时占用了此电子表格：请稍后再试。",
)
WHEN_DONE = ["500-after", "503-after", "502-html-after", "drop-after", "drop-reply-half", "hang-after"]
WHEN_NOT = ["500-before", "503-before", "502-html-before", "drop-before", "hang-before"]


@dataclass
class Clock:
    """A clock (UTC) that a test sets."""

    now: datetime = NINE

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Door:
    """A spreadsheet, and runs that want its lock, each with its own transport but all with one clock."""

    ledger: Ledger
    clock: Clock = field(default_factory=Clock)

    def run(self, fault: str = "") -> Lease:
        return Lease(self.ledger.way.transport(patience(fault)), self.ledger.key, self.clock)

    def batch(self, *requests: dict[str, Any]) -> None:
        self.ledger.way.transport().write(self.ledger.key, requests)

    def lock(self) -> list[list[Any]] | None:
        """The cells of the lock's tab; None if there is no lock."""
        return self.ledger.rows("_lock") if "_lock" in self.ledger.book.titles() else None

    def until(self) -> Any:
        rows = self.lock()
        return rows[0][1] if rows else None

    def somebody_takes(self, until: datetime, *, over: bool = False) -> None:
        """Let another run take the lock, replacing an existing one if it is `over`."""
        there = [{"deleteSheet": {"sheetId": self.ledger.sheet("_lock").id}}] if over else []
        cells = [
            {"userEnteredValue": {"stringValue": "rival"}},
            {"userEnteredValue": {"numberValue": serial(until)}},
        ]
        self.ledger.do(
            *there,
            {"addSheet": {"properties": {"sheetId": 77, "title": "_lock", "hidden": True}}},
            {"updateCells": {"start": {"sheetId": 77}, "rows": [{"values": cells}], "fields": "userEnteredValue"}},
        )


def takes(call: Call) -> bool:
    return call.path.endswith(":batchUpdate") and any("addSheet" in one for one in call.body["requests"])


def refused_to(work: Callable[[], object]) -> tuple[type[LedgerError], int, str, str]:
    with pytest.raises(LedgerError) as caught:
        work()
    return said(caught.value)


def write(lease: Lease) -> list[dict[str, Any]]:
    """A batch of the fence and one cell."""
    cell = {"userEnteredValue": {"stringValue": "LV-00009"}}
    start = {"sheetId": 1000, "rowIndex": 1, "columnIndex": 0}
    return [
        {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}},
        lease.fence(),
    ]
