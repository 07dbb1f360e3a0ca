"""A run that is killed between its journal and its workbook gave no number to anybody: the next one goes on by itself."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from sheet_schema import TAB
from tests.support.children import ended, started
from tests.support.ledger_in_memory import line
from tests.support.small_office import HANDLED, at, column, ledger_at
from tests.support.workbook_homes import made_once, shown_in, type_cells

NEW = 8
"""More than the five numbers that may be gone at once before a run stops."""


@made_once
def office(folder: Path) -> Path:
    """A ledger with one case, and eight lines typed since its last run."""
    path = ledger_at(folder, [line(**HANDLED)])
    at(path, "2026-03-19T09:00")
    heads, below = list(shown_in(path, "登记")[0]), len(shown_in(path, "登记")) + 1
    typed = {
        (row, 1 + heads.index(TAB["register"][key].label("zh"))): str(value)
        for row in range(below, below + NEW)
        for key, value in line(petitioner=f"张{row}", summary=f"事项{row}", received_on="2026-03-18", **HANDLED).items()
        if key != "case_no"
    }
    type_cells(path, "登记", typed)
    return path


def killed_before_the_workbook_is_renamed(path: Path) -> None:
    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event == "os.rename" and str(arguments[1]) == str(path):
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    at(path, "2026-03-19T10:00")


@pytest.mark.parametrize("kills", [1, 2])
def test_the_next_run_numbers_the_lines_and_sends_their_mails_once(tmp_path: Path, kills: int) -> None:
    path = office(tmp_path)
    for _ in range(kills):
        assert ended(started(killed_before_the_workbook_is_renamed, path)) == -signal.SIGKILL

    result = at(path, "2026-03-19T10:10")

    assert not result.stopped
    assert [problem.code for problem in result.problems if problem.code == "missing_number"] == []
    numbers = [number for (number,) in column(path, "register", "case_no")]
    assert (len(set(numbers)), numbers == sorted(numbers)) == (len(numbers), True)
    told = [str(case) for case, kind in column(path, "notices", "case_no", "kind") if kind == "assignment"]
    assert (len(told), len(set(told))) == (1 + NEW, 1 + NEW)
    assert at(path, "2026-03-19T10:20").edits == ()
