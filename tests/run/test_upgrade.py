"""The first run after a new version: departments are asked to explain what an earlier one told only leaders of, without a flood."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from automation.ledger.workbook import Snapshot
from automation.mail.transport.mailer import MailServer
from automation.run.job import JOBS, Request, Result
from automation.run.plan import plan
from automation.run.two_worlds import after_run
from sheet_schema import SETTING
from tests.support.ledger_in_memory import line, snapshot
from tests.support.small_office import RULE

NOW = datetime(2026, 6, 1, 9)
CASES = 60
LADDER = (
    {"step": "答复", "level": 1, "after": 1, "unit": "工作日", "to": "部门负责人"},
    {"step": "答复", "level": 2, "after": 3, "unit": "工作日", "to": "分管领导", "ask_explanation": "是"},
    {"step": "答复", "level": 3, "after": 5, "unit": "工作日", "to": "校长", "ask_explanation": "是"},
)
TOLD = ((1, "head"), (2, "leader"), (3, "principal"))
"""What the earlier version sent of each case: at each level to its role, and never to the department."""


def old_ledger(departments: int) -> Snapshot:
    """Sixty late cases, of which the earlier version told heads, leader and principal long ago. `install` has added the
    new columns, which are blank."""
    of_case = [i % departments for i in range(CASES)]
    people = [
        {"name": "李敏", "role": "信访办", "email": "li@s.example"},
        {"name": "赵刚", "role": "分管领导", "email": "zhao@s.example"},
        {"name": "孙立", "role": "校长", "email": "sun@s.example"},
        {"name": "陈静", "role": "管理员", "email": "chen@s.example"},
        *({"name": f"主管{n:02}", "role": "部门负责人", "email": f"head{n}@s.example"} for n in range(departments)),
    ]
    desks = [
        {"name": f"第{n:02}处", "email": f"dept{n}@s.example", "head": f"主管{n:02}", "leader": "赵刚"}
        for n in range(departments)
    ]
    numbers = [f"LV-{i + 1:05}" for i in range(CASES)]
    register = [
        line(
            number, petitioner=f"P{n}", contact=f"138{i:08}", about="-", received_on="2026-03-02", department=f"第{n:02}处",
            decision="受理", decided_on="2026-03-02", notified_on="2026-03-02", summary=f"事{i}",
        )
        for i, (number, n) in enumerate(zip(numbers, of_case, strict=True))
    ]  # fmt: skip
    index = [{"case_no": number, "issued_on": "2026-03-01", "first_seen": "2026-03-02"} for number in numbers]
    due = plan(snapshot(register=register[:1], index=index[:1], deadlines=[RULE], people=people), request(NOW)).after
    day = due.register["due_on"][0].item()
    sent = [
        {
            "key": "|".join((number, "escalation", "reply", day.isoformat(), str(level), slot)), "mail_id": f"{slot}{level}",
            "case_no": number, "kind": "escalation", "step": "reply", "due_on": day.isoformat(), "level": str(level), "slot": slot,
            "to": {"head": f"head{n}", "leader": "zhao", "principal": "sun"}[slot] + "@s.example",
            "state": "sent", "attempts": 1, "run": "R", "claimed_at": datetime(2026, 4, 1, 9),
        }
        for number, n in zip(numbers, of_case, strict=True)
        for level, slot in TOLD
    ] + [
        {
            "key": f"{number}|assignment|||1|handler", "mail_id": "a", "case_no": number, "kind": "assignment", "level": "1", "slot": "handler",
            "holder": f"第{n:02}处", "to": f"dept{n}@s.example", "state": "sent", "run": "R", "claimed_at": datetime(2026, 3, 2, 9),
        }
        for number, n in zip(numbers, of_case, strict=True)
    ]  # fmt: skip
    runs = [{"run": "R", "at": datetime(2026, 5, 29, 9), "command": "run", "outcome": "完成"}]
    given = {"blank_rows": "1", "sending": "正式发送", "go_live_on": "2026-01-01"}
    settings = [{"name": SETTING[key].label("zh"), "value": value} for key, value in given.items()]
    return snapshot(
        register=register, index=index, people=people, departments=desks, escalation=LADDER, deadlines=[RULE],
        notices=sent, runs=runs, settings=settings,
    )  # fmt: skip


def request(now: datetime) -> Request:
    return Request(JOBS["run"], now, now, outbox=Path("out"), server=MailServer("", 0, "", ""))


def run(book: Snapshot, now: datetime = NOW) -> Result:
    return plan(book, request(now))


@pytest.mark.parametrize(("departments", "flood"), [(10, False), (60, True)])
def test_the_first_run_of_a_new_version_writes_to_each_reader_once(departments: int, *, flood: bool) -> None:
    book = old_ledger(departments)
    first = run(book)
    late = [mail for mail in first.mails if mail.kind == "escalation"]
    assert max(Counter(mail.to for mail in late).values(), default=0) <= 1
    desks = {f"dept{n}@s.example" for n in range(departments)} | {f"head{n}@s.example" for n in range(departments)}
    assert {mail.to for mail in late} == (set() if flood else desks)
    assert [mail.to for mail in first.mails if mail.kind == "storm"] == (["chen@s.example"] if flood else [])
    assert {mail.reader.address for mail in first.held if mail.kind == "escalation"} == (desks if flood else set())
    assert {(notice.slot, notice.level) for notice, mail in first.notices if mail.kind == "escalation"} == (
        set() if flood else {("handler", 3), ("head", 3)}
    )


def test_what_the_first_run_sent_is_not_sent_again() -> None:
    book = old_ledger(10)
    again = run(after_run(book, run(book)), NOW + timedelta(minutes=10))
    assert [mail.kind for mail in again.mails] == []
