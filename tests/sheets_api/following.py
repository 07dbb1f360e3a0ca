"""What happens to everything that has a place when rows or columns are inserted, deleted or moved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from .book import Area, Book, Sheet
from .errors import Json
from .references import following
from .rewriting import rewrite_all

Ends = tuple[int, int]
_GRID_RANGE = {"sheetId", "startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex"}
_COORDINATE = {"sheetId", "rowIndex", "columnIndex"}
_LISTS = ("protected_ranges", "conditional_formats", "banded_ranges", "filter_views", "charts")
GONE = object()


class Insert(NamedTuple):
    """`number` new places before place `at`."""

    at: int
    number: int

    def place(self, old: int) -> int | None:
        return old + self.number if old >= self.at else old

    def ends(self, start: int, end: int) -> Ends | None:
        return self.place(start), self.place(end - 1) + 1  # type: ignore[operator, return-value]


class Delete(NamedTuple):
    """The places from `start` to before `end` are gone."""

    start: int
    end: int

    def place(self, old: int) -> int | None:
        if self.start <= old < self.end:
            return None
        return old - (self.end - self.start) if old >= self.end else old

    def ends(self, start: int, end: int) -> Ends | None:
        gone = self.end - self.start
        start = start if start <= self.start else max(self.start, start - gone)
        end = end if end <= self.start else max(self.start, end - gone)
        return (start, end) if start < end else None


class Move(NamedTuple):
    """The places from `start` to before `end` go before place `to`, counted as before the move."""

    start: int
    end: int
    to: int

    def place(self, old: int) -> int:
        count = self.end - self.start
        if self.start <= old < self.end:
            return old + (self.to - self.end if self.to > self.end else self.to - self.start)
        if self.end <= old < self.to:
            return old - count
        if self.to <= old < self.start:
            return old + count
        return old

    def ends(self, start: int, end: int) -> Ends | None:
        """A range that moves whole goes along; any other loses what leaves it and grows by what lands within."""
        if self.start <= start and end <= self.end:
            return self.place(start), self.place(end - 1) + 1
        left = Delete(self.start, self.end).ends(start, end)
        if left is None:
            return None
        count = self.end - self.start
        return Insert(self.to - count if self.to >= self.end else self.to, count).ends(*left)


Change = Insert | Delete | Move


def follow(book: Book, sheet: Sheet, dimension: str, change: Change) -> None:
    """Lets everything on the sheet follow a change of its rows or columns, the cells too."""
    if dimension == "ROWS":
        sheet.rows = _reordered(sheet.rows, change, ())
        sheet.row_properties = _places(sheet.row_properties, change)
        sheet.row_groups = _dimension_groups(sheet.row_groups, change)
    else:
        sheet.rows = [tuple(_reordered(list(row), change, None)) for row in sheet.rows]
        sheet.column_properties = _places(sheet.column_properties, change)
        sheet.column_groups = _dimension_groups(sheet.column_groups, change)
    sheet.merges = [area for old in sheet.merges if (area := _area(old, dimension, change)) is not None]
    for name in _LISTS:
        setattr(sheet, name, _all_follow(getattr(sheet, name), sheet.id, dimension, change))
    if sheet.basic_filter is not None:
        followed = _value(sheet.basic_filter, sheet.id, dimension, change)
        sheet.basic_filter = None if followed is GONE else followed
    book.named_ranges = _all_follow(book.named_ranges, sheet.id, dimension, change)
    rewrite_all(book, lambda other: following(other.title, sheet.title, dimension, change.ends))
    book.metadata = [entry for old in book.metadata if (entry := _entry(old, sheet.id, dimension, change)) is not None]


def _reordered(items: list[Any], change: Change, empty: Any) -> list[Any]:
    """The items at their new places, without the empty ones at the end."""
    if isinstance(change, Insert):
        if change.at < len(items):
            items = [*items[: change.at], *[empty] * change.number, *items[change.at :]]
    elif isinstance(change, Delete):
        items = [*items[: change.start], *items[change.end :]]
    else:
        padded = [*items, *[empty] * (max(change.end, change.to) - len(items))]
        block = padded[change.start : change.end]
        if change.to >= change.end:
            items = [*padded[: change.start], *padded[change.end : change.to], *block, *padded[change.to :]]
        else:
            items = [*padded[: change.to], *block, *padded[change.to : change.start], *padded[change.end :]]
    while items and items[-1] == empty:
        items.pop()
    return items


def _places(properties: dict[int, Json], change: Change) -> dict[int, Json]:
    return {new: value for old, value in properties.items() if (new := change.place(old)) is not None}


def _dimension_groups(groups: list[Json], change: Change) -> list[Json]:
    result = []
    for group in groups:
        ends = change.ends(group["range"]["startIndex"], group["range"]["endIndex"])
        if ends is not None:
            where = {**group["range"], "startIndex": ends[0], "endIndex": ends[1]}
            result.append({**group, "range": where})
    return result


def _area(area: Area, dimension: str, change: Change) -> Area | None:
    if dimension == "ROWS":
        ends = change.ends(area.top, area.bottom)
        return None if ends is None else Area(ends[0], area.left, ends[1], area.right)
    ends = change.ends(area.left, area.right)
    return None if ends is None else Area(area.top, ends[0], area.bottom, ends[1])


def shift_merges(sheet: Sheet, area: Area, *, rows: bool, change: Change) -> None:
    """Merges that lie in the lane in which cells were pushed or drawn go along with them."""
    result = []
    for merge in sheet.merges:
        if rows:
            within = area.left <= merge.left and merge.right <= area.right and merge.bottom > area.top
        else:
            within = area.top <= merge.top and merge.bottom <= area.bottom and merge.right > area.left
        moved = _area(merge, "ROWS" if rows else "COLUMNS", change) if within else merge
        if moved is not None:
            result.append(moved)
    sheet.merges = result


def _all_follow(items: Iterable[Json], sheet_id: int, dimension: str, change: Change) -> list[Json]:
    followed = (_value(item, sheet_id, dimension, change) for item in items)
    return [item for item in followed if item is not GONE]


def _value(value: Any, sheet_id: int, dimension: str, change: Change) -> Any:
    """Any JSON with the GridRanges in it moved; GONE where the one it stands on has no cells left."""
    if isinstance(value, list):
        items = [_value(item, sheet_id, dimension, change) for item in value]
        left = [item for item in items if item is not GONE]
        return GONE if items and not left else left
    if not isinstance(value, dict):
        return value
    if value.keys() & {"rowIndex", "columnIndex"} and set(value) <= _COORDINATE:
        return _coordinate(value, sheet_id, dimension, change)
    if value and set(value) <= _GRID_RANGE and set(value) != {"sheetId"}:
        return _grid_range(value, sheet_id, dimension, change)
    result = {}
    for name, item in value.items():
        followed = _value(item, sheet_id, dimension, change)
        if followed is not GONE:
            result[name] = followed
        elif name in ("range", "ranges"):
            return GONE
    return result


def _coordinate(cell: Json, sheet_id: int, dimension: str, change: Change) -> Json:
    """The cell to which a chart is pinned; when that goes, the chart stays where it was."""
    name = "rowIndex" if dimension == "ROWS" else "columnIndex"
    if cell.get("sheetId", 0) != sheet_id or name not in cell:
        return cell
    place = change.place(cell[name])
    return cell if place is None else {**cell, name: place}


def _grid_range(grid_range: Json, sheet_id: int, dimension: str, change: Change) -> Any:
    if grid_range.get("sheetId", 0) != sheet_id:
        return grid_range
    start_name, end_name = (
        ("startRowIndex", "endRowIndex") if dimension == "ROWS" else ("startColumnIndex", "endColumnIndex")
    )
    start, end = grid_range.get(start_name), grid_range.get(end_name)
    ends = change.ends(start or 0, end if end is not None else 2**31)
    if ends is None:
        return GONE
    result = dict(grid_range)
    if start is not None:
        result[start_name] = ends[0]
    if end is not None:
        result[end_name] = ends[1]
    return result


def _entry(entry: Json, sheet_id: int, dimension: str, change: Change) -> Json | None:
    """Developer metadata on a row or column: it goes where that goes, and dies with it."""
    where = entry["location"].get("dimensionRange")
    if not where or where.get("sheetId", 0) != sheet_id or where["dimension"] != dimension:
        return entry
    place = change.place(where["startIndex"])
    if place is None:
        return None
    moved = {**where, "startIndex": place, "endIndex": place + 1}
    return {**entry, "location": {**entry["location"], "dimensionRange": moved}}
