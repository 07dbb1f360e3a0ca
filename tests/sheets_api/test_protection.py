"""Protected ranges: who is kept from what, and what is never kept from anyone."""

from __future__ import annotations

from typing import Any

import pytest

from . import OWNER, SERVICE_ACCOUNT
from .calling import Desk

ROWS = [["id", "name"], ["a", "Ann"], ["b", "Bob"], ["c", "Cy"]]
WHY = "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit."
SECOND_COLUMN = {"startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 1, "endColumnIndex": 2}


def protect(desk: Desk, grid_range: dict[str, int], **properties: Any) -> None:
    """Protects a range as its owner does at the screen: nobody else may edit."""
    entry = {"protectedRangeId": 5, "range": grid_range, "editors": {"users": [OWNER]}, **properties}
    desk.book.sheet("Sheet1").request({"addProtectedRange": {"protectedRange": entry}})


def update(row: int, column: int) -> dict[str, Any]:
    rows = [{"values": [{"userEnteredValue": {"stringValue": "new"}}]}]
    start = {"rowIndex": row, "columnIndex": column}
    return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}


def rows(kind: str, start: int, end: int, **more: Any) -> dict[str, Any]:
    return {kind: {"range": {"dimension": "ROWS", "startIndex": start, "endIndex": end}, **more}}


def resize(**counts: int) -> dict[str, Any]:
    fields = ",".join(f"gridProperties.{name}" for name in counts)
    return {"updateSheetProperties": {"properties": {"gridProperties": counts}, "fields": fields}}


REQUESTS: list[tuple[dict[str, Any], bool]] = [
    (update(1, 1), False),
    (update(2, 1), False),
    (update(1, 0), True),
    (update(3, 1), True),
    (rows("deleteDimension", 1, 2), False),
    (rows("deleteDimension", 3, 4), True),
    (rows("insertDimension", 2, 3), True),
    (rows("insertDimension", 1, 2), True),
    (rows("insertDimension", 3, 4), True),
    ({"repeatCell": {"range": {"endRowIndex": 3}, "cell": {}, "fields": "note"}}, False),
    ({"repeatCell": {"range": {"endRowIndex": 1}, "cell": {}, "fields": "note"}}, True),
    ({"copyPaste": {"source": SECOND_COLUMN, "destination": {"startRowIndex": 5, "endRowIndex": 7}}}, True),
    (
        {"copyPaste": {"source": {"endRowIndex": 1}, "destination": {"startRowIndex": 1, "endRowIndex": 2}}},
        False,
    ),
    ({"sortRange": {"range": {"startRowIndex": 1}, "sortSpecs": [{"dimensionIndex": 0}]}}, False),
    ({"findReplace": {"find": "Ann", "replacement": "x", "allSheets": True}}, False),
    ({"findReplace": {"find": "id", "replacement": "x", "allSheets": True}}, True),
    ({"deleteProtectedRange": {"protectedRangeId": 5}}, False),
    (resize(rowCount=3), True),
    (resize(rowCount=2), False),
    (resize(columnCount=1), False),
    ({"addSheet": {"properties": {"title": "Free"}}}, True),
]


@pytest.mark.parametrize(("request_", "allowed"), REQUESTS)
def test_protected_cells_can_be_read_and_not_changed(desk: Desk, request_: dict[str, Any], allowed: bool) -> None:
    desk.book.sheet("Sheet1").load(ROWS)
    desk.batch({"addSheet": {"properties": {"title": "Other"}}})
    protect(desk, SECOND_COLUMN)
    (kind,) = request_
    if allowed:
        desk.batch(request_)
    else:
        assert desk.refusal(request_) == f"Invalid requests[0].{kind}: {WHY}"


@pytest.mark.parametrize(
    ("properties", "allowed"),
    [
        ({}, False),
        ({"warningOnly": True}, True),
        ({"editors": {"users": [SERVICE_ACCOUNT]}}, True),
        ({"editors": None}, True),
        ({"unprotectedRanges": [SECOND_COLUMN]}, True),
        ({"unprotectedRanges": [{"startRowIndex": 2, "endRowIndex": 3}]}, False),
    ],
)
def test_protection_lets_through_whom_it_does_not_shut_out(
    desk: Desk, properties: dict[str, Any], allowed: bool
) -> None:
    protect(desk, {}, **{name: value for name, value in properties.items() if value is not None})
    if "editors" in properties and properties["editors"] is None:
        sheet = desk.book.sheet("Sheet1")
        sheet.request({"deleteProtectedRange": {"protectedRangeId": 5}})
        sheet.request({"addProtectedRange": {"protectedRange": {"range": {}}}})
    status, _ = desk.api.call("POST", f"{desk.path}:batchUpdate", {"requests": [update(1, 1)]})
    assert status == (200 if allowed else 400)


def test_a_gap_in_a_protected_sheet_is_for_what_lies_wholly_in_it(desk: Desk) -> None:
    protect(desk, {}, unprotectedRanges=[SECOND_COLUMN])
    wide = {"repeatCell": {"range": {"startRowIndex": 1, "endRowIndex": 2}, "cell": {}, "fields": "note"}}
    assert desk.refusal(wide) == f"Invalid requests[0].repeatCell: {WHY}"


def test_the_values_methods_are_kept_out_too_and_the_owner_is_not(desk: Desk) -> None:
    desk.book.sheet("Sheet1").load(ROWS)
    protect(desk, SECOND_COLUMN)
    path = f"{desk.path}/values"
    calls = [
        desk.api.call("PUT", f"{path}/B2", {"values": [["x"]]}, valueInputOption="RAW"),
        desk.api.call("POST", f"{path}/A1:B4:clear"),
        desk.api.call("POST", f"{path}:batchClear", {"ranges": ["A1", "B3"]}),
    ]
    assert [(status, reply["error"]["message"]) for status, reply in calls] == [(400, WHY)] * 3
    desk.book.sheet("Sheet1").type(2, 2, "by hand")
    assert desk.values("A1:B4") == [ROWS[0], ["a", "by hand"], *ROWS[2:]]


def test_who_may_edit_is_shown_to_those_who_may(desk: Desk) -> None:
    protect(desk, SECOND_COLUMN)
    entry = {"protectedRangeId": 5, "range": SECOND_COLUMN}
    assert desk.look(fields="sheets.protectedRanges") == {"sheets": [{"protectedRanges": [entry]}]}
    desk.book.sheet("Sheet1").request({"deleteProtectedRange": {"protectedRangeId": 5}})
    mine = {"range": SECOND_COLUMN, "protectedRangeId": 6, "description": "mine", "editors": {"users": []}}
    desk.batch({"addProtectedRange": {"protectedRange": mine}})
    shown = desk.look(fields="sheets.protectedRanges")["sheets"][0]["protectedRanges"]
    assert shown == [
        {
            **mine,
            "editors": {"users": [OWNER, SERVICE_ACCOUNT]},
            "requestingUserCanEdit": True,
        }
    ]


def test_rows_protected_together_cannot_be_parted(desk: Desk) -> None:
    protect(desk, {"startRowIndex": 1, "endRowIndex": 3})
    assert desk.refusal(rows("insertDimension", 2, 3)) == f"Invalid requests[0].insertDimension: {WHY}"
    desk.batch(rows("insertDimension", 1, 2))


def test_a_warning_made_a_protection_keeps_nobody_out_and_only_sheets_have_gaps(desk: Desk) -> None:
    protect(desk, SECOND_COLUMN, warningOnly=True)
    new = {"protectedRangeId": 5, "warningOnly": False}
    by_hand = {"updateProtectedRange": {"protectedRange": new, "fields": "warningOnly"}}
    desk.book.sheet("Sheet1").request(by_hand)
    desk.batch(update(1, 1))
    entry = {"range": SECOND_COLUMN, "unprotectedRanges": [SECOND_COLUMN]}
    why = "Unprotected ranges are only supported on protected sheets."
    refusal = desk.refusal({"addProtectedRange": {"protectedRange": entry}})
    assert refusal == f"Invalid requests[0].addProtectedRange: {why}"


def test_a_protected_sheet_cannot_be_deleted(desk: Desk) -> None:
    desk.batch({"addSheet": {"properties": {"title": "Other"}}})
    protect(desk, {})
    assert desk.refusal({"deleteSheet": {"sheetId": 0}}) == f"Invalid requests[0].deleteSheet: {WHY}"
