"""What is said of a case in a chat: only what everybody who may read along may know."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from automation.mail.mail import Mail
from automation.run.job import JOBS
from automation.run.plan import plan
from automation.steps.reminders import remind
from tests.support.chat_server import WECOM, chats
from tests.support.ledger_in_memory import Rows, line, snapshot
from tests.support.small_office import FANG, HANDLED, office_of, request_at

BY_CASE = replace(JOBS["run"], raises=(remind,))
LIVE = {"sending": "正式发送", "go_live_on": "2026-03-01"}
KNOWN = chats(王芳群=WECOM, 教务处群=WECOM)
TWO = {"name": "王力", "also_called": "王老师", "role": "经办人", "email": "li@s.example"}
ROOM: Rows = (
    {"name": "教务处", "email": "jw@s.example", "head": "王强", "chat": "教务处群"},
    {"name": "总务处", "email": "zw@s.example"},
)
LEADER = {"name": "赵刚", "role": "分管领导", "email": "gang@s.example", "chat": "王芳群"}


def mails(case: dict[str, object], people: Rows, departments: Rows = ROOM) -> tuple[Mail, ...]:
    """The reminders of one case."""
    rows = office_of([case], people, departments, **LIVE)
    doubled = {person["name"] for person in people}
    rows["people"] = [*people, *(row for row in rows["people"] if row["name"] not in doubled)]
    return plan(
        snapshot(**rows),
        replace(request_at(Path("l.xlsx"), "2026-03-13T09:00", Path("out"), BY_CASE, named=True), chats=KNOWN),
    ).mails


TO_THE_ROOM = {"decision": "受理", "decided_on": "2026-03-03", "department": "教务处"}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({}, True),
        ({"about": "-"}, True),
        ({"about": "总务处"}, True),
        ({"restricted": "是"}, False),
        ({"restricted": "也许"}, False),
        ({"kind": "检举控告", "about": "赵刚"}, False),
        ({"about": "赵刚"}, False),
        ({"about": "林某某"}, False),
        ({"about": "王老师"}, False),
        ({"summary": "赵刚不还作业"}, False),
    ],
)
def test_a_room_hears_only_what_everybody_may_know(cells: dict[str, str], said: bool) -> None:
    written = mails(line(**{**TO_THE_ROOM, **cells}), [FANG, TWO])
    assert [mail.to for mail in written if mail.is_in_chat] == ["chat:教务处群"] * said


@pytest.mark.parametrize("told_by", ["", "群机器人"])
@pytest.mark.parametrize(("about", "people"), [("王芳", ()), ("赵刚", (LEADER,))])
def test_whoever_must_not_know_hears_nothing_in_a_chat_either(told_by: str, about: str, people: Rows) -> None:
    """Neither in their own nor in one that they share with somebody."""
    handler = {**FANG, "chat": "王芳群", "told_by": told_by}
    written = mails(line(**HANDLED, about=about), [handler, *people])
    assert [mail.to for mail in written if mail.is_in_chat] == []


@pytest.mark.parametrize(("told_by", "by_mail"), [("", 1), ("群机器人", 0)])
def test_a_chat_of_ones_own_is_told_of_what_is_restricted_without_a_word_of_it(told_by: str, by_mail: int) -> None:
    handler = {**FANG, "chat": "王芳群", "told_by": told_by}
    written = mails(line(**HANDLED, restricted="是", summary="秘密"), [handler])
    assert sum(not mail.is_in_chat for mail in written) == by_mail
    assert [mail.rendered.text.splitlines()[0] for mail in written if mail.is_in_chat] == ["LV-00001 · 答复 · 3月22日"]


def test_chat_alone_counts_for_nobody_who_shares_theirs() -> None:
    handler = {**FANG, "chat": "王芳群", "told_by": "群机器人"}
    written = mails(line(**HANDLED), [handler, LEADER])
    assert [mail.to for mail in written] == ["fang@s.example", "chat:王芳群"]
