"""Builds the JSON of requests for a batch. Rows and columns count from 1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from automation.ledger.recognition import LEDGER_MARK, LEDGER_VERSION, mark_is_due
from automation.ledger.workbook import Cell
from automation.workbooks.google.reading import SheetFacts
from automation.workbooks.google.values import typed

Request = dict[str, Any]
"""One request of a batch."""
CellData = dict[str, Any]
"""One cell in the API's form."""
VALUE = "userEnteredValue"


def span(sheet_id: int, rows: tuple[int, int], columns: tuple[int, int]) -> Request:
    """A GridRange of these rows and columns (first and last, both included)."""
    return {
        "sheetId": sheet_id,
        "startRowIndex": rows[0] - 1,
        "endRowIndex": rows[1],
        "startColumnIndex": columns[0] - 1,
        "endColumnIndex": columns[1],
    }


def write_requests(sheet_id: int, rows: Mapping[int, Mapping[int, Cell]]) -> Iterator[Request]:
    """Write cells (row → column → value) of one tab, with neighbouring cells and rows in one request."""
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


def mark_requests(mark: str) -> Iterator[Request]:
    """Put the mark of a ledger of this version on a spreadsheet that has `mark` (blank: none), if that is due."""
    if mark_is_due(mark):
        wanted = str(LEDGER_VERSION)
        yield from other_mark_requests(wanted) if mark else first_mark_requests(wanted)


def other_mark_requests(wanted: str) -> Iterator[Request]:
    """Put the `wanted` mark on a spreadsheet in place of any that it has."""
    its = {"metadataKey": LEDGER_MARK, "locationType": "SPREADSHEET"}
    yield {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": its}}}
    yield from first_mark_requests(wanted)


def first_mark_requests(wanted: str) -> Iterator[Request]:
    """Put the `wanted` mark on a spreadsheet that has none."""
    about = {"metadataKey": LEDGER_MARK, "metadataValue": wanted, "visibility": "DOCUMENT"}
    yield {"createDeveloperMetadata": {"developerMetadata": {**about, "location": {"spreadsheet": True}}}}


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
    """Stretches of neighbouring numbers, from sorted ones: 1, 2, 3, 7 → (1, 3), (7, 7)."""
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


def stretches(pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], int]]:
    """Stretches in which both numbers of the pairs rise by one: (5, 2), (6, 3), (9, 4) → ((5, 2), 2), ((9, 4), 1)."""
    by_distance: dict[int, list[int]] = {}
    for first, second in pairs:
        by_distance.setdefault(second - first, []).append(first)
    for distance, numbers in by_distance.items():
        for first, last in runs(sorted(numbers)):
            yield (first, first + distance), last - first + 1


def paste(source: Request, target: Request, what: str = "PASTE_NORMAL") -> Request:
    """Have Google copy cells as they are at that moment, with formats, links and notes."""
    return {"copyPaste": {"source": source, "destination": target, "pasteType": what}}


def grow(sheet: SheetFacts, rows: int) -> Iterator[Request]:
    """Extend a tab to this many rows; the new ones get the format and the dropdowns of the last one."""
    if rows <= sheet.rows:
        return
    yield {"appendDimension": {"sheetId": sheet.sheet_id, "dimension": "ROWS", "length": rows - sheet.rows}}
    if sheet.rows > 1:
        above = span(sheet.sheet_id, (sheet.rows, sheet.rows), (1, sheet.columns))
        below = span(sheet.sheet_id, (sheet.rows + 1, rows), (1, sheet.columns))
        yield paste(above, below, "PASTE_FORMAT")
        yield paste(above, below, "PASTE_DATA_VALIDATION")


def widen(sheet: SheetFacts, columns: int) -> Iterator[Request]:
    """Extend a tab to this many columns."""
    if columns > sheet.columns:
        length = columns - sheet.columns
        yield {"appendDimension": {"sheetId": sheet.sheet_id, "dimension": "COLUMNS", "length": length}}


def delete_rows(sheet_id: int, rows: Iterable[int]) -> Iterator[Request]:
    """Delete rows, from the bottom up, so that none moves before its turn."""
    for first, last in reversed(list(runs(sorted(rows)))):
        yield {
            "deleteDimension": {
                "range": {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": first - 1, "endIndex": last}
            }
        }


def insert_row(sheet_id: int, row: int) -> Request:
    """Insert an empty row before `row`, formatted like the one above."""
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


def clear(area: Request) -> Request:
    """Clear every value in an area, and keep the formats."""
    return {"updateCells": {"range": area, "fields": VALUE}}


def area(
    sheet_id: int,
    columns: tuple[int, int] | None = None,
    first_row: int | None = None,
    last_row: int | None = None,
) -> dict[str, Any]:
    """A GridRange of these columns (first, last) and rows. Sides that are not given grow with the sheet."""
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
    """Write cells from (row, column) on: only `fields`, which are cleared where a cell does not have them."""
    return {
        "updateCells": {
            "start": {"sheetId": sheet_id, "rowIndex": row - 1, "columnIndex": column - 1},
            "rows": [{"values": list(cells)} for cells in rows],
            "fields": fields,
        }
    }


def format_all(cells: dict[str, Any], look: dict[str, Any]) -> Request:
    """Give a whole range one format."""
    return {
        "repeatCell": {
            "range": cells,
            "cell": {"userEnteredFormat": look},
            "fields": "userEnteredFormat",
        }
    }


def size(sheet_id: int, dimension: str, first: int, last: int, pixels: int) -> Request:
    """Set the width of columns or the height of rows."""
    return {
        "updateDimensionProperties": {
            "range": dimensions(sheet_id, dimension, first, last),
            "properties": {"pixelSize": pixels},
            "fields": "pixelSize",
        }
    }
