"""What people do to whole columns and rows of a Register, right and wrong, as functions from its lines to its lines.

A line has its cells by column key, the number among them; the numbered lines that still wait are the last ones.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from automation.ledger.workbook import Cell, Grid
from sheet_schema import REGISTER
from tests.support import workbook_homes as homes

Line = dict[str, object]
Lines = Sequence[Line]
Edit = Callable[[Lines], Lines]


def do(path: Path, edit: Edit) -> Edit:
    """Do this to the Register of the ledger, and save. Returns what undoes it."""
    rows = homes.shown_in(path, "登记")
    cells, before = changed(rows, edit)
    homes.type_cells(path, "登记", cells)
    return lambda _: before


def done(grid: Grid, edit: Edit) -> Grid:
    """The Register once this was done to it."""
    cells, _ = changed(grid.rows, edit)
    rows = [list(row) for row in grid.rows]
    for (row, column), value in cells.items():
        rows[row - 1].extend([""] * (column - len(rows[row - 1])))
        rows[row - 1][column - 1] = value
    return replace(grid, rows=rows)


def changed(rows: Sequence[Sequence[object]], edit: Edit) -> tuple[Mapping[tuple[int, int], Cell], Lines]:
    """The cells that this changes, by row and column; and the lines as they were."""
    at = {REGISTER_LABELS[name]: i for i, name in enumerate(rows[0]) if name in REGISTER_LABELS}
    before = [{key: _value(row, i) for key, i in at.items()} for row in rows[1:]]
    cells: dict[tuple[int, int], Cell] = {
        (row, at[key] + 1): "" if value is None else value  # type: ignore[misc]
        for row, (old, new) in enumerate(zip(before, edit(before), strict=True), start=2)
        for key, value in new.items()
        if value != old[key]
    }
    return cells, before


def _value(row: Sequence[object], at: int) -> object:
    """What stands there; None for a blank cell, also one beyond the end of its row."""
    value = row[at] if at < len(row) else ""
    return None if value == "" else value


REGISTER_LABELS: Mapping[object, str] = {column.label("zh"): column.key for column in REGISTER}


def sorted_alone(*keys: str, by: str = "", down: bool = False, rows: slice = slice(None)) -> Edit:
    """Sort these columns and no others, by the first of them or `by`, as a spreadsheet does: blank cells come last."""

    def edit(lines: Lines) -> Lines:
        leading = by or keys[0]
        part = lines[rows]
        order = sorted(part, key=lambda line: _order(line[leading]), reverse=down)
        order = [line for line in order if line[leading] is not None] + [
            line for line in order if line[leading] is None
        ]
        moved = [{**line, **{key: there[key] for key in keys}} for line, there in zip(part, order, strict=True)]
        return [*lines[: rows.start or 0], *moved, *lines[rows.stop or len(lines) :]]

    return edit


def _order(value: object) -> tuple[str, str]:
    return type(value).__name__, value.isoformat() if isinstance(value, date | datetime) else str(value)


def sorted_whole(by: str) -> Edit:
    """Sort whole rows, numbers and all."""
    return sorted_alone(*REGISTER.keys, by=by)


def permuted(key: str, order: Sequence[int]) -> Edit:
    """Put this column's cells into another order."""

    def edit(lines: Lines) -> Lines:
        cells = [lines[there][key] for there in order]
        return [*({**line, key: cell} for line, cell in zip(lines, cells, strict=False)), *lines[len(cells) :]]

    return edit


def shifted(key: str, by: int, start: int = 0) -> Edit:
    """Insert (1) or delete (-1) a cell within a column, from this line on: the others move."""

    def edit(lines: Lines) -> Lines:
        cells = [line[key] for line in lines]
        cells = [*cells[:start], None, *cells[start:-1]] if by > 0 else cells[:start] + cells[start + 1 :] + [None]
        return [{**line, key: cell} for line, cell in zip(lines, cells, strict=True)]

    return edit


def swapped(key: str, *pairs: tuple[int, int]) -> Edit:
    """Swap single cells of a column."""
    order = {one: other for pair in pairs for one, other in (pair, pair[::-1])}
    return lambda lines: permuted(key, [order.get(at, at) for at in range(len(lines))])(lines)


def filled(key: str, value: object, at: Collection[int] | None = None, *, blank: bool = False) -> Edit:
    """Type this value into these lines of a column, or only into its blank cells."""

    def wanted(i: int, line: Line) -> bool:
        return _is_case(line) and (at is None or i in at) and not (blank and line[key] is not None)

    return lambda lines: [{**line, key: value} if wanted(i, line) else line for i, line in enumerate(lines)]


def typed(key: str, cells: Mapping[int, object]) -> Edit:
    """Type these cells of a column, by line."""
    return lambda lines: [{**line, key: cells.get(i, line[key])} for i, line in enumerate(lines)]


def replaced(key: str, words: Mapping[object, object]) -> Edit:
    """Find and replace: in texts the word, elsewhere the whole cell; all at once."""

    def new(cell: object) -> object:
        if cell in words:
            return words[cell]
        for old, word in words.items():
            if isinstance(cell, str) and str(old) in cell:
                return cell.replace(str(old), str(word))
        return cell

    return lambda lines: [{**line, key: new(line[key])} for line in lines]


def copied(source: Sequence[int], target: Sequence[int], *keys: str) -> Edit:
    """Copy these columns of some lines over those of others."""

    def edit(lines: Lines) -> Lines:
        taken = dict(zip(target, source, strict=True))
        return [
            {**line, **{key: lines[taken[i]][key] for key in keys}} if i in taken else line
            for i, line in enumerate(lines)
        ]

    return edit


def added(*cases: Line) -> Edit:
    """Type or paste these cases into the first lines that wait."""

    def edit(lines: Lines) -> Lines:
        free = [i for i, line in enumerate(lines) if not _is_case(line)]
        taken = dict(zip(free, cases, strict=False))
        return [{**line, **taken.get(i, {})} for i, line in enumerate(lines)]

    return edit


def _is_case(line: Line) -> bool:
    return any(line[key] is not None for key in REGISTER.staff_keys)


def in_turn(*edits: Edit) -> Edit:
    """One after the other, before the next run."""

    def edit(lines: Lines) -> Lines:
        for one in edits:
            lines = one(lines)
        return lines

    return edit
