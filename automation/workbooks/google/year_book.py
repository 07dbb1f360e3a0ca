"""Makes a year book of a spreadsheet that a person made for it: laid out as a ledger, filled line by line, under a mark of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from automation.ledger.workbook import Commit, RowMove, Snapshot, TabEdit, Undone
from automation.ledger.year_books import mark_of_book
from automation.pages.tables import StartRows
from automation.workbooks.google.commit.batches import BatchSender
from automation.workbooks.google.layout.install import short_tabs
from automation.workbooks.laid_out import YearBook
from sheet_schema import Language


class _Target(Protocol):
    """The spreadsheet that becomes the book."""

    def read(self) -> Snapshot: ...

    def lay_out(self, language: Language, rows: StartRows) -> list[str]: ...

    def commit(self, commit: Commit) -> Undone: ...

    def fill(self, edits: list[TabEdit]) -> None: ...


def complete(target: _Target, sender: BatchSender, book: YearBook, copy_looks: Callable[[RowMove], None]) -> None:
    """Add what the book lacks: the tabs, the lines as values, whole line by whole line, and their looks.

    First it gets a mark, so that nothing half done is ever taken for a ledger, and last the one of a book that is whole.
    Needs the target's lock. Raises LedgerError.
    """
    target.read()
    sender.mark(mark_of_book(book.year, begun=True))
    contents = book.filled.contents()
    target.lay_out(contents.language, short_tabs(contents.rows))
    if (strays := book.filled.strays(target.read())) is not None:
        target.commit(strays)
    lacking = [*book.filled.lines(target.read())]
    if lacking:
        target.fill(lacking)
    for move in book.filled.looks(target.read()):
        copy_looks(move)
    sender.mark(mark_of_book(book.year))
