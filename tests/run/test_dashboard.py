"""The Dashboard in a real workbook: each run updates it, and a doubled run writes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from automation.ledger.marks import mark
from automation.ledger.workbook import Cell
from automation.pages.dashboard import DUE_LIST, LATE_LIST, LEFT, RAN_AT, TILES
from automation.pages.page import Place
from automation.run.job import JOBS
from automation.run.run import run
from tests.support import workbook_homes as homes
from tests.support.ledger_in_memory import line
from tests.support.small_office import CLOCK, HANDLED, at, column, ledger_at, request_at

ON_BOTH = IN_TURN = True
BOARD = "看板"
FIRST, AGAIN, NEXT_DAY, LATER = "2026-03-18T09:00", "2026-03-18T09:10", "2026-03-19T07:00", "2026-03-24T07:00"
NUMBER, WHEN = (DUE_LIST.head + 1, LEFT), (LATE_LIST.head + 1, LEFT)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return ledger_at(tmp_path, [line(**HANDLED)], sending="暂停")


def board(path: Path) -> list[list[Cell]]:
    return [list(row) for row in homes.book_at(path, CLOCK).read().grids[BOARD].rows]


def cell(path: Path, place: Place) -> object:
    rows, (row, col) = board(path), place
    return mark(rows[row - 1][col - 1]) if row <= len(rows) and col <= len(rows[row - 1]) else ""


def scribble(path: Path, cells: dict[Place, Any]) -> None:
    book = homes.load(path)
    for place, value in cells.items():
        book[BOARD].cell(*place).value = value
    homes.save(book, path)


def lines_in_runs(path: Path) -> int:
    return len(column(path, "runs", "run"))


@pytest.mark.on_both
def test_a_run_fills_the_page_and_a_doubled_run_writes_nothing(path: Path) -> None:
    first = at(path, FIRST)
    before = homes.content(path)
    second = at(path, AGAIN)

    assert (first.written, second.written, homes.content(path)) == (True, False, before)
    assert (cell(path, TILES["open"]), cell(path, NUMBER), cell(path, RAN_AT)) == (
        1,
        "LV-00001",
        mark(first.now),
    )


def test_the_first_run_of_a_day_says_when_it_was_and_the_next_writes_nothing(path: Path) -> None:
    at(path, FIRST)
    first, second = at(path, NEXT_DAY), at(path, "2026-03-19T07:10")

    assert (first.written, second.written) == (True, False)
    assert cell(path, RAN_AT) == mark(first.now)


def test_what_became_late_moves_to_the_other_list(path: Path) -> None:
    at(path, FIRST)
    before = cell(path, TILES["late"]), cell(path, WHEN), cell(path, NUMBER)

    at(path, LATER)

    assert before == (0, "没有超期件。", "LV-00001")
    assert (cell(path, TILES["late"]), cell(path, WHEN), cell(path, NUMBER)) == (
        1,
        "LV-00001",
        "一周内没有到期件。",
    )


@pytest.mark.on_both
def test_a_scribble_on_the_page_is_put_right_without_a_word_and_one_beside_it_stays(path: Path) -> None:
    at(path, FIRST)
    scribble(path, {TILES["open"]: 99, (15, 3): "看这里", (3, 14): "旁边", (60, 2): "下边"})
    runs = lines_in_runs(path)

    dry = run(homes.book_at(path, CLOCK), request_at(path, AGAIN))
    second = at(path, "2026-03-18T09:20")

    assert (dry.changes, [edit.title for edit in dry.edits], second.written) == ((), [BOARD], False)
    assert [cell(path, place) for place in (TILES["open"], (15, 3), (3, 14), (60, 2))] == [
        1,
        "",
        "旁边",
        "下边",
    ]
    assert lines_in_runs(path) == runs


@pytest.mark.parametrize("job", [job for job in JOBS if job not in ("run", "validate")])
def test_only_run_and_validate_write_it(path: Path, job: str) -> None:
    assert BOARD not in {edit.title for edit in at(path, FIRST, job=JOBS[job]).edits}


@pytest.mark.on_both
def test_without_the_tab_a_run_does_all_else(path: Path) -> None:
    book = homes.load(path)
    del book[BOARD]
    homes.save(book, path)

    assert at(path, FIRST).written
    assert not at(path, AGAIN).written
    assert column(path, "register", "light")[0] == ("soon",)


def test_a_page_that_cannot_be_drawn_keeps_nothing_else_from_being_done(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise ZeroDivisionError("LV-00001")

    monkeypatch.setattr("automation.reports.dashboard.dashboard", breaks)
    result = at(path, FIRST)

    assert (result.written, [one.job for one in result.broken]) == (True, ["dashboard"])
    assert "LV-00001" not in result.broken[0].where
    assert column(path, "register", "light")[0] == ("soon",)
