"""Reads the days off of a year from the text of a State Council notice (国务院办公厅关于…年部分节假日安排的通知).

Its form has been the same for years: "二、春节：2月15日（周日）至23日（周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。"
What the notice says twice, weekdays and how many days, has to agree with what was read, or nothing is used.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta

from automation.ledger.calendar import CalendarDays
from automation.ledger.errors import LedgerError
from automation.ledger.public_holidays import MAKE_UP
from automation.text.catalogue import msg
from sheet_schema import Language
from sheet_schema.vocabulary import DayKind

_YEAR = re.compile(r"关于\s*(\d{4})\s*年|(\d{4})\s*年[^。\n]{0,12}(?:节假日|放假)|(\d{4})\s*年")
_DAY = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?"
_TOKEN = re.compile(rf"{_DAY}(?:(?:至|到|[-~—–])+{_DAY})?|(放假)|(上班)|共(\d+)天")
_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.]([一-鿿、]{2,14}?):(.*?)(?=[一二三四五六七八九十]{1,3}[、.][一-鿿、]{2,14}?:|\Z)",
    re.DOTALL,
)
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_WEEKDAYS = "一二三四五六日"
_DIFFERS = msg(
    "{holiday}: the notice names another weekday than that of {day}. Is it of another year? Nothing was added."
)
_COUNTS_DIFFER = msg(
    "{holiday}: the notice says {n} days, and {m} were read. Nothing was added; type these days into the Calendar."
)
_NO_YEAR = msg("The notice names no year. Nothing was added.")


def is_notice(text: str) -> bool:
    """Whether the text looks like such a notice."""
    return "放假" in text and _ITEM.search(_plain(text)) is not None


def days_of_notice(text: str, language: Language) -> list[CalendarDays]:
    """The days off and the make-up working days of a notice, sorted. Raises LedgerError if it contradicts itself."""
    plain = _plain(text)
    named = _YEAR.search(plain)
    if named is None:
        raise LedgerError(_NO_YEAR)
    year = int(next(filter(None, named.groups())))
    found = [days for item in _ITEM.finditer(plain) for days in _of_item(item[1], item[2], year, language)]
    return sorted(found, key=lambda days: days.start)


def _plain(text: str) -> str:
    """Half-width, without blanks."""
    return re.sub(r"[^\S\n]+", "", unicodedata.normalize("NFKC", text))


def _of_item(holiday: str, text: str, year: int, language: Language) -> Iterator[CalendarDays]:
    """The days of one holiday: in each sentence a verb says what the days before it are."""
    for sentence in re.split(r"[。;\n]", text):
        waiting: list[tuple[date, date]] = []
        off = 0
        for token in _TOKEN.finditer(sentence):
            if token[3]:
                waiting.append(_range(holiday, token, year))
            elif token[9]:  # 放假
                off = sum((last - first).days + 1 for first, last in waiting)
                for first, last in waiting:
                    yield CalendarDays(first, None if last == first else last, DayKind.HOLIDAY.key, holiday)
                waiting = []
            elif token[10]:  # 上班
                for first, last in waiting:
                    for ahead in range((last - first).days + 1):
                        worked = first + timedelta(days=ahead)
                        yield CalendarDays(worked, None, DayKind.WORKDAY.key, MAKE_UP.say(language, holiday=holiday))
                waiting = []
            elif int(token[11]) != off:
                raise LedgerError(_COUNTS_DIFFER.of(holiday=holiday, n=token[11], m=off))


def _range(holiday: str, token: re.Match[str], year: int) -> tuple[date, date]:
    first = _day(holiday, int(token[1] or year), int(token[2] or 0), int(token[3]), token[4])
    if not token[7]:
        return first, first
    last = _day(holiday, int(token[5] or year), int(token[6] or first.month), int(token[7]), token[8])
    if last < first:  # 12月31日至1月2日
        last = last.replace(year=last.year + 1)
    return first, last


def _day(holiday: str, year: int, month: int, day: int, beside: str | None) -> date:
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise LedgerError(_DIFFERS.of(holiday=holiday, day=f"{year}-{month:02d}-{day:02d}")) from error
    weekday = _WEEKDAY.search(beside or "")
    if weekday is not None and _WEEKDAYS.index(weekday[1].replace("天", "日")) != found.weekday():
        raise LedgerError(_DIFFERS.of(holiday=holiday, day=found.isoformat()))
    return found
