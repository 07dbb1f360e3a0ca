"""The requests of a batch are as few as possible, count from 0 where we count from 1, and do what they say."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.ledger.workbook import Cell, Formula
from automation.workbooks.google.reading import SheetFacts
from automation.workbooks.google.requests import (
    clear,
    delete_rows,
    grow,
    height,
    insert_row,
    paste,
    runs,
    span,
    widen,
    write_requests,
)
from tests.support.small_spreadsheet import Ledger, Way

AT = {"sheetId": 7}
TABLE = [["Name", "Number"], ["a", 1], ["b", 2], ["c", 3], ["d", 4]]


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ([], []),
        ([5], [(5, 5)]),
        ([1, 2, 3, 7], [(1, 3), (7, 7)]),
        ([1, 3, 5], [(1, 1), (3, 3), (5, 5)]),
        (range(2, 9), [(2, 8)]),
        ([0, 1], [(0, 1)]),
    ],
)
def test_neighbours_make_a_run(numbers: Iterable[int], found: list[tuple[int, int]]) -> None:
    assert list(runs(numbers)) == found


@settings(deadline=None)
@given(st.sets(st.integers(0, 60)))
def test_runs_hold_every_number_once_and_never_touch(numbers: set[int]) -> None:
    found = list(runs(sorted(numbers)))
    assert [n for first, last in found for n in range(first, last + 1)] == sorted(numbers)
    assert all(later > last + 1 for (_, last), (later, _) in pairwise(found))


def block(row: int, column: int, *lines: list[Any]) -> dict[str, Any]:
    kinds = {str: "stringValue", int: "numberValue"}
    cells = [[{"userEnteredValue": {kinds[type(cell)]: cell}} if cell != "" else {} for cell in line] for line in lines]
    return {
        "updateCells": {
            "start": {**AT, "rowIndex": row - 1, "columnIndex": column - 1},
            "rows": [{"values": line} for line in cells],
            "fields": "userEnteredValue",
        }
    }


BLOCKS: dict[str, tuple[dict[int, dict[int, Cell]], list[dict[str, Any]]]] = {
    "nothing": ({}, []),
    "one cell": ({3: {2: "x"}}, [block(3, 2, ["x"])]),
    "a blank one is emptied": ({3: {2: ""}}, [block(3, 2, [""])]),
    "a row": ({3: {2: "x", 3: 1, 4: "z"}}, [block(3, 2, ["x", 1, "z"])]),
    "in whatever order": ({3: {4: "z", 2: "x", 3: "y"}}, [block(3, 2, ["x", "y", "z"])]),
    "a column": ({2: {1: "a"}, 3: {1: "b"}, 4: {1: "c"}}, [block(2, 1, ["a"], ["b"], ["c"])]),
    "rows apart": ({2: {1: "a"}, 4: {1: "b"}}, [block(2, 1, ["a"]), block(4, 1, ["b"])]),
    "columns apart": ({2: {1: "a", 3: "c"}}, [block(2, 1, ["a"]), block(2, 3, ["c"])]),
    "two columns side by side all the way": (
        {2: {1: "a", 3: "c"}, 3: {1: "b", 3: "d"}},
        [block(2, 1, ["a"], ["b"]), block(2, 3, ["c"], ["d"])],
    ),
    "one goes on where the other ends": (
        {2: {1: "a", 3: "c"}, 3: {1: "b"}, 4: {3: "d"}},
        [block(2, 3, ["c"]), block(2, 1, ["a"], ["b"]), block(4, 3, ["d"])],
    ),
    "wider and narrower": ({2: {1: "a", 2: "b"}, 3: {1: "c"}}, [block(2, 1, ["a", "b"]), block(3, 1, ["c"])]),
}


@pytest.mark.parametrize(("rows", "blocks"), BLOCKS.values(), ids=BLOCKS)
def test_cells_are_written_in_the_fewest_blocks(rows: dict[int, dict[int, Cell]], blocks: list[dict[str, Any]]) -> None:
    found = list(write_requests(7, rows))
    assert sorted(found, key=repr) == sorted(blocks, key=repr)


def cells_of(request: dict[str, Any]) -> dict[tuple[int, int], dict[str, Any]]:
    """Row and column (from 1) of each cell of a block, and its content."""
    start = request["updateCells"]["start"]
    return {
        (start["rowIndex"] + i, start["columnIndex"] + j): cell.get("userEnteredValue", {})
        for i, row in enumerate(request["updateCells"]["rows"], start=1)
        for j, cell in enumerate(row["values"], start=1)
    }


@settings(deadline=None)
@given(st.dictionaries(st.integers(1, 12), st.dictionaries(st.integers(1, 6), st.integers(), min_size=1)))
def test_each_cell_is_written_once_and_nothing_else_is(rows: dict[int, dict[int, Cell]]) -> None:
    found = [place for request in write_requests(7, rows) for place in cells_of(request).items()]
    assert sorted(found, key=repr) == sorted(
        (((row, column), {"numberValue": cell}) for row, line in rows.items() for column, cell in line.items()),
        key=repr,
    )


def test_a_formula_is_written_as_one_and_text_as_text() -> None:
    (request,) = write_requests(7, {2: {1: Formula("=A1"), 2: "=A1"}})
    assert cells_of(request) == {(2, 1): {"formulaValue": "=A1"}, (2, 2): {"stringValue": "=A1"}}


def test_rows_are_taken_out_from_the_bottom_up() -> None:
    taken = [request["deleteDimension"]["range"] for request in delete_rows(7, [9, 2, 5, 4, 3])]
    assert taken == [
        {**AT, "dimension": "ROWS", "startIndex": 8, "endIndex": 9},
        {**AT, "dimension": "ROWS", "startIndex": 1, "endIndex": 5},
    ]
    assert list(delete_rows(7, [])) == []


def test_places_are_counted_from_nought_with_the_end_left_out() -> None:
    area = span(7, (2, 4), (1, 3))
    assert area == {**AT, "startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 3}
    assert paste(area, area) == {"copyPaste": {"source": area, "destination": area, "pasteType": "PASTE_NORMAL"}}


# --- on a real sheet --------------------------------------------------------------------------------------------


@pytest.fixture
def ledger(way: Way) -> Ledger:
    return way.ledger({"Diary": TABLE})


def do(ledger: Ledger, *requests: dict[str, Any]) -> None:
    ledger.way.transport().write(ledger.key, requests)


def facts(ledger: Ledger) -> SheetFacts:
    return ledger.facts().sheets["Diary"]


def test_new_rows_look_and_take_what_the_last_one_does(ledger: Ledger) -> None:
    one_of = {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "a"}]}
    last = {**span(1000, (7, 7), (2, 2))}
    ledger.do(
        {"repeatCell": {"range": last, "cell": {"userEnteredFormat": {"numberFormat": {"type": "DATE"}}}, "fields": "userEnteredFormat"}},
        {"setDataValidation": {"range": last, "rule": {"condition": one_of, "strict": True}}},
    )  # fmt: skip
    ledger.sheet("Diary").type(7, 1, "last")
    before = facts(ledger)
    do(ledger, *grow(before, 9))
    shown = [
        {key: cell.get(key) for key in ("userEnteredFormat", "dataValidation")}
        for row in (7, 8, 9)
        for cell in [ledger.sheet("Diary").cell(row, 2)]
    ]
    assert (before.rows, facts(ledger).rows, ledger.column(1, "Diary")) == (
        7,
        9,
        ["a", "b", "c", "d", "", "last"],
    )
    assert (shown[0]["dataValidation"]["condition"], shown[0]["userEnteredFormat"] is not None) == (
        one_of,
        True,
    )
    assert shown == [shown[0]] * 3


@pytest.mark.parametrize("rows", [1, 6, 7])
def test_where_there_is_room_none_is_made(ledger: Ledger, rows: int) -> None:
    assert (list(grow(facts(ledger), rows)), list(widen(facts(ledger), 3))) == ([], [])


def test_a_tab_of_headers_alone_grows_without_a_look_to_take_over() -> None:
    assert list(grow(SheetFacts(7, "x", 1, 3), 3)) == [{"appendDimension": {**AT, "dimension": "ROWS", "length": 2}}]


def test_columns_are_added_as_they_are_needed(ledger: Ledger) -> None:
    do(ledger, *widen(facts(ledger), 5))
    assert (facts(ledger).columns, ledger.rows("Diary")) == (5, TABLE)


def test_rows_taken_out_are_those_that_were_meant(ledger: Ledger) -> None:
    do(ledger, *delete_rows(1000, [2, 3, 5]))
    assert ledger.rows("Diary") == [TABLE[0], TABLE[3]]


def test_a_row_put_in_a_height_and_an_area_emptied(ledger: Ledger) -> None:
    do(ledger, insert_row(1000, 3), height(1000, 3, 90), clear(span(1000, (4, 5), (2, 2))))
    found = ledger.way.transport().read(ledger.key, ranges="Diary!A2:A4", fields="sheets.data.rowMetadata.pixelSize")
    heights = [row["pixelSize"] for row in found.json()["sheets"][0]["data"][0]["rowMetadata"]]
    assert (ledger.rows("Diary"), heights) == ([TABLE[0], TABLE[1], [], ["b"], ["c"], TABLE[4]], [21, 90, 21])


def test_a_row_can_be_put_in_before_the_first(ledger: Ledger) -> None:
    do(ledger, insert_row(1000, 1))
    assert ledger.rows("Diary") == [[], *TABLE]
