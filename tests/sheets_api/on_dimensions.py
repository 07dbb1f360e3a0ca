"""Requests about rows and columns: insert, append, delete, move, their size and visibility, and their groups."""

from __future__ import annotations

from .batch import Batch, Handler, update_mask
from .book import Area, Sheet, without_zero_sheet
from .cells import EMPTY, Cell
from .errors import Json, Refused
from .following import Delete, Insert, Move, follow
from .masks import merge
from .viewing import COLUMN_PIXELS


def _range(batch: Batch, where: Json) -> tuple[Sheet, str, int, int, int]:
    """The sheet, dimension and ends that a DimensionRange names, and how many of the dimension there are."""
    dimension = where.get("dimension", "DIMENSION_UNSPECIFIED")
    if dimension == "DIMENSION_UNSPECIFIED":
        raise Refused("No dimension specified.")
    sheet = batch.sheet(where)
    count = sheet.dimension(dimension)[0]
    start, end = where.get("startIndex", 0), where.get("endIndex", count)
    if start < 0 or start >= end:
        raise Refused(f"range.startIndex[{start}] must be less than range.endIndex[{end}]")
    return sheet, dimension, start, end, count


def _across(sheet: Sheet, dimension: str, start: int, end: int) -> Area:
    """The cells of whole rows or columns."""
    if dimension == "ROWS":
        return Area(start, 0, end, sheet.column_count)
    return Area(0, start, sheet.row_count, end)


def _grow(batch: Batch, sheet: Sheet, dimension: str, by: int) -> None:
    if dimension == "ROWS":
        sheet.row_count += by
    else:
        sheet.column_count += by
    batch.book.check_size()


def insert_dimension(batch: Batch, body: Json) -> Json:
    sheet, dimension, start, end, count = _range(batch, body.get("range", {}))
    before = body.get("inheritFromBefore", False)
    if before and start == 0:
        raise Refused("range.startIndex[0] must be greater than 0 if inheritFromBefore is true.")
    if start > count or (start == count and not before):
        raise Refused(
            f"range.startIndex[{start}] must be less than the grid size ({count}) if inheritFromBefore is false."
        )
    if 0 < start < count:
        # Between two places of a protected range is within it; at its edge is not.
        batch.must_edit_between(sheet, _across(sheet, dimension, start - 1, start + 1))
    _grow(batch, sheet, dimension, end - start)
    follow(batch.book, sheet, dimension, Insert(start, end - start))
    _inherit(sheet, dimension, start - 1 if before else end, start, end)
    return {}


def _inherit(sheet: Sheet, dimension: str, source: int, start: int, end: int) -> None:
    """Gives new rows or columns the size, formats and validation of their neighbour."""
    properties = sheet.dimension(dimension)[1]
    size = properties.get(source, {}).get("pixelSize")
    for place in range(start, end):
        if size:
            properties[place] = {"pixelSize": size}
    if dimension == "ROWS":
        looks = [_look(cell) for cell in sheet.row(source)]
        if any(looks):
            for place in range(start, end):
                sheet.put_run(place, 0, list(looks))
        return
    for row, cells in enumerate(sheet.rows):
        look = _look(cells[source]) if source < len(cells) else None
        if look is not None:
            sheet.put_run(row, start, [look] * (end - start))


def _look(cell: Cell | None) -> Cell | None:
    look = Cell(format=cell.format, validation=cell.validation) if cell is not None else EMPTY
    return None if look == EMPTY else look


def append_dimension(batch: Batch, body: Json) -> Json:
    length = body.get("length", 0)
    if length < 1:
        raise Refused("length must be greater than 0.")
    dimension = body.get("dimension", "DIMENSION_UNSPECIFIED")
    if dimension == "DIMENSION_UNSPECIFIED":
        raise Refused("No dimension specified.")
    _grow(batch, batch.sheet(body), dimension, length)
    return {}


def delete_dimension(batch: Batch, body: Json) -> Json:
    sheet, dimension, start, end, count = _range(batch, body.get("range", {}))
    one = "row" if dimension == "ROWS" else "column"
    if end > count:
        missing = max(start, count)
        raise Refused(
            f"Cannot delete a {one} that doesn't exist. Tried to delete {one} index {missing} but there are "
            f"only {count} {one}s."
        )
    if end - start == count:
        raise Refused(f"You can't delete all the {one}s on the sheet.")
    name = "frozenRowCount" if dimension == "ROWS" else "frozenColumnCount"
    frozen = sheet.properties["gridProperties"].get(name, 0)
    if frozen and start <= frozen and end == count:
        raise Refused(f"Sorry, it is not possible to delete all non-frozen {one}s.")
    batch.must_edit(sheet, _across(sheet, dimension, start, end))
    named = batch.book.named_ranges
    follow(batch.book, sheet, dimension, Delete(start, end))
    if "lost-names-stay-lost" in batch.caller.quirks:
        kept = {entry["namedRangeId"] for entry in batch.book.named_ranges}
        lost = [{k: v for k, v in old.items() if k != "range"} for old in named if old["namedRangeId"] not in kept]
        batch.book.named_ranges = [*batch.book.named_ranges, *lost]
    _grow(batch, sheet, dimension, start - end)
    left = frozen - max(0, min(frozen, end) - start)
    if left != frozen:
        grid = {**sheet.properties["gridProperties"], name: left}
        sheet.properties = {**sheet.properties, "gridProperties": {k: v for k, v in grid.items() if v}}
    return {}


def move_dimension(batch: Batch, body: Json) -> Json:
    sheet, dimension, start, end, count = _range(batch, body.get("source", {}))
    to = body.get("destinationIndex", 0)
    if end > count or to > count or to < 0:
        raise Refused(f"Cannot move beyond the grid size ({count}).")
    if start < to < end:
        raise Refused("The destination must not be within the source.")
    batch.must_edit(sheet, _across(sheet, dimension, start, end))
    if to not in (start, end):
        follow(batch.book, sheet, dimension, Move(start, end, to))
    return {}


def update_dimension_properties(batch: Batch, body: Json) -> Json:
    sheet, dimension, start, end, count = _range(batch, body.get("range", {}))
    mask = update_mask(body.get("fields", ""), "DimensionProperties")
    if end > count:
        raise Refused(f"range.endIndex[{end}] is beyond the grid size ({count}).")
    properties = sheet.dimension(dimension)[1]
    for place in range(start, end):
        merged = merge(properties.get(place), body.get("properties"), mask)
        properties[place] = {name: value for name, value in merged.items() if value}
    return {}


def auto_resize_dimensions(batch: Batch, body: Json) -> Json:
    """Makes columns as wide as their longest text. The width of a letter is a guess: Google measures the font."""
    sheet, dimension, start, end, _ = _range(batch, body.get("dimensions", {}))
    if dimension == "ROWS":
        return {}
    view = batch.view()
    for column in range(start, min(end, sheet.column_count)):
        longest = max((len(view.shown(sheet, row, column)) for row in range(len(sheet.rows))), default=0)
        width = max(21, 7 * longest + 7) if longest else COLUMN_PIXELS
        sheet.column_properties[column] = {**sheet.column_properties.get(column, {}), "pixelSize": width}
    return {}


def _groups(sheet: Sheet, dimension: str) -> str:
    return "row_groups" if dimension == "ROWS" else "column_groups"


def add_dimension_group(batch: Batch, body: Json) -> Json:
    """Adds one to the depth of the range; groups are then what is left of the depths of all places."""
    sheet, dimension, start, end, _ = _range(batch, body.get("range", {}))
    name = _groups(sheet, dimension)
    depths = _depths(getattr(sheet, name))
    for place in range(start, end):
        depths[place] = depths.get(place, 0) + 1
    setattr(sheet, name, _from_depths(sheet, dimension, depths))
    control = "rowGroupControlAfter" if dimension == "ROWS" else "columnGroupControlAfter"
    grid = {**sheet.properties["gridProperties"], control: True}
    sheet.properties = {**sheet.properties, "gridProperties": grid}
    return {"dimensionGroups": getattr(sheet, name)}


def delete_dimension_group(batch: Batch, body: Json) -> Json:
    sheet, dimension, start, end, _ = _range(batch, body.get("range", {}))
    name = _groups(sheet, dimension)
    depths = _depths(getattr(sheet, name))
    if not any(depths.get(place) for place in range(start, end)):
        raise Refused("Cannot delete a dimension group that does not exist.")
    for place in range(start, end):
        depths[place] = max(0, depths.get(place, 0) - 1)
    left = _from_depths(sheet, dimension, depths)
    setattr(sheet, name, left)
    return {"dimensionGroups": left} if left else {}


def _depths(groups: list[Json]) -> dict[int, int]:
    depths: dict[int, int] = {}
    for group in groups:
        for place in range(group["range"]["startIndex"], group["range"]["endIndex"]):
            depths[place] = max(depths.get(place, 0), group["depth"])
    return depths


def _from_depths(sheet: Sheet, dimension: str, depths: dict[int, int]) -> list[Json]:
    """One group for each run of places at least so deep, the outer before the inner."""
    groups = []
    for depth in range(1, max(depths.values(), default=0) + 1):
        deep = sorted(place for place, at in depths.items() if at >= depth)
        start = None
        for order, place in enumerate(deep):
            if start is None:
                start = place
            if order + 1 == len(deep) or deep[order + 1] != place + 1:
                where = {"dimension": dimension, "startIndex": start, "endIndex": place + 1}
                groups.append({"range": without_zero_sheet({"sheetId": sheet.id, **where}), "depth": depth})
                start = None
    return groups


def update_dimension_group(batch: Batch, body: Json) -> Json:
    given = body.get("dimensionGroup", {})
    sheet, dimension, start, end, _ = _range(batch, given.get("range", {}))
    if not update_mask(body.get("fields", ""), "DimensionGroup").keys() & {"collapsed", "*"}:
        raise Refused("Only collapsed can be updated.")
    name = _groups(sheet, dimension)
    wanted = (start, end, given.get("depth", 1))
    result, found = [], False
    for group in getattr(sheet, name):
        if (group["range"]["startIndex"], group["range"]["endIndex"], group["depth"]) == wanted:
            found = True
            merged = merge(group, {"collapsed": given.get("collapsed")}, {"collapsed": {}})
            result.append({k: v for k, v in merged.items() if v})
        else:
            result.append(group)
    if not found:
        raise Refused("No dimension group with that range and depth.")
    setattr(sheet, name, result)
    properties = sheet.dimension(dimension)[1]
    for place in range(start, end):
        kept = {key: value for key, value in properties.get(place, {}).items() if key != "hiddenByUser"}
        properties[place] = {**kept, "hiddenByUser": True} if given.get("collapsed") else kept
    return {}


HANDLERS: dict[str, Handler] = {
    "insertDimension": insert_dimension,
    "appendDimension": append_dimension,
    "deleteDimension": delete_dimension,
    "moveDimension": move_dimension,
    "updateDimensionProperties": update_dimension_properties,
    "autoResizeDimensions": auto_resize_dimensions,
    "addDimensionGroup": add_dimension_group,
    "deleteDimensionGroup": delete_dimension_group,
    "updateDimensionGroup": update_dimension_group,
}
