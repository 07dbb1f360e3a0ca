"""escalate: what is late goes up the ladder, level by level "to whoever holds the role now" (docs/design.md#p4.11)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import numpy as np

from automation.cases.cases import Cases
from automation.cases.clocks import Clock
from automation.cases.late_when_seen import late_when_imported
from automation.ledger.normal_form import normal
from automation.ledger.notices import Notice
from automation.ledger.policy import Rung
from automation.ledger.table import Array
from automation.steps.involved_notices import each_part, without_parts
from automation.steps.ladder_days import days_reached
from sheet_schema.vocabulary import NoticeKind, Step, Who


def escalate(cases: Cases, now: datetime) -> list[Notice]:
    """A notice for each level of the ladder that a late step has reached, and for each role told at that level."""
    of_parts = (notice for part in each_part(cases) for notice in part.named(_of_ladder(part.cases, now)))
    return [*_of_ladder(without_parts(cases), now), *of_parts]


def _of_ladder(cases: Cases, now: datetime) -> list[Notice]:
    ladder, days = cases.ledger.policy.ladder, days_reached(cases)
    return [notice for rung, day in zip(ladder, days, strict=True) for notice in _of_rung(cases, rung, day, now.date())]


def _of_rung(cases: Cases, rung: Rung, reached: Array, day: date) -> Iterator[Notice]:
    clock = cases.clocks[Step.of(rung.step)]
    late = np.flatnonzero(cases.mailed(clock) & (clock.due < np.datetime64(day)) & ~late_when_imported(cases, clock))
    numbers = cases.register["case_no"]
    for i, from_day in zip(late.tolist(), reached[late].tolist(), strict=True):
        if from_day is not None and from_day <= day:
            for slot in _slots(cases, clock, rung, i):
                yield Notice(
                    kind=NoticeKind.ESCALATION.key,
                    case_no=numbers[i],
                    case_at=i,
                    step=rung.step,
                    due_on=clock.due[i].item(),
                    level=rung.level,
                    slot=slot,
                    from_day=from_day,
                )


def _slots(cases: Cases, clock: Clock, rung: Rung, at: int) -> tuple[str, ...]:
    """The roles told at this level. If an explanation is asked for, whoever is late is told as well, since they have to
    write it, and the head of their department gets a copy."""
    if not rung.ask_explanation:
        return rung.to
    register, rule = cases.register, clock.rule[at]
    who = cases.ledger.policy.deadlines[rule].who if rule >= 0 else Who.OFFICE.key
    department = normal(str(register["department"][at]))
    has_head = any(one.head and normal(one.name) == department for one in cases.ledger.policy.departments)
    copy = (Who.HEAD.key,) if who == Who.HANDLER and has_head else ()
    given = who == Who.OFFICE or department or register["handler"][at]
    return tuple(dict.fromkeys((*((who, *copy) if given else ()), *rung.to)))
