"""What install and copy do to a spreadsheet: lay it out, add the users' own tabs, and recognise dates in them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from automation.ledger.titles_and_headers import columns_of
from automation.ledger.workbook import Cell, CellError, Formula, Grid, Undone
from automation.pages.longer_lists import LONGER_LISTS
from automation.workbooks.google.layout.install import ROWS_AT_ONCE, own_as_meant
from automation.workbooks.google.requests import area
from sheet_schema import USUAL_TABS
from tests.support.new_spreadsheet import start_rows
from tests.support.small_spreadsheet import (
    CASES,
    DAY,
    HEADERS,
    LEDGER,
    MEMO,
    STATUS,
    SUMMARY,
    Ledger,
    Way,
    committed,
    edit,
)

MOMENT = datetime(2026, 3, 2, 8, 15)
SERIAL = 46_083
NEW: dict[str, list[list[Cell]]] = {}
"""A spreadsheet as Google makes it, with one empty tab of id 0."""


def is_a_day(ledger: Ledger, title: str, row: int, column: int) -> str:
    """The kind of number format of a cell."""
    look = ledger.sheet(title).cell(row, column).get("userEnteredFormat", {})
    return str(look.get("numberFormat", {}).get("type", ""))


# --- laying out -------------------------------------------------------------------------------------------------


def test_an_empty_spreadsheet_becomes_a_ledger_in_one_batch_and_once(way: Way) -> None:
    ledger = way.ledger(NEW)
    book = ledger.workbook()
    rows = start_rows("en", "uk-school")
    with book.lock():
        book.read()
        way.server.clear_calls()
        said = book.lay_out("en", rows)
        batches = [call for call in way.server.calls if call.path.endswith(":batchUpdate")]
        titles = [title for title in ledger.book.titles() if not title.startswith("_")]
        before, version = ledger.raw(), book.read().version
        again = book.lay_out("en", rows)
        after, later = ledger.raw(), book.read().version
    assert (len(batches), titles, len(said) > 0, again) == (1, [tab.label("en") for tab in USUAL_TABS], True, [])
    assert (before == after, version == later, "_lock" in ledger.book.titles()) == (True, True, False)


def test_what_was_laid_out_is_read_as_a_ledger_at_once(way: Way) -> None:
    ledger = way.ledger(NEW)
    book = ledger.workbook()
    with book.lock():
        book.read()
        book.lay_out("zh", start_rows("zh", "cn-school"))
        book.fill([edit("登记", (2, 1, "LV-00001"), (2, 5, "陈静"))])
    found = ledger.cells()
    assert ({placed.tab.key for placed in found.placed.values()}, found.grids["登记"].rows[1][0]) == (
        {tab.key for tab in USUAL_TABS if tab.columns},
        "LV-00001",
    )


def test_a_list_of_an_earlier_version_offers_newer_words_and_one_that_people_changed_stays(way: Way) -> None:
    ledger = way.ledger(NEW)
    book = ledger.workbook()
    with book.lock():
        book.read()
        book.lay_out("en", start_rows("en", "uk-school"))
    titles = [one.tab.label("en") for one in LONGER_LISTS]
    ids = {title: ledger.sheet(title).id for title in titles}
    at = {
        title: columns_of(one.tab, ledger.rows(title)[0], "en")["enabled"]
        for title, one in zip(titles, LONGER_LISTS, strict=True)
    }
    for title, one in zip(titles, LONGER_LISTS, strict=True):
        told = one.advice("en") if title != "Calendar" else "Ask the office."
        rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": word} for word in ("Yes", "No")]}}
        cells = area(ids[title], (at[title], at[title]), 2)
        ledger.do({"setDataValidation": {"range": cells, "rule": rule | {"inputMessage": told, "strict": True}}})
    with book.lock():
        book.read()
        said, again = book.lay_out("en", {}), book.lay_out("en", {})
    offered = {
        title: [
            value["userEnteredValue"]
            for value in ledger.sheet(title).cell(3, at[title])["dataValidation"]["condition"]["values"]
        ]
        for title in titles
    }
    assert offered == {"Deadlines": ["Yes", "No", "Try"], "Escalation": ["Yes", "No", "Try"], "Calendar": ["Yes", "No"]}
    assert (len(said), again) == (2, [])


# --- tabs of the users' own -------------------------------------------------------------------------------------

OWN: dict[str, list[list[Cell]]] = {
    "Diary of the head": [
        ["Day", "What"],
        [DAY, "Opened"],
        [MOMENT, "=text"],
        [],
        [Formula("=1+1"), True, 2.5, "007", CellError("#REF!")],
        [time(12)],
    ],
    "Empty": [],
    "备忘": [["x"]],
}


def test_tabs_are_added_after_all_others_cell_by_cell(way: Way) -> None:
    ledger = way.ledger()
    book = ledger.workbook()
    with book.lock():
        book.read()
        book.add_tabs(OWN)
    assert [title for title in ledger.book.titles() if title != "_journal"] == [*LEDGER, *OWN]
    assert {title: ledger.rows(title) for title in OWN} == {
        "Diary of the head": [
            ["Day", "What"], [SERIAL, "Opened"], [SERIAL + 0.34375, "=text"], [], ["=1+1", True, 2.5, "007", "#REF!"], [0.5],
        ],
        "Empty": [], "备忘": [["x"]],
    }  # fmt: skip
    cell = ledger.sheet("Diary of the head").cell
    assert (cell(3, 2)["userEnteredValue"], cell(5, 1)["userEnteredValue"]) == (
        {"stringValue": "=text"},
        {"formulaValue": "=1+1"},
    )
    kinds = [is_a_day(ledger, "Diary of the head", row, 1) for row in range(1, 7)]
    assert kinds == ["", "DATE", "DATE_TIME", "", "", ""]
    assert {title: (s.rows, s.columns) for title, s in ledger.facts().sheets.items() if title in OWN} == {
        "Diary of the head": (6, 5),
        "Empty": (1, 1),
        "备忘": (1, 1),
    }


def test_a_long_tab_is_added_part_by_part(way: Way) -> None:
    rows = [[f"row {i}", i] for i in range(2 * ROWS_AT_ONCE + 1)]
    ledger = way.ledger()
    book = ledger.workbook()
    with book.lock():
        way.server.clear_calls()
        book.add_tabs({"Long": rows})
        sizes = [len(str(call.body)) for call in way.server.calls]
    assert (ledger.rows("Long"), len(sizes), max(sizes) < 200_000) == (rows, 4, True)


# --- days of the users' own -------------------------------------------------------------------------------------


def test_what_was_added_is_read_back_as_it_was_meant(way: Way) -> None:
    ledger = way.ledger()
    book = ledger.workbook()
    with book.lock():
        book.read()
        book.add_tabs(OWN)
    there = ledger.workbook().read_whole().grids
    assert {title: there[title].rows for title in OWN} == {
        "Diary of the head": [
            ["Day", "What"], [DAY, "Opened"], [MOMENT, "=text"], [], [Formula("=1+1"), True, 2.5, "007", "#REF!"], [0.5],
        ],
        "Empty": [], "备忘": [["x"]],
    }  # fmt: skip


def with_own_days(way: Way) -> Ledger:
    """A ledger with dates, and numbers that could be dates, in an own column of the Register and in an own tab."""
    cases = [[*case[:6], memo] for case, memo in zip(CASES, (DAY, SERIAL, "text"), strict=True)]
    ledger = way.ledger(
        {**LEDGER, "Register": [HEADERS, *cases], "Diary": [["Day"], [MOMENT], [SERIAL], [7], [DAY, DAY]]}
    )
    area = {"startRowIndex": 3, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 1, "sheetId": 1007}
    look = {"userEnteredFormat": {"numberFormat": {"type": "DATE"}}}
    ledger.do({"repeatCell": {"range": area, "cell": look, "fields": "userEnteredFormat.numberFormat"}})
    return ledger


def test_days_are_told_by_their_look_where_the_ledger_knows_no_days(way: Way) -> None:
    """A number out of the range of our dates stays a number, whatever its format."""
    ledger = with_own_days(way)
    book = ledger.workbook()
    grids = book.read_whole().grids
    assert (book.calls, [row[MEMO - 1] for row in grids["Register"].rows[1:]], grids["Diary"].rows) == (
        3,
        [DAY, SERIAL, "text"],
        [["Day"], [MOMENT], [SERIAL], [7], [DAY, DAY]],
    )
    (asked,) = [call.query["ranges"] for call in way.server.calls if "rowData" in str(call.query.get("fields"))]
    assert asked == ["'Register'!G:G", "'Filing'!G:G", "'Diary'"]


def test_nothing_is_asked_where_there_is_nothing_of_their_own(way: Way) -> None:
    ledger = way.ledger({"Register": [HEADERS[:STATUS], CASES[0][:STATUS]], "Empty": []})
    book = ledger.workbook()
    snapshot = book.read()
    cells = ledger.cells()
    way.server.clear_calls()
    assert (own_as_meant(way.transport(), ledger.key, cells), way.server.calls) == (snapshot.grids, [])


@pytest.mark.parametrize("value", [DAY, MOMENT, SERIAL, "2 March", ""])
def test_what_is_filled_into_an_own_column_looks_like_what_it_is(way: Way, value: Cell) -> None:
    ledger = way.ledger()
    book = ledger.workbook()
    with book.lock():
        book.fill([edit("Register", (2, SUMMARY, "Noise"), (3, MEMO, value))])
        assert "_lock" in ledger.book.titles()
    kind = {date: "DATE", datetime: "DATE_TIME"}.get(type(value), "")
    assert (is_a_day(ledger, "Register", 3, MEMO), is_a_day(ledger, "Register", 2, MEMO)) == (kind, "")
    assert ledger.workbook().read_whole().grids["Register"].rows[2][MEMO - 1 :] == ([value] if value else [])


def test_what_belongs_to_a_copied_ledger_survives_the_way_there_and_back(way: Way) -> None:
    """Everything in an own tab survives the way through one spreadsheet into another."""
    first = with_own_days(way).workbook().read_whole().grids["Diary"]
    second = way.ledger()
    book = second.workbook()
    with book.lock():
        book.read()
        book.add_tabs({"Theirs": first.rows})
    found: Any = second.workbook().read_whole().grids["Theirs"]
    assert found == Grid("Theirs", first.rows)


def test_a_commit_after_it_is_as_any_other(way: Way) -> None:
    ledger = way.ledger()
    book = ledger.workbook()
    with book.lock():
        book.read()
        book.add_tabs({"Theirs": [["x"]]})
        assert (
            committed(book, book.read(), [edit("Theirs", (1, 2, "y")), edit("Register", (2, STATUS, "Late"))])
            == Undone()
        )
    assert (ledger.rows("Theirs"), ledger.column(STATUS)) == ([["x", "y"]], ["Late", "", ""])
