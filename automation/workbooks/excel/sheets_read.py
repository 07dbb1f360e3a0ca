"""Reads the cells of every tab of a file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import timedelta

from python_calamine import CalamineError, load_workbook

from automation.ledger.workbook import Cell, Grid
from automation.workbooks.excel import refusals
from automation.workbooks.excel.xml import formulas as formula_cells
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.excel.xml.used_area import too_large
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8


def grids_of(data: bytes, package: Package) -> dict[str, Grid]:
    """The cells of every tab of a file. Formulas and errors, which calamine reads as blank, come from its XML."""
    grids = {}
    try:
        book = load_workbook(io.BytesIO(data))
        for title, part in package.sheets.items():
            xml = as_plain_utf8(package.part(part))
            if (too_much := too_large(xml)) is not None:
                raise refusals.too_large(package.name, title, too_much.far)
            rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
            grids[title] = Grid(title, _with_formulas_and_errors(rows, xml))
    except CalamineError as error:
        raise refusals.damaged(package.name) from error
    return grids


def _with_formulas_and_errors(rows: Sequence[Sequence[object]], xml: bytes) -> Sequence[Sequence[Cell]]:
    grid: list[list[Cell]] = rows  # type: ignore[assignment]
    found: list[tuple[int, int, Cell]] = [*formula_cells.errors(xml), *formula_cells.zoned_dates(xml)]
    if formula_cells.has_formulas(xml):
        found += formula_cells.as_read(list(formula_cells.formulas(xml)))
    for row, column, value in found:
        while len(grid) < row:
            grid.append([])
        line = grid[row - 1]
        line.extend([""] * (column - len(line)))
        line[column - 1] = value
    _without_durations(grid)
    return grid


def _without_durations(grid: list[list[Cell]]) -> None:
    """Show a length of time as the text a person sees; no column of the ledger holds one."""
    for line in grid:
        if timedelta in set(map(type, line)):
            line[:] = [str(value) if isinstance(value, timedelta) else value for value in line]
