"""Clocks that stand still while the office waits for what it cannot go on without (docs/design.md#p19.1).

The days waited are added to the amount of the rule, in its own unit, and counted with it from the first day: a clock that
stood still for 6 of its 20 days is one of 26. As everywhere the first day is not counted: from the 2nd to the 8th are 6.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np

from automation.cases.extensions import Extensions
from automation.cases.waits import Stretch, Wait, from_cells, kept_in, lines_with_waits, of_case, remembered, waits_of
from automation.ledger.calendar import Calendar, Days
from automation.ledger.policy import Deadline, Policy
from automation.ledger.table import Array, Table


class Part(NamedTuple):
    """A stretch that stopped a clock: for how many units of its rule, and after which day up to which."""

    stretch: Stretch
    units: int
    begin: date
    last: date


@dataclass(frozen=True, slots=True)
class Counted:
    """What was waited of one clock: each stretch that stopped it, `extra` what the due date moves by in all. `late` are those
    that began after the last day; `last` is the last day on which the `current` wait, that stands in the Register, stops it."""

    parts: tuple[Part, ...] = ()
    extra: int = 0
    late: tuple[Stretch, ...] = ()
    current: Stretch | None = None
    last: date | None = None

    @property
    def units(self) -> int:
        return sum(part.units for part in self.parts)

    def days_until(self, until: date) -> int:
        """How many days, of the calendar, the clock stood still up to this day."""
        return sum(max((min(part.last, until) - part.begin).days, 0) for part in self.parts)

    def stands_on(self, day: date) -> bool:
        """Whether the clock stands still on this day."""
        return self.current is not None and self.last is not None and self.current.begin <= day <= self.last


NOTHING = Counted()


@dataclass(frozen=True)
class Waits:
    """What was waited in each case, by its line."""

    of: Mapping[int, tuple[Stretch, ...]]

    def units(self, calendar: Calendar, rule: Deadline, cases: Array, started: Days, known_by: Days | None) -> Array:
        """By how much the wait of each of the masked cases moves its due date, in the unit of the rule."""
        moved = np.zeros(len(started), dtype=np.int64)
        if rule.wait_up_to and self.of:
            place = {at: i for i, at in enumerate(np.flatnonzero(cases).tolist())}
            for at in self.of.keys() & place.keys():
                i = place[at]
                known = None if known_by is None else known_by[i : i + 1]
                moved[i] = _Count(calendar, rule, started[i : i + 1], known).of(self.of[at]).extra
        return moved

    def counted(self, policy: Policy, rules: Array, start: Days, owed: Array) -> Mapping[int, Counted]:
        """What was waited of the clock of each of these cases whose rule allows it, by its line."""
        found = {}
        for at, stretches in self.of.items():
            rule = policy.deadlines[rules[at]] if owed[at] and rules[at] >= 0 else None
            if rule is not None and rule.wait_up_to and not np.isnat(start[at]):
                found[at] = _Count(policy.calendar, rule, start[at : at + 1]).of(stretches)
        return found


class MoreTime(NamedTuple):
    """What moves a due date to a later day: somebody approved it, or the clock stood still."""

    extensions: Extensions
    waits: Waits


@dataclass
class _Count:
    """Counts the waits of one clock, one after the other."""

    calendar: Calendar
    rule: Deadline
    start: Days
    known_by: Days | None = None
    extra: int = 0
    left: int = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.rule.wait_up_to

    def of(self, stretches: Sequence[Stretch]) -> Counted:
        due, reached = self._due(0), self.start[0]
        parts: list[Part] = []
        late: list[Stretch] = []
        last, current = None, None
        for stretch in stretches if not np.isnat(due) else ():
            if np.datetime64(stretch.begin) > due:
                late.append(stretch)
                continue
            begin, end = np.fmax(np.datetime64(stretch.begin), reached), np.datetime64(stretch.end)
            if stretch.current:
                current, last = stretch, self._last(begin, stretch)
            units = int(self.calendar.days_late(_one(begin), _one(end), self.rule.unit)[0])
            units = min(units, self.left)
            if units:
                last_counted = self.calendar.due(_one(begin), units, self.rule.unit)[0] if units == self.left else end
                parts.append(Part(stretch, units, begin.item(), last_counted.item()))
                self.left, self.extra = self.left - units, self.extra + units
                least = self._after(begin, units)
                while self._due(self.extra) < np.fmax(due, least):  # begun after the end, on the day to which it moved
                    self.extra += 1
                due = self._due(self.extra)
            reached = np.fmax(reached, end)
        return Counted(tuple(parts), self.extra, tuple(late), current, last)

    def _last(self, begin: np.datetime64, stretch: Stretch) -> date:
        """The last day on which the wait stops the clock: its own, or the one on which it has waited as long as it may."""
        longest = self.calendar.due(_one(begin), self.left + 1, self.rule.unit)[0] - np.timedelta64(1, "D")
        last: date = longest.item() or date.max
        return last if stretch.open_end else min(last, stretch.end)

    def _after(self, begin: np.datetime64, units: int) -> np.datetime64:
        return self.calendar.due(_one(begin), units, self.rule.unit, self.rule.roll_forward)[0]  # type: ignore[no-any-return]

    def _due(self, extra: int) -> np.datetime64:
        rule = self.rule
        due = self.calendar.due(self.start, rule.amount + extra, rule.unit, rule.roll_forward, self.known_by)
        return due[0]  # type: ignore[no-any-return]


def _one(day: np.datetime64) -> Days:
    return np.array([day], dtype="datetime64[D]")


def waits_in_register(table: Table, index: Table, index_at: Array, day: date) -> Waits:
    """What was waited in each case of the Register by this day."""
    kept = kept_in(index, index_at)
    found = waits_of(table, kept, day)
    return Waits({at: stretches for at, waits in found.items() if (stretches := _of_line(table, at, waits, day))})


def waits_in_filing(table: Table, index: Table, index_at: Array) -> Waits:
    """What was waited in each filed case: as Index remembers it, or else as its own cells say."""
    kept, found = kept_in(index, index_at), {}
    for at in lines_with_waits(table, kept):
        waits = remembered(kept[at]) or from_cells(table, at)
        day = next((day for key in ("closed_on", "filed_on") if (day := table[key][at].item())), date.max)
        if stretches := _of_line(table, at, waits, day):
            found[at] = stretches
    return Waits(found)


def _of_line(table: Table, at: int, waits: Sequence[Wait], day: date) -> tuple[Stretch, ...]:
    return of_case(
        waits, table["waited_before"][at], str(table["waiting_for"][at]), day, table["replied_on"][at].item()
    )


def moved_by_waiting(waits: Waits, lines: Array) -> Array:
    """Mask these lines of cases with a wait whose end nobody has said yet: their due date moves day by day, which is no news."""
    open_ends = {at for at, stretches in waits.of.items() if any(one.open_end for one in stretches)}
    mask: Array = np.isin(lines, [*open_ends])
    return mask
