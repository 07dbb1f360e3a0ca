"""The values that all jobs work with: Ledger, Policy and its rows, Problem, Notice, Outcome."""

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
    """Something a person should put right: where it is, what is wrong, what to do, in the ledger's language.

    `tab` and `column` are keys, `row` is the row of the sheet (None: the whole tab). A `warning` never changes a
    status. If `stops`, nothing is written or sent until a person has looked.
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
        """Both sentences; Chinese ones follow each other without a space."""
        gap = "" if self.message.endswith(("。", "？", "！")) else " "
        return f"{self.message}{gap}{self.remedy}".strip()


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that a run will write, to show to people; a run itself works with whole columns (`ColumnChange`)."""

    tab: str
    row: int
    key: str
    column: str
    before: object
    after: object
    why: str


@dataclass(frozen=True, slots=True)
class Filled:
    """Blank cells of one Register column that a step filled in, for History. `why` has a reason for each position."""

    column: str
    positions: Sequence[int]
    why: Sequence[str]


BESIDE = " · "


def holder_of(department: str, handler: str) -> str:
    """Who has a case, as Notices records it: the department, and the handler if there is one."""
    return f"{department}{BESIDE}{handler}" if handler else department


NO_CASE = -1
"""The position (`case_at`) of a notice that is not about one case."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell a person, usually about one case.

    `case_at` is the case's position in the register; a digest or a failure has no case, so no number and NO_CASE.
    `level` rises with time: for a reminder minus the days before the due date, for an escalation its level. `from_day`
    is the first day on which to send it. `slot` is the role, not the person, so that an absence does not send twice;
    a digest's slot is its reader. `holder` says who was given the case (`holder_of`).
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
        """What all notices of one clock share, whatever their level."""
        return (self.kind, self.case_no, self.step, str(self.due_on or ""), self.slot)

    @property
    def key(self) -> str:
        """ "A notice is identified by what started its clock: case, kind, step, due date, level, role slot" (docs/design.md#p6.7)."""
        kind, case_no, step, due_on, slot = self.clock
        return "|".join((case_no, kind, step, due_on, str(self.level), slot))


@dataclass(frozen=True)
class Outcome:
    """What a step returns: the ledger after it, the cells it filled in, the problems it found."""

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
    """One routing rule. A case must meet every condition that is filled in; an empty one matches anything."""

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
        """Whether the rule has no conditions, as the last one should."""
        return not (self.channels or self.kinds or self.topics or self.identities or self.keywords)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One row of Deadlines. `kind` and `channel` are keys, or `""` for any; `remind_before` is largest first."""

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
        """Sorts the most specific row first, then the upper one (docs/design.md#p3.8)."""
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
    """Who is on duty from `start` to `until` inclusive."""

    start: date
    until: date
    person: str
    phone: str
    row: int


@dataclass(frozen=True)
class Settings:
    """The settings by key, as text that their type can read: as typed, else by default. `rows` says where each is."""

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
    """What the administrators decided: every row of their tabs that is correct, in order."""

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
    """The whole workbook, parsed: each tab as a table, and the administrators' tabs as a policy as well.

    `problems` begins with what parsing found: bad cells, missing columns, bad rules.
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
        """The same ledger with these tables in place of its own."""
        return replace(self, tables={**self.tables, **tables})

    def noting(self, problems: Sequence[Problem]) -> Ledger:
        """The same ledger with these problems added."""
        return replace(self, problems=(*self.problems, *problems))


def today(now: datetime) -> np.datetime64:
    """The day of `now`, as a datetime64 like the days in tables."""
    return np.datetime64(now.date(), "D")


def tidy_number(text: str) -> str:
    """A case number as issued: half-width, upper case, without spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()


def local_time(now: datetime, zone: ZoneInfo) -> datetime:
    """The time on the office's clock, without a zone: days begin and end by the time zone in Settings."""
    return now if now.tzinfo is None else now.astimezone(zone).replace(tzinfo=None)
