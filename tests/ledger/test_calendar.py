"""Due dates that a person can check on a wall calendar, with the rule quoted beside them."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.ledger.calendar import Calendar, CalendarDays, Days, DueSum, Stretch

# The State Council's notice for 2026 (see test_public_holidays.py): Spring Festival until 23 February, with make-up
# workdays on Saturdays 14 and 28 February; National Day 1-7 October, with Sunday 20 September and Saturday 10 October.
SPRING_FESTIVAL = (
    CalendarDays(date(2026, 2, 15), date(2026, 2, 23), "holiday", "春节"),
    CalendarDays(date(2026, 2, 14), None, "workday", "春节调休上班"),
    CalendarDays(date(2026, 2, 28), None, "workday", "春节调休上班"),
)
NATIONAL_DAY = (
    CalendarDays(date(2026, 9, 25), date(2026, 9, 27), "holiday", "中秋节"),
    CalendarDays(date(2026, 10, 1), date(2026, 10, 7), "holiday", "国庆节"),
    CalendarDays(date(2026, 9, 20), None, "workday", "国庆节调休上班"),
    CalendarDays(date(2026, 10, 10), None, "workday", "国庆节调休上班"),
)
SUMMER = (CalendarDays(date(2026, 7, 11), date(2026, 8, 31), "closed", "暑假"),)
PLAIN = Calendar()
CHINA = Calendar((*SPRING_FESTIVAL, *NATIONAL_DAY, *SUMMER))


def days(*texts: str) -> Days:
    return np.array(texts, dtype="datetime64[D]")


def text(given: Days) -> list[str]:
    return [str(day) for day in given]


# Civil Code art. 201: "开始的当日不计入，自下一日开始计算" - the first day is not counted.
@pytest.mark.parametrize(
    ("start", "amount", "due"),
    [
        ("2026-03-02", 15, "2026-03-17"),  # received on the 2nd, 15 days: due the 17th
        ("2026-03-02", 0, "2026-03-02"),
        ("2026-01-31", 1, "2026-02-01"),  # month end
        ("2026-02-13", 15, "2026-02-28"),
        ("2026-02-13", 16, "2026-03-01"),
        ("2028-02-14", 15, "2028-02-29"),  # leap day
        ("2028-02-14", 16, "2028-03-01"),
        ("2028-02-29", 365, "2029-02-28"),
        ("2026-12-31", 60, "2027-03-01"),  # 31 + 28 days, and one
        ("NaT", 15, "NaT"),
    ],
)
def test_calendar_days(start: str, amount: int, due: str) -> None:
    assert text(PLAIN.due(days(start), amount, "day")) == [due]


# 信访工作条例 art. 23: "应当自收到之日起5个工作日内提出异议".
@pytest.mark.parametrize(
    ("start", "one", "five"),
    [
        ("2026-03-02", "2026-03-03", "2026-03-09"),  # Monday
        ("2026-03-03", "2026-03-04", "2026-03-10"),
        ("2026-03-04", "2026-03-05", "2026-03-11"),
        ("2026-03-05", "2026-03-06", "2026-03-12"),
        ("2026-03-06", "2026-03-09", "2026-03-13"),  # Friday: 1 workday is Monday
        ("2026-03-07", "2026-03-09", "2026-03-13"),  # Saturday
        ("2026-03-08", "2026-03-09", "2026-03-13"),  # Sunday
    ],
)
def test_working_days_from_each_day_of_the_week(start: str, one: str, five: str) -> None:
    assert [text(PLAIN.due(days(start), amount, "workday")) for amount in (0, 1, 5)] == [
        [start],
        [one],
        [five],
    ]


@pytest.mark.parametrize(
    ("start", "amount", "due"),
    [
        ("2026-02-13", 1, "2026-02-14"),  # Friday: the make-up Saturday is the next working day
        ("2026-02-14", 1, "2026-02-24"),  # over the nine days of the Spring Festival
        ("2026-02-13", 5, "2026-02-27"),  # 14, 24, 25, 26, 27
        ("2026-02-27", 1, "2026-02-28"),  # Saturday, a make-up workday
        ("2026-02-28", 1, "2026-03-02"),
        ("2026-09-18", 1, "2026-09-20"),  # Sunday, a make-up workday
        ("2026-09-24", 3, "2026-09-30"),  # 28, 29, 30
        ("2026-09-30", 3, "2026-10-10"),  # 8, 9, and Saturday the 10th
        ("2026-09-30", 4, "2026-10-12"),
    ],
)
def test_working_days_around_the_holidays_of_2026(start: str, amount: int, due: str) -> None:
    assert text(CHINA.due(days(start), amount, "workday")) == [due]


# Civil Code art. 203: "期间的最后一日是法定休假日的，以法定休假日结束的次日为期间的最后一日".
@pytest.mark.parametrize(
    ("start", "amount", "unit", "as_it_falls", "rolled"),
    [
        ("2026-09-16", 15, "day", "2026-10-01", "2026-10-08"),  # National Day: the day after it
        ("2026-09-25", 15, "day", "2026-10-10", "2026-10-10"),  # Saturday, a make-up workday
        ("2026-03-06", 15, "day", "2026-03-21", "2026-03-23"),  # Saturday to Monday
        ("2026-01-30", 15, "day", "2026-02-14", "2026-02-14"),
        ("2026-01-31", 15, "day", "2026-02-15", "2026-02-24"),
        ("2026-07-10", 15, "day", "2026-07-25", "2026-07-27"),  # a school break does not stop the office
        ("2026-07-09", 1, "schoolday", "2026-07-10", "2026-07-10"),
        ("2026-07-10", 1, "schoolday", "2026-09-01", "2026-09-01"),  # over the summer
        ("2026-07-20", 0, "schoolday", "2026-07-20", "2026-09-01"),  # rolls forward out of the closed period
        ("2026-10-03", 0, "workday", "2026-10-03", "2026-10-08"),
        ("NaT", 15, "day", "NaT", "NaT"),
    ],
)
def test_an_end_on_a_day_off_rolls_forward_if_the_rule_says_so(
    start: str, amount: int, unit: str, as_it_falls: str, rolled: str
) -> None:
    ends = [text(CHINA.due(days(start), amount, unit, roll_forward)) for roll_forward in (False, True)]
    assert ends == [[as_it_falls], [rolled]]


def test_workday_beats_holiday_beats_closed_in_any_order() -> None:
    overlapping = [
        CalendarDays(date(2026, 7, 8), None, "workday", "返校"),  # Wednesday
        CalendarDays(date(2026, 7, 6), date(2026, 7, 10), "closed", "停课"),
        CalendarDays(date(2026, 7, 7), date(2026, 7, 9), "holiday", "校庆"),
        CalendarDays(date(2026, 7, 9), date(2026, 7, 11), "holiday", "overlaps"),
        CalendarDays(date(2026, 7, 15), date(2026, 7, 14), "holiday", "ends before it starts"),
    ]
    week = days(*(f"2026-07-{day:02}" for day in range(6, 16)))  # Monday to the Wednesday after
    assert Calendar(iter(overlapping)) == Calendar(tuple(overlapping))
    for entries in (overlapping, overlapping[::-1]):
        calendar = Calendar(entries)
        assert calendar.is_workday(week).tolist() == [True, False, True, *[False] * 4, True, True, True]
        assert calendar.is_schoolday(week).tolist() == [False, False, True, *[False] * 4, True, True, True]


def test_working_days_on_either_side() -> None:
    asked = days("2026-10-01", "2026-10-04", "2026-10-08", "2026-10-10", "2026-10-11", "NaT")
    assert text(CHINA.previous_working(asked)) == [
        "2026-09-30", "2026-09-30", "2026-10-08", "2026-10-10", "2026-10-10", "NaT",
    ]  # fmt: skip
    assert text(CHINA.next_workday(asked)) == [
        "2026-10-08", "2026-10-08", "2026-10-08", "2026-10-10", "2026-10-12", "NaT",
    ]  # fmt: skip
    assert CHINA.is_workday(asked).tolist() == [False, False, True, True, False, False]


@pytest.mark.parametrize(
    ("day", "amount", "unit", "before"),
    [
        ("2026-03-17", 3, "day", "2026-03-14"),
        ("2026-03-17", 3, "workday", "2026-03-12"),  # 16, 13, 12
        ("2026-10-10", 3, "workday", "2026-09-30"),  # 9, 8, and the 30th
        ("2026-10-04", 1, "workday", "2026-09-30"),  # from a day off
        ("2026-09-02", 2, "schoolday", "2026-07-10"),  # 1 September, and the last day before the summer
        ("2026-07-20", 0, "schoolday", "2026-07-20"),
        ("NaT", 3, "day", "NaT"),
        ("NaT", 3, "workday", "NaT"),
        ("2026-03-17", -1, "day", "NaT"),
        ("2026-03-17", -1, "workday", "NaT"),
    ],
)
def test_counting_back(day: str, amount: int, unit: str, before: str) -> None:
    assert text(CHINA.subtract(days(day), amount, unit)) == [before]


@pytest.mark.parametrize(
    ("due", "today", "unit", "late"),
    [
        ("2026-03-17", date(2026, 3, 17), "day", 0),
        ("2026-03-17", date(2026, 3, 18), "day", 1),
        ("2026-03-17", date(2026, 3, 1), "day", 0),
        ("2026-03-20", date(2026, 3, 22), "workday", 0),  # due Friday, today Sunday
        ("2026-03-20", date(2026, 3, 23), "workday", 1),
        ("2026-09-30", date(2026, 10, 10), "workday", 3),
        ("2026-07-10", date(2026, 9, 1), "schoolday", 1),
        ("NaT", date(2026, 3, 18), "day", 0),
    ],
)
def test_how_late(due: str, today: date, unit: str, late: int) -> None:
    assert CHINA.days_late(days(due), today, unit).tolist() == [late]


def test_working_days_between() -> None:
    first, last = days("2026-09-30", "2026-10-12", "2026-09-30", "NaT"), days(*["2026-10-12"] * 4)
    assert CHINA.workdays_between(first, last).tolist() == [4, 0, 4, 0]
    assert CHINA.workdays_between(last, first).tolist() == [-4, 0, -4, 0]


def test_outside_the_years_there_is_no_day() -> None:
    far = days("1989-12-31", "0206-03-01", "2199-12-31", "9999-12-31")
    assert text(PLAIN.due(far, 1, "day", roll_forward=True)) == ["NaT"] * 4
    assert text(PLAIN.due(far, 1, "workday")) == ["NaT"] * 4
    assert text(PLAIN.due(days("2026-03-02"), 10**30, "workday")) == ["NaT"]
    assert text(PLAIN.due(days("2026-03-02"), np.array([2**63 - 1]), "day", roll_forward=True)) == ["NaT"]
    assert text(PLAIN.due(days("2026-03-02"), -1, "day")) == ["NaT"]
    assert text(PLAIN.subtract(days("1990-01-02", "1990-01-01"), 1, "day")) == ["1990-01-01", "NaT"]
    assert text(PLAIN.subtract(days("1990-01-02", "1990-01-01"), 1, "workday")) == ["1990-01-01", "NaT"]
    assert PLAIN.is_workday(far).tolist() == [False, False, True, False]
    assert PLAIN.days_late(far, date(2026, 1, 1), "workday").tolist() == [0, 0, 0, 0]
    assert PLAIN.sum_of(date(1949, 10, 1), 15, "day") is None
    assert Calendar([CalendarDays(date(1980, 1, 1), date(2300, 1, 1), "holiday", "")]) != PLAIN


def test_the_first_and_the_last_day_of_the_years_are_days() -> None:
    first, last = days("1989-12-31", "1990-01-01", "1990-01-03"), days("2199-12-30", "2199-12-31", "2200-01-01")
    assert text(PLAIN.due(last, 1, "workday")) == ["2199-12-31", "NaT", "NaT"]
    assert [PLAIN.is_workday(ends).tolist() for ends in (first, last)] == [[False, True, True], [True, True, False]]
    until_new_year = Calendar([CalendarDays(date(1989, 12, 1), date(1989, 12, 31), "holiday", "")])
    assert until_new_year.is_workday(first).tolist() == [False, True, True]
    over_new_year = Calendar([CalendarDays(date(1989, 12, 30), date(1990, 1, 2), "holiday", "")])
    assert over_new_year.is_workday(first).tolist() == [False, False, True]
    no_day_left = Calendar([CalendarDays(date(2199, 12, 31), None, "holiday", "")])
    assert text(no_day_left.due(last[:1], 1, "day", roll_forward=True)) == ["NaT"]
    assert no_day_left.sum_of(date(2199, 12, 30), 1, "day", roll_forward=True) is None


def test_one_amount_for_each_row() -> None:
    start = days("2026-03-02", "2026-03-02", "2026-03-02")
    assert text(PLAIN.due(start, np.array([15, 30, -1]), "day")) == ["2026-03-17", "2026-04-01", "NaT"]


def test_words_that_are_no_unit_or_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="one of day, workday, schoolday, not 'month'"):
        PLAIN.due(days("2026-03-02"), 1, "month")
    with pytest.raises(ValueError, match="one of holiday, workday, closed, not 'party'"):
        Calendar([CalendarDays(date(2026, 1, 1), None, "party", "")])


# What `explain` says.
def test_the_sum_of_calendar_days() -> None:
    start, end = date(2026, 3, 2), date(2026, 3, 17)
    assert CHINA.sum_of(start, 15, "day", roll_forward=True) == DueSum(start, 15, "day", end, end, (), (), ())
    holiday = date(2026, 10, 3)
    assert CHINA.sum_of(date(2026, 9, 18), 15, "day") == DueSum(
        date(2026, 9, 18), 15, "day", holiday, holiday, (), (), ()
    )


def test_the_sum_of_calendar_days_that_roll_over_a_holiday() -> None:
    assert CHINA.sum_of(date(2026, 9, 18), 15, "day", roll_forward=True) == DueSum(
        start=date(2026, 9, 18),
        amount=15,
        unit="day",
        end=date(2026, 10, 3),
        due=date(2026, 10, 8),
        skipped=(),
        made_up=(),
        rolled_over=(Stretch("holiday", "国庆节", date(2026, 10, 3), date(2026, 10, 7), 5),),
    )


def test_the_sum_of_working_days_names_what_was_skipped_and_what_was_made_up() -> None:
    assert CHINA.sum_of(date(2026, 9, 18), 10, "workday") == DueSum(
        start=date(2026, 9, 18),
        amount=10,
        unit="workday",  # 20 (Sunday, a make-up workday), 21-24, 28-30, 8, 9
        end=date(2026, 10, 9),
        due=date(2026, 10, 9),
        skipped=(
            Stretch("weekend", "", date(2026, 9, 19), date(2026, 9, 19), 1),
            Stretch("holiday", "中秋节", date(2026, 9, 25), date(2026, 9, 27), 3),
            Stretch("holiday", "国庆节", date(2026, 10, 1), date(2026, 10, 7), 7),
        ),
        made_up=(Stretch("workday", "国庆节调休上班", date(2026, 9, 20), date(2026, 9, 20), 1),),
        rolled_over=(),
    )


def test_the_sum_of_school_days_names_the_break() -> None:
    due_sum = CHINA.sum_of(date(2026, 7, 3), 6, "schoolday")
    assert due_sum is not None
    assert (due_sum.due, due_sum.skipped) == (
        date(2026, 9, 1),
        (
            Stretch("weekend", "", date(2026, 7, 4), date(2026, 7, 5), 2),
            Stretch("closed", "暑假", date(2026, 7, 11), date(2026, 8, 31), 52),
        ),
    )


def test_the_sum_names_the_break_that_moves_an_end_and_a_weekend_in_it_is_a_weekend_to_the_office() -> None:
    moved = CHINA.sum_of(date(2026, 7, 20), 0, "schoolday", roll_forward=True)
    assert moved is not None
    assert moved.rolled_over == (Stretch("closed", "暑假", date(2026, 7, 20), date(2026, 8, 31), 43),)
    of_the_office = CHINA.sum_of(date(2026, 7, 10), 2, "workday")
    assert of_the_office is not None
    assert of_the_office.skipped == (Stretch("weekend", "", date(2026, 7, 11), date(2026, 7, 12), 2),)


def test_the_sum_names_what_was_made_up_for_a_weekend_a_holiday_or_a_break() -> None:
    calendar = Calendar(
        [
            CalendarDays(date(2026, 7, 6), date(2026, 7, 10), "closed", "停课"),
            CalendarDays(date(2026, 7, 7), date(2026, 7, 8), "holiday", "校庆"),
            CalendarDays(date(2026, 7, 8), None, "workday", "返校"),  # Wednesday
            CalendarDays(date(2026, 7, 10), None, "workday", "考试"),  # Friday: made up for the school only
            CalendarDays(date(2026, 7, 11), date(2026, 7, 12), "workday", "补课"),
            CalendarDays(date(2026, 7, 14), date(2026, 7, 15), "holiday", "运动会"),
            CalendarDays(date(2026, 7, 15), None, "workday", "加班"),
        ]
    )

    def stretch(kind: str, name: str, first: int, last: int) -> Stretch:
        return Stretch(kind, name, date(2026, 7, first), date(2026, 7, last), last - first + 1)

    weekend, made_up = (
        stretch("weekend", "", 4, 5),
        [stretch("workday", "补课", 11, 12), stretch("workday", "加班", 15, 15)],
    )
    anniversary, sports = stretch("holiday", "校庆", 7, 7), stretch("holiday", "运动会", 14, 14)
    back, exam = stretch("workday", "返校", 8, 8), stretch("workday", "考试", 10, 10)
    school, office = (
        calendar.sum_of(date(2026, 7, 3), amount, unit) for amount, unit in ((6, "schoolday"), (8, "workday"))
    )
    assert school is not None
    assert office is not None
    assert (school.end, office.end) == (date(2026, 7, 15), date(2026, 7, 15))
    closed = [stretch("closed", "停课", day, day) for day in (6, 9)]
    assert school.skipped == (weekend, closed[0], anniversary, closed[1], sports)
    assert school.made_up == (back, exam, *made_up)
    assert (office.skipped, office.made_up) == ((weekend, anniversary, sports), (back, *made_up))


def test_one_name_in_two_years_is_two_stretches() -> None:
    entries = [CalendarDays(date(year, 10, 1), None, "holiday", "国庆节") for year in (2026, 2027)]
    due_sum = Calendar(entries).sum_of(date(2026, 9, 30), 300, "workday")
    assert due_sum is not None
    assert [stretch.first for stretch in due_sum.skipped if stretch.kind == "holiday"] == [
        date(2026, 10, 1),
        date(2027, 10, 1),
    ]


# The tables must agree with counting day by day.
ENTRIES = st.lists(
    st.builds(
        lambda start, length, kind: CalendarDays(start, start + timedelta(days=length), kind, kind),
        st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        st.integers(0, 40),
        st.sampled_from(["holiday", "workday", "closed"]),
    ),
    max_size=8,
)


def works(entries: list[CalendarDays], day: date, unit: str) -> bool:
    kinds = {entry.kind for entry in entries if entry.covers(day)}
    if "workday" in kinds:
        return True
    off = day.weekday() >= 5 or "holiday" in kinds or ("closed" in kinds and unit == "schoolday")
    return not off


def counted_on_fingers(entries: list[CalendarDays], day: date, amount: int, unit: str, step: timedelta) -> date:
    while amount:
        day += step
        amount -= unit == "day" or works(entries, day, unit)
    return day


@settings(deadline=None)
@given(
    entries=ENTRIES,
    start=st.dates(date(2025, 12, 1), date(2027, 1, 31)),
    amount=st.integers(0, 70),
    unit=st.sampled_from(["day", "workday", "schoolday"]),
    roll_forward=st.booleans(),
)
def test_the_tables_agree_with_counting_day_by_day(
    entries: list[CalendarDays], start: date, amount: int, unit: str, roll_forward: bool
) -> None:
    calendar, one_day = Calendar(entries), timedelta(days=1)
    due = end = counted_on_fingers(entries, start, amount, unit, one_day)
    while roll_forward and not works(entries, due, unit):
        due += one_day
    before = counted_on_fingers(entries, start, amount, unit, -one_day)
    steps_done = start
    while not works(entries, steps_done, "workday"):
        steps_done -= one_day
    late = sum(
        unit == "day" or works(entries, start + ahead * one_day, unit) for ahead in range(1, (end - start).days + 1)
    )

    asked = days(start.isoformat())
    assert text(calendar.due(asked, amount, unit, roll_forward)) == [due.isoformat()]
    assert text(calendar.subtract(asked, amount, unit)) == [before.isoformat()]
    assert text(calendar.previous_working(asked)) == [steps_done.isoformat()]
    assert calendar.is_workday(asked).tolist() == [works(entries, start, "workday")]
    assert calendar.days_late(asked, end, unit).tolist() == [late]

    due_sum = calendar.sum_of(start, amount, unit, roll_forward)
    assert due_sum is not None
    assert (due_sum.end, due_sum.due) == (end, due)
    assert sum(stretch.days for stretch in due_sum.skipped) == (end - start).days - amount
    assert sum(stretch.days for stretch in due_sum.rolled_over) == (due - end).days
