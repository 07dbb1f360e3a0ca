"""The requests of a `batchUpdate` that laying out a spreadsheet is made of. Rows and columns are counted from 1 here, as a
person sees them, and from 0 in what comes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Request = dict[str, Any]
"""One request of a batch."""
Cell = dict[str, Any]
"""One CellData."""


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


def span(sheet_id: int, dimension: str, first: int, last: int) -> dict[str, Any]:
    """A DimensionRange: ROWS or COLUMNS, both ends included."""
    return {"sheetId": sheet_id, "dimension": dimension, "startIndex": first - 1, "endIndex": last}


def write(sheet_id: int, row: int, column: int, rows: Iterable[Sequence[Cell]], fields: str) -> Request:
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
            "range": span(sheet_id, dimension, first, last),
            "properties": {"pixelSize": pixels},
            "fields": "pixelSize",
        }
    }
