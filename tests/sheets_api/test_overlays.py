"""What lies over cells and around sheets: rules, filters, banding, charts, groups, and what copies of them are."""

from __future__ import annotations

from typing import Any

import pytest

from .calling import Desk

AREA = {"startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 2}
RED = {"red": 1}


def rule(kind: str, *ranges: dict[str, int]) -> dict[str, Any]:
    condition = {"condition": {"type": kind}, "format": {"backgroundColor": RED}}
    return {"ranges": list(ranges or (AREA,)), "booleanRule": condition}


def kinds(desk: Desk, place: int = 0) -> list[tuple[str, list[Any]]]:
    """The conditional formats of a sheet: the kind of each, and its ranges."""
    sheet = desk.look(fields="sheets.conditionalFormats")["sheets"][place]
    return [(one["booleanRule"]["condition"]["type"], one["ranges"]) for one in sheet.get("conditionalFormats", ())]


def test_rules_stand_in_their_order_and_are_moved_replaced_and_deleted(desk: Desk) -> None:
    desk.batch(
        {"addConditionalFormatRule": {"rule": rule("BLANK")}},
        {"addConditionalFormatRule": {"rule": rule("NOT_BLANK"), "index": 0}},
        {"addConditionalFormatRule": {"rule": rule("TEXT_IS_EMAIL"), "index": 2}},
    )
    assert [kind for kind, _ in kinds(desk)] == ["NOT_BLANK", "BLANK", "TEXT_IS_EMAIL"]
    moved, replaced, deleted = desk.batch(
        {"updateConditionalFormatRule": {"sheetId": 0, "index": 2, "newIndex": 0}},
        {"updateConditionalFormatRule": {"index": 1, "rule": rule("TEXT_IS_URL")}},
        {"deleteConditionalFormatRule": {"sheetId": 0, "index": 2}},
    )
    assert [kind for kind, _ in kinds(desk)] == ["TEXT_IS_EMAIL", "TEXT_IS_URL"]
    assert (
        moved["updateConditionalFormatRule"]["oldIndex"],
        moved["updateConditionalFormatRule"]["newIndex"],
    ) == (2, 0)
    old = replaced["updateConditionalFormatRule"]["oldRule"]["booleanRule"]
    assert old == {
        "condition": {"type": "NOT_BLANK"},
        "format": {"backgroundColor": RED, "backgroundColorStyle": {"rgbColor": RED}},
    }
    assert deleted["deleteConditionalFormatRule"]["rule"]["booleanRule"]["condition"]["type"] == "BLANK"


REFUSED: list[tuple[dict[str, Any], str]] = [
    (
        {"addConditionalFormatRule": {"rule": rule("BLANK"), "index": 1}},
        "index[1] is beyond the number of rules (0).",
    ),
    (
        {"addConditionalFormatRule": {"rule": {"ranges": [AREA]}}},
        "Exactly one of booleanRule and gradientRule must be set.",
    ),
    ({"deleteConditionalFormatRule": {"index": 0}}, "No conditional format on sheet: 0 at index: 0"),
    ({"deleteNamedRange": {"namedRangeId": "x"}}, "No named range with id: x"),
    (
        {"addNamedRange": {"namedRange": {"name": "A1", "range": AREA}}},
        "The name 'A1' is not a valid name for a range.",
    ),
    ({"deleteProtectedRange": {"protectedRangeId": 9}}, "No protected range with id: 9"),
    ({"deleteFilterView": {"filterId": 9}}, "No filter view with id: 9"),
    ({"deleteBanding": {"bandedRangeId": 9}}, "No banded range with id: 9"),
    ({"deleteEmbeddedObject": {"objectId": 9}}, "No embedded object with id: 9"),
    (
        {"deleteDimensionGroup": {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 1}}},
        "Cannot delete a dimension group that does not exist.",
    ),
]


@pytest.mark.parametrize(("request_", "message"), REFUSED)
def test_what_is_not_there_cannot_be_changed(desk: Desk, request_: dict[str, Any], message: str) -> None:
    (kind,) = request_
    assert desk.refusal(request_) == f"Invalid requests[0].{kind}: {message}"


def test_a_pasted_cell_brings_its_rules_along_and_never_twice(desk: Desk) -> None:
    below = {**AREA, "startRowIndex": 6, "endRowIndex": 10}
    there = {"sheetId": 7, "startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 2}
    desk.batch(
        {"addSheet": {"properties": {"title": "Other", "sheetId": 7}}},
        {"addConditionalFormatRule": {"rule": rule("BLANK")}},
        {"copyPaste": {"source": AREA, "destination": AREA}},
        *[{"copyPaste": {"source": AREA, "destination": target}} for target in (below, below, there, there)],
    )
    assert (kinds(desk), kinds(desk, 1)) == ([("BLANK", [AREA, below])], [("BLANK", [there])])


def furnish(desk: Desk) -> list[int]:
    """One of everything that has an id, on Sheet1; the ids."""
    chart = {"spec": {"title": "Chart"}, "position": {"overlayPosition": {"anchorCell": {"rowIndex": 1}}}}
    replies = desk.batch(
        {"addFilterView": {"filter": {"range": AREA}}},
        {"addBanding": {"bandedRange": {"range": AREA, "rowProperties": {"firstBandColor": RED}}}},
        {"addChart": {"chart": chart}},
        {"addProtectedRange": {"protectedRange": {"range": AREA, "warningOnly": True}}},
    )
    return [
        replies[0]["addFilterView"]["filter"]["filterViewId"],
        replies[1]["addBanding"]["bandedRange"]["bandedRangeId"],
        replies[2]["addChart"]["chart"]["chartId"],
        replies[3]["addProtectedRange"]["protectedRange"]["protectedRangeId"],
    ]


NAMES = {
    "filterViews": "filterViewId",
    "bandedRanges": "bandedRangeId",
    "charts": "chartId",
    "protectedRanges": "protectedRangeId",
}


def ids(sheet: dict[str, Any]) -> list[int]:
    return [sheet[name][0][key] for name, key in NAMES.items() if name in sheet]


def test_filter_views_banding_and_charts_are_changed_and_deleted(desk: Desk) -> None:
    view, banding, chart, protected = furnish(desk)
    blue = {"headerColor": {"blue": 1}}
    desk.batch(
        {
            "updateBanding": {
                "bandedRange": {"bandedRangeId": banding, "rowProperties": blue},
                "fields": "rowProperties",
            }
        },
        {"updateChartSpec": {"chartId": chart, "spec": {"title": "New"}}},
    )
    (sheet,) = desk.look()["sheets"]
    assert sheet["bandedRanges"][0]["rowProperties"] == {
        **blue,
        "headerColorStyle": {"rgbColor": {"blue": 1}},
    }
    assert (sheet["charts"][0]["spec"], ids(sheet)) == ({"title": "New"}, [view, banding, chart, protected])
    desk.batch(
        {"deleteFilterView": {"filterId": view}},
        {"deleteBanding": {"bandedRangeId": banding}},
        {"deleteEmbeddedObject": {"objectId": chart}},
        {"deleteProtectedRange": {"protectedRangeId": protected}},
    )
    assert list(desk.look()["sheets"][0]) == ["properties"]


def test_a_copy_of_a_sheet_has_everything_under_ids_of_its_own(desk: Desk) -> None:
    desk.write("A1", [["x", "=A1"]], option="USER_ENTERED")
    before = furnish(desk)
    desk.batch({"duplicateSheet": {"insertSheetIndex": 1, "newSheetId": 7, "newSheetName": "Twin"}})
    first, twin = desk.look()["sheets"]
    assert (ids(first), len(ids(twin)), set(ids(twin)) & set(before)) == (before, 4, set())
    assert twin["protectedRanges"][0]["range"] == {"sheetId": 7, **AREA}
    assert twin["charts"][0]["position"]["overlayPosition"]["anchorCell"] == {"sheetId": 7, "rowIndex": 1}
    assert desk.book.sheet("Twin").values() == [["x", "=A1"]]
    desk.book.sheet("Twin").type(1, 1, "y")
    assert desk.book.sheet("Sheet1").values() == [["x", "=A1"]]


def test_a_deleted_sheet_takes_its_named_ranges_along(desk: Desk) -> None:
    desk.batch(
        {"addSheet": {"properties": {"title": "Other", "sheetId": 7}}},
        {"addNamedRange": {"namedRange": {"name": "Here", "range": AREA}}},
        {"addNamedRange": {"namedRange": {"name": "There", "range": {"sheetId": 7, **AREA}}}},
        {"deleteSheet": {"sheetId": 7}},
    )
    assert [entry["name"] for entry in desk.look(fields="namedRanges.name")["namedRanges"]] == ["Here"]


def test_frozen_rows_become_fewer_with_the_rows_and_cannot_be_all(desk: Desk) -> None:
    frozen = {"gridProperties": {"frozenRowCount": 3}}
    rows = {"dimension": "ROWS", "startIndex": 1, "endIndex": 3}
    fields = "gridProperties.frozenRowCount"
    desk.batch(
        {"updateSheetProperties": {"properties": frozen, "fields": fields}},
        {"deleteDimension": {"range": rows}},
    )
    assert desk.look(fields=f"sheets.properties.{fields}")["sheets"] == [
        {"properties": {"gridProperties": {"frozenRowCount": 1}}}
    ]
    everything = {
        "updateSheetProperties": {"properties": {"gridProperties": {"frozenRowCount": 998}}, "fields": fields}
    }
    why = "You can't freeze all visible rows on the sheet."
    assert desk.refusal(everything) == f"Invalid requests[0].updateSheetProperties: {why}"
    rest = {"dimension": "ROWS", "startIndex": 1, "endIndex": 998}
    why = "Sorry, it is not possible to delete all non-frozen rows."
    assert desk.refusal({"deleteDimension": {"range": rest}}) == f"Invalid requests[0].deleteDimension: {why}"


def group(start: int, end: int, depth: int) -> dict[str, Any]:
    return {"range": {"dimension": "ROWS", "startIndex": start, "endIndex": end}, "depth": depth}


def test_groups_lie_in_one_another_and_hide_their_rows_when_collapsed(desk: Desk) -> None:
    def groups() -> Any:
        return desk.look(fields="sheets.rowGroups")["sheets"][0].get("rowGroups", [])

    def add(start: int, end: int) -> dict[str, Any]:
        return {"addDimensionGroup": {"range": group(start, end, 1)["range"]}}

    desk.batch(add(1, 4), add(2, 5))
    assert groups() == [group(1, 5, 1), group(2, 4, 2)]
    desk.batch({"deleteDimensionGroup": {"range": group(3, 5, 1)["range"]}})
    assert groups() == [group(1, 4, 1), group(2, 3, 2)]
    collapsed = {**group(1, 4, 1), "collapsed": True}
    desk.batch({"updateDimensionGroup": {"dimensionGroup": collapsed, "fields": "collapsed"}})
    assert groups() == [collapsed, group(2, 3, 2)]
    (data,) = desk.look(fields="sheets.data.rowMetadata.hiddenByUser", ranges="A1:A5")["sheets"][0]["data"]
    assert data["rowMetadata"] == [
        {},
        {"hiddenByUser": True},
        {"hiddenByUser": True},
        {"hiddenByUser": True},
        {},
    ]


def test_a_file_that_is_not_shared_is_not_found_by_drive(desk: Desk) -> None:
    private = desk.server.new_spreadsheet("Private", shared=False)
    readable = desk.server.new_spreadsheet("Readable", shared="reader")
    status, reply = desk.api.call("GET", f"/drive/v3/files/{private.id}")
    why = f"File not found: {private.id}."
    assert (status, reply["error"]["errors"][0]["reason"], reply["error"]["message"]) == (
        404,
        "notFound",
        why,
    )
    assert {file["name"] for file in desk.api.get("/drive/v3/files")["files"]} == {"Readable", "Ledger"}
    got = [desk.api.call("DELETE", f"/drive/v3/files/{book.id}")[0] for book in (readable, desk.book)]
    assert got == [403, 403]  # an owner alone deletes


def test_one_thing_is_taken_for_a_list_of_one_and_nan_is_not_json(desk: Desk) -> None:
    desk.api.post(f"{desk.path}:batchUpdate", {"requests": {"addSheet": {"properties": {"title": "One"}}}})
    assert desk.book.titles() == ["Sheet1", "One"]
    url = f"http://{desk.server.address}{desk.path}/values/A1"
    answer = desk.api.session.put(url, data='{"values": [[NaN]]}', params={"valueInputOption": "RAW"}, timeout=10)
    assert answer.status_code == 400
