"""Two hidden scratch tabs for testing assumptions about Google, added and deleted under the lock.

The trials read and write nothing else.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from automation.ledger.errors import LedgerError
from automation.ledger.workbook import Cell
from automation.text.catalogue import msg
from automation.workbooks.google.client import Ambiguous, Transport
from automation.workbooks.google.lock import Lease, lock_lost
from automation.workbooks.google.reading import AS_TYPED, Facts, SheetFacts, quoted
from automation.workbooks.google.refusals import Refused, busy
from automation.workbooks.google.requests import Request, write_requests
from automation.workbooks.google.why_refused import reason

FIRST = SheetFacts(700_315_209, "_probe", 40, 6)
SECOND = SheetFacts(700_315_210, "_probe_2", 40, 6)
TABS = (FIRST, SECOND)
LOOKS = 3
"""How often the tabs are read, at most, until they show what was just written."""
TRIES = 3
"""How often deleting the tabs is tried if Google's reply is lost."""
_CELLS = "startRow,startColumn,rowData(values(userEnteredValue,effectiveValue,userEnteredFormat,note,hyperlink,dataValidation))"
_FIELDS = f"sheets(properties(title),conditionalFormats,data({_CELLS},rowMetadata(hiddenByFilter)))"


class NotShown(Exception):  # noqa: N818  (it is no error)
    """Google still does not show what was written, so nothing can be concluded."""


class Seen:
    """One scratch tab as Google shows it. Rows and columns count from 1."""

    def __init__(self, sheet: Mapping[str, Any]) -> None:
        self.rules = len(sheet.get("conditionalFormats", ()))
        self._data: Mapping[str, Any] = next(iter(sheet.get("data", ())), {})

    def cell(self, row: int, column: int) -> Mapping[str, Any]:
        """The cell's CellData, empty for an empty cell."""
        rows = self._data.get("rowData", ())
        cells = rows[row - 1].get("values", ()) if row <= len(rows) else ()
        found: Mapping[str, Any] = cells[column - 1] if column <= len(cells) else {}
        return found

    def is_hidden(self, row: int) -> bool:
        """Whether a filter hides the row."""
        rows = self._data.get("rowMetadata", ())
        return row <= len(rows) and bool(rows[row - 1].get("hiddenByFilter"))

    def text(self, row: int, column: int) -> str:
        """The text in the cell; "" if it holds anything else."""
        return str(self.cell(row, column).get("userEnteredValue", {}).get("stringValue", ""))


class Scratch:
    """The two tabs, used by the requests that the program itself sends. Each batch puts a token into the first cell."""

    def __init__(self, transport: Transport, key: str, lease: Lease) -> None:
        self.transport, self.key = transport, key
        self._lease = lease
        self.token = ""

    def write(self, requests: Sequence[Request], **options: Any) -> dict[str, Any]:
        """Send one batch under the lock; its reply. Raises Refused, Ambiguous; Busy when the lock was lost."""
        token = f"t{secrets.token_hex(8)}"
        batch = [self._lease.fence(), *requests, *write_requests(FIRST.sheet_id, {1: {1: token}})]
        try:
            reply = self.transport.attempt(self.key, batch, **options)
        except Refused as refused:
            raise self._error_of(refused, batch) from refused
        self.token = token
        return reply

    def look(self) -> tuple[Seen, Seen]:
        """Read both tabs, as the last batch left them. Raises NotShown if they do not show it."""
        ranges = [quoted(tab.title) for tab in TABS]
        for _ in range(LOOKS):
            reply = self.transport.read(self.key, ranges=ranges, fields=_FIELDS).json()
            seen = {sheet["properties"]["title"]: Seen(sheet) for sheet in reply.get("sheets", ())}
            first, second = (seen.get(tab.title) for tab in TABS)
            if first is not None and second is not None and first.text(1, 1) == self.token:
                return first, second
        raise NotShown

    def values(self, *ranges: str) -> list[list[list[Cell]]]:
        """The cells of each range as a run reads them, without waiting for the last batch to show."""
        reply = self.transport.read(f"{self.key}/values:batchGet", ranges=list(ranges), **AS_TYPED).json()
        return [found.get("values", []) for found in reply.get("valueRanges", ())]

    def make(self, facts: Facts) -> None:
        """Add the tabs, replacing those that an interrupted probe left. Raises LedgerError."""
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
        """Delete the tabs and release the lock. If Google cannot be reached, the next probe deletes them."""
        if not self._lease.held:
            return
        gone = [{"deleteSheet": {"sheetId": tab.sheet_id}} for tab in TABS]
        for _ in range(TRIES):
            try:
                self.transport.attempt(self.key, [self._lease.fence(), *gone, self._lease.release_request()])
            except Ambiguous:
                continue
            except Refused:
                return  # they are gone already, or were never made
            self._lease.mark_released()
            return

    def _error_of(self, refused: Refused, batch: Sequence[Request]) -> LedgerError:
        book = self.transport.book(self.key)
        if self._lease.is_lost(book):
            self._lease.mark_released()
            return lock_lost()
        return reason(batch, book, self.transport.account) or refused


@contextmanager
def scratch_tabs(transport: Transport, key: str, lease: Lease, facts: Facts) -> Iterator[Scratch]:
    """Two scratch tabs that are deleted at the end, whatever happens, and the lock with them. Needs the lock.

    Raises LedgerError.
    """
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
        msg(
            "The spreadsheet has a tab {names} that this program did not make: rename it, and nothing of yours is touched."
        ).of(names=names)
    )
