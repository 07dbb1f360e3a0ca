"""Sends a commit as one `batchUpdate` that copies each row to the undo log before writing it, and returns the copies.

It also finds out what became of a batch whose reply was lost.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from automation.ledger.cell_names import column_letters
from automation.ledger.marks import Mark
from automation.ledger.recognition import LEDGER_VERSION, mark_among
from automation.ledger.workbook import HEADER_ROW, Cell, Changed, Restless
from automation.workbooks.google.check_facts import Book
from automation.workbooks.google.client import Ambiguous, Transport
from automation.workbooks.google.commit.locate import rows_in
from automation.workbooks.google.commit.undo_log import SHIFT, Before, Entry, before_of
from automation.workbooks.google.lock import LOCK_TAB, Lease, lock_lost
from automation.workbooks.google.reading import NOTED_AT, RESTLESS_AT, UNDO_LOG_TAB, Facts, SheetFacts, as_noted, quoted
from automation.workbooks.google.refusals import Refused, busy
from automation.workbooks.google.requests import (
    Request,
    area,
    clear,
    first_mark_requests,
    mark_requests,
    other_mark_requests,
    paste,
    span,
    widen,
    write_requests,
)
from automation.workbooks.google.why_refused import reason

_SHEETS = "sheets(properties(sheetId),data(startRow,startColumn,rowData(values(userEnteredValue))))"
UNDO_LOG_ID = 700_315_208
"""The sheet id of the undo log tab that the program adds."""
_SIZE = {"rowCount": 100, "columnCount": 26}
_NEW_UNDO_LOG: Request = {
    "addSheet": {"properties": {"sheetId": UNDO_LOG_ID, "title": UNDO_LOG_TAB, "hidden": True, "gridProperties": _SIZE}}
}
SPARE = 8
"""Columns of the undo log for those that people put into a tab just before a batch: rows are copied as wide as they are."""
MOST_NOTED = 1_500
"""The most digests of texts that are noted, as they must fit into one cell."""


@dataclass(frozen=True)
class Batch:
    """What a batch does: make `room`, copy the rows of `entries` to the undo log, then do the `requests`.

    `last` means that nothing more is written under this lock, so the batch also releases it.
    """

    entries: Sequence[Entry]
    requests: Sequence[Request]
    room: Sequence[Request] = ()
    last: bool = False


class BatchSender:
    """Sends batches to one spreadsheet under its lock.

    `facts` has its tabs, with sizes kept up to date; `texts` the digests of texts that look like formulas; `restless`
    the cases whose rows did not settle in the last runs.
    """

    def __init__(self, transport: Transport, key: str, lease: Lease) -> None:
        self._transport, self._key, self._lease = transport, key, lease
        self.facts = Facts("", "", "", {})
        self.texts: frozenset[str] = frozenset()
        self.restless: Mapping[str, Restless] = {}
        self._unexplained = 0

    @property
    def account(self) -> str:
        """In whose name all is done."""
        return self._transport.account

    def read(self, fields: str, ranges: Sequence[str] = ()) -> Mapping[str, Any]:
        """What the spreadsheet is, in these fields, of cells only those in `ranges`. Raises LedgerError."""
        found: Mapping[str, Any] = self._transport.read(self._key, fields=fields, ranges=list(ranges)).json()
        return found

    def ready(self, facts: Facts) -> Facts:
        """Add the undo log tab if it is missing, and keep and return the facts with it. Raises LedgerError.

        If somebody renamed it, it gets its name back, with all that it still has to settle.
        """
        self.facts = facts
        if UNDO_LOG_TAB not in facts.sheets:
            renamed = next((one for one in facts.sheets.values() if one.sheet_id == UNDO_LOG_ID), None)
            tab = [_titled(UNDO_LOG_ID)] if renamed is not None else [_NEW_UNDO_LOG, *self._protected(UNDO_LOG_ID)]
            try:
                self._transport.write(self._key, [self._lease.fence(), *tab])
            except Ambiguous as error:  # happens once in a ledger's life; the next run sees whether the tab is there
                raise busy() from error
            made = renamed or SheetFacts(UNDO_LOG_ID, UNDO_LOG_TAB, _SIZE["rowCount"], _SIZE["columnCount"])
            others = {title: one for title, one in facts.sheets.items() if one is not renamed}
            self.facts = replace(facts, sheets={**others, UNDO_LOG_TAB: replace(made, title=UNDO_LOG_TAB)})
        return self.facts

    def mark(self, wanted: str) -> None:
        """Put this mark on the spreadsheet in place of the one it has, if any. Needs the lock."""
        before = self.facts.mark
        if before != wanted:
            self.facts = replace(self.facts, mark=wanted)
            self.send(Batch((), [*(other_mark_requests(wanted) if before else first_mark_requests(wanted))]))

    def send(self, batch: Batch) -> Before:
        """Do all of the batch or none of it, and return each entry's row as it was just before.

        Raises Changed when nothing was done and the spreadsheet has to be read again, Busy when the lock was lost,
        LedgerError when Google refuses.
        """
        token = f"t{secrets.token_hex(8)}"
        requests = [
            self._lease.fence(),
            *self._named(),
            *batch.room,
            *self._fill_undo_log(batch.entries, token),
            *batch.requests,
            *mark_requests(self.facts.mark),
        ]
        requests += [self._lease.release_request()] if batch.last else []
        ranges = self._ranges(batch.entries)
        try:
            reply = self._transport.attempt(
                self._key,
                requests,
                fields=f"updatedSpreadsheet({_SHEETS})",
                includeSpreadsheetInResponse=True,
                responseRanges=ranges,
            )["updatedSpreadsheet"]
        except Refused as refused:
            raise self._error_of(refused, requests) from refused
        except Ambiguous:
            return self._reconcile(token, ranges, last=batch.last)
        if batch.last:
            self._lease.mark_released()
        self.facts = replace(self.facts, mark=mark_among((self.facts.mark, str(LEDGER_VERSION))))
        rows = self._rows(reply)
        if _token(rows) != token:  # the reply does not show the batch, so read the undo log itself
            rows = self._rows(self._transport.read(self._key, fields=_SHEETS, ranges=ranges).json())
        return before_of(rows)

    def _reconcile(self, token: str, ranges: Sequence[str], *, last: bool) -> Before:
        """Look for the token of a batch whose reply was lost, to see whether it was done (docs/design.md#p9.6).

        The lock is replaced first, so that the batch cannot arrive afterwards. Raises Changed if it was not done.
        """
        if last:
            rows = self._rows(self._transport.read(self._key, fields=_SHEETS, ranges=ranges).json())
            if _token(rows) == token:
                self._lease.mark_released()
                return before_of(rows)
        rows = self._rows(self._lease.renew(_SHEETS, responseRanges=list(ranges)))
        if _token(rows) != token:
            raise Changed
        return before_of(rows)

    def _error_of(self, refused: Refused, requests: Sequence[Request]) -> Exception:
        """Why a batch was refused, as the spreadsheet shows: never by Google's words (docs/design.md#p9.6).

        Somebody may have taken rows out just before the batch and put others in before the spreadsheet was looked at. So
        what nothing explains is read and tried once more.
        """
        book = self._transport.book(self._key)
        if self._lease.is_lost(book):
            self._lease.mark_released()
            return lock_lost()
        if is_outgrown(self.facts, book):
            return Changed()
        if (said := reason(requests, book, self.account)) is not None:
            return said
        self._unexplained += 1
        return Changed() if self._unexplained == 1 else refused

    def _named(self) -> Iterator[Request]:
        """Give the undo log its name, by which the reply shows it, even if somebody has just given it another."""
        yield _titled(self.facts.sheets[UNDO_LOG_TAB].sheet_id)

    def _fill_undo_log(self, entries: Sequence[Entry], token: str) -> Iterator[Request]:
        """Copy the rows to the undo log, and note what is done to each."""
        undo_log = self.facts.sheets[UNDO_LOG_TAB]
        if not entries:
            yield from write_requests(undo_log.sheet_id, {1: self._first_row(token)})
            return
        by_id = {sheet.sheet_id: sheet for sheet in self.facts.sheets.values()}
        first, last = entries[0].at, entries[-1].at
        width = SHIFT + SPARE + max(by_id[entry.sheet_id].columns for entry in entries)
        yield from widen(undo_log, width)
        if last > undo_log.rows:
            length = last - undo_log.rows
            yield {"appendDimension": {"sheetId": undo_log.sheet_id, "dimension": "ROWS", "length": length}}
        self._grew(UNDO_LOG_TAB, last, width)
        whole = span(undo_log.sheet_id, (first, max(last, undo_log.rows)), (1, max(width, undo_log.columns)))
        yield {"unmergeCells": {"range": whole}}
        for _ in range(undo_log.rules):  # copied rows may bring colour rules along, which would pile up
            yield {"deleteConditionalFormatRule": {"sheetId": undo_log.sheet_id, "index": 0}}
        yield clear(whole)
        for sheet_id, at, row, count in _stretches(entries):
            sheet = by_id[sheet_id]
            if row == HEADER_ROW:  # refused if the tab has fewer columns by now, so that it is read again
                header = span(sheet_id, (row, row), (1, sheet.columns))
                yield paste(
                    header, span(undo_log.sheet_id, (at, at), (1 + SHIFT, sheet.columns + SHIFT)), "PASTE_VALUES"
                )
            yield paste(
                area(sheet_id, first_row=row, last_row=row + count - 1),
                span(undo_log.sheet_id, (at, at + count - 1), (1 + SHIFT, sheet.columns + SHIFT)),
                "PASTE_VALUES" if _crosses_merged(sheet, row, count) else "PASTE_NORMAL",
            )
        lines = {one.at: {1: one.text()} for one in entries}
        yield from write_requests(undo_log.sheet_id, {1: self._first_row(token), **lines})

    def _first_row(self, token: str) -> dict[int, Cell]:
        return {1: token, NOTED_AT: " ".join(sorted(self.texts)[:MOST_NOTED]), RESTLESS_AT: as_noted(self.restless)}

    def _grew(self, title: str, rows: int, columns: int) -> None:
        sheet = self.facts.sheets[title]
        grown = replace(sheet, rows=max(sheet.rows, rows), columns=max(sheet.columns, columns), rules=0)
        self.facts = replace(self.facts, sheets={**self.facts.sheets, title: grown})

    def has_grown(self, title: str, rows: int) -> None:
        """Note that a batch extended a tab to this many rows."""
        self._grew(title, rows, 0)

    def _ranges(self, entries: Sequence[Entry]) -> list[str]:
        """The ranges of the token and of the copied rows."""
        name = quoted(UNDO_LOG_TAB)
        if not entries:
            return [f"{name}!A1"]
        end = column_letters(self.facts.sheets[UNDO_LOG_TAB].columns)
        return [f"{name}!A1", f"{name}!B{entries[0].at}:{end}{entries[-1].at}"]

    def _rows(self, reply: Mapping[str, Any]) -> dict[int, dict[int, Mark]]:
        undo_log = self.facts.sheets[UNDO_LOG_TAB].sheet_id
        return rows_in(
            data
            for sheet in reply.get("sheets", ())
            if sheet["properties"].get("sheetId", 0) == undo_log
            for data in sheet.get("data", ())
        )

    def _protected(self, sheet_id: int) -> list[Request]:
        account = self._transport.account
        if not account:
            return []
        about = {"range": {"sheetId": sheet_id}, "editors": {"users": [account]}, "description": UNDO_LOG_TAB}
        return [{"addProtectedRange": {"protectedRange": about}}]


def is_outgrown(facts: Facts, book: Book) -> bool:
    """Whether a tab was deleted, renamed or cut since the facts, so that a batch may reach for what is not there."""
    now = {tab.sheet_id: tab for tab in book.tabs.values()}
    for sheet in facts.sheets.values():
        tab = now.get(sheet.sheet_id)
        if sheet.title != LOCK_TAB and (
            tab is None or tab.title != sheet.title or tab.rows < sheet.rows or tab.columns < sheet.columns
        ):
            return True
    return False


def _titled(sheet_id: int) -> Request:
    """Give the undo log its name back."""
    return {"updateSheetProperties": {"properties": {"sheetId": sheet_id, "title": UNDO_LOG_TAB}, "fields": "title"}}


def _token(rows: Mapping[int, Mapping[int, Mark]]) -> Mark:
    return rows.get(1, {}).get(1, "")


def _stretches(entries: Sequence[Entry]) -> Iterator[tuple[int, int, int, int]]:
    """Rows that are neighbours in both tabs: (sheet id, first row in the undo log, first row in the tab, how many)."""
    for _, group in groupby(entries, key=lambda entry: (entry.sheet_id, entry.at - entry.row)):
        stretch = list(group)
        yield stretch[0].sheet_id, stretch[0].at, stretch[0].row, len(stretch)


def _crosses_merged(sheet: SheetFacts, row: int, count: int) -> bool:
    return any(first < row + count and row <= last for first, last in sheet.merged)
