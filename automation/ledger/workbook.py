"""What every kind of workbook must be able to do, and the values it takes and returns.

A workbook knows tabs, rows and cells, but not what a column means: that is for `sheet_schema` and `ledger.parsing`.
Rows and columns are counted from 1, as a person sees them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that holds a formula. `text` starts with `=`; we never use its last result."""

    text: str


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that holds an error value such as `#REF!`, and no formula."""

    code: str


Cell = str | bool | int | float | date | datetime | time | Formula | CellError
"""One cell as read: `""` if blank. Numbers may come as floats, dates as date or datetime."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One tab as read. `rows[0]` is row 1 of the sheet, the headers; other rows may be shorter or longer."""

    title: str
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All tabs at one moment. If any cell may have changed, `version` has changed too."""

    grids: Mapping[str, Grid]
    version: str
    journal: Sequence[JournalLine] = ()
    """What `note` kept, oldest first. It counts even where the tabs say otherwise."""
    open_for: timedelta | None = None
    """How long somebody has had the workbook open, so that it cannot be written; None if nobody has."""
    unsettled: bool = False
    """Whether a run that died left rows half done; the next read under the lock puts them right."""


@dataclass(frozen=True, slots=True)
class ColumnEdit:
    """New values for some cells of one column of one tab.

    `values` has one value for each of `rows`; `""` empties the cell. A row below the last is added and formatted like
    the row above it. Text is written as text, even if it looks like a formula or a number.
    """

    column: int
    rows: Sequence[int]
    values: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class TabEdit:
    """Everything a commit writes on one tab."""

    title: str
    columns: Sequence[ColumnEdit] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class RowMove:
    """Whole rows of one tab that go to the end of another, with their look, links and notes; those below close up.

    `rows` are the rows as they stand before, `to` where each goes (rows with nothing in them yet, but for cells of the
    same commit), `columns` says which column of the target takes what stands in one of the source.
    """

    source: str
    target: str
    rows: Sequence[int]
    to: Sequence[int]
    columns: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Undone:
    """What of a commit was left out or taken back, because a person changed its row at that very moment: the cases, all of
    whose changes are undone; and whether nobody knows any more which notices were claimed."""

    cases: frozenset[str] = frozenset()
    claims: bool = False


class Workbook(Protocol):
    """A place where a ledger is kept."""

    @property
    def name(self) -> str:
        """What to call it in a message: a file name or a spreadsheet's title."""

    @property
    def journal_apart(self) -> bool:
        """Whether `note` keeps its lines beside the tabs, so that a commit has to fold them in."""

    @property
    def most_moves(self) -> int | None:
        """How many rows one commit can move; None: any number."""

    @property
    def calls(self) -> int:
        """Requests sent over the network so far; 0 where there is none."""

    def calls_by_end(self, notes: int) -> int:
        """How many they will be once a commit was made and `note` called so often."""

    def read(self) -> Snapshot:
        """Every tab, in one call. Raises LedgerError when it cannot be read."""

    def read_whole(self) -> Snapshot:
        """The same for a copy: days in the users' own columns and tabs are days too, whatever it costs."""

    def lock(self) -> AbstractContextManager[None]:
        """Held from before the second read to after the commit. Raises Busy when another run has it."""

    def commit(
        self,
        snapshot: Snapshot,
        edits: Sequence[TabEdit],
        notes: Sequence[JournalLine] = (),
        moves: Sequence[RowMove] = (),
        watched: Collection[str] = (),
        to_come: int = 0,
    ) -> Undone:
        """Write all of `edits`, then move the rows of `moves`, or do none of it; note `notes` just before. Only inside
        `lock`. Edits name rows as they stand before any move. `watched` are cases that mails will speak of, whether or not
        anything is written of them; so often `note` will still be called under this lock.

        Where staff may type all the while, a case whose row changed since the snapshot is left out whole: it is among
        what is returned, and nothing may be sent that speaks of it.

        Raises Changed when the workbook is no longer what `snapshot` read: then nothing was written, and the
        run reads and decides afresh. Raises Busy when a person has the file open. Raises LedgerError when it
        cannot be written, with the workbook as it was.
        """

    def bound(self, snapshot: Snapshot, source: str, target: str, rows: Sequence[int]) -> Mapping[int, str]:
        """Which of these rows cannot go from one tab to the other whole, and what holds each: `formula`, `referred`,
        `merged`, `picture`, `note`, `array`."""

    def note(self, notes: Sequence[JournalLine], to_come: int = 0) -> None:
        """Keep these lines safe at once, also while a person has the workbook open: every later snapshot has them.
        Only inside `lock`; `to_come` as for `commit`. Raises LedgerError."""


class Changed(Exception):  # noqa: N818  (it is news, not an error)
    """Somebody saved the workbook between the read and the commit. Nothing was written."""


JournalLine = Mapping[str, str | float | None]
