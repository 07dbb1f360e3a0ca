"""Requests that rearrange a block of cells: sortRange, insertRange, deleteRange, mergeCells, unmergeCells."""

from __future__ import annotations

from typing import Any

from .batch import Batch, Handler
from .book import Area, Row, Sheet
from .cells import EMPTY, Cell, Failure
from .errors import Json, Refused
from .following import Delete, Insert, shift_merges
from .references import shifted
from .viewing import View

_MERGED = "You must select all cells in a merged range to merge or unmerge them."


def sort_range(batch: Batch, body: Json) -> Json:
    """Sorts the cells of whole rows within the range. What hangs on rows, developer metadata too, stays behind."""
    sheet, area = batch.editable(body.get("range", {}))
    specs = body.get("sortSpecs", [])
    if not specs:
        raise Refused("Must specify at least one sort spec.")
    if any(area.meets(merge) for merge in sheet.merges):
        raise Refused("You can't sort a range with merged cells.")
    view = batch.view()
    order = list(range(area.top, area.bottom))
    for spec in reversed(specs):  # the sort is stable: the first spec has the last word
        column = spec.get("dimensionIndex", 0)
        descending = spec.get("sortOrder") == "DESCENDING"
        keys = {row: sort_key(view, sheet, row, column) for row in order}
        empty = [row for row in order if keys[row] is None]
        filled = [row for row in order if keys[row] is not None]
        filled.sort(key=keys.__getitem__, reverse=descending)  # type: ignore[arg-type] # None is not among them
        order = filled + empty
    # A formula goes with its row: what it says of its own row it says of the new one.
    blocks = [
        [
            cell and cell._replace(value=shifted(cell.value, area.top + place - row, 0))
            for cell in _run(sheet, row, area)
        ]
        for place, row in enumerate(order)
    ]
    for row, cells in enumerate(blocks, area.top):
        if cells or row < len(sheet.rows):
            sheet.put_run(row, area.left, [*cells, *[None] * (area.right - area.left - len(cells))])
    return {}


def _run(sheet: Sheet, row: int, area: Area) -> Row:
    return sheet.row(row)[area.left : area.right]


def sort_key(view: View, sheet: Sheet, row: int, column: int) -> tuple[int, Any] | None:
    """Numbers before text before truth values before errors; None for a cell without a value."""
    value = view.effective(sheet, row, column)
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return 2, value
    if isinstance(value, Failure):
        return 3, value.shown
    if isinstance(value, str):
        return 1, (value.casefold(), value)
    return 0, value


def insert_range(batch: Batch, body: Json) -> Json:
    """Inserts empty cells and pushes those there down or to the right; the grid grows under what it pushes out."""
    sheet, area = batch.editable(body.get("range", {}))
    rows = body.get("shiftDimension", "ROWS") == "ROWS"
    height, width = area.bottom - area.top, area.right - area.left
    if rows:
        for row in range(len(sheet.rows) - 1, area.top - 1, -1):
            cells = _padded(sheet, row, area)
            if any(cells):
                sheet.row_count = max(sheet.row_count, row + height + 1)
                sheet.put_run(row + height, area.left, cells)
            sheet.put_run(row, area.left, [None] * width)
    else:
        for row in range(area.top, min(area.bottom, len(sheet.rows))):
            old = sheet.rows[row]
            if len(old) > area.left:
                moved = (*old[: area.left], *(None,) * width, *old[area.left :])
                sheet.column_count = max(sheet.column_count, len(moved))
                sheet.put_row(row, moved)
    shift_merges(sheet, area, rows=rows, change=Insert(area.top, height) if rows else Insert(area.left, width))
    batch.book.check_size()
    return {}


def _padded(sheet: Sheet, row: int, area: Area) -> list[Cell | None]:
    run = _run(sheet, row, area)
    return [*run, *[None] * (area.right - area.left - len(run))]


def delete_range(batch: Batch, body: Json) -> Json:
    """Deletes the cells and draws those below or to the right into their place."""
    sheet, area = batch.editable(body.get("range", {}))
    rows = body.get("shiftDimension", "ROWS") == "ROWS"
    height = area.bottom - area.top
    if rows:
        end = len(sheet.rows)
        for row in range(area.top, end):
            below = row + height
            sheet.put_run(row, area.left, _padded(sheet, below, area))
    else:
        for row in range(area.top, min(area.bottom, len(sheet.rows))):
            cells = sheet.rows[row]
            sheet.put_row(row, (*cells[: area.left], *cells[area.right :]))
    change = Delete(area.top, area.bottom) if rows else Delete(area.left, area.right)
    shift_merges(sheet, area, rows=rows, change=change)
    return {}


def merge_cells(batch: Batch, body: Json) -> Json:
    """Merges a block whole, by columns or by rows; only the first cell of each merge keeps its value."""
    sheet, area = batch.editable(body.get("range", {}))
    _drop_merges(sheet, area)
    kind = body.get("mergeType", "MERGE_ALL")
    for merge in _merges(area, kind):
        if (merge.bottom - merge.top) * (merge.right - merge.left) < 2:
            continue
        sheet.merges.append(merge)
        _keep_first(sheet, merge)
    return {}


def _merges(area: Area, kind: str) -> list[Area]:
    if kind == "MERGE_COLUMNS":
        return [Area(area.top, column, area.bottom, column + 1) for column in range(area.left, area.right)]
    if kind == "MERGE_ROWS":
        return [Area(row, area.left, row + 1, area.right) for row in range(area.top, area.bottom)]
    return [area]


def _drop_merges(sheet: Sheet, area: Area) -> None:
    """Takes away the merges in the block; one that lies only partly in it may not be touched."""
    if any(merge.meets(area) and not area.holds(merge) for merge in sheet.merges):
        raise Refused(_MERGED)
    sheet.merges = [merge for merge in sheet.merges if not area.holds(merge)]


def _keep_first(sheet: Sheet, area: Area) -> None:
    """The first value of the block goes to its first cell, the others go."""
    found = None
    for row in range(area.top, min(area.bottom, len(sheet.rows))):
        for column in range(area.left, area.right):
            cell = sheet.get(row, column)
            if cell is None or cell.value is None:
                continue
            found = found or cell
            emptied = cell._replace(value=None, runs=None, extra=None)
            sheet.put(row, column, None if emptied == EMPTY else emptied)
    if found is not None:
        first = sheet.get(area.top, area.left) or EMPTY
        sheet.put(area.top, area.left, first._replace(value=found.value, runs=found.runs, extra=found.extra))


def unmerge_cells(batch: Batch, body: Json) -> Json:
    sheet, area = batch.editable(body.get("range", {}))
    if "unmerging-nothing-refused" in batch.caller.quirks and not any(area.meets(m) for m in sheet.merges):
        raise Refused("There are no merged cells in the range.")
    _drop_merges(sheet, area)
    return {}


HANDLERS: dict[str, Handler] = {
    "sortRange": sort_range,
    "insertRange": insert_range,
    "deleteRange": delete_range,
    "mergeCells": merge_cells,
    "unmergeCells": unmerge_cells,
}
