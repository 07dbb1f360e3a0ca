"""Calendars as files (RFC 5545): of each step number, name and day, and what was there before, moved or cancelled.

What a calendar said before is read back from its own file, so that nothing else has to remember it (docs/design.md#p6.16).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from automation.ledger.model import Ledger
from automation.ledger.notices_journal import identity
from automation.steps.calendar_entries import CalendarEntry
from automation.text.catalogue import msg
from sheet_schema import Language
from sheet_schema.vocabulary import NoticeStep

if TYPE_CHECKING:
    from icalendar import Calendar, Event

MADE_BY = "-//letters-and-visits-ledger//calendar//EN"
AT_NINE = timedelta(hours=9)
KEPT_FOR = timedelta(days=365)
"""How long after its day a cancelled entry stays in the file, for calendars that look at it seldom."""
CANCELLED_FOR = timedelta(days=30)
"""The same in mails, which come again and again."""
_SEQUENCE_FROM = datetime(2020, 1, 1, tzinfo=UTC)
_CANCELLED = msg("Cancelled", "calendar")
_TITLE_OF_OFFICE = msg("Due dates: the office", "calendar")
_TITLE = msg("Due dates: {name}", "calendar")


@dataclass(frozen=True)
class Owner:
    """Whose calendar it is: a name, or the office's, which has none. `seed` makes ids that nobody else can work out."""

    name: str
    language: Language
    seed: str


def owner_of(ledger: Ledger, name: str = "") -> Owner:
    """The owner of this name; without one the office. Before the first run there is no seed, and no calendar."""
    first = str(next(iter(ledger.tables["runs"]["history"].tolist()), ""))
    return Owner(name, ledger.language, f"{identity(ledger)}\n{first}" if identity(ledger) else "")


def calendar_file(owner: Owner, entries: Iterable[CalendarEntry], now: datetime, before: bytes = b"") -> bytes:
    """The calendar with these entries; `before` is its file so far. What did not change stays as it was, to the byte; empty if there
    is nothing to say and never was: what is too old to be cancelled does not stay. `now` is aware. Raises ImportError without the
    extra, ValueError if `before` is no calendar of ours.
    """
    from icalendar import Calendar  # an extra

    known = {str(event["uid"]): event for event in _events_in(before)}
    made: dict[str, Event] = {}
    for entry in entries:
        uid = _uid(owner, entry)
        if not entry.ended:
            made[uid] = _as_now(owner, entry, known.get(uid), now)
    for uid, event in known.items():
        if uid not in made and _is_young(event, now):
            made[uid] = event if event.get("status") == "CANCELLED" else _cancelled(owner, uid, event, now)
    if not made and not before:
        return b""
    calendar = _frame(Calendar(), owner)
    for event in sorted(made.values(), key=lambda one: (one.decoded("dtstart"), str(one["uid"]))):
        calendar.add_component(event)
    return _bytes(calendar)


def calendar_for_a_mail(owner: Owner, entries: Iterable[CalendarEntry], now: datetime) -> bytes:
    """The same for a mail, which knows nothing of what was there before: what is done is cancelled in whatever calendar has it."""
    from icalendar import Calendar  # an extra

    calendar = _frame(Calendar(), owner)
    for entry in entries:
        event = _as_now(owner, entry, None, now)
        if entry.ended:
            event = _cancelled(owner, _uid(owner, entry), event, now)
        if not entry.ended or entry.due >= (now - CANCELLED_FOR).date():
            calendar.add_component(event)
    return _bytes(calendar) if calendar.walk("VEVENT") else b""


def is_ours(content: bytes) -> bool:
    """Whether these bytes are a calendar that this program wrote."""
    try:
        _events_in(content)
    except ValueError:
        return False
    return bool(content)


def _events_in(content: bytes) -> list[Event]:
    from icalendar import Calendar  # an extra

    if not content:
        return []
    calendar = Calendar.from_ical(content)
    events: list[Any] = calendar.walk("VEVENT")
    if str(calendar.get("prodid")) != MADE_BY or not all(map(_is_whole, events)):
        raise ValueError
    return events


def _is_whole(event: Event) -> bool:
    """Whether all that is read back of an entry is there."""
    try:
        kinds = tuple(type(event.decoded(key)) for key in ("dtstart", "sequence"))
    except (KeyError, ValueError):
        return False
    return kinds == (date, int) and bool(event.get("uid"))


def _frame(calendar: Calendar, owner: Owner) -> Calendar:
    title = _TITLE.of(name=owner.name) if owner.name else _TITLE_OF_OFFICE
    heads: Mapping[str, str] = {"prodid": MADE_BY, "version": "2.0", "calscale": "GREGORIAN", "method": "PUBLISH"}
    for key, value in {**heads, "x-wr-calname": title.say(owner.language)}.items():
        calendar.add(key, value)
    return calendar


def _uid(owner: Owner, entry: CalendarEntry) -> str:
    """The same for a step of a case in this calendar whenever it is written; of no other calendar, and not to be read back."""
    occasion = (entry.occasion,) if entry.occasion else ()
    content = "\n".join((owner.seed, owner.name, entry.case_no, entry.step, *occasion))
    return f"{sha256(content.encode()).hexdigest()[:32]}@ledger"


def _as_now(owner: Owner, entry: CalendarEntry, before: Event | None, now: datetime) -> Event:
    """The entry as it stands now: as it was in the file if nothing is different, else newer than that."""
    said = f"{entry.case_no} · {NoticeStep.of(entry.step).label(owner.language)}"
    event = _event(_uid(owner, entry), said, before, now)
    event.add("dtstart", entry.due)
    event.add("status", "CONFIRMED")
    for day in entry.alarms:
        event.add_component(_alarm(said, day - entry.due + AT_NINE))
    return before if before is not None and _content(before) == _content(event) else event


def _cancelled(owner: Owner, uid: str, before: Event, now: datetime) -> Event:
    """What takes an entry out of calendars that have it, whatever the reason. It no longer says what it was about."""
    event = _event(uid, _CANCELLED.say(owner.language), before, now)
    event.add("dtstart", before.decoded("dtstart"))
    event.add("status", "CANCELLED")
    return event


def _event(uid: str, said: str, before: Event | None, now: datetime) -> Event:
    from icalendar import Event  # an extra

    event = Event()
    event.add("uid", uid)
    event.add("summary", said)
    sequence = int((now - _SEQUENCE_FROM) / timedelta(minutes=1))
    event.add("sequence", max(sequence, before.decoded("sequence") + 1 if before is not None else 0))
    for key in ("dtstamp", "last-modified"):
        event.add(key, now.astimezone(UTC).replace(microsecond=0))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def _alarm(said: str, before: timedelta) -> Any:
    from icalendar import Alarm  # an extra

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", said)
    alarm.add("trigger", before)
    return alarm


def _content(event: Event) -> tuple[object, ...]:
    """What people see of an entry."""
    alarms = tuple(alarm.decoded("trigger") for alarm in event.walk("VALARM"))
    return str(event.get("summary")), event.decoded("dtstart"), str(event.get("status")), alarms


def _is_young(event: Event, now: datetime) -> bool:
    return bool(event.decoded("dtstart") >= (now - KEPT_FOR).date())


def _bytes(calendar: Calendar) -> bytes:
    made: bytes = calendar.to_ical()
    return made
