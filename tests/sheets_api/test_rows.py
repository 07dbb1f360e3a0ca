"""Rows and columns that come, go and move; cells that are sorted, pasted and merged; and what follows them."""

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
        {
            "addChart": {
                "chart": {"spec": spec, "position": {"overlayPosition": {"anchorCell": {"rowIndex": 2}}}}
            }
        },
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
    sources = (
        sheet["charts"][0]["spec"]["basicChart"]["domains"][0]["domain"].get("sourceRange", {}).get("sources")
    )
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
        "group": [
            tuple(g["range"][end] for end in ("startIndex", "endIndex")) for g in sheet.get("rowGroups", ())
        ],
        "metadata": [place for place, row in enumerate(rows) if "developerMetadata" in row],
        "height": [place for place, row in enumerate(rows) if row["pixelSize"] == 50],
    }


def at(
    start: int, end: int, row: int | None, *, anchor: int = 0, heights: list[int] | None = None
) -> dict[str, Any]:
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
    (row,) = desk.look(fields="sheets.data.rowMetadata.developerMetadata.metadataValue", ranges="A5")[
        "sheets"
    ][0]["data"]
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


PASTED: list[tuple[str, dict[str, Any]]] = [
    (
        "PASTE_NORMAL",
        {"value": {"formulaValue": "=D1"}, "bold": True, "border": True, "note": "n", "rule": True},
    ),
    (
        "PASTE_VALUES",
        {"value": {"numberValue": 7}, "bold": None, "border": False, "note": None, "rule": False},
    ),
    (
        "PASTE_FORMULA",
        {"value": {"formulaValue": "=D1"}, "bold": None, "border": False, "note": None, "rule": False},
    ),
    ("PASTE_FORMAT", {"value": None, "bold": True, "border": True, "note": None, "rule": False}),
    (
        "PASTE_NO_BORDERS",
        {"value": {"formulaValue": "=D1"}, "bold": True, "border": False, "note": "n", "rule": True},
    ),
    ("PASTE_DATA_VALIDATION", {"value": None, "bold": None, "border": False, "note": None, "rule": True}),
    (
        "PASTE_CONDITIONAL_FORMATTING",
        {"value": None, "bold": None, "border": False, "note": None, "rule": False},
    ),
]


@pytest.mark.parametrize(("kind", "expected"), PASTED)
def test_pasting_carries_what_its_kind_says(desk: Desk, kind: str, expected: dict[str, Any]) -> None:
    solid = {"style": "SOLID"}
    cell = {
        "userEnteredValue": {"formulaValue": "=B1"},
        "userEnteredFormat": {"textFormat": {"bold": True}, "borders": {"top": solid}},
        "note": "n",
        "dataValidation": {"condition": {"type": "NOT_BLANK"}},
    }
    desk.write("B1", [[7]])
    desk.batch(
        {"updateCells": {"start": {}, "rows": [{"values": [cell]}], "fields": "*"}},
        {"copyPaste": {"source": block(0, 1, 0, 1), "destination": block(0, 1, 2, 3), "pasteType": kind}},
    )
    got = desk.book.sheet("Sheet1").cell(1, 3)
    shape = got.get("userEnteredFormat", {})
    assert {
        "value": got.get("userEnteredValue"),
        "bold": shape.get("textFormat", {}).get("bold"),
        "border": "borders" in shape,
        "note": got.get("note"),
        "rule": "dataValidation" in got,
    } == expected


def test_pasting_fills_a_multiple_and_can_turn_rows_into_columns(desk: Desk) -> None:
    desk.write("A1", [["a", "b"]])
    paste = {"source": block(0, 1), "destination": block(2, 4, 0, 4)}
    turned = {"source": block(0, 1), "destination": block(6, 7, 0, 1), "pasteOrientation": "TRANSPOSE"}
    desk.batch({"copyPaste": paste}, {"copyPaste": turned})
    assert desk.values("A3:D8") == [["a", "b", "a", "b"], ["a", "b", "a", "b"], [], [], ["a"], ["b"]]


def test_pasting_takes_rows_that_the_filter_hides_unless_told_otherwise(desk: Desk) -> None:
    desk.write("A1", [["h"], ["x"], ["y"], ["z"]])
    filtered = {"range": block(0, 4, 0, 1), "criteria": {"0": {"hiddenValues": ["y"]}}}
    paste = {"copyPaste": {"source": block(1, 4, 0, 1), "destination": block(1, 4, 2, 3)}}
    desk.batch({"setBasicFilter": {"filter": filtered}}, paste)
    assert desk.values("C2:C4") == [["x"], ["y"], ["z"]]
    desk.server.quirks.add("copypaste-skips-hidden")
    desk.batch({"updateCells": {"range": block(1, 4, 2, 3), "fields": "userEnteredValue"}}, paste)
    assert desk.values("C2:C4") == [["x"], ["z"]]
    hidden = desk.look(fields="sheets.data.rowMetadata.hiddenByFilter", ranges="A1:A4")
    assert hidden["sheets"][0]["data"][0]["rowMetadata"] == [{}, {}, {"hiddenByFilter": True}, {}]


FILTERS: list[tuple[str, list[str], list[int]]] = [
    ("TEXT_CONTAINS", ["A"], [1, 2]),
    ("TEXT_NOT_EQ", ["ann"], [2, 3, 4, 5]),
    ("NUMBER_GREATER", ["2"], [3]),
    ("NUMBER_LESS_THAN_EQ", ["2"], [4]),
    ("NOT_BLANK", [], [1, 2, 3, 4]),
    ("BLANK", [], [5]),
]


@pytest.mark.parametrize(("kind", "values", "left"), FILTERS)
def test_a_filter_hides_the_rows_its_condition_does_not_hold_for(
    desk: Desk, kind: str, values: list[str], left: list[int]
) -> None:
    desk.write("A1", [["h"], ["Ann"], ["Bea"], [3], [2], ["", "end"]])
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    spec = {"columnIndex": 0, "filterCriteria": {"condition": condition}}
    desk.batch({"setBasicFilter": {"filter": {"range": block(0, 6, 0, 1), "filterSpecs": [spec]}}})
    rows = desk.look(fields="sheets.data.rowMetadata.hiddenByFilter", ranges="A1:A6")["sheets"][0]["data"][0]
    assert [place for place, row in enumerate(rows["rowMetadata"]) if place and not row] == left


def test_validation_reaches_hidden_rows_only_when_asked_to(desk: Desk) -> None:
    desk.write("A1", [["h"], ["x"], ["y"]])
    rule = {"condition": {"type": "NOT_BLANK"}}
    filtered = {"range": block(0, 3, 0, 1), "criteria": {"0": {"hiddenValues": ["x"]}}}
    desk.batch(
        {"setBasicFilter": {"filter": filtered}},
        {"setDataValidation": {"range": block(1, 3, 0, 1), "rule": rule}},
    )
    sheet = desk.book.sheet("Sheet1")
    assert ["dataValidation" in sheet.cell(row, 1) for row in (2, 3)] == [False, True]
    desk.batch(
        {"setDataValidation": {"range": block(1, 3, 0, 1), "rule": rule, "filteredRowsIncluded": True}}
    )
    assert ["dataValidation" in sheet.cell(row, 1) for row in (2, 3)] == [True, True]
    desk.batch({"setDataValidation": {"range": block(1, 3, 0, 1), "filteredRowsIncluded": True}})
    assert ["dataValidation" in sheet.cell(row, 1) for row in (2, 3)] == [False, False]


def test_cutting_leaves_nothing_behind(desk: Desk) -> None:
    desk.write("A1", [["a", "b"], ["c", "d"]])
    desk.batch({"cutPaste": {"source": block(0, 1), "destination": {"rowIndex": 1, "columnIndex": 1}}})
    assert desk.values("A1:C2") == [[], ["c", "a", "b"]]


SHIFTED: list[tuple[str, str, list[list[str]]]] = [
    ("insertRange", "ROWS", [["a", "b", "c"], ["d", "", "f"], ["g", "e", "i"], ["", "h"]]),
    ("insertRange", "COLUMNS", [["a", "b", "c"], ["d", "", "e", "f"], ["g", "h", "i"]]),
    ("deleteRange", "ROWS", [["a", "b", "c"], ["d", "h", "f"], ["g", "", "i"]]),
    ("deleteRange", "COLUMNS", [["a", "b", "c"], ["d", "f"], ["g", "h", "i"]]),
]


@pytest.mark.parametrize(("kind", "dimension", "expected"), SHIFTED)
def test_cells_are_pushed_and_drawn(desk: Desk, kind: str, dimension: str, expected: list[list[str]]) -> None:
    desk.write("A1", [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]])
    desk.batch({kind: {"range": block(1, 2, 1, 2), "shiftDimension": dimension}})
    assert desk.values("Sheet1") == expected


MERGED: list[tuple[str, list[tuple[int, int, int, int]], list[list[str]]]] = [
    ("MERGE_ALL", [(0, 2, 0, 2)], [["a"]]),
    ("MERGE_COLUMNS", [(0, 2, 0, 1), (0, 2, 1, 2)], [["a", "b"]]),
    ("MERGE_ROWS", [(0, 1, 0, 2), (1, 2, 0, 2)], [["a"], ["d"]]),
]


@pytest.mark.parametrize(("kind", "merges", "left"), MERGED)
def test_merging_keeps_the_first_value_of_each_merge(
    desk: Desk, kind: str, merges: list[tuple[int, int, int, int]], left: list[list[str]]
) -> None:
    desk.write("A1", [["a", "b"], ["", "d"]])
    desk.batch({"mergeCells": {"range": block(0, 2), "mergeType": kind}})
    assert desk.look(fields="sheets.merges")["sheets"][0]["merges"] == [block(*merge) for merge in merges]
    assert desk.values("A1:B2") == left
    why = "You must select all cells in a merged range to merge or unmerge them."
    assert (
        desk.refusal({"unmergeCells": {"range": block(0, 1, 0, 1)}})
        == f"Invalid requests[0].unmergeCells: {why}"
    )
    desk.batch({"unmergeCells": {"range": block(0, 2)}})
    assert desk.look(fields="sheets.merges") == {"sheets": [{}]}


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
        datetime(2024, 3, 5, 12),  # noqa: DTZ001 - a cell has no time zone
        time(18),
        "=1+1",
        "",
    ]
    for column, value in enumerate(typed, 1):
        sheet.type(1, column, value)
    assert sheet.values() == [["0042", 7, 1.5, True, 45356, 45356.5, 0.75, "=1+1"]]
    assert desk.values("A1:I1") == [
        ["0042", "7", "1.5", "TRUE", "05/03/2024", "05/03/2024 12:00:00", "18:00:00", "2"]
    ]
    sheet.enter(1, 1, "0042")
    sheet.type(1, 2, "")
    assert sheet.values()[0][:3] == [42, "", 1.5]
