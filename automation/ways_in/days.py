"""Reads the days of an old register: in the order of day and month that it has, and in the year of its tab.

What the ledger itself reads is read by it (`ledger.typed.written_days`); only what a cell leaves open is settled here, by the rest
of the register.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np

from automation.ledger.typed.cell import Bad, Habits, as_text
from automation.ledger.typed.written_days import OR, month_and_day, one_day
from automation.ledger.workbook import Cell
from automation.ways_in.proposal import DAY_FIRST, MONTH_FIRST, YEAR_FIRST, TabMeant
from sheet_schema.languages import any_of

_NUMBERS = re.compile(r"\D*(\d{1,2})\D+(\d{1,2})\D+(\d{4}|\d{2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_SPAN = re.compile(rf"(?<!\d)((?:19|20)\d{{2}})\s*(?:[-–—/~]|{any_of('periods', 'until')})\s*((?:19|20)?\d{{2}})(?!\d)")
_LATER = timedelta(days=550)
"""A day without a year that follows another does so within a year and a half."""


@dataclass(frozen=True)
class DayReader:
    """How the days of one tab are read. `order` is which comes first: day, month or year."""

    habits: Habits
    order: str
    tab: TabMeant

    def read(self, cell: Cell, after: date | None = None) -> date | Bad | None:
        """The day in a cell; None for a blank one. `after` is the day received: what has no year is not before it."""
        found = one_day(cell, replace(self.habits, year_first=self.order == YEAR_FIRST))
        if isinstance(found, np.datetime64):
            return date.fromisoformat(str(found))
        if not isinstance(found, Bad):
            return None
        if found.code == "no_year" and self.tab.year:
            return self._in_year(as_text(cell), after) or found
        if found.code == "serial_day":
            return date.fromisoformat(found.details["readings"])
        if found.code == "ambiguous_date":
            return self._in_order(as_text(cell), found) or found
        return found

    def _in_year(self, text: str, after: date | None) -> date | None:
        month, day = month_and_day(text, day_first=self.order == DAY_FIRST) or (0, 0)
        years = (after.year, after.year + 1) if after else (self.tab.year + (month < self.tab.begins),)
        for year in years:
            try:
                found = date(year, month, day)
            except ValueError:
                continue
            if after is None or after <= found <= after + _LATER:
                return found
        return None

    def _in_order(self, text: str, found: Bad) -> date | None:
        """The one of the days it could be that has its numbers in the register's order."""
        could_be = {date.fromisoformat(day) for day in found.details["readings"].split(OR)}
        match = _NUMBERS.match(unicodedata.normalize("NFKC", text))
        if match is None:
            return None
        first, second, year = int(match[1]), int(match[2]), int(match[3]) % 100
        day, month = (first, second) if self.order == DAY_FIRST else (second, first)
        return next((one for one in could_be if (one.year % 100, one.month, one.day) == (year, month, day)), None)


def order_of(cells: Iterable[Cell]) -> str:
    """Which comes first in the days of a register, day or month, by those in which one number is above 12; `""` if that
    cannot be told."""
    votes: Counter[str] = Counter()
    for cell in cells:
        if not isinstance(cell, str):
            continue
        match = _NUMBERS.match(unicodedata.normalize("NFKC", cell))
        if match is None or not (1 <= int(match[1]) <= 31 and 1 <= int(match[2]) <= 31):
            continue
        if int(match[1]) > 12 >= int(match[2]):
            votes[DAY_FIRST] += 1
        elif int(match[2]) > 12 >= int(match[1]):
            votes[MONTH_FIRST] += 1
    return votes.most_common(1)[0][0] if votes else ""


def leaves_open(cells: Iterable[Cell], habits: Habits) -> str:
    """The first of these days that could be two; `""` if there is none."""
    for cell in cells:
        if isinstance(cell, str) and isinstance(found := one_day(cell, habits), Bad) and found.code == "ambiguous_date":
            return cell.strip()
    return ""


def year_said(texts: Iterable[str], school_year_begins: int) -> tuple[int, int]:
    """The year that the first of these texts names, and the month in which it begins: 2023/24, 2025年1月至6月; 0 if none does."""
    for text in texts:
        plain = unicodedata.normalize("NFKC", text)
        span = _SPAN.search(plain)
        if span and int(span[2]) % 100 == (int(span[1]) + 1) % 100:
            return int(span[1]), school_year_begins
        years = {int(one) for one in _YEAR.findall(plain)}
        if len(years) == 1:
            return years.pop(), 1
    return 0, 1


def is_day(cell: Cell) -> bool:
    """Whether a cell holds a day, be it one that leaves open which."""
    if isinstance(cell, datetime | date):
        return True
    found = one_day(cell) if isinstance(cell, str) else None
    codes = ("ambiguous_date", "no_year", "serial_day", "no_such_day", "wrong_weekday")
    return isinstance(found, np.datetime64) or (isinstance(found, Bad) and found.code in codes)
