"""batchUpdate: all or nothing, what it echoes, and how it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from .calling import Desk

ECHO = "replies,updatedSpreadsheet.sheets(properties.sheetId,data(startRow,rowData.values.userEnteredValue))"


def cell(text: str) -> dict[str, Any]:
    return {"userEnteredValue": {"stringValue": text}}


def update(row: int, column: int, *rows: list[dict[str, Any]], fields: str = "userEnteredValue") -> dict[str, Any]:
    start = {"rowIndex": row, "columnIndex": column}
    return {"updateCells": {"start": start, "rows": [{"values": values} for values in rows], "fields": fields}}


def area(top: int, left: int, bottom: int, right: int) -> dict[str, int]:
    return {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}


def add(title: str, **properties: Any) -> dict[str, Any]:
    return {"addSheet": {"properties": {"title": title, **properties}}}


def test_one_refused_request_undoes_the_whole_batch(desk: Desk) -> None:
    desk.write("A1", [["old"]])
    message = desk.refusal(
        update(0, 0, [cell("new")]), add("Journal"), {"deleteSheet": {"sheetId": 77}}, add("Never reached")
    )
    assert message == "Invalid requests[2].deleteSheet: No sheet with id: 77"
    assert (desk.book.titles(), desk.book.sheet("Sheet1").values()) == (["Sheet1"], [["old"]])


def test_the_echo_shows_the_state_after_the_batch_and_only_what_the_mask_names(desk: Desk) -> None:
    desk.write("A1", [["a", "b"], ["c", 1]])
    body = {
        "requests": [update(1, 0, [cell("new")]), add("Other", sheetId=5)],
        "includeSpreadsheetInResponse": True,
        "responseRanges": ["Sheet1!A2:B3", "Other!A1"],
    }
    assert desk.api.post(f"{desk.path}:batchUpdate", body, fields=ECHO) == {
        "replies": [
            {},
            {
                "addSheet": {
                    "properties": {
                        "sheetId": 5,
                        "title": "Other",
                        "index": 1,
                        "sheetType": "GRID",
                        "gridProperties": {"rowCount": 1000, "columnCount": 26},
                    }
                }
            },
        ],
        "updatedSpreadsheet": {
            "sheets": [
                {
                    "properties": {"sheetId": 0},
                    "data": [
                        {
                            "startRow": 1,
                            "rowData": [
                                {"values": [cell("new"), {"userEnteredValue": {"numberValue": 1}}]},
                            ],
                        }
                    ],
                },
                {"properties": {"sheetId": 5}, "data": [{}]},
            ]
        },
    }


@pytest.mark.parametrize(
    ("asked", "fields", "has_sheet", "has_data"),
    [
        ({}, None, False, False),
        ({"includeSpreadsheetInResponse": True}, None, True, False),
        ({"includeSpreadsheetInResponse": True, "responseIncludeGridData": True}, None, True, True),
        (
            {"includeSpreadsheetInResponse": True, "responseIncludeGridData": True},
            "updatedSpreadsheet.sheets.properties",
            True,
            False,
        ),
        ({"includeSpreadsheetInResponse": True}, "updatedSpreadsheet.sheets.data.startRow", True, True),
        ({"includeSpreadsheetInResponse": True}, "replies", False, False),
        ({}, "updatedSpreadsheet", False, False),
    ],
)
def test_what_is_echoed_is_for_the_mask_to_say_or_else_for_the_body(
    desk: Desk, asked: dict[str, bool], fields: str | None, has_sheet: bool, has_data: bool
) -> None:
    query = {"fields": fields} if fields else {}
    body = {"requests": [update(0, 0, [cell("x")])], **asked}
    reply = desk.api.post(f"{desk.path}:batchUpdate", body, **query)
    sheets = reply.get("updatedSpreadsheet", {}).get("sheets", [{}])
    assert ("updatedSpreadsheet" in reply, "data" in sheets[0]) == (has_sheet, has_data)


GRID = "[1000]"
REFUSED: list[tuple[list[dict[str, Any]], str]] = [
    ([], "Must specify at least one request."),
    ([{}], "Invalid requests[0]: No request set."),
    ([add("Sheet1")], 'addSheet: A sheet with the name "Sheet1" already exists. Please enter another name.'),
    ([add("sheet1")], 'addSheet: A sheet with the name "sheet1" already exists. Please enter another name.'),
    ([add("X", sheetId=0)], "addSheet: A sheet with id 0 already exists. Please enter another id."),
    ([{"deleteSheet": {"sheetId": 0}}], "deleteSheet: You can't remove all the sheets in a document."),
    (
        [{"updateSheetProperties": {"properties": {"hidden": True}, "fields": "hidden"}}],
        "updateSheetProperties: You can't hide all the sheets in a document.",
    ),
    (
        [{"updateSheetProperties": {"properties": {"title": "T"}}}],
        "updateSheetProperties: At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)",
    ),
    (
        [{"updateSheetProperties": {"properties": {"title": "T"}, "fields": "titel"}}],
        "updateSheetProperties: Invalid field: titel",
    ),
    ([update(1000, 0, [cell("x")])], "updateCells: GridCoordinate.rowIndex[1000] is after last row in grid[1000]"),
    ([update(0, 26, [cell("x")])], "updateCells: GridCoordinate.columnIndex[26] is after last column in grid[26]"),
    (
        [update(999, 0, [cell("x")], [cell("y")])],
        "updateCells: Attempting to write row: 1000, beyond the last requested row of: 999",
    ),
    (
        [update(0, 25, [cell("x"), cell("y")])],
        "updateCells: Attempting to write column: 26, beyond the last requested column of: 25",
    ),
    (
        [{"updateCells": {"range": area(0, 0, 1, 1), "rows": [{}, {}], "fields": "note"}}],
        "updateCells: Attempting to write row: 1, beyond the last requested row of: 0",
    ),
    (
        [update(0, 0, [cell("x" * 50_001)])],
        "updateCells: Your input contains more than the maximum of 50000 characters in a single cell.",
    ),
    ([{"updateCells": {"start": {"sheetId": 9}, "fields": "*"}}], "updateCells: No grid with id: 9"),
    (
        [{"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 999, "endIndex": 1001}}}],
        "deleteDimension: Cannot delete a row that doesn't exist. Tried to delete row index 1000 but there are only 1000 rows.",
    ),
    (
        [{"deleteDimension": {"range": {"dimension": "COLUMNS"}}}],
        "deleteDimension: You can't delete all the columns on the sheet.",
    ),
    (
        [
            {
                "insertDimension": {
                    "range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 1},
                    "inheritFromBefore": True,
                }
            }
        ],
        "insertDimension: range.startIndex[0] must be greater than 0 if inheritFromBefore is true.",
    ),
    (
        [{"repeatCell": {"range": {"endRowIndex": 1001}, "cell": {}, "fields": "note"}}],
        "repeatCell: GridRange.endRowIndex[1001] is after last row in grid[1000]",
    ),
    (
        [{"appendDimension": {"dimension": "ROWS", "length": 400_000}}],
        "appendDimension: This action would increase the number of cells in the workbook above the limit of 10000000 cells.",
    ),
    ([{"randomizeRange": {}}], "randomizeRange: this test server does not serve requests of this kind."),
]


@pytest.mark.parametrize(("batch", "message"), REFUSED)
def test_refusals_name_the_request_and_say_why(desk: Desk, batch: list[dict[str, Any]], message: str) -> None:
    whole = message if not batch or not batch[0] else f"Invalid requests[0].{message}"
    assert desk.refusal(*batch) == whole


UNFIT: list[tuple[Any, str, str]] = [
    (
        {"requests": [{"addSheet": {"properties": {"titel": "T"}}}]},
        "requests[0].add_sheet.properties",
        "Invalid JSON payload received. Unknown name \"titel\" at 'requests[0].add_sheet.properties': Cannot find field.",
    ),
    (
        {"requests": [{"updateCells": {"start": {"rowIndex": "one"}}}]},
        "requests[0].update_cells.start.row_index",
        "Invalid value at 'requests[0].update_cells.start.row_index' (TYPE_INT32), \"one\"",
    ),
    (
        {"requests": [{"copyPaste": {"pasteType": "PASTE_ALL"}}]},
        "requests[0].copy_paste.paste_type",
        "Invalid value at 'requests[0].copy_paste.paste_type' "
        '(type.googleapis.com/google.apps.sheets.v4.PasteType), "PASTE_ALL"',
    ),
    (
        {"includeSpreadsheetInResponse": "yes"},
        "include_spreadsheet_in_response",
        "Invalid value at 'include_spreadsheet_in_response' (TYPE_BOOL), \"yes\"",
    ),
    (
        {"requests": [{"addSheet": [{}]}]},
        "requests[0]",
        "Invalid JSON payload received. Unknown name \"addSheet\" at 'requests[0]': "
        "Proto field is not repeating, cannot start list.",
    ),
    (
        {"requests": [{"addSheet": {}, "deleteSheet": {}}]},
        "requests[0]",
        "Invalid value at 'requests[0]' (oneof), oneof field 'kind' is already set. Cannot set 'deleteSheet'",
    ),
]


@pytest.mark.parametrize(("body", "field", "message"), UNFIT)
def test_a_body_that_does_not_fit_the_schema_is_refused_with_its_place(
    desk: Desk, body: Any, field: str, message: str
) -> None:
    status, reply = desk.api.call("POST", f"{desk.path}:batchUpdate", body)
    assert (status, reply["error"]["message"]) == (400, message)
    (detail,) = reply["error"]["details"]
    assert detail["fieldViolations"] == [{"field": field, "description": message}]


def test_all_faults_of_a_body_are_named_at_once(desk: Desk) -> None:
    body = {"request": [], "requests": [{"addSheet": {"a": 1}}, {"noSuch": {}}]}
    status, reply = desk.api.call("POST", f"{desk.path}:batchUpdate", body)
    assert (status, len(reply["error"]["details"][0]["fieldViolations"])) == (400, 3)


def test_unknown_query_parameters_and_reply_fields_are_refused(desk: Desk) -> None:
    status, reply = desk.api.call("GET", desk.path, includeGrid="true")
    assert (status, reply["error"]["message"]) == (
        400,
        'Invalid JSON payload received. Unknown name "includeGrid": Cannot bind query parameter. '
        "Field 'includeGrid' could not be found in request message.",
    )
    status, reply = desk.api.call("GET", desk.path, fields="sheets.propertis")
    assert (status, reply["error"]["details"][0]["fieldViolations"][0]["field"]) == (400, "sheets.propertis")
    assert desk.api.call("GET", desk.path, prettyPrint="false", alt="json")[0] == 200


@pytest.mark.parametrize(
    "fields", ["sheets.properties(sheetId,title)", "sheets/properties/sheetId,sheets/properties/title",
               "sheets(properties.sheetId,properties/title)", "sheets.properties.sheetId,sheets(properties(title))"],
)  # fmt: skip
def test_masks_may_be_written_in_every_way(desk: Desk, fields: str) -> None:
    assert desk.look(fields=fields) == {"sheets": [{"properties": {"sheetId": 0, "title": "Sheet1"}}]}


def test_snake_case_and_null_are_taken(desk: Desk) -> None:
    desk.batch({"add_sheet": {"properties": {"title": "A", "sheet_id": 3, "tabColor": None, "index": None}}})
    assert desk.book.titles() == ["Sheet1", "A"]


def test_update_cells_touches_the_fields_of_its_mask_and_no_others(desk: Desk) -> None:
    bold = {"textFormat": {"bold": True}}
    full = {**cell("x"), "note": "n", "userEnteredFormat": bold}
    sheet = desk.book.sheet("Sheet1")
    wanted = ("userEnteredValue", "note", "userEnteredFormat")

    def kept(column: int) -> dict[str, Any]:
        return {name: value for name, value in sheet.cell(1, column).items() if name in wanted}

    desk.batch(update(0, 0, [full, full, full, full], fields="*"))
    desk.batch(
        update(0, 0, [{**cell("y"), "note": "ignored"}]),
        update(0, 1, [{}], fields="note"),
        update(0, 2, [{}], fields="userEnteredFormat.textFormat.bold,note"),
        update(0, 3, [{}], fields="*"),
    )
    assert [kept(column) for column in (1, 2, 3, 4)] == [
        {**full, **cell("y")},
        {**cell("x"), "userEnteredFormat": bold},
        cell("x"),
        {},
    ]


def test_the_range_form_clears_what_it_is_given_nothing_for_and_the_start_form_does_not(desk: Desk) -> None:
    rows = [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]]
    desk.write("A1", rows)
    desk.batch(update(0, 0, [cell("new")], []))
    assert desk.values("A1:C3") == [["new", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]]
    covered = {"range": area(1, 0, 3, 2), "rows": [{"values": [cell("D")]}], "fields": "userEnteredValue"}
    desk.batch({"updateCells": covered})
    assert desk.values("A1:C3") == [["new", "b", "c"], ["D", "", "f"], ["", "", "i"]]


def test_text_given_as_text_stays_text(desk: Desk) -> None:
    desk.batch(update(0, 0, [cell("=1+1"), cell("0042"), cell("TRUE"), cell("01/02/2024")]))
    assert desk.book.sheet("Sheet1").values() == [["=1+1", "0042", "TRUE", "01/02/2024"]]
    assert desk.book.sheet("Sheet1").cell(1, 1)["userEnteredValue"] == {"stringValue": "=1+1"}
    assert desk.values("A1:D1", valueRenderOption="FORMULA") == [["=1+1", "0042", "TRUE", "01/02/2024"]]


def test_append_cells_goes_below_the_last_row_with_a_value_and_grows_the_grid(desk: Desk) -> None:
    desk.batch(
        {"updateSheetProperties": {"properties": {"gridProperties": {"rowCount": 3}}, "fields": "gridProperties.rowCount"}},
        update(0, 0, [cell("head")]),
        update(2, 1, [{"note": "only a note"}], fields="note"),
        {"appendCells": {"sheetId": 0, "rows": [{"values": [cell(t)]} for t in "abc"], "fields": "userEnteredValue"}},
    )  # fmt: skip
    assert desk.values("Sheet1") == [["head"], ["a"], ["b"], ["c"]]
    assert desk.book.sheet("Sheet1").model.row_count == 4


def test_sheets_move_as_google_counts_before_the_move(desk: Desk) -> None:
    desk.batch(add("B", sheetId=1), add("C", sheetId=2))

    def move(sheet_id: int, index: int) -> list[str]:
        properties = {"sheetId": sheet_id, "index": index}
        desk.batch({"updateSheetProperties": {"properties": properties, "fields": "index"}})
        return desk.book.titles()

    assert [move(0, 1), move(0, 2), move(0, 3), move(2, 0)] == [
        ["Sheet1", "B", "C"],
        ["B", "Sheet1", "C"],
        ["B", "C", "Sheet1"],
        ["C", "B", "Sheet1"],
    ]


def test_find_replace_counts_what_it_changed(desk: Desk) -> None:
    desk.write("A1", [["cat cat", "Cat", 7], ["dog", "=1+1", "concat"]])
    find = {"find": "cat", "replacement": "x", "allSheets": True}
    (reply,) = desk.batch({"findReplace": {**find, "matchCase": True}})
    assert reply == {"findReplace": {"valuesChanged": 2, "occurrencesChanged": 3, "rowsChanged": 2, "sheetsChanged": 1}}
    assert desk.batch({"findReplace": {**find, "find": "nothing"}}) == [{"findReplace": {}}]
    assert desk.batch(
        {"findReplace": {"find": "c.t", "searchByRegex": True, "matchEntireCell": True, "sheetId": 0}}
    ) == [{"findReplace": {"valuesChanged": 1, "occurrencesChanged": 1, "rowsChanged": 1, "sheetsChanged": 1}}]
    assert desk.values("A1:C2") == [["x x", "", "7"], ["dog", "=1+1", "conx"]]


QUIRKS: dict[str, tuple[list[dict[str, Any]], Any, Any]] = {
    "duplicate-sheet-title-allowed": ([add("Sheet1")], 400, 200),
    "text-becomes-formula": (
        [update(0, 0, [cell("=1+1")])],
        {"stringValue": "=1+1"},
        {"formulaValue": "=1+1"},
    ),
    "echo-before": ([update(0, 0, [cell("new")])], {"stringValue": "new"}, None),
}


@pytest.mark.parametrize("quirk", QUIRKS)
def test_quirks_make_the_server_do_what_google_does_not(desk: Desk, quirk: str) -> None:
    batch, usual, odd = QUIRKS[quirk]

    def result() -> Any:
        body = {"requests": batch, "includeSpreadsheetInResponse": True}
        status, reply = desk.api.call("POST", f"{desk.path}:batchUpdate", body, fields=ECHO)
        if isinstance(usual, int):
            return status
        rows = reply["updatedSpreadsheet"]["sheets"][0]["data"][0].get("rowData", [{}])
        return rows[0].get("values", [{}])[0].get("userEnteredValue")

    first = result()
    desk.book.sheet("Sheet1").type(1, 1, "")
    desk.server.quirks.add(quirk)
    assert (first, result()) == (usual, odd)
