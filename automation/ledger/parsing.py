"""Parses a workbook: finds each tab and column by its label, and reads each cell by its column's type.

"Reading takes that language's labels first and the other's or the key where it is missing, in any column order;
columns and tabs of the users' own are left alone" (docs/design.md#p2.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from automation.ledger import problems as messages
from automation.ledger.admin_tabs import read_policy
from automation.ledger.cells import Bad, as_text, parse_column
from automation.ledger.errors import LedgerError
from automation.ledger.model import Ledger, Problem
from automation.ledger.table import Array, Table
from automation.ledger.workbook import Cell, Grid, Snapshot
from sheet_schema import LANGUAGES, TABS, Column, Language, Tab, folded

NEEDED = tuple(tab for tab in TABS if tab.columns)
"""The tabs that are tables; the others are pages, which the program never reads."""


def parse(snapshot: Snapshot) -> Ledger:
    """Parse a snapshot. What people did wrong is in the ledger's `problems`.

    Raises LedgerError for a workbook that has none of our tabs, so that it is not a ledger.
    """
    titles = {folded(title): title for title in snapshot.grids}
    language = language_of(titles)
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    for tab in NEEDED:
        title = find_title(tab, titles, language)
        if title is None:
            problems.append(_stops("no_tab", tab, language))
            tables[tab.key] = _table(tab, Grid(tab.label(language), ()), {}, language)[0]
            continue
        columns, wrong = match_columns(tab, snapshot.grids[title], language)
        table, bad = _table(tab, snapshot.grids[title], columns, language)
        tables[tab.key] = table
        problems += wrong + bad
    if not is_ledger(snapshot):
        raise LedgerError(
            "This workbook is not a ledger (it has no Register): run `install` to make it one.",
            "这个工作簿不是登记账本（没有“登记”表）：请先运行 install。",
        )
    skipped = frozenset((problem.tab, problem.row) for problem in problems if problem.row is not None)
    policy, wrong_rules = read_policy(tables, language, skipped)
    return Ledger(language, tables, policy, (*problems, *wrong_rules))


def is_ledger(snapshot: Snapshot) -> bool:
    """Whether any of our tables stands in the workbook, under whatever name we know."""
    titles = {folded(title): title for title in snapshot.grids}
    language = language_of(titles)
    return any(find_title(tab, titles, language) is not None for tab in NEEDED)


def language_of(titles: Iterable[str]) -> Language:
    """The language most tab titles are in; English when there is no telling."""
    present = set(titles)
    counts = {language: sum(folded(tab.label(language)) in present for tab in TABS) for language in LANGUAGES}
    return "zh" if counts["zh"] > counts["en"] else "en"


def titles_of(snapshot: Snapshot, language: Language) -> dict[str, str]:
    """Tab key → the title it has, or would have, in this workbook."""
    present = {folded(title): title for title in snapshot.grids}
    return {tab.key: find_title(tab, present, language) or tab.label(language) for tab in TABS}


def find_title(tab: Tab, titles: Mapping[str, str], language: Language) -> str | None:
    """The title under which a tab stands in the workbook; `titles` maps folded titles to real ones."""
    return next((titles[spelling] for spelling in _spellings(tab, language) if spelling in titles), None)


def _spellings(named: Tab | Column, language: Language) -> tuple[str, str, str]:
    """What it may be called, best first: the workbook's language, the other one, the key."""
    other: Language = "en" if language == "zh" else "zh"
    return folded(named.label(language)), folded(named.label(other)), folded(named.key)


def match_columns(tab: Tab, grid: Grid, language: Language) -> tuple[dict[str, int], list[Problem]]:
    """Where each column of the tab stands (from 1), and a problem for each that is missing or stands twice."""
    where: dict[str, list[int]] = {}
    for position, header in enumerate(grid.rows[0] if grid.rows else (), start=1):
        where.setdefault(folded(as_text(header)), []).append(position)
    columns: dict[str, int] = {}
    problems = []
    for column in tab:
        found = next((where[spelling] for spelling in _spellings(column, language) if spelling in where), [])
        if not found:
            problems.append(_stops("no_column", tab, language, column))
        elif len(found) > 1:
            problems.append(_stops("doubled_column", tab, language, column))
        else:
            columns[column.key] = found[0]
    return columns, problems


def _stops(code: str, tab: Tab, language: Language, column: Column | None = None) -> Problem:
    """Without a tab, or one of its columns, there is no telling what stands where."""
    message, remedy = messages.problem(code, language, value=(column or tab).label(language))
    key = column.key if column else ""
    return Problem(tab=tab.key, row=None, column=key, code=code, message=message, remedy=remedy, stops=True)


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a tab that have anything in our columns: their rows, and their cells by column key."""

    tab: Tab
    language: Language
    rows: Array
    cells: dict[str, Array]

    def of(self, column: Column) -> Array:
        """The cells of a column, all blank if the sheet lacks it."""
        return self.cells[column.key] if column.key in self.cells else np.full(len(self.rows), "", dtype=object)

    def problem(self, i: int, column: Column, code: str, **details: object) -> Problem:
        """A problem with the cell of this column in line `i`."""
        message, remedy = messages.problem(code, self.language, column=column.label(self.language), **details)
        return Problem(
            tab=self.tab.key,
            row=int(self.rows[i]),
            column=column.key,
            code=code,
            message=message,
            remedy=remedy,
            case_no=as_text(self.cells["case_no"][i]).strip() if "case_no" in self.cells else "",
        )


def _lines(tab: Tab, grid: Grid, columns: Mapping[str, int], language: Language) -> _Lines:
    body = grid.rows[1:]
    width = max(columns.values(), default=0)
    padded = [row if len(row) >= width else [*row, *[""] * (width - len(row))] for row in body]
    by_column = list(zip(*padded, strict=False)) if padded else [()] * width
    cells = {key: _objects(by_column[at - 1]) for key, at in columns.items()}
    full = np.zeros(len(body), dtype=bool)
    for column in cells.values():
        full |= column != ""
    if not full.all():
        cells = {key: column[full] for key, column in cells.items()}
    return _Lines(tab, language, np.flatnonzero(full) + 2, cells)


def _table(tab: Tab, grid: Grid, columns: Mapping[str, int], language: Language) -> tuple[Table, list[Problem]]:
    lines = _lines(tab, grid, columns, language)
    values: dict[str, Array] = {}
    read: dict[str, Array] = {}
    problems: list[Problem] = []
    for column in tab:
        read[column.key] = lines.of(column)
        cells = read[column.key].tolist()
        values[column.key], bad = parse_column(column, cells)
        # The program writes the other columns anew, so nobody has to put them right.
        if column.staff or column.key == "case_no":
            problems += _bad_cells(lines, column, bad)
            if column.key == "contact":
                problems += _lost_zeros(lines, column, cells)
    return Table(tab, lines.rows, values, read, columns), problems


def _objects(cells: Sequence[Cell]) -> Array:
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    return array


def _bad_cells(lines: _Lines, column: Column, bad: Mapping[int, Bad]) -> Iterator[Problem]:
    choices = " / ".join(word.label(lines.language) for word in column.choices or ())
    for i, why in bad.items():
        yield lines.problem(i, column, why.code, choices=choices, **why.details)


def _lost_zeros(lines: _Lines, column: Column, cells: Sequence[Cell]) -> Iterator[Problem]:
    """Warn of a telephone number stored as a number, which drops a leading zero.

    Not of a Chinese mobile number: eleven digits that begin with 1 never had one.
    """
    if set(map(type, cells)) <= {str}:
        return
    for i, cell in enumerate(cells):
        if isinstance(cell, int | float) and not isinstance(cell, bool) and not 1e10 <= cell < 2e10:
            yield replace(lines.problem(i, column, "lost_zero"), warning=True)


def title_of(tab: Tab, titles: Iterable[str], language: Language) -> str | None:
    """The title under which the tab stands in the workbook, or None."""
    known = {folded(title): title for title in titles}
    return next((known[spelling] for spelling in _spellings(tab, language) if spelling in known), None)


def columns_of(tab: Tab, headers: Sequence[object], language: Language) -> dict[str, int]:
    """Column key → where it stands, from 1. Keys whose column is missing are left out; of two, the first counts."""
    known: dict[str, int] = {}
    for position, header in enumerate(headers, start=1):
        if header is not None:
            known.setdefault(folded(str(header)), position)
    found = {}
    for column in tab:
        spelling = next((spelling for spelling in _spellings(column, language) if spelling in known), None)
        if spelling is not None:
            found[column.key] = known[spelling]
    return found
