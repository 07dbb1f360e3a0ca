"""Developer metadata: what may be made, where it hangs, and which entries a DataFilter finds."""

from __future__ import annotations

from .a1 import Span
from .batch import Batch, Handler, update_mask
from .book import Area, Book, Sheet, area_of, without_zero_sheet
from .errors import ApiError, Json, Refused
from .masks import merge
from .resolving import resolve

MAX_CHARACTERS = 30_000


def create_developer_metadata(batch: Batch, body: Json) -> Json:
    given = body.get("developerMetadata", {})
    if not given.get("metadataKey"):
        raise Refused("developerMetadata.metadataKey must be set.")
    if given.get("visibility", "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED").endswith("UNSPECIFIED"):
        raise Refused("developerMetadata.visibility must be set.")
    taken = {entry["metadataId"] for entry in batch.book.metadata}
    number = given.get("metadataId")
    if number is None:
        number = batch.new_id(taken)
    elif number in taken and "duplicate-metadata-id-allowed" not in batch.caller.quirks:
        raise Refused(f"Developer metadata with ID {number} already exists.")
    entry: Json = {"metadataId": number, "metadataKey": given["metadataKey"]}
    if given.get("metadataValue"):
        entry["metadataValue"] = given["metadataValue"]
    entry |= {"location": _location(batch, given.get("location")), "visibility": given["visibility"]}
    batch.book.metadata.append(entry)
    _check_length(batch.book, entry)
    return {"developerMetadata": entry}


def _location(batch: Batch, given: Json | None) -> Json:
    """The location with its type, which Google adds; one row or one column, a sheet, or the spreadsheet."""
    location = {name: value for name, value in (given or {}).items() if name != "locationType"}
    if "dimensionRange" in location:
        where = location["dimensionRange"]
        sheet = batch.sheet(where)
        count = sheet.dimension(where.get("dimension", "ROWS"))[0]
        start, end = where.get("startIndex", 0), where.get("endIndex", 0)
        if end - start != 1 or "dimension" not in where:
            raise Refused("developerMetadata.location.dimensionRange must represent a single row or column.")
        if not 0 <= start < count:
            raise Refused(f"developerMetadata.location.dimensionRange is outside the grid of {count}.")
        kind = "ROW" if where["dimension"] == "ROWS" else "COLUMN"
        return {"locationType": kind, "dimensionRange": without_zero_sheet({**where, "startIndex": start})}
    if "sheetId" in location:
        batch.sheet(location)
        return {"locationType": "SHEET", "sheetId": location["sheetId"]}
    if location.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    raise Refused("developerMetadata.location must be set.")


def _holder(entry: Json) -> int | None:
    location = entry["location"]
    if "dimensionRange" in location:
        found: int = location["dimensionRange"].get("sheetId", 0)
        return found
    sheet_id: int | None = location.get("sheetId")
    return sheet_id


def _check_length(book: Book, entry: Json) -> None:
    """Google keeps 30,000 characters of keys and values for the spreadsheet, and as many for each sheet."""
    together = [other for other in book.metadata if _holder(other) == _holder(entry)]
    if sum(len(e["metadataKey"]) + len(e.get("metadataValue", "")) for e in together) > MAX_CHARACTERS:
        raise Refused("Developer metadata exceeds the limit of 30000 characters.")


def update_developer_metadata(batch: Batch, body: Json) -> Json:
    mask = update_mask(body.get("fields", ""), "DeveloperMetadata")
    given = dict(body.get("developerMetadata", {}))
    if "*" in mask:
        mask = {name: {} for name in given}
    if "metadataId" in mask:
        raise Refused("metadataId cannot be updated.")
    if "location" in mask:
        given["location"] = _location(batch, given.get("location"))
        mask = {**mask, "location": {}}
    if not body.get("dataFilters"):
        raise Refused("At least one data filter must be specified.")
    found = [entry for entry, _ in search(batch.book, body["dataFilters"])]
    result = []
    for place, entry in enumerate(batch.book.metadata):
        if entry in found:
            batch.book.metadata[place] = changed = merge(entry, given, mask)
            _check_length(batch.book, changed)
            result.append(changed)
    return {"developerMetadata": result} if result else {}


def delete_developer_metadata(batch: Batch, body: Json) -> Json:
    if "dataFilter" not in body:
        raise Refused("dataFilter must be set.")
    found = [entry for entry, _ in search(batch.book, [body["dataFilter"]])]
    batch.book.metadata = [entry for entry in batch.book.metadata if entry not in found]
    return {"deletedDeveloperMetadata": found} if found else {}


def search(book: Book, filters: list[Json]) -> list[tuple[Json, list[Json]]]:
    """The entries that at least one of the filters finds, each with those that do."""
    for item in filters:
        _check_lookup(item.get("developerMetadataLookup", {}))
    result = []
    for entry in book.metadata:
        matching = [item for item in filters if _matches(book, entry, item)]
        if matching:
            result.append((entry, matching))
    return result


def _check_lookup(lookup: Json) -> None:
    """Google's 400 for fields of a lookup that do not go together."""
    strategy = lookup.get("locationMatchingStrategy")
    if strategy and "metadataLocation" not in lookup:
        raise ApiError(400, "locationMatchingStrategy may only be specified together with metadataLocation.")
    if strategy == "EXACT_LOCATION" and lookup.get("locationType"):
        raise ApiError(400, "locationType may not be specified when locationMatchingStrategy is EXACT_LOCATION.")


def _matches(book: Book, entry: Json, data_filter: Json) -> bool:
    if "developerMetadataLookup" in data_filter:
        return _found_by(book, entry, data_filter["developerMetadataLookup"])
    if "a1Range" in data_filter:
        sheet, area = resolve(book, data_filter["a1Range"])
    elif "gridRange" in data_filter:
        sheet = _sheet(book, data_filter["gridRange"])
        area = _area(sheet, data_filter["gridRange"])
    else:
        return False
    place = covered(book, entry["location"])
    return place is not None and place[0] is sheet and place[1].meets(area)


def _sheet(book: Book, place: Json) -> Sheet:
    try:
        return book.sheet(place.get("sheetId", 0))
    except Refused as refusal:
        raise ApiError(400, str(refusal)) from None


def _area(sheet: Sheet, grid_range: Json) -> Area:
    try:
        return area_of(sheet, grid_range)
    except Refused as refusal:
        raise ApiError(400, str(refusal)) from None


def _found_by(book: Book, entry: Json, lookup: Json) -> bool:
    """Whether the entry is as all the set fields of a lookup say; locations match where they meet, unless told."""
    for name in ("metadataId", "metadataKey", "metadataValue", "visibility"):
        if name in lookup and entry.get(name) != lookup[name]:
            return False
    kind = lookup.get("locationType", "DEVELOPER_METADATA_LOCATION_TYPE_UNSPECIFIED")
    if not kind.endswith("UNSPECIFIED") and entry["location"]["locationType"] != kind:
        return False
    if "metadataLocation" not in lookup:
        return True
    wanted = lookup["metadataLocation"]
    if lookup.get("locationMatchingStrategy") == "EXACT_LOCATION":
        return _plain(entry["location"]) == _plain(wanted)
    return _intersects(book, entry["location"], wanted)


def _plain(location: Json) -> Json:
    """A location in one spelling: without its type, sheet 0 said."""
    result = {name: value for name, value in location.items() if name != "locationType"}
    if "dimensionRange" in result:
        result["dimensionRange"] = {"sheetId": 0, "startIndex": 0, **result["dimensionRange"]}
    return result


def _intersects(book: Book, location: Json, wanted: Json) -> bool:
    if location.get("spreadsheet") or wanted.get("spreadsheet"):  # it meets no other kind of location
        return bool(location.get("spreadsheet") and wanted.get("spreadsheet"))
    one, other = covered(book, location), covered(book, wanted)
    return one is not None and other is not None and one[0] is other[0] and one[1].meets(other[1])


def covered(book: Book, location: Json) -> tuple[Sheet, Area] | None:
    """The cells that a location covers; None for the whole spreadsheet."""
    if "dimensionRange" in location:
        where = location["dimensionRange"]
        sheet = _sheet(book, where)
        ends = where.get("startIndex", 0), where.get("endIndex", 0)
        span = Span(ends[0], 0, ends[1], None) if where["dimension"] == "ROWS" else Span(0, ends[0], None, ends[1])
        bottom, right = span.bottom or sheet.row_count, span.right or sheet.column_count
        return sheet, Area(span.top or 0, span.left or 0, bottom, right)
    if "sheetId" in location:
        sheet = _sheet(book, location)
        return sheet, sheet.area
    return None


HANDLERS: dict[str, Handler] = {
    "createDeveloperMetadata": create_developer_metadata,
    "updateDeveloperMetadata": update_developer_metadata,
    "deleteDeveloperMetadata": delete_developer_metadata,
}
