"""A case that is closed, or void, and opened again while it is late keeps its place on the ladder (docs/design.md#p4.30)."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from automation.ledger.workbook import ColumnEdit, Snapshot, TabEdit
from automation.run.job import JOBS, Request
from automation.run.plan import plan
from automation.run.two_worlds import after_run, edited
from sheet_schema import TAB
from tests.support.ledger_in_memory import line, snapshot

ROLES = ("handler", "head", "leader", "principal")
RULE = {
    "enabled": "yes", "step": "reply", "who": "handler", "starts_from": "received", "amount": 7, "unit": "day",
    "roll_forward": "no",
}  # fmt: skip
LADDER = [
    {"step": "reply", "level": at, "after": at, "unit": "workday", "to": role} for at, role in enumerate(ROLES, 1)
]
OPEN = {
    "decision": "accept", "decided_on": "2026-03-02", "notified_on": "2026-03-02", "handler": "Person handler",
    "department": "East", "about": "-", "reason": "slip",
}  # fmt: skip
REGISTER = TAB["register"]


def ledger_of_one_case() -> Snapshot:
    """A case of Monday 2 March, due on Monday the 9th: its levels are of the 10th, 11th, 12th and 13th."""
    people = [{"name": f"Person {role}", "role": role, "email": f"{role}@s.example"} for role in ROLES]
    return snapshot(
        "en",
        register=[line(topic="", **OPEN)],
        index=[{"case_no": "LV-00001", "issued_on": "2026-03-01", "first_seen": "2026-03-02"}],
        people=people,
        departments=[{"name": "East", "email": "handler@s.example", "head": "Person head"}],
        deadlines=[RULE],
        escalation=LADDER,
        routing=[],
        topics=[],
    )


def decided(book: Snapshot, decision: str) -> Snapshot:
    title = REGISTER.label("en")
    at = 1 + [column.key for column in REGISTER].index("decision")
    return Snapshot(edited(book.grids, [TabEdit(title, (ColumnEdit(at, [2], [decision]),))]), book.version)


def levels(acts: dict[str, str], until: str = "2026-03-26") -> list[str]:
    """The day of the month on which somebody was told at each level, if the decision is changed at these moments.

    A moment without a day is of every working day from the 9th on. There is a run at each, and at nine and ten.
    """
    book, told = ledger_of_one_case(), []
    day = datetime(2026, 3, 2)
    while day < datetime.fromisoformat(until):
        own = {at.split()[-1]: what for at, what in acts.items() if " " not in at or at.startswith(f"{day.day} ")}
        if day.weekday() < 5:
            for clock in sorted({"09:00", "10:00", *(own if day.day >= 9 else ())}):
                moment = datetime.fromisoformat(f"{day.date()}T{clock}")
                if clock in own:
                    book = decided(book, own[clock])
                result = plan(book, Request(JOBS["run"], moment, moment, outbox=Path("out")))
                sent = [one.to.partition("@")[0] for one in result.mails if one.kind == "escalation"]
                told += [f"{role} {day.day}" for role in ROLES if role in sent]
                book = after_run(book, result)
        day += timedelta(days=1)
    return told


AS_EVER = ["handler 10", "head 11", "leader 12", "principal 13"]


@pytest.mark.parametrize(
    ("acts", "told"),
    [
        ({}, AS_EVER),
        # one slip, put right ten minutes later
        ({"9 16:00": "void", "9 16:10": "accept"}, AS_EVER),
        ({"10 16:00": "void", "10 16:10": "accept"}, AS_EVER),
        ({"11 16:00": "void", "11 16:10": "accept"}, AS_EVER),
        ({"11 08:00": "void", "11 08:10": "accept"}, ["handler 10", "head 12", "leader 13", "principal 16"]),
        # a slip every day
        ({"16:00": "void", "16:10": "accept"}, AS_EVER),
        # closed overnight, every night: a level every other working day
        ({"16:00": "void", "08:50": "accept"}, ["handler 11", "head 13", "leader 17", "principal 19"]),
        # closed for a week, and opened again on Wednesday the 18th
        ({"11 16:00": "void", "18 16:00": "accept"}, ["handler 10", "head 11", "leader 19", "principal 20"]),
    ],
)
def test_the_ladder_goes_on_where_it_was(acts: dict[str, str], told: list[str]) -> None:
    assert levels(acts) == told
