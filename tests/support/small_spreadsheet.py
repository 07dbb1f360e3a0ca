"""What the tests of reading and writing a Google Sheet start from: the local server, and a ledger of a few columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from google.auth.credentials import Credentials

from automation.ledger.errors import LedgerError
from automation.ledger.workbook import (
    Cell,
    ColumnEdit,
    Commit,
    Formula,
    Notes,
    RowMove,
    Snapshot,
    TabEdit,
    Undone,
    Workbook,
)
from automation.run.edits import with_terms
from automation.workbooks.google.client import Transport
from automation.workbooks.google.commit.row_changes import CommitPlan, plan_commit
from automation.workbooks.google.reading import Cells, Facts, read_cells, read_facts
from automation.workbooks.google.workbook import GoogleWorkbook
from tests.sheets_api import SheetsServer, Spreadsheet
from tests.sheets_api.batch import apply
from tests.sheets_api.handlers import HANDLERS
from tests.sheets_api.server import Call

NOW = datetime(2026, 3, 18, 9, tzinfo=UTC)
WAITS = (1.0, 2.0, 4.0)
"""Seconds that tests would wait: they are only recorded."""
CASE_NO, PETITIONER, SUMMARY, RECEIVED_ON, DEPARTMENT, STATUS, MEMO = range(1, 8)
"""The columns of this Register. Staff type in all but the number and the status; the last column is their own."""
HEADERS = ["Case no.", "Petitioner", "Summary", "Received on", "Department", "Status", "Memo"]
DAY = date(2026, 3, 2)
CASES = [
    ["LV-00001", "Ann", "Noise", DAY, "", "", "m1"],
    ["LV-00002", "Ben", "Food", DAY, "", "", "m2"],
    ["LV-00003", "Cat", "Fees", DAY, "", "", "m3"],
]
FILED = [*HEADERS, "Archive no."]
INDEX = ["Case no.", "Issued on", "First seen", "Closed on"]
NOTICES = ["Key", "Mail", "Case no.", "To", "State", "Attempts"]
RUNS = ["Run", "When", "Last seal", "Digest of seals", "Outcome"]
Tabs = Mapping[str, Sequence[Sequence[Any]]]
LEDGER: Tabs = {
    "Register": [HEADERS, *CASES],
    "Filing": [FILED, ["LV-00000", "Zoe", "Old", DAY, "Office", "Closed", "m0", "A-1"]],
    "People": [["Name", "Email"], ["Ruth", "ruth@s.example"], ["Omar", "omar@s.example"]],
    "Index": [INDEX, ["LV-00001", DAY], ["LV-00002", DAY], ["LV-00003", DAY]],
    "Notices": [NOTICES, ["k1", "mail1", "LV-00001", "ruth@s.example", "sent", 1]],
    "Runs": [RUNS],
    "Settings": [["Setting", "Value"]],
    "Diary": [["Day", "What"], [DAY, "Opened"]],
}
Act = Callable[["Ledger"], None]
"""Something that a person does."""


class Way:
    """Access to a server, by transports that record how long they would have waited."""

    def __init__(self, server: SheetsServer, account: Credentials) -> None:
        self.server, self.account = server, account
        self.slept: list[float] = []

    def transport(
        self,
        timeouts: tuple[float, float] = (10, 60),
        waits: Sequence[float] = WAITS,
        account: Credentials | None = None,
    ) -> Transport:
        return Transport(account or self.account, timeouts, waits, self.slept.append)

    def ledger(self, tabs: Tabs = LEDGER, *, shared: bool | str = True) -> Ledger:
        return Ledger(self, tabs, shared=shared)

    def reset(self) -> None:
        """Put the server back into its first state."""
        self.server.quirks.clear()
        self.server.faults.clear()
        self.server.between = self.server.after = None
        self.server.tokens.failing, self.server.api_enabled, self.server.hang_seconds = None, True, 1.0
        self.server.refusing = None
        self.server.clear_calls()
        self.slept.clear()


class Ledger:
    """A spreadsheet on the local server, what its owner does to it, and how the program opens it."""

    def __init__(self, way: Way, tabs: Tabs, *, shared: bool | str = True) -> None:
        self.way = way
        self.book: Spreadsheet = way.server.new_spreadsheet("Ledger", time_zone="Asia/Shanghai", shared=shared)
        self.key = self.book.id
        adding = [
            {
                "addSheet": {
                    "properties": {
                        "title": title,
                        "sheetId": 1000 + i,
                        "index": i,
                        "gridProperties": {
                            "rowCount": max(len(rows) + 2, 6),
                            "columnCount": max([3, *map(len, rows)]),
                        },
                    }
                }
            }
            for i, (title, rows) in enumerate(tabs.items())
        ]
        if adding:
            self.do(*adding, {"deleteSheet": {"sheetId": 0}})
        for title, rows in tabs.items():
            self.book.sheet(title).load([[_plain(cell) for cell in row] for row in rows])

    # --- what people do -----------------------------------------------------------------------------------------

    def do(self, *requests: dict[str, Any]) -> None:
        """Do what a person does by the menus."""
        with self.way.server.lock:
            self.book.change(self.book.owner, lambda batch: apply(batch, list(requests), HANDLERS))

    def sheet(self, title: str = "Register") -> Any:
        return self.book.sheet(title)

    def rows(self, title: str = "Register") -> list[list[str | float | bool]]:
        """All cells of a tab, dates as serial numbers."""
        return self.book.sheet(title).values()

    def column(self, column: int, title: str = "Register") -> list[str | float | bool]:
        """One column below the header, including blank cells."""
        return [row[column - 1] if len(row) >= column else "" for row in self.rows(title)[1:]]

    def tabs(self) -> dict[str, list[list[str | float | bool]]]:
        """The tabs that people see."""
        return {title: self.rows(title) for title in self.book.titles() if not title.startswith("_")}

    def just_before(self, act: Act, nth: int = 1, where: Callable[[Call], bool] | None = None) -> None:
        """Let a person act, once, just before the nth batch that writes rows (or call that fits `where`) is done."""
        seen = 0

        def between(_: int, call: Call) -> None:
            nonlocal seen
            seen += (where or writes_rows)(call)
            if seen == nth:
                seen += 1
                self.way.server.between = None
                act(self)

        self.way.server.between = between

    # --- how the program meets it -------------------------------------------------------------------------------

    def workbook(self, now: datetime = NOW, transport: Transport | None = None) -> GoogleWorkbook:
        return GoogleWorkbook(self.key, now, transport or self.way.transport())

    def facts(self) -> Facts:
        return read_facts(self.way.transport(), self.key)

    def cells(self, *, to_be_sure: bool = True) -> Cells:
        return read_cells(self.way.transport(), self.key, self.facts(), to_be_sure=to_be_sure)

    def raw(self) -> Any:
        """The whole spreadsheet, to see whether anything changed."""
        return [{**vars(sheet), "rows": list(sheet.rows)} for sheet in self.book.book.sheets]


def patience(fault: str) -> tuple[float, float]:
    """Seconds to wait for the connection and for the reply: short only for a fault that never replies."""
    return (5, 0.3) if fault.startswith("hang") else (5, 5)


def writes_rows(call: Call) -> bool:
    """Whether a call is a batch that copies rows to the undo log and writes them."""
    body = call.body if isinstance(call.body, dict) else {}
    return call.path.endswith(":batchUpdate") and any("copyPaste" in one for one in body["requests"])


def edit(title: str, *cells: tuple[int, int, Cell]) -> TabEdit:
    """An edit of these cells, each as (row, column, value)."""
    return TabEdit(title, [ColumnEdit(column, [row], [value]) for row, column, value in cells])


def committed(book: Workbook, snapshot: Snapshot, edits: Sequence[TabEdit], **more: Any) -> Undone:
    """Commit these edits with the terms of a run. `more` has `moves`, `watched`, and the number of calls `to_come`."""
    moves, to_come = more.pop("moves", ()), more.pop("to_come", 0)
    whole = with_terms(snapshot, edits, moves, **more)
    return book.commit(Commit(snapshot, whole, moves, Notes(to_come=to_come)))


def plan_of(
    cells: Cells, edits: Sequence[TabEdit], moves: Sequence[RowMove] = (), watched: Collection[str] = ()
) -> CommitPlan:
    """The plan of these edits and moves, with the terms of a run."""
    return plan_commit(cells, with_terms(Snapshot(cells.grids, cells.version), edits, moves, watched), moves)


def said(error: LedgerError) -> tuple[type[LedgerError], int, str, str]:
    """Everything that a person sees of an error."""
    return type(error), error.exit_code, error.say("en"), error.say("zh")


def _plain(cell: Any) -> Any:
    return cell.text if isinstance(cell, Formula) else cell
