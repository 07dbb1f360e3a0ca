"""Developer metadata: made, found, changed and deleted, and used to name cells."""

from __future__ import annotations

from typing import Any

import pytest

from .calling import Desk


def row(index: int, sheet_id: int = 0) -> dict[str, Any]:
    where = {"dimension": "ROWS", "startIndex": index, "endIndex": index + 1}
    return {"dimensionRange": {**where, "sheetId": sheet_id} if sheet_id else where}


def made(number: int, key: str, location: dict[str, Any], value: str = "", hidden: bool = False) -> dict[str, Any]:
    entry: dict[str, Any] = {"metadataId": number, "metadataKey": key, "location": location}
    entry["visibility"] = "PROJECT" if hidden else "DOCUMENT"
    if value:
        entry["metadataValue"] = value
    return {"createDeveloperMetadata": {"developerMetadata": entry}}


SPREADSHEET = {"spreadsheet": True}


def furnish(desk: Desk) -> None:
    desk.batch(
        {"addSheet": {"properties": {"title": "Other", "sheetId": 7}}},
        made(1, "job", SPREADSHEET, "one"),
        made(2, "job", SPREADSHEET, "two", hidden=True),
        made(3, "tab", {"sheetId": 7}),
        made(4, "id", row(2), "A"),
        made(5, "id", row(3), "B"),
        made(6, "id", row(2, 7), "C"),
    )


def found(desk: Desk, *filters: dict[str, Any]) -> list[int]:
    reply = desk.api.post(f"{desk.path}/developerMetadata:search", {"dataFilters": list(filters)})
    return [entry["developerMetadata"]["metadataId"] for entry in reply.get("matchedDeveloperMetadata", [])]


SEARCHES: list[tuple[dict[str, Any], list[int]]] = [
    ({"metadataKey": "job"}, [1, 2]),
    ({"metadataKey": "job", "metadataValue": "two"}, [2]),
    ({"metadataKey": "job", "visibility": "DOCUMENT"}, [1]),
    ({"metadataId": 5}, [5]),
    ({"metadataId": 99}, []),
    ({"locationType": "ROW"}, [4, 5, 6]),
    ({"locationType": "SHEET"}, [3]),
    ({"metadataLocation": row(2)}, [4]),
    ({"metadataLocation": row(2, 7)}, [3, 6]),
    ({"metadataLocation": row(2, 7), "locationMatchingStrategy": "EXACT_LOCATION"}, [6]),
    ({"metadataLocation": {"sheetId": 7}}, [3, 6]),
    ({"metadataLocation": {"sheetId": 7}, "locationMatchingStrategy": "EXACT_LOCATION"}, [3]),
    ({"metadataLocation": {"spreadsheet": True}}, [1, 2]),
]


@pytest.mark.parametrize(("lookup", "numbers"), SEARCHES)
def test_a_lookup_finds_the_entries_that_are_as_it_says(desk: Desk, lookup: dict[str, Any], numbers: list[int]) -> None:
    furnish(desk)
    assert found(desk, {"developerMetadataLookup": lookup}) == numbers


def test_filters_add_up_and_ranges_find_what_hangs_on_their_rows(desk: Desk) -> None:
    furnish(desk)
    two: list[dict[str, Any]] = [{"developerMetadataLookup": {"metadataId": 1}}, {"a1Range": "Sheet1!A4:B9"}]
    assert found(desk, *two) == [1, 5]
    assert found(desk, {"gridRange": {"sheetId": 7, "startRowIndex": 0, "endRowIndex": 3}}) == [3, 6]


def test_entries_are_given_back_whole_where_they_hang(desk: Desk) -> None:
    furnish(desk)
    place = {"locationType": "ROW", "dimensionRange": {"dimension": "ROWS", "startIndex": 2, "endIndex": 3}}
    entry = {
        "metadataId": 4,
        "metadataKey": "id",
        "metadataValue": "A",
        "location": place,
        "visibility": "DOCUMENT",
    }
    assert desk.api.get(f"{desk.path}/developerMetadata/4") == entry
    lookup = {"developerMetadataLookup": {"metadataId": 4}}
    assert desk.api.post(f"{desk.path}/developerMetadata:search", {"dataFilters": [lookup]}) == {
        "matchedDeveloperMetadata": [{"developerMetadata": entry, "dataFilters": [lookup]}]
    }
    assert desk.api.post(f"{desk.path}/developerMetadata:search", {"dataFilters": []}) == {}
    assert desk.api.call("GET", f"{desk.path}/developerMetadata/99")[0] == 404
    seen = desk.look(includeGridData="true")
    assert [e["metadataId"] for e in seen["developerMetadata"]] == [1, 2]
    assert [[e["metadataId"] for e in s.get("developerMetadata", [])] for s in seen["sheets"]] == [[], [3]]
    assert seen["sheets"][0]["data"][0]["rowMetadata"][2]["developerMetadata"] == [entry]


REFUSED: list[tuple[dict[str, Any], str]] = [
    (made(1, "again", SPREADSHEET), "Developer metadata with ID 1 already exists."),
    (made(9, "", SPREADSHEET), "developerMetadata.metadataKey must be set."),
    (made(9, "k", {}), "developerMetadata.location must be set."),
    (made(9, "k", {"sheetId": 5}), "No grid with id: 5"),
    (made(9, "k", row(1000)), "developerMetadata.location.dimensionRange is outside the grid of 1000."),
    (
        made(9, "k", {"dimensionRange": {"dimension": "ROWS", "startIndex": 1, "endIndex": 3}}),
        "developerMetadata.location.dimensionRange must represent a single row or column.",
    ),
    (made(9, "k", SPREADSHEET, "x" * 30_000), "Developer metadata exceeds the limit of 30000 characters."),
]


@pytest.mark.parametrize(("request_", "message"), REFUSED)
def test_entries_that_cannot_be_are_refused_and_the_batch_with_them(
    desk: Desk, request_: dict[str, Any], message: str
) -> None:
    furnish(desk)
    refusal = desk.refusal(made(8, "k", SPREADSHEET), request_)
    assert refusal == f"Invalid requests[1].createDeveloperMetadata: {message}"


def test_an_id_used_twice_can_be_allowed(desk: Desk) -> None:
    furnish(desk)
    desk.server.quirks.add("duplicate-metadata-id-allowed")
    desk.batch(made(1, "again", SPREADSHEET))
    assert found(desk, {"developerMetadataLookup": {"metadataId": 1}}) == [1, 1]


def test_the_search_can_be_made_to_lag_behind(desk: Desk) -> None:
    furnish(desk)
    desk.server.quirks.add("metadata-search-lags")
    lookup = {"developerMetadataLookup": {"metadataKey": "late"}}
    desk.batch(made(9, "late", SPREADSHEET))
    assert found(desk, lookup) == []
    desk.write("A1", [["x"]])
    assert found(desk, lookup) == [9]


def test_entries_are_changed_and_deleted_by_filter(desk: Desk) -> None:
    furnish(desk)
    lookup = {"developerMetadataLookup": {"metadataKey": "id"}}
    new = {"metadataValue": "X", "visibility": "PROJECT"}
    changed, deleted, nothing = desk.batch(
        {
            "updateDeveloperMetadata": {
                "dataFilters": [lookup],
                "developerMetadata": new,
                "fields": "metadataValue",
            }
        },
        {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": {"metadataValue": "X"}}}},
        {"deleteDeveloperMetadata": {"dataFilter": lookup}},
    )
    entries = changed["updateDeveloperMetadata"]["developerMetadata"]
    assert [(e["metadataId"], e["metadataValue"], e["visibility"]) for e in entries] == [
        (4, "X", "DOCUMENT"),
        (5, "X", "DOCUMENT"),
        (6, "X", "DOCUMENT"),
    ]
    assert [e["metadataId"] for e in deleted["deleteDeveloperMetadata"]["deletedDeveloperMetadata"]] == [
        4,
        5,
        6,
    ]
    assert nothing == {}
    assert found(desk, lookup) == []


def test_a_sheet_takes_its_entries_with_it(desk: Desk) -> None:
    furnish(desk)
    desk.batch({"deleteSheet": {"sheetId": 7}})
    assert found(desk, {"developerMetadataLookup": {}}) == [1, 2, 4, 5]


def test_cells_can_be_named_by_metadata_in_the_values_methods(desk: Desk) -> None:
    furnish(desk)
    desk.write("A3", [["a", "b"], ["c", "d"]])
    lookup = {"developerMetadataLookup": {"metadataValue": "B"}}
    got = desk.api.post(f"{desk.path}/values:batchGetByDataFilter", {"dataFilters": [lookup]})
    value_range = {"range": "Sheet1!A4:Z4", "majorDimension": "ROWS", "values": [["c", "d"]]}
    assert got["valueRanges"] == [{"valueRange": value_range, "dataFilters": [lookup]}]
    desk.book.sheet("Sheet1").insert_rows(1)
    body = {"valueInputOption": "RAW", "data": [{"dataFilter": lookup, "values": [["C"]]}]}
    done = desk.api.post(f"{desk.path}/values:batchUpdateByDataFilter", body)
    assert (done["responses"][0]["updatedRange"], done["responses"][0]["dataFilter"]) == ("Sheet1!A5", lookup)
    assert desk.values("A4:B5") == [["a", "b"], ["C", "d"]]
    cleared = desk.api.post(f"{desk.path}/values:batchClearByDataFilter", {"dataFilters": [lookup]})
    assert cleared["clearedRanges"] == ["Sheet1!A5:Z5"]
    shown = desk.api.post(f"{desk.path}:getByDataFilter", {"dataFilters": [lookup], "includeGridData": True})
    assert [(s["properties"]["sheetId"], s["data"][0]["startRow"]) for s in shown["sheets"]] == [(0, 4)]
