"""What `install` puts into the Calendar: public holidays from the library, or from a notice or a calendar file.

Where a country decrees its days off each year, those that the library only works out are marked as provisional, and give
way to the official ones; what the office typed stays (docs/design.md#p3.13).
"""

from __future__ import annotations

import codecs
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from automation.ledger.calendar import CalendarDays
from automation.ledger.errors import LedgerError
from automation.ledger.holiday_notice import days_of_notice, is_notice
from automation.ledger.ics_days import days_of_calendar_file, is_calendar_file
from automation.ledger.public_holidays import official_days, provisional_mark, years_without_official_days
from automation.ledger.table import Table
from automation.ledger.workbook import Cell, ColumnEdit, TabEdit
from automation.text.catalogue import counted, msg
from sheet_schema import LANGUAGES, Language
from sheet_schema.vocabulary import DayKind

Place = tuple[str, str]
"""A country, and a part of it or blank."""
CalendarRows = list[dict[str, object]]
_UNKNOWN = msg(
    "This program does not know the official days off of {years} yet, announced or not; those in the Calendar are provisional. Once they are announced: `install --holidays` with the notice, or type them in."
)
_ADDED = counted("Added 1 line to the Calendar.", "Added {n} lines to the Calendar.")
_REPLACED = counted(
    "1 provisional line of the Calendar gave way to the official days.",
    "{n} provisional lines of the Calendar gave way to the official days.",
)
_STAYS = msg("Left as you have it in the Calendar: {days}.")
_NOTHING_READ = msg(
    "No days off of {years} were found in {name}: it takes the text of the State Council's notice, or a calendar file (.ics)."
)
_UNREADABLE = msg("{name} cannot be read: {reason}")
_KEYS = ("date", "until", "kind", "name")


def calendar_rows(place: Place, language: Language, now: datetime) -> CalendarRows:
    """The public holidays of this year and the next in a place as Calendar rows, marked where they are not official."""
    country, part = place[0], place[1] or None
    years = [now.year, now.year + 1]
    unknown = set(years_without_official_days(country, years, part))
    return [
        row_of(days, language, provisional=days.start.year in unknown)
        for days in official_days(country, years, part, language)
    ]


def row_of(days: CalendarDays, language: Language, *, provisional: bool = False) -> dict[str, object]:
    """The row as it stands in the sheet."""
    name = days.name + provisional_mark(language) if provisional else days.name
    kind = DayKind.of(days.kind).label(language)
    return {"date": days.start, "until": days.until or "", "kind": kind, "name": name}


def days_in(rows: Sequence[Mapping[str, object]], language: Language) -> list[tuple[date, str]]:
    """The days of Calendar rows by start and kind."""
    kinds = {kind.label(language): kind.key for kind in DayKind}
    return [(_day(row), kinds[str(row["kind"])]) for row in rows]


def entered_days(calendar: Table) -> list[tuple[date, str]]:
    """The days of the Calendar by start and kind."""
    pairs = zip(calendar["date"].tolist(), calendar["kind"].tolist(), strict=True)
    return [(day, kind) for day, kind in pairs if day is not None]


def years_warning(place: Place, days: Collection[tuple[date, str]], language: Language, now: datetime) -> list[str]:
    """A sentence about years of which neither the library nor the Calendar knows the official days, if there are any.

    `days` are the Calendar's by start and kind. A year with a make-up working day is official: somebody entered it.
    """
    unknown = years_without_official_days(place[0], [now.year, now.year + 1], place[1] or None)
    entered = {day.year for day, kind in days if kind == DayKind.WORKDAY.key}
    years = [str(year) for year in unknown if year not in entered]
    return [_UNKNOWN.say(language, years=[*years])] if years else []


@dataclass(frozen=True, slots=True)
class Notice:
    """A file with days off: the text of a notice, or a calendar file. `-` is what somebody pasted."""

    name: str
    text: str

    def days(self, language: Language, now: datetime) -> list[CalendarDays]:
        """Its days; of a calendar file, which may hold many years, those of this year and the next. Raises LedgerError."""
        years = [now.year, now.year + 1]
        found: list[CalendarDays] = []
        if is_calendar_file(self.text):
            found = [days for days in days_of_calendar_file(self.text) if days.start.year in years]
        elif is_notice(self.text):
            found = days_of_notice(self.text, language)
        if not found:
            raise LedgerError(_NOTHING_READ.of(name=self.name, years=[str(year) for year in years]))
        return found


def read_notice(name: str) -> Notice:
    """Read the file. Raises LedgerError."""
    return Notice(name, _text_of(name))


def _text_of(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise LedgerError(_UNREADABLE.of(name=name, reason=error.strerror or str(error))) from error
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


@dataclass(frozen=True)
class NewDays:
    """Days to put into the Calendar: `rows` for it, the sheet's rows of provisional ones that give way, and what stays."""

    rows: Sequence[Mapping[str, object]]
    gives_way: Sequence[int]
    stays: Sequence[str] = ()

    def edit(self, calendar: Table) -> TabEdit:
        """The edit that writes them: first over the rows that give way, then below the last."""
        below = range(calendar.last_row + 1, calendar.last_row + 1 + max(0, len(self.rows) - len(self.gives_way)))
        at = [*self.gives_way, *below]
        lines = [*self.rows, *({} for _ in range(len(at) - len(self.rows)))]
        columns = [ColumnEdit(calendar.at[key], at, [_cell(line.get(key, "")) for line in lines]) for key in _KEYS]
        return TabEdit(calendar.title, tuple(columns))

    def said(self, language: Language) -> list[str]:
        lines = [_ADDED.say(language, n=len(self.rows))] if self.rows else []
        lines += [_REPLACED.say(language, n=len(self.gives_way))] if self.gives_way else []
        return [*lines, *([_STAYS.say(language, days=[*self.stays])] if self.stays else [])]


def _cell(value: object) -> Cell:
    return value  # type: ignore[return-value]


def from_library(calendar: Table, rows: Sequence[Mapping[str, object]], language: Language) -> NewDays:
    """The library's days of each year that has none yet, or only those known before its make-up workdays.

    If the office has a line that starts on the same day, its line stays and ours is left out.
    """
    kinds, starts = calendar["kind"], calendar["date"]
    entered = {day.year for day in starts[kinds == DayKind.WORKDAY.key].tolist() if day is not None}
    known = {day.year for day in starts[kinds == DayKind.HOLIDAY.key].tolist() if day is not None}
    decreed = {_day(row).year for row in rows if row["kind"] == DayKind.WORKDAY.label(language)}
    wanted = {_day(row).year for row in rows} - entered - (known - decreed)
    return _new_days(calendar, [row for row in rows if _day(row).year in wanted], wanted & decreed)


def from_file(calendar: Table, days: Sequence[CalendarDays], language: Language) -> NewDays:
    """The days of a notice or a calendar file, which are official."""
    found = _new_days(calendar, [row_of(one, language) for one in days], {one.start.year for one in days})
    added = {_day(row) for row in found.rows}
    return NewDays(found.rows, found.gives_way, [one.start.isoformat() for one in days if one.start not in added])


def _new_days(calendar: Table, rows: Sequence[Mapping[str, object]], official: Collection[int]) -> NewDays:
    marks = tuple(map(provisional_mark, LANGUAGES))
    lines = list(zip(calendar.rows.tolist(), calendar["date"].tolist(), calendar["name"].tolist(), strict=True))
    gives_way = [row for row, day, name in lines if day is not None and day.year in official and name.endswith(marks)]
    taken = {day for row, day, _ in lines if row not in gives_way}
    return NewDays([row for row in rows if _day(row) not in taken], gives_way)


def _day(row: Mapping[str, object]) -> date:
    day = row["date"]
    assert isinstance(day, date)
    return day
