"""What administrators decide: departments, people, topics, rules, deadlines, the ladder, duty and settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from functools import cached_property
from zoneinfo import ZoneInfo

from automation.ledger.calendar import Calendar, CalendarDays
from automation.ledger.directory import Directory, directory_of
from automation.ledger.people import Department, Person
from automation.ledger.rule_days import ALWAYS, RuleDays
from sheet_schema.vocabulary import Kind, Step


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
    about: tuple[str, ...]
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
        return not (self.channels or self.kinds or self.topics or self.identities or self.about or self.keywords)

    @property
    def is_for_few(self) -> bool:
        """Whether the rule singles out who deals with what is confidential: it restricts its cases, or names allegations."""
        return not self.catches_all and (self.restricted or Kind.ALLEGATION.key in self.kinds)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One row of Deadlines. `kind` and `channel` are keys, or `""` for any; `remind_before` is largest first.

    It holds for the cases that begin on its `days`, and with `open_cases` for those as well that are open on the first of them.
    """

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
    days: RuleDays = ALWAYS
    open_cases: bool = False
    wait_up_to: int = 0

    @property
    def precedence(self) -> tuple[int, int, int]:
        """Sorts the most specific row first, then the one that began last, then the upper one (docs/design.md#p3.8)."""
        specific = 0 if self.kind and self.channel else 1 if self.kind else 2 if self.channel else 3
        return specific, self.days.newest_first, self.row


@dataclass(frozen=True, slots=True)
class Rung:
    """One level of the escalation ladder, for the steps that fall due on its `days`."""

    step: str
    level: int
    after: int
    unit: str
    to: tuple[str, ...]
    ask_explanation: bool
    row: int
    days: RuleDays = ALWAYS


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is on duty from `start` to `until` inclusive; who only may be is not `sure`."""

    start: date
    until: date
    person: str
    phone: str
    row: int
    sure: bool = True


@dataclass(frozen=True)
class Settings:
    """The settings by key, as text that their type can read: as typed, else by default. `rows` says where each is."""

    values: Mapping[str, str]
    rows: Mapping[str, int] = field(default_factory=dict)

    def __getitem__(self, key: str) -> str:
        return self.values[key]

    def whole(self, key: str) -> int:
        return int(self.values[key])

    def several(self, key: str) -> tuple[str, ...]:
        """The keys of the words that a setting holds."""
        return tuple(part.strip() for part in self.values[key].split(";") if part.strip())

    def moment(self, key: str) -> time:
        return time.fromisoformat(self.values[key])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.values["time_zone"])


@dataclass(frozen=True, slots=True)
class Tried:
    """The rows that are only tried: they count nowhere (docs/design.md#p3.19). `calendar` has each with the number of its row."""

    deadlines: tuple[Deadline, ...] = ()
    ladder: tuple[Rung, ...] = ()
    calendar: tuple[tuple[int, CalendarDays], ...] = ()


@dataclass(frozen=True)
class Policy:
    """What the administrators decided: every row of their tabs that is correct, in order.

    `named_people` and `named_departments` are everybody who is named in People or Departments at all, also in rows that
    cannot be used, and heads who have no row in People: a name protects its bearer, whatever else is wrong.
    """

    settings: Settings
    departments: tuple[Department, ...]
    people: tuple[Person, ...]
    topics: tuple[Topic, ...]
    rules: tuple[Rule, ...]
    deadlines: tuple[Deadline, ...]
    ladder: tuple[Rung, ...]
    duty: tuple[Duty, ...]
    calendar: Calendar
    named_people: tuple[Person, ...]
    named_departments: tuple[Department, ...]
    wording: Mapping[str, str] = field(default_factory=dict)
    """The office's own sentences in mails, as they can be used, by the key of their block."""
    tried: Tried = Tried()

    def rungs(self, step: str, due_on: date | None) -> tuple[Rung, ...]:
        """The rows of the ladder that hold for a step that is due on this day; without a day all of them."""
        ladder = self.ladder_of_parts if step == Step.PART else self.ladder
        return tuple(rung for rung in ladder if rung.step == step and rung.days.hold_on(due_on))

    @cached_property
    def ladder_of_parts(self) -> tuple[Rung, ...]:
        """The rows of the ladder for the parts of departments also involved: those of Reply where there are none of their own."""
        own = tuple(rung for rung in self.ladder if rung.step == Step.PART)
        return own or tuple(replace(rung, step=Step.PART.key) for rung in self.ladder if rung.step == Step.REPLY)

    @cached_property
    def directory(self) -> Directory:
        """Finds who is meant by what somebody wrote. There is one, and everything asks it."""
        return directory_of(self.named_people, self.named_departments)
