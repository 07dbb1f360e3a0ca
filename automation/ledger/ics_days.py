"""Reads days off from a calendar file (.ics), such as that of gov.uk or of a school's terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from automation.ledger.calendar import CalendarDays
from automation.ledger.errors import LedgerError
from automation.text.catalogue import msg
from sheet_schema.languages import in_every_language
from sheet_schema.vocabulary import DayKind

_WORKED, _CLOSED = (
    re.compile("|".join(said[kind] for said in in_every_language("calendar_files")), re.IGNORECASE)
    for kind in ("worked", "closed")
)
_ESCAPED = re.compile(r"\\([\\;,nN])")


def is_calendar_file(text: str) -> bool:
    return "BEGIN:VCALENDAR" in text.upper()


def days_of_calendar_file(text: str) -> list[CalendarDays]:
    """The whole days of the file's events, sorted: school breaks and make-up working days by their names, all others off.

    Raises LedgerError for an event that repeats, since each year has its own days.
    """
    return sorted((_of_event(event) for event in _events(text) if "DTSTART" in event), key=lambda days: days.start)


def _events(text: str) -> Iterator[Mapping[str, str]]:
    """The properties of each event by name, without their parameters. Long lines are folded: the rest begins with a blank."""
    event: dict[str, str] | None = None
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        name, _, value = line.partition(":")
        name = name.partition(";")[0].strip().upper()
        if (name, value.strip().upper()) == ("BEGIN", "VEVENT"):
            event = {}
        elif name == "END" and event is not None:
            yield event
            event = None
        elif event is not None:
            event.setdefault(name, value.strip())


def _of_event(event: Mapping[str, str]) -> CalendarDays:
    name = _ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], event.get("SUMMARY", "")).strip()
    if "RRULE" in event:
        raise LedgerError(
            msg("“{name}” repeats in that file; only single days and periods are read. Nothing was added.").of(
                name=name
            )
        )
    first, last = _date(event["DTSTART"]), _last(event)
    kind = DayKind.WORKDAY if _WORKED.search(name) else DayKind.CLOSED if _CLOSED.search(name) else DayKind.HOLIDAY
    return CalendarDays(first, last if last > first else None, kind.key, name)


def _last(event: Mapping[str, str]) -> date:
    """The last day. The end of whole days, and an end at midnight, is the day after."""
    first = _date(event["DTSTART"])
    if weeks_or_days := re.fullmatch(r"P(\d+)([WD])", event.get("DURATION", "")):
        return first + timedelta(days=int(weeks_or_days[1]) * (7 if weeks_or_days[2] == "W" else 1) - 1)
    if "DTEND" not in event:
        return first
    end, time = _date(event["DTEND"]), event["DTEND"][9:15]
    return end if time and time != "000000" else end - timedelta(days=1)


def _date(text: str) -> date:
    found = re.match(r"(\d{4})(\d{2})(\d{2})", text)
    try:
        return date(*map(int, found.groups())) if found else date.min
    except ValueError:
        return date.min
