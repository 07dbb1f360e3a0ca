"""New ledgers with rows for tests.

Laying one out takes longer than most tests, so it is done once for all, and rows are then written as a run writes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from automation.ledger.workbook import Cell, ColumnEdit, TabEdit
from automation.pages.tables import rows_of, shown
from automation.workbooks.excel.layout.new_workbook import new_workbook
from automation.workbooks.excel.workbook import ExcelWorkbook
from automation.workbooks.excel.xml.cell_edits import with_edits
from automation.workbooks.excel.xml.package import Package
from sheet_schema import TAB, Language, Tab
from tests.support.ledger_in_memory import Rows
from tests.support.workbook_homes import Tabs, on_google_now, settle_with, tabs_in

CLOCK = datetime(2026, 3, 18, 1, tzinfo=UTC)


def settle_new(path: Path, rows: Mapping[str, Rows]) -> Path:
    """A new ledger in Chinese with these rows by tab key: a file or a spreadsheet, in either case named by `path`."""
    if on_google_now():
        lines = {TAB[key].label("zh"): _lines(TAB[key], rows) for key in rows}
        settle_with(
            path, {title: _below(grid, lines.get(title, [])) for title, grid in _blank_tabs(_turned_on(rows)).items()}
        )
    else:
        ExcelWorkbook(path, CLOCK).create(file_with(rows))
    return path


def file_with(rows: Mapping[str, Rows]) -> bytes:
    """A new ledger in Chinese, in a file, with these rows by tab key."""
    edits = [_edit(TAB[key].label("zh"), _lines(TAB[key], rows)) for key in rows]
    return with_edits(Package(blank("zh", _turned_on(rows)), "ledger.xlsx"), edits)


def _turned_on(rows: Mapping[str, Rows]) -> tuple[str, ...]:
    """The tabs with rows, be they none, that are only made where somebody turned on what they are for."""
    return tuple(sorted(key for key in rows if TAB[key].on_demand))


@cache
def blank(language: Language = "zh", turned_on: tuple[str, ...] = ()) -> bytes:
    """A new ledger in a file, as it is laid out, without a row."""
    return new_workbook(language, dict.fromkeys(turned_on, ()))


@cache
def _blank_tabs(turned_on: tuple[str, ...]) -> Tabs:
    return tabs_in(blank("zh", turned_on))


Lines = list[list[Cell]]
Grid = Sequence[Sequence[Cell]]


def _lines(tab: Tab, rows: Mapping[str, Rows]) -> Lines:
    """The tab's lines below the header, as the sheet shows them."""
    found = rows_of(tab, rows, "zh")
    return [[_cell(shown(column, row.get(column.key), "zh")) for column in tab] for row in found]


def _cell(value: object) -> Cell:
    return "" if value is None else value  # type: ignore[return-value]


def _below(blank: Grid, lines: Lines) -> Grid:
    return [blank[0], *lines] if lines else blank


def _edit(title: str, lines: Lines) -> TabEdit:
    below = range(2, len(lines) + 2)
    columns = (
        [
            ColumnEdit(
                at,
                [row for row, line in zip(below, lines, strict=True) if line[at - 1] != ""],
                [line[at - 1] for line in lines if line[at - 1] != ""],
            )
            for at in range(1, len(lines[0]) + 1)
        ]
        if lines
        else []
    )
    return TabEdit(title, tuple(column for column in columns if column.rows))


def settle_typed(path: Path, column: str, cells: Sequence[Cell], language: Language = "zh") -> Path:
    """A new ledger in a file, with these cells in one column of the Register, just as somebody typed them."""
    register = TAB["register"]
    at, rows = register.keys.index(column) + 1, list(range(2, len(cells) + 2))
    edit = TabEdit(register.label(language), (ColumnEdit(at, rows, list(cells)),))
    ExcelWorkbook(path, CLOCK).create(with_edits(Package(blank(language), path.name), [edit]))
    return path
