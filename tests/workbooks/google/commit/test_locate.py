"""Where the rows of a commit are found after people have moved them, and which are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from automation.ledger.workbook import Changed, RowMove, RowTerms
from automation.run.edits import FILED, NUMBERING
from automation.workbooks.google.commit.locate import look_up_rows, rows_in, without
from automation.workbooks.google.commit.row_changes import RowChange
from tests.support.small_spreadsheet import (
    CASE_NO,
    CASES,
    DAY,
    HEADERS,
    LEDGER,
    PETITIONER,
    STATUS,
    SUMMARY,
    Ledger,
    Way,
    edit,
    plan_of,
)

SERIAL = 46_083.0
AS_READ: dict[str, Any] = {number: {1: number, 2: who, 3: what, 4: SERIAL, 5: ""} for number, who, what, *_ in CASES}
"""The guarded cells of each case: its number, and what staff type."""
BLANK = dict.fromkeys(range(1, 7), "")
SAME = {column: column for column in range(1, 8)}


# --- leaving out ------------------------------------------------------------------------------------------------


def of(owner: str, group: str = "", start: str = "") -> RowChange:
    return RowChange("Register", 2, {}, {}, RowTerms(owner, group, start))


GROUPED = (
    of(""),
    of("A"),
    of("A"),
    of("B", FILED),
    of("B"),
    of("C", FILED),
    of("", FILED),
    of("D", start=NUMBERING),
    of("E"),
)


@pytest.mark.parametrize(
    ("cases", "left"),
    [
        ((), range(9)),
        (("",), range(9)),
        (("X",), range(9)),
        (("A",), (0, 3, 4, 5, 6, 7, 8)),
        (("B",), (0, 1, 2, 7, 8)),
        (("C",), (0, 1, 2, 7, 8)),
        (("D",), (0, 1, 2, 3, 4, 5, 6, 8)),
        (("E", "A"), (0, 3, 4, 5, 6, 7)),
        (("A", "B", "D"), (0, 8)),
    ],
)
def test_with_a_case_all_of_its_group_are_left_out_and_all_of_their_cases(
    cases: Iterable[str], left: Iterable[int]
) -> None:
    found = without(GROUPED, cases)
    assert [id(change) for change in found] == [id(GROUPED[at]) for at in left]


# --- finding ----------------------------------------------------------------------------------------------------

EDITS = [
    edit("Register", (2, STATUS, "Late"), (3, STATUS, "Late"), (4, STATUS, "Late"), (5, CASE_NO, "LV-00004")),
    edit("Index", (2, 4, DAY), (5, 1, "LV-00004")),
]
ALL = {"LV-00001": 2, "LV-00002": 3, "LV-00003": 4, "LV-00004": 5}
Sheet = Any


def nothing(_: Sheet) -> None: ...


MOVED: dict[str, tuple[Callable[[Sheet], Any], dict[str, int], set[str]]] = {
    # what a person does: where each case is found then, and which are lost
    "nothing": (nothing, ALL, set()),
    "puts a line in above": (lambda s: s.insert_rows(2), {"LV-00001": 3, "LV-00002": 4, "LV-00003": 5, "LV-00004": 6}, set()),
    "puts two lines in between": (lambda s: s.insert_rows(4, 2), {"LV-00001": 2, "LV-00002": 3, "LV-00003": 6, "LV-00004": 7}, set()),
    "deletes a case": (lambda s: s.delete_rows(3), {"LV-00001": 2, "LV-00003": 3, "LV-00004": 4}, {"LV-00002"}),
    "deletes the last one": (lambda s: s.delete_rows(4), {"LV-00001": 2, "LV-00002": 3, "LV-00004": 4}, {"LV-00003"}),
    "sorts": (lambda s: s.sort(PETITIONER, descending=True), {"LV-00001": 4, "LV-00002": 3, "LV-00003": 2, "LV-00004": 5}, set()),
    "moves one up": (lambda s: s.move_rows(4, 1, 2), {"LV-00001": 3, "LV-00002": 4, "LV-00003": 2, "LV-00004": 5}, set()),
    "moves two down": (lambda s: s.move_rows(2, 2, 5), {"LV-00001": 3, "LV-00002": 4, "LV-00003": 2, "LV-00004": 5}, set()),
    "copies one below the last": (lambda s: s.copy_row(2, 5), {"LV-00002": 3, "LV-00003": 4, "LV-00004": 6}, {"LV-00001"}),
    "pastes one over another": (lambda s: s.copy_row(2, 3), {"LV-00003": 4, "LV-00004": 5}, {"LV-00001", "LV-00002"}),
    "tears a number off": (lambda s: s.type(3, CASE_NO, ""), {"LV-00001": 2, "LV-00003": 4, "LV-00004": 5}, {"LV-00002"}),
    "changes two numbers about": (
        lambda s: (s.type(2, CASE_NO, "LV-00002"), s.type(3, CASE_NO, "LV-00001")),
        {"LV-00001": 3, "LV-00002": 2, "LV-00003": 4, "LV-00004": 5}, set(),
    ),
    "types a case below the last": (lambda s: s.load([HEADERS, *CASES, ["LV-00009", "Eve"]]), {**ALL, "LV-00004": 6}, set()),
    "types into a case": (lambda s: s.type(3, SUMMARY, "Bus"), ALL, set()),
    "types into a column of their own": (lambda s: s.type(2, 7, "moved"), ALL, set()),
}  # fmt: skip


def found(ledger: Ledger, act: Callable[[Sheet], Any], *, title: str = "Register") -> Any:
    cells = ledger.cells()
    plan = plan_of(cells, EDITS, [])
    act(ledger.sheet(title))
    ledger.way.server.clear_calls()
    return look_up_rows(ledger.way.transport(), ledger.key, cells, plan)


@pytest.mark.parametrize(("act", "rows", "lost"), MOVED.values(), ids=MOVED)
def test_rows_are_found_by_their_numbers_wherever_they_went(
    way: Way, act: Callable[[Sheet], Any], rows: Mapping[str, int], lost: set[str]
) -> None:
    """It takes one call; a case that cannot be found for certain is left out in every tab."""
    ledger = way.ledger()
    there = found(ledger, act)
    register = {
        change.owner: change.row for change in there.plan.changes if change.title == "Register" and not change.is_header
    }
    index = [change.owner for change in there.plan.changes if change.title == "Index" and not change.is_header]
    assert (register, there.lost, len(way.server.calls)) == (rows, lost, 1)
    assert index == [case for case in ("LV-00001", "LV-00004", "") if case not in lost]
    assert [change.row for change in there.plan.changes if change.is_header] == [1, 1]
    assert {
        change.owner: change.guarded
        for change in there.plan.changes
        if change.owner in AS_READ and change.title == "Register"
    } == {case: AS_READ[case] for case in rows if case in AS_READ}


CHANGED: dict[str, Callable[[Sheet], Any]] = {
    "puts a column in": lambda s: s.insert_column(3),
    "deletes a column": lambda s: s.delete_column(6),
    "moves a column": lambda s: s.move_column(2, 5),
    "renames a header": lambda s: s.type(1, SUMMARY, "What"),
    "heads a column of their own": lambda s: s.type(1, 8, "Mine"),
    "takes the headers away": lambda s: s.delete_rows(1),
    "puts a line in above the headers": lambda s: s.insert_rows(1),
    "renames the tab": lambda s: s.rename("登记"),
    "deletes the tab": lambda s: s.delete(),
}


@pytest.mark.parametrize("act", CHANGED.values(), ids=CHANGED)
def test_where_the_headers_are_others_nothing_is_done(way: Way, act: Callable[[Sheet], Any]) -> None:
    with pytest.raises(Changed):
        found(way.ledger(), act)


def test_nothing_is_asked_where_only_the_job_writes(way: Way) -> None:
    ledger = way.ledger()
    cells = ledger.cells()
    plan = plan_of(cells, [edit("Index", (2, 4, DAY)), edit("Diary", (2, 1, "x"))], [])
    way.server.clear_calls()
    there = look_up_rows(way.transport(), ledger.key, cells, plan)
    assert (there.plan, there.lost, there.heights, way.server.calls) == (plan, frozenset(), {}, [])


ADMINISTRATORS: dict[str, tuple[Callable[[Sheet], Any], list[int]]] = {
    # what an administrator does: the rows in which Ruth, Omar, and the two lines that are alike are found
    "nothing": (nothing, [2, 3, 4, 5, 6]),
    "puts a line in above": (lambda s: s.insert_rows(2), [3, 4, 5, 6, 7]),
    "sorts": (lambda s: s.sort(1), [5, 4, 2, 3, 6]),
    "moves one of two that are alike": (lambda s: s.move_rows(5, 1, 2), [3, 4, 2, 5, 6]),
    "types into a row": (lambda s: s.type(3, 2, "new@s.example"), [2, 4, 5, 6]),
    "types a note beside it": (lambda s: s.type(3, 3, "hm"), [2, 3, 4, 5, 6]),
    "deletes one of two that are alike": (lambda s: s.delete_rows(4), [2, 3, 5]),
    "copies a row": (lambda s: s.copy_row(2, 6), [3, 4, 5, 7]),
}


@pytest.mark.parametrize(("act", "rows"), ADMINISTRATORS.values(), ids=ADMINISTRATORS)
def test_rows_of_administrators_are_found_by_all_they_hold(
    way: Way, act: Callable[[Sheet], Any], rows: list[int]
) -> None:
    """They have no numbers. Two that are alike are taken in order, as long as there are two."""
    people = [*LEDGER["People"], ["Ann", "ann@s.example"], ["Ann", "ann@s.example"]]
    ledger = way.ledger({**LEDGER, "People": people})
    cells = ledger.cells()
    plan = plan_of(cells, [edit("People", *((row, 3, f"p{row}") for row in range(2, 7)))], [])
    act(ledger.sheet("People"))
    there = look_up_rows(way.transport(), ledger.key, cells, plan)
    assert ([change.row for change in there.plan.changes[1:]], there.lost) == (rows, frozenset())


def test_a_lost_number_takes_all_numbers_of_the_commit_with_it(way: Way) -> None:
    """Numbers have no gaps, so none is given unless all can be."""
    ledger = way.ledger({**LEDGER, "Register": [HEADERS, ["", "Dan"], CASES[0], ["LV-00009", "Eve"]]})
    cells = ledger.cells()
    edits = [edit("Register", (2, CASE_NO, "LV-00004"), (3, STATUS, "Late"), (4, CASE_NO, "LV-00005"))]
    ledger.sheet().delete_rows(4)
    there = look_up_rows(way.transport(), ledger.key, cells, plan_of(cells, edits, []))
    assert [(change.row, change.owner) for change in there.plan.changes[1:]] == [(3, "LV-00001")]
    assert there.lost == {"LV-00004", "LV-00005"}


def filing(ledger: Ledger) -> Any:
    cells = ledger.cells()
    edits = [edit("Filing", (3, 8, "A-2"), (4, 8, "A-3")), edit("Runs", (2, 1, "r1"), (2, 4, "abc"))]
    plan = plan_of(cells, edits, [RowMove("Register", "Filing", [2, 4], [3, 4], SAME)])
    return lambda: look_up_rows(ledger.way.transport(), ledger.key, cells, plan)


def test_rows_that_are_filed_are_found_on_both_sides_with_their_heights(way: Way) -> None:
    ledger = way.ledger()
    again = filing(ledger)
    ledger.do(
        {
            "updateDimensionProperties": {
                "range": {"sheetId": 1000, "dimension": "ROWS", "startIndex": 3, "endIndex": 4},
                "properties": {"pixelSize": 90},
                "fields": "pixelSize",
            }
        }
    )
    ledger.sheet().sort(PETITIONER, descending=True)
    ledger.sheet().insert_rows(2)
    ledger.sheet("Filing").insert_rows(2)
    there = again()
    changes = {
        (change.title, change.owner): (change.row, change.comes_from, change.goes)
        for change in there.plan.changes
        if change.owner
    }
    assert changes == {
        ("Filing", "LV-00001"): (4, 5, False),
        ("Filing", "LV-00003"): (5, 3, False),
        ("Register", "LV-00001"): (5, 0, True),
        ("Register", "LV-00003"): (3, 0, True),
    }
    heights = {row: there.heights["Register", row] for row in (3, 4, 5)}
    assert (heights, there.lost) == ({3: 21, 4: 21, 5: 90}, frozenset())


def test_one_that_cannot_be_filed_keeps_all_others_from_it(way: Way) -> None:
    """Runs keeps one digest over all seals, so they are filed together."""
    ledger = way.ledger()
    again = filing(ledger)
    ledger.sheet().delete_rows(4)
    there = again()
    left = [(change.title, dict(change.writes)) for change in there.plan.changes if not change.is_header]
    assert (left, there.lost) == ([("Runs", {1: "r1"})], {"LV-00001", "LV-00003"})


def test_the_cells_of_a_reply_are_counted_from_where_its_parts_begin() -> None:
    cell = {"userEnteredValue": {"stringValue": "x"}}
    data = [
        {"rowData": [{"values": [cell, {}]}, {}]},
        {"startRow": 4, "startColumn": 2, "rowData": [{}, {"values": [{}, cell]}]},
        {"startRow": 5, "rowData": [{"values": [cell]}]},
    ]
    assert rows_in(data) == {1: {1: "x"}, 6: {1: "x", 4: "x"}}
