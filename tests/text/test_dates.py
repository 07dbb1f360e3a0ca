"""Days, months and lengths of time as people say them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from automation.text.dates import (
    day_name,
    for_how_long,
    moment_name,
    month_alone,
    month_name,
    short_day,
    short_month,
    spoken,
)
from sheet_schema import LANGUAGES, Language

TODAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    ("day", "whole", "short"),
    [
        (date(2026, 9, 7), ["7 September", "9月7日"], ["7 Sept", "9月7日"]),
        (date(2025, 12, 26), ["26 December 2025", "2025年12月26日"], ["26 Dec 2025", "2025年12月26日"]),
        (None, ["", ""], ["", ""]),
    ],
)
def test_a_day_has_its_year_if_that_is_not_todays(day: date | None, whole: list[str], short: list[str]) -> None:
    assert [spoken(day, TODAY, language) for language in LANGUAGES] == whole
    assert [short_day(day, TODAY, language) for language in LANGUAGES] == short


@pytest.mark.parametrize(
    ("say", "said"),
    [
        (day_name, ["18 March 2026", "2026年3月18日"]),
        (month_name, ["March 2026", "2026年3月"]),
        (short_month, ["Mar 2026", "2026年3月"]),
        (month_alone, ["Mar", "3月"]),
    ],
)
def test_a_day_or_its_month_by_name(say: Callable[[date, Language], str], said: list[str]) -> None:
    assert [say(TODAY, language) for language in LANGUAGES] == said


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=59), ["less than a minute", "不到1分钟"]),
        (timedelta(minutes=1), ["1 minute", "1分钟"]),
        (timedelta(hours=3, minutes=20), ["3 hours", "3小时"]),
        (timedelta(days=2), ["2 days", "2天"]),
    ],
)
def test_how_long(age: timedelta, words: list[str]) -> None:
    assert [for_how_long(age).say(language) for language in LANGUAGES] == words


def test_a_moment() -> None:
    said = [moment_name(datetime(2026, 3, 18, 9, 5), language) for language in LANGUAGES]
    assert said == ["18 March 2026, 09:05", "2026年3月18日 09:05"]
