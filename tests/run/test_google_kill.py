"""SIGKILL before and after each request of a run on Google: the next run ends in the same state as without it."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest

from tests.google_faults import CALLS, LAST, NEXT, NOW, ledger, mails, state, without_faults
from tests.support import workbook_homes as homes
from tests.support.children import ended, kill, started
from tests.support.small_office import at, column

pytestmark = pytest.mark.parametrize("home", ["google"], indirect=True)


def run(key: str, outbox: Path) -> None:
    at(Path(key), NOW, outbox)


def run_and_kill(path: Path, nth: int, hook: str) -> int:
    """Kill a run in its own process at its nth request: `between`, before it is done, or `after`."""
    server = homes.server()
    homes.server().clear_calls()
    child = started(run, homes.address(path), path.parent / "out")

    def kill_at(_: int, call: Any) -> None:
        if len(server.calls) + (hook == "between") >= nth:
            kill(child)

    setattr(server, hook, kill_at)
    try:
        return ended(child)
    finally:
        setattr(server, hook, None)


@pytest.mark.parametrize("hook", ["between", "after"])
@pytest.mark.parametrize("nth", range(1, CALLS + 1))
def test_killed_at_any_request(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, nth: int, hook: str) -> None:
    expected, said, _ = without_faults(tmp_path_factory.getbasetemp() / "unharmed")
    path = ledger(tmp_path / "ledger")
    killed = run_and_kill(path, nth, hook)
    hold_on = "2026-03-13T09:12"  # the dead run's lock ends after ten minutes
    for moment in (hold_on, LAST):
        at(path, moment)
    names = mails(path.parent)
    assert (killed, state(path), tuple(sorted(names))) == (-signal.SIGKILL, expected, said)
    assert {len(found) for found in names.values()} == {1}
    assert at(path, "2026-03-13T09:30").edits == ()


def test_killed_after_a_commit_that_met_another_row(tmp_path: Path) -> None:
    """Somebody inserts a line just before the commit, and the run dies just after it.

    The next run finds the undo log, and puts every cell back where it belongs before it does anything else.
    """
    path = ledger(tmp_path / "ledger")
    server = homes.server()
    sheet = server.spreadsheets[homes.address(path)].sheet("登记")
    before = [row[:9] for row in sheet.values()]
    commit = 6

    def person(_: int, call: Any) -> None:
        if len(server.calls) + 1 == commit:
            sheet.insert_rows(2)

    server.between = person
    try:
        killed = run_and_kill(path, commit, "after")
    finally:
        server.between = None
    damaged = [row[:9] for row in sheet.values()] != [before[0], [], *before[1:]]
    for moment in ("2026-03-13T09:12", LAST):
        at(path, moment)
    names = column(path, "register", "case_no", "summary", "status", "department")
    assert (killed, damaged, names) == (
        -signal.SIGKILL,
        True,
        [
            ("LV-00001", "作业太多", "in_hand", "教务处"),
            ("LV-00002", "新事由", "in_hand", "教务处"),
            ("LV-00004", "没有编号", "in_hand", "教务处"),
            ("LV-00005", "", "", ""),
        ],
    )
    assert [row[:2] for row in column(path, "filing", "case_no", "summary")] == [("LV-00003", "旧事由")]
    assert at(path, NEXT.replace("09:10", "09:40")).edits == ()
