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

from automation.ledger.memo import Memo


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


HEADER_ROW = 1
"""The row of a tab's headers."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Grid:
    """One tab as read. `rows[0]` is row 1 of the sheet, the headers; other rows may be shorter or longer."""

    title: str
    rows: Sequence[Sequence[Cell]]
    memo: Memo = field(default_factory=Memo, compare=False, repr=False)
    """What was worked out from the rows, which nobody changes in place."""


class Restless(NamedTuple):
    """A case whose row did not settle: its changes were undone in each of the last `runs`.

    `columns` are the headers of cells that the workbook shows in two forms, so that they cannot guard the row, and
    `cause` says why: `chip`, `formula`, `image`, `other`; without columns somebody may have typed there each time.
    """

    runs: int = 0
    columns: tuple[str, ...] = ()
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All tabs at one moment. If any cell may have changed, `version` has changed too."""

    grids: Mapping[str, Grid]
    version: str
    journal: Sequence[JournalLine] = ()
    """What `note` kept, oldest first. It counts even where the tabs say otherwise."""
    beside: Sequence[JournalLine] = ()
    """What `note_beside` kept on this computer, oldest first, if that is not in `journal`."""
    torn: Sequence[str] = ()
    """Lines of the journal that cannot be read, as file and number of the line."""
    open_for: timedelta | None = None
    """How long somebody has had the workbook open, so that it cannot be written; None if nobody has."""
    mark: str = ""
    """The version in the mark by which the workbook is known as a ledger; blank if it has none."""
    signed: bool = False
    """Whether the workbook is digitally signed, so that nothing can be written without breaking the signature."""
    restless: Mapping[str, Restless] = field(default_factory=dict)
    """The cases whose rows did not settle in the last runs, by number."""
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
    """Which rows must be written together with a row, or not at all."""

    owner: str = ""
    """The case or setting that the row belongs to; blank for neither. An owner's rows are all written, or none is.

    Assigning case 12 writes a row of the Register and one of History: if somebody just changed the first, neither is
    written.
    """
    group: str = ""
    """The rows of a group are all written, or none is, and with each of them all rows of its owner.

    Cases 3 and 5 are filed together, and Runs gets a digest of both seals: if one cannot be filed, neither is.
    """
    start: str = ""
    """Rows with the same start are written only if all of them are found; from then on each depends on its owner alone.

    Three new lines get the numbers 12 to 14: if one cannot be found, none is written; once written, each is undone on
    its own.
    """
    beside: str = ""
    """The owner with which the row is written when a large commit goes in parts. It does not depend on that owner.

    Index notes that number 12 was issued. That goes in the same part as case 12, and stays if case 12 is undone.
    """
    gets_number: bool = False
    """Whether the row gets its number in this commit. If it had none, it keeps it even if all else there is undone.

    A new line gets number 12 and a department. If somebody just typed there, the department is undone, and the line
    stays number 12.
    """


@dataclass(frozen=True, slots=True)
class TabTerms:
    """The terms on which the rows of a tab are written. Columns are given by their positions."""

    rows: Mapping[int, RowTerms]
    """Every row that a commit writes or moves, or that must not have changed, such as that of a case in a mail."""
    guarded: Sequence[int] = ()
    """The columns whose cells must be as they were read, in each of these rows.

    In the Register: the number, and every column in which people type.
    """
    blank: Sequence[int] = ()
    """The columns whose cells must still be blank, in a row that had nothing in it.

    History gets a new row below the last: if there is text in it by then, the new row must not overwrite it.
    """
    found_by: Sequence[int] = ()
    """The columns by which to find a row that people may have moved. Empty: nobody works in this tab.

    In the Register: the number. Row 7 had number 12; if somebody sorts the tab, it is the row with number 12.
    """
    number_at: int = 0
    """The column with the numbers that tell rows apart; 0: there is none.

    Register, Index and Filing have one. History has none: it names case 12 in as many rows as case 12 had changes.
    """
    claims: bool = False
    """Whether the rows are claims, which say that a mail is about to be sent.

    They stay if their owner is undone; `run/delivery.py` then makes them void, and does not send the mail.
    """


@dataclass(frozen=True, slots=True)
class TabEdit:
    """What a commit writes on one tab. Without `terms` the tab is a page, and always written.

    If there are terms, row 1 has the headers, which must be as they were read. A tab may have several edits, for rows
    or columns that do not depend on each other.
    """

    title: str
    columns: Sequence[ColumnEdit] = field(default_factory=tuple)
    terms: TabTerms | None = None


@dataclass(frozen=True, slots=True)
class RowMove:
    """Whole rows that move from one tab to the end of another, with format, links and notes; the rows below move up.

    `rows` are the rows before any move, `to` the rows they become: empty until this commit. `columns` gives the
    target's column for each column of the source. The edits of both tabs have the rows' terms: each row has the same
    owner and group in both.
    """

    source: str
    target: str
    rows: Sequence[int]
    to: Sequence[int] = ()
    columns: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowsOut:
    """Rows of one tab that are taken out, since they stand in a year book; the rows below move up.

    `rows` are the rows before anything moves.
    """

    title: str
    rows: Sequence[int]


@dataclass(frozen=True, slots=True)
class Notes:
    """Rows of Notices to keep safe at once: as lines for a journal, and as an edit of the tab.

    A row is recognised by its `guarded` cells, wherever it is by then; if it is nowhere, it is added after the last.
    `to_come` is how many more times `note` will be called under the same lock.
    """

    lines: Sequence[JournalLine] = ()
    edit: TabEdit | None = None
    to_come: int = 0

    def __bool__(self) -> bool:
        return bool(self.lines)


NOTHING_NOTED = Notes()


@dataclass(frozen=True, slots=True)
class Commit:
    """All that one commit writes. `edits` give rows as in `snapshot`, before any move; `notes` are kept safe first. What is
    taken `out` goes last."""

    snapshot: Snapshot
    edits: Sequence[TabEdit]
    moves: Sequence[RowMove] = ()
    notes: Notes = NOTHING_NOTED
    out: Sequence[RowsOut] = ()


@dataclass(frozen=True, slots=True)
class Undone:
    """What a commit left out or took back, because somebody changed the row at that very moment."""

    owners: frozenset[str] = frozenset()
    """The owners (cases or settings) whose changes are all undone."""
    claims: bool = False
    """Whether it is no longer known which notices were claimed."""
    as_read: frozenset[str] = frozenset()
    """Those of the owners whose rows are just as they were read, and to which nothing was done but what is derived from them."""


class Workbook(Protocol):
    """A place where a ledger is kept."""

    @property
    def name(self) -> str:
        """What to call it in a message: a file name or a spreadsheet's title."""

    @property
    def journal_apart(self) -> bool:
        """Whether `note` keeps its lines outside the tabs, so that a commit has to write them there."""

    @property
    def most_moves(self) -> int | None:
        """How many rows one commit can move; None for any number."""

    @property
    def most_out(self) -> int | None:
        """How many rows one commit can take out; None for any number."""

    @property
    def calls(self) -> int:
        """Requests sent over the network so far; 0 for a file."""

    @property
    def calls_of_a_commit(self) -> int:
        """How many more requests the commit will take from now on."""

    @property
    def calls_of_a_note(self) -> int:
        """How many more requests each `note` takes."""

    def read(self) -> Snapshot:
        """Read every tab, in one call. Raises LedgerError if that is not possible."""

    def read_whole(self) -> Snapshot:
        """Read every tab for a copy, in which days in the users' own columns and tabs are days too. It takes longer."""

    def lock(self) -> AbstractContextManager[None]:
        """The lock to hold from before the second read until after the commit. Raises Busy if another run has it."""

    def commit(self, commit: Commit) -> Undone:
        """Keep the notes safe, then write all edits and move the rows, or do none of it. Only inside `lock`.

        Where people may be typing, an owner whose row changed since the snapshot is left out altogether. It is among
        what is returned, and no mail may be sent about it.

        Raises Changed if the workbook is no longer as in the snapshot: nothing was written, and the run starts afresh.
        Raises Busy if somebody has the file open, LedgerError if it cannot be written and is as before, and ValueError
        for edits that contradict each other.
        """

    def bound(self, snapshot: Snapshot, move: RowMove) -> Mapping[int, str]:
        """The rows of this move that cannot move whole, and what holds each back.

        That is one of `formula`, `referred`, `merged`, `picture`, `note`, `array`, `control`, `shown`, `unknown`.
        """

    def note(self, notes: Notes) -> None:
        """Keep these safe at once, even while somebody has the workbook open. Every later snapshot has them.

        Only inside `lock`. Raises LedgerError if they cannot be kept.
        """

    def note_beside(self, lines: Sequence[JournalLine]) -> None:
        """Keep these lines safe at once on this computer, in a fraction of the time that a `note` may take.

        A file keeps them in its journal. A Google Sheet keeps them in a file until the next `note`, if it can: a run on
        another computer does without. Only inside `lock`. Raises LedgerError if a journal cannot be written.
        """


class Changed(Exception):  # noqa: N818  (it is not an error: the run just starts afresh)
    """Somebody saved the workbook between the read and the commit. Nothing was written."""


JournalLine = Mapping[str, str | float | None]
"""One row of Notices by column key, with the key of its ledger, or what became of one mail (see `notices_journal`)."""
