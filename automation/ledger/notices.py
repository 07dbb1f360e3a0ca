"""Notices: what a person has to be told, usually about a case."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import numpy as np

from automation.ledger.table import Table
from sheet_schema.vocabulary import Step

NO_CASE = -1
"""The position (`case_at`) of a notice that is not about one case."""
HOLDER_SEPARATOR = " · "
"""Separates department and handler in `holder_of`."""
_PARTS_OF_A_KEY = 6


def number_in(key: str) -> str:
    """The number of the case, or of what else a notice is about, in its key."""
    return key.partition("|")[0] if key.count("|") >= _PARTS_OF_A_KEY - 1 else ""


def holder_of(department: str, handler: str) -> str:
    """Who has a case, as Notices records it: the department, and the handler if there is one. A cell has no blank at its
    beginning, so that it reads as it was written."""
    return f"{department}{HOLDER_SEPARATOR}{handler}".lstrip() if handler else department


def hands_in(holder: str) -> tuple[str, str]:
    """Department and handler in what `holder_of` says."""
    department, _, handler = f" {holder}".partition(HOLDER_SEPARATOR)
    return department.strip(), handler


def slot_of_a_part(slot: str, department: str) -> str:
    """The slot in the key of a notice about the part of a department also involved: the same role is told of several parts."""
    return f"{slot}{HOLDER_SEPARATOR}{department}"


def with_slots_by_key(notices: Table) -> Table:
    """Notices with the slot of each row as its key has it: a department may be called as a role is in some language."""
    pairs = zip(*(notices[column].tolist() for column in ("key", "slot", "step")), strict=True)
    slots = np.empty(len(notices), dtype=object)
    slots[:] = [
        slot if key.endswith(f"|{slot}") else _slot_in(key, is_part=step == Step.PART) or slot
        for key, slot, step in pairs
    ]
    return notices.having(slot=slots)


def _slot_in(key: str, *, is_part: bool) -> str:
    slot = "".join(key.split("|", 5)[5:])
    return slot.partition(HOLDER_SEPARATOR)[0] if is_part else slot


class Concern(Protocol):
    """What a notice is about that is no case but something else to be done by a day (`cases/tasks.py`)."""

    @property
    def held_on(self) -> date | None:
        """The day on which whoever it is for has to be there; None for a deadline."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell a person, usually about one case.

    `case_at` is the case's position in the register; a digest or a failure has no case, so no number and NO_CASE.
    `level` rises with time: for a reminder minus the days before the due date, for an escalation its level. `from_day`
    is the first day on which to send it. `slot` is the role, not the person, so that an absence does not send twice;
    a digest's slot is its reader. `holder` says who was given the case (`holder_of`); of the step Part, whose part it is. What is
    about something else that is to be done has no case but an `item`, its number, and the `concern` itself.
    """

    kind: str
    case_no: str
    case_at: int
    step: str
    due_on: date | None
    level: int
    slot: str
    from_day: date
    holder: str = ""
    item: str = ""
    concern: Concern | None = field(default=None, compare=False, repr=False)

    @property
    def series(self) -> tuple[str, str, str, str, str]:
        """What all notices of one series, such as the reminders of one due date, share: all but the level."""
        slot = slot_of_a_part(self.slot, self.holder) if self.step == Step.PART else self.slot
        return (self.kind, self.case_no or self.item, self.step, str(self.due_on or ""), slot)

    @property
    def key(self) -> str:
        """ "A notice is identified by what started its clock: case, kind, step, due date, level, role slot" (docs/design.md#p6.7)."""
        kind, case_no, step, due_on, slot = self.series
        return "|".join((case_no, kind, step, due_on, str(self.level), slot))
