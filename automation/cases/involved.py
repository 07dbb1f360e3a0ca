"""Departments that have a part in a case beside the one that leads: until when, who has answered, whose part is missing.

协办, 会办: the department in charge answers for the whole; each of the others owes it a part by a day of its own
(docs/design.md#p20.1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from automation.cases.clocks import SOON_WITHOUT_REMINDERS, Clock
from automation.cases.joined_facts import answered
from automation.cases.steps_owed import applies, closed_before
from automation.ledger.department_cells import Known, TypedPart, departments_in, merged, parts_in
from automation.ledger.directory import Directory
from automation.ledger.model import Ledger
from automation.ledger.normal_form import normal
from automation.ledger.office_time import NO_DAY
from automation.ledger.parsing import habits_of
from automation.ledger.policy import Policy
from automation.ledger.table import Array, Table
from automation.ledger.typed.cell import Habits, as_text
from sheet_schema.vocabulary import Step

Parts = Mapping[int, tuple[TypedPart, ...]]
"""By the position of the case, the part of each department that is involved beside the one that leads."""


def is_in(part: TypedPart) -> bool:
    """Whether nothing more is owed of the part: it was answered, or is not needed for a reason that was typed."""
    return part.answered or (part.waived and bool(part.why))


def parts_of(ledger: Ledger) -> Parts:
    """The parts in every case of the Register."""
    return parts_in_table(ledger.register, ledger.policy.directory, habits_of(ledger))


def parts_in_table(table: Table, directory: Directory, habits: Habits) -> Parts:
    """The parts in every case of the Register or of Filing."""
    cells = (
        *(table[key] for key in ("involved", "parts_answered", "department", "joined_facts")),
        table.read["department"],
    )
    return table.remembered(
        _parts_in_table, table, directory, habits, depending_on=(*cells, directory, habits.year_first)
    )


def _parts_in_table(table: Table, directory: Directory, habits: Habits) -> Parts:
    found: dict[int, tuple[TypedPart, ...]] = {}
    table = answered(table)  # who leads may stand in the case with which it is answered
    lead, typed = table["department"], table.read["department"]
    for at in np.flatnonzero((table["involved"] != "") | ((typed != "") & (typed != lead))).tolist():
        cells = _Cells(
            involved=str(table["involved"][at]),
            answered=str(table["parts_answered"][at]),
            lead=str(lead[at]),
            typed=as_text(typed[at]),
        )
        if parts := cells.parts(directory.department, habits):
            found[at] = parts
    return found


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of one case that say who has a part in it. `typed` is Department as typed, `lead` who leads by it."""

    involved: str
    answered: str
    lead: str
    typed: str

    @property
    def names_others(self) -> bool:
        return bool(self.typed) and normal(self.typed) != normal(self.lead)

    def parts(self, known: Known, habits: Habits) -> tuple[TypedPart, ...]:
        beside = departments_in(self.typed, known)[1:] if self.names_others else []
        named = [*merged([*beside, *parts_in(self.involved, known, habits)])]
        said = parts_in(self.answered, known, habits, days_mean_answers=True) if self.answered else []
        own = {normal(part.name) for part in named}
        named = [*merged([*named, *(part for part in said if normal(part.name) in own)])]
        return tuple(part for part in named if part.name and normal(part.name) != normal(self.lead))


def answers_of_others(ledger: Ledger, at: int) -> list[TypedPart]:
    """What *Parts answered* says of departments that have no part in the case."""
    known, answered = ledger.policy.directory.department, str(ledger.register["parts_answered"][at])
    if not answered:
        return []
    own = {normal(part.name) for part in parts_of(ledger).get(at, ())}
    said = parts_in(answered, known, habits_of(ledger), days_mean_answers=True)
    return [part for part in said if normal(part.name) not in own]


def missing_parts(ledger: Ledger, at: int) -> list[TypedPart]:
    """The parts of a case that are neither in nor waived with a reason."""
    return [part for part in parts_of(ledger).get(at, ()) if not is_in(part)]


def parts_are_in(ledger: Ledger) -> Array:
    """Mask the lines in which no part is missing, as in all that have none."""
    mask = np.ones(len(ledger.register), dtype=bool)
    mask[[at for at, parts in parts_of(ledger).items() if not all(map(is_in, parts))]] = False
    return mask


def last_answer(ledger: Ledger) -> Array:
    """For each line the day of the last answer of an involved department; NaT where there is none."""
    days = np.full(len(ledger.register), NO_DAY)
    for at, parts in parts_of(ledger).items():
        answered = [part.answered_on for part in parts if part.answered_on is not None]
        if answered:
            days[at] = np.datetime64(max(answered), "D")
    return days


@dataclass(frozen=True)
class PartClocks:
    """The clocks of the parts of one department in each case: at most one for each line of the register.

    `names` has whose part it is, blank where there is none, and `rule` the row of Deadlines by which it is reminded of.
    """

    names: Array
    clock: Clock


def part_clocks(ledger: Ledger, clocks: Mapping[Step, Clock], running: Array) -> list[PartClocks]:
    """The clock of every part; a second one where a case has two, and so on."""
    parts = parts_of(ledger)
    count = max(map(len, parts.values()), default=0)
    if not count:
        return []
    plain, rule = _without_a_day(ledger.policy, clocks)
    owing = running & applies(ledger.register, Step.REPLY) & ~closed_before(ledger.register)
    like = replace(clocks[Step.PART], rule=rule, due=plain, start=clocks[Step.REPLY].start, open=owing)
    return [_clocks_of(ledger, k, like, running) for k in range(count)]


def _without_a_day(policy: Policy, clocks: Mapping[Step, Clock]) -> tuple[Array, Array]:
    """For each line the day on which a part is due that has none of its own, and the row of Deadlines that governs it: a row for
    Part; else that of the reply, with `parts_before` working days to put the parts together."""
    own, reply, legal = (clocks[step] for step in (Step.PART, Step.REPLY, Step.LEGAL_LIMIT))
    answer = np.where(np.isnat(reply.due), legal.due, reply.due)
    rule = np.where(reply.rule >= 0, reply.rule, legal.rule)
    before = policy.settings.whole("parts_before")
    earlier = policy.calendar.subtract(answer, before, "workday") if before else answer
    start = np.where(np.isnat(reply.start), legal.start, reply.start)
    due = np.fmax(earlier, np.fmin(start + np.timedelta64(1, "D"), answer))
    by_own_rule = (own.rule >= 0) & ~np.isnat(own.due)
    return np.where(by_own_rule, np.fmin(own.due, due), due), np.where(own.rule >= 0, own.rule, rule)


def _clocks_of(ledger: Ledger, k: int, like: Clock, running: Array) -> PartClocks:
    """The clock of the k-th part of each case. `like` is that of a part without a day of its own that nobody has answered."""
    register, policy = ledger.register, ledger.policy
    names, typed = np.full(len(register), "", dtype=object), np.full(len(register), NO_DAY)
    waits = np.zeros(len(register), dtype=bool)
    for at, parts in parts_of(ledger).items():
        if k < len(parts):
            names[at], waits[at] = parts[k].name, not is_in(parts[k])
            typed[at] = NO_DAY if parts[k].until is None else np.datetime64(parts[k].until, "D")
    has_part = running & (names != "")
    due = np.where(has_part, np.where(np.isnat(typed), like.due, policy.calendar.next_workday(typed)), NO_DAY)
    none = np.zeros(len(register), dtype=bool)
    clock = replace(
        like,
        rule=np.where(has_part, like.rule, -1),
        start=np.where(has_part, like.start, NO_DAY),
        plain_due=due,
        due=due,
        open=has_part & waits & like.open & ~np.isnat(due),
        soon_from=_soon_from(policy, like.rule, due),
        latest=np.full(len(register), NO_DAY),
        fits=none,
        extended=none,
        capped_by_superior=none,
    )
    return PartClocks(names, clock)


def _soon_from(policy: Policy, rule: Array, due: Array) -> Array:
    soon: Array = due - np.timedelta64(SOON_WITHOUT_REMINDERS, "D")
    for at in np.flatnonzero(~np.isnat(due) & (rule >= 0)).tolist():
        governing = policy.deadlines[rule[at]]
        if governing.remind_before:
            soon[at] = policy.calendar.subtract(due[at : at + 1], governing.remind_before[0], governing.unit)[0]
    return soon


def with_parts(
    ledger: Ledger, clocks: Mapping[Step, Clock], running: Array
) -> tuple[dict[Step, Clock], list[PartClocks]]:
    """The clocks with that of the part which is due first in each case, and the clocks of every part."""
    of_parts = part_clocks(ledger, clocks, running)
    return {**clocks, Step.PART: _first(clocks[Step.PART], of_parts)}, of_parts


def _first(clock: Clock, of_parts: list[PartClocks]) -> Clock:
    """The part that is due first, of those that are open."""
    none, no_day = np.zeros(len(clock.rule), dtype=bool), np.full(len(clock.rule), NO_DAY)
    first = replace(
        clock, rule=np.full(len(none), -1), due=no_day, plain_due=no_day, start=no_day, soon_from=no_day, open=none
    )
    for one in of_parts:
        part = one.clock
        earlier = part.open & (~first.open | (part.due < first.due))
        first = replace(
            first,
            due=np.where(earlier, part.due, first.due),
            plain_due=np.where(earlier, part.due, first.plain_due),
            start=np.where(earlier, part.start, first.start),
            soon_from=np.where(part.open, np.fmin(part.soon_from, first.soon_from), first.soon_from),
            open=first.open | part.open,
        )
    return first


def clock_of(of_parts: Sequence[PartClocks], at: int, name: str) -> Clock | None:
    """The clock of this department's part in a case."""
    return next((one.clock for one in of_parts if one.names[at] == name), None)


def due_of(of_parts: Sequence[PartClocks], at: int, name: str) -> date | None:
    """The last day of this department's part in a case."""
    clock = clock_of(of_parts, at, name)
    due: date | None = clock.due[at].item() if clock else None
    return due
