"""What a person types (or USER_ENTERED sends) becomes: a number, a date, a truth value, a formula, or text."""

from __future__ import annotations

import math
import re
from datetime import datetime
from functools import lru_cache

from .cells import TEXT_FORMAT, Formula, Value, number, typed
from .errors import Json
from .formats import EPOCH
from .locales import Locale

Entry = tuple[Value, Json | None]
"""The value, and the number format that the way of typing it brings along."""

_DATE = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})")
_CHINESE_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_NAMED_DATE = re.compile(rf"(\d{{1,2}})[ -]({_MONTH})[a-z]*\.?,?[ -](\d{{4}})", re.IGNORECASE)
_NAMED_DATE_US = re.compile(rf"({_MONTH})[a-z]*\.? (\d{{1,2}}),? (\d{{4}})", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d)(\.\d+)?)?(?: ?([ap])m)?", re.IGNORECASE)


def entered(text: str, locale: Locale, current_format: Json | None = None) -> Entry:
    """The cell's value for typed text. A cell formatted as text takes everything as text but for the apostrophe."""
    if text.startswith("'"):
        return typed(text[1:]), None
    if text == "":
        return None, None
    if (current_format or {}).get("numberFormat", {}).get("type") == TEXT_FORMAT["type"]:
        return typed(text), None
    if text.startswith("=") and len(text) > 1:
        return Formula(typed(text)), None
    if text[:1] == "+" and len(text) > 1 and _number(text, locale) is None:
        return Formula(typed("=" + text)), None
    if text.strip().upper() in ("TRUE", "FALSE"):
        return text.strip().upper() == "TRUE", None
    return _number(text.strip(), locale) or _when(text.strip(), locale) or (typed(text), None)


@lru_cache(maxsize=32)
def _number_pattern(locale: Locale) -> re.Pattern[str]:
    group, decimal = re.escape(locale.group), re.escape(locale.decimal)
    spaces = r"[\s\u00a0\u202f]" if locale.group.isspace() else group
    currency = re.escape(locale.currency)
    return re.compile(
        rf"(?P<bracket>\()?(?P<sign>[-+])?(?P<currency>{currency} ?)?(?P<sign2>-)?"
        rf"(?P<whole>\d{{1,3}}(?:{spaces}\d{{3}})+|\d+)?(?:{decimal}(?P<fraction>\d*))?"
        rf"(?P<power>E[-+]?\d+)?(?P<after> ?{currency})?(?P<percent> ?%)?(?(bracket)\))",
        re.IGNORECASE,
    )


def _number(text: str, locale: Locale) -> Entry | None:
    """A number with the locale's separators, and with a sign, a currency sign, a percent sign or a power of ten."""
    found = _number_pattern(locale).fullmatch(text)
    if found is None or not (found["whole"] or found["fraction"]):
        return None
    whole = re.sub(r"\D", "", found["whole"] or "0")
    fraction = found["fraction"] or ""
    value = float(f"{whole}.{fraction or '0'}{found['power'] or ''}")
    if math.isinf(value):  # an id such as 8085807e40000000
        return None
    if "-" in (found["sign"], found["sign2"]) or found["bracket"]:
        value = -value
    grouped = whole != (found["whole"] or "0")
    if found["percent"]:
        value = float(repr(value)) / 100
        return number(value), {"type": "PERCENT", "pattern": "0.00%" if fraction else "0%"}
    if found["currency"] or found["after"]:
        return number(value), _currency(locale, before=found["currency"] is not None, cents=bool(fraction))
    if found["power"]:
        return number(value), {"type": "SCIENTIFIC", "pattern": "0.00E+00"}
    if grouped:
        return number(value), {"type": "NUMBER", "pattern": "#,##0.00" if fraction else "#,##0"}
    return number(value), None


def _currency(locale: Locale, *, before: bool, cents: bool) -> Json:
    digits = "#,##0.00" if cents else "#,##0"
    sign = f'"{locale.currency}"'
    return {"type": "CURRENCY", "pattern": sign + digits if before else f"{digits} {sign}"}


def _when(text: str, locale: Locale) -> Entry | None:
    """A date, a time, or a date and a time."""
    day = _day(text, locale)
    if day is not None:
        return day
    clock = _clock(text)
    if clock is not None:
        return clock
    first, space, second = text.replace("T", " ").partition(" ")
    day, clock = _day(first, locale), _clock(second.strip()) if space else None
    if day is None or clock is None or clock[0] >= 1:  # type: ignore[operator]
        return None
    pattern = f"{day[1]['pattern']} {clock[1]['pattern']}"  # type: ignore[index]
    return number(float(day[0]) + float(clock[0])), {  # type: ignore[arg-type]
        "type": "DATE_TIME",
        "pattern": pattern,
    }


def _day(text: str, locale: Locale) -> Entry | None:
    found = _DATE.fullmatch(text)
    if found:
        first, mark, second, third = found[1], found[2], found[3], found[4]
        if len(first) == 4:
            pattern = mark.join(("yyyy", "m" * len(second), "d" * len(third)))
            return _serial(int(first), int(second), int(third), pattern) if len(third) <= 2 else None
        if len(first) > 2 or len(third) == 3:
            return None
        return _local_date(first, second, third, mark, locale)
    found = _CHINESE_DATE.fullmatch(text)
    if found:
        return _serial(int(found[1]), int(found[2]), int(found[3]), 'yyyy"年"m"月"d"日"')
    found = _NAMED_DATE.fullmatch(text)
    if found:
        return _serial(int(found[3]), _month(found[2]), int(found[1]), "d mmm yyyy")
    found = _NAMED_DATE_US.fullmatch(text)
    if found:
        return _serial(int(found[3]), _month(found[1]), int(found[2]), "mmm d, yyyy")
    return None


def _local_date(first: str, second: str, third: str, mark: str, locale: Locale) -> Entry | None:
    """Three numbers in the order of the locale; one that begins with the year may still end with it when typed."""
    short_year = len(third) <= 2
    if locale.order == "ymd" and short_year:
        return _serial(_century(first), int(second), int(third), f"yy{mark}m{mark}d")
    year = _century(third) if short_year else int(third)
    year_pattern = "yy" if short_year else "yyyy"
    if locale.order == "dmy":
        pattern = mark.join(("d" * len(first), "m" * len(second), year_pattern))
        return _serial(year, int(second), int(first), pattern)
    pattern = mark.join(("m" * len(first), "d" * len(second), year_pattern))
    return _serial(year, int(first), int(second), pattern)


def _century(text: str) -> int:
    return int(text) + (2000 if int(text) < 50 else 1900)


def _month(name: str) -> int:
    return _MONTH.split("|").index(name[:3].lower()) + 1


def _serial(year: int, month: int, day: int, pattern: str) -> Entry | None:
    try:
        days = (datetime(year, month, day) - EPOCH).days
    except ValueError:
        return None
    return days, {"type": "DATE", "pattern": pattern}


def _clock(text: str) -> Entry | None:
    found = _TIME.fullmatch(text)
    if not found:
        return None
    hours, minutes, seconds = int(found[1]), int(found[2]), int(found[3] or 0)
    half = (found[5] or "").lower()
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half == "p" else 0)
    value = (hours * 3600 + minutes * 60 + seconds + float(found[4] or 0)) / 86_400
    pattern = ("[hh]" if hours >= 24 else "h") + ":mm" + (":ss" if found[3] else "") + (" am/pm" if half else "")
    return number(value), {"type": "TIME", "pattern": pattern}
