"""The contents of one spreadsheet at one moment, cheap to copy so that a batch can be thrown away whole.

Cells are immutable, rows are tuples of cells, and every JSON object in here is replaced and never changed in place.
A draft therefore copies only the lists: of sheets, of rows, and of what lies on them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .cells import Cell, Formula
from .errors import Json, Refused

MAX_CELLS = 10_000_000
TOO_MANY_CELLS = "This action would increase the number of cells in the workbook above the limit of 10000000 cells."
Row = tuple[Cell | None, ...]


class Area(NamedTuple):
    """A block of cells, zero-based and half open, with no open ends left."""

    top: int
    left: int
    bottom: int
    right: int

    def meets(self, other: Area) -> bool:
        return (
            self.top < other.bottom and other.top < self.bottom and self.left < other.right and other.left < self.right
        )

    def holds(self, other: Area) -> bool:
        return (
            self.top <= other.top
            and other.bottom <= self.bottom
            and self.left <= other.left
            and other.right <= self.right
        )


@dataclass
class Sheet:
    """One tab. `rows` is as long as the last row with something in it, each row as its last such cell."""

    id: int
    properties: Json
    """SheetProperties without sheetId, index and the two counts of the grid."""
    row_count: int
    column_count: int
    rows: list[Row] = field(default_factory=list)
    row_properties: dict[int, Json] = field(default_factory=dict)
    column_properties: dict[int, Json] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    protected_ranges: list[Json] = field(default_factory=list)
    conditional_formats: list[Json] = field(default_factory=list)
    banded_ranges: list[Json] = field(default_factory=list)
    tables: list[Json] = field(default_factory=list)
    """Tables that a person made: shown, and otherwise without effect here."""
    filter_views: list[Json] = field(default_factory=list)
    basic_filter: Json | None = None
    row_groups: list[Json] = field(default_factory=list)
    column_groups: list[Json] = field(default_factory=list)
    charts: list[Json] = field(default_factory=list)
    has_references: bool = False
    """Whether a formula or a validation rule has ever been put here, so that there may be something to rewrite."""

    @property
    def title(self) -> str:
        title: str = self.properties["title"]
        return title

    @property
    def area(self) -> Area:
        return Area(0, 0, self.row_count, self.column_count)

    def draft(self) -> Sheet:
        """A copy that can be changed without the original noticing."""
        twin = copy.copy(self)
        for name, value in vars(self).items():
            if isinstance(value, list | dict):
                setattr(twin, name, value.copy())
        return twin

    def get(self, row: int, column: int) -> Cell | None:
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def row(self, row: int) -> Row:
        return self.rows[row] if row < len(self.rows) else ()

    def put(self, row: int, column: int, cell: Cell | None) -> None:
        self.put_run(row, column, [cell])

    def put_run(self, row: int, column: int, cells: Sequence[Cell | None]) -> None:
        """Puts cells side by side into one row."""
        self.put_row(row, _with_run(self.row(row), column, cells))

    def change(self, area: Area, rows: Iterable[int], change: Callable[[Cell | None], Cell | None]) -> None:
        """Makes each cell anew in these rows of a block. Most rows of a new tab are one and the same, and so are most cells:
        each is made anew once."""
        cells: dict[int, tuple[Cell | None, Cell | None]] = {}
        made: dict[int, tuple[Row, Row]] = {}

        def anew(cell: Cell | None) -> Cell | None:
            if id(cell) not in cells:
                cells[id(cell)] = (cell, change(cell))
            return cells[id(cell)][1]

        for row in rows:
            old = self.row(row)
            if id(old) not in made:
                run = old[area.left : area.right]
                gap = (None,) * (area.right - area.left - len(run))
                made[id(old)] = (old, _with_run(old, area.left, [anew(cell) for cell in (*run, *gap)]))
            self.put_row(row, made[id(old)][1])

    def put_row(self, row: int, cells: Row) -> None:
        end = len(cells)
        while end and cells[end - 1] is None:
            end -= 1
        if row >= len(self.rows):
            if not end:
                return
            self.rows.extend(() for _ in range(row + 1 - len(self.rows)))
        self.rows[row] = cells[:end]
        if not self.has_references:
            self.has_references = any(
                cell is not None and (cell.validation is not None or isinstance(cell.value, Formula)) for cell in cells
            )
        while self.rows and not self.rows[-1]:
            self.rows.pop()

    def dimension(self, dimension: str) -> tuple[int, dict[int, Json]]:
        """How many rows (or columns) there are, and the properties of those that have any."""
        if dimension == "COLUMNS":
            return self.column_count, self.column_properties
        return self.row_count, self.row_properties

    def last_row_with_data(self) -> int:
        """The number of rows down to the last one that holds a value."""
        for place in range(len(self.rows) - 1, -1, -1):
            if any(cell is not None and cell.value is not None for cell in self.rows[place]):
                return place + 1
        return 0


def _with_run(row: Row, column: int, cells: Sequence[Cell | None]) -> Row:
    """The row with these cells side by side, up to the last in which there is something."""
    new = (*row[:column], *(None,) * (column - len(row)), *cells, *row[column + len(cells) :])
    end = len(new)
    while end and new[end - 1] is None:
        end -= 1
    return new[:end]


@dataclass
class Book:
    """A whole spreadsheet: its sheets in the order of the tabs, and what belongs to no one sheet."""

    properties: Json
    sheets: list[Sheet]
    named_ranges: list[Json] = field(default_factory=list)
    metadata: list[Json] = field(default_factory=list)
    """Every DeveloperMetadata, wherever it hangs; `location` says where."""

    def draft(self) -> Book:
        return Book(
            dict(self.properties),
            [sheet.draft() for sheet in self.sheets],
            list(self.named_ranges),
            list(self.metadata),
        )

    def sheet(self, sheet_id: int, what: str = "grid") -> Sheet:
        for sheet in self.sheets:
            if sheet.id == sheet_id:
                return sheet
        raise Refused(f"No {what} with id: {sheet_id}")

    def titled(self, title: str) -> Sheet | None:
        """The sheet of that title. Google takes no notice of upper and lower case in it."""
        wanted = title.casefold()
        return next((sheet for sheet in self.sheets if sheet.title.casefold() == wanted), None)

    def check_size(self) -> None:
        if sum(sheet.row_count * sheet.column_count for sheet in self.sheets) > MAX_CELLS:
            raise Refused(TOO_MANY_CELLS)


def area_of(sheet: Sheet, grid_range: Json) -> Area:
    """The block that a GridRange names, its open ends at the edge of the grid; refused where it is not in the grid."""
    top, bottom = _ends(grid_range, "Row", "row", sheet.row_count)
    left, right = _ends(grid_range, "Column", "column", sheet.column_count)
    return Area(top, left, bottom, right)


def _ends(grid_range: Json, name: str, word: str, count: int) -> tuple[int, int]:
    start = grid_range.get(f"start{name}Index", 0)
    end = grid_range.get(f"end{name}Index", count)
    if start < 0 or end < 0:
        raise Refused(f"GridRange.start{name}Index and end{name}Index must not be negative.")
    if start >= end and (f"end{name}Index" in grid_range or start >= count):
        if start >= count:
            raise Refused(f"GridRange.start{name}Index[{start}] is after last {word} in grid[{count}]")
        raise Refused(f"GridRange.end{name}Index[{end}] must be after GridRange.start{name}Index[{start}]")
    if end > count:
        raise Refused(f"GridRange.end{name}Index[{end}] is after last {word} in grid[{count}]")
    return start, end


def grid_range_of(sheet_id: int, area: Area) -> Json:
    """The GridRange of a block, as Google writes it: sheet 0 goes without saying."""
    return {
        **({"sheetId": sheet_id} if sheet_id else {}),
        "startRowIndex": area.top,
        "endRowIndex": area.bottom,
        "startColumnIndex": area.left,
        "endColumnIndex": area.right,
    }


def without_zero_sheet(grid_range: Json) -> Json:
    """A GridRange or DimensionRange as Google writes it back."""
    return {name: value for name, value in grid_range.items() if name != "sheetId" or value}


def new_sheet(sheet_id: int, title: str, rows: int = 1000, columns: int = 26) -> Sheet:
    return Sheet(sheet_id, {"title": title, "sheetType": "GRID", "gridProperties": {}}, rows, columns)
