"""The tabs of a workbook as they will be once edits are written, in memory."""

from __future__ import annotations

from collections.abc import Sequence

from automation.ledger.workbook import Grid, Snapshot, TabEdit


def applied(snapshot: Snapshot, edits: Sequence[TabEdit]) -> dict[str, Grid]:
    """The tabs as they will be after these edits."""
    grids = dict(snapshot.grids)
    for edit in edits:
        rows = [list(row) for row in grids[edit.title].rows]
        for column in edit.columns:
            for row, value in zip(column.rows, column.values, strict=True):
                while len(rows) < row:
                    rows.append([])
                line = rows[row - 1]
                line += [""] * (column.column - len(line))
                line[column.column - 1] = value
        grids[edit.title] = Grid(edit.title, rows)
    return grids
