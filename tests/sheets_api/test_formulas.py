"""Formulas: what they come to, and how their references follow."""

from __future__ import annotations

from typing import Any

import pytest

from .calling import Desk

TABLE: list[list[Any]] = [["id", "name", "days"], ["A1", "Ann", 3], ["A2", "Bob", 5], ["A3", "", 7]]
RESULTS: list[tuple[str, object]] = [
    ("=1+2*3^2/2", 10),
    ("= 1 / 1024", 0.0009765625),
    ("=-2^2", 4),
    ("=(1+2)*3", 9),
    ("=50%*4", 2),
    ('="a"&1&TRUE', "a1TRUE"),
    ('="a""b"', 'a"b'),
    ('="A"="a"', True),
    ("=2>10", False),
    ("=C2+C3", 8),
    ("=SUM(C2:C)", 15),
    ("=SUM(C:C)", 15),
    ("=SUM(Sheet1!C2:C4,1)", 16),
    ("=SUM('Sheet1'!$C$2,C3)", 8),
    ("=AVERAGE(C2:C4)", 5),
    ("=COUNT(A1:C4)", 3),
    ("=COUNTA(B1:B4)", 3),
    ("=MAX(C2:C4)-MIN(C2:C4)", 4),
    ('=IF(C2>2,"late","in time")', "late"),
    ("=IFERROR(1/0,7)", 7),
    ('=COUNTIF(C2:C4,">3")', 2),
    ('=COUNTIF(A2:A4,"A*")', 3),
    ('=SUMIF(B2:B4,"Bob",C2:C4)', 5),
    ('=VLOOKUP("A2",A2:C4,3,FALSE)', 5),
    ('=INDEX(B2:B4,MATCH("A1",A2:A4,0))', "Ann"),
    ("=DATE(2024,3,5)", 45356),
    ("=YEAR(45356)&MONTH(45356)&DAY(45356)", "202435"),
    ('=LEFT("letter",3)&RIGHT("letter",2)&MID("letter",3,1)&LEN("letter")', "letert6"),
    ("=ROUND(2.675,2)", 2.68),
    ("=AND(TRUE,1>0)", True),
    ("=ISBLANK(B9)", True),
    ("=ROW()", 1),
    ("=B9", 0),
    ('=HYPERLINK("https://example.org","here")', "here"),
    ("=Days", 3),
    ("=1/0", "#DIV/0!"),
    ("=C2+B2", "#VALUE!"),
    ("=Nowhere!A1", "#REF!"),
    ("=AA1", "#REF!"),
    ('=VLOOKUP("A9",A2:C4,3,FALSE)', "#N/A"),
    ("=Unknown", "#NAME?"),
    ("=1+", "#ERROR!"),
    ("=QUERY(A1:C4)", "#ERROR!"),
    ("=F1", "#REF!"),
]


def test_formulas_come_to_what_they_say(desk: Desk) -> None:
    where = {"startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 2, "endColumnIndex": 3}
    desk.batch({"addNamedRange": {"namedRange": {"name": "Days", "range": where}}})
    desk.write("A1", TABLE)
    results = []
    for formula, _ in RESULTS:
        desk.write("F1", [[formula]], option="USER_ENTERED")
        results.append((formula, desk.values("F1", valueRenderOption="UNFORMATTED_VALUE")[0][0]))
    assert results == RESULTS


def test_an_error_is_the_effective_value_of_its_cell_and_a_link_its_hyperlink(desk: Desk) -> None:
    desk.write("A1", [["=1/0", '=HYPERLINK("https://example.org","here")', "=A1+1"]], option="USER_ENTERED")
    sheet = desk.book.sheet("Sheet1")
    broken = sheet.cell(1, 1)
    assert (broken["effectiveValue"]["errorValue"]["type"], broken["formattedValue"]) == (
        "DIVIDE_BY_ZERO",
        "#DIV/0!",
    )
    assert (sheet.cell(1, 2)["hyperlink"], sheet.cell(1, 2)["formattedValue"]) == (
        "https://example.org",
        "here",
    )
    assert sheet.cell(1, 3)["formattedValue"] == "#DIV/0!"


FORMULAS = [
    "=A5+$A$5",
    "=SUM(A3:A9)",
    "=Sheet1!A5",
    "=Other!A5",
    '="A5"&A2',
    "=SUM(5:5)",
    "=SUM(A:A)",
    "=A4:A5",
]
FOLLOWED: list[tuple[str, list[str]]] = [
    ("insert", ["=A7+$A$7", "=SUM(A3:A11)", "=Sheet1!A7", "=Other!A5", '="A5"&A2', "=SUM(7:7)", "=SUM(A:A)", "=A4:A7"]),
    (
        "delete",
        ["=#REF!+#REF!", "=SUM(A3:A8)", "=#REF!", "=Other!A5", '="A5"&A2', "=SUM(#REF!)", "=SUM(A:A)", "=A4:A4"],
    ),
    ("move", ["=A2+$A$2", "=SUM(A4:A9)", "=Sheet1!A2", "=Other!A5", '="A5"&A3', "=SUM(2:2)", "=SUM(A:A)", "=A5:A5"]),
    ("column", ["=B5+$B$5", "=SUM(B3:B9)", "=Sheet1!B5", "=Other!A5", '="A5"&B2', "=SUM(5:5)", "=SUM(B:B)", "=B4:B5"]),
    (
        "rename",
        ["=A5+$A$5", "=SUM(A3:A9)", "='New name'!A5", "=Other!A5", '="A5"&A2', "=SUM(5:5)", "=SUM(A:A)", "=A4:A5"],
    ),
    ("drop", ["=A5+$A$5", "=SUM(A3:A9)", "=Sheet1!A5", "=#REF!", '="A5"&A2', "=SUM(5:5)", "=SUM(A:A)", "=A4:A5"]),
]


@pytest.mark.parametrize(("act", "expected"), FOLLOWED)
def test_references_follow_what_they_point_at(desk: Desk, act: str, expected: list[str]) -> None:
    desk.batch({"addSheet": {"properties": {"title": "Other"}}})
    desk.write("M20", [FORMULAS], option="USER_ENTERED")
    sheet = desk.book.sheet("Sheet1")
    match act:
        case "insert":
            sheet.insert_rows(5, 2)
        case "delete":
            sheet.delete_rows(5)
        case "move":
            sheet.move_rows(5, 1, 2)
        case "column":
            sheet.insert_column(1)
        case "rename":
            sheet.rename("New name")
        case "drop":
            desk.book.sheet("Other").delete()
    (row,) = [row for row in sheet.values() if row]
    assert [value for value in row if value] == expected


def test_references_go_along_with_cells_that_are_cut(desk: Desk) -> None:
    desk.batch({"addSheet": {"properties": {"title": "Other", "sheetId": 7}}})
    desk.write("A1", [[1, 2], [3, 4], ["=A1+B1", "=SUM(A1:A2)"], ["=SUM(A1:B2)"]], option="USER_ENTERED")
    target = {"sheetId": 7, "rowIndex": 4, "columnIndex": 4}
    desk.batch({"cutPaste": {"source": {"endRowIndex": 2, "endColumnIndex": 1}, "destination": target}})
    assert desk.book.sheet("Sheet1").values()[2:] == [["=Other!E5+B1", "=SUM(Other!E5:E6)"], ["=SUM(A1:B2)"]]


def test_a_sorted_formula_stays_with_its_row(desk: Desk) -> None:
    desk.write("A1", [["b", 1, "=B1*10"], ["a", 2, "=B2*10"]], option="USER_ENTERED")
    desk.book.sheet("Sheet1").sort(1, first_row=1)
    assert desk.book.sheet("Sheet1").values() == [["a", 2, "=B1*10"], ["b", 1, "=B2*10"]]


def test_a_copied_formula_moves_its_references_but_for_those_with_a_dollar_sign(desk: Desk) -> None:
    desk.write("A1", [["=B1+$B1+B$1+$B$1+SUM(B1:B2)", '="B1"&C1']], option="USER_ENTERED")
    source = {"endRowIndex": 1, "endColumnIndex": 2}
    target = {"startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 2, "endColumnIndex": 4}
    desk.batch({"copyPaste": {"source": source, "destination": target}})
    assert desk.book.sheet("Sheet1").values()[1][2:] == ["=D2+$B2+D$1+$B$1+SUM(D2:D3)", '="B1"&E2']
