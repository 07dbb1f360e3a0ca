"""A cell that Google shows in two forms, and a row that changes at every commit: neither holds up another case's mails.

The row says what is wrong and its own mails go alone; once the cell is plain text, all is as before.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support import workbook_homes as homes
from tests.support.ledger_in_memory import line
from tests.support.small_office import FANG, HANDLED, at, column, ledger_at, mails, typed
from tests.support.workbook_homes import made_once

pytestmark = pytest.mark.parametrize("home", ["google"], indirect=True)
TOGETHER = "【试运行】2件将到期，最早3月22日：LV-00001 答复"
NAME = "信访人"
ODD: dict[str, tuple[Callable[[Any, int, int], None], str]] = {
    "chip": (lambda sheet, row, at_: sheet.make_chip(row, at_), "智能条状标签"),
    "formula": (lambda sheet, row, at_: sheet.make_spilled(row, at_), "其他单元格中公式的结果"),
    "image": (lambda sheet, row, at_: sheet.make_image(row, at_), "单元格内是图片"),
}


@made_once
def ledger(folder: Path) -> Path:
    """Two cases of one handler, whose reminders go in one mail."""
    path = ledger_at(folder, [line(**HANDLED), line("LV-00002", **HANDLED, summary="另一件")], [FANG])
    at(path, "2026-03-12T09:00")
    cleared(path)
    return path


def cleared(path: Path) -> None:
    for mail in (path.parent / "out").glob("*.eml"):
        mail.unlink()


def sheet_of(path: Path) -> Any:
    return homes.server().spreadsheets[homes.address(path)].sheet("登记")


def told(path: Path) -> list[str]:
    """The subjects of the handler's mails since they were last asked for."""
    found = [subject for to, subject in mails(path.parent / "out") if to == FANG["email"]]
    cleared(path)
    return found


@pytest.mark.parametrize("kind", ODD)
def test_a_cell_in_two_forms_voids_no_mail(tmp_path: Path, kind: str) -> None:
    """The run that meets it proves that nobody typed there; from then on the row says so, and its mails go alone."""
    make, said = ODD[kind]
    path = ledger(tmp_path)
    sheet = sheet_of(path)
    make(sheet, 3, sheet.values()[0].index(NAME) + 1)
    first = at(path, "2026-03-13T09:00")
    assert (first.undone, told(path)) == ({"LV-00002"}, [TOGETHER])
    assert (at(path, "2026-03-13T09:10").undone, told(path)) == (frozenset(), [])
    second = at(path, "2026-03-19T09:00")
    alone = told(path)
    assert (second.undone, len(alone)) == (frozenset(), 2)
    assert sorted(number in subject for subject in alone for number in ("LV-00001", "LV-00002")) == [
        False,
        False,
        True,
        True,
    ]
    problems = [str(found) for (found,) in column(path, "register", "problems")]
    assert (said in problems[0], said in problems[1]) == (False, True)
    typed(path, NAME, "李四", row=3)
    assert [at(path, f"2026-03-19T{moment}").undone for moment in ("09:20", "09:30")] == [frozenset(), frozenset()]
    assert said not in str(column(path, "register", "problems")[1])


@pytest.mark.parametrize(("filled", "moves"), [(True, False), (False, True)])
def test_what_is_not_proven_to_be_as_it_was_read_holds_its_mails_back(
    tmp_path: Path, *, filled: bool, moves: bool
) -> None:
    """Neither a case that this very run gave to somebody, nor one whose row moved before its odd cell was read again."""
    path = ledger(tmp_path)
    server, sheet = homes.server(), sheet_of(path)
    headers = sheet.values()[0]
    sheet.make_chip(3, headers.index(NAME) + 1)
    if filled:
        typed(path, "承办部门", "", row=3)
    committed = False

    def somebody(_: int, call: Any) -> None:
        nonlocal committed
        if moves and committed and "chipRuns" in str(call.query):
            committed = False
            sheet.insert_rows(2)
        committed |= call.path.endswith(":batchUpdate") and any("copyPaste" in one for one in call.body["requests"])

    server.between = somebody
    try:
        first = at(path, "2026-03-13T09:00")
    finally:
        server.between = None
    assert (first.undone, [mail.cases for mail in first.mails if "LV-00002" in mail.cases]) == ({"LV-00002"}, [])
    assert any("LV-00002" in mail.cases for mail in at(path, "2026-03-13T09:10").mails)


def test_a_row_that_changes_at_every_commit_holds_up_no_other_after_three_runs(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    server, sheet = homes.server(), sheet_of(path)
    place = sheet.values()[0].index(NAME) + 1
    count = 0

    def somebody(_: int, call: Any) -> None:
        nonlocal count
        if call.path.endswith(":batchUpdate") and any("copyPaste" in one for one in call.body["requests"]):
            count += 1
            sheet.type(3, place, f"李{count}")

    server.between = somebody
    try:
        runs = [(at(path, f"2026-03-13T09:{minute}0").undone, len(told(path))) for minute in range(4)]
    finally:
        server.between = None
    assert runs == [({"LV-00002"}, 0)] * 3 + [({"LV-00002"}, 1)]
    assert "连续" not in str(column(path, "register", "problems")[1])  # nothing could be written there
    at(path, "2026-03-13T10:00")
    assert (len(told(path)), "连续" in str(column(path, "register", "problems")[1])) == (1, True)
    at(path, "2026-03-13T10:10")
    assert "连续" not in str(column(path, "register", "problems")[1])
