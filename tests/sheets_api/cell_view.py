"""One cell as the API shows it: what was entered, what it is worth, and how it looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .book import Book, Sheet
from .cells import Cell, Failure, Formula, Value, to_extended
from .errors import Json
from .formats import DATES, shown
from .formulas import Evaluator
from .locales import locale_of
from .masks import Mask, project

if TYPE_CHECKING:
    from .batch import Caller

WHITE = {"red": 1, "green": 1, "blue": 1}
DEFAULT_FORMAT: Json = {
    "backgroundColor": WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": WHITE},
}
PARTS = (
    "userEnteredValue",
    "effectiveValue",
    "formattedValue",
    "userEnteredFormat",
    "effectiveFormat",
    "hyperlink",
    "note",
    "textFormatRuns",
    "dataValidation",
    "pivotTable",
    "chipRuns",
    "dataSourceTable",
    "dataSourceFormula",
)


class CellView:
    """Looks at the cells of one book. The values of its formulas are worked out once in it."""

    def __init__(self, book: Book, caller: Caller | None = None) -> None:
        self.book = book
        self.caller = caller
        self.locale = locale_of(book.properties["locale"])
        self.formulas = Evaluator(book)

    def effective(self, sheet: Sheet, row: int, column: int) -> Value | Failure:
        return self.formulas.value(sheet, row, column)

    def shown(self, sheet: Sheet, row: int, column: int) -> str:
        """The text that a person sees in the cell."""
        cell = sheet.get(row, column)
        if cell is None:
            return ""
        return shown(self.effective(sheet, row, column), (cell.format or {}).get("numberFormat"), self.locale)

    def cell(self, sheet: Sheet, row: int, column: int, mask: Mask) -> Json:
        """The CellData of one cell, as far as the mask asks for it and there is something to tell."""
        cell = sheet.get(row, column)
        if cell is None:
            return {}
        data: Json = {}
        for name in PARTS if not mask or "*" in mask else mask:
            part = self._part(name, cell, sheet, row, column)
            if part:
                data[name] = project(part, mask.get(name, {}))
        return data

    def _part(self, name: str, cell: Cell, sheet: Sheet, row: int, column: int) -> Any:
        match name:
            case "userEnteredValue":
                return (cell.extra or {}).get("entered", to_extended(cell.value))
            case "effectiveValue":
                if "worth" in (cell.extra or {}):
                    return (cell.extra or {})["worth"]
                return to_extended(self.effective(sheet, row, column))
            case "formattedValue":
                return None if cell.value is None else self.shown(sheet, row, column)
            case "userEnteredFormat":
                return cell.format
            case "effectiveFormat":
                return self._effective_format(cell)
            case "note":
                return cell.note
            case "dataValidation":
                return cell.validation
            case "textFormatRuns":
                return cell.runs
            case "hyperlink":
                return _link(cell)
        return (cell.extra or {}).get(name)

    def _effective_format(self, cell: Cell) -> Json | None:
        if cell.format is None:
            return None if cell.value is None else DEFAULT_FORMAT
        return _merged(DEFAULT_FORMAT, cell.format)


def is_date(cell: Cell) -> bool:
    """Whether the cell shows its number as a date or a time."""
    return ((cell.format or {}).get("numberFormat") or {}).get("type") in DATES


def _link(cell: Cell) -> str | None:
    uri: str | None = (cell.format or {}).get("textFormat", {}).get("link", {}).get("uri")
    if isinstance(cell.value, Formula) and cell.value.upper().startswith('=HYPERLINK("'):
        return cell.value.split('"')[1]
    return uri


def _merged(base: Json, over: Json) -> Json:
    result = dict(base)
    for name, value in over.items():
        old = result.get(name)
        result[name] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result
