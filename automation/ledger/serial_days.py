"""Turns days and moments into a spreadsheet's serial numbers and back.

A serial number counts the days since 1899-12-30, with the time of day as a fraction; it has no time zone.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2199, 12, 31)
"""The last day a ledger can hold. A day before FIRST_DAY or after this one is taken for a typing mistake."""

_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  (serial numbers have no zone)
_SECONDS = 86_400


def serial(day: date | datetime) -> float:
    """The serial number of a day or moment."""
    moment = day if isinstance(day, datetime) else datetime.combine(day, time())
    passed = moment.replace(tzinfo=None) - _DAY_ZERO
    return passed.days if not passed.seconds else passed.days + passed.seconds / _SECONDS


def part_of_day(clock_time: time) -> float:
    """A time of day as a fraction of a day."""
    return (clock_time.hour * 3600 + clock_time.minute * 60 + clock_time.second) / _SECONDS


def day_of(number: float) -> date:
    """The day of a serial number; its time of day is ignored."""
    return (_DAY_ZERO + timedelta(days=int(number))).date()


def moment_of(number: float) -> datetime:
    """The moment of a serial number, rounded to seconds, since a fraction of a day is never exact."""
    return _DAY_ZERO + timedelta(seconds=round(number * _SECONDS))


def is_ours(number: float) -> bool:
    """Whether a serial number lies within the days that a ledger can hold."""
    return _FIRST <= number < _AFTER_LAST


_FIRST, _AFTER_LAST = serial(FIRST_DAY), serial(LAST_DAY) + 1
