"""What a new Calendar tab starts with. China 2026, the last year announced so far, is checked day by day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from automation.ledger.calendar import Calendar, CalendarDays
from automation.ledger.errors import LedgerError
from automation.ledger.public_holidays import official_days, years_without_official_days

CHINA_2026 = [
    CalendarDays(date(2026, 1, 1), date(2026, 1, 2), "holiday", "元旦"),
    CalendarDays(date(2026, 1, 4), None, "workday", "元旦调休上班"),
    CalendarDays(date(2026, 2, 14), None, "workday", "农历除夕、春节调休上班"),
    CalendarDays(date(2026, 2, 16), date(2026, 2, 23), "holiday", "农历除夕、春节"),
    CalendarDays(date(2026, 2, 28), None, "workday", "农历除夕、春节调休上班"),
    CalendarDays(date(2026, 4, 5), date(2026, 4, 6), "holiday", "清明节"),
    CalendarDays(date(2026, 5, 1), date(2026, 5, 5), "holiday", "劳动节"),
    CalendarDays(date(2026, 5, 9), None, "workday", "劳动节调休上班"),
    CalendarDays(date(2026, 6, 19), None, "holiday", "端午节"),
    CalendarDays(date(2026, 9, 20), None, "workday", "国庆节调休上班"),
    CalendarDays(date(2026, 9, 25), None, "holiday", "中秋节"),
    CalendarDays(date(2026, 10, 1), date(2026, 10, 7), "holiday", "国庆节"),
    CalendarDays(date(2026, 10, 10), None, "workday", "国庆节调休上班"),
]


def test_china_2026() -> None:
    assert official_days("CN", [2026]) == CHINA_2026


def test_china_2026_in_english() -> None:
    found = official_days("CN", [2026], language="en")
    assert [(line.start, line.until, line.kind) for line in found] == [
        (line.start, line.until, line.kind) for line in CHINA_2026
    ]
    assert [line.name for line in found[-3:]] == [
        "Mid-Autumn Festival",
        "National Day",
        "Make-up working day for National Day",
    ]


def test_the_weekends_worked_in_2026_are_six() -> None:
    steps_done = [line.start for line in official_days("CN", [2026]) if line.kind == "workday"]
    assert [f"{day:%a %d %b}" for day in steps_done] == [
        "Sun 04 Jan", "Sat 14 Feb", "Sat 28 Feb", "Sat 09 May", "Sun 20 Sep", "Sat 10 Oct",
    ]  # fmt: skip


def test_the_working_days_of_2026_are_248() -> None:
    # 261 Mondays to Fridays, 19 of them holidays, and six weekend days worked.
    year = np.arange("2026-01-01", "2027-01-01", dtype="datetime64[D]")
    assert Calendar(official_days("CN", [2026])).is_workday(year).sum() == 261 - 19 + 6


def test_a_holiday_over_the_new_year_stays_within_the_years_asked_for() -> None:
    # 30 December 2007 is a Sunday; Monday the 31st is off in exchange for Saturday the 29th.
    assert official_days("CN", [2007])[-2:] == [
        CalendarDays(date(2007, 12, 29), None, "workday", "元旦调休上班"),
        CalendarDays(date(2007, 12, 31), None, "holiday", "元旦"),
    ]
    assert official_days("CN", [2008])[0] == CalendarDays(date(2008, 1, 1), None, "holiday", "元旦")


def test_england() -> None:
    assert official_days("GB", [2026], "ENG", "en") == [
        CalendarDays(date(2026, 1, 1), None, "holiday", "New Year's Day"),
        CalendarDays(date(2026, 4, 3), date(2026, 4, 6), "holiday", "Good Friday, Easter Monday"),
        CalendarDays(date(2026, 5, 4), None, "holiday", "May Day"),
        CalendarDays(date(2026, 5, 25), None, "holiday", "Spring Bank Holiday"),
        CalendarDays(date(2026, 8, 31), None, "holiday", "Late Summer Bank Holiday"),
        CalendarDays(date(2026, 12, 25), date(2026, 12, 28), "holiday", "Christmas Day, Boxing Day"),
    ]


def test_a_language_the_library_does_not_have_leaves_the_country_its_own() -> None:
    assert official_days("GB", [2026], "ENG", "zh") == official_days("GB", [2026], "ENG", "en")


@pytest.mark.parametrize(
    ("country", "years", "missing"),
    [
        ("CN", range(2001, 2027), []),
        ("CN", [2025, 2026, 2100], [2100]),  # for 2100 the library has festivals, but no make-up workdays
        ("cn", [2100], [2100]),
        ("GB", [2026, 2027, 2100], []),
    ],
)
def test_years_without_official_days(country: str, years: list[int], missing: list[int]) -> None:
    assert years_without_official_days(country, years) == missing


def test_a_year_that_is_not_decreed_yet_still_has_its_festivals() -> None:
    # Not 2027: one day the library will have its notice, and this test would fail.
    assert {line.kind for line in official_days("CN", [2090])} == {"holiday"}


@pytest.mark.parametrize(("country", "subdivision"), [("ZZ", None), ("GB", "XX")])
def test_an_unknown_place_says_what_to_do(country: str, subdivision: str | None) -> None:
    with pytest.raises(LedgerError, match=f"No public holidays are known for {country}.*Calendar tab"):
        official_days(country, [2026], subdivision)
