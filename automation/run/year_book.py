"""The book of a year: what is to stand in it, how it is made, and whether it is as it should be.

A book is compared with the ledger line by line. *Wanted* are the rows that go to it; *lacking* those of them that it does
not have; *strays* the lines that a closing put there which died, and which the ledger has otherwise since.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from automation.cases.seals import row_values, seal
from automation.ledger.book_lines import lines_added, lines_in_rows, lines_of, rows_beside, rows_lacking, same_columns
from automation.ledger.errors import LedgerError
from automation.ledger.model import Ledger
from automation.ledger.notices_journal import identity
from automation.ledger.office_time import local_time
from automation.ledger.parsing import parse
from automation.ledger.recognition import as_a_ledger
from automation.ledger.table import is_among, lines_at, positions_of
from automation.ledger.titles_and_headers import language_of, titles_of
from automation.ledger.workbook import HEADER_ROW, Commit, RowMove, RowsOut, Snapshot, TabEdit
from automation.ledger.year_books import is_begun, numbers_in_book, year_in_mark
from automation.reports.dashboard import dashboard_edits
from automation.run.edits import with_rows_out
from automation.steps.closing import TABS_OF_A_BOOK, WITH_CASES, Closing
from automation.text.catalogue import msg
from automation.workbooks.laid_out import BookAsCopy, BookFilled, Contents, LaidOut, YearBook
from sheet_schema import ANSWERS, FILING, MAILBOX, RECEPTIONS, REGISTER, RUNS, folded
from sheet_schema.form_settings import INTAKE_TAB

ContentsOf = Callable[[Ledger], Contents]
"""What a book that is no copy of a file is laid out with: the ledger's short tabs."""


@dataclass(frozen=True)
class WantedBook:
    """The book `name` that a closing of the ledger in `snapshot` needs."""

    snapshot: Snapshot
    ledger: Ledger
    closing: Closing
    name: str

    @property
    def wanted(self) -> Mapping[str, list[int]]:
        """The rows of the ledger that the book is to have, by tab key: those that go, and the first line of *Runs*, by which
        a ledger is known."""
        runs, rows = self.ledger.tables[RUNS.key], self.closing.rows(self.ledger)
        first = runs.rows[runs["run"] == identity(self.ledger)][:1].tolist()
        return {**rows, RUNS.key: sorted({*first, *rows.get(RUNS.key, ())})}

    def plan(self, now: datetime, contents_of: ContentsOf) -> YearBook:
        """What a workbook needs to make the book, as a copy of a file or filled line by line."""
        nothing_open = self.ledger.having(register=lines_at(self.ledger.register, []))
        pages = dashboard_edits(self.snapshot, nothing_open, local_time(now, self.ledger.policy.settings.zone))
        filled = BookFilled(lambda: contents_of(self.ledger), self.without_strays, self.lines_lacking, self.looks)
        return YearBook(self.closing.year, BookAsCopy(self._rows_of_the_ledger_alone(), pages), filled)

    def _rows_of_the_ledger_alone(self) -> list[RowsOut]:
        """The rows that a copy of the ledger has, and the book does not."""
        titles, wanted = titles_of(self.snapshot.grids, self.ledger.language), self.wanted
        found = []
        stay = [tab.key for tab in (ANSWERS, MAILBOX, RECEPTIONS) if titles[tab.key] in self.snapshot.grids]
        for key in (REGISTER.key, *(tab.key for tab in TABS_OF_A_BOOK), *stay):
            last, theirs = len(self.snapshot.grids[titles[key]].rows), frozenset(wanted.get(key, ()))
            found.append(RowsOut(titles[key], [row for row in range(HEADER_ROW + 1, last + 1) if row not in theirs]))
        return [*found, *self._rows_of_a_form(frozenset(titles.values()))]

    def _rows_of_a_form(self, ours: frozenset[str]) -> list[RowsOut]:
        """The rows in the tab that an online form fills: they may be of any case, and in a book no run takes text away."""
        wanted = folded(self.ledger.policy.settings[INTAKE_TAB])
        found = [title for title in self.snapshot.grids if wanted and folded(title) == wanted and title not in ours]
        return [RowsOut(title, range(HEADER_ROW + 1, len(self.snapshot.grids[title].rows) + 1)) for title in found]

    def lines_lacking(self, there: Snapshot) -> Sequence[TabEdit]:
        """Edits of the book, as read in `there`, that add the lines it lacks."""
        return lines_added(there, self.snapshot, self._lacking(there))

    def looks(self, there: Snapshot) -> Sequence[RowMove]:
        """Which rows of *Filing* stand where in the book, as read in `there`: people colour them and put notes there."""
        ours, theirs = self.ledger.filing, parse(as_a_ledger(there)).filing
        going = positions_of(np.asarray(self.closing.numbers, dtype=object), ours["case_no"])
        placed = positions_of(ours["case_no"][going], theirs["case_no"])
        rows, to = ours.rows[going[placed >= 0]].tolist(), theirs.rows[placed[placed >= 0]].tolist()
        source, target = (titles_of(one.grids, language_of(one.grids))[FILING.key] for one in (self.snapshot, there))
        columns = same_columns(FILING, self.snapshot, there)
        return [RowMove(source, target, rows, to, columns)] if rows else []

    def without_strays(self, there: Snapshot) -> Commit | None:
        """What takes the strays out of the book, as read in `there`; None if there are none."""
        titles = titles_of(there.grids, self.ledger.language)
        out = [RowsOut(titles[key], rows) for key, rows in self._strays(there).items()]
        return Commit(there, with_rows_out(there, (), out), out=out) if out else None

    def is_whole(self, workbook: LaidOut) -> bool:
        """Whether the book stands there with just the wanted lines: a closing died before it took them out of the ledger.

        If not, it is still to be made, or to be completed. Raises LedgerError if something else stands in its place.
        """
        book = workbook.book(self.name)
        if not book.is_there:
            return False
        there = book.read()
        if book.takes_a_new_ledger or self._is_only_begun(there, workbook):
            return False
        self._refuse_another(there, book.name)
        if self.has_just_the_wanted_lines(there) and not is_begun(there.mark):
            return True
        self._refuse_unknown_cases(there, book.name)
        return False

    def _is_only_begun(self, there: Snapshot, workbook: LaidOut) -> bool:
        """Whether a closing marked the spreadsheet and died before it wrote a line of *Runs*. A file is whole or not there."""
        return workbook.own_file is None and self._is_of_the_year(there) and not lines_of(there, [RUNS])[RUNS.key]

    def refuse_unlike(self, there: Snapshot) -> None:
        """Raises LedgerError if the book, as read back, does not have just the wanted lines, under seals that hold."""
        is_done = self._is_of_the_year(there) and not is_begun(there.mark)
        if is_done and self.has_just_the_wanted_lines(there) and self._seals_hold(there):
            return
        raise LedgerError(
            msg(
                "{name} was read again and differs from the ledger, which is as it was: check the disk, then close the year again."
            ).of(name=self.name),
            self.ledger.language,
        )

    def has_just_the_wanted_lines(self, there: Snapshot) -> bool:
        """Whether the book, as read in `there`, lacks nothing and has no strays."""
        return not any(self._lacking(there).values()) and not self._strays(there)

    def _is_of_the_year(self, there: Snapshot) -> bool:
        return year_in_mark(there.mark) == self.closing.year

    def _seals_hold(self, there: Snapshot) -> bool:
        filing = parse(as_a_ledger(there)).filing
        going = np.asarray(self.closing.numbers, dtype=object)
        ours = np.flatnonzero(is_among(filing["case_no"], going)).tolist()
        sealed = zip(row_values(filing, ours), filing["seal"][ours].tolist(), strict=True)
        return all(seal(values) == kept for values, kept in sealed)

    def _refuse_another(self, there: Snapshot, name: str) -> None:
        of_this_ledger = identity(parse(as_a_ledger(there))) == identity(self.ledger)
        if self._is_of_the_year(there) and of_this_ledger:
            return
        raise LedgerError(
            msg("{name} is not the book of {year} of this ledger: move it away, then close the year.").of(
                name=name, year=str(self.closing.year)
            ),
            self.ledger.language,
        )

    def _refuse_unknown_cases(self, there: Snapshot, name: str) -> None:
        """Raises LedgerError for a case that is neither in the ledger nor known there to stand in the book."""
        ours = {*self.ledger.filing["case_no"].tolist(), *numbers_in_book(self.ledger, self.name)}
        if ours.issuperset(parse(as_a_ledger(there)).filing["case_no"].tolist()):
            return
        raise LedgerError(
            msg("{name} has cases that this ledger does not know: move it away, or put the ledger back as it was.").of(
                name=name
            ),
            self.ledger.language,
        )

    def _lacking(self, there: Snapshot) -> dict[str, list[int]]:
        """The wanted rows whose lines the book lacks, by tab key."""
        return rows_lacking(self.snapshot, self.wanted, lines_of(there, TABS_OF_A_BOOK))

    def _strays(self, there: Snapshot) -> Mapping[str, list[int]]:
        """The rows of the book, by tab key, about cases that neither go now nor are known to stand there, and other lines
        about those that go."""
        settled = {repr(number) for number in ("", *numbers_in_book(self.ledger, self.name))}
        wanted = lines_in_rows(self.snapshot, self.wanted)
        strays = {}
        for tab in WITH_CASES:
            beside = rows_beside(there, tab, wanted.get(tab.key, Counter()))
            strays[tab.key] = [row for row, line in beside if dict(line).get("case_no", repr("")) not in settled]
        return {key: rows for key, rows in strays.items() if rows}
