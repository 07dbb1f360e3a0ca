"""Finds out why Google refused a batch: from the batch itself and from the spreadsheet as it is now.

Google says why in the account's language and in words that change, so its words are never looked at (docs/design.md#p9.6).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from automation.ledger.errors import LedgerError
from automation.workbooks.google.check_facts import Book, Guard, Tab
from automation.workbooks.google.refusals import (
    MOST_CELLS,
    MOST_CHARACTERS,
    cell_too_long,
    protected,
    too_many_cells,
)

Requests = Sequence[Mapping[str, Any]]
NEW_TAB = (1000, 26)
"""The rows and columns of a tab that is added without a size."""
_COPIED_FROM = "source"


def reason(requests: Requests, book: Book, account: str) -> LedgerError | None:
    """Why a batch was refused, in words for a person; None if nothing here explains it."""
    if any(len(text) > MOST_CHARACTERS for text in _texts(requests)):
        return cell_too_long()
    if book.cells + _growth(requests, book) > MOST_CELLS:
        return too_many_cells()
    if any(_is_shut(area, book) for area in _areas(requests)):
        return protected(account)
    return None


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    for one in _inside(found):
        yield from _texts(one)


def _inside(found: Any) -> Sequence[Any]:
    if isinstance(found, Mapping):
        return list(found.values())
    return found if isinstance(found, list | tuple) else ()


def _growth(requests: Requests, book: Book) -> int:
    """How many cells a batch adds."""
    sizes = {tab.sheet_id: (tab.rows, tab.columns) for tab in book.tabs.values()}
    more = 0
    for request in requests:
        ((kind, body),) = request.items()
        if kind == "addSheet":
            size = body.get("properties", {}).get("gridProperties", {})
            more += size.get("rowCount", NEW_TAB[0]) * size.get("columnCount", NEW_TAB[1])
        elif kind in ("appendDimension", "insertDimension"):
            where = body.get("range", body)
            rows, columns = sizes.get(where.get("sheetId", 0), (0, 0))
            length = body.get("length", where.get("endIndex", 0) - where.get("startIndex", 0))
            more += length * (columns if where.get("dimension") == "ROWS" else rows)
    return more


@dataclass(frozen=True)
class _Area:
    """Cells that a batch changes; rows and columns count from 1, and None is the end of the tab."""

    sheet_id: int
    rows: tuple[int, int | None]
    columns: tuple[int, int | None]


def _areas(found: Any) -> Iterator[_Area]:
    """Every area in requests, except those that are only copied from."""
    if isinstance(found, Mapping):
        if "start" in found and "rows" in found:
            yield _block(found)
            return
        if "sheetId" in found:
            yield _area(found)
        for key, one in found.items():
            if key != _COPIED_FROM or "destinationIndex" in found:
                yield from _areas(one)
    elif isinstance(found, list | tuple):
        for one in found:
            yield from _areas(one)


def _block(request: Mapping[str, Any]) -> _Area:
    start, rows = request["start"], request["rows"]
    row, column = start.get("rowIndex", 0) + 1, start.get("columnIndex", 0) + 1
    width = max((len(line.get("values", ())) for line in rows), default=1)
    return _Area(start.get("sheetId", 0), (row, row + len(rows) - 1), (column, column + width - 1))


def _area(found: Mapping[str, Any]) -> _Area:
    if "dimension" in found:
        part = (found.get("startIndex", 0) + 1, found.get("endIndex"))
        rows, columns = (part, (1, None)) if found["dimension"] == "ROWS" else ((1, None), part)
        return _Area(found["sheetId"], rows, columns)
    rows = (found.get("startRowIndex", 0) + 1, found.get("endRowIndex"))
    columns = (found.get("startColumnIndex", 0) + 1, found.get("endColumnIndex"))
    return _Area(found["sheetId"], rows, columns)


def _is_shut(area: _Area, book: Book) -> bool:
    """Whether a protection keeps the account out of these cells."""
    tab = next((one for one in book.tabs.values() if one.sheet_id == area.sheet_id), None)
    return tab is not None and any(guard.shuts_us_out and _meets(guard, area, tab) for guard in tab.guards)


def _meets(guard: Guard, area: _Area, tab: Tab) -> bool:
    (top, bottom), (left, right) = area.rows, area.columns
    below, beside = bottom if bottom is not None else tab.rows, right if right is not None else tab.columns
    return (
        top <= guard.last_row
        and guard.first_row <= below
        and left <= guard.last_column
        and guard.first_column <= beside
    )
