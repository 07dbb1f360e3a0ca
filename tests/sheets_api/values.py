"""The values methods: reading, writing, appending and clearing cells by their values alone."""

from __future__ import annotations

from typing import Any

from . import a1
from .batch import Batch
from .book import TOO_MANY_CELLS, Area, Row, Sheet
from .cell_view import is_date
from .cells import EMPTY, Cell, Failure, Formula, typed, written
from .entry import entered
from .errors import ApiError, Json, Refused
from .locales import locale_of
from .resolving import resolve, written_span
from .viewing import View

FORMATTED, UNFORMATTED, FORMULA = "FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA"


class Rendering:
    """How a reply is to show values: the options of the query or the body, with Google's defaults."""

    def __init__(self, options: Json, view: View, *, of_write: bool = False) -> None:
        self.view = view
        names = ("responseValueRenderOption", "responseDateTimeRenderOption")
        value, dates = names if of_write else ("valueRenderOption", "dateTimeRenderOption")
        self.value = options.get(value) or FORMATTED
        self.dates_as_text = options.get(dates) == "FORMATTED_STRING"
        quirks = view.caller.quirks if view.caller else frozenset()
        self.formula_dates_as_text = "formula-render-formats-dates" in quirks
        plain = self.value != FORMATTED and not self.dates_as_text and not self.formula_dates_as_text
        self.as_held = frozenset({str, int, float, bool}) if plain else frozenset({str})
        """The types of value that go out as they are held. A formula is of none of them."""

    def one(self, sheet: Sheet, row: int, column: int, cell: Cell) -> Any:
        if cell.value is None:
            return ""
        if self.value == FORMATTED:
            return self.view.shown(sheet, row, column)
        if self.value == FORMULA and isinstance(cell.value, Formula):
            return str(cell.value)
        value = self.view.effective(sheet, row, column)
        if isinstance(value, Failure):
            return value.shown
        as_text = self.dates_as_text or (self.value == FORMULA and self.formula_dates_as_text)
        if as_text and not isinstance(value, str | bool) and is_date(cell):
            return self.view.shown(sheet, row, column)
        return "" if value is None else value

    def row(self, sheet: Sheet, row: int, cells: Row, left: int) -> list[Any]:
        """One row of values, without the empty ones at its end."""
        end = len(cells)
        while end and ((last := cells[end - 1]) is None or last.value is None):
            end -= 1
        result = [
            ""
            if cell is None
            else (cell.value if type(cell.value) in self.as_held else self.one(sheet, row, column, cell))
            for column, cell in enumerate(cells[:end], left)
        ]
        while result and result[-1] == "":
            result.pop()
        return result


def value_range(sheet: Sheet, area: Area, rendering: Rendering, major: str) -> Json:
    """The ValueRange of a block; `values` is not there when it would be empty."""
    result: Json = {"range": written_span(sheet, area), "majorDimension": major}
    rows = [
        rendering.row(sheet, row, sheet.rows[row][area.left : area.right], area.left)
        for row in range(area.top, min(area.bottom, len(sheet.rows)))
    ]
    while rows and not rows[-1]:
        rows.pop()
    if major == "COLUMNS":
        rows = _turned(rows)
    if rows:
        result["values"] = rows
    return result


def _turned(rows: list[list[Any]]) -> list[list[Any]]:
    """Rows as columns, again without the empty values at the end of each."""
    columns = []
    for place in range(max((len(row) for row in rows), default=0)):
        column = [row[place] if place < len(row) else "" for row in rows]
        while column and column[-1] == "":
            column.pop()
        columns.append(column)
    return columns


def major_dimension(options: Json) -> str:
    major: str = options.get("majorDimension", "ROWS")
    return "ROWS" if major == "DIMENSION_UNSPECIFIED" else major


def get(batch: Batch, text: str, options: Json) -> Json:
    sheet, area = resolve(batch.book, text)
    return value_range(sheet, area, Rendering(options, batch.view()), major_dimension(options))


def batch_get(batch: Batch, ranges: list[str], options: Json) -> list[Json]:
    rendering = Rendering(options, batch.view())
    major = major_dimension(options)
    return [value_range(*resolve(batch.book, text), rendering, major) for text in ranges]


def input_option(given: str | None) -> str:
    if given not in ("RAW", "USER_ENTERED"):
        raise ApiError(400, "'valueInputOption' is required but not specified")
    return given


def as_rows(body: Json) -> list[list[Any]]:
    """The values of a body by row; null for a cell that is to stay as it is."""
    values: list[list[Any]] = body.get("values", [])
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            if isinstance(value, list | dict):
                kind = "list_value" if isinstance(value, list) else "struct_value"
                raise ApiError(400, f"Invalid data[{row}]: Invalid values[{row}][{column}]: {kind} {{\n}}\n")
    if major_dimension(body) != "COLUMNS":
        return values
    height = max((len(line) for line in values), default=0)
    return [[line[place] if place < len(line) else None for line in values] for place in range(height)]


def update(batch: Batch, text: str, body: Json, option: str, options: Json) -> Json:
    """Writes values from the first cell of the range on, and says what was written."""
    inner = body.get("range")
    if inner and inner != text:
        raise ApiError(400, f"Requested range [{text}] does not match range of the values [{inner}]")
    sheet, area = resolve(batch.book, text)
    rows = as_rows(body)
    _check_within(sheet, area, text, rows)
    return write(batch, sheet, area, rows, option, options)


def _check_within(sheet: Sheet, area: Area, text: str, rows: list[list[Any]]) -> None:
    """Values may not reach beyond a range that says where it ends; a single cell is only where to begin."""
    cells = a1.split(text)[1]
    span = a1.span(cells) if cells else None
    single = span is None or (span.bottom, span.right) == (area.top + 1, area.left + 1)
    if single or span is None:
        return
    width = max((len(row) for row in rows), default=0)
    where = f"Requested writing within range [{written_span(sheet, area)}], but tried writing to "
    if span.bottom is not None and area.top + len(rows) > span.bottom:
        raise ApiError(400, f"{where}row [{span.bottom + 1}]")
    if span.right is not None and area.left + width > span.right:
        raise ApiError(400, f"{where}column [{a1.column_letters(span.right)}]")


def write(batch: Batch, sheet: Sheet, area: Area, rows: list[list[Any]], option: str, options: Json) -> Json:
    height, width = len(rows), max((len(row) for row in rows), default=0)
    covered = Area(area.top, area.left, area.top + max(height, 1), area.left + max(width, 1))
    _make_room(batch, sheet, covered)
    batch.must_edit(sheet, covered)
    locale = locale_of(batch.book.properties["locale"])
    touched: list[tuple[int, int]] = []
    for row, values in enumerate(rows, area.top):
        run: list[Cell | None] = []
        for column, value in enumerate(values, area.left):
            cell = sheet.get(row, column)
            if value is None:
                run.append(cell)
                continue
            touched.append((row, column))
            if option == "USER_ENTERED" and isinstance(value, str):
                run.append(written(cell, *entered(value, locale, cell.format if cell else None)))
            else:
                run.append(written(cell, typed(value)))
        if run:
            sheet.put_run(row, area.left, run)
    result: Json = {"updatedRange": written_span(sheet, covered)}
    if touched:
        result |= {
            "updatedRows": len({row for row, _ in touched}),
            "updatedColumns": len({column for _, column in touched}),
            "updatedCells": len(touched),
        }
    if options.get("includeValuesInResponse"):
        rendering = Rendering(options, batch.view(), of_write=True)
        result["updatedData"] = value_range(sheet, covered, rendering, major_dimension(options))
    return result


def _make_room(batch: Batch, sheet: Sheet, covered: Area) -> None:
    """The grid grows under values that reach beyond it."""
    sheet.row_count = max(sheet.row_count, covered.bottom)
    sheet.column_count = max(sheet.column_count, covered.right)
    try:
        batch.book.check_size()
    except Refused:
        raise ApiError(400, TOO_MANY_CELLS) from None


def clear(batch: Batch, text: str) -> str:
    """Empties the cells of their values only, and gives the range that was cleared."""
    sheet, area = resolve(batch.book, text)
    clear_area(batch, sheet, area)
    return written_span(sheet, area)


def clear_area(batch: Batch, sheet: Sheet, area: Area) -> None:
    batch.must_edit(sheet, area)
    for row in range(area.top, min(area.bottom, len(sheet.rows))):
        cells = sheet.rows[row]
        right = min(area.right, len(cells))
        if right > area.left:
            sheet.put_run(row, area.left, [_emptied(cell) for cell in cells[area.left : right]])


def _emptied(cell: Cell | None) -> Cell | None:
    if cell is None:
        return None
    left = cell._replace(value=None, runs=None, extra=None)
    return None if left == EMPTY else left
