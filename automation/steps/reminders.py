"""remind: tell whoever has to do a step before it is due.

"A reminder day on a day off moves to the working day before … one at or before the clock's start is dropped"
(docs/design.md#p4.10).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import numpy as np

from automation.cases.cases import Cases
from automation.cases.clocks import Clock
from automation.cases.lights import stands_still
from automation.cases.panels import panels_ahead
from automation.ledger.notices import Notice
from automation.ledger.policy import Deadline, Policy
from automation.ledger.table import Array, each_once
from automation.steps.involved_notices import each_part, without_parts
from automation.steps.waits_over import remind_of_waits
from sheet_schema.vocabulary import NoticeKind, Step


def remind(cases: Cases, now: datetime) -> list[Notice]:
    """Every reminder whose day has come and whose step is not late yet, those of earlier days included; those of the parts of
    other departments; and those of the panels that are set, before they meet. Of a clock that stands still nobody is reminded but
    of the last day of the wait (docs/design.md#p19.7)."""
    own = without_parts(cases)
    panel = replace(own.clocks[Step.PANEL], due=own.register["panel_on"])
    of_parts = (notice for part in each_part(cases) for notice in part.named(_of_clocks(part.cases, now)))
    return [
        *_of_clocks(own, now),
        *_of_clock(own, panel, _panels_mailed(own), now.date()),
        *of_parts,
        *remind_of_waits(cases, now),
    ]


def _of_clocks(cases: Cases, now: datetime) -> list[Notice]:
    day = now.date()
    return [
        notice
        for clock in cases.clocks.values()
        for notice in _of_clock(cases, clock, cases.mailed(clock) & ~stands_still(clock, day), day)
    ]


def _of_clock(cases: Cases, clock: Clock, waiting: Array, day: date) -> list[Notice]:
    return [
        notice
        for rule_at in each_once(clock.rule[waiting & (clock.rule >= 0)])
        for notice in _of_rule(cases, clock, rule_at, waiting & (clock.due >= np.datetime64(day)), day)
    ]


def _panels_mailed(cases: Cases) -> Array:
    """Mask the cases of whose panel it may be reminded: one that is ahead, and nobody is typing the row."""
    ahead = panels_ahead(cases)
    ahead[list(cases.confidence.being_typed)] = False
    return ahead


def _of_rule(cases: Cases, clock: Clock, rule_at: int, ahead: Array, day: date) -> Iterator[Notice]:
    rule = cases.ledger.policy.deadlines[rule_at]
    waiting = np.flatnonzero(ahead & (clock.rule == rule_at))
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
