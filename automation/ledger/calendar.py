"""Counts days: when a period ends, how late something is, and why the due date is that day.

There are three units: `day` (every day), `workday`, and `schoolday` (a workday outside the school breaks).
信访工作条例 (2022) uses two of them: art. 23 has both "15日" and "5个工作日", art. 34 "60日", so we read "日" as a
calendar day. How to count follows, by analogy, the Civil Code of the PRC:

- art. 201: "按照年、月、日计算期间的，开始的当日不计入，自下一日开始计算。"
  The first day is not counted: received on the 2nd, 15 days, due on the 17th.
- art. 203: "期间的最后一日是法定休假日的，以法定休假日结束的次日为期间的最后一日。"
  An end on a statutory day off moves to the day after it (`roll_forward`; a rule may choose not to).

Everything works on whole arrays of datetime64[D], with tables for 1990 to 2199. A day outside those years counts as
NaT, and so does an end that would lie beyond them. NaT gives NaT; a question about it gives False or 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from automation.ledger.counted_days import LENGTH, NO_PLACE, CountedDays, Places, Spans, counted_days
from automation.ledger.office_time import NO_DAY
from automation.ledger.rule_days import ALWAYS, RuleDays
from automation.ledger.serial_days import FIRST_DAY

Days = NDArray[np.datetime64]
"""Days as datetime64[D]; NaT means no day."""

UNITS = ("day", "workday", "schoolday")
KINDS = ("holiday", "workday", "closed")
_ORIGIN = np.datetime64(FIRST_DAY, "D")


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """One line of the Calendar tab: `start` to `until` inclusive, or the one day `start` if `until` is None.

    `kind` is `holiday` (nobody works), `workday` (a make-up workday) or `closed` (no school, but the office works).
    Where lines overlap, workday beats holiday and holiday beats closed (docs/design.md#p3.7). `days` are those on which the
    line was in force: what it makes of a day is what was known on that day (docs/design.md#p3.17).
    """

    start: date
    until: date | None
    kind: str
    name: str
    days: RuleDays = ALWAYS
    row: int = 0

    @property
    def last(self) -> date:
        return self.until or self.start

    @property
    def counted(self) -> tuple[date, date]:
        """The first and the last of its days on which it was in force; the last is the earlier one if it was on none."""
        return max(self.start, self.days.first or date.min), min(self.last, self.days.last or date.max)

    def covers(self, day: date) -> bool:
        return self.start <= day <= self.last


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days off, or make-up workdays, for one reason: how many (`days`), the first and the last.

    `kind` is the kind of the Calendar line, or `weekend`: all Saturdays and Sundays together, without a name.
    """

    kind: str
    name: str
    first: date
    last: date
    days: int


@dataclass(frozen=True, slots=True)
class DueSum:
    """How a due date was counted: `start` + `amount` `unit` = `end`, which rolls forward to `due`.

    Of the days up to `end`, `skipped` did not count, and `made_up` counted although they would usually be off.
    `rolled_over` are the days off that moved `end` to `due`.
    """

    start: date
    amount: int
    unit: str
    end: date
    due: date
    skipped: tuple[Stretch, ...]
    made_up: tuple[Stretch, ...]
    rolled_over: tuple[Stretch, ...]


@dataclass(frozen=True)
class Calendar:
    """Which days are worked. Saturdays and Sundays are off unless a `workday` line covers them.

    A day counts as was known on that day; the end of a period moves with what became known before it, and with nothing
    after it (docs/design.md#p3.17).
    """

    entries: Iterable[CalendarDays] = ()

    def __post_init__(self) -> None:
        entries = tuple(self.entries)
        for entry in entries:
            if entry.kind not in KINDS:
                raise ValueError(f"A calendar line is one of {', '.join(KINDS)}, not {entry.kind!r}.")
        object.__setattr__(self, "entries", entries)

    @property
    def _work(self) -> CountedDays:
        return counted_days(self._spans["work"])

    @property
    def _school(self) -> CountedDays:
        return counted_days(self._spans["school"])

    @cached_property
    def _spans(self) -> Mapping[str, Spans]:
        """What the lines make of the days for work and for school: one kind after the other, the last beats the others."""
        by_kind = {kind: sorted({_span(one) for one in self.entries if one.kind == kind}) for kind in KINDS}
        closed, holidays, worked = (
            tuple((*span, kind == "workday") for span in by_kind[kind]) for kind in ("closed", "holiday", "workday")
        )
        return {"work": (*holidays, *worked), "school": (*closed, *holidays, *worked)}

    @cached_property
    def _stages(self) -> tuple[tuple[np.datetime64, Calendar], ...]:
        """The calendar as it stood at first, and from each day on which lines began or ceased to count; () if none did."""
        days = sorted({day for entry in self.entries for day in entry.days.changes})
        return tuple((_one(day)[0], self._known_on(day)) for day in (date.min, *days) if days)

    def _known_on(self, day: date) -> Calendar:
        known = (entry for entry in self.entries if entry.days.hold_on(day))
        return Calendar(replace(entry, days=ALWAYS) for entry in known)

    def due(
        self,
        start: Days,
        amount: int | NDArray[np.int64],
        unit: str,
        roll_forward: bool = False,
        known_by: Days | None = None,
    ) -> Days:
        """The last day of a period of `amount` units after each start.

        Amount 0 gives the start itself, a negative one NaT. With `roll_forward` an end on a day off moves to the next
        working day (for `schoolday`, to the next school day). Only lines that began or ceased to count by the days `known_by`
        move it, if these are given. ValueError for an unknown unit.
        """
        if not self._stages:
            return self._due(start, amount, unit, roll_forward)
        (_, first), *later = self._stages
        due = first._due(start, amount, unit, roll_forward)
        for day, calendar in later:
            moved = calendar._due(start, amount, unit, roll_forward)
            moves = (due >= day) & (moved >= day)
            due = np.where(moves if known_by is None else moves & (known_by >= day), moved, due)
        return due

    def _due(self, start: Days, amount: int | NDArray[np.int64], unit: str, roll_forward: bool) -> Days:
        end = self._end(_places(start), _whole(amount), unit)
        return _days(self._table(unit).at_or_after(end) if roll_forward else end)

    def subtract(self, day: Days, amount: int | NDArray[np.int64], unit: str) -> Days:
        """The day `amount` units before each day. Amount 0 gives the day itself, a negative one NaT."""
        place, steps = _places(day), _whole(amount)
        if unit == "day":
            back = place - steps
        else:
            table = self._table(unit)
            back = np.where(steps == 0, place, table.nth(table.before(place) - steps))
        return _days(np.where((place == NO_PLACE) | (steps < 0), NO_PLACE, back))

    def previous_working(self, day: Days) -> Days:
        """Each day if it is a working day, else the last working day before it."""
        place = _places(day)
        return _days(np.where(place == NO_PLACE, NO_PLACE, self._work.nth(self._work.up_to[place] - 1)))

    def next_workday(self, day: Days) -> Days:
        """Each day if it is a working day, else the next working day."""
        return _days(self._work.at_or_after(_places(day)))

    def is_workday(self, day: Days) -> NDArray[np.bool_]:
        return self._work.has(_places(day))

    def is_schoolday(self, day: Days) -> NDArray[np.bool_]:
        return self._school.has(_places(day))

    def days_late(self, due: Days, today: date | Days, unit: str) -> NDArray[np.int64]:
        """How many units have passed since each due day: 0 on that day or before, and for NaT.

        In working days, what was due on Friday is not late yet on Saturday and Sunday.
        """
        return np.maximum(self._passed(due, today, unit), 0)

    def workdays_between(self, first: Days, last: date | Days) -> NDArray[np.int64]:
        """How many working days lie after `first`, up to and including `last`; negative if `last` is earlier."""
        return self._passed(first, last, "workday")

    def sum_of(self, start: date, amount: int, unit: str, roll_forward: bool = False) -> DueSum | None:
        """Explain what `due` returns for one start; None where that is NaT."""
        if self._stages:
            given = _one(start), amount, unit, roll_forward
            by = [one for _, one in self._stages if one._due(*given)[0] == self.due(*given)[0]]
            return by[-1].sum_of(start, amount, unit, roll_forward) if by else None
        place = self._end(_places(_one(start)), _whole(amount), unit)
        end = _scalar(_days(place))
        due = _scalar(self.due(_one(start), amount, unit, roll_forward))
        if end is None or due is None:
            return None
        passed = [] if unit == "day" else _each_day(start + timedelta(days=1), end)
        return DueSum(
            start,
            amount,
            unit,
            end,
            due,
            skipped=self._reasons_off([day for day in passed if not self._counts(day, unit)], unit),
            made_up=self._make_ups([day for day in passed if self._counts(day, unit)], unit),
            rolled_over=self._reasons_off(_each_day(end, due - timedelta(days=1)), unit),
        )

    def _table(self, unit: str) -> CountedDays:
        """The days that a unit counts and rolls forward to; `day` counts every day, but rolls to working days."""
        if unit not in UNITS:
            raise ValueError(f"A period is counted in one of {', '.join(UNITS)}, not {unit!r}.")
        return self._school if unit == "schoolday" else self._work

    def _end(self, place: NDArray[np.int64], amount: NDArray[np.int64], unit: str) -> NDArray[np.int64]:
        table = self._table(unit)
        if unit == "day":
            end = place + amount
        else:
            end = np.where(amount == 0, place, table.nth(table.up_to[place] + amount - 1))
        return np.where((place == NO_PLACE) | (amount < 0) | (end >= LENGTH), NO_PLACE, end)

    def _passed(self, first: Days, last: date | Days, unit: str) -> NDArray[np.int64]:
        from_place, to_place = _places(first), _places(last)
        if unit == "day":
            passed = to_place - from_place
        else:
            up_to = self._table(unit).up_to
            passed = up_to[to_place] - up_to[from_place]
        return np.where((from_place == NO_PLACE) | (to_place == NO_PLACE), 0, passed)

    def _counts(self, day: date, unit: str) -> bool:
        return bool(self._table(unit).counts[(day - FIRST_DAY).days])

    def _entry(self, day: date, kinds: tuple[str, ...]) -> CalendarDays | None:
        """The Calendar line that decides about this day: of the first kind given that has one, the upper line."""
        covering = [entry for kind in kinds for entry in self.entries if entry.kind == kind]
        return next((entry for entry in covering if entry.covers(day)), None)

    def _reasons_off(self, days_off: list[date], unit: str) -> tuple[Stretch, ...]:
        """Why these days are off. A Saturday within a named holiday belongs to the holiday."""
        kinds = ("holiday", "closed") if unit == "schoolday" else ("holiday",)
        return _stretches((day, self._entry(day, kinds)) for day in days_off)

    def _make_ups(self, days: list[date], unit: str) -> tuple[Stretch, ...]:
        """The make-up workdays among these counted days: those that would otherwise be off."""
        kinds = ("holiday", "closed") if unit == "schoolday" else ("holiday",)
        otherwise_off = [day for day in days if day.weekday() >= 5 or self._entry(day, kinds)]
        return _stretches((day, self._entry(day, ("workday",))) for day in otherwise_off)


def _span(entry: CalendarDays) -> tuple[int, int]:
    """The places at which a Calendar line counts: none if it ends before it starts or is outside the tables' years."""
    first, last = entry.counted
    return max((first - FIRST_DAY).days, 0), max((last - FIRST_DAY).days + 1, 0)


def _places(days: date | Days) -> NDArray[np.int64]:
    """The places of days in the tables."""
    place = (np.asarray(days, dtype="datetime64[D]") - _ORIGIN).astype(np.int64)  # NaT becomes the lowest int64
    return np.where((place >= 0) & (place < LENGTH), place, NO_PLACE)


def _days(place: Places) -> Days:
    inside = (place >= 0) & (place < LENGTH)
    return np.where(inside, _ORIGIN + place.astype("timedelta64[D]"), NO_DAY)


def _whole(amount: int | NDArray[np.int64]) -> NDArray[np.int64]:
    """Amounts, clipped so that they cannot overflow: a longer one would end beyond the tables anyway."""
    return np.asarray(np.clip(amount, -1, LENGTH))


def _one(day: date) -> Days:
    return np.array([day], dtype="datetime64[D]")


def _scalar(days: Days) -> date | None:
    day: date | None = days[0].item()
    return day


def _each_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]


def _stretches(days: Iterable[tuple[date, CalendarDays | None]]) -> tuple[Stretch, ...]:
    """Gather days by the Calendar line that decides about them: consecutive days of one name, and all weekends."""
    stretches: list[Stretch] = []
    for day, entry in days:
        kind, name = (entry.kind, entry.name) if entry else ("weekend", "")
        alike = [at for at, stretch in enumerate(stretches) if (stretch.kind, stretch.name) == (kind, name)]
        if alike and (entry is None or stretches[alike[-1]].last + timedelta(days=1) == day):
            stretches[alike[-1]] = replace(stretches[alike[-1]], last=day, days=stretches[alike[-1]].days + 1)
        else:
            stretches.append(Stretch(kind, name, day, day, 1))
    return tuple(stretches)
