"""A value as the cell shows it: number formats, dates, and the format of a cell that has none."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from .cells import Failure, Value
from .errors import Json
from .locales import Locale

EPOCH = datetime(1899, 12, 30)
DATES = frozenset({"DATE", "TIME", "DATE_TIME"})
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DATE_TOKEN = re.compile(r'"[^"]*"|\\.|\[h+\]|\[m+\]|\[s+\]|am/pm|a/p|y+|m+|d+|h+|s+|\.0+|.', re.IGNORECASE | re.DOTALL)
_DIGITS = re.compile(r'(?:"[^"]*"|\\.|[^0#?"\\])*')


def shown(value: Value | Failure, number_format: Json | None, locale: Locale) -> str:
    """The text that a person sees in the cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Failure):
        return value.shown
    if isinstance(value, str):
        return str(value)
    kind = (number_format or {}).get("type", "")
    pattern = (number_format or {}).get("pattern") or _pattern(kind, locale)
    if kind in DATES:
        return _date(value, pattern, locale)
    if not pattern or kind == "TEXT":
        return general(value, locale)
    return _number(value, pattern, locale)


def _pattern(kind: str, locale: Locale) -> str:
    return {
        "DATE": locale.date,
        "TIME": locale.time,
        "DATE_TIME": f"{locale.date} {locale.time}",
        "PERCENT": "0.00%",
        "CURRENCY": f'"{locale.currency}"#,##0.00',
        "NUMBER": "#,##0.00",
        "SCIENTIFIC": "0.00E+00",
    }.get(kind, "")


def general(value: float, locale: Locale) -> str:
    """A number in a cell without a number format: ten digits, and powers of ten where it is very large or small."""
    if isinstance(value, int):
        return str(value)
    size = abs(value)
    if size >= 1e15 or size < 1e-9:
        digits, _, power = f"{value:.5E}".partition("E")
        text = f"{digits.rstrip('0').rstrip('.')}E{power[0]}{power[1:].zfill(2)}"
    else:
        text = f"{Decimal(f'{value:.9e}').normalize():f}"
    return text.replace(".", locale.decimal)


def moment(serial: float) -> datetime:
    """The date and time of a serial number, to the millisecond."""
    return EPOCH + timedelta(milliseconds=round(serial * 86_400_000))


@lru_cache(maxsize=256)
def _date_tokens(pattern: str) -> tuple[str, ...]:
    """The parts of a date pattern, in which an `m` next to hours or seconds has become `M` for minutes."""
    tokens = [token if token[0] in '"\\' else token.lower() for token in _DATE_TOKEN.findall(pattern)]
    parts = [place for place, token in enumerate(tokens) if token[0] in "ymdhs["]
    for order, place in enumerate(parts):
        before = tokens[parts[order - 1]] if order else ""
        after = tokens[parts[order + 1]] if order + 1 < len(parts) else ""
        short = tokens[place].startswith("m") and len(tokens[place]) <= 2
        if short and (before.strip("[")[:1] == "h" or after.strip("[")[:1] == "s"):
            tokens[place] = tokens[place].upper()
    return tuple(tokens)


def _date(serial: float, pattern: str, locale: Locale) -> str:
    try:
        when = moment(serial)
    except OverflowError:
        return general(serial, locale)
    tokens = _date_tokens(pattern)
    half_day = any(token in ("am/pm", "a/p") for token in tokens)
    return "".join(_date_part(token, when, serial, half_day) for token in tokens)


def _date_part(token: str, when: datetime, serial: float, half_day: bool) -> str:
    if token[0] == '"':
        return token[1:-1]
    if token[0] == "\\":
        return token[1:]
    hour = (when.hour % 12 or 12) if half_day else when.hour
    size = len(token)
    match token[0]:
        case "y":
            return f"{when.year % 100:02d}" if size <= 2 else f"{when.year:04d}"
        case "m":
            return _named(when.month, _MONTHS[when.month - 1], size)
        case "d":
            return _named(when.day, _DAYS[when.weekday()], size)
        case "h":
            return str(hour).zfill(size)
        case "M":
            return str(when.minute).zfill(size)
        case "s":
            return str(when.second).zfill(size)
        case "[" if size > 2 and token[1] in "hms":
            return str(int(serial * {"h": 24, "m": 1440, "s": 86_400}[token[1]] + 1e-9)).zfill(size - 2)
        case "a" if token == "am/pm":
            return "AM" if when.hour < 12 else "PM"
        case "a" if token == "a/p":
            return "A" if when.hour < 12 else "P"
        case "." if size > 1:
            return f".{when.microsecond // 1000:03d}"[:size]
    return token


def _named(number: int, name: str, size: int) -> str:
    """The number in one or two digits, the name cut to three letters, to one, or whole, by the token's length."""
    if size <= 2:
        return str(number).zfill(size)
    return {3: name[:3], 5: name[:1]}.get(size, name)


def _number(value: float, pattern: str, locale: Locale) -> str:
    """A number by a pattern such as `#,##0.00;(#,##0.00);"none"`, `0%` or `0.00E+00`."""
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', pattern)
    section, sign = sections[0], "-" if value < 0 else ""
    if value < 0 and len(sections) > 1:
        section, sign = sections[1], ""
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    section = re.sub(r"\[[^\]]*\]|_.|\*.", "", section)
    before = _DIGITS.match(section)[0]  # type: ignore[index] # it matches the empty text too
    body = re.match(r"[0#?.,]*(?:E[+-][0#]+)?", section[len(before) :], re.IGNORECASE)[0]  # type: ignore[index]
    after = section[len(before) + len(body) :]
    amount = abs(Decimal(repr(value)))
    amount *= Decimal(100) ** len(re.findall("%", before + after))
    digits = _scientific(amount, body) if "E" in body.upper() else _grouped(amount, body, locale)
    return sign + _literal(before) + digits + _literal(after)


def _grouped(amount: Decimal, body: str, locale: Locale) -> str:
    if not body:
        return ""
    whole_part, _, fraction_part = body.partition(".")
    places = len(fraction_part)
    rounded = amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    whole = whole.lstrip("0").rjust(whole_part.count("0"), "0")
    if "," in whole_part:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", lambda _: locale.group, whole)
    needed = fraction_part.count("0")
    fraction = fraction[:needed] + fraction[needed:].rstrip("0")
    return whole + (locale.decimal + fraction if fraction else "")


def _scientific(amount: Decimal, body: str) -> str:
    mantissa, power = re.split("E", body, flags=re.IGNORECASE)
    places = len(mantissa.partition(".")[2])
    digits, _, exponent = f"{amount:.{places}E}".partition("E")
    return f"{digits}E{exponent[0]}{exponent[1:].zfill(len(power) - 1)}"


def _literal(text: str) -> str:
    return re.sub(r'"([^"]*)"|\\(.)', lambda found: found[1] if found[1] is not None else found[2], text)
