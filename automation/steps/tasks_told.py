"""What the digests say of what is no step of a case: to whoever it goes to, and to the office (docs/design.md#p24.9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from automation.cases.cases import Cases
from automation.cases.linked_cases import CaseFinder
from automation.cases.reception_roster import Gap, gaps, looked_over
from automation.cases.tasks import Task
from automation.ledger.model import Problem
from automation.ledger.people import Person
from automation.ledger.receptions import WHAT_CAME, Reception, receptions_of
from automation.steps.reception_checks import TAB, problems_of
from automation.steps.task_notices import tasks_of
from sheet_schema.vocabulary import Role

NEAR = timedelta(days=7)
"""So far ahead a digest looks."""


@dataclass(frozen=True)
class ReceptionsToLookAt:
    """What the office has to look at: the rows with problems, and the periods without a reception day."""

    problems: tuple[Problem, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether a digest is sent for it: not for a period without a day alone, or it would come every day of it."""
        return bool(self.problems)


def tasks_told(cases: Cases, person: Person) -> list[Task]:
    """What is late or near, and is theirs or the office's, where they work there; only what they may know of."""
    last = cases.now.date() + NEAR
    near = [task for task in tasks_of(cases) if task.due_on <= last]
    theirs = [task for task in near if person.name in task.slots or Role.OFFICE in person.roles]
    known = [task for task in theirs if task.is_date or task.concerns.person_may_know(person.name)]
    return sorted(known, key=lambda task: (task.due_on, task.number))


def receptions_to_look_at(cases: Cases, person: Person) -> ReceptionsToLookAt:
    """What somebody who works in the office has to look at, worked out as if what they must not know of were not there."""
    rows = receptions_of(cases.ledger)
    if not rows or Role.OFFICE not in person.roles:
        return ReceptionsToLookAt()
    finder = CaseFinder(cases)
    hidden = {row.row for row in rows if not finder.linked(row.cases).person_may_know(person.name)}
    shown = [row.day_alone if row.row in hidden else row for row in rows]
    settled = {row.row for row in rows if _is_settled(cases, row)}
    found = [one for one in (*_unreadable(cases, hidden), *problems_of(cases, shown)) if one.row in settled]
    first, last = looked_over(cases.ledger, shown, cases.now.date())
    return ReceptionsToLookAt(tuple(found), tuple(gaps(cases.ledger, shown, first, last)))


def _unreadable(cases: Cases, hidden: set[int]) -> Iterator[Problem]:
    """The cells that cannot be read, without those that say what came of a day that the reader must not know of."""
    for one in cases.ledger.problems:
        if one.tab == TAB and one.code in _OF_CELLS and not (one.row in hidden and one.column in WHAT_CAME):
            yield one


_OF_CELLS = frozenset(
    ("formula", "error_value", "not_a_date", "ambiguous_date", "serial_day", "no_year", "no_day", "no_such_day", "wrong_weekday",
     "relative_day", "date_out_of_range")
)  # fmt: skip


def _is_settled(cases: Cases, row: Reception) -> bool:
    """Whether nobody was typing in the row in the hours before this morning: it counts from when it was first seen, as what was
    typed later may be about a case that the reader must not know of."""
    settings = cases.ledger.policy.settings
    morning = datetime.combine(cases.now.date(), settings.moment("send_from"))
    latest = min(cases.now, morning) - timedelta(hours=settings.whole("problem_grace"))
    return row.noted_at is not None and row.noted_at <= latest
