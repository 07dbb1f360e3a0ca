"""Which days stand in whose calendar: the steps that are theirs to do, of cases that they may know of (docs/design.md#p6.16)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from automation.cases.cases import Cases
from automation.cases.clocks import Clock
from automation.cases.panels import panels_ahead
from automation.cases.standing import is_open
from automation.ledger.changes import known_rows
from automation.ledger.people import Person
from automation.ledger.table import Array
from automation.steps.digests import clocks_read_by, visible_to
from automation.steps.reminders import reminder_days
from sheet_schema.vocabulary import Role, Step


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A step of a case and the day it is due; `alarms` are the days on which mails remind of it. `ended`: it is done, and only
    to be taken out of calendars that have it."""

    case_no: str
    step: str
    due: date
    alarms: tuple[date, ...] = ()
    ended: bool = False
    occasion: str = ""
    """What tells it from others of the same number and step, such as the days of a rule."""


def own_entries(cases: Cases, person: Person) -> list[CalendarEntry]:
    """The open steps that this person has to do, as handler or as head of a department, and those that are done."""
    plain = replace(person, roles=())  # a leader reads of every case, but has not to do every step
    mask = visible_to(plain, cases.ledger.policy)(cases.register, cases.confidence, cases.register_lines.cases)
    return _entries(cases, clocks_read_by(cases, plain), mask)


def office_entries(cases: Cases, reader: Person | None = None) -> list[CalendarEntry]:
    """Every open step of the cases that everybody in the office may know of, and this `reader`, who may stand in for one of
    them; and those that are done. None without an office."""
    policy, mask = cases.ledger.policy, cases.register_lines.cases
    office = [person for person in policy.people if Role.OFFICE in person.roles]
    standing_in = [] if reader is None else [replace(reader, roles=(Role.OFFICE,))]
    for person in (*office, *standing_in):
        mask = mask & visible_to(person, policy)(cases.register, cases.confidence, mask)
    return _entries(cases, _with_panels(cases), mask) if office else []


def _with_panels(cases: Cases) -> Mapping[Step, Clock]:
    """The clocks, with the day of each panel that is set in place of the day by which one is to be."""
    panel, ahead = cases.clocks[Step.PANEL], panels_ahead(cases)
    due = np.where(ahead, cases.register["panel_on"], panel.due)
    return {**cases.clocks, Step.PANEL: replace(panel, due=due, open=panel.open | ahead)}


def _entries(cases: Cases, clocks: Mapping[Step, Clock], mask: Array) -> list[CalendarEntry]:
    """In the order of their days. Rows that no run has numbered yet are left out."""
    register = cases.register
    numbered = np.zeros(len(register), dtype=bool)
    numbered[known_rows(register, np.flatnonzero(mask))] = True
    found = [
        entry
        for step, clock in clocks.items()
        for entry in _of_step(cases, clock, mask & numbered, clock.open & is_open(register), cases.clocks[step].open)
    ]
    return sorted(found, key=lambda one: (one.due, one.case_no, one.step))


def _of_step(cases: Cases, clock: Clock, mask: Array, still_open: Array, for_anybody: Array) -> Iterator[CalendarEntry]:
    """The days of one step: those that are open, and those that are over for everybody."""
    numbers, due = cases.register["case_no"], clock.due
    alarms = _alarms(cases, clock)
    over = ~(for_anybody & is_open(cases.register))
    for i in np.flatnonzero(mask & ~np.isnat(due) & (still_open | over)).tolist():
        ended = not still_open[i]
        yield CalendarEntry(
            numbers[i], clock.step.key, due[i].item(), () if ended else tuple(sorted(alarms.get(i, ()))), ended
        )


def _alarms(cases: Cases, clock: Clock) -> dict[int, set[date]]:
    """By case, the days on which mails remind of the step."""
    policy, found = cases.ledger.policy, dict[int, set[date]]()
    for at, rule in enumerate(policy.deadlines):
        theirs = np.flatnonzero((clock.rule == at) & clock.open & ~np.isnat(clock.due))
        for before in rule.remind_before if len(theirs) else ():
            days = reminder_days(policy, rule, clock.due[theirs], before)
            for i, day, start in zip(theirs.tolist(), days.tolist(), clock.start[theirs].tolist(), strict=True):
                if start is None or day > start:
                    found.setdefault(i, set()).add(day)
    return found
