"""Reads the cells of every tab of a file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property

from python_calamine import CalamineError, CalamineWorkbook, load_workbook

from automation.ledger.sift import Beside, Sift
from automation.ledger.workbook import Cell, Grid, JournalLine
from automation.workbooks.excel import refusals
from automation.workbooks.excel.kept_tabs import KeptTabs, known_by
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
    package: Package, sift: Sift, journal: Sequence[JournalLine], kept: KeptTabs, large: int = LARGE
) -> dict[str, Grid]:
    """The same, but that in tabs of over `large` bytes the rows that are over are blank, and that what is `kept` is not read."""
    reading = _Reading(package, sift, kept)
    sifted = [title for title in sift.tabs(package.sheets) if package.size_of(package.sheets[title]) > large]
    kept.begin()
    try:
        grids = {title: reading.whole(title) for title in package.sheets if title not in sifted}
        for title in sifted:
            grids[title] = reading.sifted(title, Beside(package.sheets, grids, journal))
    except CalamineError as error:
        raise refusals.damaged(package.name) from error
    return {title: grids[title] for title in package.sheets}


class _Reading:
    """Reads tabs of a file for a run; what is needed for that is taken out of the file only then."""

    def __init__(self, package: Package, sift: Sift, kept: KeptTabs) -> None:
        self._package, self._sift, self._kept = package, sift, kept

    def whole(self, title: str) -> Grid:
        key = known_by(self._package, title, sifted=False)
        if (found := self._kept.get(key)) is not None:
            return Grid(title, found.rows)
        grid = _grid(self._book, self._package, title)
        self._kept.put(key, grid.rows)
        return grid

    def sifted(self, title: str, beside: Beside) -> Grid:
        key = known_by(self._package, title, sifted=True)
        found = self._kept.get(key)
        if found is not None and found.ground is not None and self._sift.stands(found.ground, beside):
            return Grid(title, found.rows)
        part = self._package.sheets[title]
        xml = as_plain_utf8(self._package.part(part))
        rows = RowTexts(xml, self._texts)
        over = self._sift.over(title, rows.headers(), rows.texts, beside) if rows.is_plain else None
        left = None if over is None else rows.without(over.rows)
        if over is None or left is None or too_large(left, len(rows)) is not None:
            return self.whole(title)
        del xml, rows  # they are large, and what is left is small
        grid = _cells(load_workbook(io.BytesIO(self._package.with_only({part: left}))), title, left)
        return Grid(title, self._kept.put(key, grid.rows, over.ground) or grid.rows)

    @cached_property
    def _book(self) -> CalamineWorkbook:
        return load_workbook(io.BytesIO(self._package.data))

    @cached_property
    def _texts(self) -> list[bytes | None]:
        shared = self._package.related_to_workbook("sharedStrings")
        return shared_texts(as_plain_utf8(self._package.part(shared))) if shared else []


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
