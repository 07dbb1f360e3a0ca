"""The words everything is said in: Ledger, Table, Policy, Problem, Change, Outcome.

A `Table` keeps a big tab column-wise. Values are parsed: text is `str` (`""` is blank), dates are
`datetime64[D]` and moments `datetime64[s]` (NaT is blank), ticks are `bool`, whole numbers are floats (NaN is
blank), choices are keys. Steps never change a table in place; they return one with other columns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import numpy as np

from automation.errors import Busy, LedgerError
from sheet_schema import Language, Tab

if TYPE_CHECKING:
    from automation.workdays import Calendar

__all__ = [
    "Array", "Busy", "Change", "Deadline", "Department", "Duty", "Filled", "Language", "Ledger", "LedgerError",
    "Outcome", "Person", "Policy", "Problem", "Rule", "Rung", "Settings", "Table", "Topic",
]  # fmt: skip

Array = np.ndarray[Any, Any]
Made = TypeVar("Made")


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


@dataclass(frozen=True)
class Table:
    """One tab, column-wise. Position i of every array is row `rows[i]` of the sheet.

    `read` holds the cells as they were read, `values` what they mean; both by column key. `at` says in which
    column of the sheet each key stands (from 1); keys whose column is missing are not in `at`.
    `width` is the number of columns in use, the users' own included.
    """

    tab: Tab
    rows: Array
    values: Mapping[str, Array]
    read: Mapping[str, Array]
    at: Mapping[str, int]
    memo: dict[tuple[object, ...], tuple[tuple[object, ...], Any]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def remembered(
        self, make: Callable[..., Made], *of: object, depending_on: tuple[object, ...] = ()
    ) -> Made:
        """`make(*of)`, worked out once for the same objects, in this table and in those made from it.

        `depending_on` names what the result depends on where that is less than the whole of `of`. Arrays are never
        changed in place, so the same array is the same value. The objects are kept with the result, so that their
        identity stays their own.
        """
        what = depending_on or of
        key = (make, *map(id, what))
        kept = self.memo.get(key)
        if kept is None:
            kept = self.memo[key] = (what, make(*of))
        made: Made = kept[1]
        return made

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: str) -> Array:
        return self.values[key]

    def having(self, **columns: Array) -> Table:
        """The same table with other values in these columns."""
        return replace(self, values={**self.values, **columns})

    def extended(self, rows: Sequence[int], **columns: Sequence[Any]) -> Table:
        """The same table with new lines at these rows of the sheet; columns not named are blank there."""
        count = len(rows)
        values = {
            key: np.concatenate([array, _column_of(columns.get(key), array.dtype, count)])
            for key, array in self.values.items()
        }
        read = {
            key: np.concatenate([array, np.full(count, "", dtype=object)]) for key, array in self.read.items()
        }
        return replace(
            self, rows=np.concatenate([self.rows, np.asarray(rows, dtype=np.int64)]), values=values, read=read
        )

    def filling(self, key: str, positions: Array, values: Array) -> Table:
        """The same table with these cells filled, as if they had been read so: what later steps and
        fingerprints see is what the workbook will hold."""
        parsed, read = self.values[key].copy(), self.read[key].copy()
        parsed[positions] = values
        for position, value in zip(positions, parsed[positions], strict=True):
            read[position] = value.item() if isinstance(value, np.generic) else value
        return replace(self, values={**self.values, key: parsed}, read={**self.read, key: read})

    @property
    def last_row(self) -> int:
        """The last row of the sheet in use; 1 (the header) when the tab is empty."""
        return int(self.rows.max()) if len(self.rows) else 1


def blank(dtype: np.dtype[Any]) -> Any:
    """What a blank cell is in an array of that type."""
    return {"O": "", "M": np.datetime64("NaT"), "b": False, "f": np.nan}[dtype.kind]


def _column_of(given: Sequence[Any] | None, dtype: np.dtype[Any], count: int) -> Array:
    if given is None:
        return np.full(count, blank(dtype), dtype=dtype)
    column = np.empty(count, dtype=dtype)
    column[:] = given
    return column


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
