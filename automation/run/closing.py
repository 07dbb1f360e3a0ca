"""Closes a year: its filed cases, with all that was written about them, move to a workbook of their own.

The order makes it safe to end at any moment (docs/design.md#p8.13):

1. The book is written whole: beside the ledger, flushed, renamed. A spreadsheet is filled line by line.
2. It is read back, and compared with the ledger line by line and seal by seal.
3. One commit takes the rows out of the ledger and writes which numbers stand in the book; of a spreadsheet several do, a
   part of the rows each, and each only once 2 was done again.

A closing that dies before 3 leaves a ledger in which everything still stands, and perhaps a book that the ledger does not
know: the next closing knows it by its mark, and compares it again or makes it anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from automation.ledger.changes import as_edits, differences, unequal
from automation.ledger.errors import Busy, LedgerError
from automation.ledger.model import Ledger
from automation.ledger.notices_journal import read_ledger
from automation.ledger.office_time import local_time
from automation.ledger.titles_and_headers import titles_of
from automation.ledger.workbook import Changed, Commit, RowMove, RowsOut, Snapshot
from automation.run.book_name import name_of_book
from automation.run.edits import with_rows_out, with_terms
from automation.run.may_run import refuse_moved
from automation.run.year_book import ContentsOf, WantedBook
from automation.steps.closing import Closing, closed, closing_of
from automation.steps.years_due import NewLine, with_line
from automation.text.catalogue import msg
from automation.workbooks.laid_out import LaidOut
from sheet_schema import BOOKS, NOTICES
from sheet_schema.sending_words import RunOutcome

ATTEMPTS = 5
Done = TypeVar("Done")


@dataclass(frozen=True)
class Planned:
    """A year that can be closed: the ledger as read, and what goes of it."""

    snapshot: Snapshot
    ledger: Ledger
    closing: Closing


def closed_year(workbook: LaidOut, year: int, now: datetime, contents_of: ContentsOf) -> tuple[Closing, str]:
    """Close a year, and return what went, and the name of the book; `""` if nothing did.

    Raises Busy, or LedgerError: then some cases may stand in the book already, and all others in the ledger as before.
    """
    return _locked(workbook, lambda: _closed(workbook, year, now, contents_of))


def _closed(workbook: LaidOut, year: int, now: datetime, contents_of: ContentsOf) -> tuple[Closing, str]:
    planned = whole = planned_closing(workbook, year)
    if not whole.closing.numbers:
        return whole.closing, ""
    name = name_of_book(workbook, whole.ledger, year)
    while _moved_a_part(workbook, planned, name, now, contents_of):
        planned = planned_closing(workbook, year)  # read anew, since rows moved up
    return whole.closing, name


def _moved_a_part(workbook: LaidOut, planned: Planned, name: str, now: datetime, contents_of: ContentsOf) -> bool:
    """See to it that the book has all that goes, and take as much out of the ledger as one commit can. Returns whether
    more is left."""
    book = WantedBook(planned.snapshot, planned.ledger, planned.closing, name)
    if not book.is_whole(workbook):
        workbook.make_book(planned.snapshot, book.plan(now, contents_of), name)
    book.refuse_unlike(workbook.book(name).read())
    part, *more = planned.closing.parts(planned.ledger, workbook.most_out)
    _take_out(workbook, replace(planned, closing=part), name, now, last=not more)
    return bool(more)


def _take_out(workbook: LaidOut, part: Planned, name: str, now: datetime, *, last: bool) -> None:
    """Take a part out of the ledger, with the line that says where it is now, in one commit. Raises Changed."""
    ledger, outcome = part.ledger, RunOutcome.DONE if last else RunOutcome.PARTLY
    after = closed(ledger, part.closing, name, outcome, local_time(now, ledger.policy.settings.zone))
    titles = titles_of(part.snapshot.grids, ledger.language)
    edits = as_edits(differences(ledger, after), titles, ledger.language)
    out = [RowsOut(titles[key], rows) for key, rows in part.closing.rows(ledger).items() if rows]
    commit = Commit(part.snapshot, with_rows_out(part.snapshot, edits, out), out=out)
    if workbook.commit(commit).owners:
        raise Changed  # somebody typed in one of the rows, so all of them stayed


def planned_closing(workbook: LaidOut, year: int) -> Planned:
    """What goes when the year is closed, without cases of which a row cannot be taken out whole. Raises LedgerError."""
    snapshot = workbook.read()
    ledger = ledger_to_close(snapshot)
    closing, titles = closing_of(ledger, year, {}), titles_of(snapshot.grids, ledger.language)
    rows = {key: theirs for key, theirs in closing.rows(ledger).items() if theirs}
    held = {key: workbook.bound(snapshot, RowMove(titles[key], titles[key], theirs)) for key, theirs in rows.items()}
    return Planned(snapshot, ledger, closing_of(ledger, year, held) if any(held.values()) else closing)


def ledger_to_close(snapshot: Snapshot) -> Ledger:
    """The ledger, if its years can be closed now. Raises LedgerError; Busy if the next run will make it possible."""
    in_tabs, ledger = read_ledger(snapshot)
    refuse_moved(ledger)
    if stops := ledger.stops:
        raise LedgerError(msg("No year can be closed yet. {problem}").of(problem=stops[0]), ledger.language)
    if not ledger.tables[BOOKS.key].at:
        raise LedgerError(
            msg("The tab “{tab}” is missing: run install, which adds it, then close the year.").of(tab=BOOKS),
            ledger.language,
        )
    before, now = (one.tables[NOTICES.key] for one in (in_tabs, ledger))
    if len(before) != len(now) or any(unequal(before[key], now[key]).any() for key in now.values):
        raise Busy(
            msg("What became of some mails is not noted in the workbook yet: let `run` do so, then close the year."),
            ledger.language,
        )
    return ledger


def note_in_runs(workbook: LaidOut, line: NewLine, now: datetime) -> None:
    """Write into *Runs* what became of a year that a run was to close, for the next runs to tell. Raises Busy, LedgerError."""

    def noted() -> None:
        snapshot = workbook.read()
        before, _ = read_ledger(snapshot)
        after = with_line(before, line, local_time(now, before.policy.settings.zone))
        edits = as_edits(differences(before, after), titles_of(snapshot.grids, before.language), before.language)
        workbook.commit(Commit(snapshot, with_terms(snapshot, edits)))

    _locked(workbook, noted)


def _locked(workbook: LaidOut, do: Callable[[], Done]) -> Done:
    """Do it under the lock, anew if somebody saved the workbook meanwhile. Raises Busy, LedgerError."""
    with workbook.lock():
        for _ in range(ATTEMPTS):
            try:
                return do()
            except Changed:
                continue
    raise Busy(msg("{workbook} was saved again and again: try again in a minute.").of(workbook=workbook.name))
