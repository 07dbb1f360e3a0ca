"""What a job has to write on a page: only the cells that differ from what they should be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from automation.ledger.marks import mark
from automation.ledger.workbook import Cell, ColumnEdit, TabEdit
from automation.pages.page import Place


def page_edit(title: str, read: Sequence[Sequence[Cell]], wanted: Mapping[Place, Cell]) -> TabEdit | None:
    """The edit that gives the cells of tab `title` their `wanted` values; None if they have them already. `read` are
    the tab's rows as read. A moment counts as equal whether the workbook gave it as a moment or as a number."""
    columns: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(wanted.items()):
        line = read[row - 1] if row <= len(read) else ()
        current = line[column - 1] if column <= len(line) else ""
        if mark(current) != mark(cell):
            columns.setdefault(column, {})[row] = cell
    if not columns:
        return None
    return TabEdit(title, tuple(ColumnEdit(column, [*cells], [*cells.values()]) for column, cells in columns.items()))
