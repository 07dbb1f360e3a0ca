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
from automation.ledger.titles_and_headers import language_of
from automation.ledger.workbook import Cell, ColumnEdit, TabEdit
from automation.text.catalogue import Message, counted, msg, with_note
from automation.workbooks.laid_out import LaidOut
from sheet_schema import LANGUAGES, Language
from sheet_schema.languages import SOURCE
from sheet_schema.vocabulary import DayKind

Place = tuple[str, str]
"""A country, and a part of it or blank."""
CalendarRows = list[dict[str, object]]
_UNKNOWN = msg(
    "This program does not know the official days off of {years} yet, announced or not; those marked so in the Calendar are provisional. Once they are announced: `install --holidays` with the notice, or type them in."
)
_ADDED = counted("Added 1 line to the Calendar.", "Added {n} lines to the Calendar.")
_REPLACED = counted(
    "1 provisional line of the Calendar gave way to the official days.",
    "{n} provisional lines of the Calendar gave way to the official days.",
)
_STILL = msg("Not in {name}, so still provisional in the Calendar: {days}.")
_PASTED = msg("what was pasted")
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


def settled_by(rows: Sequence[Mapping[str, object]], language: Language) -> set[int]:
    """The years whose official days these Calendar rows have: those with a make-up working day, as only a notice names."""
    return {_day(row).year for row in rows if row["kind"] == DayKind.WORKDAY.label(language)}


def settled_years(calendar: Table) -> set[int]:
    """The years whose official days the Calendar has: with a make-up working day, and with no day that is provisional."""
    days = zip(calendar["date"].tolist(), calendar["kind"].tolist(), strict=True)
    entered = {day.year for day, kind in days if day is not None and kind == DayKind.WORKDAY.key}
    return entered - {one.day.year for one in provisional_lines(calendar)}


def years_warning(place: Place, settled: Collection[int], language: Language, now: datetime) -> list[str]:
    """A sentence about years of which neither the library nor the Calendar, which has the `settled`, knows the official days."""
    unknown = years_without_official_days(place[0], [now.year, now.year + 1], place[1] or None)
    years = [str(year) for year in unknown if year not in settled]
    return [_UNKNOWN.say(language, years=[*years])] if years else []


@dataclass(frozen=True, slots=True)
class Notice:
    """A file with days off: the text of a notice, or a calendar file. `-` is what somebody pasted."""

    name: str
    text: str

    @property
    def said_name(self) -> str | Message:
        return _PASTED if self.name == "-" else self.name

    def days(self, language: Language, now: datetime) -> list[CalendarDays]:
        """Its days; of a calendar file, which may hold many years, those of this year and the next. Raises LedgerError."""
        years = [now.year, now.year + 1]
        found: list[CalendarDays] = []
        if is_calendar_file(self.text):
            found = [days for days in days_of_calendar_file(self.text) if days.start.year in years]
        elif is_notice(self.text):
            found = days_of_notice(self.text, language)
        if not found:
            raise LedgerError(_NOTHING_READ.of(name=self.said_name, years=[str(year) for year in years]))
        return found


def read_notice(name: str) -> Notice:
    """Read the file. Raises LedgerError."""
    return Notice(name, _text_of(name))


def readable_notice(name: str, workbook: LaidOut, wanted: Language | None, now: datetime) -> Notice:
    """The notice, read before anything is done. Raises LedgerError, in the language of the ledger, if it cannot be."""
    try:
        notice = read_notice(name)
        notice.days(SOURCE, now)
    except LedgerError as error:
        there = language_of(workbook.read().grids) if workbook.is_there else None
        raise LedgerError(error.message, there or wanted) from error
    return notice


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


@dataclass(frozen=True, slots=True)
class ProvisionalLine:
    """A day off of the Calendar that is not official yet: its row, its first and last day, and its name without the mark."""

    row: int
    day: date
    until: date
    name: str

    def is_meant_by(self, days: CalendarDays) -> bool:
        """Whether days off that are official are this holiday: they overlap, or are called so in the same year."""
        if days.kind != DayKind.HOLIDAY.key:
            return False
        overlaps = days.start <= self.until and self.day <= (days.until or days.start)
        return overlaps or (days.start.year == self.day.year and self.name in days.name)


def provisional_lines(calendar: Table) -> list[ProvisionalLine]:
    """The days off that are not official yet, but for rows that are kept as they were."""
    marks = tuple(map(provisional_mark, LANGUAGES))
    columns = (calendar[key].tolist() for key in ("date", "until", "name", "in_force_until"))
    return [
        ProvisionalLine(row, day, until or day, next(name.removesuffix(mark) for mark in marks if name.endswith(mark)))
        for row, day, until, name, ended in zip(calendar.rows.tolist(), *columns, strict=True)
        if day is not None and name.endswith(marks) and ended is None
    ]


def still_provisional(calendar: Table, notice: Notice, days: Sequence[CalendarDays], language: Language) -> list[str]:
    """A sentence that names the days off of the notice's years that it says nothing of, if there are any."""
    years = {one.start.year for one in days}
    left = [
        with_note(one.name, one.day.isoformat(), language)
        for one in provisional_lines(calendar)
        if one.day.year in years
    ]
    return [_STILL.say(language, name=notice.said_name, days=left)] if left else []


def from_library(calendar: Table, rows: Sequence[Mapping[str, object]], language: Language) -> NewDays:
    """The library's days of each year that has none yet, or only those known before its make-up workdays.

    If the office has a line that starts on the same day, its line stays and ours is left out.
    """
    kinds, starts = calendar["kind"], calendar["date"]
    known = {day.year for day in starts[kinds == DayKind.HOLIDAY.key].tolist() if day is not None}
    decreed = settled_by(rows, language)
    wanted = {_day(row).year for row in rows} - settled_years(calendar) - (known - decreed)
    gives_way = [one.row for one in provisional_lines(calendar) if one.day.year in wanted & decreed]
    return _new_days(calendar, [row for row in rows if _day(row).year in wanted], gives_way)


def from_file(calendar: Table, days: Sequence[CalendarDays], language: Language) -> NewDays:
    """The days of a notice or a calendar file, which are official. Only what it names gives way."""
    gives_way = [one.row for one in provisional_lines(calendar) if any(map(one.is_meant_by, days))]
    found = _new_days(calendar, [row_of(one, language) for one in days], gives_way)
    added = {_day(row) for row in found.rows}
    return NewDays(found.rows, found.gives_way, [one.start.isoformat() for one in days if one.start not in added])


def _new_days(calendar: Table, rows: Sequence[Mapping[str, object]], gives_way: Sequence[int]) -> NewDays:
    lines = zip(calendar.rows.tolist(), calendar["date"].tolist(), strict=True)
    taken = {day for row, day in lines if row not in gives_way}
    return NewDays([row for row in rows if _day(row) not in taken], gives_way)


def _day(row: Mapping[str, object]) -> date:
    day = row["date"]
    assert isinstance(day, date)
    return day
