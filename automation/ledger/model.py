"""The values that all jobs work with: the ledger, problems, changes, what a step makes of a ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from automation.ledger.policy import Policy
from automation.ledger.table import Table
from automation.text.catalogue import Message, sentences
from sheet_schema import Language


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should put right: where it is, and in sentences what is wrong and what to do.

    `tab` and `column` are keys, `row` is the row of the sheet (None: the whole tab). A `warning` never changes a
    status. If `stops`, nothing is written or sent until a person has looked.
    """

    tab: str
    row: int | None
    column: str
    code: str
    said: tuple[Message, ...]
    case_no: str = ""
    warning: bool = False
    stops: bool = False

    def say(self, language: Language) -> str:
        """All its sentences in the language of whoever reads them."""
        return sentences((one.say(language) for one in self.said), language)


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


@dataclass(frozen=True)
class Outcome:
    """What a step returns: the ledger after it, the cells it filled in, the problems it found."""

    ledger: Ledger
    filled: tuple[Filled, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Ledger:
    """The whole workbook, parsed: each tab as a table, and the administrators' tabs as a policy as well.

    `problems` begins with what parsing found: bad cells, missing columns, bad rules. `notes` say what a cell of the
    Register is taken for: they stand in its row, and are nobody's fault.
    """

    language: Language
    tables: Mapping[str, Table]
    policy: Policy
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    apart: frozenset[str] = frozenset()
    """The numbers of cases whose rows do not settle: their mails go alone, and no other mail waits for them."""

    @property
    def register(self) -> Table:
        return self.tables["register"]

    @property
    def filing(self) -> Table:
        return self.tables["filing"]

    @property
    def index(self) -> Table:
        return self.tables["index"]

    @property
    def stops(self) -> list[tuple[Message, ...]]:
        """What keeps every run from going on, in words; empty if nothing does."""
        return [one.said for one in self.problems if one.stops]

    def having(self, **tables: Table) -> Ledger:
        """The same ledger with these tables in place of its own."""
        return replace(self, tables={**self.tables, **tables})

    def noting(self, problems: Sequence[Problem]) -> Ledger:
        """The same ledger with these problems added."""
        return replace(self, problems=(*self.problems, *problems))

    def with_notes(self, notes: Sequence[Problem]) -> Ledger:
        """The same ledger with these notes added."""
        return replace(self, notes=(*self.notes, *notes))
