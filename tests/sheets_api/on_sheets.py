"""Requests about whole sheets and the spreadsheet's own properties."""

from __future__ import annotations

from typing import Any

from .batch import Batch, Handler, update_mask
from .book import Area, Book, Sheet, new_sheet
from .cells import with_both_colours
from .errors import Json, Refused
from .following import Delete, follow
from .masks import merge
from .references import renaming
from .rewriting import rewrite_all
from .viewing import sheet_properties

_PLACED = ("sheetId", "index", "title", "sheetType", "gridProperties")


def add_sheet(batch: Batch, body: Json) -> Json:
    properties = body.get("properties", {})
    taken = {sheet.id for sheet in batch.book.sheets}
    sheet_id = properties.get("sheetId")
    if sheet_id is None:
        sheet_id = batch.new_id(taken)
    elif sheet_id in taken:
        raise Refused(f"A sheet with id {sheet_id} already exists. Please enter another id.")
    elif sheet_id < 0:
        raise Refused("sheetId must not be negative.")
    if properties.get("sheetType", "GRID") != "GRID":
        raise Refused("Only sheets of type GRID can be added.")
    grid = properties.get("gridProperties", {})
    title = properties.get("title") or _free_title(batch.book)
    sheet = new_sheet(sheet_id, title, grid.get("rowCount", 1000), grid.get("columnCount", 26))
    _check_title(batch, sheet, title)
    if sheet.row_count < 1 or sheet.column_count < 1:
        raise Refused("A grid must have at least one row and one column.")
    place = min(properties.get("index", len(batch.book.sheets)), len(batch.book.sheets))
    batch.book.sheets.insert(place, sheet)
    _set_properties(batch, sheet, properties, {k: {} for k in properties if k not in ("sheetId", "index", "title")})
    batch.book.check_size()
    return {"properties": sheet_properties(batch.book, sheet)}


def _free_title(book: Book) -> str:
    number = len(book.sheets) + 1
    while book.titled(f"Sheet{number}") is not None:
        number += 1
    return f"Sheet{number}"


def _check_title(batch: Batch, sheet: Sheet, title: str) -> None:
    other = batch.book.titled(title)
    if other is not None and other is not sheet and "duplicate-sheet-title-allowed" not in batch.caller.quirks:
        raise Refused(f'A sheet with the name "{title}" already exists. Please enter another name.')
    if not title or len(title) > 100:
        raise Refused("The sheet name must have between 1 and 100 characters.")


def delete_sheet(batch: Batch, body: Json) -> Json:
    sheet = batch.book.sheet(body.get("sheetId", 0), "sheet")
    batch.must_edit_sheet(sheet)
    left = [other for other in batch.book.sheets if other is not sheet]
    if not left:
        raise Refused("You can't remove all the sheets in a document.")
    if all(other.properties.get("hidden") for other in left):
        raise Refused("You can't remove all the visible sheets in a document.")
    batch.book.sheets = left
    rewrite_all(batch.book, lambda _: renaming(sheet.title, None))
    batch.book.named_ranges = [
        entry for entry in batch.book.named_ranges if entry["range"].get("sheetId", 0) != sheet.id
    ]
    batch.book.metadata = [entry for entry in batch.book.metadata if _sheet_of(entry) != sheet.id]
    return {}


def _sheet_of(entry: Json) -> Any:
    """The id of the sheet on which developer metadata hangs; None for the spreadsheet's own."""
    location = entry["location"]
    if "dimensionRange" in location:
        return location["dimensionRange"].get("sheetId", 0)
    return location.get("sheetId")


def update_sheet_properties(batch: Batch, body: Json) -> Json:
    properties = body.get("properties", {})
    sheet = batch.book.sheet(properties.get("sheetId", 0), "sheet")
    mask = update_mask(body.get("fields", ""), "SheetProperties")
    if "*" in mask:  # every field, those too that the request leaves out
        mask = {name: {} for name in ("title", "index", "gridProperties", "hidden", "rightToLeft", "tabColorStyle")}
    if "sheetId" in mask:
        raise Refused("sheetId cannot be updated.")
    _set_properties(batch, sheet, properties, mask)
    if "index" in mask:
        _move(batch.book, sheet, properties.get("index", len(batch.book.sheets)))
    batch.book.check_size()
    return {}


def _set_properties(batch: Batch, sheet: Sheet, properties: Json, mask: Json) -> None:
    if "title" in mask:
        _check_title(batch, sheet, properties.get("title", ""))
        old, new = sheet.title, properties["title"]
        sheet.properties = {**sheet.properties, "title": new}
        if old != new:
            rewrite_all(batch.book, lambda _: renaming(old, new))
    if "gridProperties" in mask:
        _set_grid(batch, sheet, properties.get("gridProperties", {}), mask["gridProperties"])
    others = {name: below for name, below in mask.items() if name not in _PLACED}
    if others:
        merged = with_both_colours(merge(sheet.properties, _both_colours(properties), _both_masks(others)))
        sheet.properties = {name: value for name, value in merged.items() if value not in (False, {}, None)}
        sheet.properties.setdefault("gridProperties", {})
    if sheet.properties.get("hidden") and all(s.properties.get("hidden") for s in batch.book.sheets):
        raise Refused("You can't hide all the sheets in a document.")


def _both_colours(properties: Json) -> Json:
    """A tab colour without any part is no colour."""
    style = properties.get("tabColorStyle")
    if style is not None and not style:
        return {name: value for name, value in properties.items() if name != "tabColorStyle"}
    return with_both_colours(properties)  # type: ignore[no-any-return]


def _both_masks(mask: Json) -> Json:
    return {**mask, "tabColor": {}, "tabColorStyle": {}} if mask.keys() & {"tabColor", "tabColorStyle"} else mask


def _set_grid(batch: Batch, sheet: Sheet, given: Json, mask: Json) -> None:
    """Sets the fields of the mask; rows and columns that no longer fit are gone with what is on them."""
    old = {
        "rowCount": sheet.row_count,
        "columnCount": sheet.column_count,
        **sheet.properties["gridProperties"],
    }
    new = merge(old, given, mask)
    rows, columns = new.pop("rowCount", 0), new.pop("columnCount", 0)
    if rows < 1 or columns < 1:
        raise Refused("A grid must have at least one row and one column.")
    if new.get("frozenRowCount", 0) >= rows:
        raise Refused("You can't freeze all visible rows on the sheet.")
    if new.get("frozenColumnCount", 0) >= columns:
        raise Refused("You can't freeze all visible columns on the sheet.")
    batch.must_edit(sheet, Area(rows, 0, sheet.row_count, sheet.column_count))
    batch.must_edit(sheet, Area(0, columns, sheet.row_count, sheet.column_count))
    if rows < sheet.row_count:
        follow(batch.book, sheet, "ROWS", Delete(rows, sheet.row_count))
    if columns < sheet.column_count:
        follow(batch.book, sheet, "COLUMNS", Delete(columns, sheet.column_count))
    sheet.row_count, sheet.column_count = rows, columns
    sheet.properties = {
        **sheet.properties,
        "gridProperties": {name: value for name, value in new.items() if value},
    }


def _move(book: Book, sheet: Sheet, index: int) -> None:
    """Puts the sheet before the one that now has the index, as Google counts: before the move."""
    if index < 0 or index > len(book.sheets):
        raise Refused(f"index[{index}] is not between 0 and the number of sheets.")
    now = next(place for place, other in enumerate(book.sheets) if other is sheet)
    book.sheets.insert(index, sheet)
    del book.sheets[now if now < index else now + 1]


def update_spreadsheet_properties(batch: Batch, body: Json) -> Json:
    mask = update_mask(body.get("fields", ""), "SpreadsheetProperties")
    batch.book.properties = merge(batch.book.properties, body.get("properties"), _writable(mask, body))
    return {}


def _writable(mask: Json, body: Json) -> Json:
    return {name: {} for name in body.get("properties", {})} if "*" in mask else mask


def duplicate_sheet(batch: Batch, body: Json) -> Json:
    source = batch.book.sheet(body.get("sourceSheetId", 0), "sheet")
    taken = {sheet.id for sheet in batch.book.sheets}
    sheet_id = body.get("newSheetId")
    if sheet_id in taken:
        raise Refused(f"A sheet with id {sheet_id} already exists. Please enter another id.")
    twin = copy_of(batch, source, batch.new_id(taken) if sheet_id is None else sheet_id)
    title = body.get("newSheetName") or _copy_title(batch.book, source.title)
    _check_title(batch, twin, title)
    twin.properties["title"] = title
    batch.book.sheets.insert(min(body.get("insertSheetIndex", 0), len(batch.book.sheets)), twin)
    batch.book.check_size()
    return {"properties": sheet_properties(batch.book, twin)}


def _copy_title(book: Book, title: str) -> str:
    wanted, number = f"Copy of {title}", 1
    while book.titled(wanted) is not None:
        number += 1
        wanted = f"Copy of {title} {number}"
    return wanted


def copy_of(batch: Batch, source: Sheet, sheet_id: int) -> Sheet:
    """A sheet with everything that is on the source; ids of what lies on it are new."""
    twin = source.draft()
    twin.id = sheet_id
    twin.properties.pop("hidden", None)
    for name in ("protected_ranges", "conditional_formats", "banded_ranges", "filter_views", "charts"):
        setattr(twin, name, [_elsewhere(item, source.id, sheet_id) for item in getattr(source, name)])
    if source.basic_filter is not None:
        twin.basic_filter = _elsewhere(source.basic_filter, source.id, sheet_id)
    for items, key in (
        (twin.protected_ranges, "protectedRangeId"),
        (twin.banded_ranges, "bandedRangeId"),
        (twin.filter_views, "filterViewId"),
        (twin.charts, "chartId"),
    ):
        items[:] = [{**item, key: batch.new_id(set())} for item in items]
    return twin


def add_copy(batch: Batch, source: Sheet) -> Json:
    """Puts a copy of a sheet, which may be one of another spreadsheet, after all tabs."""
    twin = copy_of(batch, source, batch.new_id({sheet.id for sheet in batch.book.sheets}))
    twin.properties["title"] = _copy_title(batch.book, source.title)
    batch.book.sheets.append(twin)
    batch.book.check_size()
    return sheet_properties(batch.book, twin)


def _elsewhere(value: Any, old: int, new: int) -> Any:
    """JSON of one sheet, naming another."""
    if isinstance(value, list):
        return [_elsewhere(item, old, new) for item in value]
    if not isinstance(value, dict):
        return value
    result = {name: _elsewhere(item, old, new) for name, item in value.items()}
    is_range = value.keys() & {"startRowIndex", "startColumnIndex", "rowIndex"} or set(value) == {"sheetId"}
    if is_range and value.get("sheetId", 0) == old:
        result = {"sheetId": new, **{k: v for k, v in result.items() if k != "sheetId"}}
    return result


HANDLERS: dict[str, Handler] = {
    "addSheet": add_sheet,
    "deleteSheet": delete_sheet,
    "duplicateSheet": duplicate_sheet,
    "updateSheetProperties": update_sheet_properties,
    "updateSpreadsheetProperties": update_spreadsheet_properties,
}
