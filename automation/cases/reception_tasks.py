"""What reception days give people to do: to be there, to name a host, to keep an undertaking (docs/design.md#p24.2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from automation.cases.cases import Cases
from automation.cases.linked_cases import CaseFinder
from automation.cases.reception_roster import Sitting, roster
from automation.cases.tasks import Task
from automation.ledger.receptions import Reception, receptions_of, remind_before
from sheet_schema.vocabulary import Role, TaskStep

AHEAD = timedelta(days=62)
"""So far ahead a rule such as every Wednesday makes days that are reminded of."""


def reception_tasks(cases: Cases) -> Iterator[Task]:
    """Every day ahead, and every undertaking that is not kept yet."""
    rows = receptions_of(cases.ledger)
    if not rows:
        return
    before, finder = remind_before(cases.ledger.policy.settings), CaseFinder(cases)
    today = cases.now.date()
    for one in roster(cases.ledger, rows, today, today + AHEAD):
        if one.row.is_numbered and not one.row.was_cancelled and not _waits(cases, one):
            yield _day(one, before, finder, today)
    for row in rows:
        if row.is_numbered and is_owed(row) and not being_typed(cases, row):
            assert row.by_when is not None
            yield Task(
                number=row.number,
                step=TaskStep.UNDERTAKING,
                due_on=row.by_when,
                slots=(*row.hosts, Role.OFFICE.key),
                start=row.on or _seen(row, today),
                seen_on=_seen(row, today),
                remind_before=before,
                concerns=finder.linked(row.cases),
                at=row.at,
                climbs=True,
            )


def is_owed(row: Reception) -> bool:
    """Whether something was undertaken by a day, and is not done."""
    return bool(row.undertaking) and row.by_when is not None and row.done_on is None


def being_typed(cases: Cases, row: Reception) -> bool:
    """Whether somebody has changed the row within `problem_grace`."""
    return row.changed_at is None or cases.now < row.changed_at + _grace(cases)


def _grace(cases: Cases) -> timedelta:
    return timedelta(hours=cases.ledger.policy.settings.whole("problem_grace"))


def _waits(cases: Cases, one: Sitting) -> bool:
    """Whether nobody is told of the day yet: the row is still being typed. A host hears of today and tomorrow at once.

    It counts from when the row was first seen, since what was typed later may be about a case that the host must not know of.
    """
    is_near = one.day <= cases.now.date() + timedelta(days=1)
    is_new = one.row.noted_at is None or cases.now < one.row.noted_at + _grace(cases)
    return is_new and not (is_near and one.hosted_by)


def _day(one: Sitting, before: tuple[int, ...], finder: CaseFinder, today: date) -> Task:
    row = one.row
    return Task(
        number=row.number,
        step=TaskStep.RECEPTION,
        due_on=one.day,
        slots=one.hosted_by or (Role.OFFICE.key,),
        start=date.min,
        seen_on=_seen(row, today),
        remind_before=before,
        concerns=finder.linked(row.cases),
        at=row.at,
        is_date=True,
    )


def _seen(row: Reception, today: date) -> date:
    return row.noted_at.date() if row.noted_at is not None else today
