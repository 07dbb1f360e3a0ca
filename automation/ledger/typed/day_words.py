"""The words with which people write days, in every installed language: months, weekdays, yesterday, last Friday."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from sheet_schema.languages import Language, any_of, in_every_language, said_for, traits

WEEK = timedelta(days=7)


def year_first(language: Language) -> bool:
    """Whether people who write this language put the year first, also in a short date."""
    return bool(traits(language)["days"]["year_first"])


@cache
def month_numbers() -> Mapping[str, int]:
    """The number of each month by its name and by the first letters of it."""
    return {
        name[:length]: number
        for said in in_every_language("days")
        for number, name in enumerate(said["months"], start=1)
        for length in {3, 4, len(name)}
    }


@cache
def weekday_words() -> re.Pattern[str]:
    """A weekday in any language."""
    return re.compile(_any(_weekdays(), whole=True))


def weekday_of(word: str) -> int:
    """The number of a weekday, Monday's being 0."""
    return _weekdays()[word]


@cache
def time_words() -> re.Pattern[str]:
    """What people write around the time of a day: `10:30 am`, 上午10时, 09:00Z."""
    words = _any((word for said in in_every_language("days") for word in said["time_words"]), whole=True)
    hour, minute, part = sign_of("hour"), sign_of("minute"), sign_of("part_of_hour")
    clock = rf"\d{{1,2}}\s*(?::|{hour})\s*(?:\d{{1,2}}\s*{minute}?|{part})?(?::\d{{2}}(?:\.\d+)?)?\s*(?:z|utc|gmt)?"
    half_day = rf"(?<![\d.])\d{{1,2}}\s*(?={any_of('days', 'half_days')}(?!\w))"
    return re.compile(rf"(?<=\d)t(?=\d\d:)|{words}|{clock}|{half_day}")


def sign_of(what: str) -> str:
    """A pattern for what stands behind the number of a year, month, day, hour or minute, in any installed language."""
    return any_of("day_signs", what)


def relative_days(text: str, written_on: date) -> list[date]:
    """The days that a text in plain form could mean that was written on this one: 昨天, last Friday, 3 days ago."""
    found = _relative()(text)
    return sorted({one for meant in found for one in meant(written_on)})


def is_relative(text: str) -> bool:
    """Whether a text in plain form means a day only together with the one on which it was written."""
    return bool(_relative()(text))


Meant = Callable[[date], Iterable[date]]


@cache
def _relative() -> Callable[[str], list[Meant]]:
    offsets = {
        folded(word): int(days)
        for said in in_every_language("days")
        for days, words in said["offsets"].items()
        for word in words
    }
    forms = [form for said in in_every_language("days") for form in _week_forms(said)]
    ago = [re.compile(rf"(\d{{1,2}}) ?{re.escape(word)}") for said in in_every_language("days") for word in said["ago"]]

    in_months = [re.compile(form) for form in said_for("days", "in_month")]

    def meant(text: str) -> list[Meant]:
        if text in offsets:
            return [_offset(offsets[text])]
        if found := next((match for one in ago if (match := one.fullmatch(text))), None):
            return [_offset(-int(found[1]))]
        if found := next((found for form in in_months if (found := form.fullmatch(text))), None):
            return [_in_month(**found.groupdict())]
        return [_weekday(weekday_of(match["day"]), week) for form, week in forms if (match := form.fullmatch(text))]

    return meant


def _offset(days: int) -> Meant:
    return lambda written_on: [written_on + timedelta(days=days)]


def _in_month(day: str, last: str | None = None, this: str | None = None) -> Meant:
    """The day of this month or the last, as said; where it is not said, of this one unless that lies ahead."""

    def days(written_on: date) -> Iterable[date]:
        month = written_on.replace(day=1)
        month = (month - timedelta(days=1)).replace(day=1) if last else month
        found = month + timedelta(days=int(day) - 1)
        real = int(day) >= 1 and found.month == month.month
        return [found] if real and (last or this or found <= written_on) else []

    return days


def _week_forms(said: Mapping[str, Any]) -> list[tuple[re.Pattern[str], str]]:
    day = rf"(?P<day>{'|'.join(_longest_first(word for names in said['weekdays'] for word in names))})"

    def before(words: Iterable[str]) -> str:
        return rf"(?:{'|'.join(map(re.escape, _longest_first(words)))}) ?{day}"

    forms = [(day, "bare")]
    forms += [(before(said[week]), week) for week in ("on", "this_week", "last_week", "last") if said[week]]
    if said["week_behind"]:
        forms.append((rf"{day} (?:{'|'.join(_longest_first(said['week_behind']))})", "last_week"))
    return [(re.compile(form), week) for form, week in forms]


def _weekday(number: int, week: str) -> Meant:
    def days(written_on: date) -> Iterable[date]:
        in_this_week = written_on + timedelta(days=number - written_on.weekday())
        passed = in_this_week if in_this_week <= written_on else in_this_week - WEEK
        if week == "this_week":
            return [in_this_week]
        if week == "last_week":
            return [in_this_week - WEEK]
        if week == "last":
            return [passed if passed < written_on else passed - WEEK, in_this_week - WEEK]
        return [passed]

    return days


def folded(word: str) -> str:
    return " ".join(word.casefold().split())


@cache
def _weekdays() -> Mapping[str, int]:
    return {
        word: number
        for said in in_every_language("days")
        for number, names in enumerate(said["weekdays"])
        for word in names
    }


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(set(words), key=lambda word: (-len(word), word))


def _any(words: Iterable[str], *, whole: bool) -> str:
    """One of these words; those in letters only as whole words, so that `mon` is not found in `month`."""
    return (
        "(?:"
        + "|".join(
            rf"(?<![a-z]){re.escape(word)}(?![a-z])" if whole and word.isascii() else re.escape(word)
            for word in _longest_first(words)
        )
        + ")"
    )
