"""A person acts at the moment of the commit.

All their cells stay, nothing of ours is on a wrong row, and the cases that were left out are named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from automation.ledger.workbook import Changed, Undone
from tests.support.small_spreadsheet import (
    CASE_NO,
    DAY,
    DEPARTMENT,
    HEADERS,
    INDEX,
    LEDGER,
    MEMO,
    PETITIONER,
    STATUS,
    SUMMARY,
    Ledger,
    Way,
    committed,
    edit,
)

SERIAL = 46_083
EDITS = [
    edit("Register", (2, STATUS, "Late"), (3, STATUS, "Late"), (3, DEPARTMENT, "Office"), (4, STATUS, "Late")),
    edit("Register", (5, CASE_NO, "LV-00004"), (5, STATUS, "New")),
    edit("Index", (2, 4, DAY), (3, 4, DAY), (4, 4, DAY), (5, 1, "LV-00004"), (5, 2, DAY), (5, 4, DAY)),
    edit("Diary", (3, 2, "Written")),
]
ANN, BEN, CAT = (
    ["LV-00001", "Ann", "Noise", SERIAL, "", "Late", "m1"],
    ["LV-00002", "Ben", "Food", SERIAL, "Office", "Late", "m2"],
    ["LV-00003", "Cat", "Fees", SERIAL, "", "Late", "m3"],
)
NEW = ["LV-00004", "", "", "", "", "New"]
"""The new row as an undisturbed commit leaves it."""
Row = list[Any]


def untouched(row: Row) -> Row:
    """A row as it was before the commit."""
    return [*row[:4], "", "", row[6]]


A, B, C = map(untouched, (ANN, BEN, CAT))
DONE = [
    ["LV-00001", SERIAL, "", SERIAL],
    ["LV-00002", SERIAL, "", SERIAL],
    ["LV-00003", SERIAL, "", SERIAL],
    ["LV-00004", SERIAL, "", SERIAL],
]
"""Index after everything was done."""


def index(*undone: int, issued: bool = True) -> list[Row]:
    """Index without what the commit says of these cases; `issued` means that the new number is there all the same."""
    rows = [row[:2] if i in undone else row for i, row in enumerate(DONE, start=1)]
    return rows if issued else rows[:3]


def names(*numbers: int) -> frozenset[str]:
    return frozenset(f"LV-{number:05d}" for number in numbers)


MET: dict[str, tuple[Callable[[Any], Any], list[Row], list[Row], frozenset[str]]] = {
    # what a person does: the Register and Index afterwards, the cases that were left out
    "nothing": (lambda s: None, [ANN, BEN, CAT, NEW], index(), names()),
    "puts a line in above": (lambda s: s.insert_rows(2), [[], A, B, C], index(1, 2, 3, issued=False), names(1, 2, 3, 4)),
    "puts a line in between": (lambda s: s.insert_rows(4), [ANN, BEN, [], C], index(3, issued=False), names(3, 4)),
    "deletes a case": (lambda s: s.delete_rows(3), [ANN, C, [], NEW], index(2, 3), names(2, 3)),
    "edits a case": (lambda s: s.type(3, SUMMARY, "Bus"), [ANN, [*B[:2], "Bus", *B[3:]], CAT, NEW], index(2), names(2)),
    "types what the job was to write": (
        lambda s: s.type(3, DEPARTMENT, "Hall"), [ANN, [*B[:4], "Hall", *B[5:]], CAT, NEW], index(2), names(2),
    ),
    "types just what the job was to write": (
        lambda s: s.type(3, DEPARTMENT, "Office"), [ANN, [*B[:4], "Office", *B[5:]], CAT, NEW], index(2), names(2),
    ),
    "types where only the job writes": (lambda s: s.type(3, STATUS, "mine"), [ANN, BEN, CAT, NEW], index(), names()),
    "types into a column of their own": (lambda s: s.type(3, MEMO, "x"), [ANN, [*BEN[:6], "x"], CAT, NEW], index(), names()),
    "sorts": (lambda s: s.sort(PETITIONER, descending=True), [C, BEN, A, NEW], index(1, 3), names(1, 3)),
    "moves one up": (lambda s: s.move_rows(4, 1, 2), [C, A, B, NEW], index(1, 2, 3), names(1, 2, 3)),
    "copies one to the new line": (lambda s: s.copy_row(2, 5), [ANN, BEN, CAT, A], index(issued=False), names(4)),
    "pastes one over another": (lambda s: s.copy_row(2, 3), [ANN, A, CAT, NEW], index(2), names(2)),
    "types a case into the new line": (
        lambda s: s.type(5, SUMMARY, "Bus"), [ANN, BEN, CAT, ["LV-00004", "", "Bus"]], index(4), names(4),
    ),
    "tears a number off": (lambda s: s.type(3, CASE_NO, ""), [ANN, ["", *B[1:]], CAT, NEW], index(2), names(2)),
    "empties a case": (
        lambda s: [s.type(3, column, "") for column in range(1, 8)], [ANN, [], CAT, NEW], index(2), names(2),
    ),
}  # fmt: skip


def commit(ledger: Ledger, edits: Sequence[Any] = EDITS, **more: Any) -> Undone:
    book = ledger.workbook()
    with book.lock():
        return committed(book, book.read(), edits, **more)


@pytest.mark.parametrize(("act", "register", "issued", "undone"), MET.values(), ids=MET)
def test_what_a_person_does_just_before_the_commit_stays(
    way: Way, act: Callable[[Any], Any], register: list[Row], issued: list[Row], undone: frozenset[str]
) -> None:
    ledger = way.ledger()
    ledger.just_before(lambda one: act(one.sheet()))
    missed = commit(ledger)
    assert ledger.tabs() == {
        **ledger.tabs(),
        "Register": [HEADERS, *register],
        "Index": [INDEX, *issued],
        "Diary": [*(["Day", "What"], [SERIAL, "Opened"]), ["", "Written"]],
        "People": LEDGER["People"],
        "Notices": LEDGER["Notices"],
    }
    assert (missed, ledger.book.titles()[-1]) == (Undone(undone), "_journal")


NUMBERED = ["LV-00004"]
"""The new line keeps its number, which identifies it, whatever else is undone there."""
COLUMNS: dict[str, tuple[Callable[[Any], Any], Row]] = {
    "puts a column in": (lambda s: s.insert_column(3), [*HEADERS[:2], "", *HEADERS[2:]]),
    "moves a column": (lambda s: s.move_column(STATUS, 2), [HEADERS[0], "Status", *HEADERS[1:5], "Memo"]),
    "renames a header": (lambda s: s.type(1, SUMMARY, "What"), [*HEADERS[:2], "What", *HEADERS[3:]]),
}


@pytest.mark.parametrize(("act", "headers"), COLUMNS.values(), ids=COLUMNS)
def test_where_the_columns_moved_nothing_of_the_whole_tab_is_left_behind(
    way: Way, act: Callable[[Any], Any], headers: Row
) -> None:
    ledger, other = way.ledger(), way.ledger()
    act(other.sheet())
    ledger.just_before(lambda one: act(one.sheet()))
    missed = commit(ledger)
    assert (ledger.rows(), ledger.rows("Index"), missed) == (
        [headers, *other.rows()[1:], NUMBERED],
        [INDEX, *index(1, 2, 3, 4)],
        Undone(names(1, 2, 3, 4)),
    )


def test_a_column_put_in_before_the_numbers_leaves_not_even_the_new_one(way: Way) -> None:
    """It would be in a column that no longer holds numbers, so it was not issued, either."""
    ledger = way.ledger()
    ledger.just_before(lambda one: one.sheet().insert_column(1))
    missed = commit(ledger)
    assert (ledger.rows(), ledger.rows("Index"), missed) == (
        [["", *HEADERS], ["", *A], ["", *B], ["", *C]],
        [INDEX, *index(1, 2, 3, issued=False)],
        Undone(names(1, 2, 3, 4)),
    )


def test_a_column_deleted_at_that_moment_keeps_all_of_it_from_being_done(way: Way) -> None:
    """The tab is narrower than the rows that should be copied."""
    ledger, other = way.ledger(), way.ledger()
    other.sheet().delete_column(PETITIONER)
    ledger.just_before(lambda one: one.sheet().delete_column(PETITIONER))
    with pytest.raises(Changed):
        commit(ledger)
    assert ledger.tabs() == other.tabs()


@pytest.mark.parametrize("title", ["Register", "Index"])
def test_a_tab_deleted_at_that_moment_keeps_all_of_it_from_being_done(way: Way, title: str) -> None:
    ledger = way.ledger()
    ledger.just_before(lambda one: one.sheet(title).delete())
    with pytest.raises(Changed):
        commit(ledger)
    assert ledger.tabs() == {**{k: v for k, v in way.ledger().tabs().items() if k != title}}


def test_a_tab_renamed_at_that_moment_is_written_all_the_same(way: Way) -> None:
    ledger = way.ledger()
    ledger.just_before(lambda one: one.sheet().rename("登记"))
    assert (commit(ledger), ledger.rows("登记")) == (Undone(), [HEADERS, ANN, BEN, CAT, NEW])


def test_a_case_that_mails_will_speak_of_is_left_out_though_nothing_was_written_of_it(way: Way) -> None:
    ledger = way.ledger()
    ledger.just_before(lambda one: one.sheet().type(3, SUMMARY, "Bus"))
    edits = [edit("Register", (2, STATUS, "Late"))]
    assert commit(ledger, edits, watched=["LV-00002", "LV-00003"]) == Undone(names(2))
    assert ledger.column(STATUS) == ["Late", "", ""]


def test_a_line_of_administrators_is_put_right_too(way: Way) -> None:
    ledger = way.ledger()
    ledger.just_before(lambda one: one.sheet("People").insert_rows(2))
    edits = [edit("People", (2, 3, "no role"), (3, 3, "no role"))]
    assert commit(ledger, edits) == Undone()
    assert ledger.rows("People") == [["Name", "Email"], [], *LEDGER["People"][1:]]


def test_formats_and_formulas_that_were_overwritten_come_back(way: Way) -> None:
    """They are restored from the undo log, not from what was read."""
    ledger = way.ledger()
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}, "note": "seen"}
    area = {"sheetId": 1000, "startRowIndex": 2, "endRowIndex": 3, "startColumnIndex": 4, "endColumnIndex": 5}

    def person(one: Ledger) -> None:
        one.sheet().insert_rows(2)
        one.sheet().type(3, STATUS, '=UPPER("x")')
        one.do({"repeatCell": {"range": area, "cell": bold, "fields": "userEnteredFormat.textFormat.bold,note"}})

    ledger.just_before(person)
    commit(ledger)
    cell = ledger.sheet().cell(3, DEPARTMENT)
    assert (ledger.rows()[2][STATUS - 1], cell["userEnteredFormat"]["textFormat"]["bold"], cell["note"]) == (
        '=UPPER("x")',
        True,
        "seen",
    )


# --- while it is put right --------------------------------------------------------------------------------------


@pytest.mark.parametrize("nth", [2, 3])
def test_who_types_while_it_is_put_right_keeps_what_they_typed(way: Way, nth: int) -> None:
    """A line was inserted just before the commit; then somebody types or inserts a line before the repair."""
    ledger = way.ledger()

    def first(one: Ledger) -> None:
        one.sheet().insert_rows(2)
        one.just_before(second, nth=nth - 1)

    def second(one: Ledger) -> None:
        one.sheet().type(3, SUMMARY, "Bus")
        one.sheet().type(4, STATUS, "typed")
        one.sheet().insert_rows(3)

    ledger.just_before(first)
    missed = commit(ledger)
    ann, ben = [*A[:2], "Bus", *A[3:]], [*B[:5], "typed", B[6]]
    expected = [HEADERS, [], [], ann, ben, C] if nth == 2 else [HEADERS, [], A, B, C]
    assert (ledger.rows(), missed) == (expected, Undone(names(1, 2, 3, 4)))


PUT_RIGHT: dict[str, Callable[[Any], Any]] = {
    "puts a column in": lambda s: s.insert_column(3),
    "puts a column in before the numbers": lambda s: s.insert_column(1),
    "moves the status to the front": lambda s: s.move_column(STATUS, 1),
    "sorts": lambda s: s.sort(PETITIONER, descending=True),
    "puts another line in": lambda s: s.insert_rows(4),
    "deletes a case": lambda s: s.delete_rows(4),
}


@pytest.mark.parametrize(
    ("act", "when"),
    [
        pytest.param(act, when, id=f"{name}, {when}")
        for name, act in PUT_RIGHT.items()
        for when in ("before it is looked for", "before it is put back")
    ],
)
def test_what_is_put_right_is_found_wherever_it_went_meanwhile(way: Way, act: Callable[[Any], Any], when: str) -> None:
    """A line was inserted just before the commit, and then somebody does this."""
    ledger, other = way.ledger(), way.ledger()
    other.sheet().insert_rows(2)
    act(other.sheet())

    def again(one: Ledger) -> None:
        one.sheet().insert_rows(2)
        if when == "before it is put back":
            one.just_before(lambda two: act(two.sheet()))
        else:
            one.just_before(lambda two: act(two.sheet()), where=lambda call: call.method == "GET")

    ledger.just_before(again)
    missed = commit(ledger)
    assert (ledger.rows(), missed) == (other.rows(), Undone(names(1, 2, 3, 4)))
    assert ledger.workbook().read().unsettled is False
