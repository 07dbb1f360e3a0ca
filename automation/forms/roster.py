"""The list of reception days for the notice board: days, times, places and hosts, and nothing of anybody who came (docs/design.md#p24.11)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from automation.cases.reception_roster import Sitting
from automation.forms.printable import short
from automation.forms.sheet import OFFICE, phone_of, school_of
from automation.ledger.directory import person_named
from automation.ledger.model import Ledger
from automation.text.catalogue import in_a_row, msg, with_note
from automation.text.dates import with_weekday
from sheet_schema import RECEPTIONS, Language
from sheet_schema.vocabulary import Role

_TITLE = msg("Reception days")
_SPAN = msg("{first} to {last}")
_OPEN = msg("to be announced")
_NONE = msg("No reception day is planned yet.")
_CALL = msg("Office: {phone}")
_TITLES = (Role.PRINCIPAL, Role.LEADER, Role.GROUP, Role.DISCIPLINE, Role.HEAD)
"""Which role is somebody's title, the first that they have."""
MOST = 120
"""In characters: more of a cell is cut."""


@dataclass(frozen=True)
class Roster:
    """What stands on the list: each row has day, time, place and host."""

    language: Language
    school: str
    office: str
    title: str
    span: str
    heads: tuple[str, str, str, str]
    rows: Sequence[tuple[str, str, str, str]]
    none: str
    call: str


def roster_of(ledger: Ledger, sittings: Iterable[Sitting], first: date, last: date) -> Roster:
    """The list of these days. One that was cancelled does not stand there."""
    language, phone = ledger.language, phone_of(ledger)
    on, time, place, host = (RECEPTIONS[key].label(language) for key in ("on", "time", "place", "host"))
    return Roster(
        language=language,
        school=school_of(ledger),
        office=OFFICE.say(language),
        title=_TITLE.say(language),
        span=_SPAN.say(language, first=first, last=last),
        heads=(on, time, place, host),
        rows=[_row(ledger, one) for one in sittings if not one.row.was_cancelled],
        none=_NONE.say(language),
        call=_CALL.say(language, phone=phone) if phone else "",
    )


def _row(ledger: Ledger, one: Sitting) -> tuple[str, str, str, str]:
    language = ledger.language
    hosts = in_a_row((_with_title(ledger, name) for name in one.there), language) or _OPEN.say(language)
    return with_weekday(one.day, language), short(one.row.time, MOST), short(one.row.place, MOST), short(hosts, MOST)


def _with_title(ledger: Ledger, name: str) -> str:
    person = person_named(name, ledger.policy.people)
    title = next((role for role in _TITLES if person is not None and role.key in person.roles), None)
    return with_note(name, title.label(ledger.language), ledger.language) if title is not None else name
