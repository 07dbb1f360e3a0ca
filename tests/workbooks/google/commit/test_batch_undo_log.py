"""The undo log after a batch, and what the batch does with the lock."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from automation.ledger.serial_days import serial
from automation.ledger.workbook import Changed, Undone
from automation.workbooks.google.commit.batches import MOST_NOTED, UNDO_LOG_ID, Batch
from automation.workbooks.google.lock import LEASE
from automation.workbooks.google.reading import UNDO_LOG_TAB
from tests.sheets_api import SERVICE_ACCOUNT
from tests.support.small_spreadsheet import DAY, HEADERS, LEDGER, STATUS, SUMMARY, Way, committed, edit, writes_rows
from tests.workbooks.google.commit.test_batches import EDITS, WRITTEN, Held, commit, undo_log


def test_the_undo_log_is_made_once_hidden_and_for_the_job_alone(way: Way) -> None:
    ledger = way.ledger()
    held = Held.of(ledger)
    calls = len(way.server.calls)
    held.sender.ready(ledger.facts())
    sheet = ledger.sheet(UNDO_LOG_TAB)
    protected = [(one["range"], set(one["editors"]["users"])) for one in sheet.model.protected_ranges]
    alone = {SERVICE_ACCOUNT, ledger.book.owner}  # the owner's right cannot be taken away
    assert (sheet.id, sheet.model.properties["hidden"], protected, len(way.server.calls)) == (
        UNDO_LOG_ID,
        True,
        [({"sheetId": UNDO_LOG_ID}, alone)],
        calls + 1,
    )


def test_one_that_a_run_before_made_is_used_wherever_it_stands(way: Way) -> None:
    ledger = way.ledger({**LEDGER, UNDO_LOG_TAB: [["t0"], ["", "old"], ["", "", "old"]]})
    assert (commit(ledger), ledger.column(STATUS), len(undo_log(ledger))) == (Undone(), WRITTEN, 6)
    assert (ledger.sheet(UNDO_LOG_TAB).id != UNDO_LOG_ID, "old" in str(undo_log(ledger))) == (True, False)


def test_it_holds_what_was_done_and_each_row_as_it_stood(way: Way) -> None:
    ledger = way.ledger()
    commit(ledger)
    rows = undo_log(ledger)
    done = [{key: value for key, value in json.loads(row[0]).items() if key != "h"} for row in rows[1:]]
    assert done == [
        {"s": 1000, "r": 1, "g": [*range(1, 8)], "w": {"1": "Case no."}, "n": 1, "e": True, "z": 7},
        {"s": 1007, "r": 1, "g": [1, 2], "e": True, "z": 3},
        {"s": 1007, "r": 3, "g": [2], "w": {"2": "x"}},
        {"s": 1000, "r": 2, "g": [1, 2, 3, 4, 5], "w": {"6": "Late"}, "c": "LV-00001", "n": 1},
        {"s": 1000, "r": 4, "g": [1, 2, 3, 4, 5], "w": {"6": "Late"}, "c": "LV-00003", "n": 1},
    ]
    assert [row[1:] for row in rows[1:]] == [
        HEADERS,
        ["Day", "What"],
        [],
        ["LV-00001", "Ann", "Noise", 46_083, "", "", "m1"],
        ["LV-00003", "Cat", "Fees", 46_083, "", "", "m3"],
    ]


def test_nothing_is_left_of_the_commit_before(way: Way) -> None:
    ledger = way.ledger()
    commit(ledger)
    first = undo_log(ledger)
    commit(ledger, [edit("Index", (2, 4, DAY))])
    second = undo_log(ledger)
    assert (len(first), len(second), second[0][0] != first[0][0]) == (6, 3, True)
    assert [row[1:] for row in second[1:]] == [LEDGER["Index"][0], ["LV-00001", 46_083]]


def test_it_grows_with_what_it_has_to_hold(way: Way) -> None:
    wide = ["Case no.", "Status", *(f"own {i}" for i in range(40))]
    cases = [[f"LV-{i:05d}", "", *(f"{i}" for i in range(40))] for i in range(1, 151)]
    ledger = way.ledger({"Register": [wide, *cases]})
    missed = commit(ledger, [edit("Register", *((row, 2, "Late") for row in range(2, 152)))])
    assert (missed, set(ledger.column(2)), len(undo_log(ledger)), undo_log(ledger)[-1][1:]) == (
        Undone(),
        {"Late"},
        152,
        cases[-1],
    )
    assert [ledger.facts().sheets[UNDO_LOG_TAB].columns, ledger.facts().sheets[UNDO_LOG_TAB].rows] == [51, 152]


def test_rows_with_merged_cells_are_copied_too_and_stay_merged(way: Way) -> None:
    ledger = way.ledger()
    area = {
        "sheetId": 1000, "startRowIndex": 2, "endRowIndex": 4, "startColumnIndex": 6, "endColumnIndex": 7,
    }  # fmt: skip
    ledger.do({"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}})
    merged = ledger.facts().sheets["Register"].merged
    edits = [edit("Register", (2, STATUS, "Late"), (3, STATUS, "Late"), (4, STATUS, "Late"))]
    for _ in range(2):
        assert (commit(ledger, edits), ledger.column(STATUS)) == (Undone(), ["Late"] * 3)
    facts = ledger.facts()
    assert (facts.sheets["Register"].merged, facts.sheets[UNDO_LOG_TAB].merged) == (merged, ())


def test_cells_that_were_merged_at_that_very_moment_spoil_no_later_copy(way: Way) -> None:
    """The copies of merged rows are merged, too; the next batch undoes that, however few rows it has."""
    ledger = way.ledger()
    area = {
        "sheetId": 1000, "startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 6, "endColumnIndex": 7,
    }  # fmt: skip
    edits = [edit("Register", (2, STATUS, "Late"), (3, STATUS, "Late"), (4, STATUS, "Late"))]
    ledger.just_before(lambda one: one.do({"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}}))
    commit(ledger, edits)
    first = ledger.facts().sheets[UNDO_LOG_TAB].merged
    ledger.do({"unmergeCells": {"range": area}})
    missed = commit(ledger, [edit("Register", (2, STATUS, "Soon"))])
    assert (missed, first, ledger.facts().sheets[UNDO_LOG_TAB].merged) == (Undone(), ((3, 5),), ())


def test_a_batch_without_rows_leaves_but_its_token(way: Way) -> None:
    """The token shows whether the batch was done."""
    ledger = way.ledger()
    held = Held.of(ledger)
    added = {"addSheet": {"properties": {"title": "New"}}}
    assert held.sender.send(Batch((), [added])) == {1: {}}
    way.server.fail("503-before", where=lambda call: "addSheet" in str(call.body) and "New2" in str(call.body))
    with pytest.raises(Changed):
        held.sender.send(Batch((), [{"addSheet": {"properties": {"title": "New2"}}}]))
    assert ("New" in ledger.book.titles(), "New2" in ledger.book.titles(), len(undo_log(ledger))) == (
        True,
        False,
        1,
    )


def test_the_last_batch_gives_the_lock_back_itself(way: Way) -> None:
    ledger = way.ledger()
    book = ledger.workbook()
    with book.lock():
        committed(book, book.read(), EDITS)
        (batch,) = filter(writes_rows, way.server.calls)
        assert ("_lock" in ledger.book.titles(), list(batch.body["requests"][-1])) == (False, ["deleteSheet"])
        calls = book.calls
    assert (calls, book.calls, len(way.server.calls)) == (5, 5, 5)


def test_each_batch_prolongs_the_lock(way: Way) -> None:
    ledger = way.ledger()
    times = [datetime(2026, 3, 18, 9), datetime(2026, 3, 18, 9, 2), datetime(2026, 3, 18, 9, 4)]
    held = Held.of(ledger, lambda: times.pop(0))  # taken, the undo log made, the batch
    held.sender.send(Batch((), []))
    assert (ledger.rows("_lock")[0][1], times) == (
        serial(datetime(2026, 3, 18, 9, 4) + LEASE),
        [],
    )


# --- texts that look like formulas ------------------------------------------------------------------------------


def test_what_looks_like_a_formula_is_noted_for_those_who_read_without_the_lock(way: Way) -> None:
    ledger = way.ledger()
    texts = [f"={i}" for i in range(MOST_NOTED + 5)]
    ledger.sheet().load([HEADERS, *[["", "", text] for text in texts]])
    commit(ledger, [edit("Register", (2, SUMMARY, "x"))])
    noted = undo_log(ledger)[0][1]
    assert (len(noted.split()), len(noted) <= 50_000, noted.split() == sorted(noted.split())) == (
        MOST_NOTED,
        True,
        True,
    )
