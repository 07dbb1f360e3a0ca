"""Somebody types into a line at the moment a run writes it.

Their line stays, no mail mentions it, the run says so, and the next run does it all.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

import jobs
from automation.ledger.parsing import parse
from automation.steps.history_check import broken_lines_of_history
from tests.support import workbook_homes as homes
from tests.support.ledger_in_memory import line
from tests.support.small_office import FANG, HANDLED, at, column, ledger_at, mails
from tests.support.workbook_homes import made_once

pytestmark = pytest.mark.parametrize("home", ["google"], indirect=True)
COMMIT = 6
"""The number of the request that writes."""
REMINDED = "【试运行】LV-00001 答复（3月22日到期）"
OTHER = "lin@s.example"


@made_once
def ledger(folder: Path) -> Path:
    cases = [line(**HANDLED), line("LV-00002", **{**HANDLED, "handler": "林涛"}, summary="另一件")]
    people = [FANG, {"name": "林涛", "role": "经办人", "email": OTHER}]
    path = ledger_at(folder, cases, people)
    at(path, "2026-03-12T09:00")
    for mail in (folder / "out").glob("*.eml"):
        mail.unlink()
    return path


def just_before_the_commit(path: Path, act: Callable[[Any], object]) -> None:
    server = homes.server()
    server.clear_calls()

    def person(_: int, __: Any) -> None:
        if len(server.calls) + 1 == COMMIT:
            act(server.spreadsheets[homes.address(path)].sheet("登记"))

    server.between = person


def summary(sheet: Any) -> int:
    return int(sheet.values()[0].index("反映问题")) + 1


def run_by_hand(path: Path, *options: str) -> str:
    """Run the command as a person types it, and return its output."""
    try:
        return CliRunner().invoke(
            jobs.main, ["run", "-w", homes.address(path), "--now", "2026-03-13T09:00", "--outbox", str(path.parent / "out"), *options]
        ).stdout  # fmt: skip
    finally:
        homes.server().between = None


def test_the_line_is_left_out_and_said_so_and_the_next_run_does_it(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    just_before_the_commit(path, lambda sheet: sheet.type(2, summary(sheet), "改写"))
    said = run_by_hand(path)
    first = mails(tmp_path / "out")
    at(path, "2026-03-13T09:10", tmp_path / "out")
    texts = [row for row in column(path, "register", "case_no", "summary") if row[1]]
    assert "以下各件正在被填写，留待下次运行：LV-00001。" in said
    assert [to for to, _ in first if to == "fang@s.example"] == []
    assert [to for to, _ in first] == [OTHER]
    assert ("fang@s.example", REMINDED.replace("【试运行】", "")) in [
        (to, subject.replace("【试运行】", "")) for to, subject in mails(tmp_path / "out")
    ]
    assert texts == [("LV-00001", "改写"), ("LV-00002", "另一件")]


def test_json_holds_what_was_left_out(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    just_before_the_commit(path, lambda sheet: sheet.type(2, summary(sheet), "改写"))
    found = json.loads(run_by_hand(path, "--json"))
    assert (
        {one["key"] for one in found["changes"]} & {"LV-00001"},
        [one["to"] for one in found["notices"] if "LV-00001" in one["cases"]],
    ) == (set(), [])
    assert [key.split("|")[:2] for key in found["held"]] == [["LV-00001", "reminder"]]


def test_claims_of_a_mail_that_did_not_go_are_void(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    just_before_the_commit(path, lambda sheet: sheet.type(2, summary(sheet), "改写"))
    run_by_hand(path)
    states = [row[1:] for row in column(path, "notices", "kind", "case_no", "state") if row[0] == "reminder"]
    assert sorted(states) == [("LV-00001", "void"), ("LV-00002", "written")]


@pytest.mark.parametrize(
    "act",
    [
        lambda sheet: sheet.insert_rows(2),
        lambda sheet: sheet.move_rows(2, 1, 4),
        lambda sheet: sheet.delete_rows(3),
    ],
    ids=["a line put in", "lines moved", "a case taken out"],
)
def test_lines_that_moved_hold_their_own_afterwards(tmp_path: Path, act: Callable[[Any], object]) -> None:
    path = ledger(tmp_path)
    sheet = homes.server().spreadsheets[homes.address(path)].sheet("登记")
    own = {row[0]: row[3:9] for row in sheet.values()[1:] if len(row) > 4}
    just_before_the_commit(path, act)
    run_by_hand(path)
    for minute in ("09:10", "09:20"):
        at(path, f"2026-03-13T{minute}", tmp_path / "out")
    left = {row[0]: row[3:9] for row in sheet.values()[1:] if len(row) > 4 and any(row[3:9])}
    assert left == {number: cells for number, cells in own.items() if number in left}
    assert at(path, "2026-03-13T09:30", tmp_path / "out").edits == ()


@pytest.mark.parametrize(("times", "sent"), [(1, [FANG["email"], OTHER]), (2, [])])
def test_what_nothing_explains_is_tried_once_more(tmp_path: Path, times: int, sent: list[str]) -> None:
    """As when somebody took rows out just before the batch, and put some in before the run could see why it was refused."""
    path, server = ledger(tmp_path), homes.server()
    server.fail("400", where=lambda call: "copyPaste" in str(call.body), times=times)
    run_by_hand(path)
    told = sorted(to for to, _ in mails(tmp_path / "out") if to in (FANG["email"], OTHER))
    assert (len(server.faults.waiting), told) == (0, sent)


def test_lines_of_history_that_were_undone_break_no_chain_and_are_written_by_the_next_run(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    sheet = homes.server().spreadsheets[homes.address(path)].sheet("登记")
    for row, text in ((2, "改过一"), (3, "改过二")):
        sheet.type(row, summary(sheet), text)
    just_before_the_commit(path, lambda one: one.type(2, summary(one), "又改了"))
    run_by_hand(path)

    def seen() -> tuple[list[tuple[object, ...]], list[str]]:
        read = parse(homes.book_at(path, datetime.now(UTC)).read())
        history = read.tables["history"]
        by_people = np.flatnonzero(history["who"] == "person").tolist()
        told = [tuple(history[key][at] for key in ("case_no", "before", "after")) for at in by_people]
        return told, [problem.code for problem in broken_lines_of_history(read)]

    assert seen() == ([("LV-00002", "另一件", "改过二")], [])
    at(path, "2026-03-13T09:10")
    assert seen() == ([("LV-00002", "另一件", "改过二"), ("LV-00001", "作业太多", "又改了")], [])
