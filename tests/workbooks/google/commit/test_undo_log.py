"""The undo log keeps what a commit did to each row, and shows which rows were the wrong ones."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.ledger.marks import FORMULA, Mark
from automation.ledger.workbook import Cell, RowMove
from automation.run.edits import FILED
from automation.workbooks.google.commit.undo_log import (
    FIRST,
    Before,
    Entry,
    before_of,
    brief,
    entries_for,
    entry_of,
    holds,
    mismatched,
    together,
)
from automation.workbooks.google.values import digest
from tests.support.small_spreadsheet import CASE_NO, DAY, INDEX, STATUS, Way, edit, plan_of

MARKS = st.one_of(st.text(), st.booleans(), st.floats(-1e6, 1e6), st.just(FORMULA))
ENTRIES = st.builds(
    Entry,
    at=st.integers(2, 9999),
    sheet_id=st.integers(0, 2**31),
    row=st.integers(1, 9999),
    guarded=st.lists(st.integers(1, 60)).map(tuple),
    expected_digest=st.text("0123456789abcdef", min_size=24, max_size=24),
    writes=st.dictionaries(st.integers(1, 60), MARKS),
    owner=st.text(),
    group=st.sampled_from(["", FILED]),
    number_at=st.integers(0, 60),
    is_header=st.booleans(),
    goes=st.booleans(),
    pair=st.integers(0, 9999),
    columns=st.dictionaries(st.integers(1, 60), st.integers(1, 60)),
    undoes=st.integers(0, 9999),
    gets_number=st.booleans(),
    width=st.integers(0, 99),
    batch=st.integers(0, 12),
    claims=st.booleans(),
)


@settings(deadline=None)
@given(ENTRIES)
def test_an_entry_survives_as_text(entry: Entry) -> None:
    assert entry_of(entry.text(), entry.at) == entry


def test_its_text_says_nothing_of_what_is_not_so() -> None:
    """Entries are short, since a commit of ten thousand rows has as many of them."""
    entry = Entry(5, 0, 3, (), "ab", {4: "", 5: "x"})
    assert json.loads(entry.text()) == {"r": 3, "h": "ab", "w": {"4": "", "5": "x"}}
    assert Entry(5, 0, 3, (), "ab", {2: "保密"}).text() == '{"r":3,"h":"ab","w":{"2":"保密"}}'


@pytest.mark.parametrize("cell", ["", "t0123456789abcdef", "Case no.", 5, 2.5, True, DAY])
def test_any_other_cell_is_no_entry(cell: Cell) -> None:
    assert entry_of(cell, 2) is None


@pytest.mark.parametrize(
    ("found", "short"),
    [
        ("", ""),
        ("x" * 60, "x" * 60),
        ("x" * 61, f"#{digest(['x' * 61])}"),
        (5.0, 5.0),
        (True, True),
        (FORMULA, FORMULA),
    ],
)
def test_long_text_is_remembered_by_its_digest(found: Mark, short: Mark) -> None:
    assert brief(found) == short
    assert brief(short) == short


def test_the_cells_of_the_undo_log_are_those_of_the_tab_one_further_left() -> None:
    rows: Mapping[int, Mapping[int, Mark]] = {1: {1: "token"}, 2: {1: "{}", 2: "LV-1", 9: 5.0}, 3: {1: "{}"}}
    assert before_of(rows) == {1: {}, 2: {1: "LV-1", 8: 5.0}, 3: {}}


# --- from a plan ------------------------------------------------------------------------------------------------


def test_each_work_of_a_plan_has_an_entry(way: Way) -> None:
    """Values in the Register and in one of the job's own tabs, a new line with its number, and a row that is filed."""
    ledger = way.ledger()
    cells, facts = ledger.cells(), ledger.facts()
    long = "x" * 100
    plan = plan_of(
        cells,
        [
            edit("Register", (2, STATUS, "In hand"), (5, CASE_NO, "LV-00004"), (5, STATUS, long)),
            edit("Index", (2, INDEX.index("Closed on") + 1, DAY), (5, 1, "LV-00004"), (5, 2, DAY)),
            edit("Filing", (3, 8, "A-2")),
        ],
        [RowMove("Register", "Filing", [3], [3], {column: column for column in range(1, 8)})],
    )
    entries = {(e.sheet_id, e.row, tuple(e.writes)): e for e in entries_for(facts, plan, FIRST)}
    staff = (1, 2, 3, 4, 5)
    register = {row: digest([*cells_at]) for row, cells_at in {
        2: ["LV-00001", "Ann", "Noise", 46_083.0, ""], 3: ["LV-00002", "Ben", "Food", 46_083.0, ""],
    }.items()}  # fmt: skip
    columns = {column: column for column in range(1, 8)}

    def at(*place: object) -> int:
        return entries[place].at  # type: ignore[index]

    assert list(entries.values()) == [
        Entry(2, 1001, 1, tuple(range(1, 9)), digest(["Case no.", "Petitioner", "Summary", "Received on", "Department", "Status", "Memo", "Archive no."]), {1: "Case no."}, number_at=1, is_header=True, width=8),
        Entry(3, 1003, 1, (1, 2, 3, 4), digest(["Case no.", "Issued on", "First seen", "Closed on"]), {1: "Case no."}, number_at=1, is_header=True, width=4),
        Entry(4, 1000, 1, tuple(range(1, 8)), digest(["Case no.", "Petitioner", "Summary", "Received on", "Department", "Status", "Memo"]), {1: "Case no."}, number_at=1, is_header=True, width=7),
        Entry(5, 1001, 3, (1, 2, 3, 4, 5, 6, 8), digest([""] * 7), {8: "A-2"}, "LV-00002", FILED, 1, pair=at(1000, 3, ()), columns=columns),
        Entry(6, 1003, 2, (1,), digest(["LV-00001"]), {4: 46_083.0}, "LV-00001", number_at=1),
        Entry(7, 1003, 5, (1, 2, 3, 4), digest([""] * 4), {}, "LV-00004", number_at=1),
        Entry(8, 1003, 5, (1, 2, 3, 4), digest([""] * 4), {1: "LV-00004", 2: 46_083.0}, "", number_at=1),
        Entry(9, 1000, 2, staff, register[2], {6: "In hand"}, "LV-00001", number_at=1),
        Entry(10, 1000, 3, staff, register[3], {}, "LV-00002", FILED, 1, goes=True),
        Entry(11, 1000, 5, (1, 2, 3, 4, 5, 6), digest([""] * 6), {1: "LV-00004", 6: brief(long)}, "LV-00004", number_at=1, gets_number=True),
    ]  # fmt: skip


# --- what was not as it was meant -------------------------------------------------------------------------------

SEAL = digest(["LV-1", "Ann"])


def row(at: int, sheet_id: int = 1, owner: str = "", group: str = "", *, is_header: bool = False) -> Entry:
    return Entry(at, sheet_id, at, (1, 3), SEAL, {4: "x"}, owner, group, is_header=is_header)


AS_READ: Mapping[int, Mark] = {1: "LV-1", 3: "Ann", 4: "old"}


@pytest.mark.parametrize(
    ("line", "as_meant"),
    [
        (AS_READ, True),
        ({1: "LV-1", 3: "Ann", 2: "typed beside"}, True),
        ({1: "LV-2", 3: "Ann"}, False),
        ({1: "LV-1", 3: "Anne"}, False),
        ({1: "LV-1"}, False),
        ({}, False),
        ({1: "Ann", 3: "LV-1"}, False),
    ],
)
def test_a_row_is_the_one_that_was_meant_if_its_guarded_cells_are(line: Mapping[int, Mark], as_meant: bool) -> None:
    assert holds(row(2), line) is as_meant


def test_blank_cells_are_as_good_as_none() -> None:
    new = Entry(2, 1, 2, (1, 2), digest(["", ""]))
    assert [holds(new, line) for line in ({}, {1: ""}, {3: "x"}, {2: "x"})] == [True, True, True, False]


def test_rows_that_were_others_and_all_rows_of_a_tab_whose_headers_were_others() -> None:
    entries = [
        row(2, 1, is_header=True),
        row(3, 1),
        row(4, 1),
        row(5, 2, is_header=True),
        row(6, 2),
        row(7, 3),
    ]
    good: dict[int, Mapping[int, Mark]] = dict.fromkeys(range(2, 8), AS_READ)

    def wrong(*others: int) -> list[int]:
        before: Before = {**good, **{at: {1: "LV-2"} for at in others}}
        return [entry.at for entry in mismatched(entries, before)]

    assert [wrong(), wrong(4), wrong(4, 6), wrong(2), wrong(5, 7)] == [[], [4], [4, 6], [2, 3, 4], [5, 6, 7]]
    assert [entry.at for entry in mismatched(entries, {})] == [2, 3, 4, 5, 6, 7]


def test_with_a_row_fall_all_others_of_its_case_and_its_group() -> None:
    entries = [
        row(2, owner="A"), row(3, owner="A"), row(4, owner="B"), row(5), row(6, group=FILED),
        row(7, owner="C", group=FILED), row(8, owner="C"), row(9, owner="D", group=FILED),
        row(10, owner="D"),
    ]  # fmt: skip

    def fall(*wrong: int) -> list[int]:
        return [entry.at for entry in together(entries, [e for e in entries if e.at in wrong])]

    filing = [6, 7, 8, 9, 10]
    assert [fall(), fall(2), fall(4), fall(5), fall(6), fall(10), fall(8, 3)] == [
        [], [2, 3], [4], [5], filing, filing, [2, 3, *filing],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["{", "{}", '{"r": 2}', '{"r": 2, "h": "x", "w": 5}', "{note to self}", "[1]", "", 5.0]
)
def test_what_somebody_wrote_into_the_undo_log_by_hand_is_no_entry(text: object) -> None:
    assert entry_of(text, 7) is None  # type: ignore[arg-type]
