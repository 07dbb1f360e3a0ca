"""What a commit will do, row by row, and what must be in each row before."""

from __future__ import annotations

from typing import Any

from automation.ledger.workbook import RowMove, RowTerms
from automation.run.edits import FILED, NUMBERING
from automation.workbooks.google.commit.row_changes import CommitPlan, Route, RowChange
from tests.support.small_spreadsheet import CASE_NO, CASES, DAY, DEPARTMENT, HEADERS, LEDGER, STATUS, Way, edit, plan_of

SERIAL = 46_083.0
AS_READ: dict[str, Any] = {number: {1: number, 2: who, 3: what, 4: SERIAL, 5: ""} for number, who, what, *_ in CASES}
"""The guarded cells of each case: its number, and what staff type."""
BLANK = dict.fromkeys(range(1, 7), "")
SAME = {column: column for column in range(1, 8)}


def header(title: str) -> RowChange:
    return RowChange(title, 1, dict(enumerate(LEDGER[title][0], start=1)), is_header=True)


# --- planning ---------------------------------------------------------------------------------------------------


def test_each_row_is_one_work_below_its_headers_whatever_columns_are_written(way: Way) -> None:
    cells = way.ledger().cells()
    edits = [
        edit("Register", (4, STATUS, "In hand"), (2, STATUS, "Closed"), (4, DEPARTMENT, "Office")),
        edit("People", (3, 3, "who?")),
        edit("Diary", (2, 2, "x"), (2, 3, "y")),
    ]
    plan = plan_of(cells, edits)
    assert plan.changes == (
        header("Diary"),
        header("People"),
        header("Register"),
        RowChange("Diary", 2, {2: "Opened", 3: ""}, {2: "x", 3: "y"}),
        RowChange("People", 3, {1: "Omar", 2: "omar@s.example"}, {3: "who?"}),
        RowChange("Register", 2, AS_READ["LV-00001"], {6: "Closed"}, RowTerms("LV-00001")),
        RowChange("Register", 4, AS_READ["LV-00003"], {6: "In hand", 5: "Office"}, RowTerms("LV-00003")),
    )
    assert (plan.routes, plan.pages, [*plan.tabs]) == ((), {}, ["Diary", "People", "Register"])


def test_what_is_written_on_a_page_is_no_work_of_any_row(way: Way) -> None:
    cells = way.ledger({**LEDGER, "Dashboard": [["", "Dashboard"]], "Report": [[]]}).cells()
    edits = [
        edit("Dashboard", (5, 2, 3), (5, 4, 1), (9, 2, "LV-00001")),
        edit("Runs", (2, 1, "now")),
        edit("Report", (4, 2, "")),
    ]
    plan = plan_of(cells, edits, [])
    assert dict(plan.pages) == {"Dashboard": {5: {2: 3, 4: 1}, 9: {2: "LV-00001"}}, "Report": {4: {2: ""}}}
    assert {change.title for change in plan.changes} == {"Runs"}


def test_rows_of_the_jobs_own_tabs_are_known_by_their_names_alone(way: Way) -> None:
    cells = way.ledger().cells()
    edits = [edit("Index", (3, 4, DAY)), edit("Notices", (2, 5, "void"), (3, 1, "k2"), (3, 4, "a@b"))]
    assert plan_of(cells, edits, []).changes[2:] == (
        RowChange("Index", 3, {1: "LV-00002"}, {4: DAY}, RowTerms("LV-00002")),
        RowChange("Notices", 2, {1: "k1", 2: "mail1", 4: "ruth@s.example"}, {5: "void"}, RowTerms("LV-00001")),
        RowChange("Notices", 3, dict.fromkeys(range(1, 7), ""), {1: "k2", 4: "a@b"}, is_new=True),
    )


def test_a_watched_case_is_guarded_though_nothing_is_written_of_it(way: Way) -> None:
    cells = way.ledger().cells()
    plan = plan_of(cells, [], [], ["LV-00002", "LV-00099"])
    assert plan.changes == (header("Register"), RowChange("Register", 3, AS_READ["LV-00002"], {}, RowTerms("LV-00002")))
    assert plan_of(cells, [], [], []) == CommitPlan(())


def test_rows_that_get_their_number_are_one_group_and_so_is_the_number_in_index(way: Way) -> None:
    """That the number was issued stands apart, since it remains true whatever becomes of the case."""
    cells = way.ledger().cells()
    edits = [
        edit("Register", (5, CASE_NO, "LV-00004"), (5, STATUS, "New"), (2, STATUS, "Closed")),
        edit("Index", (5, 1, "LV-00004"), (5, 2, DAY), (5, 4, DAY)),
    ]
    index = {1: "", 2: "", 3: "", 4: ""}
    assert plan_of(cells, edits, []).changes[2:] == (
        RowChange("Index", 5, index, {4: DAY}, RowTerms("LV-00004", start=NUMBERING), is_new=True),
        RowChange(
            "Index", 5, index, {1: "LV-00004", 2: DAY}, RowTerms(start=NUMBERING, beside="LV-00004"), is_new=True
        ),
        RowChange("Register", 2, AS_READ["LV-00001"], {6: "Closed"}, RowTerms("LV-00001")),
        RowChange(
            "Register",
            5,
            BLANK,
            {1: "LV-00004", 6: "New"},
            RowTerms("LV-00004", start=NUMBERING, gets_number=True),
            is_new=True,
        ),
    )


def test_a_line_that_somebody_typed_without_a_number_gets_one_and_a_copied_one_another(way: Way) -> None:
    rows = [HEADERS, ["", "Dan", "Bus"], CASES[0], CASES[0]]
    cells = way.ledger({**LEDGER, "Register": rows}).cells()
    edits = [edit("Register", (2, CASE_NO, "LV-00004"), (4, CASE_NO, "LV-00005"), (3, CASE_NO, "LV-00001"))]
    found = [
        (change.row, change.owner, change.guarded[1], change.terms.start)
        for change in plan_of(cells, edits, []).changes[1:]
    ]
    assert found == [
        (2, "LV-00004", "", NUMBERING),
        (3, "LV-00001", "LV-00001", ""),
        (4, "LV-00005", "LV-00001", NUMBERING),
    ]


def test_an_empty_index_takes_over_all_numbers_or_none(way: Way) -> None:
    cells = way.ledger({**LEDGER, "Index": LEDGER["Index"][:1]}).cells()
    edits = [
        edit("Index", (2, 1, "LV-00001"), (3, 1, "LV-00002")),
        edit("Register", (3, STATUS, "x"), (4, STATUS, "x")),
    ]
    found = [(change.title, change.row, change.terms.start) for change in plan_of(cells, edits, []).changes[2:]]
    assert found == [
        ("Index", 2, NUMBERING), ("Index", 2, NUMBERING), ("Index", 3, NUMBERING), ("Index", 3, NUMBERING),
        ("Register", 3, NUMBERING), ("Register", 4, ""),
    ]  # fmt: skip


def test_a_number_that_an_index_in_use_lacks_stands_by_itself(way: Way) -> None:
    rows = [row for row in LEDGER["Index"] if row[0] != "LV-00002"]
    cells = way.ledger({**LEDGER, "Index": rows}).cells()
    edits = [edit("Index", (4, 1, "LV-00002"), (4, 2, DAY)), edit("Register", (3, STATUS, "x"))]
    assert {change.terms.start for change in plan_of(cells, edits, []).changes} == {""}


def test_what_is_filed_goes_and_comes_with_the_digest_of_seals_as_one_group(way: Way) -> None:
    """The row that comes belongs to the case of the row that goes, though its number is not written in Filing."""
    cells = way.ledger().cells()
    edits = [
        edit("Filing", (3, 8, "A-2")),
        edit("Register", (2, STATUS, "Closed")),
        edit("Runs", (2, 1, "r1"), (2, 3, 7), (2, 4, "abc"), (2, 5, "done")),
    ]
    move = RowMove("Register", "Filing", [3], [3], SAME)
    filing, runs = {**BLANK, 8: ""}, {1: "", 2: "", 3: "", 4: "", 5: ""}
    plan = plan_of(cells, edits, [move])
    assert (plan.changes[3:], plan.routes) == (
        (
            RowChange("Filing", 3, filing, {8: "A-2"}, RowTerms("LV-00002", FILED), is_new=True, comes_from=3),
            RowChange("Register", 2, AS_READ["LV-00001"], {6: "Closed"}, RowTerms("LV-00001")),
            RowChange("Register", 3, AS_READ["LV-00002"], {}, RowTerms("LV-00002", FILED), goes=True),
            RowChange("Runs", 2, runs, {1: "r1", 5: "done"}, is_new=True),
            RowChange("Runs", 2, runs, {3: 7, 4: "abc"}, RowTerms(group=FILED), is_new=True),
        ),
        (Route("Register", "Filing", SAME),),
    )
    alone = plan_of(cells, edits[2:], [])
    assert alone.changes[1:] == (RowChange("Runs", 2, runs, {1: "r1", 3: 7, 4: "abc", 5: "done"}, is_new=True),)
