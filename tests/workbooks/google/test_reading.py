"""Reading a spreadsheet as a snapshot, in as few calls as possible."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from automation.ledger.errors import Busy, LedgerError
from automation.ledger.workbook import CellError, Formula, Grid
from automation.workbooks.google.reading import Facts, SheetFacts, quoted, read_cells
from automation.workbooks.google.refusals import Refused
from tests.sheets_api.server import Call
from tests.support.small_spreadsheet import CASES, DAY, HEADERS, LEDGER, MEMO, SUMMARY, Way, committed, edit

SERIAL = 46_083
"""2 March 2026."""


def kinds(way: Way) -> list[str]:
    """The calls that were made, in short."""
    return [call.path.rpartition(":")[2] if ":" in call.path else call.method for call in way.server.calls]


def test_it_takes_two_calls(way: Way) -> None:
    ledger = way.ledger()
    snapshot = ledger.workbook().read()
    assert kinds(way) == ["GET", "batchGet"]
    assert snapshot.grids == {
        "Register": Grid("Register", [HEADERS, *CASES]),
        "Filing": Grid("Filing", [LEDGER["Filing"][0], LEDGER["Filing"][1]]),
        "People": Grid("People", LEDGER["People"]),
        "Index": Grid("Index", LEDGER["Index"]),
        "Notices": Grid("Notices", LEDGER["Notices"]),
        "Runs": Grid("Runs", LEDGER["Runs"]),
        "Settings": Grid("Settings", LEDGER["Settings"]),
        "Diary": Grid("Diary", [["Day", "What"], [SERIAL, "Opened"]]),
    }


def test_under_the_lock_that_was_just_taken_it_takes_one(way: Way) -> None:
    book = way.ledger().workbook()
    with book.lock():
        way.server.clear_calls()
        book.read()
        first = kinds(way)
        book.read()
    assert (first, kinds(way)[:3]) == (["batchGet"], ["batchGet", "GET", "batchGet"])


def test_days_are_days_where_the_ledger_keeps_days_and_numbers_elsewhere(way: Way) -> None:
    moment = datetime(2026, 3, 2, 8, 15)
    ledger = way.ledger(
        {
            "Register": [
                ["Received on", "Summary", "People", "Memo"],
                [DAY, 46_083, 46_083, DAY],
                [5, "", "", ""],
                ["soon"],
            ],
            "Runs": [["Run", "When", "Calls"], ["r", moment, 46_083]],
            "Diary": [["Received on"], [DAY]],
        }
    )
    found = {title: grid.rows[1:] for title, grid in ledger.cells().grids.items()}
    assert found == {
        "Register": [[DAY, 46_083, 46_083, 46_083], [5], ["soon"]],
        "Runs": [["r", moment, 46_083]],
        "Diary": [[46_083]],
    }
    assert [type(cell) for cell in found["Register"][0]] == [date, int, int, int]


def test_rows_are_as_ragged_as_they_come(way: Way) -> None:
    ledger = way.ledger({"Register": [HEADERS, [], ["LV-00001"], ["", "", "x"], []], "Filing": []})
    grids = ledger.cells().grids
    assert (grids["Register"].rows, grids["Filing"].rows) == ([HEADERS, [], ["LV-00001"], ["", "", "x"]], [])


def test_every_kind_of_cell_is_read_as_it_was_typed(way: Way) -> None:
    ledger = way.ledger({"Register": [["Summary", "Memo"]]})
    sheet = ledger.sheet()
    for row, text in enumerate(("007", "=1+1", "TRUE", "3.50", "#N/A"), start=2):
        sheet.type(row, 1, text)
    sheet.type(7, 1, True)
    sheet.type(8, 1, 3.5)
    column = [row[0] if row else "" for row in ledger.cells().grids["Register"].rows[1:]]
    assert column == ["007", Formula("=1+1"), "TRUE", "3.50", "#N/A", True, 3.5]
    assert CellError("#N/A") not in column


# --- which tab is which -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("titles", "headers", "places"),
    [
        (("Register", "Filing", "Index"), ["Case no.", "Summary"], {"case_no": 1, "summary": 2}),
        (("登记", "归档", "索引"), ["反映问题", "我们的", "编号"], {"case_no": 3, "summary": 1}),
        (("register", "FILING", "index"), ["case_no", "summary"], {"case_no": 1, "summary": 2}),
        (("登记", "Filing", "索引"), ["Case no.", "", "反映问题"], {"case_no": 1, "summary": 3}),
    ],
    ids=["English", "Chinese in another order", "by key", "both"],
)
def test_tabs_and_columns_are_found_by_their_names_in_either_language(
    way: Way, titles: tuple[str, str, str], headers: list[str], places: dict[str, int]
) -> None:
    cells = way.ledger({title: [headers] for title in (*titles, "Ours")}).cells()
    found = {title: (placed.tab.key, dict(placed.at)) for title, placed in cells.placed.items()}
    number = {"case_no": places["case_no"]}
    assert found == dict(zip(titles, [("register", places), ("filing", places), ("index", number)], strict=True))


def test_a_tab_with_a_quote_in_its_title_is_read_too(way: Way) -> None:
    ledger = way.ledger({**LEDGER, "Head's diary!A1": [["x"]]})
    assert ledger.cells().grids["Head's diary!A1"] == Grid("Head's diary!A1", [["x"]])
    assert quoted("Head's diary") == "'Head''s diary'"


def test_a_chart_on_a_tab_of_its_own_is_there_but_empty(way: Way) -> None:
    ledger = way.ledger()
    ledger.sheet("Diary").model.properties["sheetType"] = "OBJECT"
    cells = ledger.cells()
    assert (cells.grids["Diary"], "Diary" in ledger.facts().sheets, ledger.facts().others) == (
        Grid("Diary", ()),
        False,
        {"Diary"},
    )
    asked = [call.query["ranges"] for call in way.server.calls if reads_cells(call)]
    assert asked == [[quoted(title) for title in LEDGER if title != "Diary"]]


def test_the_facts_name_every_tab_with_its_size_and_what_is_merged(way: Way) -> None:
    ledger = way.ledger({"Register": [HEADERS], "Diary": [["x"]]})
    area = {"sheetId": 1001, "startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 2}
    ledger.do({"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}})
    facts = ledger.facts()
    assert facts == Facts(
        "Ledger",
        "en_GB",
        "Asia/Shanghai",
        {"Register": SheetFacts(1000, "Register", 6, 7), "Diary": SheetFacts(1001, "Diary", 6, 3, ((2, 4),))},
    )
    assert facts.cells == 6 * 7 + 6 * 3


def test_the_jobs_own_two_tabs_are_never_among_the_grids(way: Way) -> None:
    ledger = way.ledger()
    book = ledger.workbook()
    with book.lock():
        snapshot = book.read()
        assert {"_journal", "_lock"} <= set(ledger.book.titles())
        committed(book, snapshot, [edit("Register", (2, SUMMARY, "Loud"))], to_come=1)
        assert (set(book.read().grids), set(ledger.workbook().read().grids)) == (set(LEDGER), set(LEDGER))


# --- two calls are two moments ----------------------------------------------------------------------------------


def reads_cells(call: Call) -> bool:
    return "batchGet" in call.path


def test_a_tab_renamed_between_the_two_calls_is_read_under_its_new_name(way: Way) -> None:
    ledger = way.ledger()
    ledger.just_before(lambda one: one.sheet("Diary").rename("Journal"), where=reads_cells)
    grids = ledger.workbook().read().grids
    assert ("Diary" in grids, grids["Journal"].rows[0], kinds(way)) == (
        False,
        ["Day", "What"],
        ["GET", "batchGet", "GET", "batchGet"],
    )


def test_the_register_renamed_between_the_two_calls(way: Way) -> None:
    ledger = way.ledger()
    ledger.just_before(lambda one: one.sheet().rename("登记"), where=reads_cells)
    assert ledger.workbook().read().grids["登记"].rows == [HEADERS, *CASES]


def test_a_tab_that_is_renamed_over_and_over_is_left_to_the_next_run(way: Way) -> None:
    ledger = way.ledger()

    def rename(_: int, call: Call) -> None:
        if reads_cells(call):
            ledger.sheet(ledger.book.titles()[-1]).rename(f"{call.number}")

    way.server.between = rename
    with pytest.raises(Busy):
        ledger.workbook().read()


def test_a_tab_deleted_or_added_between_the_two_calls(way: Way) -> None:
    gone, more = way.ledger(), way.ledger()
    gone.just_before(lambda one: one.sheet("Diary").delete(), where=reads_cells)
    assert set(gone.workbook().read().grids) == set(LEDGER) - {"Diary"}
    added = {"addSheet": {"properties": {"title": "New"}}}
    more.just_before(lambda one: one.do(added), where=reads_cells)
    assert set(more.workbook().read().grids) == set(LEDGER)


# --- the version ------------------------------------------------------------------------------------------------

CHANGES: dict[str, Any] = {
    "a cell": lambda ledger: ledger.sheet().type(3, MEMO, "x"),
    "a cell of theirs": lambda ledger: ledger.sheet("Diary").type(2, 2, "x"),
    "1 for TRUE": lambda ledger: ledger.sheet().type(2, MEMO, True),
    "a row": lambda ledger: ledger.sheet().insert_rows(2),
    "the order of two tabs that are alike": lambda ledger: ledger.do(
        {"updateSheetProperties": {"properties": {"sheetId": 1007, "index": 0}, "fields": "index"}}
    ),
    "a title": lambda ledger: ledger.sheet("Diary").rename("Notes"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_its_version_tells_any_change(way: Way, name: str) -> None:
    ledger = way.ledger()
    ledger.sheet().type(2, MEMO, 1)
    first, again = ledger.cells().version, ledger.workbook().read().version
    CHANGES[name](ledger)
    assert (again, ledger.cells().version != first) == (first, True)


# --- what cannot be read ----------------------------------------------------------------------------------------


def test_what_cannot_be_read_is_said_in_words(way: Way) -> None:
    with pytest.raises(LedgerError) as caught:
        way.ledger(shared=False).workbook().read()
    assert caught.value.say("en").startswith("The spreadsheet is not shared with ledger@")


def test_a_spreadsheet_is_called_by_its_title_once_it_was_read(way: Way) -> None:
    ledger = way.ledger()
    book = ledger.workbook()
    before = book.name
    book.read()
    assert (before, book.name, book.calls, book.calls_of_a_commit, book.calls_of_a_note) == (
        "Google Sheet",
        "Ledger",
        2,
        4,
        1,
    )
    assert book.address == f"https://docs.google.com/spreadsheets/d/{ledger.key}"


def test_a_tab_that_is_gone_since_the_facts_is_refused(way: Way) -> None:
    ledger = way.ledger()
    facts = ledger.facts()
    ledger.sheet("Diary").delete()
    with pytest.raises(Refused):
        read_cells(way.transport(), ledger.key, facts, to_be_sure=False)
