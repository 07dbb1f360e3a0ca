"""Somebody edits Settings at the moment a run empties the cell.

The request is left to the next run, so nothing is answered now, and nothing is done twice.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from automation.mail.transport.mailer import MailServer
from automation.run.job import Result
from tests.support import workbook_homes as homes
from tests.support.admin_requests import DONE, LAST, LATER, LIVE, MONDAY, answers, ask, asked, choose, said
from tests.support.ledger_in_memory import line
from tests.support.mail_server import mail_server
from tests.support.small_office import ADMIN, FANG, HANDLED, column, ledger_at, setting
from tests.support.workbook_homes import address

pytestmark = pytest.mark.parametrize("home", ["google"], indirect=True)
COMMIT = 6
"""The number of the request that writes."""


def ledger(folder: Path, *people: dict[str, str]) -> Path:
    """A ledger in which jobs have run before, and somebody has just asked for a check."""
    path = ledger_at(folder, [line(**HANDLED)], [FANG, ADMIN, *people])
    ask(path, "2026-03-15T09:00", actions=DONE)
    choose(path, "检查")
    return path


def run_meanwhile(
    path: Path,
    act: Callable[[Any], object],
    tab: str = "设置",
    moment: str = MONDAY,
    server: MailServer | None = None,
) -> Result:
    google = homes.server()
    google.clear_calls()

    def person(_: int, __: Any) -> None:
        if len(google.calls) + 1 == COMMIT:
            act(google.spreadsheets[address(path)].sheet(tab))

    google.between = person
    try:
        return ask(path, moment, actions=DONE, server=server)
    finally:
        google.between = None


def row(sheet: Any) -> int:
    return int([line[0] for line in sheet.values()].index("请执行")) + 1


def settings(path: Path) -> list[str]:
    return sorted(map(str, column(path, "settings", "name", "value", "meaning")))


def test_another_word_counts(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    result = run_meanwhile(path, lambda sheet: sheet.type(row(sheet), 2, "备份"))
    first = setting(path, "please_do"), answers(path), result.undone
    ask(path, LATER, actions=DONE)
    assert first == ("backup", [], {"请执行"})
    assert ([said(mail)[:2] for mail in answers(path)], setting(path, "please_do")) == (["备份"], "")
    assert ask(path, LAST, actions=DONE).edits == ()


@pytest.mark.parametrize(
    "act",
    [
        lambda sheet: sheet.insert_rows(3),
        lambda sheet: sheet.move_rows(2, 1, 6),
        lambda sheet: sheet.delete_rows(4),
    ],
    ids=["a row put in", "rows moved", "a row taken out"],
)
def test_rows_that_move(tmp_path: Path, act: Callable[[Any], object]) -> None:
    path = ledger(tmp_path)
    before = settings(path)
    run_meanwhile(path, act)
    ask(path, LATER, actions=DONE)
    assert (len(answers(path)), setting(path, "please_do"), ask(path, LAST, actions=DONE).edits) == (1, "", ())
    assert set(settings(path)) <= {one.replace("检查", "") for one in before}


def test_an_older_answer_that_is_owed_is_still_owed(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN], please_do="检查", **LIVE)
    with mail_server(tmp_path) as (post, server):
        post.on_rcpt = {"admin@s.example": "450 busy"}
        ask(path, MONDAY, actions=DONE, server=server)
        post.on_rcpt = {}
        choose(path, "备份")
        run_meanwhile(path, lambda sheet: sheet.type(row(sheet), 2, "统计"), moment=LAST, server=server)
        states = [one[0:4:3] for one in asked(path)]
        none_yet = list(post.to)
        ask(path, "2026-03-16T09:30", actions=DONE, server=server)
    assert (states, none_yet) == ([("check", "retry"), ("backup", "void")], [])
    assert ([str(mail["Subject"]) for _, mail in post.messages], setting(path, "please_do")) == (
        ["执行结果：检查（3月16日）", "执行结果：统计（3月16日）"],
        "",
    )


def test_a_claim_that_landed_beside_its_row_is_no_lost_request(tmp_path: Path) -> None:
    """Somebody inserted a line in Notices, so nobody knows what was claimed, and the cell keeps the request."""
    path = ledger(tmp_path)
    end = len(column(path, "notices", "key")) + 2
    run_meanwhile(path, lambda sheet: sheet.type(end, 1, "x"), "通知")
    waits = setting(path, "please_do")
    for moment in (LATER, LAST):
        ask(path, moment, actions=DONE)
    assert (waits, setting(path, "please_do"), len(answers(path)), [one[3] for one in asked(path)]) == (
        "check",
        "",
        1,
        ["written"],
    )
