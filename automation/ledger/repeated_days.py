"""Reads a day that comes again and again, as people write it: every Wednesday, 每周三, the first Wednesday of the month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from automation.ledger.typed.day_words import sign_of, time_words, weekday_of, weekday_words
from automation.ledger.typed.written_days import plainly
from sheet_schema.languages import any_of, in_every_language, said_for

LAST_OF_MONTH = 5
"""As `nth`: the last such weekday of the month, whichever that is."""
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class RepeatedDays:
    """These weekdays of every week, or of every other; or the `nth` of each in a month; or a day of every month."""

    weekdays: tuple[int, ...] = ()
    every_other: bool = False
    nth: int = 0
    day_of_month: int = 0

    def between(self, first: date, last: date, since: date) -> list[date]:
        """Its days from `first` to `last`. Every other week counts from the first such day on or after `since`."""
        days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
        return [day for day in days if self._is_one(day, since)]

    def _is_one(self, day: date, since: date) -> bool:
        if self.day_of_month:
            return day.day == self.day_of_month
        if day.weekday() not in self.weekdays:
            return False
        if self.nth == LAST_OF_MONTH:
            return (day + _WEEK).month != day.month
        if self.nth:
            return (day.day - 1) // 7 + 1 == self.nth
        return not self.every_other or (_week_of(day) - _first_week(self.weekdays, since)).days % 14 == 0


def _week_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _first_week(weekdays: tuple[int, ...], since: date) -> date:
    """The week of the first of these weekdays on or after that day."""
    return _week_of(min(since + timedelta(days=(number - since.weekday()) % 7) for number in weekdays))


def repeated_days(text: str) -> RepeatedDays | None:
    """What a text says of a day that comes again; None if it says nothing of the kind."""
    plain = time_words().sub(" ", plainly(text))
    monthly, rest = _taken_out(_words("monthly"), plain)
    nth, rest = _which_of_month(rest) if monthly else (0, rest)
    weekdays, rest = _weekdays_in(rest)  # before every other, since 隔周三 is 隔 and 周三
    other, rest = (False, rest) if nth else _taken_out(_words("other"), rest)
    every, rest = _taken_out(_words("every"), rest)
    plural, rest = _taken_out(_plural(), rest)
    if monthly and not weekdays:
        return _of_month(rest)
    if not weekdays or _says_more(rest):
        return None
    if monthly:
        return RepeatedDays(weekdays, nth=nth) if nth else None
    return RepeatedDays(weekdays, every_other=other) if other or every or plural else None


def _of_month(rest: str) -> RepeatedDays | None:
    sign, ordinals = sign_of("day"), any_of("days", "ordinals")
    found = re.fullmatch(rf"(?:{any_of('repeated_days', 'between')}|\s)*(\d{{1,2}})(?:{sign}|{ordinals})?\s*", rest)
    return RepeatedDays(day_of_month=int(found[1])) if found and 1 <= int(found[1]) <= 31 else None


def _which_of_month(text: str) -> tuple[int, str]:
    for number, pattern in _nths():
        if match := pattern.search(text):
            return number, text[: match.start()] + " " + text[match.end() :]
    return 0, text


def _weekdays_in(text: str) -> tuple[tuple[int, ...], str]:
    """The weekdays named in a text, those of which only the end is written included , and the rest of it."""
    found: list[int] = []
    while match := weekday_words().search(text) or _plural_weekday().search(text):
        word = match["day"] if "day" in match.re.groupindex else match[0]
        found.append(weekday_of(word))
        text = text[: match.start()] + ("\x1f" if match[0] != word else " ") + text[match.end() :]
        begin = word[:-1]
        ends = [name[-1] for name in _all_weekdays() if name[:-1] == begin and not name.isascii()]
        while ends and (
            more := re.match(rf"\s*(?:[.,]|{_between()})?\s*([{''.join(ends)}])(?!\w)", text[match.start() :])
        ):
            found.append(weekday_of(begin + more[1]))
            text = text[: match.start()] + text[match.start() + more.end() :]
    return tuple(sorted(set(found))), text


@cache
def _between() -> str:
    return any_of("repeated_days", "between")


@cache
def _all_weekdays() -> tuple[str, ...]:
    return tuple(name for said in in_every_language("days") for names in said["weekdays"] for name in names)


@cache
def _plural_weekday() -> re.Pattern[str]:
    names = "|".join(sorted((re.escape(name) for name in _all_weekdays() if name.isascii()), key=len, reverse=True))
    return re.compile(rf"(?<![a-z])(?P<day>{names}){any_of('repeated_days', 'plural')}(?![a-z])")


def _plural() -> re.Pattern[str]:
    return re.compile("\x1f")


@cache
def _words(what: str) -> re.Pattern[str]:
    """One of these words; those in letters only as whole words."""
    words = sorted(set(said_for("repeated_days", what)), key=lambda word: (-len(word), word))
    return re.compile(
        "|".join(rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word) for word in words)
    )


@cache
def _nths() -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple(
        (number, re.compile(rf"(?<!\d)(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})"))
        for said in in_every_language("repeated_days")
        for number, names in enumerate(said["nth"], start=1)
    )


def _taken_out(words: re.Pattern[str], text: str) -> tuple[bool, str]:
    rest = words.sub(" ", text)
    return rest != text, rest


def _says_more(rest: str) -> bool:
    """Whether a text says anything beside its days: then it is not understood."""
    return re.sub(r"[\W_]+", "", _words("between").sub(" ", rest)) != ""
