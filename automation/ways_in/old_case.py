"""One case of an old register as it was read, and what in it nobody can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from automation.ledger.cell_names import column_letters
from automation.ledger.workbook import Cell

MOST_TEXT = 30_000
"""So many characters a cell may have; Excel takes 32,767."""
TWO_IN_ONE, TOO_LONG, UNKNOWN_WORD = "two_in_one", "too_long", "not_on_list"
_DONE_ON = (
    "received_on",
    "decided_on",
    "notified_on",
    "replied_on",
    "fed_back_on",
    "review_done_on",
    "second_review_done_on",
)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell whose value must not be guessed: where it stands, what it holds, and why (a code of `ledger.problems`, or one above)."""

    tab: str
    row: int
    column: int
    heading: str
    meant: str
    holds: str
    why: str
    number: str

    @property
    def place(self) -> str:
        return f"{column_letters(self.column)}{self.row}"


@dataclass(frozen=True)
class OldCase:
    """One case of the old register.

    `cells` has the values of the Register's columns by key (choices as their keys), and `as_typed` the texts of those that nobody
    can read, which stay as they are. `rest` is what has no column here. `repeats` is the old number of the case that it repeats;
    `no_repeat` says that it repeats none, and `nameless` that no name was given.
    """

    tab: str
    row: int
    number: str = ""
    cells: Mapping[str, Cell] = field(default_factory=dict)
    as_typed: Mapping[str, str] = field(default_factory=dict)
    closed: bool = False
    closed_on: date | None = None
    archive_no: str = ""
    rest: str = ""
    repeats: str = ""
    no_repeat: bool = False
    nameless: bool = False
    unreadable: tuple[Unreadable, ...] = ()

    @property
    def last_day(self) -> date | None:
        """The day on which it was closed, or the last one of which the old register knows."""
        days = [day for key in _DONE_ON if isinstance(day := self.cells.get(key), date)]
        return self.closed_on or max(days, default=None)
