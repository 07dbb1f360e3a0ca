"""The words everything is said in: Ledger, Table, Policy, Problem, Change, Outcome."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from automation.ledger.errors import Busy, LedgerError
from automation.ledger.table import Array, Table, blank
from sheet_schema import Language

if TYPE_CHECKING:
    from automation.ledger.calendar import Calendar

__all__ = [
    "NO_CASE",
    "Array",
    "Busy",
    "Change",
    "Deadline",
    "Department",
    "Duty",
    "Filled",
    "Language",
    "Ledger",
    "LedgerError",
    "Notice",
    "Outcome",
    "Person",
    "Policy",
    "Problem",
    "Rule",
    "Rung",
    "Settings",
    "Table",
    "Topic",
    "blank",
    "holder_of",
    "today",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """What a person should look at: where, what is wrong, what to do. Said in the ledger's language.

    `tab` and `column` are keys, `row` is the row of the sheet (None: the tab as a whole). A `warning` never
    changes a status. `stops` means that nothing may be written or sent until a person has looked.
    """

    tab: str
    row: int | None
    column: str
    code: str
    message: str
    remedy: str
    case_no: str = ""
    warning: bool = False
    stops: bool = False

    @property
    def text(self) -> str:
        gap = "" if self.message.endswith(("。", "？", "！")) else " "
        return f"{self.message}{gap}{self.remedy}".strip()


@dataclass(frozen=True, slots=True)
class Change:
    """One cell to be written, as people are shown it. Changes live column-wise until then."""

    tab: str
    row: int
    key: str
    column: str
    before: object
    after: object
    why: str


@dataclass(frozen=True, slots=True)
class Filled:
    """Cells of one Register column that a step filled because they were blank: what History records.

    `positions` point into the register table; `why` has one reason for each.
    """

    column: str
    positions: Sequence[int]
    why: Sequence[str]


BESIDE = " · "


def holder_of(department: str, handler: str) -> str:
    """In whose hands a case is, as Notices remembers it: the department, and the handler where one is named."""
    return f"{department}{BESIDE}{handler}" if handler else department


NO_CASE = -1
"""Stands as the position of a notice that is of no one case."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person is to be told of a case: what started its clock, and in which role they are told.

    `case_at` is the case's position in the register. `level` counts upward: for a reminder the days before the due
    date, negative; for the ladder its level. `from_day` is the day from which it is due. `slot` is the role, not the
    person, so that an absence does not send twice. What is of no one case (a digest, a failure) has no number and
    `case_at` = NO_CASE; a digest's slot is its reader. `holder` says to whom a case was given (`holder_of`).
    """

    kind: str
    case_no: str
    case_at: int
    step: str
    due_on: date | None
    level: int
    slot: str
    from_day: date
    holder: str = ""

    @property
    def clock(self) -> tuple[str, str, str, str, str]:
        """What all levels of one clock have in common."""
        return (self.kind, self.case_no, self.step, str(self.due_on or ""), self.slot)

    @property
    def key(self) -> str:
        """ "A notice is identified by what started its clock: case, kind, step, due date, level, role slot" (docs/design.md#p6.7)."""
        kind, case_no, step, due_on, slot = self.clock
        return "|".join((case_no, kind, step, due_on, str(self.level), slot))


@dataclass(frozen=True)
class Outcome:
    """What a step makes of a ledger: the ledger after it, what it filled, what it found wrong."""

    ledger: Ledger
    filled: tuple[Filled, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Department:
    name: str
    also_called: tuple[str, ...]
    email: str
    head: str
    leader: str
    row: int


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    also_called: tuple[str, ...]
    email: str
    phone: str
    roles: tuple[str, ...]
    digest: str
    absent_from: date | None
    absent_until: date | None
    stand_in: str
    row: int


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    retention: str
    row: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One routing rule. Empty conditions match anything; all that are filled must match."""

    order: float
    state: str
    channels: tuple[str, ...]
    kinds: tuple[str, ...]
    topics: tuple[str, ...]
    identities: tuple[str, ...]
    keywords: tuple[str, ...]
    department: str
    handler: str
    restricted: bool
    copy_to: tuple[str, ...]
    note: str
    row: int

    @property
    def catches_all(self) -> bool:
        return not (self.channels or self.kinds or self.topics or self.identities or self.keywords)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One row of Deadlines. `kind` and `channel` are keys or `""` for any."""

    kind: str
    channel: str
    step: str
    who: str
    starts_from: str
    amount: int
    unit: str
    roll_forward: bool
    extend_up_to: int
    remind_before: tuple[int, ...]
    basis: str
    row: int

    @property
    def precedence(self) -> tuple[int, int]:
        """Lowest wins: kind and channel filled, then kind, then channel, then neither; then the upper row."""
        return (0 if self.kind and self.channel else 1 if self.kind else 2 if self.channel else 3, self.row)


@dataclass(frozen=True, slots=True)
class Rung:
    """One level of the escalation ladder."""

    step: str
    level: int
    after: int
    unit: str
    to: tuple[str, ...]
    ask_explanation: bool
    row: int


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is on duty from `start` to `until`, both included."""

    start: date
    until: date
    person: str
    phone: str
    row: int


@dataclass(frozen=True)
class Settings:
    """The Settings tab by key, as typed or by default; properties give the ones jobs use as what they are."""

    values: Mapping[str, str]
    rows: Mapping[str, int] = field(default_factory=dict)

    def __getitem__(self, key: str) -> str:
        return self.values[key]

    def whole(self, key: str) -> int:
        return int(self.values[key])

    def moment(self, key: str) -> time:
        return time.fromisoformat(self.values[key])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.values["time_zone"])


@dataclass(frozen=True)
class Policy:
    """What administrators decided: every row of their tabs that is right, in order."""

    settings: Settings
    departments: tuple[Department, ...]
    people: tuple[Person, ...]
    topics: tuple[Topic, ...]
    rules: tuple[Rule, ...]
    deadlines: tuple[Deadline, ...]
    ladder: tuple[Rung, ...]
    duty: tuple[Duty, ...]
    calendar: Calendar


@dataclass(frozen=True)
class Ledger:
    """The whole workbook, parsed: every tab as a table, and the administrators' tabs as a policy.

    `problems` are what parsing found (bad cells, missing columns, bad rules).
    """

    language: Language
    tables: Mapping[str, Table]
    policy: Policy
    problems: tuple[Problem, ...] = ()

    @property
    def register(self) -> Table:
        return self.tables["register"]

    @property
    def filing(self) -> Table:
        return self.tables["filing"]

    @property
    def index(self) -> Table:
        return self.tables["index"]

    def having(self, **tables: Table) -> Ledger:
        return replace(self, tables={**self.tables, **tables})

    def noting(self, problems: Sequence[Problem]) -> Ledger:
        return replace(self, problems=(*self.problems, *problems))


def today(now: datetime) -> np.datetime64:
    """The day of `now` as the tables hold days."""
    return np.datetime64(now.date(), "D")


def tidy_number(text: str) -> str:
    """A case number as it was issued, whatever width, case or spaces it was typed in."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()


def local_time(now: datetime, zone: ZoneInfo) -> datetime:
    """The moment as the office's clock shows it, naive: days begin and end by the Settings' time zone."""
    return now if now.tzinfo is None else now.astimezone(zone).replace(tzinfo=None)
