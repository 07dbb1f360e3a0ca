"""Two scratch tabs on which assumptions about Google are tried: made and taken away under the lock, hidden all the while.

Nothing but these two is read or written by what is tried there.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from automation.ledger.errors import LedgerError
from automation.ledger.workbook import Cell
from automation.workbooks.google.client import Ambiguous, Transport
from automation.workbooks.google.lock import Lease, lost
from automation.workbooks.google.reading import AS_TYPED, Facts, SheetFacts, quoted
from automation.workbooks.google.refusals import Refused, busy
from automation.workbooks.google.requests import Request, written

FIRST = SheetFacts(700_315_209, "_probe", 40, 6)
SECOND = SheetFacts(700_315_210, "_probe_2", 40, 6)
TABS = (FIRST, SECOND)
LOOKS = 3
"""How often is looked for what was just written."""
TRIES = 3
"""How often the tabs are taken away where the answer is lost."""
_CELLS = "startRow,startColumn,rowData(values(userEnteredValue,effectiveValue,userEnteredFormat,note,hyperlink,dataValidation))"
_FIELDS = f"sheets(properties(title),conditionalFormats,data({_CELLS},rowMetadata(hiddenByFilter)))"


class Untold(Exception):  # noqa: N818  (it is no error)
    """What is read is still not what was written, so that nothing can be told from it."""


class Seen:
    """One scratch tab as Google shows it. Rows and columns count from 1."""

    def __init__(self, sheet: Mapping[str, Any]) -> None:
        self.rules = len(sheet.get("conditionalFormats", ()))
        self._data: Mapping[str, Any] = next(iter(sheet.get("data", ())), {})

    def cell(self, row: int, column: int) -> Mapping[str, Any]:
        """Its CellData; empty where there is nothing."""
        rows = self._data.get("rowData", ())
        cells = rows[row - 1].get("values", ()) if row <= len(rows) else ()
        found: Mapping[str, Any] = cells[column - 1] if column <= len(cells) else {}
        return found

    def is_hidden(self, row: int) -> bool:
        """Whether a filter hides the row."""
        rows = self._data.get("rowMetadata", ())
        return row <= len(rows) and bool(rows[row - 1].get("hiddenByFilter"))

    def text(self, row: int, column: int) -> str:
        """The text that was put there; nothing where there is something else."""
        return str(self.cell(row, column).get("userEnteredValue", {}).get("stringValue", ""))


class Scratch:
    """The two tabs, through the requests the program itself makes. Each batch leaves a token in the first cell."""

    def __init__(self, transport: Transport, key: str, lease: Lease) -> None:
        self.transport, self.key = transport, key
        self._lease = lease
        self.token = ""

    def write(self, requests: Sequence[Request], **options: Any) -> dict[str, Any]:
        """One batch under the lock; its reply. Raises Refused, Ambiguous; Busy when the lock was lost."""
        token = f"t{secrets.token_hex(8)}"
        batch = [self._lease.fence(), *requests, *written(FIRST.sheet_id, {1: {1: token}})]
        try:
            reply = self.transport.write(self.key, batch, **options)
        except Refused as refused:
            raise self._refused(refused) from refused
        self.token = token
        return reply

    def look(self) -> tuple[Seen, Seen]:
        """Both tabs, with the last batch done. Raises Untold where it never shows."""
        ranges = [quoted(tab.title) for tab in TABS]
        for _ in range(LOOKS):
            reply = self.transport.read(self.key, ranges=ranges, fields=_FIELDS).json()
            seen = {sheet["properties"]["title"]: Seen(sheet) for sheet in reply.get("sheets", ())}
            first, second = (seen.get(tab.title) for tab in TABS)
            if first is not None and second is not None and first.text(1, 1) == self.token:
                return first, second
        raise Untold

    def values(self, *ranges: str) -> list[list[list[Cell]]]:
        """What was typed in each range, as a run reads it, whether the last batch shows or not."""
        reply = self.transport.read(f"{self.key}/values:batchGet", ranges=list(ranges), **AS_TYPED).json()
        return [found.get("values", []) for found in reply.get("valueRanges", ())]

    def make(self, facts: Facts) -> None:
        """Add the tabs, in place of those that a probe left that was cut off. Raises LedgerError."""
        there = [facts.sheets[tab.title] for tab in TABS if tab.title in facts.sheets]
        ours = {tab.sheet_id for tab in TABS}
        if any(tab.sheet_id not in ours for tab in there) or facts.others & {tab.title for tab in TABS}:
            raise _not_ours()
        old = [{"deleteSheet": {"sheetId": tab.sheet_id}} for tab in there]
        try:
            self.write([*old, *({"addSheet": {"properties": _properties(tab)}} for tab in TABS)])
        except Ambiguous as error:
            raise busy() from error

    def clear(self) -> None:
        """Take the tabs away, and give the lock back with them. What cannot be reached now, the next probe takes away."""
        if not self._lease.held:
            return
        gone = [{"deleteSheet": {"sheetId": tab.sheet_id}} for tab in TABS]
        for _ in range(TRIES):
            try:
                self.transport.write(self.key, [self._lease.fence(), *gone, self._lease.giving_back()])
            except Ambiguous:
                continue
            except Refused:
                return  # they are gone already, or were never made
            self._lease.given_back()
            return

    def _refused(self, refused: Refused) -> LedgerError:
        if self._lease.is_lost(refused):
            self._lease.given_back()
            return lost()
        return refused


@contextmanager
def scratch_tabs(transport: Transport, key: str, lease: Lease, facts: Facts) -> Iterator[Scratch]:
    """The two tabs, gone again at the end, whatever happens, and the lock with them. Only under the lock. Raises LedgerError."""
    scratch = Scratch(transport, key, lease)
    try:
        scratch.make(facts)
        yield scratch
    finally:
        scratch.clear()


def _properties(tab: SheetFacts) -> dict[str, Any]:
    size = {"rowCount": tab.rows, "columnCount": tab.columns}
    return {"sheetId": tab.sheet_id, "title": tab.title, "hidden": True, "gridProperties": size}


def _not_ours() -> LedgerError:
    names = " / ".join(tab.title for tab in TABS)
    return LedgerError(
        f"The spreadsheet has a tab {names} that this program did not make: rename it, and nothing of yours is touched.",
        f"电子表格中有不是本程序建立的 {names} 表：请先改名，以免误动。",
    )
