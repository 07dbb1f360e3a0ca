"""What has to be done by a day and is no step of a case: one value for every tab with days of its own.

A tab with such days makes its tasks (`cases/reception_tasks.py`); reminders, the ladder, the outbox, who may know and the digest
are the same for all of them (docs/design.md#p24.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from automation.cases.linked_cases import LinkedCases
from automation.cases.mailboxes import Recipient
from sheet_schema.vocabulary import TaskStep


@dataclass(frozen=True)
class Task:
    """Something to be done.

    `number` names it for good, whatever becomes of its row. `slots` are whom a reminder goes to: roles, or names from People; the
    `first` of them is to do it. `start` is the day on which its clock began, and `seen_on` the first on which a run saw it. A task
    that is a `date` is no deadline: it is not late once that day is over, and whoever is there on that day is told. `climbs` says
    that it goes up the ladder when it is late.
    """

    number: str
    step: TaskStep
    due_on: date
    slots: tuple[str, ...]
    start: date
    seen_on: date
    remind_before: tuple[int, ...]
    concerns: LinkedCases
    at: int
    """The position of its row in its tab."""
    is_date: bool = False
    climbs: bool = False

    @property
    def first(self) -> str:
        return self.slots[0] if self.slots else ""

    @property
    def held_on(self) -> date | None:
        """The day on which whoever it is for has to be there; None for a deadline."""
        return self.due_on if self.is_date else None

    def may_know(self, reader: Recipient) -> bool:
        """Whether the reader may learn of it at this address. A date alone concerns no case."""
        return self.is_date or self.concerns.may_know(reader)
