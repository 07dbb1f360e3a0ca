"""Blocks of cells: pasted, cut, pushed, merged, filtered, and given rules and borders."""

from __future__ import annotations

from typing import Any

import pytest

from .calling import Desk


def block(top: int, bottom: int, left: int = 0, right: int = 2) -> dict[str, int]:
    return {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}


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
    solid = {"style": "SOLID", "width": 1, "color": {}, "colorStyle": {"rgbColor": {}}}
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


def test_borders_are_drawn_around_and_between(desk: Desk) -> None:
    solid = {"style": "SOLID", "width": 1, "color": {}, "colorStyle": {"rgbColor": {}}}
    thick = {**solid, "style": "SOLID_THICK", "width": 3}

    def drawn() -> list[Any]:
        fields = "sheets.data.rowData.values.userEnteredFormat.borders"
        (data,) = desk.look(fields=fields, ranges="A1:B2")["sheets"][0]["data"]
        return [
            [cell.get("userEnteredFormat", {}).get("borders") for cell in row.get("values", ())]
            for row in data.get("rowData", ())
        ]

    sides = {"top": {"style": "SOLID_THICK"}, "innerVertical": {"style": "SOLID"}}
    desk.batch({"updateBorders": {"range": block(0, 2), **sides}})
    assert drawn() == [
        [{"top": thick, "right": solid}, {"top": thick, "left": solid}],
        [{"right": solid}, {"left": solid}],
    ]
    none = {"style": "NONE"}
    desk.batch({"updateBorders": {"range": block(0, 2), "innerVertical": none, "top": none}})
    assert drawn() == []


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
    desk.batch({"setDataValidation": {"range": block(1, 3, 0, 1), "rule": rule, "filteredRowsIncluded": True}})
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
    assert desk.refusal({"unmergeCells": {"range": block(0, 1, 0, 1)}}) == f"Invalid requests[0].unmergeCells: {why}"
    desk.batch({"unmergeCells": {"range": block(0, 2)}})
    assert desk.look(fields="sheets.merges") == {"sheets": [{}]}
