"""Days, months and durations as people write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from automation.text.catalogue import Words, plural
from sheet_schema import Language
from sheet_schema.vocabulary import in_language

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
SHORT_MONTHS = tuple(month[:3] for month in MONTHS)
LANG: Mapping[Language, str] = {"en": "en-GB", "zh": "zh-CN"}


def spoken(day: date | None, today: date, language: Language) -> str:
    """Write a day as `17 March` or `3月17日`, with the year unless it is this year's; `""` for None."""
    return _day(day, today, language, MONTHS)


def short_day(day: date | None, today: date, language: Language) -> str:
    """The same with the month cut short: `13 Feb`, `26 Dec 2025`; 2月13日."""
    return _day(day, today, language, SHORT_MONTHS)


def _day(day: date | None, today: date, language: Language, months: Sequence[str]) -> str:
    if day is None:
        return ""
    month, this_year = months[day.month - 1], day.year == today.year
    english = f"{day.day} {month}" if this_year else f"{day.day} {month} {day.year}"
    chinese = f"{day.month}月{day.day}日" if this_year else f"{day.year}年{day.month}月{day.day}日"
    return in_language(language, english, chinese)


def day_name(day: date, language: Language) -> str:
    """Write a day with its year: `17 March 2026`; 2026年3月17日."""
    return spoken(day, date.min, language)


def month_name(first: date, language: Language) -> str:
    """Write a month as `March 2026`; 2026年3月."""
    return in_language(language, f"{MONTHS[first.month - 1]} {first.year}", f"{first.year}年{first.month}月")


def short_month(first: date, language: Language) -> str:
    """Write a month as `Mar 2026`; 2026年3月."""
    return in_language(language, f"{SHORT_MONTHS[first.month - 1]} {first.year}", month_name(first, "zh"))


def month_alone(first: date, language: Language) -> str:
    """Write a month without its year: `Mar`; 3月."""
    return in_language(language, SHORT_MONTHS[first.month - 1], f"{first.month}月")


def for_how_long(age: timedelta) -> Words:
    """A duration in its largest whole unit: 3 h 20 min → "3 hours" / "3 小时"."""
    minutes = int(age.total_seconds()) // 60
    for size, en, zh in ((1440, "day", "天"), (60, "hour", "小时"), (1, "minute", "分钟")):
        if count := minutes // size:
            return Words(f"{count} {plural(en, count, 'en')}", f"{count} {zh}")
    return Words("less than a minute", "不到 1 分钟")
