"""Days, months and durations as people write them, in the forms of the Unicode CLDR for the language."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache

from automation.text.catalogue import Message, counted, msg
from sheet_schema import Language
from sheet_schema.languages import traits
from sheet_schema.vocabulary import Unit


def spoken(day: date | None, today: date, language: Language) -> str:
    """Write a day as `17 March` or `3月17日`, with the year unless it is this year's; `""` for None."""
    return _day(day, today, language, "MMMMd")


def short_day(day: date | None, today: date, language: Language) -> str:
    """The same with the month cut short: `13 Feb`, `26 Dec 2025`; 2月13日."""
    return _day(day, today, language, "MMMd")


def _day(day: date | None, today: date, language: Language, form: str) -> str:
    if day is None:
        return ""
    return _in_form(day, form if day.year == today.year else f"y{form}", language)


def day_name(day: date, language: Language) -> str:
    """Write a day with its year: `17 March 2026`; 2026年3月17日."""
    return _in_form(day, "yMMMMd", language)


def moment_name(moment: datetime, language: Language) -> str:
    """Write a day and its time: `17 March 2026, 09:05`; 2026年3月17日 09:05."""
    from babel.dates import get_datetime_format  # as below

    form = str(get_datetime_format("medium", locale=traits(language)["locale"]))
    return form.format(moment.strftime("%H:%M"), day_name(moment.date(), language))


def with_weekday(day: date, language: Language) -> str:
    """Write a day with its weekday and year: `Wed, 18 Mar 2026`; 2026年3月18日周三."""
    return _in_form(day, "yMMMEd", language)


def month_name(first: date, language: Language) -> str:
    """Write a month as `March 2026`; 2026年3月."""
    return _in_form(first, "yMMMM", language)


def short_month(first: date, language: Language) -> str:
    """Write a month as `Mar 2026`; 2026年3月."""
    return _in_form(first, "yMMM", language)


def month_alone(first: date, language: Language) -> str:
    """Write a month without its year: `Mar`; 3月."""
    return _in_form(first, "MMM", language)


def year_alone(first: date, language: Language) -> str:
    """Write a year: `2026`; 2026年."""
    return _in_form(first, "y", language)


@cache
def _in_form(day: date, form: str, language: Language) -> str:
    """A day in a form of the CLDR, named by what is in it: `yMMMd` has year, short month and day."""
    from babel.dates import format_skeleton  # a run with nothing to say needs no dates

    return format_skeleton(form, day, locale=traits(language)["locale"])


_UNITS = (
    (1440, counted("{n} day", "{n} days")),
    (60, counted("{n} hour", "{n} hours")),
    (1, counted("{n} minute", "{n} minutes")),
)


_AMOUNTS = {
    Unit.DAY: counted("{n} day", "{n} days", "time limit"),
    Unit.WORKDAY: counted("{n} working day", "{n} working days"),
    Unit.SCHOOLDAY: counted("{n} school day", "{n} school days"),
}


def amount_of(unit: Unit, amount: int) -> Message:
    """So many days of a kind, as a time limit counts them."""
    return _AMOUNTS[unit].of(n=amount)


def for_how_long(age: timedelta) -> Message:
    """A duration in its largest whole unit: 3 h 20 min → "3 hours" / "3 小时"."""
    minutes = int(age.total_seconds()) // 60
    for size, unit in _UNITS:
        if count := minutes // size:
            return unit.of(n=count)
    return msg("less than a minute")
