"""Which days a period means, what it is compared with, and what is not a period."""

from __future__ import annotations

from datetime import date

import pytest

from automation.ledger.calendar import Calendar, CalendarDays
from automation.ledger.errors import LedgerError, Misused
from automation.reports.model import Period
from automation.reports.periods import before, breaks, chosen

TODAY = date(2026, 3, 18)


def days(text: str) -> Period:
    first, _, last = text.partition("..")
    return Period(date.fromisoformat(first), date.fromisoformat(last or first))


def calendar(*closed: str, holiday: str = "") -> Calendar:
    entries = [(days(one), "closed") for one in closed] + ([(days(holiday), "holiday")] if holiday else [])
    return Calendar(CalendarDays(one.first, one.last, kind, "") for one, kind in entries)


SCHOOL = calendar(
    "2025-07-19..2025-08-31",
    "2025-12-22..2026-01-02",
    "2026-02-16..2026-02-20",
    "2026-03-30..2026-04-10",
    "2026-07-22..2026-08-31",
    holiday="2026-04-13",
)
"""Summer, Christmas, a half-term too short to end a term, Easter with a holiday behind it, summer."""


@pytest.mark.parametrize(
    ("options", "period", "compared"),
    [
        ((None, None, None), "2026-02-01..2026-02-28", "2026-01-01..2026-01-31"),
        (("month", None, None), "2026-03-01..2026-03-31", "2026-02-01..2026-02-28"),
        (("last-month", None, None), "2026-02-01..2026-02-28", "2026-01-01..2026-01-31"),
        (("Last month", None, None), "2026-02-01..2026-02-28", "2026-01-01..2026-01-31"),
        (("上月", None, None), "2026-02-01..2026-02-28", "2026-01-01..2026-01-31"),
        (("year", None, None), "2026-01-01..2026-12-31", "2025-01-01..2025-12-31"),
        (("last-year", None, None), "2025-01-01..2025-12-31", "2024-01-01..2024-12-31"),
        (("term", None, None), "2026-01-05..2026-03-27", "2025-09-01..2025-12-19"),
        # the Calendar does not reach back to the term before: as many days
        (("last-term", None, None), "2025-09-01..2025-12-19", "2025-05-14..2025-08-31"),
        (("2026-01", None, None), "2026-01-01..2026-01-31", "2025-12-01..2025-12-31"),
        (("２０２６年１月", None, None), "2026-01-01..2026-01-31", "2025-12-01..2025-12-31"),
        (("二〇二五年十二月", None, None), "2025-12-01..2025-12-31", "2025-11-01..2025-11-30"),
        (("2025", None, None), "2025-01-01..2025-12-31", "2024-01-01..2024-12-31"),
        (("2025-2026", None, None), "2025-09-01..2026-08-31", "2024-09-01..2025-08-31"),
        (("2025－2026学年", None, None), "2025-09-01..2026-08-31", "2024-09-01..2025-08-31"),
        (("2026-03-02", None, None), "2026-03-02", "2026-03-01"),
        ((None, "2026-03-02", "2026-03-08"), "2026-03-02..2026-03-08", "2026-02-23..2026-03-01"),
        ((None, "2026-01", "2026-03"), "2026-01-01..2026-03-31", "2025-10-01..2025-12-31"),
        ((None, "2024", "2025"), "2024-01-01..2025-12-31", "2022-01-01..2023-12-31"),
        ((None, "2026/3/2", None), "2026-03-02..2026-03-18", "2026-02-13..2026-03-01"),
        ((None, "2026年3月2日", "２０２６．３．１２"), "2026-03-02..2026-03-12", "2026-02-19..2026-03-01"),
        ((None, "二〇二六年三月十二日", "2026-03-31"), "2026-03-12..2026-03-31", "2026-02-20..2026-03-11"),
    ],
)
def test_periods(options: tuple[str | None, str | None, str | None], period: str, compared: str) -> None:
    assert chosen(*options, SCHOOL, TODAY) == (days(period), days(compared))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("next-month", None, None), "--period next-month is no period: it is one of"),
        (("2025-2027", None, None), "--period 2025-2027 is no period: it is one of"),
        (("month", "2026", None), "--period already says which days"),
        ((None, None, "2026"), "--to 2026 needs --from beside it"),
        ((None, "2026-04", "2026-03"), "--from 2026-04-01 is after --to 2026-03-31"),
        ((None, "2026-03-19", None), "--from 2026-03-19 is not past yet"),
        ((None, "2026-13", None), "--from 2026-13 is no day, month or year"),
        ((None, "2026-01", "30.2.2026"), "--to 30.2.2026 is no day, month or year"),
        ((None, "0001", None), "--from 0001 is no day, month or year"),
        ((None, "=1+1", None), "--from =1+1 is no day, month or year"),
        (("2026-04", None, None), "2026-04-01 to 2026-04-30 has not begun yet"),
        (("2027", None, None), "2027-01-01 to 2027-12-31 has not begun yet"),
    ],
)
def test_no_period(options: tuple[str | None, str | None, str | None], said: str) -> None:
    with pytest.raises(Misused) as caught:
        chosen(*options, SCHOOL, TODAY)
    assert caught.value.say("en").startswith(said)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in caught.value.say("zh"))


def test_breaks_take_in_the_weekends_and_holidays_that_touch_them() -> None:
    assert breaks(SCHOOL) == [
        days("2025-07-19..2025-08-31"),
        days("2025-12-20..2026-01-04"),
        days("2026-03-28..2026-04-13"),
        days("2026-07-22..2026-08-31"),
    ]


def test_holidays_alone_end_no_term() -> None:
    assert breaks(calendar(holiday="2026-10-01..2026-10-20")) == []


@pytest.mark.parametrize(
    ("period", "calendar_", "today", "said"),
    [
        ("term", calendar(), TODAY, "The Calendar does not say when the term around 2026-03-18"),
        ("last-term", calendar(), TODAY, "The Calendar does not say when the term around 2026-03-18"),
        # the Calendar only has the break before
        ("term", calendar("2025-12-22..2026-01-02"), TODAY, "The Calendar does not say when the term around 2026-03-18"),
        # two summers with nothing between them do not make a term of eleven months
        ("term", calendar("2025-07-19..2025-08-31", "2026-07-22..2026-08-31"), TODAY, "The Calendar does not say when"),
        # a term that ended a year ago is not the last one
        ("last-term", calendar("2024-07-20..2024-08-31", "2024-12-23..2025-01-03"), TODAY, "The Calendar does not say when"),
        ("term", SCHOOL, date(2026, 4, 1), "2026-04-01 lies in a school break (2026-03-28 to 2026-04-13): --period last-term"),
    ],
)  # fmt: skip
def test_where_the_calendar_does_not_say_when_a_term_is(
    period: str, calendar_: Calendar, today: date, said: str
) -> None:
    with pytest.raises(LedgerError) as caught:
        chosen(period, None, None, calendar_, today)
    assert caught.value.say("en").startswith(said)


def test_in_a_break_the_last_term_is_the_one_before_it() -> None:
    assert chosen("last-term", None, None, SCHOOL, date(2026, 4, 1))[0] == days("2026-01-05..2026-03-27")


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2026-02-01..2026-02-28", "2026-01-01..2026-01-31"),
        ("2024-02-01..2024-02-29", "2024-01-01..2024-01-31"),
        ("2026-02-01..2026-02-27", "2026-01-05..2026-01-31"),
        ("2026-01-01..2026-01-01", "2025-12-31"),
    ],
)
def test_the_period_before(period: str, expected: str) -> None:
    assert before(days(period)) == days(expected)
