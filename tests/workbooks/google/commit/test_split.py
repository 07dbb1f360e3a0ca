"""A plan in as few batches as possible, each safe alone; what Google would refuse is refused before any write."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from automation.ledger.errors import LedgerError
from automation.ledger.workbook import Changed, Formula, RowMove, RowTerms, Snapshot, TabEdit, Undone
from automation.run.edits import FILED
from automation.workbooks.google import refusals
from automation.workbooks.google.commit.row_changes import CommitPlan, Route, RowChange
from automation.workbooks.google.commit.split import LARGEST, parts, refuse_long
from tests.support.small_spreadsheet import (
    CASE_NO,
    CASES,
    DAY,
    HEADERS,
    LEDGER,
    MEMO,
    RECEIVED_ON,
    STATUS,
    SUMMARY,
    Ledger,
    Way,
    committed,
    edit,
    said,
    writes_rows,
)

SAME = {column: column for column in range(1, 8)}


# --- parts ------------------------------------------------------------------------------------------------------


def header(title: str) -> RowChange:
    return RowChange(title, 1, {1: title}, is_header=True)


def row_change(title: str, row: int, owner: str = "", group: str = "", *, share: float = 0.0) -> RowChange:
    """A row change that takes about this share of the largest request."""
    return RowChange(title, row, {}, {1: "x" * int(share * LARGEST)} if share else {}, RowTerms(owner, group))


ROUTES = (Route("Register", "Filing", SAME),)
PAGES = {"Dashboard": {5: {2: 3}}}


def in_short(plans: Sequence[CommitPlan]) -> list[list[str]]:
    return [[f"{change.title[0]}{change.row}" for change in plan.changes] for plan in plans]


def test_what_fits_is_one_part_in_the_order_of_tabs_and_rows() -> None:
    plan = CommitPlan(
        (
            header("Index"),
            header("Register"),
            row_change("Register", 3, "A"),
            row_change("Index", 9, "A"),
            row_change("Register", 2, "B"),
            row_change("Index", 4),
        ),
        ROUTES,
    )
    (one,) = parts(plan)
    assert (in_short([one]), one.routes) == ([["R1", "I1", "I4", "I9", "R2", "R3"]], ROUTES)


def test_a_plan_of_nothing_is_one_part_of_nothing() -> None:
    assert parts(CommitPlan(())) == [CommitPlan(())]


SPLIT: dict[str, tuple[list[RowChange], list[list[str]]]] = {
    "cases are never torn apart": (
        [
            row_change("Register", 2, "A", share=0.4),
            row_change("Register", 3, "B", share=0.4),
            row_change("Index", 2, "A", share=0.3),
            row_change("Index", 3, "B", share=0.3),
        ],
        [["R1", "I1", "I2", "R2"], ["R1", "I1", "I3", "R3"]],
    ),
    "as many as fit": (
        [row_change("Register", row, f"C{row}", share=0.3) for row in range(2, 9)],
        [["R1", "R2", "R3", "R4"], ["R1", "R5", "R6", "R7"], ["R1", "R8"]],
    ),
    "each has the headers of the tabs it touches": (
        [row_change("Register", 2, "A", share=0.9), row_change("Index", 2, "B", share=0.9)],
        [["R1", "R2"], ["I1", "I2"]],
    ),
    "one that is too large by itself is a part by itself": (
        [
            row_change("Register", 2, "A", share=0.1),
            row_change("Register", 3, "B", share=1.4),
            row_change("Register", 4, "C", share=0.1),
        ],
        [["R1", "R2"], ["R1", "R3"], ["R1", "R4"]],
    ),
    "nobody's come last": (
        [
            row_change("Index", 2, share=0.4),
            row_change("Register", 2, "A", share=0.7),
            row_change("Register", 3, "B", share=0.7),
        ],
        [["R1", "R2"], ["R1", "R3"], ["I1", "I2"]],
    ),
    "what is filed comes last, and all there is of its cases with it": (
        [
            row_change("Filing", 2, "A", FILED),
            row_change("Register", 2, "A", FILED, share=0.3),
            row_change("Index", 2, "A", share=0.3),
            row_change("Register", 3, "B", share=0.8),
            row_change("Index", 3, "B", share=0.1),
            row_change("Runs", 2, "", FILED),
        ],
        [["R1", "I1", "I3", "R3"], ["F1", "R1", "R1", "I1", "F2", "I2", "R2", "R2"]],
    ),
}


@pytest.mark.parametrize(("changes", "found"), SPLIT.values(), ids=SPLIT)
def test_what_does_not_fit_is_split_so_that_each_part_is_safe_alone(
    changes: list[RowChange], found: list[list[str]]
) -> None:
    titles = dict.fromkeys(one.title for one in changes)
    plans = parts(CommitPlan((*map(header, titles), *changes), ROUTES, PAGES))
    assert [sorted(part) for part in in_short(plans)] == [sorted(part) for part in found]
    assert [(plan.routes, plan.pages) for plan in plans] == [((), {})] * (len(found) - 1) + [(ROUTES, PAGES)]
    assert [[change.is_header for change in plan.changes] for plan in plans] == [
        sorted((change.is_header for change in plan.changes), reverse=True) for plan in plans
    ]


# --- what Google would refuse -----------------------------------------------------------------------------------


def commit(ledger: Ledger, edits: Sequence[TabEdit], moves: Sequence[RowMove] = ()) -> Undone:
    book = ledger.workbook()
    with book.lock():
        return committed(book, book.read(), edits, moves=moves)


def test_a_cell_of_too_many_characters_is_named_before_anything_is_written(way: Way) -> None:
    ledger = way.ledger()
    before = ledger.tabs()
    with pytest.raises(LedgerError) as caught:
        commit(ledger, [edit("Register", (2, STATUS, "Late"), (4, SUMMARY, "保" * 60_000))])
    assert (said(caught.value), ledger.tabs()) == (said(refusals.cell_too_long("Register", "C4")), before)
    assert (caught.value.say("en"), caught.value.say("zh")) == (
        "The cell Register!C4 would hold more than the 50,000 characters Google allows, so nothing was written: shorten it.",
        "单元格 Register!C4将超过 Google 允许的50,000字，没有写入：请缩短。",
    )
    assert [call for call in way.server.calls if writes_rows(call)] == []


@pytest.mark.parametrize("count", [49_999, 50_000])
def test_as_many_as_google_takes_are_written(way: Way, count: int) -> None:
    ledger = way.ledger()
    assert (commit(ledger, [edit("Register", (2, SUMMARY, "保" * count))]), len(str(ledger.column(SUMMARY)[0]))) == (
        Undone(),
        count,
    )


def test_only_text_is_measured() -> None:
    cells = {1: 10**9, 2: True, 3: Formula("=" + "1" * 60_000), 4: DAY, 5: "x" * 50_000}
    refuse_long(CommitPlan((RowChange("Register", 2, {}, cells),)))


def test_the_limit_on_cells_is_known_before_it_is_met(way: Way) -> None:
    ledger = way.ledger()
    others = ledger.facts().cells - ledger.facts().sheets["Diary"].rows * 3
    own, free = 26 * 100 + 2, 50  # the undo log and the lock; and so many that are left
    size = {
        "sheetId": 1007,
        "gridProperties": {"rowCount": (refusals.MOST_CELLS - others - own - free) // 3},
    }
    ledger.do({"updateSheetProperties": {"properties": size, "fields": "gridProperties.rowCount"}})
    before = ledger.tabs()
    with pytest.raises(LedgerError) as caught:
        commit(ledger, [edit("Register", (60, CASE_NO, "LV-00004"))])
    assert (said(caught.value), ledger.tabs()) == (said(refusals.too_many_cells()), before)
    assert [call for call in way.server.calls if writes_rows(call)] == []
    assert commit(ledger, [edit("Register", (5, CASE_NO, "LV-00004"))]) == Undone()


# --- an ordinary one --------------------------------------------------------------------------------------------


def test_every_kind_of_cell_is_written_as_it_is_and_nothing_beside_it(way: Way) -> None:
    ledger = way.ledger()
    before = ledger.tabs()
    missed = commit(
        ledger,
        [
            edit("Register", (2, SUMMARY, "=IMPORTXML(1)"), (3, SUMMARY, "007"), (4, SUMMARY, ""), (2, RECEIVED_ON, DAY),
                 (3, RECEIVED_ON, 5), (4, STATUS, True)),
            edit("People", (2, 5, "far out")), edit("Diary", (9, 2, "far down")),
        ],
    )  # fmt: skip
    expected = {
        **before,
        "Register": [
            HEADERS,
            ["LV-00001", "Ann", "=IMPORTXML(1)", 46_083, "", "", "m1"],
            ["LV-00002", "Ben", "007", 5, "", "", "m2"],
            ["LV-00003", "Cat", "", 46_083, "", True, "m3"],
        ],
        "People": [LEDGER["People"][0], ["Ruth", "ruth@s.example", "", "", "far out"], LEDGER["People"][2]],
        "Diary": [["Day", "What"], [46_083, "Opened"], [], [], [], [], [], [], ["", "far down"]],
    }
    assert (missed, ledger.tabs()) == (Undone(), expected)
    assert ledger.sheet().cell(2, SUMMARY)["userEnteredValue"] == {"stringValue": "=IMPORTXML(1)"}


def test_a_row_is_filed_with_its_look_note_link_and_height(way: Way) -> None:
    ledger = way.ledger({**LEDGER, "Filing": [["Archive no.", *HEADERS]]})
    look = {"textFormat": {"bold": True}}
    cell = {"userEnteredValue": {"stringValue": "Food"}, "note": "seen", "userEnteredFormat": look}
    ledger.do(
        {"updateCells": {"start": {"sheetId": 1000, "rowIndex": 2, "columnIndex": 2}, "rows": [{"values": [cell]}],
                         "fields": "userEnteredValue,note,userEnteredFormat"}},
        {"updateDimensionProperties": {
            "range": {"sheetId": 1000, "dimension": "ROWS", "startIndex": 2, "endIndex": 3},
            "properties": {"pixelSize": 90}, "fields": "pixelSize"}},
    )  # fmt: skip
    shifted = {column: column + 1 for column in range(1, 8)}
    edits = [edit("Filing", (2, 1, "A-1"), (3, 1, "A-2")), edit("Register", (3, STATUS, "Closed"))]
    assert commit(ledger, edits, [RowMove("Register", "Filing", [3, 2], [2, 3], shifted)]) == Undone()
    assert (ledger.rows(), ledger.rows("Filing")[1:]) == (
        [HEADERS, ["LV-00003", "Cat", "Fees", 46_083, "", "", "m3"]],
        [
            ["A-1", "LV-00002", "Ben", "Food", 46_083, "", "Closed", "m2"],
            ["A-2", "LV-00001", "Ann", "Noise", 46_083, "", "", "m1"],
        ],
    )
    filed = ledger.sheet("Filing").cell(2, 4)
    high = way.transport().read(ledger.key, ranges="Filing!A2:A3", fields="sheets.data.rowMetadata.pixelSize").json()
    assert (filed["note"], filed["userEnteredFormat"]["textFormat"]["bold"]) == ("seen", True)
    assert [row["pixelSize"] for row in high["sheets"][0]["data"][0]["rowMetadata"]] == [90, 21]


def test_a_second_commit_under_one_lock_takes_it_again(way: Way) -> None:
    """The first commit released it with its batch. No tab is mistaken for the lock, not even the one with id 0."""
    ledger = way.ledger()
    ledger.do({"addSheet": {"properties": {"sheetId": 0, "title": "Start here", "index": 0}}})
    ledger.sheet("Start here").load([["Welcome", "to the ledger"]])
    book = ledger.workbook()
    with book.lock():
        for word in ("Late", "Soon"):
            assert committed(book, book.read(), [edit("Register", (2, STATUS, word))]) == Undone()
    assert (ledger.column(STATUS), ledger.rows("Start here"), "_lock" in ledger.book.titles()) == (
        ["Soon", "", ""],
        [["Welcome", "to the ledger"]],
        False,
    )


def test_a_snapshot_that_is_not_the_last_one_is_not_committed(way: Way) -> None:
    ledger = way.ledger()
    book = ledger.workbook()
    with book.lock():
        old = book.read()
        ledger.sheet().type(2, MEMO, "x")
        book.read()
        for snapshot in (old, Snapshot({}, "v")):
            with pytest.raises(Changed):
                committed(book, snapshot, [edit("Register", (2, STATUS, "Late"))])
    assert ledger.column(STATUS) == [""] * len(CASES)


# --- what keeps a row from being filed --------------------------------------------------------------------------


def test_what_holds_a_row_where_it_is(way: Way) -> None:
    cases = [[f"LV-{i:05d}", "Ann", "Noise", DAY, "", "", ""] for i in range(1, 9)]
    ledger = way.ledger({**LEDGER, "Register": [HEADERS, *cases]})
    ledger.sheet().type(3, MEMO, "=1+1")
    ledger.sheet("Diary").type(3, 2, "=Register!C5")
    area = {"sheetId": 1000, "startRowIndex": 5, "endRowIndex": 7, "startColumnIndex": 6, "endColumnIndex": 7}
    ledger.do({"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}})
    ledger.sheet("Diary").type(4, 2, "=SUM(Register!C2:C9)")
    book = ledger.workbook()
    snapshot = book.read()
    assert [book.bound(snapshot, RowMove("Register", "Filing", rows)) for rows in ([2, 4], [3, 5, 6, 7, 8], [])] == [
        {},
        {3: "formula", 5: "referred", 6: "merged", 7: "merged"},
        {},
    ]


# --- on a page --------------------------------------------------------------------------------------------------


def test_a_page_makes_room_for_what_is_written_and_nothing_is_looked_up_or_logged(way: Way) -> None:
    ledger = way.ledger({**LEDGER, "Dashboard": [["", "Dashboard"]]})
    book = ledger.workbook()
    with book.lock():
        snapshot = book.read()
        way.server.clear_calls()
        undone = committed(book, snapshot, [edit("Dashboard", (90, 30, 7), (2, 2, ""))])
        calls = [call.path.rpartition(":")[2] for call in way.server.calls]
    rows = ledger.rows("Dashboard")

    assert (undone, calls, rows[89][29], rows[0]) == (Undone(), ["batchUpdate"], 7, ["", "Dashboard"])
    assert [line for line in ledger.rows("_journal") if str(line[0]).startswith("{")] == []
