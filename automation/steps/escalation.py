"""escalate: what is late goes up the ladder, level by level "to whoever holds the role now" (docs/design.md#p4.11)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import numpy as np

from automation.cases.cases import Cases
from automation.ledger.notices import Notice
from automation.ledger.policy import Rung
from sheet_schema.vocabulary import NoticeKind, Step


def escalate(cases: Cases, now: datetime) -> list[Notice]:
    """A notice for each level of the ladder that a late step has reached, and for each role of that level."""
    return [notice for rung in cases.ledger.policy.ladder for notice in _of_rung(cases, rung, now.date())]


def _of_rung(cases: Cases, rung: Rung, day: date) -> Iterator[Notice]:
    clock = cases.clocks[Step.of(rung.step)]
    late = np.flatnonzero(cases.waiting(clock) & (clock.due < np.datetime64(day)))
    reached = cases.ledger.policy.calendar.due(clock.due[late], rung.after, rung.unit, roll_forward=False)
    numbers = cases.register["case_no"]
    for i, from_day in zip(late.tolist(), reached.tolist(), strict=True):
        if from_day is not None and from_day <= day:
            for slot in rung.to:
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
