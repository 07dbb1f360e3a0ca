"""What a spreadsheet has already, from Google's reply, which leaves out zeros and empty lists."""

from __future__ import annotations

from automation.workbooks.google.layout.facts import FoundList, FoundSheet, Span, SpreadsheetFacts, facts_of

REPLY = {
    "sheets": [
        {"properties": {"sheetId": 7, "title": "Topics", "index": 1, "sheetType": "GRID",
                        "gridProperties": {"rowCount": 100, "columnCount": 5}},
         "basicFilter": {"range": {"sheetId": 7}}, "bandedRanges": [{"range": {"sheetId": 7}}],
         "columnGroups": [{"range": {"sheetId": 7}}], "conditionalFormats": [{"ranges": []}, {"ranges": []}],
         "protectedRanges": [
             {"range": {"sheetId": 7, "startColumnIndex": 1, "endColumnIndex": 3}},
             {"range": {"sheetId": 7, "startRowIndex": 1, "startColumnIndex": 3, "endColumnIndex": 4, "endRowIndex": 100}},
             {"range": {"sheetId": 7, "startRowIndex": 4, "endRowIndex": 5}},
             {"range": {"sheetId": 7}}, {}]},
        {"properties": {"title": "Sheet1", "sheetType": "GRID", "gridProperties": {"rowCount": 1000, "columnCount": 26}}},
        {"properties": {"sheetId": 3, "title": "Chart1", "index": 2, "sheetType": "OBJECT"}},
        {"properties": {"sheetId": 4, "title": "Drawn", "index": 3, "sheetType": "GRID",
                        "gridProperties": {"rowCount": 9, "columnCount": 9}}, "charts": [{"chartId": 1}]},
    ],
    "namedRanges": [
        {"namedRangeId": "a", "name": "list_topics", "range": {"sheetId": 7, "startRowIndex": 1}},
        {"namedRangeId": "b", "name": "on_the_first", "range": {"startRowIndex": 1, "endRowIndex": 2}},
        {"namedRangeId": "c", "name": "list_people", "range": {"sheetId": 99, "startRowIndex": 1}},
        {"namedRangeId": "d", "name": "list_departments"},
    ],
}  # fmt: skip


def test_everything_laying_out_has_to_know() -> None:
    rows = [["Topic", "", "Mine", "", None], *[[""]] * 11]

    assert facts_of(REPLY, {"Topics": rows}) == SpreadsheetFacts(
        [
            FoundSheet(0, "Sheet1", 1000, 26),
            FoundSheet(
                7,
                "Topics",
                100,
                5,
                ["Topic", "", "Mine", "", None],
                12,
                filtered=True,
                banded=True,
                grouped=True,
                colours=2,
                protected=(Span(2, 3), Span(4, 4), Span(1, 5)),
                cells=rows,
            ),
            FoundSheet(3, "Chart1", 0, 0, (), 1),  # a chart is something, too
            FoundSheet(4, "Drawn", 9, 9, (), 1),
        ],
        {
            "list_topics": FoundList("a", 7),
            "on_the_first": FoundList("b", 0),
            "list_people": FoundList("c", None),
            "list_departments": FoundList("d", None),
        },
    )


def test_the_last_column_is_the_last_with_a_header() -> None:
    assert FoundSheet(1, "a", headers=["x", "", "y", "", None]).width == 3
    assert FoundSheet(1, "a", headers=["", None]).width == 0
