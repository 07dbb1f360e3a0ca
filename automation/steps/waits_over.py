"""Reminds of the last day of a wait: what was waited for has to be there, and then the clock runs again (docs/design.md#p19.7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import numpy as np

from automation.cases.cases import Cases
from automation.cases.clocks import Clock
from automation.cases.stopped_clocks import Counted
from automation.ledger.notices import Notice
from automation.ledger.policy import Policy
from sheet_schema.vocabulary import NoticeKind, Who

LAST_DAY_OF_WAIT = -10_000
"""The level of these reminders: below that of any other, of which a rule has none more than 9999 days before."""


def remind_of_waits(cases: Cases, now: datetime) -> list[Notice]:
    """For each wait that ends today or has ended a reminder to whoever has to do the step, and to the office, until the step is
    done or late. Nobody is asked about a day that was typed when it had come: then what was waited for was there."""
    return [notice for clock in cases.clocks.values() for notice in _of_clock(cases, clock, now.date())]


def _of_clock(cases: Cases, clock: Clock, day: date) -> Iterator[Notice]:
    waiting = cases.mailed(clock) & (clock.due >= np.datetime64(day)) & ~clock.capped_by_superior
    for at, counted in clock.waits.items():
        from_day = _from_day(cases.ledger.policy, counted) if waiting[at] else None
        if from_day is not None and from_day <= day:
            rule = cases.ledger.policy.deadlines[clock.rule[at]]
            for slot in dict.fromkeys((rule.who, Who.OFFICE.key)):
                yield Notice(
                    kind=NoticeKind.REMINDER.key,
                    case_no=str(cases.register["case_no"][at]),
                    case_at=at,
                    step=clock.step.key,
                    due_on=clock.due[at].item(),
                    level=LAST_DAY_OF_WAIT,
                    slot=slot,
                    from_day=from_day,
                )


def _from_day(policy: Policy, counted: Counted) -> date | None:
    """The working day on which to remind: the last of the wait, or the one before. Of a wait without an end, whose due date
    moves until then, the day on which it has lasted as long as the rule allows."""
    stretch, last = counted.current, counted.last
    if stretch is None or last is None or not (stretch.open_end or stretch.planned):
        return None
    if stretch.open_end:
        return last
    before: date = policy.calendar.previous_working(np.array([last], dtype="datetime64[D]"))[0].item()
    return before if before > stretch.begin else last
