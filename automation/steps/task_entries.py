"""Reception days and undertakings in calendars: of whoever they go to, and of the office (docs/design.md#p24.13)."""

from __future__ import annotations

from automation.cases.cases import Cases
from automation.cases.tasks import Task
from automation.ledger.people import Person
from automation.steps.calendar_entries import CalendarEntry
from automation.steps.task_notices import reminder_day, tasks_of
from sheet_schema.vocabulary import Role


def own_task_entries(cases: Cases, person: Person) -> list[CalendarEntry]:
    """What this person has to do or to be at, as far as they may know of it."""
    mine = (task for task in tasks_of(cases) if person.name in task.slots)
    return [_entry(cases, task) for task in mine if task.is_date or task.concerns.person_may_know(person.name)]


def office_task_entries(cases: Cases) -> list[CalendarEntry]:
    """All that everybody in the office may know of; none without an office."""
    office = [person.name for person in cases.ledger.policy.people if Role.OFFICE in person.roles]
    tasks = tasks_of(cases) if office else []
    return [_entry(cases, task) for task in tasks if task.is_date or all(map(task.concerns.person_may_know, office))]


def _entry(cases: Cases, task: Task) -> CalendarEntry:
    policy = cases.ledger.policy
    alarms = tuple(reminder_day(policy, task.due_on, before) for before in task.remind_before)
    occasion = task.due_on.isoformat() if task.is_date else ""
    return CalendarEntry(task.number, task.step.key, task.due_on, alarms, occasion=occasion)
