"""`values:append`: finding the table in a range, and the first free row below it."""

from __future__ import annotations

from typing import Any

from .batch import Batch
from .book import Area, Sheet
from .errors import Json
from .following import Insert, follow
from .resolving import resolve, written_span
from .values import as_rows, write


def append(batch: Batch, text: str, body: Json, option: str, options: Json) -> Json:
    sheet, area = resolve(batch.book, text)
    rows: list[list[Any]] = as_rows(body)
    table = find_table(sheet, area)
    start = Area(area.top, area.left, area.bottom, area.right)
    if table is not None:
        start = Area(table.bottom, table.left, table.bottom + 1, table.right)
    if options.get("insertDataOption") == "INSERT_ROWS" and rows and start.top < sheet.row_count:
        follow(batch.book, sheet, "ROWS", Insert(start.top, len(rows)))
        sheet.row_count += len(rows)
    result: Json = {} if table is None else {"tableRange": written_span(sheet, table)}
    result["updates"] = write(batch, sheet, start, rows, option, options)
    return result


def find_table(sheet: Sheet, area: Area) -> Area | None:
    """The last block of cells with values, bounded by empty rows and columns, that the range touches."""
    tables = [table for table in _tables(sheet) if table.meets(area)]
    return max(tables, key=lambda table: (table.bottom, table.right), default=None)


def _tables(sheet: Sheet) -> list[Area]:
    """Every block of cells with values. Blocks that touch, corners included, are one.

    Rows are taken from top to bottom; the runs of filled cells of each join the blocks that reach the row above."""
    closed: list[Area] = []
    open_blocks: list[Area] = []
    for row, cells in enumerate(sheet.rows):
        blocks = [block for block in open_blocks if block.bottom >= row]
        closed.extend(block for block in open_blocks if block.bottom < row)
        for left, right in _runs(cells):
            blocks.append(Area(row, left, row + 1, right))
        open_blocks = _joined(blocks)
    return closed + open_blocks


def _runs(cells: tuple[Any, ...]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column, cell in enumerate(cells):
        if cell is None or cell.value is None:
            continue
        if runs and runs[-1][1] == column:
            runs[-1] = (runs[-1][0], column + 1)
        else:
            runs.append((column, column + 1))
    return runs


def _joined(blocks: list[Area]) -> list[Area]:
    """The blocks with those that touch made into the one rectangle around them, until none touch."""
    result: list[Area] = []
    for block in blocks:
        current = block
        while touching := [other for other in result if _touch(other, current)]:
            result = [other for other in result if other not in touching]
            for other in touching:
                current = Area(
                    min(current.top, other.top),
                    min(current.left, other.left),
                    max(current.bottom, other.bottom),
                    max(current.right, other.right),
                )
        result.append(current)
    return result


def _touch(one: Area, other: Area) -> bool:
    return one.top <= other.bottom and other.top <= one.bottom and one.left <= other.right and other.left <= one.right
