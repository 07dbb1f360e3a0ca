"""What every kind of workbook must be able to do, and the values it takes and returns.

A workbook knows tabs, rows and cells, but not what a column means: that is for `sheet_schema` and `ledger.parsing`.
Rows and columns are counted from 1, as a person sees them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, Protocol


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


class RowTerms(NamedTuple):
    """Whose a row is, and what it stands or falls with."""

    owner: str = ""
    """The case it belongs to, or the setting it answers. All rows of one owner are written or none is. Blank: nobody's,
    the row stands for itself."""
    group: str = ""
    """Rows of one group are written all or none, whosever they are, and with each all that is its owner's."""
    start: str = ""
    """Rows of one start are begun with only where all of them are found; from then on each goes by its owner alone."""
    beside: str = ""
    """The owner in whose part of a large commit it is written, though it does not fall with it."""
    numbered: bool = False
    """The row gets its number here. Where none stood before it keeps it, whatever else is undone there."""


@dataclass(frozen=True, slots=True)
class TabTerms:
    """On what terms the rows of a tab are written.

    `rows` has every row that a commit writes, moves, or wants to stand as it was. In each of them the cells of the columns
    `guarded` must be as they were read; in one that held nothing, those of `blank` must be blank still.
    """

    rows: Mapping[int, RowTerms]
    guarded: Sequence[int] = ()
    blank: Sequence[int] = ()
    found_by: Sequence[int] = ()
    """The columns by which a row is found again where people may have moved it; none: nobody works there."""
    number_at: int = 0
    """The column whose numbers tell the rows apart; 0: there is none."""
    claims: bool = False
    """Rows here are claims: they stay when their owner is left out, since whoever sends mails makes them void."""


@dataclass(frozen=True, slots=True)
class TabEdit:
    """What a commit writes on one tab, on what terms. Without `terms` it is a page, whose rows are nobody's.

    Row 1 of a tab with terms holds its headers, which must be as they were read. A tab may have several edits, with rows
    or columns that stand or fall apart.
    """

    title: str
    columns: Sequence[ColumnEdit] = field(default_factory=tuple)
    terms: TabTerms | None = None


@dataclass(frozen=True, slots=True)
class RowMove:
    """Whole rows of one tab that go to the end of another, with their look, links and notes; those below close up.

    `rows` are the rows as they stand before, `to` where each goes (rows with nothing in them yet, but for cells of the
    same commit), `columns` says which column of the target takes what stands in one of the source. Whose the rows are and
    what they stand or fall with is said in the edits of both tabs, which are of one owner and one group for each pair.
    """

    source: str
    target: str
    rows: Sequence[int]
    to: Sequence[int] = ()
    columns: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notes:
    """What is kept safe at once: as lines of a journal, and as the rows of the tab where it stands in the end.

    A row is known by its `guarded` cells, wherever it stands by then; one that stands nowhere is a new one after the last.
    `to_come` says how often `note` will still be called after this, under the same lock.
    """

    lines: Sequence[JournalLine] = ()
    edit: TabEdit | None = None
    to_come: int = 0

    def __bool__(self) -> bool:
        return bool(self.lines)


NOTHING_NOTED = Notes()


@dataclass(frozen=True, slots=True)
class Commit:
    """All that one commit writes. `edits` name rows as they stand in `snapshot`, before any move; `notes` are what is to be
    safe just before."""

    snapshot: Snapshot
    edits: Sequence[TabEdit]
    moves: Sequence[RowMove] = ()
    notes: Notes = NOTHING_NOTED


@dataclass(frozen=True, slots=True)
class Undone:
    """What of a commit was left out or taken back, because a person changed its row at that very moment: the owners, all of
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

    @property
    def calls_of_a_commit(self) -> int:
        """How many more a commit takes, from where it stands now."""

    @property
    def calls_of_a_note(self) -> int:
        """How many more each `note` takes."""

    def read(self) -> Snapshot:
        """Every tab, in one call. Raises LedgerError when it cannot be read."""

    def read_whole(self) -> Snapshot:
        """The same for a copy: days in the users' own columns and tabs are days too, whatever it costs."""

    def lock(self) -> AbstractContextManager[None]:
        """Held from before the second read to after the commit. Raises Busy when another run has it."""

    def commit(self, commit: Commit) -> Undone:
        """Write all the edits, then move the rows, or do none of it; the notes are safe just before. Only inside `lock`.

        Where staff may type all the while, what is somebody's whose row changed since the snapshot is left out whole: it
        is among what is returned, and nothing may be sent that speaks of it.

        Raises Changed when the workbook is no longer what the snapshot read: then nothing was written, and the
        run reads and decides afresh. Raises Busy when a person has the file open. Raises LedgerError when it
        cannot be written, with the workbook as it was. Raises ValueError for edits that contradict one another.
        """

    def bound(self, snapshot: Snapshot, move: RowMove) -> Mapping[int, str]:
        """Which of these rows cannot go from one tab to the other whole, and what holds each: `formula`, `referred`,
        `merged`, `picture`, `note`, `array`."""

    def note(self, notes: Notes) -> None:
        """Keep these safe at once, also while a person has the workbook open: every later snapshot has them.
        Only inside `lock`. Raises LedgerError."""


class Changed(Exception):  # noqa: N818  (it is news, not an error)
    """Somebody saved the workbook between the read and the commit. Nothing was written."""


JournalLine = Mapping[str, str | float | None]
