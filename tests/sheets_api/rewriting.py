"""Every formula of a book rewritten: those in cells, in validation rules and in conditional formats."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .book import Book, Row, Sheet
from .cells import Cell, Formula
from .errors import Json
from .references import Rewrite, rewritten


def rewrite_all(book: Book, rewrite_on: Callable[[Sheet], Rewrite]) -> None:
    """Rewrites the formulas of all sheets; sheets that hold none are not looked through."""
    for sheet in book.sheets:
        change = rewrite_on(sheet)
        sheet.conditional_formats = [_in_conditions(rule, change) for rule in sheet.conditional_formats]
        if sheet.has_references:
            known: dict[int, Json] = {}
            sheet.rows = [_row(cells, change, known) for cells in sheet.rows]


def _row(cells: Row, change: Rewrite, known: dict[int, Json]) -> Row:
    places = [at for at, cell in enumerate(cells) if cell is not None and refers(cell)]
    if not places:
        return cells
    row: list[Cell | None] | None = None
    for at in places:
        cell = cells[at]
        new = _cell(cell, change, known) if cell is not None else None
        if new is not cell:
            row = row or list(cells)
            row[at] = new
    return cells if row is None else tuple(row)


def refers(cell: Cell) -> bool:
    return isinstance(cell.value, Formula) or cell.validation is not None


def _cell(cell: Cell, change: Rewrite, known: dict[int, Json]) -> Cell:
    """The cell rewritten; the same one where nothing in it changes."""
    if isinstance(cell.value, Formula):
        text = rewritten(cell.value, change)
        if text != cell.value:
            cell = cell._replace(value=Formula(text))
    if cell.validation is not None:
        key = id(cell.validation)  # thousands of cells share one rule
        if key not in known:
            new = _in_conditions(cell.validation, change)
            known[key] = cell.validation if new == cell.validation else new
        if known[key] is not cell.validation:
            cell = cell._replace(validation=known[key])
    return cell


def _in_conditions(value: Any, change: Rewrite) -> Any:
    """JSON with the formulas among the values of its conditions rewritten."""
    if isinstance(value, list):
        return [_in_conditions(item, change) for item in value]
    if not isinstance(value, dict):
        return value
    result = {name: _in_conditions(item, change) for name, item in value.items()}
    text = value.get("userEnteredValue")
    if isinstance(text, str) and text.startswith("="):
        result["userEnteredValue"] = rewritten(text, change)
    return result
