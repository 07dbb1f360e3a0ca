"""Reminders and the ladder for what is no step of a case: the tasks of every tab with days of its own (docs/design.md#p24.4).

A tab joins by a line in `SOURCES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

import numpy as np

from automation.cases.cases import Cases
from automation.cases.reception_tasks import reception_tasks
from automation.cases.tasks import Task
from automation.ledger.notices import NO_CASE, Notice
from automation.ledger.policy import Policy, Rung
from sheet_schema.vocabulary import NoticeKind, Role, Step, Who

SOURCES: tuple[Callable[[Cases], Iterable[Task]], ...] = (reception_tasks,)
"""What gives people something to do by a day. A tab that nobody turned on gives nothing."""


def tasks_of(cases: Cases) -> list[Task]:
    """Everything that is to be done by a day and is no step of a case."""
    return [task for source in SOURCES for task in source(cases)]


def remind_of_tasks(cases: Cases, now: datetime) -> list[Notice]:
    """Every reminder whose day has come, of what is not over yet."""
    day, policy = now.date(), cases.ledger.policy
    ahead = [task for task in tasks_of(cases) if task.due_on >= day]
    return [notice for task in ahead for notice in _reminders(policy, task, day)]


def _reminders(policy: Policy, task: Task, day: date) -> Iterator[Notice]:
    """A reminder at or before the start of the clock is dropped; of a date that was typed late, the last one goes all the same."""
    for before in task.remind_before:
        fires = reminder_day(policy, task.due_on, before)
        if fires <= day and fires > task.start:
            for slot in dict.fromkeys(task.slots):
                yield _notice(NoticeKind.TASK_REMINDER, task, slot, level=-before, from_day=fires)


def reminder_day(policy: Policy, due: date, before: int) -> date:
    """So many working days before, or the last working day before that."""
    calendar, one = policy.calendar, np.asarray([due], dtype="datetime64[D]")
    found: date = calendar.previous_working(calendar.subtract(one, before, "workday"))[0].item()
    return found


def escalate_tasks(cases: Cases, now: datetime) -> list[Notice]:
    """A notice for each level of the ladder that a late task has reached: that of a late reply (docs/design.md#p24.3)."""
    day, policy = now.date(), cases.ledger.policy
    late = [task for task in tasks_of(cases) if task.climbs and task.due_on < day]
    return [notice for task in late for notice in _climbing(policy, task, day)]


def _climbing(policy: Policy, task: Task, day: date) -> Iterator[Notice]:
    for rung in policy.rungs(Step.REPLY.key, task.due_on):
        reached = level_reached(policy, task, rung)
        if reached <= day:
            for slot in _slots(task, rung):
                yield _notice(NoticeKind.TASK_ESCALATION, task, slot, level=rung.level, from_day=reached)


def level_reached(policy: Policy, task: Task, rung: Rung) -> date:
    """The day on which a late task reaches a level. What was late when a run first saw it climbs from that day on."""
    begins = max(task.due_on, task.seen_on)
    found: date = policy.calendar.due(np.asarray([begins], dtype="datetime64[D]"), rung.after, rung.unit)[0].item()
    return found


def _slots(task: Task, rung: Rung) -> tuple[str, ...]:
    """Who is told at this level. For handler and head of department, who are asked of a case, whoever has the task is."""
    theirs = (Who.HANDLER.key, Who.HEAD.key)
    to = [slot for slot in rung.to if slot not in theirs]
    first = list(task.slots) if rung.ask_explanation or len(to) < len(rung.to) else []
    return tuple(dict.fromkeys((*first, *to))) or (Role.OFFICE.key,)


def _notice(kind: NoticeKind, task: Task, slot: str, *, level: int, from_day: date) -> Notice:
    return Notice(
        kind=kind.key,
        case_no="",
        case_at=NO_CASE,
        step=task.step.key,
        due_on=task.due_on,
        level=level,
        slot=slot,
        from_day=from_day,
        item=task.number,
        concern=task,
    )
