"""What `install`, `copy`, `backup` and `check` ask of a workbook, besides what every run does with it.

Both kinds can be laid out and filled. What only one of them has, a file of its own or a place in the network, is a value that the
other has none of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from automation.ledger.workbook import Cell, Snapshot, TabEdit, Workbook
from sheet_schema import Language

if TYPE_CHECKING:
    from automation.pages.tables import StartRows


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole ledger in one language: the rows of its tabs by column key; what is the users' own, columns as edits of the tabs as
    they are laid out, and tabs cell by cell."""

    language: Language
    rows: StartRows
    own_columns: Sequence[TabEdit] = ()
    own_tabs: Mapping[str, Sequence[Sequence[Cell]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckedUp:
    """How things are, and what a person should look at, as sentences."""

    facts: tuple[str, ...]
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """For whom a workbook is looked over: in which language, in which time zone (that of Settings), and when (aware)."""

    language: Language
    zone: tzinfo
    now: datetime


class Tried(Protocol):
    """What came of trying what is taken for granted."""

    @property
    def failed(self) -> Sequence[str]:
        """What does not hold."""

    def lines(self, language: Language) -> Iterator[str]:
        """One line for each assumption."""


class OwnFile(Protocol):
    """The file of a workbook that is one."""

    def data(self) -> bytes:
        """All of it. Raises LedgerError."""

    def create(self, data: bytes) -> None:
        """Write it where there is none. Raises LedgerError."""

    def refuse_taken(self) -> None:
        """Raises LedgerError where there is one already."""

    def copy_into(self, folder: Path | None) -> Path:
        """Put a dated copy with its checksum into a folder, None for the usual one; its path. Raises LedgerError."""


class Online(Protocol):
    """What is asked of a workbook over the network."""

    def checked_up(self, snapshot: Snapshot, viewpoint: Viewpoint) -> CheckedUp:
        """Look it over. Raises LedgerError."""

    def probed(self, now: datetime) -> Tried:
        """Try what is taken for granted of it. Raises LedgerError."""


class LaidOut(Workbook, Protocol):
    """A workbook that can be laid out as a ledger and filled."""

    @property
    def is_there(self) -> bool:
        """Whether there is such a workbook; a new one is made by `transcribe`."""

    @property
    def address(self) -> str:
        """What a ledger that moved here gives as its new place."""

    @property
    def own_file(self) -> OwnFile | None:
        """The file that it is, if it is one."""

    @property
    def online(self) -> Online | None:
        """What there is to ask over the network, if it stands there."""

    def lay_out(self, language: Language, rows: StartRows) -> list[str]:
        """Add every tab, column and list that is missing, with the `rows` of what is added; what was added, in words. Only
        under the lock. Raises LedgerError, also where it holds something else that is not to become a ledger."""

    def transcribe(self, contents: Contents) -> None:
        """Make a ledger of these contents where there is none yet. Takes the lock. Raises LedgerError."""

    def refuse_unwritable(self) -> None:
        """Raises Busy or LedgerError where nothing could be written. Only under the lock."""
