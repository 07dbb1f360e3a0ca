"""Days and moments become a spreadsheet's serial numbers and back."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from automation.ledger.serial_days import FIRST_DAY, LAST_DAY, day_of, is_ours, moment_of, part_of_day, serial

KNOWN = {date(1900, 3, 1): 61, date(1990, 1, 1): 32_874, date(2026, 3, 18): 46_099, date(2200, 1, 1): 109_575}
"""Serial numbers as Excel and Google Sheets show them once the cell's format is removed."""


@pytest.mark.parametrize(("day", "number"), KNOWN.items())
def test_a_day_there_and_back(day: date, number: int) -> None:
    assert (serial(day), day_of(number), day_of(number + 0.99)) == (number, day, day)


def test_a_moment_there_and_back_to_the_second() -> None:
    moment = datetime(2026, 3, 18, 9, 30, 15)

    assert serial(moment) == pytest.approx(46_099.3960069)
    assert moment_of(46_099.3960069) == moment
    assert part_of_day(time(9, 30, 15)) == pytest.approx(0.3960069)


def test_days_from_the_first_to_the_end_of_the_last_are_ours() -> None:
    first, last = serial(FIRST_DAY), serial(LAST_DAY)

    assert [is_ours(one) for one in (first - 0.01, first, last + 0.99, last + 1)] == [False, True, True, False]
