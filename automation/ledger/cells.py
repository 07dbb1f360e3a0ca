"""Turns a column of cells into an array of values, by the column's type. A cell that cannot be read becomes a `Bad`.

Equal cells are parsed once, so that a column of a hundred thousand lines takes a few milliseconds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

import numpy as np

from automation.ledger.serial_days import FIRST_DAY, LAST_DAY, day_of, is_ours, moment_of
from automation.ledger.table import Array, blank
from automation.ledger.workbook import Cell, CellError, Formula
from sheet_schema import Column, Type, folded, lookup
from sheet_schema.vocabulary import keys_of

LARGEST_NUMBER = 10_000_000

_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_EIGHT_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})")
_YEARLESS = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_CLOCK_TIME = re.compile(r"[T\s]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")


@dataclass(frozen=True, slots=True)
class Bad:
    """Why a cell cannot be read: a code of `ledger.problems`, and what fills the gaps in its sentence."""

    code: str
    details: dict[str, str] = field(default_factory=dict)


Parsed = tuple[Array, dict[int, Bad]]


def parse_column(column: Column, cells: Sequence[Cell]) -> Parsed:
    """The values of one column (`ledger.table` says which array each type has), and its bad cells by position."""
    if column.choices is not None and column.type is Type.CHOICE:
        return _choice(keys_of(column.also_written) | lookup(column.choices), cells)
    if column.type is Type.TICK:
        return _tick(column, cells)
    return _PARSERS[column.type](cells)


def as_text(cell: Cell) -> str:
    """A cell as a person would type it: 5.0 gives "5", a moment at midnight its date. No digit is lost."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    if isinstance(cell, Formula):
        return cell.text
    if isinstance(cell, CellError):
        return cell.code
    return str(cell)


def _text(cells: Sequence[Cell]) -> Parsed:
    bad: dict[int, Bad] = {}
    values = np.empty(len(cells), dtype=object)
    if set(map(type, cells)) <= {str}:
        values[:] = list(map(str.strip, cells)) if any(cells) else ""  # type: ignore[arg-type]
        return values, bad
    for i, cell in enumerate(cells):
        if isinstance(cell, str):
            values[i] = cell.strip()
        elif (unreadable := _unreadable(cell)) is not None:
            values[i], bad[i] = "", unreadable
        else:
            values[i] = as_text(cell)
    return values, bad


def _unreadable(cell: Cell) -> Bad | None:
    """A formula or an error value is a problem, never a blank (docs/design.md#p2.14)."""
    if isinstance(cell, Formula):
        return Bad("formula")
    if isinstance(cell, CellError):
        return Bad("error_value", {"value": cell.code})
    return None


def _each_once(cells: Sequence[Cell], values: Array, parse: Callable[[Cell], object], bad: dict[int, Bad]) -> None:
    """Parse every cell that is not blank, equal ones once, into `values`; what cannot be parsed goes into `bad`."""
    types = set(map(type, cells))
    # True, 1 and 1.0 are equal as keys, but different cells.
    key_with_type = len(types & {bool, int, float}) > 1
    keys: Sequence[object] = [(type(cell), cell) for cell in cells] if key_with_type else cells
    distinct = dict(zip(keys, cells, strict=True))
    nothing = blank(values.dtype)
    parsed, wrong = dict.fromkeys(distinct, nothing), {}
    for key, cell in distinct.items():
        value = None if isinstance(cell, str) and cell == "" else _unreadable(cell) or parse(cell)
        if isinstance(value, Bad):
            wrong[key] = value
        elif value is not None:
            parsed[key] = value
    if len(parsed) > 1 or "" not in parsed:
        values[:] = [parsed[key] for key in keys]
    if wrong:
        bad.update((i, wrong[key]) for i, key in enumerate(keys) if key in wrong)


def _date(cells: Sequence[Cell]) -> Parsed:
    bad: dict[int, Bad] = {}
    values = np.full(len(cells), "NaT", dtype="datetime64[D]")
    _each_once(cells, values, _one_date, bad)
    return values, bad


def _one_date(cell: Cell) -> np.datetime64 | Bad | None:
    day: date | Bad | None
    if isinstance(cell, datetime):
        day = cell.date()
    elif isinstance(cell, date):
        day = cell
    elif isinstance(cell, bool | time):
        day = Bad("not_a_date", {"value": as_text(cell)})
    elif isinstance(cell, int | float):
        day = _serial(cell)
    else:
        day = date_from_text(str(cell))
    if day is None:
        return None
    if isinstance(day, Bad):
        return day
    if not FIRST_DAY <= day <= LAST_DAY:
        return Bad("date_out_of_range", {"value": day.isoformat()})
    return np.datetime64(day, "D")


def _serial(number: float) -> date | Bad:
    """The day of a serial number, for a date cell that lost its format."""
    if 19_900_101 <= number <= 21_991_231 and number == int(number):  # 20260302, typed without dashes
        return date_from_text(str(int(number))) or Bad("not_a_date", {"value": as_text(number)})
    if not 1 <= number < 2_958_466:
        return Bad("not_a_date", {"value": as_text(number)})
    return day_of(number)


def date_from_text(text: str) -> date | Bad | None:
    """The day that a person wrote, or why it cannot be one; None for nothing but spaces.

    It understands 2026-3-2, 2026/3/2, 2026.3.2, 2026年3月2日, 20260302 and 2 March 2026, in full width too, with or
    without a time of day. 3/2/2026 means two different days to two readers, so it is never guessed.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if not plain:
        return None
    day = _CLOCK_TIME.sub("", plain).strip()
    if match := _YEAR_FIRST.fullmatch(day) or _EIGHT_DIGITS.fullmatch(day):
        return _real_day(text, int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_MONTH.fullmatch(day):
        return _real_day(text, int(match[3]), _month(match[2]), int(match[1]))
    if match := _MONTH_DAY.fullmatch(day):
        return _real_day(text, int(match[3]), _month(match[1]), int(match[2]))
    if match := _YEAR_LAST.fullmatch(day):
        return _year_last(text, int(match[1]), int(match[2]), match[3])
    if _YEARLESS.fullmatch(day):
        return Bad("no_year", {"value": text.strip()})
    return Bad("not_a_date", {"value": text.strip()})


def _year_last(text: str, first: int, second: int, year: str) -> date | Bad:
    if len(year) == 2 or (first <= 12 and second <= 12 and first != second):
        return Bad("ambiguous_date", {"value": text.strip()})
    month, day = (first, second) if second > 12 else (second, first)
    return _real_day(text, int(year), month, day)


def _month(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1 if name[:3] in _MONTHS else 0


def _real_day(text: str, year: int, month: int, day: int) -> date | Bad:
    try:
        return date(year, month, day)
    except ValueError:
        return Bad("not_a_date", {"value": text.strip()})


def _moment(cells: Sequence[Cell]) -> Parsed:
    bad: dict[int, Bad] = {}
    values = np.full(len(cells), "NaT", dtype="datetime64[s]")
    _each_once(cells, values, _one_moment, bad)
    return values, bad


def _one_moment(cell: Cell) -> np.datetime64 | Bad | None:
    if isinstance(cell, datetime):
        return np.datetime64(cell.replace(tzinfo=None), "s")
    if isinstance(cell, float) and is_ours(cell):
        return np.datetime64(moment_of(cell), "s")
    if isinstance(cell, str):
        try:
            return np.datetime64(datetime.fromisoformat(cell.strip()).replace(tzinfo=None), "s")
        except ValueError:
            pass
    day = _one_date(cell)
    return day.astype("datetime64[s]") if isinstance(day, np.datetime64) else day


def _whole(cells: Sequence[Cell]) -> Parsed:
    bad: dict[int, Bad] = {}
    values = np.full(len(cells), np.nan)
    _each_once(cells, values, _one_whole, bad)
    return values, bad


def _one_whole(cell: Cell) -> float | Bad | None:
    if isinstance(cell, str):
        digits = unicodedata.normalize("NFKC", cell).replace(" ", "").rstrip("人名位个")
        if not digits:
            return None if not cell.strip() else Bad("not_whole", {"value": cell})
        if not re.fullmatch(r"[0-9]{1,15}(\.0+)?", digits):
            return Bad("not_whole", {"value": cell.strip()})
        number = float(digits)
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        number = float(cell)
    else:
        return Bad("not_whole", {"value": as_text(cell)})
    if not number.is_integer() or number < 0:
        return Bad("not_whole", {"value": as_text(cell)})
    return number if number <= LARGEST_NUMBER else Bad("too_large", {"value": as_text(number)})


def _tick(column: Column, cells: Sequence[Cell]) -> Parsed:
    bad: dict[int, Bad] = {}
    values = np.zeros(len(cells), dtype=bool)
    ticks, no_ticks = column.ticks, column.no_ticks

    def parse(cell: Cell) -> bool | Bad | None:
        if isinstance(cell, bool):
            return cell
        text = folded(as_text(cell))
        if text in ticks:
            return True
        if not text or text in no_ticks:
            return False
        return Bad("not_a_tick", {"value": as_text(cell).strip()})

    _each_once(cells, values, parse, bad)
    return values, bad


def _choice(known: Mapping[str, str], cells: Sequence[Cell]) -> Parsed:
    """The key of each cell's word, from the keys by spelling."""
    bad: dict[int, Bad] = {}
    values = np.full(len(cells), "", dtype=object)

    def parse(cell: Cell) -> str | Bad | None:
        text = folded(as_text(cell))
        if isinstance(cell, bool) and not cell:
            return None  # somebody put a checkbox where the list was, and it is not ticked
        return known.get(text) or (Bad("not_on_list", {"value": as_text(cell).strip()}) if text else None)

    _each_once(cells, values, parse, bad)
    return values, bad


_PARSERS: dict[Type, Callable[[Sequence[Cell]], Parsed]] = {
    Type.TEXT: _text,
    Type.LONG: _text,
    Type.DATE: _date,
    Type.MOMENT: _moment,
    Type.WHOLE: _whole,
    Type.CHOICE: _text,
    Type.CHOICES: _text,
}


def json_value(value: object) -> object:
    """A cell's value for JSON: dates in ISO form, a blank as null."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value == "" or (isinstance(value, float) and np.isnan(value)):
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Formula | CellError | time):
        return as_text(value)
    return value if isinstance(value, bool | int) else str(value)
