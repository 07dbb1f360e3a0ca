"""What a report says, as plain values, for the page, the tab, JSON and the yearly document.

Restricted cases are part of every total and share, and of nothing that a total is broken down to, since a number, topic,
department or date would tell who (docs/design.md#p5.9).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from automation.cases.indicators import Indicator, Value
from sheet_schema import Language


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator in the period and in the one before, of all cases. `value.numbers` are all cases behind it that may
    be named; `restricted` is the number of restricted ones besides."""

    indicator: Indicator
    value: Value
    before: Value
    restricted: int = 0

    @property
    def counts_any(self) -> bool:
        """Whether there was anything to count, in the period or before."""
        return any(value.part or value.whole for value in (self.value, self.before))


@dataclass(frozen=True, slots=True)
class Count:
    """The cases received in the period that fall under one word, none of them restricted. `key` is the choice's key or
    the name in its tab, empty for cases not filled in; `label` is in the ledger's language."""

    key: str
    label: str
    numbers: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.numbers)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The cases received in the period by channel, kind, topic or department. The order is that of the list or tab,
    never by number: no department is ranked on volume (docs/design.md#p1.7). `restricted` counts the restricted cases,
    which are in no line; lines and `restricted` together are all that was received."""

    by: str
    counts: tuple[Count, ...]
    restricted: int


@dataclass(frozen=True, slots=True)
class Month:
    """Cases received and answered in one month, restricted ones included. `first` is its first day."""

    first: date
    received: int
    replied: int


@dataclass(frozen=True, slots=True)
class Age:
    """Open cases received `least` to `most` days ago (`most` None: or more), and how many of them are late; none of them
    restricted."""

    least: int
    most: int | None
    count: int
    late: int


@dataclass(frozen=True, slots=True)
class OpenCases:
    """How many cases are open on the report's day, and how many of them late; `ages` and `restricted` together are all."""

    count: int
    late: int
    ages: tuple[Age, ...]
    restricted: int = 0
    restricted_late: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """A case in a list, never a restricted one. `age` is the days until it was closed, or else until the report."""

    number: str
    received_on: date
    topic: str
    department: str
    step: str
    due_on: date | None
    days_late: int
    age: int


@dataclass(frozen=True, slots=True)
class Superior:
    """A matter from superiors or leaders: their reference, by when they want an answer, and when they got it."""

    case: Listed
    channel: str
    reference: str
    wanted_by: date | None
    fed_back_on: date | None
    in_time: bool | None
    """None while the day has not passed and no answer was given."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder or an escalation that went out. `kind` and `slot` (the role) are keys."""

    kind: str
    slot: str
    on: date


@dataclass(frozen=True, slots=True)
class Earlier:
    """How an earlier case was handled here: when due and answered, days late, who was reminded. No verdict. Never a
    restricted case: beside one that is named, it would tell who brought it."""

    number: str
    department: str = ""
    received_on: date | None = None
    due_on: date | None = None
    replied_on: date | None = None
    days_late: int = 0
    reminded: tuple[Reminded, ...] = ()


@dataclass(frozen=True, slots=True)
class Leapfrog:
    """A case that skipped a level, with what was done here before."""

    case: Listed
    earlier: tuple[Earlier, ...]


@dataclass(frozen=True, slots=True)
class ToldCase:
    """An important, collective or joint case (one for which nobody came), and how leaders learnt of it.

    `seen_at` is when a run first saw it, `alerted` the role (key) and time of each alert, `minutes` the time until the
    first one (None if there was none). `leader_told` and `leader_note` say whether these cells are filled in.
    """

    case: Listed
    people: int
    important: bool
    seen_at: datetime | None
    alerted: tuple[tuple[str, datetime], ...]
    minutes: float | None
    leader_told: bool
    leader_note: bool
    joint: bool = False


@dataclass(frozen=True, slots=True)
class CaseList:
    """Cases by number or worst first, and how many restricted ones there are besides."""

    cases: tuple[Listed, ...]
    restricted: int = 0

    @property
    def count(self) -> int:
        return len(self.cases) + self.restricted


@dataclass(frozen=True, slots=True)
class Integrity:
    """Numbers missing from the Register, numbers gone from Filing, and cases wrong for over a working day."""

    missing: tuple[str, ...]
    vanished: tuple[str, ...]
    invalid: tuple[str, ...]
    restricted: int = 0
    """Restricted cases among those wrong for so long."""


@dataclass(frozen=True, slots=True)
class ReceptionCounts:
    """Reception days of the period that are over, and undertakings that were due in it; `late` are those not done."""

    planned: int
    held: int
    due: int
    kept: int
    late: int


@dataclass(frozen=True)
class Report:
    """The report on a period, as of `now` (the office's clock)."""

    language: Language
    school: str
    phone: str
    period: Period
    before: Period
    now: datetime
    figures: tuple[Figure, ...]
    months: tuple[Month, ...]
    breakdowns: tuple[Breakdown, ...]
    open: OpenCases
    late: CaseList
    superiors: tuple[Superior, ...]
    superiors_restricted: int
    collective: CaseList
    repeats: CaseList
    leapfrog: tuple[Leapfrog, ...]
    leapfrog_restricted: int
    told: tuple[ToldCase, ...]
    told_restricted: int
    integrity: Integrity
    replied: int
    """Everything answered in the period, restricted cases included."""
    receptions: ReceptionCounts | None = None
    """None where reception days are not turned on."""

    @property
    def received(self) -> int:
        """Everything received in the period, restricted cases included."""
        return next(int(one.value.part) for one in self.figures if one.indicator.key == "received")

    @property
    def told_after(self) -> float | None:
        """Median minutes from first seeing a case to its first alert; None if no alert went out."""
        minutes = sorted(one.minutes for one in self.told if one.minutes is not None)
        if not minutes:
            return None
        middle = len(minutes) // 2
        return minutes[middle] if len(minutes) % 2 else (minutes[middle - 1] + minutes[middle]) / 2
