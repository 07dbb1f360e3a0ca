"""Grids to tables: find each tab and column by its label, read each cell by its column's type.

"Reading takes that language's labels first and the other's or the key where it is missing, in any column order;
columns and tabs of the users' own are left alone" (docs/design.md#p2.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from automation.ledger import problems as messages
from automation.ledger.cells import Bad, as_text, parse_column
from automation.ledger.errors import LedgerError
from automation.ledger.model import Ledger, Problem
from automation.ledger.policy import read_policy
from automation.ledger.table import Array, Table
from automation.ledger.workbook import Cell, Grid, Snapshot
from sheet_schema import LANGUAGES, TABS, Column, Language, Tab, folded

NEEDED = tuple(tab for tab in TABS if tab.columns)
"""The tabs that are tables; the others are pages nobody reads back."""


def parse(snapshot: Snapshot) -> Ledger:
    """The ledger in a snapshot. What a person did wrong is in `problems`.

    Raises LedgerError when the workbook has no register at all, so that it is not a ledger.
    """
    titles = {folded(title): title for title in snapshot.grids}
    language = language_of(titles)
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    for tab in NEEDED:
        title = find_title(tab, titles, language)
        if title is None:
            problems.append(_tab_problem("no_tab", tab, language, tab.label(language), stops=True))
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
            problems.append(_tab_problem("no_column", tab, language, column.label(language), column.key, stops=True))
        elif len(found) > 1:
            problems.append(
                _tab_problem("doubled_column", tab, language, column.label(language), column.key, stops=True)
            )
        else:
            columns[column.key] = found[0]
    return columns, problems


def _tab_problem(code: str, tab: Tab, language: Language, value: str, column: str = "", *, stops: bool) -> Problem:
    message, remedy = messages.problem(code, language, value=value)
    return Problem(tab.key, None, column, code, message, remedy, stops=stops)


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a grid that hold anything in our columns, column-wise."""

    rows: Array
    cells: dict[str, Array]


def _lines(grid: Grid, columns: Mapping[str, int]) -> _Lines:
    body = grid.rows[1:]
    width = max(columns.values(), default=0)
    padded = [row if len(row) >= width else [*row, *[""] * (width - len(row))] for row in body]
    by_column = list(zip(*padded, strict=False)) if padded else [()] * width
    cells = {key: _objects(by_column[at - 1]) for key, at in columns.items()}
    full = np.zeros(len(body), dtype=bool)
    for column in cells.values():
        full |= column != ""
    if full.all():
        return _Lines(np.arange(len(body)) + 2, cells)
    return _Lines(np.flatnonzero(full) + 2, {key: column[full] for key, column in cells.items()})


def _table(tab: Tab, grid: Grid, columns: Mapping[str, int], language: Language) -> tuple[Table, list[Problem]]:
    lines = _lines(grid, columns)
    values: dict[str, Array] = {}
    read: dict[str, Array] = {}
    problems: list[Problem] = []
    nothing = np.full(len(lines.rows), "", dtype=object)
    numbers = lines.cells.get("case_no", nothing)
    for column in tab:
        read[column.key] = lines.cells.get(column.key, nothing)
        cells = read[column.key].tolist()
        values[column.key], bad = parse_column(column, cells)
        # What the job writes it derives anew; nobody is asked to mend it.
        if column.staff or column.key == "case_no":
            problems += _bad_cells(tab, column, bad, lines.rows, numbers, language)
            if column.key == "contact":
                problems += _lost_zeros(tab, column, cells, lines.rows, numbers, language)
    return Table(tab, lines.rows, values, read, columns), problems


def _objects(cells: Sequence[Cell]) -> Array:
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    return array


def _bad_cells(
    tab: Tab, column: Column, bad: Mapping[int, Bad], rows: Array, numbers: Array, language: Language
) -> list[Problem]:
    choices = " / ".join(word.label(language) for word in column.choices or ())
    found = []
    for i, why in bad.items():
        message, remedy = messages.problem(
            why.code, language, column=column.label(language), choices=choices, **why.details
        )
        found.append(Problem(tab.key, int(rows[i]), column.key, why.code, message, remedy, as_text(numbers[i]).strip()))
    return found


def _lost_zeros(
    tab: Tab, column: Column, cells: Sequence[Cell], rows: Array, numbers: Array, language: Language
) -> list[Problem]:
    """A telephone number kept as a number has lost its leading zero. Eleven digits from 1 never had one."""
    if set(map(type, cells)) <= {str}:
        return []
    found = []
    for i, cell in enumerate(cells):
        if isinstance(cell, int | float) and not isinstance(cell, bool) and not 1e10 <= cell < 2e10:
            message, remedy = messages.problem("lost_zero", language, column=column.label(language))
            found.append(
                Problem(
                    tab.key,
                    int(rows[i]),
                    column.key,
                    "lost_zero",
                    message,
                    remedy,
                    as_text(numbers[i]).strip(),
                    warning=True,
                )
            )
    return found


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
