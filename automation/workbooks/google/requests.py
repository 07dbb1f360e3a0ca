"""Requests of a batch: each function gives the JSON of a few, for rows and columns counted from 1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from automation.ledger.workbook import Cell
from automation.workbooks.google.reading import SheetFacts
from automation.workbooks.google.values import typed

Request = dict[str, Any]
"""One request of a batch."""
CellData = dict[str, Any]
"""One cell as the API takes it."""
VALUE = "userEnteredValue"


def span(sheet_id: int, rows: tuple[int, int], columns: tuple[int, int]) -> Request:
    """A GridRange; first and last are both included."""
    return {
        "sheetId": sheet_id,
        "startRowIndex": rows[0] - 1,
        "endRowIndex": rows[1],
        "startColumnIndex": columns[0] - 1,
        "endColumnIndex": columns[1],
    }


def written(sheet_id: int, rows: Mapping[int, Mapping[int, Cell]]) -> Iterator[Request]:
    """Cells of one tab, typed: as few blocks as there are of neighbouring cells in neighbouring rows."""
    open_blocks: dict[tuple[int, int], tuple[int, list[list[Cell]]]] = {}
    for row in sorted(rows):
        cells = rows[row]
        spans = list(runs(sorted(cells)))
        for key in [key for key in open_blocks if key not in spans or sum(_height(open_blocks[key])) != row]:
            yield _block(sheet_id, key, *open_blocks.pop(key))
        for first, last in spans:
            line = [cells[column] for column in range(first, last + 1)]
            open_blocks.setdefault((first, last), (row, []))[1].append(line)
    for key, block in open_blocks.items():
        yield _block(sheet_id, key, *block)


def _height(block: tuple[int, list[list[Cell]]]) -> tuple[int, int]:
    return block[0], len(block[1])


def _block(sheet_id: int, columns: tuple[int, int], first: int, lines: Sequence[Sequence[Cell]]) -> Request:
    return {
        "updateCells": {
            "start": {"sheetId": sheet_id, "rowIndex": first - 1, "columnIndex": columns[0] - 1},
            "rows": [{"values": [typed(cell) for cell in line]} for line in lines],
            "fields": VALUE,
        }
    }


def runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Stretches of neighbouring numbers, which come sorted: 1, 2, 3, 7 → (1, 3), (7, 7)."""
    first = last = None
    for number in numbers:
        if last is not None and number == last + 1:
            last = number
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = number
    if first is not None and last is not None:
        yield first, last


def pasted(source: Request, target: Request, what: str = "PASTE_NORMAL") -> Request:
    """Copy on the server: what stands there at that moment, with its look, links and notes."""
    return {"copyPaste": {"source": source, "destination": target, "pasteType": what}}


def grown(sheet: SheetFacts, rows: int) -> Iterator[Request]:
    """So many rows in all; the new ones look, and take only what, the last one does."""
    if rows <= sheet.rows:
        return
    yield {"appendDimension": {"sheetId": sheet.sheet_id, "dimension": "ROWS", "length": rows - sheet.rows}}
    if sheet.rows > 1:
        above = span(sheet.sheet_id, (sheet.rows, sheet.rows), (1, sheet.columns))
        below = span(sheet.sheet_id, (sheet.rows + 1, rows), (1, sheet.columns))
        yield pasted(above, below, "PASTE_FORMAT")
        yield pasted(above, below, "PASTE_DATA_VALIDATION")


def widened(sheet: SheetFacts, columns: int) -> Iterator[Request]:
    """So many columns in all."""
    if columns > sheet.columns:
        length = columns - sheet.columns
        yield {"appendDimension": {"sheetId": sheet.sheet_id, "dimension": "COLUMNS", "length": length}}


def without_rows(sheet_id: int, rows: Iterable[int]) -> Iterator[Request]:
    """Take rows out, from the bottom up, so that none moves before its turn."""
    for first, last in reversed(list(runs(sorted(rows)))):
        yield {
            "deleteDimension": {
                "range": {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": first - 1, "endIndex": last}
            }
        }


def with_row(sheet_id: int, row: int) -> Request:
    """Put an empty row in before `row`; it looks like the one above."""
    return {
        "insertDimension": {
            "range": {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": row - 1, "endIndex": row},
            "inheritFromBefore": row > 1,
        }
    }


def height(sheet_id: int, row: int, pixels: int) -> Request:
    return {
        "updateDimensionProperties": {
            "range": {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": row - 1, "endIndex": row},
            "properties": {"pixelSize": pixels},
            "fields": "pixelSize",
        }
    }


def emptied(area: Request) -> Request:
    """Every value in an area taken away; looks stay."""
    return {"updateCells": {"range": area, "fields": VALUE}}


def area(
    sheet_id: int,
    columns: tuple[int, int] | None = None,
    first_row: int | None = None,
    last_row: int | None = None,
) -> dict[str, Any]:
    """A GridRange: these columns (first, last), these rows. What is not given is not bounded, so that it grows with the
    sheet."""
    found: dict[str, Any] = {"sheetId": sheet_id}
    if first_row is not None:
        found["startRowIndex"] = first_row - 1
    if last_row is not None:
        found["endRowIndex"] = last_row
    if columns is not None:
        found["startColumnIndex"], found["endColumnIndex"] = columns[0] - 1, columns[1]
    return found


def dimensions(sheet_id: int, dimension: str, first: int, last: int) -> dict[str, Any]:
    """A DimensionRange: ROWS or COLUMNS, both ends included."""
    return {"sheetId": sheet_id, "dimension": dimension, "startIndex": first - 1, "endIndex": last}


def write(sheet_id: int, row: int, column: int, rows: Iterable[Sequence[CellData]], fields: str) -> Request:
    """These cells from (row, column) on. Of each only `fields` are written; what it does not have of them is emptied."""
    return {
        "updateCells": {
            "start": {"sheetId": sheet_id, "rowIndex": row - 1, "columnIndex": column - 1},
            "rows": [{"values": list(cells)} for cells in rows],
            "fields": fields,
        }
    }


def format_all(cells: dict[str, Any], look: dict[str, Any]) -> Request:
    """One format for a whole range."""
    return {
        "repeatCell": {
            "range": cells,
            "cell": {"userEnteredFormat": look},
            "fields": "userEnteredFormat",
        }
    }


def size(sheet_id: int, dimension: str, first: int, last: int, pixels: int) -> Request:
    """The width of columns or the height of rows."""
    return {
        "updateDimensionProperties": {
            "range": dimensions(sheet_id, dimension, first, last),
            "properties": {"pixelSize": pixels},
            "fields": "pixelSize",
        }
    }
