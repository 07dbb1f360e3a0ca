"""Rows and columns that come, go, move and are sorted, and everything that follows them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from .calling import Desk
from .errors import ApiError

ROWS: list[list[Any]] = [["id", "name"], ["a", "Ann"], ["b", "Bob"], ["c", "Cy"], ["d", "Dee"]]


def block(top: int, bottom: int, left: int = 0, right: int = 2) -> dict[str, int]:
    return {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}


def furnish(desk: Desk) -> None:
    """Puts on the sheet one of everything that has a place; all of it on rows 3 and 4 (indices 2 and 3)."""
    rule = {"condition": {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "=Sheet1!A3:A4"}]}}
    red = {"condition": {"type": "NOT_BLANK"}, "format": {"backgroundColor": {"red": 1}}}
    spec = {
        "title": "Chart",
        "basicChart": {"domains": [{"domain": {"sourceRange": {"sources": [block(2, 4)]}}}]},
    }
    where = {"dimensionRange": {"dimension": "ROWS", "startIndex": 2, "endIndex": 3}}
    desk.write("A1", ROWS)
    desk.batch(
        {"addNamedRange": {"namedRange": {"namedRangeId": "n", "name": "Named", "range": block(2, 4)}}},
        {"addProtectedRange": {"protectedRange": {"range": block(2, 4), "warningOnly": True}}},
        {"addConditionalFormatRule": {"rule": {"ranges": [block(2, 4)], "booleanRule": red}}},
        {"addBanding": {"bandedRange": {"range": block(2, 4), "rowProperties": {"headerColor": {"red": 1}}}}},
        {"setBasicFilter": {"filter": {"range": block(2, 4)}}},
        {"addFilterView": {"filter": {"range": block(2, 4)}}},
        {"mergeCells": {"range": block(2, 4, 5, 6)}},
        {"setDataValidation": {"range": block(2, 3, 3, 4), "rule": rule, "filteredRowsIncluded": True}},
        {"addChart": {"chart": {"spec": spec, "position": {"overlayPosition": {"anchorCell": {"rowIndex": 2}}}}}},
        {"addDimensionGroup": {"range": {"dimension": "ROWS", "startIndex": 2, "endIndex": 4}}},
        {
            "createDeveloperMetadata": {
                "developerMetadata": {"metadataKey": "k", "location": where, "visibility": "DOCUMENT"}
            }
        },
        {
            "updateDimensionProperties": {
                "range": {"dimension": "ROWS", "startIndex": 2, "endIndex": 3},
                "properties": {"pixelSize": 50},
                "fields": "pixelSize",
            }
        },
    )


def places(desk: Desk) -> dict[str, Any]:
    """Where each of those things now is: the ends of its rows, or None for what is gone."""
    seen = desk.look(includeGridData="true")
    (sheet,) = seen["sheets"]

    def ends(grid_range: dict[str, int] | None) -> tuple[int, int] | None:
        return None if grid_range is None else (grid_range["startRowIndex"], grid_range["endRowIndex"])

    def first(items: list[Any] | None, name: str) -> Any:
        found = items[0][name] if items else None
        return ends(found[0] if isinstance(found, list) else found)

    (data,) = sheet["data"]
    rows = data["rowMetadata"]
    sources = sheet["charts"][0]["spec"]["basicChart"]["domains"][0]["domain"].get("sourceRange", {}).get("sources")
    validated = [
        (place, row["values"][3]["dataValidation"]["condition"]["values"][0]["userEnteredValue"])
        for place, row in enumerate(data["rowData"])
        if len(row.get("values", ())) > 3 and "dataValidation" in row["values"][3]
    ]
    return {
        "named": first(seen.get("namedRanges"), "range"),
        "protected": first(sheet.get("protectedRanges"), "range"),
        "rule": first(sheet.get("conditionalFormats"), "ranges"),
        "banding": first(sheet.get("bandedRanges"), "range"),
        "filter": ends(sheet.get("basicFilter", {}).get("range")),
        "view": first(sheet.get("filterViews"), "range"),
        "merge": ends(sheet.get("merges", [None])[0]),
        "validated": validated,
        "chart": ends(sources[0]) if sources else None,
        "anchor": sheet["charts"][0]["position"]["overlayPosition"]["anchorCell"]["rowIndex"],
        "group": [tuple(g["range"][end] for end in ("startIndex", "endIndex")) for g in sheet.get("rowGroups", ())],
        "metadata": [place for place, row in enumerate(rows) if "developerMetadata" in row],
        "height": [place for place, row in enumerate(rows) if row["pixelSize"] == 50],
    }


def at(start: int, end: int, row: int | None, *, anchor: int = 0, heights: list[int] | None = None) -> dict[str, Any]:
    """Everything on rows start to end, and what lies on one row (None: gone) on that."""
    names = ("named", "protected", "rule", "banding", "filter", "view", "merge", "chart")
    one = [] if row is None else [row]
    return {
        **dict.fromkeys(names, (start, end)),
        "validated": [(place, f"=Sheet1!A{start + 1}:A{end}") for place in one],
        "anchor": anchor or start,
        "group": [(start, end)],
        "metadata": one,
        "height": one if heights is None else heights,
    }


GONE: dict[str, Any] = {
    **dict.fromkeys(("named", "protected", "rule", "banding", "filter", "view", "merge", "chart")),
    "validated": [],
    "anchor": 2,
    "group": [],
    "metadata": [],
    "height": [],
}

ACTS: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("insert_rows", (1, 2), at(4, 6, 4)),
    ("insert_rows", (3, 1), at(3, 5, 3)),
    ("insert_rows", (6, 1), at(2, 4, 2)),
    ("delete_rows", (1, 1), at(1, 3, 1)),
    ("delete_rows", (4, 1), at(2, 3, 2)),
    ("delete_rows", (3, 1), at(2, 3, None, anchor=2)),
    ("delete_rows", (3, 2), GONE),
    ("move_rows", (3, 2, 2), at(1, 3, 1)),
    ("move_rows", (3, 2, 6), at(3, 5, 3)),
    ("move_rows", (2, 1, 6), at(1, 3, 1)),
    ("move_rows", (5, 1, 4), at(2, 5, 2)),
]


@pytest.mark.parametrize(("act", "arguments", "expected"), ACTS)
def test_everything_follows_its_rows(
    desk: Desk, act: str, arguments: tuple[Any, ...], expected: dict[str, Any]
) -> None:
    furnish(desk)
    assert places(desk) == at(2, 4, 2)
    getattr(desk.book.sheet("Sheet1"), act)(*arguments)
    assert places(desk) == expected


def test_a_row_put_in_between_makes_ranges_longer_and_has_the_looks_of_its_neighbour(desk: Desk) -> None:
    furnish(desk)
    desk.book.sheet("Sheet1").insert_rows(4)
    rule = "=Sheet1!A3:A5"
    assert places(desk) == {**at(2, 5, 2), "validated": [(2, rule), (3, rule)], "height": [2, 3]}
    assert desk.values("A1:A6") == [["id"], ["a"], ["b"], [], ["c"], ["d"]]


MOVES: list[tuple[str, tuple[Any, ...], str]] = [
    ("insert_rows", (2, 2), "id,,,a,b,c,d"),
    ("delete_rows", (2, 2), "id,c,d"),
    ("move_rows", (2, 1, 5), "id,b,c,a,d"),
    ("move_rows", (4, 2, 2), "id,c,d,a,b"),
    ("move_rows", (2, 1, 9), "id,b,c,d,,,,a"),
    ("move_rows", (2, 1, 3), "id,a,b,c,d"),
    ("copy_row", (2, 4), "id,a,b,a,d"),
    ("sort", (1,), "id,a,b,c,d"),
]


@pytest.mark.parametrize(("act", "arguments", "ids"), MOVES)
def test_a_person_arranges_rows(desk: Desk, act: str, arguments: tuple[Any, ...], ids: str) -> None:
    sheet = desk.book.sheet("Sheet1")
    sheet.load(ROWS)
    getattr(sheet, act)(*arguments)
    values = sheet.values()
    assert ",".join(str(row[0]) if row else "" for row in values) == ids
    names = {str(row[0]): row[1] for row in values if row}
    assert names == {row[0]: row[1] for row in ROWS if row[0] in names}


def test_a_person_arranges_columns(desk: Desk) -> None:
    sheet = desk.book.sheet("Sheet1")
    sheet.load([["a", "b", "c"], ["1", "2", "3"]])
    sheet.insert_column(2)
    sheet.move_column(4, 1)
    assert sheet.values() == [["c", "a", "", "b"], ["3", "1", "", "2"]]


def test_sorting_orders_numbers_text_truth_and_blanks_and_leaves_row_metadata_behind(desk: Desk) -> None:
    sheet = desk.book.sheet("Sheet1")
    sheet.load([["key"], ["b", 1], [True, 2], ["", 3], [10, 4], ["A", 5], [9, 6], ["a", 7]])
    where = {"dimensionRange": {"dimension": "ROWS", "startIndex": 4, "endIndex": 5}}
    entry = {"metadataKey": "id", "metadataValue": "10", "location": where, "visibility": "DOCUMENT"}
    desk.batch({"createDeveloperMetadata": {"developerMetadata": entry}})
    sheet.sort(1)
    assert [row[1] for row in sheet.values()[1:]] == [6, 4, 5, 7, 1, 2, 3]
    sheet.sort(1, descending=True)
    assert [row[1] for row in sheet.values()[1:]] == [2, 1, 7, 5, 4, 6, 3]
    (row,) = desk.look(fields="sheets.data.rowMetadata.developerMetadata.metadataValue", ranges="A5")["sheets"][0][
        "data"
    ]
    assert row == {"rowMetadata": [{"developerMetadata": [{"metadataValue": "10"}]}]}


def test_sorting_within_a_range_takes_only_its_columns_and_several_keys(desk: Desk) -> None:
    desk.write("A1", [["x", "b", 1], ["y", "a", 1], ["z", "a", 2]])
    specs = [{"dimensionIndex": 1}, {"dimensionIndex": 2, "sortOrder": "DESCENDING"}]
    desk.batch({"sortRange": {"range": block(0, 3, 1, 3), "sortSpecs": specs}})
    assert desk.values("A1:C3", valueRenderOption="UNFORMATTED_VALUE") == [
        ["x", "a", 2],
        ["y", "a", 1],
        ["z", "b", 1],
    ]


def test_a_person_is_refused_as_google_refuses(desk: Desk) -> None:
    desk.batch({"addSheet": {"properties": {"title": "B"}}})
    with pytest.raises(ApiError, match='A sheet with the name "Sheet1" already exists'):
        desk.book.sheet("B").rename("Sheet1")
    with pytest.raises(KeyError):
        desk.book.sheet("Nowhere")


def test_what_a_person_types_keeps_its_kind(desk: Desk) -> None:
    sheet = desk.book.sheet("Sheet1")
    typed: list[Any] = [
        "0042",
        7,
        1.5,
        True,
        date(2024, 3, 5),
        datetime(2024, 3, 5, 12),
        time(18),
        "=1+1",
        "",
    ]
    for column, value in enumerate(typed, 1):
        sheet.type(1, column, value)
    assert sheet.values() == [["0042", 7, 1.5, True, 45356, 45356.5, 0.75, "=1+1"]]
    assert desk.values("A1:I1") == [["0042", "7", "1.5", "TRUE", "05/03/2024", "05/03/2024 12:00:00", "18:00:00", "2"]]
    sheet.enter(1, 1, "0042")
    sheet.type(1, 2, "")
    assert sheet.values()[0][:3] == [42, "", 1.5]
