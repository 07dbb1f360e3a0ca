"""What has to be written in a workbook to erase a case, or its petitioner's data: in the ledger, a year book, or a copy of either.

Numbers, days and choices stay, since figures count them and gaps would look like torn-out pages; every text goes (docs/design.md#p23.5).
Nothing here writes anything.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from automation.cases.seals import seals_now
from automation.ledger.applied_edits import applied
from automation.ledger.certificates import Certificate, left_of
from automation.ledger.changes import is_blank
from automation.ledger.history_chain import lines_of
from automation.ledger.model import Ledger
from automation.ledger.names.passages import Sought, contacts_of
from automation.ledger.normal_form import is_anonymous, split
from automation.ledger.parsing import parse
from automation.ledger.petitioners import petitioners
from automation.ledger.table import Table
from automation.ledger.titles_and_headers import language_of, titles_found
from automation.ledger.typed.cell import as_text
from automation.ledger.workbook import HEADER_ROW, Cell, ColumnEdit, Formula, Snapshot, TabEdit
from automation.ways_in.form_columns import OURS
from sheet_schema import (
    ANSWERS,
    BOOKS,
    ERASURES,
    FILING,
    HISTORY,
    INDEX,
    LANGUAGES,
    NOTICES,
    REGISTER,
    TAB,
    Column,
    Type,
)
from sheet_schema.erasures import Erased as What
from sheet_schema.form_settings import INTAKE_TAB

_COUNTED = (Type.DATE, Type.MOMENT, Type.WHOLE, Type.TICK, Type.CHOICE, Type.CHOICES)
_NUMBERS = frozenset({"case_no", "archive_no", "former_no", "seal", "owed", "box", "taken_over_by"})
"""Texts of a row that stay: by what it is known, what its steps owed, and what the archivist wrote."""
_THEIRS = ("petitioner", "contact")
_OF_A_MAIL = ("to", "holder", "subject", "error")
_OF_AN_ANSWER = ("from", "text", "files")
_OF_A_LINE = ("before", "after", "why", "row")


@dataclass(frozen=True)
class Erasing:
    """What is to be erased: of which case, under which certificate, the whole of it or the petitioner's data; and by what that is
    known elsewhere. `mask`, `marker` and `nobody` are written instead, within a text, into Summary and into Petitioner."""

    number: str
    certificate: int
    whole: bool
    sought: Sought
    mask: str
    marker: str
    nobody: str
    one_of_several: bool = False
    """Whether it is one of several petitioners, so that the others and their contacts stay."""


@dataclass(frozen=True)
class Erased:
    """The edits that erase, without terms; how many cells of each tab, by its title; the erased lines of History; the columns that are
    blanked in the case's row; its rows, by title; and the cells elsewhere in which the same name or contact stands."""

    edits: tuple[TabEdit, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    columns: frozenset[str] = frozenset()
    rows: Mapping[str, Collection[int]] = field(default_factory=dict)
    left: tuple[str, ...] = ()

    @property
    def cells(self) -> int:
        return sum(self.counts.values())


def stays_erased(certificate: Certificate, column: Column) -> bool:
    """Whether a cell of this column must not come back from a copy: whatever was blanked, and of a whole case every text."""
    of_a_text = column.key not in _NUMBERS and column.type not in _COUNTED
    return column.key in certificate.columns or (certificate.what == What.CASE and of_a_text)


def sought_of(table: Table, at: int) -> Sought:
    """By what the petitioner of a row is known: each name and each contact in it."""
    typed, contact = as_text(table.read["petitioner"][at]), as_text(table.read["contact"][at])
    names = [one for one in petitioners(typed) if not is_anonymous(one)]
    return Sought(tuple(names), contacts_of(contact))


def erased(ledger: Ledger, snapshot: Snapshot, erasing: Erasing) -> Erased:
    """What erasing changes in this workbook, read as `ledger`; nothing where all of it was done before."""
    found = _Found(ledger, snapshot, erasing)
    found.look()
    after = parse(replace(snapshot, grids=applied(snapshot, found.edits())))
    found.seal(after)
    return Erased(
        found.edits(),
        found.counts(),
        found.lines_left(after),
        frozenset(found.columns),
        rows=found.rows,
        left=tuple(found.left),
    )


class _Found:
    """The cells to be written, as they are found, tab by tab."""

    def __init__(self, ledger: Ledger, snapshot: Snapshot, erasing: Erasing) -> None:
        self.columns: set[str] = set()
        self.rows: dict[str, list[int]] = {}
        self.left: list[str] = []
        self._ledger, self._snapshot, self._erasing = ledger, snapshot, erasing
        self._cells: dict[str, dict[int, dict[int, Cell]]] = {}
        self._titles = titles_found(snapshot.grids, language_of(snapshot.grids))
        self._sealed: list[int] = []
        self._chained: list[int] = []

    def look(self) -> None:
        for tab in (REGISTER, FILING):
            self._in_rows(self._ledger.tables[tab.key])
        self._in_index()
        self._in_records(self._ledger.tables[NOTICES.key], _OF_A_MAIL, ("subject", "error"))
        self._in_records(self._ledger.tables[ANSWERS.key], _OF_AN_ANSWER, _OF_AN_ANSWER)
        self._in_history()
        self._in_form()
        self._in_pages()
        self._prints()
        self._elsewhere()

    def edits(self) -> tuple[TabEdit, ...]:
        return tuple(
            TabEdit(title, tuple(ColumnEdit(at, [*cells], [*cells.values()]) for at, cells in sorted(columns.items())))
            for title, columns in self._cells.items()
        )

    def counts(self) -> dict[str, int]:
        return {title: sum(map(len, columns.values())) for title, columns in self._cells.items()}

    def seal(self, after: Ledger) -> None:
        """Seal the case's row in Filing as it is now, if it had a seal."""
        if self._sealed:
            for at, new in zip(self._sealed, seals_now(after.filing, self._sealed), strict=True):
                self._put(after.filing, "seal", at, new)

    def lines_left(self, after: Ledger) -> dict[str, str]:
        history = after.tables[HISTORY.key]
        chains = [str(history["chain"][at]) for at in self._chained]
        left = lines_of(history, self._chained)
        return {chain: left_of(chain, line) for chain, line in zip(chains, left, strict=True) if chain}

    def _put(self, table: Table, key: str, at: int, value: Cell) -> bool:
        """Note a cell to be written, if it holds something else."""
        place, title = table.at.get(key), self._titles.get(table.tab.key)
        if place is None or title is None or _same(table.read[key][at], value):
            return False
        self._note(title, place, int(table.rows[at]), value)
        return True

    def _note(self, title: str, place: int, row: int, value: Cell) -> None:
        self._cells.setdefault(title, {}).setdefault(place, {})[row] = value

    def _masked(self, text: str) -> str:
        return self._erasing.sought.without(text, self._erasing.mask)

    def _left_of(self, cell: Cell) -> Cell:
        """A cell without them; a telephone number may have been typed as a number."""
        if isinstance(cell, str):
            return self._masked(cell)
        is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
        return "" if is_number and self._erasing.sought.has_contact(as_text(cell)) else cell

    def _in_rows(self, table: Table) -> None:
        title = self._titles.get(table.tab.key)
        for at in np.flatnonzero(table["case_no"] == self._erasing.number).tolist():
            changed = [
                key for key in table.at if self._put(table, key, at, self._left_of_cell(table, table.tab[key], at))
            ]
            self.columns.update(changed)
            if title is not None:
                self.rows.setdefault(title, []).append(int(table.rows[at]))
                changed += [*self._own_cells(table, title, int(table.rows[at]))]
            if changed and table.tab is FILING and table["seal"][at]:
                self._sealed.append(at)

    def _left_of_cell(self, table: Table, column: Column, at: int) -> Cell:
        key, cell, erasing = column.key, table.read[column.key][at], self._erasing
        if cell == "" and not (erasing.whole and key == "summary"):
            return ""
        if not erasing.whole:
            return self._left_of_theirs(key, as_text(cell)) if key in _THEIRS else self._left_of(cell)
        if key == "summary":
            return erasing.marker
        value = table[key][at : at + 1]
        stays = (
            key in _NUMBERS or (column.type in _COUNTED and not is_blank(value)[0]) or self._is_listed(key, value[0])
        )
        return cell if stays and not isinstance(cell, Formula) else ""

    def _left_of_theirs(self, key: str, text: str) -> str:
        """What is left of Petitioner or Contact."""
        erasing = self._erasing
        if not erasing.one_of_several:
            return erasing.nobody if key == "petitioner" else ""
        apart = petitioners(text) if key == "petitioner" else split(text)
        others = [one for one in apart if not erasing.sought.is_in(one)]
        return "; ".join(others) or (erasing.nobody if key == "petitioner" else "")

    def _is_listed(self, key: str, value: object) -> bool:
        policy = self._ledger.policy
        topics, departments = (one.name for one in policy.topics), (one.name for one in policy.named_departments)
        return value in {"topic": {*topics}, "department": {*departments}}.get(key, ())

    def _own_cells(self, table: Table, title: str, row: int) -> Iterator[str]:
        """Note what stands in the users' own columns of a row."""
        cells = self._snapshot.grids[title].rows[row - 1]
        for place, cell in enumerate(cells, start=1):
            if place in table.at.values() or cell == "":
                continue
            left: Cell = "" if self._erasing.whole else self._left_of(cell)
            if not _same(cell, left):
                self._note(title, place, row, left)
                yield str(place)

    def _in_index(self) -> None:
        index = self._ledger.index
        for at in np.flatnonzero(index["case_no"] == self._erasing.number).tolist():
            for key in ("fingerprint", "as_seen"):
                self._put(index, key, at, "")

    def _in_records(self, table: Table, keys: Collection[str], texts: Collection[str]) -> None:
        """Notices and Answers: their rows stay, so that no mail goes out or comes in again."""
        for at in np.flatnonzero(table["case_no"] == self._erasing.number).tolist():
            for key in keys:
                text = as_text(table.read[key][at]) if key in table.read else ""
                gone = self._erasing.whole and key in texts
                self._put(table, key, at, "" if gone else self._masked(text))

    def _in_history(self) -> None:
        history, number = self._ledger.tables[HISTORY.key], self._erasing.number
        theirs = {REGISTER[key].label(language) for key in _THEIRS for language in LANGUAGES}
        ours = {ERASURES.label(language) for language in LANGUAGES}
        named = re.compile(rf"{re.escape(number)}(?![0-9])")
        cases, columns, rows = (history[key].tolist() for key in ("case_no", "column", "row"))
        for at, (case, column, row) in enumerate(zip(cases, columns, rows, strict=True)):
            if column in ours or not (case == number or named.search(row)):
                continue
            changed = False
            for key in _OF_A_LINE:
                text = as_text(history.read[key][at])
                said = column in theirs and key in ("before", "after") and not self._erasing.one_of_several
                gone = case == number and (self._erasing.whole or said)
                changed |= self._put(history, key, at, "" if gone else self._masked(text))
            if changed:
                self._chained.append(at)

    def _in_form(self) -> None:
        """The row of an online form from which the case came; what knows it again stays, or it would come anew."""
        wanted = self._ledger.policy.settings[INTAKE_TAB]
        ours = {OURS["number"].say(language) for language in LANGUAGES}
        for title, grid in self._snapshot.grids.items():
            heads = [as_text(cell).strip() for cell in grid.rows[0]] if grid.rows else []
            if title != wanted or not ours.intersection(heads):
                continue
            first = min(at for at, head in enumerate(heads) if head in ours)
            for row, cells in enumerate(grid.rows[HEADER_ROW:], start=HEADER_ROW + 1):
                if first < len(cells) and as_text(cells[first]).strip() == self._erasing.number:
                    self.rows.setdefault(title, []).append(row)
                    for place, cell in enumerate(cells[:first], start=1):
                        left: Cell = "" if self._erasing.whole else self._left_of(cell)
                        if cell != "" and not _same(cell, left):
                            self._note(title, place, row, left)

    def _in_pages(self) -> None:
        """Pages that show again what stands elsewhere, until the next run draws them anew."""
        for key, title in self._titles.items():
            if not TAB[key].page or not self._erasing.sought:
                continue
            for row, cells in enumerate(self._snapshot.grids[title].rows, start=1):
                for place, cell in enumerate(cells, start=1):
                    if isinstance(cell, str) and (left := self._masked(cell)) != cell:
                        self._note(title, place, row, left)

    def _prints(self) -> None:
        """The prints by which repeats of cases in year books are known."""
        books = self._ledger.tables[BOOKS.key]
        for at, text in enumerate(books["prints"].tolist()):
            kept = [line for line in text.split("\n") if line.split()[:1] != [self._erasing.number]]
            if text:
                self._put(books, "prints", at, "\n".join(kept))

    def _elsewhere(self) -> None:
        """Where else the same name or contact stands: other cases, and tabs of the users' own. People decide on that."""
        if not self._erasing.sought:
            return
        skipped = {self._titles.get(tab.key) for tab in (ERASURES, INDEX)}
        for title, grid in self._snapshot.grids.items():
            if title in skipped:
                continue
            written = self._cells.get(title, {})
            for row, cells in enumerate(grid.rows, start=1):
                for place, cell in enumerate(cells, start=1):
                    if (
                        isinstance(cell, str)
                        and cell
                        and row not in written.get(place, {})
                        and self._erasing.sought.is_in(cell)
                    ):
                        self.left.append(f"{title} {row}")
                        break


def _same(one: object, other: object) -> bool:
    return one == other or (one == "" and other is None)
