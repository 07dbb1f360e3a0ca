"""The methods of the Sheets API, each from its request to the reply before the field mask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from . import appending, metadata, values
from .batch import Batch, apply
from .by_filter import batch_clear, batch_get, filtered
from .by_filter import batch_update as update_by_filter
from .errors import ApiError, Json, Refused
from .handlers import HANDLERS
from .masks import Mask, wants
from .on_sheets import add_copy
from .resolving import resolve
from .store import Spreadsheet, Store
from .viewing import Blocks


@dataclass
class Request:
    """One API request, checked against the discovery document."""

    store: Store
    email: str
    path: dict[str, str]
    query: dict[str, list[str]]
    body: Json = field(default_factory=dict)
    mask: Mask | None = None

    @property
    def options(self) -> Json:
        """The query as the body of a method has it: the last of each value, truth values as such."""
        words = {"true": True, "false": False}
        return {name: words.get(given[-1].lower(), given[-1]) for name, given in self.query.items()}

    def spreadsheet(self, *, to_write: bool = False) -> Spreadsheet:
        return self.store.open(self.path["spreadsheetId"], self.email, to_write=to_write)

    def change(self, work: Callable[[Batch], Any]) -> Any:
        return self.spreadsheet(to_write=True).change(self.email, work)

    def look(self) -> Batch:
        return self.spreadsheet().look(self.email)

    def read(self) -> Batch:
        """The book as a GET shows it."""
        return self.before() if "reads-lag" in self.store.quirks else self.look()

    def before(self) -> Batch:
        """The book without its last change."""
        batch = self.look()
        batch.book = self.spreadsheet().before_last_change
        return batch


Endpoint = Callable[[Request], Json]


def get(request: Request) -> Json:
    options = request.options
    ranges = request.query.get("ranges")
    batch = request.read()
    blocks = _blocks(batch, ranges) if ranges else None
    return _shown(request, batch, blocks, request.mask, with_grid=options.get("includeGridData") is True)


def _shown(request: Request, batch: Batch, blocks: Blocks | None, mask: Mask | None, *, with_grid: bool) -> Json:
    """The Spreadsheet. A field mask decides alone whether grid data is wanted."""
    if mask is not None:
        sheets = wants(mask, "sheets")
        with_grid = sheets is not None and wants(sheets, "data") is not None
    return batch.view().spreadsheet(request.path["spreadsheetId"], blocks, mask or {}, with_grid=with_grid)


def _blocks(batch: Batch, ranges: list[str]) -> Blocks:
    blocks: Blocks = {}
    for text in ranges:
        sheet, area = resolve(batch.book, text)
        blocks.setdefault(sheet.id, []).append(area)
    return blocks


def get_by_data_filter(request: Request) -> Json:
    batch = request.look()
    blocks: Blocks = {}
    for sheet, area in filtered(batch, request.body.get("dataFilters", [])):
        blocks.setdefault(sheet.id, []).append(area)
    with_grid = request.body.get("includeGridData", False)
    return _shown(request, batch, blocks or None, request.mask, with_grid=with_grid)


def create(request: Request) -> Json:
    given = request.body.get("properties", {})
    spreadsheet = request.store.new(
        given.get("title", "Untitled spreadsheet"),
        given.get("locale", "en_US"),
        given.get("timeZone", "Etc/GMT"),
        request.email,
    )
    sheets = [{"addSheet": {"properties": sheet.get("properties", {})}} for sheet in request.body.get("sheets", [])]
    if sheets:
        spreadsheet.change(request.email, lambda batch: _only(batch, sheets))
    request.path["spreadsheetId"] = spreadsheet.id
    return _shown(request, spreadsheet.look(request.email), None, request.mask, with_grid=False)


def _only(batch: Batch, sheets: list[Json]) -> None:
    """Puts the sheets that a new spreadsheet is to have in the place of its first one."""
    batch.book.sheets.clear()
    apply(batch, sheets, HANDLERS)


def batch_update(request: Request) -> Json:
    spreadsheet = request.spreadsheet(to_write=True)
    body = request.body
    before = spreadsheet.look(request.email)
    replies = spreadsheet.change(request.email, lambda batch: apply(batch, body.get("requests", []), HANDLERS))
    reply: Json = {"spreadsheetId": spreadsheet.id, "replies": replies}
    echo = wants(request.mask, "updatedSpreadsheet") if request.mask is not None else None
    if body.get("includeSpreadsheetInResponse") and (request.mask is None or echo is not None):
        batch = spreadsheet.look(request.email)
        if "echo-before" in request.store.quirks:
            batch = before
        ranges = body.get("responseRanges")
        blocks = _blocks(batch, ranges) if ranges else None
        grid = body.get("responseIncludeGridData", False)
        reply["updatedSpreadsheet"] = _shown(request, batch, blocks, echo, with_grid=grid)
    return reply


def copy_to(request: Request) -> Json:
    source = request.spreadsheet()
    sheet_id = int(request.path["sheetId"])
    try:
        sheet = source.book.sheet(sheet_id, "sheet")
    except Refused as refusal:
        raise ApiError(400, str(refusal)) from None
    target = request.store.open(request.body.get("destinationSpreadsheetId", ""), request.email, to_write=True)
    properties: Json = target.change(request.email, lambda batch: add_copy(batch, sheet))
    return properties


def get_metadata(request: Request) -> Json:
    wanted = request.path["metadataId"]
    for entry in request.look().book.metadata:
        if str(entry["metadataId"]) == wanted:
            return entry
    raise ApiError(404, "Requested entity was not found.")


def search_metadata(request: Request) -> Json:
    batch = request.look()
    book = batch.book
    if "metadata-search-lags" in request.store.quirks:
        book = request.spreadsheet().before_last_change
    found = metadata.search(book, request.body.get("dataFilters", []))
    if not found:
        return {}
    return {
        "matchedDeveloperMetadata": [{"developerMetadata": entry, "dataFilters": filters} for entry, filters in found]
    }


def values_get(request: Request) -> Json:
    return values.get(request.read(), request.path["range"], request.options)


def values_update(request: Request) -> Json:
    options = request.options
    option = values.input_option(options.get("valueInputOption"))
    text = request.path["range"]
    done = request.change(lambda batch: values.update(batch, text, request.body, option, options))
    return {"spreadsheetId": request.path["spreadsheetId"], **done}


def values_append(request: Request) -> Json:
    options = request.options
    option = values.input_option(options.get("valueInputOption"))
    text = request.path["range"]
    done = request.change(lambda batch: appending.append(batch, text, request.body, option, options))
    number = {"spreadsheetId": request.path["spreadsheetId"]}
    updates = {**number, **done.pop("updates")}
    return {**number, **done, "updates": updates}


def values_clear(request: Request) -> Json:
    cleared = request.change(lambda batch: values.clear(batch, request.path["range"]))
    return {"spreadsheetId": request.path["spreadsheetId"], "clearedRange": cleared}


def values_batch_get(request: Request) -> Json:
    ranges = request.query.get("ranges", [])
    found = values.batch_get(request.read(), ranges, request.options)
    if "tabs-of-different-moments" in request.store.quirks:
        found[1:] = values.batch_get(request.before(), ranges[1:], request.options)
    reply: Json = {"spreadsheetId": request.path["spreadsheetId"]}
    return {**reply, "valueRanges": found} if found else reply


def values_batch_update(request: Request) -> Json:
    body = request.body
    option = values.input_option(body.get("valueInputOption"))

    def work(batch: Batch) -> list[Json]:
        return [values.update(batch, _range(data), data, option, body) for data in body.get("data", [])]

    return _totals(request, request.change(work))


def _range(data: Json) -> str:
    text: str = data.get("range", "")
    return text


def _totals(request: Request, done: list[Json]) -> Json:
    number = {"spreadsheetId": request.path["spreadsheetId"]}
    rows = [reply.get("updatedRows", 0) for reply in done]
    columns = [reply.get("updatedColumns", 0) for reply in done]
    sheets = {reply["updatedRange"].rpartition("!")[0] for reply in done}
    counts = {
        "totalUpdatedRows": sum(rows),
        "totalUpdatedColumns": max(columns, default=0),
        "totalUpdatedCells": sum(reply.get("updatedCells", 0) for reply in done),
        "totalUpdatedSheets": len(sheets),
    }
    return {
        **number,
        **{name: count for name, count in counts.items() if count},
        "responses": [{**number, **reply} for reply in done],
    }


def values_batch_clear(request: Request) -> Json:
    ranges = request.body.get("ranges", [])
    cleared = request.change(lambda batch: [values.clear(batch, text) for text in ranges])
    return {"spreadsheetId": request.path["spreadsheetId"], "clearedRanges": cleared}


def values_get_by_filter(request: Request) -> Json:
    found = batch_get(request.look(), request.body)
    reply: Json = {"spreadsheetId": request.path["spreadsheetId"]}
    return {**reply, "valueRanges": found} if found else reply


def values_update_by_filter(request: Request) -> Json:
    option = values.input_option(request.body.get("valueInputOption"))
    return _totals(request, request.change(lambda batch: update_by_filter(batch, request.body, option)))


def values_clear_by_filter(request: Request) -> Json:
    cleared = request.change(lambda batch: batch_clear(batch, request.body))
    reply: Json = {"spreadsheetId": request.path["spreadsheetId"]}
    return {**reply, "clearedRanges": cleared} if cleared else reply


ENDPOINTS: dict[str, Endpoint] = {
    "spreadsheets.get": get,
    "spreadsheets.getByDataFilter": get_by_data_filter,
    "spreadsheets.create": create,
    "spreadsheets.batchUpdate": batch_update,
    "spreadsheets.sheets.copyTo": copy_to,
    "spreadsheets.developerMetadata.get": get_metadata,
    "spreadsheets.developerMetadata.search": search_metadata,
    "spreadsheets.values.get": values_get,
    "spreadsheets.values.update": values_update,
    "spreadsheets.values.append": values_append,
    "spreadsheets.values.clear": values_clear,
    "spreadsheets.values.batchGet": values_batch_get,
    "spreadsheets.values.batchUpdate": values_batch_update,
    "spreadsheets.values.batchClear": values_batch_clear,
    "spreadsheets.values.batchGetByDataFilter": values_get_by_filter,
    "spreadsheets.values.batchUpdateByDataFilter": values_update_by_filter,
    "spreadsheets.values.batchClearByDataFilter": values_clear_by_filter,
}
"""By the method's name in the discovery document, which says at what address it is and what it takes."""
