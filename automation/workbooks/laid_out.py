"""What `install`, `copy`, `backup` and `check` need of a workbook, beyond what every run does with it.

Both kinds can be laid out and filled. What only one kind has (a file of its own, or a place on the network) is a value
that is None for the other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from automation.ledger.names.passages import Sought
from automation.ledger.sift import Sift
from automation.ledger.workbook import Cell, Commit, Notes, RowMove, RowsOut, Snapshot, TabEdit, Workbook
from sheet_schema import Language

if TYPE_CHECKING:
    from automation.pages.newer_words import NewerWords
    from automation.pages.tables import StartRows
    from automation.workbooks.file_rights import Rights


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole ledger in one language.

    It has the rows of its tabs by column key, the users' own columns as edits of the newly laid out tabs, and their own
    tabs cell by cell.
    """

    language: Language
    rows: StartRows
    own_columns: Sequence[TabEdit] = ()
    own_tabs: Mapping[str, Sequence[Sequence[Cell]]] = field(default_factory=dict)
    book_of: int | None = None
    """The year if it is a year book, which gets a mark of its own; None for a ledger."""


@dataclass(frozen=True, slots=True)
class Scour:
    """What to take out of a file beside its cells: what is known of somebody anywhere, and all that hangs on these rows, by tab title.

    Where the case is not erased as a `whole`, of the notes and links of its rows only what speaks of the petitioner.
    """

    sought: Sought
    rows: Mapping[str, Collection[int]]
    whole: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The state of a workbook, and what a person should look at, in sentences."""

    facts: tuple[str, ...]
    findings: tuple[str, ...]


NOTHING_FOUND = Found((), ())


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """How to look a workbook over: in which language and time zone (that of Settings), and at what time (aware)."""

    language: Language
    zone: tzinfo
    now: datetime


class Tried(Protocol):
    """The result of testing the assumptions about Google."""

    @property
    def failed(self) -> Sequence[str]:
        """The keys of the assumptions that do not hold."""

    def lines(self, language: Language) -> Iterator[str]:
        """One line for each assumption."""


class OwnFile(Protocol):
    """The file of a local workbook."""

    @property
    def as_read(self) -> str:
        """One word for the file as last read, its journal included; blank if somebody had it open or seemed to."""

    @property
    def name(self) -> str:
        """What to call it in a message."""

    def data(self) -> bytes:
        """Its whole content. Raises LedgerError."""

    def replace(self, data: bytes, version: str, notes: Notes) -> None:
        """Replace its content if its version is still `version`, after backing it up. Raises Changed, Busy or LedgerError."""

    def read_for_run(self, sift: Sift) -> Snapshot:
        """Read every tab; in large ones the rows that are over may be left blank. Raises LedgerError."""

    def keep_what_was_read(self) -> None:
        """Keep beside it what `read_for_run` found, so that the next need not read again what is the same."""

    def rights_beside(self) -> Rights | None:
        """Whose is what lies beside it; None while it does not exist. Raises OSError."""

    def create(self, data: bytes, rights: Rights | None = None) -> None:
        """Write the file, which must not exist yet, for whoever has these rights (None: as any new file). Raises LedgerError."""

    def refuse_taken(self) -> None:
        """Raises LedgerError if the file exists."""

    def copy_into(self, folder: Path | None, snapshot: Snapshot) -> Path:
        """Put a dated copy of the file, as `snapshot` read it, into a folder (None: the usual one), with its checksum.

        Returns the copy's path. Raises LedgerError.
        """


class Online(Protocol):
    """What can be asked about a workbook on the network."""

    def look_over(self, snapshot: Snapshot, viewpoint: Viewpoint) -> Found:
        """Look it over. Raises LedgerError."""

    def probed(self, now: datetime) -> Tried:
        """Test the assumptions about Google. Raises LedgerError."""


@dataclass(frozen=True, slots=True)
class BookAsCopy:
    """A year book made of the ledger's own file: without the rows that are `out`, and with `pages` on which nothing is open."""

    out: Sequence[RowsOut]
    pages: Sequence[TabEdit]


@dataclass(frozen=True, slots=True)
class BookFilled:
    """A year book that is filled where it stands: laid out with `contents`, without the `strays` of a closing that died, with
    the `lines` that it lacks as it was read, and with the `looks` of rows, as if these had moved. Each is worked out only when
    it is needed."""

    contents: Callable[[], Contents]
    strays: Callable[[Snapshot], Commit | None]
    lines: Callable[[Snapshot], Sequence[TabEdit]]
    looks: Callable[[Snapshot], Sequence[RowMove]]


@dataclass(frozen=True, slots=True)
class YearBook:
    """The book of a year, in the one way or the other."""

    year: int
    copied: BookAsCopy
    filled: BookFilled


class LaidOut(Workbook, Protocol):
    """A workbook that can be laid out as a ledger and filled."""

    @property
    def is_there(self) -> bool:
        """Whether the workbook exists; `transcribe` makes a new one."""

    @property
    def takes_a_new_ledger(self) -> bool:
        """Whether, as read, it was made to become a ledger: a Google Sheet in which nothing stands."""

    @property
    def address(self) -> str:
        """The address that a ledger moved here gives as its new place."""

    @property
    def own_file(self) -> OwnFile | None:
        """Its file, or None for a workbook on the network."""

    @property
    def online(self) -> Online | None:
        """What can be asked on the network, or None for a file."""

    def lay_out(self, language: Language, rows: StartRows) -> list[str]:
        """Add every missing tab (with its `rows`), column and list, and return what was added in words.

        Needs the lock. Raises LedgerError, also if the workbook holds something else that must not become a ledger.
        """

    def rename(self, words: NewerWords, language: Language) -> None:
        """Write newer labels in place of former ones: in headers, on the Form, in dropdown lists. What people typed stays.

        Needs the lock. Raises LedgerError.
        """

    def transcribe(self, contents: Contents) -> None:
        """Make a new ledger with these contents; takes the lock. Raises LedgerError."""

    def book(self, name: str) -> LaidOut:
        """The workbook of a year book of this ledger: a file beside it, or the spreadsheet at this address."""

    def make_book(self, snapshot: Snapshot, book: YearBook, name: str) -> None:
        """Make the book of a year: a file anew and whole, elsewhere by adding what it lacks. Needs the lock.

        Raises Changed if this workbook is no longer as in the snapshot, Busy if somebody has the book open, LedgerError.
        """

    def refuse_unwritable(self) -> None:
        """Raises Busy or LedgerError if nothing could be written. Needs the lock."""
