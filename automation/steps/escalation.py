"""escalate: what is late goes up the ladder, level by level "to whoever holds the role now" (docs/design.md#p4.11)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter

import numpy as np

from automation.cases.cases import Cases
from automation.cases.clocks import Clock
from automation.cases.late_when_seen import ladder_from, levels_told
from automation.ledger.normal_form import normal
from automation.ledger.notices import Notice
from automation.ledger.office_time import NO_DAY
from automation.ledger.policy import Rung
from automation.ledger.table import Array
from sheet_schema.vocabulary import NoticeKind, Step, Who


def escalate(cases: Cases, now: datetime) -> list[Notice]:
    """A notice for each level of the ladder that a late step has reached, and for each role told at that level."""
    ladder = cases.ledger.policy.ladder
    reached = {rung: day for step in dict.fromkeys(rung.step for rung in ladder) for rung, day in _reached(cases, step)}
    return [notice for rung in ladder for notice in _of_rung(cases, rung, reached[rung], now.date())]


def _reached(cases: Cases, step: str) -> Iterator[tuple[Rung, Array]]:
    """Each row of the step's ladder, with the day on which each case reaches it.

    What was late when a run first saw it climbs from the lowest level that nobody was told at, one a working day at the
    most: an old letter that is typed in today is no reason to write to everybody at once.
    """
    clock, calendar = cases.clocks[Step.of(step)], cases.ledger.policy.calendar
    not_before = ladder_from(cases, clock)
    was_late = ~np.isnat(not_before)
    told = levels_told(cases, clock) if was_late.any() else {}
    highest, last_told = np.full(len(was_late), -np.inf), np.full(len(was_late), NO_DAY)
    for at, (level, on) in told.items():
        highest[at], last_told[at] = level, on
    not_before = np.where(was_late, np.fmax(not_before, calendar.due(last_told, 1, "workday")), NO_DAY)
    by_level = sorted((rung for rung in cases.ledger.policy.ladder if rung.step == step), key=attrgetter("level"))
    for level, rungs in groupby(by_level, key=attrgetter("level")):
        climbs = was_late & (highest < level)
        bound = np.where(climbs, not_before, NO_DAY)
        reached = [
            (rung, np.fmax(calendar.due(clock.due, rung.after, rung.unit, roll_forward=False), bound)) for rung in rungs
        ]
        yield from reached
        last = np.fmax.reduce([day for _, day in reached])
        not_before = np.where(climbs, calendar.due(last, 1, "workday"), not_before)


def _of_rung(cases: Cases, rung: Rung, reached: Array, day: date) -> Iterator[Notice]:
    clock = cases.clocks[Step.of(rung.step)]
    late = np.flatnonzero(cases.mailed(clock) & (clock.due < np.datetime64(day)))
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
