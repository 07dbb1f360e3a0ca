"""Blocks of cells named by DataFilters, and the values methods that go by them."""

from __future__ import annotations

from . import metadata, values
from .batch import Batch
from .book import Area, Sheet, area_of
from .errors import ApiError, Json, Refused
from .resolving import resolve, written_span

Found = list[tuple[Sheet, Area]]


def filtered(batch: Batch, filters: list[Json]) -> Found:
    """The blocks that the filters name, in the order of the filters."""
    return [found for data_filter in filters for found in found_by(batch, data_filter)]


def found_by(batch: Batch, data_filter: Json) -> Found:
    """A range, or the rows, columns and sheets with the developer metadata that is looked up."""
    if "a1Range" in data_filter:
        return [resolve(batch.book, data_filter["a1Range"])]
    if "gridRange" in data_filter:
        try:
            sheet = batch.sheet(data_filter["gridRange"])
            return [(sheet, area_of(sheet, data_filter["gridRange"]))]
        except Refused as refusal:
            raise ApiError(400, str(refusal)) from None
    entries = [entry for entry, _ in metadata.search(batch.book, [data_filter])]
    places = (metadata.covered(batch.book, entry["location"]) for entry in entries)
    return [place for place in places if place is not None]


def batch_get(batch: Batch, body: Json) -> list[Json]:
    rendering = values.Rendering(body, batch.view())
    major = values.major_dimension(body)
    return [
        {"valueRange": values.value_range(sheet, area, rendering, major), "dataFilters": [data_filter]}
        for data_filter in body.get("dataFilters", [])
        for sheet, area in found_by(batch, data_filter)
    ]


def batch_update(batch: Batch, body: Json, option: str) -> list[Json]:
    """Writes the values of each entry to every block that its filter finds."""
    done = []
    for data in body.get("data", []):
        data_filter = data.get("dataFilter", {})
        rows = values.as_rows(data)
        for sheet, area in found_by(batch, data_filter):
            written = values.write(batch, sheet, area, rows, option, body)
            done.append({**written, "dataFilter": data_filter})
    return done


def batch_clear(batch: Batch, body: Json) -> list[str]:
    cleared = []
    for sheet, area in filtered(batch, body.get("dataFilters", [])):
        values.clear_area(batch, sheet, area)
        cleared.append(written_span(sheet, area))
    return cleared
