"""Calendar arithmetic: when a period ends, how late it is, and why that is the day.

A *day* counts every day; a *workday* every working day; a *schoolday* every working day that no school break
covers. 信访工作条例 (2022) itself uses two of them: art. 23 has both "15日" and "5个工作日", art. 34 "60日".
So "日" is read as a calendar day. How to count is taken, by analogy, from the Civil Code of the PRC:

- art. 201: "按照年、月、日计算期间的，开始的当日不计入，自下一日开始计算。"
  The first day is not counted: received on the 2nd, 15 days, due on the 17th.
- art. 203: "期间的最后一日是法定休假日的，以法定休假日结束的次日为期间的最后一日。"
  An end on a statutory day off moves to the day after it (`roll_forward`; a rule may choose not to).

Everything works on whole arrays of datetime64[D] by looking days up in tables for 1990 to 2199. Nothing here
raises for a day outside those years: it is treated as no day at all (NaT), and so is an end that would lie
beyond them. NaT stays NaT; a question about it is answered with False or 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.datetime64]
"""Days as datetime64[D], NaT where there is none."""

FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2199, 12, 31)
LENGTH = (LAST_DAY - FIRST_DAY).days + 1
UNITS = ("day", "workday", "schoolday")
KINDS = ("holiday", "workday", "closed")
_ORIGIN = np.datetime64(FIRST_DAY, "D")
_NO_DAY = -1


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """One line of the Calendar tab: `start` to `until`, both included. `until` None means one day.

    `kind` is `holiday` (nobody works), `workday` (a day off that is worked) or `closed` (no school, but the
    office works). Where lines overlap, workday beats holiday and holiday beats closed.
    """

    start: date
    until: date | None
    kind: str
    name: str

    def covers(self, day: date) -> bool:
        return self.start <= day <= (self.until or self.start)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on one ground, for an explanation: `days` of them, the first and the last.

    `kind` is `weekend` (all Saturdays and Sundays together, no name) or the kind of the Calendar line.
    """

    kind: str
    name: str
    first: date
    last: date
    days: int


@dataclass(frozen=True, slots=True)
class DueSum:
    """How one due date came about: `start` + `amount` `unit` = `end`, which rolls forward to `due`.

    `skipped` are the days up to `end` that did not count, `made_up` the days off that counted because the
    Calendar says they are worked, `rolled_over` the days off from `end` on that moved it to `due`.
    """

    start: date
    amount: int
    unit: str
    end: date
    due: date
    skipped: tuple[Stretch, ...]
    made_up: tuple[Stretch, ...]
    rolled_over: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """One kind of counted day: whether each day is one, how many there are up to it, and where they are."""

    counts: NDArray[np.bool_]
    up_to: NDArray[np.int64]
    places: NDArray[np.int64]

    @classmethod
    def of(cls, counts: NDArray[np.bool_]) -> _Table:
        return cls(counts, np.cumsum(counts, dtype=np.int64), np.flatnonzero(counts).astype(np.int64))

    def has(self, place: NDArray[np.int64]) -> NDArray[np.bool_]:
        return np.where(place == _NO_DAY, False, self.counts[place])

    def nth(self, rank: NDArray[np.int64]) -> NDArray[np.int64]:
        """The place of the counted day with this rank (from 0), or no day."""
        inside = (rank >= 0) & (rank < len(self.places))
        return np.where(inside, self.places[np.clip(rank, 0, len(self.places) - 1)], _NO_DAY)

    def before(self, place: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many counted days lie before each place."""
        return self.up_to[place] - self.counts[place]

    def at_or_after(self, place: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.where(place == _NO_DAY, _NO_DAY, self.nth(self.before(place)))


@dataclass(frozen=True)
class Calendar:
    """Which days are worked. Saturdays and Sundays are off unless a `workday` line covers them."""

    entries: Iterable[CalendarDays] = ()
    _work: _Table = field(init=False, repr=False, compare=False)
    _school: _Table = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        entries = tuple(self.entries)
        for entry in entries:
            if entry.kind not in KINDS:
                raise ValueError(f"A calendar line is one of {', '.join(KINDS)}, not {entry.kind!r}.")
        work = np.arange(LENGTH) % 7 < 5  # the first day of the table is a Monday
        school = work.copy()
        for kind, tables, steps_done in (
            ("closed", (school,), False),
            ("holiday", (work, school), False),
            ("workday", (work, school), True),  # last, because it beats the others
        ):
            for entry in entries:
                if entry.kind == kind:
                    for table in tables:
                        table[_span(entry)] = steps_done
        object.__setattr__(self, "entries", entries)
        object.__setattr__(self, "_work", _Table.of(work))
        object.__setattr__(self, "_school", _Table.of(school))

    def due(self, start: Days, amount: int | NDArray[np.int64], unit: str, roll_forward: bool = False) -> Days:
        """The last day of a period of `amount` units from each start, which is itself not counted.

        Amount 0 is the same day; below 0 there is no day. With `roll_forward` an end on a day off moves to
        the next working day (for `schoolday`: the next school day).
        """
        end = self._end(_places(start), _whole(amount), unit)
        return _days(self._table(unit).at_or_after(end) if roll_forward else end)

    def subtract(self, day: Days, amount: int | NDArray[np.int64], unit: str) -> Days:
        """The day `amount` units before each day, counted back in that unit. Amount 0 is the same day."""
        place, steps = _places(day), _whole(amount)
        if unit == "day":
            back = place - steps
        else:
            table = self._table(unit)
            back = np.where(steps == 0, place, table.nth(table.before(place) - steps))
        return _days(np.where((place == _NO_DAY) | (steps < 0), _NO_DAY, back))

    def previous_working(self, day: Days) -> Days:
        """Each day if it is a working day, else the working day before it."""
        place = _places(day)
        return _days(np.where(place == _NO_DAY, _NO_DAY, self._work.nth(self._work.up_to[place] - 1)))

    def next_workday(self, day: Days) -> Days:
        """Each day if it is a working day, else the working day after it."""
        return _days(self._work.at_or_after(_places(day)))

    def is_workday(self, day: Days) -> NDArray[np.bool_]:
        return self._work.has(_places(day))

    def is_schoolday(self, day: Days) -> NDArray[np.bool_]:
        return self._school.has(_places(day))

    def days_late(self, due: Days, today: date | Days, unit: str) -> NDArray[np.int64]:
        """How many units have passed since each due day: 0 on the day itself, and 0 where there is none.

        Counted in working days, something due on Friday is not yet a day late on Saturday and Sunday.
        """
        return np.maximum(self._passed(due, today, unit), 0)

    def workdays_between(self, first: Days, last: date | Days) -> NDArray[np.int64]:
        """How many working days lie after `first`, up to and with `last`; negative if `last` is earlier."""
        return self._passed(first, last, "workday")

    def sum_of(self, start: date, amount: int, unit: str, roll_forward: bool = False) -> DueSum | None:
        """How `due` comes to its answer for one start, for people; None where it has no answer."""
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
            skipped=self._grounds([day for day in passed if not self._counts(day, unit)], unit),
            made_up=self._make_ups([day for day in passed if self._counts(day, unit)], unit),
            rolled_over=self._grounds(_each_day(end, due - timedelta(days=1)), unit),
        )

    def _table(self, unit: str) -> _Table:
        """The days a unit counts and rolls on. Calendar days are not looked up, but roll on working days."""
        if unit not in UNITS:
            raise ValueError(f"A period is counted in one of {', '.join(UNITS)}, not {unit!r}.")
        return self._school if unit == "schoolday" else self._work

    def _end(self, place: NDArray[np.int64], amount: NDArray[np.int64], unit: str) -> NDArray[np.int64]:
        table = self._table(unit)
        if unit == "day":
            end = place + amount
        else:
            end = np.where(amount == 0, place, table.nth(table.up_to[place] + amount - 1))
        return np.where((place == _NO_DAY) | (amount < 0) | (end >= LENGTH), _NO_DAY, end)

    def _passed(self, first: Days, last: date | Days, unit: str) -> NDArray[np.int64]:
        from_place, to_place = _places(first), _places(last)
        if unit == "day":
            passed = to_place - from_place
        else:
            up_to = self._table(unit).up_to
            passed = up_to[to_place] - up_to[from_place]
        return np.where((from_place == _NO_DAY) | (to_place == _NO_DAY), 0, passed)

    def _counts(self, day: date, unit: str) -> bool:
        return bool(self._table(unit).counts[(day - FIRST_DAY).days])

    def _entry(self, day: date, kinds: tuple[str, ...]) -> CalendarDays | None:
        """The line that settles this day among lines of these kinds: the strongest kind, then the upper."""
        covering = [entry for kind in kinds for entry in self.entries if entry.kind == kind]
        return next((entry for entry in covering if entry.covers(day)), None)

    def _grounds(self, days_off: list[date], unit: str) -> tuple[Stretch, ...]:
        """Why these days are off, by name; a Saturday inside a named holiday belongs to the holiday."""
        kinds = ("holiday", "closed") if unit == "schoolday" else ("holiday",)
        return _stretches((day, self._entry(day, kinds)) for day in days_off)

    def _make_ups(self, days: list[date], unit: str) -> tuple[Stretch, ...]:
        """Those of these counted days that would be off if the Calendar did not say they are worked."""
        kinds = ("holiday", "closed") if unit == "schoolday" else ("holiday",)
        otherwise_off = [day for day in days if day.weekday() >= 5 or self._entry(day, kinds)]
        return _stretches((day, self._entry(day, ("workday",))) for day in otherwise_off)


def _span(entry: CalendarDays) -> slice:
    """Where a line lies in the tables; empty if it ends before it starts or is outside their years."""
    first = (entry.start - FIRST_DAY).days
    after = ((entry.until or entry.start) - FIRST_DAY).days + 1
    return slice(max(first, 0), max(after, 0))


def _places(days: date | Days) -> NDArray[np.int64]:
    """Where days lie in the tables, or no day."""
    place = (np.asarray(days, dtype="datetime64[D]") - _ORIGIN).astype(np.int64)  # NaT is the lowest number
    return np.where((place >= 0) & (place < LENGTH), place, _NO_DAY)


def _days(place: NDArray[np.int64]) -> Days:
    inside = (place >= 0) & (place < LENGTH)
    return np.where(inside, _ORIGIN + place.astype("timedelta64[D]"), np.datetime64("NaT", "D"))


def _whole(amount: int | NDArray[np.int64]) -> NDArray[np.int64]:
    """Amounts as numbers that cannot overflow: anything longer than the tables ends beyond them anyway."""
    bounded = np.clip(amount, -1, LENGTH) if isinstance(amount, np.ndarray) else min(max(amount, -1), LENGTH)
    return np.asarray(bounded, dtype=np.int64)


def _one(day: date) -> Days:
    return np.array([day], dtype="datetime64[D]")


def _scalar(days: Days) -> date | None:
    found: date | None = days[0].item()
    return found


def _each_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]


def _stretches(days: Iterable[tuple[date, CalendarDays | None]]) -> tuple[Stretch, ...]:
    """Days with the line they rest on, gathered: all weekends into one, others by name while they run on."""
    found: list[Stretch] = []
    for day, entry in days:
        kind, name = (entry.kind, entry.name) if entry else ("weekend", "")
        alike = [at for at, stretch in enumerate(found) if (stretch.kind, stretch.name) == (kind, name)]
        if alike and (entry is None or found[alike[-1]].last + timedelta(days=1) == day):
            found[alike[-1]] = replace(found[alike[-1]], last=day, days=found[alike[-1]].days + 1)
        else:
            found.append(Stretch(kind, name, day, day, 1))
    return tuple(found)
