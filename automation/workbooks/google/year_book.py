"""Makes a year book of a spreadsheet that a person made for it: laid out as a ledger, filled line by line, under a mark of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from automation.ledger.workbook import Commit, Snapshot, TabEdit, Undone
from automation.ledger.year_books import mark_of_book
from automation.pages.tables import StartRows
from automation.workbooks.google.commit.batches import Batch, BatchSender
from automation.workbooks.google.layout.install import short_tabs
from automation.workbooks.google.requests import mark_requests
from automation.workbooks.laid_out import YearBook
from sheet_schema import Language


class _Target(Protocol):
    """The spreadsheet that becomes the book."""

    def read(self) -> Snapshot: ...

    def lay_out(self, language: Language, rows: StartRows) -> list[str]: ...

    def commit(self, commit: Commit) -> Undone: ...

    def fill(self, edits: list[TabEdit]) -> None: ...


def complete(target: _Target, sender: BatchSender, book: YearBook) -> None:
    """Add what the book lacks: first the mark, so that nothing half done is ever taken for a ledger; then the tabs, and the
    lines as values, whole line by whole line. Needs the target's lock. Raises LedgerError."""
    target.read()
    if not sender.facts.mark:
        mark = mark_of_book(book.year)
        sender.facts = replace(sender.facts, mark=mark)
        sender.send(Batch((), [*mark_requests("", mark)]))
    contents = book.filled.contents()
    target.lay_out(contents.language, short_tabs(contents.rows))
    if (strays := book.filled.strays(target.read())) is not None:
        target.commit(strays)
    lacking = [*book.filled.lines(target.read())]
    if lacking:
        target.fill(lacking)
