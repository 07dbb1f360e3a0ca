"""Reads the cells of every tab of a file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import timedelta

from python_calamine import CalamineError, CalamineWorkbook, load_workbook

from automation.ledger.workbook import Beside, Cell, Grid, JournalLine, Sift
from automation.workbooks.excel import refusals
from automation.workbooks.excel.xml import formulas as formula_cells
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.excel.xml.row_texts import RowTexts, shared_texts
from automation.workbooks.excel.xml.used_area import too_large
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8

LARGE = 1_000_000
"""Bytes of a tab that takes less time to read whole."""


def grids_of(data: bytes, package: Package) -> dict[str, Grid]:
    """The cells of every tab of a file. Formulas and errors, which calamine reads as blank, come from its XML."""
    try:
        book = load_workbook(io.BytesIO(data))
        return {title: _grid(book, package, title) for title in package.sheets}
    except CalamineError as error:
        raise refusals.damaged(package.name) from error


def grids_sifted(
    data: bytes, package: Package, sift: Sift, journal: Sequence[JournalLine], large: int = LARGE
) -> dict[str, Grid]:
    """The same, but that in tabs of over `large` bytes the rows that are over are blank: they are not even taken apart."""
    titles = [title for title in sift.tabs(package.sheets) if package.size_of(package.sheets[title]) > large]
    if not titles:
        return grids_of(data, package)
    try:
        book = load_workbook(io.BytesIO(data))
        grids = {title: _grid(book, package, title) for title in package.sheets if title not in titles}
        shared = package.related_to_workbook("sharedStrings")
        texts = shared_texts(as_plain_utf8(package.part(shared))) if shared else []
        for title in titles:
            beside = Beside(package.sheets, grids, journal)
            xml = as_plain_utf8(package.part(package.sheets[title]))
            left = _without_what_is_over(title, RowTexts(xml, texts), sift, beside)
            if left is None:
                grids[title] = _grid(book, package, title)
            else:
                del xml  # it is large, and what is left of it is small
                fewer = package.with_only({package.sheets[title]: left})
                grids[title] = _cells(load_workbook(io.BytesIO(fewer)), title, left)
    except CalamineError as error:
        raise refusals.damaged(package.name) from error
    return {title: grids[title] for title in package.sheets}


def _without_what_is_over(title: str, rows: RowTexts, sift: Sift, beside: Beside) -> bytes | None:
    """The tab's XML without the rows that are over; None if it has to be read whole."""
    if not rows.is_plain:
        return None
    over = sift.over(title, rows.headers(), rows.texts, beside)
    left = None if over is None else rows.without(over)
    return left if left is not None and too_large(left, len(rows)) is None else None


def _grid(book: CalamineWorkbook, package: Package, title: str) -> Grid:
    """The cells of a tab. Raises LedgerError, CalamineError."""
    xml = as_plain_utf8(package.part(package.sheets[title]))
    if (too_much := too_large(xml)) is not None:
        raise refusals.too_large(package.name, title, too_much.far)
    return _cells(book, title, xml)


def _cells(book: CalamineWorkbook, title: str, xml: bytes) -> Grid:
    rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
    return Grid(title, _with_formulas_and_errors(rows, xml))


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
