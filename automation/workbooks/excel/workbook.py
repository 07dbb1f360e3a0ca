"""A ledger in a local `.xlsx` file, which can do all that a Google Sheet can.

A commit never edits the file in place. The new content is written beside it, flushed, and renamed over it, so that
whatever happens there is either the whole old workbook or the whole new one (docs/design.md#p8.2).
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from automation.ledger.errors import Busy, LedgerError
from automation.ledger.sift import Sift
from automation.ledger.terms import each_row_for_itself, refuse_contradictions
from automation.ledger.workbook import NOTHING_NOTED, Changed, Commit, JournalLine, Notes, RowMove, Snapshot, Undone
from automation.text.catalogue import msg
from automation.workbooks.address import file_of_book
from automation.workbooks.excel import refusals
from automation.workbooks.excel.as_it_lies import journal_of, together, version_of
from automation.workbooks.excel.journal_file import Journal
from automation.workbooks.excel.kept_tabs import KeptTabs
from automation.workbooks.excel.open_locks import Opened, opened, refuse_while_open
from automation.workbooks.excel.sheets_read import grids_of, grids_sifted
from automation.workbooks.excel.written_beside import rename_over, written_beside
from automation.workbooks.excel.xml.ledger_mark import mark_of, marked
from automation.workbooks.excel.xml.package import MOST_BYTES, Package
from automation.workbooks.file_rights import Rights, give_access, give_all, rights_of
from automation.workbooks.laid_out import Contents, YearBook
from automation.workbooks.plain_files import reason_of, refuse_special
from sheet_schema import Language

if TYPE_CHECKING:
    from automation.pages.newer_words import NewerWords
    from automation.pages.tables import StartRows


class ExcelWorkbook:
    """The workbook at `path`. `now` has a time zone; it dates backups, and tells how old a lock file is."""

    journal_apart = True
    most_moves = most_out = None
    online = None
    takes_a_new_ledger = False
    calls = calls_of_a_commit = calls_of_a_note = 0

    def __init__(self, path: Path, now: datetime) -> None:
        refusals.refuse_by_name(path)
        self.path = path.resolve()  # a link stays a link: its target is replaced
        self.left_behind: list[Opened] = []
        self._now = now
        self._data = b""
        self._read_before: tuple[object, Snapshot] | None = None
        """What was read last, and by what it is known: under the lock it is nearly always the same again."""
        self._journal = Journal(journal_of(self.path), self.rights_beside)
        self._kept = KeptTabs(self.path)
        self.as_read = ""
        """What tells the file as last read from any other (`as_it_lies`); blank if somebody had it open or seemed to."""

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def address(self) -> str:
        return self.name

    @property
    def own_file(self) -> ExcelWorkbook:
        return self

    @property
    def is_there(self) -> bool:
        return self.path.exists()

    def data(self) -> bytes:
        """Read the whole file. Raises LedgerError if that fails."""
        try:
            if self.path.is_dir():
                raise refusals.directory(self.name)
            refuse_special(self.path)
            if self.path.stat().st_size > MOST_BYTES:
                raise refusals.too_big(self.name)
            return self.path.read_bytes()
        except FileNotFoundError as error:
            raise refusals.missing(self.name) from error
        except OSError as error:
            raise refusals.unreadable(self.name, reason_of(error)) from error

    def read(self) -> Snapshot:
        return self._read(None)

    def read_for_run(self, sift: Sift) -> Snapshot:
        return self._read(sift)

    def _read(self, sift: Sift | None) -> Snapshot:
        data = self.data()
        self._data = data
        version, owner_files = version_of(data), opened(self.path, self._now)
        held = [one for one in owner_files if not one.stale]
        open_for = max((one.age for one in held), default=None)
        lines = self._journal.read()
        known_by = version, sift, self._journal.content
        if self._read_before is None or self._read_before[0] != known_by:
            package = Package(data, self.name)
            grids = grids_of(data, package) if sift is None else grids_sifted(package, sift, lines, self._kept)
            read = Snapshot(grids, version, mark=mark_of(package), signed=package.is_signed)
            self._read_before = known_by, read
        torn = tuple(f"{self._journal.path.name}:{at}" for at in self._journal.torn)
        self.as_read = "" if owner_files else together(version, self._journal.content)
        return replace(self._read_before[1], journal=lines, open_for=open_for, torn=torn)

    def keep_what_was_read(self) -> None:
        """Keep beside the workbook what the last reading for a run found, for the next. A run without it reads everything."""
        with contextlib.suppress(OSError):
            self._kept.save(self.rights_beside())

    def read_whole(self) -> Snapshot:
        return self.read()

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the lock. Raises Busy if another run has it. The system drops it when a run dies."""
        from filelock import FileLock, Timeout  # only a run that has something to do needs it

        file = self.path.with_name(f".{self.name}.lock")
        lock = FileLock(file, timeout=0, mode=0o600)
        try:
            refuse_special(file)
            lock.acquire()
        except Timeout as error:
            raise Busy(msg("Another run is working on {name}: try again later.").of(name=self.name)) from error
        except OSError as error:
            raise _cannot_write(self.name, error) from error
        try:
            self._share(file)
            yield
        finally:
            lock.release()

    def _share(self, lock: Path) -> None:
        """Give the lock's file to the workbook's people, so that any of them may lock it next. Raises LedgerError."""
        try:
            if (rights := self.rights_beside()) is not None:
                give_access(lock, rights, self.name)
        except (OSError, LedgerError) as error:
            lock.unlink(missing_ok=True)  # or it would keep out the people whose workbook it is
            raise _cannot_write(self.name, error) if isinstance(error, OSError) else error from None

    def rights_beside(self) -> Rights | None:
        """Whose is what lies beside the workbook; None while there is none. Raises OSError."""
        return rights_of(self.path).beside() if self.path.exists() else None

    def commit(self, commit: Commit) -> Undone:
        """Write everything, or nothing if the file is no longer as `snapshot` read it (then this raises Changed)."""
        from automation.workbooks.excel.xml.cell_edits import with_edits  # openpyxl and lxml: a quarter of a second

        refuse_contradictions(commit.edits, commit.moves)
        data = self.data()
        if version_of(data) != commit.snapshot.version:
            raise Changed
        package = Package(data, self.name)
        package.refuse_signed()
        whole = with_edits(package, commit.edits, commit.moves, commit.out)
        self.replace(whole, commit.snapshot.version, commit.notes)
        return Undone()

    def bound(self, snapshot: Snapshot, move: RowMove) -> Mapping[int, str]:
        from automation.workbooks.excel.xml import row_moves  # as in `commit`

        if version_of(self._data) != snapshot.version:
            raise Changed
        headings = enumerate(snapshot.grids[move.source].rows[0], start=1)
        headed = {at for at, heading in headings if heading != ""}
        return row_moves.bound(Package(self._data, self.name), move, headed)

    def note(self, notes: Notes) -> None:
        self._journal.add(notes.lines)

    def note_beside(self, lines: Sequence[JournalLine]) -> None:
        self._journal.add(lines)

    def lay_out(self, language: Language, rows: StartRows) -> list[str]:
        from automation.workbooks.excel.layout.install import with_what_is_missing  # openpyxl takes longer than a run

        before = self.data()
        data, said = with_what_is_missing(before, self.name, language, rows)
        data = marked(data, self.name)
        if data is not before:
            self.replace(data, version_of(before))
        return said

    def rename(self, words: NewerWords, language: Language) -> None:
        from automation.workbooks.excel.layout.rename import renamed  # as above

        before = self.data()
        package = Package(before, self.name)
        package.refuse_signed()
        self.replace(renamed(package, words, language), version_of(before))

    def transcribe(self, contents: Contents) -> None:
        from automation.workbooks.excel.layout.install import file_of  # as above
        from automation.workbooks.excel.year_book import marked_as_book  # as above

        data = file_of(contents)
        self.create(data if contents.book_of is None else marked_as_book(data, self.name, contents.book_of))
        if contents.own_columns:
            with self.lock():
                self.commit(Commit(self.read(), each_row_for_itself(contents.own_columns)))

    def book(self, name: str) -> ExcelWorkbook:
        return ExcelWorkbook(self.path.with_name(file_of_book(name)), self._now)

    def make_book(self, snapshot: Snapshot, book: YearBook, name: str) -> None:
        from automation.workbooks.excel.year_book import year_book  # as above

        if version_of(self._data) != snapshot.version:
            raise Changed
        target, data = self.book(name), year_book(self._data, self.name, book)
        if target.is_there:
            target.replace(data, version_of(target.data()))
        else:
            target.create(data, rights_of(self.path))

    def refuse_unwritable(self) -> None:
        refuse_while_open(self.path, self._now)

    def refuse_taken(self) -> None:
        if self.path.exists():
            raise LedgerError(
                msg("{name} is already there: choose another name, or move it away first.").of(name=self.name)
            )

    def create(self, data: bytes, rights: Rights | None = None) -> None:
        """Write a new file, for whoever has these rights (None: as any new file); a journal left by another file of this name is put aside. Raises LedgerError."""
        if self.path.exists():
            raise LedgerError(msg("{name} is already there.").of(name=self.name))
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._journal.put_aside()
            beside = written_beside(self.path, data)
            try:
                if rights is None:
                    beside.chmod(0o666 & ~_umask())
                else:
                    give_all(beside, rights.beside(), self.name)
                rename_over(beside, self.path)
            finally:
                beside.unlink(missing_ok=True)
        except OSError as error:
            raise _cannot_write(self.name, error) from error

    def replace(self, data: bytes, version: str, notes: Notes = NOTHING_NOTED) -> None:
        """Replace the file's content if its version is still `version`, after backing it up and journalling `notes`.
        Raises Changed, Busy or LedgerError; the file is then as it was."""
        from automation.workbooks.excel import backups  # with SQLite; only a run that writes needs it

        self.left_behind = refuse_while_open(self.path, self._now)
        self._refuse_read_only()
        try:
            rights = rights_of(self.path)
            beside = written_beside(self.path, data)
            try:
                give_all(beside, rights, self.name)
                backup = self.back_up()
                if version_of(self.data()) != version:
                    raise Changed
                backups.note_checksum(backup, version, rights)
                self._journal.add(notes.lines)
                rename_over(beside, self.path)
            finally:
                beside.unlink(missing_ok=True)
        except OSError as error:
            raise _cannot_write(self.name, error) from error
        with contextlib.suppress(OSError):  # the commit is done; old backups go another time
            backups.prune(self.path, self._now)

    def back_up(self) -> Path:
        """Keep the file as it is among its backups. Returns the copy's path."""
        from automation.workbooks.excel import backups  # as in `replace`

        return backups.back_up(self.path, self._now)

    def copy_into(self, folder: Path | None, snapshot: Snapshot) -> Path:
        if version_of(self._data) != snapshot.version:
            raise Changed
        from automation.workbooks.excel import backups  # as in `replace`

        copy = backups.DatedCopy(self.path.stem, self._data, rights_of(self.path))
        if folder is None:
            return backups.kept_beside(self.path, copy, self._now)
        return backups.copy_into(folder, copy, self._now)

    def refuse_if_altered(self) -> None:
        """Raise LedgerError if this file is a backup and its checksum no longer matches the manifest."""
        from automation.workbooks.excel import backups  # as in `replace`

        kept = backups.checksum_of(self.path)
        if kept and kept != version_of(self.data()):
            raise LedgerError(
                msg("{name} is not what it was when it was made ({list}): take another backup.").of(
                    name=self.name, list=backups.MANIFEST
                )
            )

    def _refuse_read_only(self) -> None:
        """Obey a read-only mark even as root, who could write all the same: a person set it."""
        if not self.path.stat().st_mode & 0o222:
            raise LedgerError(
                msg("{name} is read-only: take the protection off (Properties, Read-only), then run again.").of(
                    name=self.name
                )
            )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _cannot_write(name: str, error: OSError) -> LedgerError:
    reason = reason_of(error)
    return LedgerError(
        msg("{name} cannot be written ({reason}): it is as it was; free some space or check who may write there.").of(
            name=name, reason=reason
        )
    )
