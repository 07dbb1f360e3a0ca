"""The values methods: what becomes of what is written, how it is read back, and which ranges there are."""

from __future__ import annotations

from typing import Any

import pytest

from .calling import Desk, desk

ENTERED: list[tuple[str, str, Any, str]] = [
    # locale, typed, value held, shown
    ("en_GB", "text", "text", "text"),
    ("en_GB", "12", 12, "12"),
    ("en_GB", "0042", 42, "42"),
    ("en_GB", "-1.50", -1.5, "-1.5"),
    ("en_GB", "1,234", 1234, "1,234"),
    ("en_GB", "1,234.5", 1234.5, "1,234.50"),
    ("en_GB", "12,34", "12,34", "12,34"),
    ("en_GB", "50%", 0.5, "50%"),
    ("en_GB", "12.5%", 0.125, "12.50%"),
    ("en_GB", "£3.50", 3.5, "£3.50"),
    ("en_GB", "$3.50", "$3.50", "$3.50"),
    ("en_GB", "1e3", 1000, "1.00E+03"),
    ("en_GB", "TRUE", True, "TRUE"),
    ("en_GB", "false", False, "FALSE"),
    ("en_GB", "'0042", "0042", "0042"),
    ("en_GB", "'=1+1", "=1+1", "=1+1"),
    ("en_GB", "=1+1", "=1+1", "2"),
    ("en_GB", "05/03/2024", 45356, "05/03/2024"),
    ("en_GB", "5/3/24", 45356, "5/3/24"),
    ("en_GB", "31/02/2024", "31/02/2024", "31/02/2024"),
    ("en_GB", "2024-03-05", 45356, "2024-03-05"),
    ("en_GB", "5 March 2024", 45356, "5 Mar 2024"),
    ("en_GB", "13:30", 0.5625, "13:30"),
    ("en_GB", "1:30 pm", 0.5625, "1:30 PM"),
    ("en_GB", "05/03/2024 12:00", 45356.5, "05/03/2024 12:00"),
    ("en_GB", "3_1_0", "3_1_0", "3_1_0"),
    ("en_GB", "8085807e40000000", "8085807e40000000", "8085807e40000000"),
    ("en_US", "05/03/2024", 45415, "05/03/2024"),
    ("en_US", "31/01/2024", "31/01/2024", "31/01/2024"),
    ("en_US", "$3.50", 3.5, "$3.50"),
    ("fr_FR", "12,5", 12.5, "12,5"),
    ("fr_FR", "12.5", "12.5", "12.5"),
    ("fr_FR", "=SUM(1;2,5)", "=SUM(1;2,5)", "3,5"),
    ("de_DE", "05.03.2024", 45356, "05.03.2024"),
    ("nl_NL", "5-3-2024", 45356, "5-3-2024"),
    ("zh_CN", "2024/3/5", 45356, "2024/3/5"),
    ("zh_CN", "2024年3月5日", 45356, "2024年3月5日"),
]


@pytest.mark.parametrize("locale", ["en_GB", "en_US", "fr_FR", "de_DE", "nl_NL", "zh_CN"])
def test_what_is_entered_is_taken_as_a_person_in_that_country_means_it(locale: str) -> None:
    cases = [case for case in ENTERED if case[0] == locale]
    with desk(locale) as one:
        one.write("A1", [[typed] for _, typed, _, _ in cases], option="USER_ENTERED")
        held = [value for (value,) in one.book.sheet("Sheet1").values()]
        shown = [value for (value,) in one.values("A:A")]
        assert list(zip(held, shown, strict=True)) == [(value, text) for _, _, value, text in cases]
        assert [type(value) for value in held] == [type(value) for _, _, value, _ in cases]


def test_raw_is_kept_as_it_is(desk: Desk) -> None:
    row = ["=1+1", "0042", "01/02/2024", "TRUE", 7, 1.5, True, "'x"]
    desk.write("A1", [row])
    assert desk.book.sheet("Sheet1").values() == [row]


def test_a_cell_formatted_as_text_takes_all_that_is_entered_as_text(desk: Desk) -> None:
    text = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}
    desk.batch(
        {
            "repeatCell": {
                "range": {"endRowIndex": 1},
                "cell": text,
                "fields": "userEnteredFormat.numberFormat",
            }
        }
    )
    desk.write("A1", [["0612345678", "01/02/2024", "=1+1"]], option="USER_ENTERED")
    assert desk.book.sheet("Sheet1").values() == [["0612345678", "01/02/2024", "=1+1"]]
    assert "formulaValue" not in desk.book.sheet("Sheet1").cell(1, 3)["userEnteredValue"]


RENDERED: list[tuple[str, str, list[Any]]] = [
    ("FORMATTED_VALUE", "SERIAL_NUMBER", ["3", "05/03/2024", "0042", "TRUE", "1.5", "#DIV/0!"]),
    ("FORMATTED_VALUE", "FORMATTED_STRING", ["3", "05/03/2024", "0042", "TRUE", "1.5", "#DIV/0!"]),
    ("UNFORMATTED_VALUE", "SERIAL_NUMBER", [3, 45356, "0042", True, 1.5, "#DIV/0!"]),
    ("UNFORMATTED_VALUE", "FORMATTED_STRING", [3, "05/03/2024", "0042", True, 1.5, "#DIV/0!"]),
    ("FORMULA", "SERIAL_NUMBER", ["=1+2", 45356, "0042", True, 1.5, "=1/0"]),
    ("FORMULA", "FORMATTED_STRING", ["=1+2", "05/03/2024", "0042", True, 1.5, "=1/0"]),
]


@pytest.mark.parametrize(("values", "dates", "row"), RENDERED)
def test_values_are_rendered_as_asked(desk: Desk, values: str, dates: str, row: list[Any]) -> None:
    desk.write("A1", [["=1+2", "05/03/2024", "'0042", True, 1.5, "=1/0"]], option="USER_ENTERED")
    options = {"valueRenderOption": values, "dateTimeRenderOption": dates}
    assert desk.values("A1:F1", **options) == [row]
    got = desk.api.get(f"{desk.path}/values:batchGet", ranges=["A1:F1", "A1"], **options)["valueRanges"]
    assert [one["values"] for one in got] == [[row], [row[:1]]]


def test_formula_rendering_can_be_made_to_format_dates(desk: Desk) -> None:
    desk.write("A1", [["05/03/2024"]], option="USER_ENTERED")
    desk.server.quirks.add("formula-render-formats-dates")
    assert desk.values("A1", valueRenderOption="FORMULA") == [["05/03/2024"]]


def test_empty_ends_are_left_out_of_rows_and_columns(desk: Desk) -> None:
    desk.write("A1", [["a", "", ""], ["", "", ""], ["", "b", ""], ["", "", ""]])
    assert desk.values("A1:D9") == [["a"], [], ["", "b"]]
    assert desk.values("A1:D9", majorDimension="COLUMNS") == [["a"], ["", "", "b"]]
    assert desk.api.get(f"{desk.path}/values/C1:D9") == {"range": "Sheet1!C1:D9", "majorDimension": "ROWS"}


RANGES: list[tuple[str, str]] = [
    ("A1", "Sheet1!A1"),
    ("Sheet1", "Sheet1!A1:Z1000"),
    ("'Sheet1'", "Sheet1!A1:Z1000"),
    ("sheet1!B2", "Sheet1!B2"),
    ("Sheet1!D4:A1", "Sheet1!A1:D4"),
    ("Sheet1!A:B", "Sheet1!A1:B1000"),
    ("Sheet1!2:3", "Sheet1!A2:Z3"),
    ("Sheet1!B2:B", "Sheet1!B2:B1000"),
    ("Sheet1!B2:3", "Sheet1!B2:Z3"),
    ("Sheet1!A1:ZZ9999", "Sheet1!A1:Z1000"),
    ("$A$1:$B$2", "Sheet1!A1:B2"),
    ("It's here!A1", "'It''s here'!A1"),
    ("'It''s here'!A1:B2", "'It''s here'!A1:B2"),
    ("'D3'!A1", "'D3'!A1"),
    ("D3", "Sheet1!D3"),
    ("Letters", "'D3'!B2:C3"),
]


def test_ranges_are_read_and_written_as_google_does(desk: Desk) -> None:
    where = {"sheetId": 2, "startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 1, "endColumnIndex": 3}
    desk.batch(
        {"addSheet": {"properties": {"title": "It's here", "sheetId": 1}}},
        {"addSheet": {"properties": {"title": "D3", "sheetId": 2}}},
        {"addNamedRange": {"namedRange": {"name": "Letters", "range": where}}},
    )
    texts = [text for text, _ in RANGES]
    got = desk.api.get(f"{desk.path}/values:batchGet", ranges=texts)["valueRanges"]
    assert [(text, one["range"]) for text, one in zip(texts, got, strict=True)] == RANGES


WRONG_RANGES: list[tuple[str, str]] = [
    ("Nowhere!A1", "Unable to parse range: Nowhere!A1"),
    ("Sheet1!1A", "Unable to parse range: Sheet1!1A"),
    ("Nothing", "Unable to parse range: Nothing"),
    ("Sheet1!A1001", "Range (Sheet1!A1001) exceeds grid limits. Max rows: 1000, max columns: 26"),
    ("AA1:AB2", "Range (Sheet1!AA1:AB2) exceeds grid limits. Max rows: 1000, max columns: 26"),
]


@pytest.mark.parametrize(("text", "message"), WRONG_RANGES)
def test_ranges_that_are_none_are_refused(desk: Desk, text: str, message: str) -> None:
    for method, query in (("GET", {}), ("PUT", {"valueInputOption": "RAW"})):
        body = {"values": [["x"]]} if method == "PUT" else None
        status, reply = desk.api.call(method, f"{desk.path}/values/{text}", body, **query)
        assert (status, reply["error"]["message"]) == (400, message)


def test_writing_says_what_was_written_and_null_leaves_a_cell_alone(desk: Desk) -> None:
    desk.write("A1", [["a", "b"], ["c", "d"]])
    done = desk.write("A1:C3", [[None, "B", None], [None, None, None], ["e", None, None]])
    assert done == {
        "spreadsheetId": desk.book.id,
        "updatedRange": "Sheet1!A1:C3",
        "updatedRows": 2,
        "updatedColumns": 2,
        "updatedCells": 2,
    }
    assert desk.values("Sheet1") == [["a", "B"], ["c", "d"], ["e"]]


def test_values_can_come_in_columns_and_be_asked_back(desk: Desk) -> None:
    body = {"majorDimension": "COLUMNS", "values": [["a", "b"], ["1"]]}
    done = desk.api.put(
        f"{desk.path}/values/B2",
        body,
        valueInputOption="USER_ENTERED",
        includeValuesInResponse="true",
        responseValueRenderOption="UNFORMATTED_VALUE",
    )
    assert done["updatedData"] == {
        "range": "Sheet1!B2:C3",
        "majorDimension": "ROWS",
        "values": [["a", 1], ["b"]],
    }


REFUSED_WRITES: list[tuple[str, Any, str]] = [
    ("A1:B1", [["a"], ["b"]], "Requested writing within range [Sheet1!A1:B1], but tried writing to row [2]"),
    (
        "A1:B1",
        [["a", "b", "c"]],
        "Requested writing within range [Sheet1!A1:B1], but tried writing to column [C]",
    ),
    (
        "A1",
        [["x" * 50_001]],
        "Your input contains more than the maximum of 50000 characters in a single cell.",
    ),
    ("A1", "x", "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), \"x\""),
]


@pytest.mark.parametrize(("text", "rows", "message"), REFUSED_WRITES)
def test_writes_that_do_not_fit_are_refused(desk: Desk, text: str, rows: Any, message: str) -> None:
    status, reply = desk.api.call("PUT", f"{desk.path}/values/{text}", {"values": rows}, valueInputOption="RAW")
    assert (status, reply["error"]["message"]) == (400, message)
    assert desk.book.sheet("Sheet1").values() == []


def test_the_input_option_must_be_given(desk: Desk) -> None:
    status, reply = desk.api.call("PUT", f"{desk.path}/values/A1", {"values": [["x"]]})
    assert (status, reply["error"]["message"]) == (400, "'valueInputOption' is required but not specified")


def test_values_beyond_the_grid_make_it_grow(desk: Desk) -> None:
    desk.write("Z1000", [["a", "b"], ["c", "d"]])
    sheet = desk.book.sheet("Sheet1").model
    assert (sheet.row_count, sheet.column_count) == (1001, 27)


APPENDED: list[tuple[list[list[str]], str, dict[str, str], str | None, str]] = [
    ([], "Sheet1", {}, None, "Sheet1!A1:B1"),
    ([["a", "b"], ["c", "d"]], "Sheet1", {}, "Sheet1!A1:B2", "Sheet1!A3:B3"),
    ([["a", "", "c"]], "Sheet1", {}, "Sheet1!C1", "Sheet1!C2:D2"),
    ([["a", "", "c"]], "A1", {}, "Sheet1!A1", "Sheet1!A2:B2"),
    ([["a", "", "c"]], "B1", {}, None, "Sheet1!B1:C1"),
    ([["a", "b"], ["", "d"], ["e", ""]], "A2", {}, "Sheet1!A1:B3", "Sheet1!A4:B4"),
    ([["a"], [""], ["x", "y"]], "A1", {}, "Sheet1!A1", "Sheet1!A2:B2"),
    ([["a"], [""], ["x", "y"]], "A1", {"insertDataOption": "INSERT_ROWS"}, "Sheet1!A1", "Sheet1!A2:B2"),
]


@pytest.mark.parametrize(("rows", "text", "options", "table", "updated"), APPENDED)
def test_appending_finds_the_table(
    desk: Desk, rows: list[list[str]], text: str, options: dict[str, str], table: str | None, updated: str
) -> None:
    desk.write("A1", rows)
    done = desk.api.post(
        f"{desk.path}/values/{text}:append", {"values": [["new", "row"]]}, valueInputOption="RAW", **options
    )
    assert (done.get("tableRange"), done["updates"]["updatedRange"]) == (table, updated)
    assert desk.values(updated) == [["new", "row"]]
    if options:
        assert desk.values("A1:B4") == [["a"], ["new", "row"], [], ["x", "y"]]


def test_clearing_takes_values_and_leaves_formats_and_notes(desk: Desk) -> None:
    bold = {"textFormat": {"bold": True}}
    full = {"userEnteredValue": {"numberValue": 1}, "note": "n", "userEnteredFormat": bold}
    desk.batch({"updateCells": {"start": {}, "rows": [{"values": [full]}], "fields": "*"}})
    assert desk.api.post(f"{desk.path}/values/A1:B2:clear") == {
        "spreadsheetId": desk.book.id,
        "clearedRange": "Sheet1!A1:B2",
    }
    left = {k: v for k, v in desk.book.sheet("Sheet1").cell(1, 1).items() if k != "effectiveFormat"}
    assert left == {"note": "n", "userEnteredFormat": bold}


def test_batches_of_values_are_written_and_cleared_together(desk: Desk) -> None:
    data = [{"range": "A1:B1", "values": [["a", "b"]]}, {"range": "A3", "values": [["c"]]}]
    done = desk.api.post(f"{desk.path}/values:batchUpdate", {"valueInputOption": "RAW", "data": data})
    assert [done[name] for name in ("totalUpdatedRows", "totalUpdatedColumns", "totalUpdatedCells")] == [
        2,
        2,
        3,
    ]
    wrong = [*data[:1], {"range": "Nowhere!A1", "values": [["x"]]}]
    body = {"valueInputOption": "RAW", "data": wrong}
    desk.api.post(f"{desk.path}/values/A1:B1:clear")
    assert desk.api.call("POST", f"{desk.path}/values:batchUpdate", body)[0] == 400
    assert desk.values("Sheet1") == [[], [], ["c"]]
    done = desk.api.post(f"{desk.path}/values:batchClear", {"ranges": ["A1", "A3:B3"]})
    assert done["clearedRanges"] == ["Sheet1!A1", "Sheet1!A3:B3"]
    assert desk.values("Sheet1") == []


FORMATS: list[tuple[float, dict[str, str], str]] = [
    (0.1 + 0.2, {}, "0.3"),
    (1 / 3, {}, "0.3333333333"),
    (1e15, {}, "1E+15"),
    (123456789012, {}, "123456789012"),
    (1234.5, {"type": "NUMBER", "pattern": "#,##0.00"}, "1,234.50"),
    (-3, {"type": "NUMBER", "pattern": "0.0;(0.0)"}, "(3.0)"),
    (0.256, {"type": "PERCENT", "pattern": "0.0%"}, "25.6%"),
    (7, {"type": "NUMBER", "pattern": '000" pieces"'}, "007 pieces"),
    (45356.75, {"type": "DATE_TIME", "pattern": "yyyy-mm-dd hh:mm"}, "2024-03-05 18:00"),
    (45356, {"type": "DATE"}, "05/03/2024"),
    (45356, {"type": "DATE", "pattern": "ddd d mmmm yy"}, "Tue 5 March 24"),
    (1.5, {"type": "TIME", "pattern": "[h]:mm"}, "36:00"),
    (12345, {"type": "SCIENTIFIC", "pattern": "0.00E+00"}, "1.23E+04"),
    (1.005, {"type": "CURRENCY"}, "£1.01"),
]


def test_numbers_are_shown_by_their_format(desk: Desk) -> None:
    cells = [
        {"userEnteredValue": {"numberValue": value}, "userEnteredFormat": {"numberFormat": shape}}
        for value, shape, _ in FORMATS
    ]
    rows = [{"values": [cell]} for cell in cells]
    desk.batch({"updateCells": {"start": {}, "rows": rows, "fields": "userEnteredValue,userEnteredFormat"}})
    assert [row[0] for row in desk.values("A:A")] == [text for _, _, text in FORMATS]
