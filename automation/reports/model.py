"""What a report says, in plain shapes. `gathering` works it out; the page, the tab, the JSON and the yearly document show it.

Of restricted cases a report has counts alone, "suppressed where one or two would tell who": their numbers, topics, departments and
dates are in none of these shapes. Restricted cases enter a figure or a line only where at least `FEW` of them do.
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
    """One indicator in the period, and in the period before.

    `value.numbers` are cases that may be named; `restricted` says how many restricted ones stand beside them (0 or at
    least FEW).
    """

    indicator: Indicator
    value: Value
    before: Value
    restricted: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the cases received in the period fall under one word. `key` is the choice's key or the name in its tab, `""`
    where nothing is filled in; `label` is in the ledger's language. `count` includes the `restricted` ones (0 or at least
    FEW), `numbers` does not."""

    key: str
    label: str
    count: int
    numbers: tuple[str, ...]
    restricted: int = 0


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The cases received in the period by `by`: channel, kind, topic or department, in the order of the list or tab, never by volume:
    "no department is ranked on volume". `apart` are restricted ones that stand in no line, since one or two there would
    tell who; lines and `apart` add up to what was received."""

    by: str
    counts: tuple[Count, ...]
    apart: int


@dataclass(frozen=True, slots=True)
class Month:
    """One of the twelve months up to the period's end (to the report's day, if that is earlier): cases received, restricted
    ones included, and cases answered in it. `first` is its first day."""

    first: date
    received: int
    replied: int


@dataclass(frozen=True, slots=True)
class Age:
    """Open cases that came in `least` to `most` days ago (`most` None: or more), and how many of them are late."""

    least: int
    most: int | None
    count: int
    late: int


@dataclass(frozen=True, slots=True)
class Listed:
    """One case in a list; never a restricted one. `step` is a key, `""` for none; `days_late` is 0 where nothing is late; `age` is the
    days from receipt to closing, or to the report's day."""

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
    """A matter from superiors or leaders: what they call it, until when they want to hear, and when they did."""

    case: Listed
    channel: str
    reference: str
    wanted_by: date | None
    fed_back_on: date | None
    in_time: bool | None
    """None while neither the day is past nor the answer given."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder or a step of the ladder that went out: `kind` and `slot` (the role) are keys."""

    kind: str
    slot: str
    on: date


@dataclass(frozen=True, slots=True)
class Earlier:
    """How an earlier case was handled here: when it was due and answered, how many days late, and who was reminded.
    "Evidence only; no verdict". Never a restricted one: beside a case that is named it would tell who brought it."""

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
class Told:
    """An important or collective case and how its leaders learnt of it.

    `seen_at` is when a run first saw it; `alerted` each alert that went out, by role (key) and when; `minutes` from the one to
    the first of the other, None where no alert went out. `leader_told` and `leader_note` say whether anything stands there.
    """

    case: Listed
    people: int
    important: bool
    seen_at: datetime | None
    alerted: tuple[tuple[str, datetime], ...]
    minutes: float | None
    leader_told: bool
    leader_note: bool


@dataclass(frozen=True, slots=True)
class CaseList:
    """Cases by number order or worst first, and how many restricted ones there are besides (0 where fewer than FEW)."""

    cases: tuple[Listed, ...]
    restricted: int = 0


@dataclass(frozen=True, slots=True)
class Integrity:
    """Numbers missing from the register or from its line, numbers that vanished from Filing, and cases whose rows have been
    wrong for over a working day: "ID gaps, vanished rows, invalid rows > 1 workday"."""

    missing: tuple[str, ...]
    vanished: tuple[str, ...]
    invalid: tuple[str, ...]
    restricted: int = 0
    """How many restricted cases are wrong that long, 0 where fewer than FEW."""


@dataclass(frozen=True)
class Report:
    """A period's report, as of `now` (the office's clock)."""

    language: Language
    school: str
    phone: str
    period: Period
    before: Period
    now: datetime
    figures: tuple[Figure, ...]
    months: tuple[Month, ...]
    breakdowns: tuple[Breakdown, ...]
    ages: tuple[Age, ...]
    late: CaseList
    superiors: tuple[Superior, ...]
    superiors_restricted: int
    collective: CaseList
    repeats: CaseList
    leapfrog: tuple[Leapfrog, ...]
    leapfrog_restricted: int
    told: tuple[Told, ...]
    told_restricted: int
    integrity: Integrity
    replied: int
    """All that was answered in the period, restricted ones included."""

    @property
    def received(self) -> int:
        """All that came in the period, restricted ones included."""
        return sum(count.count for count in self.breakdowns[0].counts) + self.breakdowns[0].apart

    @property
    def told_after(self) -> float | None:
        """The median of the minutes between a run first seeing a case and its first alert; None where there was none."""
        minutes = sorted(one.minutes for one in self.told if one.minutes is not None)
        if not minutes:
            return None
        middle = len(minutes) // 2
        return minutes[middle] if len(minutes) % 2 else (minutes[middle - 1] + minutes[middle]) / 2
