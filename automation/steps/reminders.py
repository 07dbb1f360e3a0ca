"""remind: tell whoever has to do a step before it is due.

"A reminder day on a day off moves to the working day before … one at or before the clock's start is dropped"
(docs/design.md#p4.10).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import numpy as np

from automation.cases.cases import Cases
from automation.cases.clocks import Clock
from automation.cases.lights import stands_still
from automation.ledger.notices import Notice
from automation.ledger.policy import Deadline, Policy
from automation.ledger.table import Array, each_once
from automation.steps.waits_over import remind_of_waits
from sheet_schema.vocabulary import NoticeKind


def remind(cases: Cases, now: datetime) -> list[Notice]:
    """Every reminder whose day has come and whose step is not late yet, those of earlier days included. Of a clock that stands
    still nobody is reminded but of the last day of the wait (docs/design.md#p19.7)."""
    due_soon = [
        notice
        for clock in cases.clocks.values()
        for rule_at in each_once(clock.rule[cases.mailed(clock) & (clock.rule >= 0)])
        for notice in _of_rule(cases, clock, rule_at, now.date())
    ]
    return [*due_soon, *remind_of_waits(cases, now)]


def _of_rule(cases: Cases, clock: Clock, rule_at: int, day: date) -> Iterator[Notice]:
    rule = cases.ledger.policy.deadlines[rule_at]
    ahead = (clock.rule == rule_at) & (clock.due >= np.datetime64(day))
    waiting = np.flatnonzero(cases.mailed(clock) & ahead & ~stands_still(clock, day))
    numbers = cases.register["case_no"]
    for before in rule.remind_before:
        days = reminder_days(cases.ledger.policy, rule, clock.due[waiting], before)
        fires = (days <= np.datetime64(day)) & (days > clock.start[waiting])
        for i, from_day in zip(waiting[fires].tolist(), days[fires].tolist(), strict=True):
            yield Notice(
                kind=NoticeKind.REMINDER.key,
                case_no=numbers[i],
                case_at=i,
                step=clock.step.key,
                due_on=clock.due[i].item(),
                level=-before,
                slot=rule.who,
                from_day=from_day,
            )


def reminder_days(policy: Policy, rule: Deadline, due: Array, before: int) -> Array:
    """The day on which to remind: `before` units of the rule before `due`, or the last working day before that."""
    return policy.calendar.previous_working(policy.calendar.subtract(due, before, rule.unit))
