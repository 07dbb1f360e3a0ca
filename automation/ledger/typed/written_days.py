"""Reads a day in whatever clear form people write it, and says of an unclear one which days it could be.

3/2/2026 is 2 March to one reader and 3 February to another, so it is never guessed (docs/design.md#p2.13).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, tzinfo
from functools import partial

import numpy as np

from automation.ledger.serial_days import FIRST_DAY, LAST_DAY, day_of, is_ours
from automation.ledger.typed.cell import NO_HABITS, Bad, Habits, Parsed, Taken, as_text, each_once, plain_moments
from automation.ledger.typed.day_words import (
    folded,
    is_relative,
    month_numbers,
    relative_days,
    sign_of,
    time_words,
    weekday_of,
    weekday_words,
)
from automation.ledger.workbook import Cell
from sheet_schema.languages import any_of

EARLIEST_SHORT, LATEST_SHORT = 2015, 2045
"""The years that two digits can stand for."""
OR = " / "
_DASHES = str.maketrans({**dict.fromkeys("‐‑‒–—−_", "-"), "\\": "/"})
"""A word processor turns a hyphen into one of these: 2026–03–02; a hand slips to the key beside: 2026_03_02."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)? ?(?:z|[+-]\d{2}(?::?\d{2})?)")
_YEAR, _MONTH, _DAY = (sign_of(what) for what in ("year", "month", "day"))
_SEPARATOR = rf"\s*(?:[-/.,\s]|{_YEAR}|{_MONTH})\s*"
_YEAR_FIRST = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})\s*{_DAY}?")
_EIGHT_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT_YEAR_SAID = re.compile(rf"(\d{{2}})\s*{_YEAR}\s*(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})\s*{_DAY}?")
_THREE_NUMBERS = re.compile(r"(\d{1,2})\s*([-/.\s])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})")
_YEAR_SHORT_FIRST = re.compile(r"(\d{2})\s*([-/.\s])\s*(\d{1,2})\s*\2\s*(\d{1,2})")
_SIX_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{2})")
_MONTH_AND_DAY = re.compile(rf"(\d{{1,2}})\s*{_MONTH}\s*(\d{{1,2}})\s*{_DAY}?")
_TWO_NUMBERS = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})")
_NO_DAY = re.compile(rf"(\d{{4}})\s*(?:[-/.]|{_YEAR})\s*(\d{{1,2}})\s*{_MONTH}?|\d{{4}}\s*{_YEAR}?")
_BESIDE = any_of("days", "beside")
_NAMED = r"(?P<month>[^\W\d_]{3,10})\.?"
_NTH = rf"(?P<day>\d{{1,2}}){any_of('days', 'ordinals')}?"
_ITS_YEAR = r"(?P<year>\d{4}|'?\d{2})"
_NAMED_MONTH = [
    re.compile(rf"(?:{_BESIDE} )?{_NTH}(?: {_BESIDE})?[\s,/.-]*{_NAMED}(?:[\s,/.-]*{_ITS_YEAR})?"),
    re.compile(rf"{_NAMED}[\s/.-]*{_NTH}(?:[\s,/-]+{_ITS_YEAR})?"),
    re.compile(rf"{_ITS_YEAR}[\s,/.-]*{_NAMED}[\s,/.-]*{_NTH}"),
]
_HAN_DIGITS = "〇零一二三四五六七八九"
HAN_NUMBER = re.compile(f"[{_HAN_DIGITS}○十廿卅]+")
_HAN_NUMBER_OF_A_DAY = re.compile(rf"{HAN_NUMBER.pattern}(?=\s*(?:{_YEAR}|{_MONTH}|{_DAY}))")


_FIRST, _LAST = np.datetime64(FIRST_DAY, "D"), np.datetime64(LAST_DAY, "D")


def day_column(cells: Sequence[Cell], habits: Habits = NO_HABITS) -> Parsed:
    """The day of each cell. A moment that names its own time zone counts in the office's."""
    said: dict[int, Bad | Taken] = {}
    if (moments := plain_moments(cells)) is not None:
        days = moments.astype("datetime64[D]")
        if np.isnat(days).all() or (np.fmin.reduce(days) >= _FIRST and np.fmax.reduce(days) <= _LAST):
            return days, said
    values = np.full(len(cells), "NaT", dtype="datetime64[D]")
    each_once(cells, values, partial(one_day, habits=habits), said)
    return values, said


def one_day(cell: Cell, habits: Habits = NO_HABITS) -> np.datetime64 | Bad | None:
    """The day in a cell; None for nothing but spaces."""
    day: date | Bad | None
    if isinstance(cell, datetime):
        day = (cell.astimezone(habits.zone) if cell.tzinfo and habits.zone else cell).date()
    elif isinstance(cell, date):
        day = cell
    elif isinstance(cell, bool | time):
        day = Bad("not_a_date", {"value": as_text(cell)})
    elif isinstance(cell, int | float):
        day = _day_of_number(cell, habits)
    else:
        day = date_from_text(str(cell), habits)
    if day is None or isinstance(day, Bad):
        return day
    if not FIRST_DAY <= day <= LAST_DAY:
        return Bad("date_out_of_range", {"value": day.isoformat()})
    return np.datetime64(day, "D")


def _day_of_number(number: float, habits: Habits) -> date | Bad:
    """The day of a number: a serial number that lost its format, or a day written in digits (20260302, 260302, 3.2)."""
    if is_ours(number):
        return day_of(number)
    written = date_from_text(as_text(number), habits)
    if isinstance(written, date) or (isinstance(written, Bad) and written.code != "not_a_date"):
        return written
    if 1 <= number < 2_958_466:
        return day_of(number)  # which is refused, with the year that it shows
    return Bad("not_a_date", {"value": as_text(number)})


def date_from_text(text: str, habits: Habits = NO_HABITS) -> date | Bad | None:
    """The day that a person wrote, or why it is none that is certain; None for nothing but spaces."""
    plain = plainly(text)
    if not plain:
        return None
    value = text.strip()
    if match := _ISO.fullmatch(plain):
        return _one(_real([(match[1], match[2], match[3])]), value)
    if _ISO_MOMENT.fullmatch(plain):
        return _in_zone(plain, value, habits.zone)
    if is_relative(plain):
        return Bad("relative_day", {"value": value})
    written, weekdays = _without_time_and_weekday(plain)
    if is_relative(written):
        return Bad("relative_day", {"value": value})
    if _yearless(written):
        return Bad("no_year", {"value": value})
    if _NO_DAY.fullmatch(written):
        return Bad("no_day", {"value": value})
    parts = _parts(written, year_first=habits.year_first)
    if not parts and plain.isdecimal() and len(plain) < 7 and is_ours(float(plain)):
        return Bad("serial_day", {"value": value, "readings": str(day_of(float(plain)))})
    return _on_weekday(_real(parts), weekdays, value) if parts else Bad("not_a_date", {"value": value})


def days_it_could_be(text: str, written_on: date, *, past: bool) -> list[date]:
    """The days that a text without a year, or one such as 昨天, could mean if it was written on this one.

    In a column of what has happened, `past`, a day without its year is the last such day; elsewhere the nearest.
    """
    plain = plainly(text)
    written, _ = _without_time_and_weekday(plain)
    found = relative_days(plain, written_on) or relative_days(written, written_on)
    if found:
        return found
    days = []
    for month, day in _yearless(written):
        years = (written_on.year - 1, written_on.year, written_on.year + 1)
        same = [one for year in years for one in _real([(year, month, day)]) if not past or one <= written_on]
        days += sorted(same, key=lambda one: abs((one - written_on).days))[:1]
    return sorted(set(days))


def month_and_day(text: str, *, day_first: bool) -> tuple[int, int] | None:
    """The month and the day of a text without a year, in a register that writes days so; None if it is no such text."""
    written, _ = _without_time_and_weekday(plainly(text))
    found = _yearless(written)
    return None if not found else found[-1 if day_first else 0]


def plainly(text: str) -> str:
    """A written day without differences of width, case and spacing, Chinese numerals in digits."""
    signs = unicodedata.normalize("NFKC", text).translate(_DASHES)
    plain = folded(signs.replace("。", ".").replace("、", ".").replace("·", "."))
    return _HAN_NUMBER_OF_A_DAY.sub(in_arabic, plain).rstrip(". ")


def in_arabic(numerals: re.Match[str]) -> str:
    """Chinese numerals in digits: 二〇二六 → 2026, 二十三 → 23."""
    digits = {sign: str(n if n else 0) for n, sign in enumerate(_HAN_DIGITS[1:])} | {"〇": "0", "○": "0"}
    spelled = numerals[0].replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = spelled.partition("十")
    if not ten:
        return "".join(digits[sign] for sign in spelled)
    return str(int("".join(map(digits.__getitem__, tens)) or 1) * 10 + int("".join(map(digits.get, ones)) or 0))  # type: ignore[arg-type]


def _in_zone(plain: str, value: str, zone: tzinfo | None) -> date | Bad:
    try:
        moment = datetime.fromisoformat(plain.upper().replace(" +", "+").replace(" -", "-").replace(" Z", "Z"))
    except ValueError:
        return Bad("no_such_day", {"value": value})
    return (moment.astimezone(zone) if zone else moment).date()


def _without_time_and_weekday(plain: str) -> tuple[str, set[int]]:
    """The text without the time of day, and the weekdays named beside the day."""
    if is_relative(plain):
        return plain, set()
    rest = time_words().sub(" ", plain)
    named = {weekday_of(found[0]) for found in weekday_words().finditer(rest)}
    if not re.search(r"\d", rest):
        return folded(rest), set()
    rest = weekday_words().sub(" ", rest)
    return folded(re.sub(r"[()\[\]]|^[\s,.]+|[\s,.]+$", " ", rest)).strip(" ,."), named


Part = str | int
_Parts = list[tuple[Part, Part, Part]]


def _parts(written: str, *, year_first: bool) -> _Parts:
    """Year, month and day of each day that a text could mean. 26.3.25 begins with its year, or it could be several."""
    if (
        match := _YEAR_FIRST.fullmatch(written)
        or _EIGHT_DIGITS.fullmatch(written)
        or _SHORT_YEAR_SAID.fullmatch(written)
    ):
        return [(match[1], match[2], match[3])]
    for form in _NAMED_MONTH:
        if (match := form.fullmatch(written)) and match["month"] in month_numbers() and match["year"]:
            return [(match["year"].strip("'"), month_numbers()[match["month"]], match["day"])]
    short = _YEAR_SHORT_FIRST.fullmatch(written) or _SIX_DIGITS.fullmatch(written)
    if year_first and short:
        year, *_, month, day = (part for part in short.groups() if part.isdecimal())
        if _real([(year, month, day)]):
            return [(year, month, day)]
    found: _Parts = []
    if match := _THREE_NUMBERS.fullmatch(written):
        found += [(match[4], match[3], match[1]), (match[4], match[1], match[3])]
    if match := _YEAR_SHORT_FIRST.fullmatch(written):
        found.append((match[1], match[3], match[4]))
    if match := _SIX_DIGITS.fullmatch(written):
        found += [(match[1], match[2], match[3]), (match[3], match[2], match[1]), (match[3], match[1], match[2])]
    return found


def _yearless(written: str) -> list[tuple[int, int]]:
    """Month and day of each day that a text without a year could mean."""
    if match := _MONTH_AND_DAY.fullmatch(written):
        return [(int(match[1]), int(match[2]))]
    for form in _NAMED_MONTH[:2]:
        if (match := form.fullmatch(written)) and match["month"] in month_numbers() and not match["year"]:
            return [(month_numbers()[match["month"]], int(match["day"]))]
    if match := _TWO_NUMBERS.fullmatch(written):
        first, second = int(match[1]), int(match[2])
        return [(m, d) for m, d in ((first, second), (second, first)) if _real([(2024, m, d)])]
    return []


def _real(parts: Iterable[tuple[Part, Part, Part]]) -> list[date]:
    """The days among these that exist; a year of two digits is one of our time."""
    days = set()
    for year, month, day in parts:
        short = len(str(year)) <= 2
        full = int(year) + 2000 if short else int(year)
        if short and not EARLIEST_SHORT <= full <= LATEST_SHORT:
            continue
        try:
            days.add(date(full, int(month), int(day)))
        except ValueError:
            continue
    return sorted(days)


def _on_weekday(days: list[date], weekdays: set[int], value: str) -> date | Bad:
    """The one day among these that is the weekday named beside it, if one is."""
    fitting = [day for day in days if day.weekday() in weekdays] if weekdays else days
    if days and not fitting:
        return Bad("wrong_weekday", {"value": value, "readings": OR.join(map(str, days))})
    return _one(fitting, value)


def _one(days: list[date], value: str) -> date | Bad:
    if len(days) == 1:
        return days[0]
    if days:
        return Bad("ambiguous_date", {"value": value, "readings": OR.join(map(str, days))})
    return Bad("no_such_day", {"value": value})
