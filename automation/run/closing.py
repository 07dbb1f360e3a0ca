"""Closes a year: its filed cases, with all that was written about them, move to a workbook of their own.

The order makes it safe to end at any moment (docs/design.md#p8.13):

1. The book is written whole: beside the ledger, flushed, renamed.
2. It is read back, and compared with the ledger line by line and seal by seal.
3. One commit takes the rows out of the ledger and writes which numbers stand in the book.

A run that dies before 3 leaves a ledger in which everything still stands, and perhaps a book that the ledger does not know:
the next closing knows it by its mark, and compares it again or makes it anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from automation.cases.seals import row_values, seal
from automation.ledger.book_lines import lines_added, lines_in_rows, lines_of, rows_beside, rows_lacking
from automation.ledger.changes import as_edits, differences, unequal
from automation.ledger.errors import Busy, LedgerError
from automation.ledger.model import Ledger
from automation.ledger.notices_journal import identity, read_ledger
from automation.ledger.office_time import local_time
from automation.ledger.parsing import parse
from automation.ledger.recognition import as_a_ledger
from automation.ledger.table import is_among, lines_at
from automation.ledger.titles_and_headers import titles_of
from automation.ledger.workbook import HEADER_ROW, Changed, Commit, RowMove, RowsOut, Snapshot, TabEdit
from automation.ledger.year_books import names_of_books, numbers_in_book, year_in_mark, year_of_book
from automation.reports.dashboard import dashboard_edits
from automation.run.edits import with_rows_out
from automation.run.may_run import refuse_moved
from automation.steps.closing import TABS_OF_A_BOOK, WITH_CASES, Closing, closed, closing_of
from automation.text.catalogue import msg
from automation.workbooks.address import address_of, key_of
from automation.workbooks.laid_out import BookAsCopy, BookFilled, Contents, LaidOut, YearBook
from sheet_schema import BOOKS, NOTICES, REGISTER, RUNS, SETTING
from sheet_schema.settings import YEAR_BOOK

ATTEMPTS = 5
ContentsOf = Callable[[Ledger], Contents]
"""What a book that is no copy of a file is laid out with: the ledger's short tabs."""


def closed_year(workbook: LaidOut, year: int, now: datetime, contents_of: ContentsOf) -> tuple[Closing, str]:
    """Close a year, and return what went, and the name of the book; `""` if nothing did.

    Raises Busy, or LedgerError: then some cases may stand in the book already, and all others in the ledger as before.
    """
    with workbook.lock():
        for _ in range(ATTEMPTS):
            try:
                return _closed(workbook, year, now, contents_of)
            except Changed:
                continue
    raise Busy(msg("{workbook} was saved again and again: try again in a minute.").of(workbook=workbook.name))


def _closed(workbook: LaidOut, year: int, now: datetime, contents_of: ContentsOf) -> tuple[Closing, str]:
    snapshot = workbook.read()
    ledger = ledger_to_close(snapshot)
    closing = planned(workbook, snapshot, ledger, year)
    if not closing.numbers:
        return closing, ""
    name = name_of_book(workbook, year, ledger)
    made = _Book(workbook, snapshot, ledger, closing, name)
    if not made.is_whole():
        workbook.make_book(snapshot, made.plan(now, contents_of), name)
    made.refuse_unlike(workbook.book(name).read())
    parts = closing.parts(ledger, workbook.most_out)
    made.take_out(parts[0], now)
    for _ in parts[1:]:  # each is read anew, since rows moved up
        snapshot = workbook.read()
        ledger = ledger_to_close(snapshot)
        left = planned(workbook, snapshot, ledger, year)
        made = _Book(workbook, snapshot, ledger, left, name)
        made.refuse_unlike(workbook.book(name).read())
        made.take_out(left.parts(ledger, workbook.most_out)[0], now)
    return closing, name


def name_of_book(workbook: LaidOut, year: int, ledger: Ledger) -> str:
    """How the ledger calls the book: by the name of a file beside it, or by the address that Settings has for the next one.

    What was left of a year that was closed before gets a book of its own. Raises LedgerError if a person has to make it.
    """
    taken = frozenset(names_of_books(ledger))
    if workbook.own_file is not None:
        stem = workbook.name.removesuffix(".xlsx")
        names = (f"{stem} {year}{more}.xlsx" for more in ("", *(f"-{again}" for again in range(2, 100))))
        return next(name for name in names if name not in taken)
    typed = ledger.policy.settings[YEAR_BOOK]
    key = key_of(typed) if typed else None
    others = taken - {name for name in taken if year_of_book(ledger, name) == year}
    if key is None or address_of(key) in others:
        raise LedgerError(
            msg(
                "The book of {year} needs a spreadsheet of its own: make an empty Google Sheet, share it with the program as this one is, and put its address at “{setting}” in Settings."
            ).of(year=str(year), setting=SETTING[YEAR_BOOK]),
            ledger.language,
        )
    return address_of(key)


def ledger_to_close(snapshot: Snapshot) -> Ledger:
    """The ledger, if its years can be closed now. Raises LedgerError."""
    in_tabs, ledger = read_ledger(snapshot)
    refuse_moved(ledger)
    if stops := [one.said for one in ledger.problems if one.stops]:
        raise LedgerError(msg("No year can be closed yet. {problem}").of(problem=stops[0]), ledger.language)
    if not ledger.tables[BOOKS.key].at:
        raise LedgerError(
            msg("The tab “{tab}” is missing: run install, which adds it, then close the year.").of(tab=BOOKS),
            ledger.language,
        )
    before, now = (one.tables[NOTICES.key] for one in (in_tabs, ledger))
    if len(before) != len(now) or any(unequal(before[key], now[key]).any() for key in now.values):
        raise LedgerError(
            msg("What became of some mails is not noted in the workbook yet: let `run` do so, then close the year."),
            ledger.language,
        )
    return ledger


def planned(workbook: LaidOut, snapshot: Snapshot, ledger: Ledger, year: int) -> Closing:
    """What goes when the year is closed, without cases of which a row cannot be taken out whole."""
    closing, titles = closing_of(ledger, year, {}), titles_of(snapshot.grids, ledger.language)
    rows = {key: theirs for key, theirs in closing.rows(ledger).items() if theirs}
    held = {key: workbook.bound(snapshot, RowMove(titles[key], titles[key], theirs)) for key, theirs in rows.items()}
    return closing_of(ledger, year, held) if any(held.values()) else closing


@dataclass(frozen=True)
class _Book:
    """The book of a closing, and what of the ledger is to stand in it."""

    workbook: LaidOut
    snapshot: Snapshot
    ledger: Ledger
    closing: Closing
    name: str

    @property
    def rows(self) -> Mapping[str, list[int]]:
        """The rows of the ledger that the book has: what goes, and the first line of Runs, by which a ledger is known."""
        runs, rows = self.ledger.tables[RUNS.key], self.closing.rows(self.ledger)
        first = runs.rows[runs["run"] == identity(self.ledger)][:1].tolist()
        return {**rows, RUNS.key: sorted({*first, *rows[RUNS.key]})}

    def plan(self, now: datetime, contents_of: ContentsOf) -> YearBook:
        """What the workbook needs to make the book."""
        nothing_open = self.ledger.having(register=lines_at(self.ledger.register, []))
        pages = dashboard_edits(self.snapshot, nothing_open, local_time(now, self.ledger.policy.settings.zone))
        filled = BookFilled(lambda: contents_of(self.ledger), self.without_strays, self.lines_lacking)
        return YearBook(self.closing.year, BookAsCopy(self.without(), pages), filled)

    def without(self) -> list[RowsOut]:
        """The rows of a copy of the ledger that its book does not have."""
        titles, kept = titles_of(self.snapshot.grids, self.ledger.language), self.rows
        found = []
        for key in (REGISTER.key, *(tab.key for tab in TABS_OF_A_BOOK)):
            last, theirs = len(self.snapshot.grids[titles[key]].rows), frozenset(kept.get(key, ()))
            found.append(RowsOut(titles[key], [row for row in range(HEADER_ROW + 1, last + 1) if row not in theirs]))
        return found

    def lines_lacking(self, there: Snapshot) -> Sequence[TabEdit]:
        """Edits of a book that add the lines that it lacks."""
        lacking = rows_lacking(self.snapshot, self.rows, lines_of(there, TABS_OF_A_BOOK))
        return lines_added(there, self.snapshot, lacking)

    def is_whole(self) -> bool:
        """Whether the book is there already, with just these lines: a closing died before it took them out of the ledger.

        Raises LedgerError for any other workbook, and for a book with cases that the ledger does not have.
        """
        book, year, language = self.workbook.book(self.name), self.closing.year, self.ledger.language
        if not book.is_there:
            return False
        there = book.read()
        if book.takes_a_new_ledger:
            return False
        begun = not lines_of(there, [RUNS])[RUNS.key] and year_in_mark(there.mark) == year
        if begun and not self.workbook.own_file:
            return False
        if year_in_mark(there.mark) != year or identity(parse(as_a_ledger(there))) != identity(self.ledger):
            raise LedgerError(
                msg("{name} is not the book of {year} of this ledger: move it away, then close the year.").of(
                    name=book.name, year=str(year)
                ),
                language,
            )
        if self._is_as_wanted(there):
            return True
        if not self._knows_all(there):
            raise LedgerError(
                msg(
                    "{name} has cases that this ledger does not know: move it away, or put the ledger back as it was."
                ).of(name=book.name),
                language,
            )
        return False

    def refuse_unlike(self, there: Snapshot) -> None:
        """Raises LedgerError if the book, as read back, does not have just these lines, under seals that hold."""
        filing = parse(as_a_ledger(there)).filing
        ours = np.flatnonzero(is_among(filing["case_no"], np.asarray(self.closing.numbers, dtype=object))).tolist()
        sealed = [seal(values) for values in row_values(filing, ours)] == filing["seal"][ours].tolist()
        if not sealed or year_in_mark(there.mark) != self.closing.year or not self._is_as_wanted(there):
            raise LedgerError(
                msg(
                    "{name} was read again and differs from the ledger, which is as it was: check the disk, then close the year again."
                ).of(name=self.name),
                self.ledger.language,
            )

    def take_out(self, part: Closing, now: datetime) -> None:
        """Take a part out of the ledger, with the line that says where it is now, in one commit. Raises Changed."""
        ledger = self.ledger
        after = closed(ledger, part, self.name, local_time(now, ledger.policy.settings.zone))
        titles = titles_of(self.snapshot.grids, ledger.language)
        edits = as_edits(differences(ledger, after), titles, ledger.language)
        out = [RowsOut(titles[key], rows) for key, rows in part.rows(ledger).items() if rows]
        commit = Commit(self.snapshot, with_rows_out(self.snapshot, edits, out), out=out)
        if self.workbook.commit(commit).owners:
            raise Changed  # somebody typed in one of the rows, so all of them stayed

    def _is_as_wanted(self, there: Snapshot) -> bool:
        lacking = rows_lacking(self.snapshot, self.rows, lines_of(there, TABS_OF_A_BOOK))
        return not any(lacking.values()) and not self._strays(there)

    def without_strays(self, there: Snapshot) -> Commit | None:
        """What takes lines out of a book that a closing put there which died, and which the ledger has otherwise since."""
        titles = titles_of(there.grids, self.ledger.language)
        out = [RowsOut(titles[key], rows) for key, rows in self._strays(there).items()]
        return Commit(there, with_rows_out(there, (), out), out=out) if out else None

    def _strays(self, there: Snapshot) -> Mapping[str, list[int]]:
        """The rows of the book, by tab key, about cases that neither go now nor stand there already, and other lines about
        those that go."""
        known = {repr(number) for number in ("", *numbers_in_book(self.ledger, self.name))}
        wanted = lines_in_rows(self.snapshot, self.rows)
        more = {tab.key: rows_beside(there, tab, wanted[tab.key]) for tab in WITH_CASES}
        strays = {
            key: [row for row, line in rows if dict(line).get("case_no", repr("")) not in known]
            for key, rows in more.items()
        }
        return {key: rows for key, rows in strays.items() if rows}

    def _knows_all(self, there: Snapshot) -> bool:
        """Whether each case in the book is in the ledger, or is known there to stand in the book."""
        ours = {*self.ledger.filing["case_no"].tolist(), *numbers_in_book(self.ledger, self.name)}
        return ours.issuperset(parse(as_a_ledger(there)).filing["case_no"].tolist())
