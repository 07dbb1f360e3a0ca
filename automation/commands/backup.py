"""backup: make a dated copy of the ledger with its checksum and read it back, as a command or for an administrator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from automation.commands.book_copies import BookCopy, copies_of_books, file_name, file_of
from automation.commands.kept_copies import list_copies, take_out
from automation.commands.language import spoken_of
from automation.commands.letters_said import letters_left
from automation.commands.options import Session
from automation.ledger.errors import LedgerError
from automation.ledger.model import Ledger
from automation.ledger.notices_journal import read_ledger
from automation.ledger.parsing import parse
from automation.ledger.people import Person
from automation.ledger.recognition import as_a_ledger
from automation.ledger.year_books import year_in_mark
from automation.mail.letters.context import Answer
from automation.run.job import ActionContext
from automation.text.catalogue import Message, Sentences, msg
from automation.workbooks.excel import backups
from automation.workbooks.excel.workbook import ExcelWorkbook
from automation.workbooks.laid_out import LaidOut
from automation.workbooks.opening import workbook_at

_SAID: Mapping[str, Message] = {
    "copied": msg("Copied to {path}, checked against {manifest}."),
    "kept": msg("A backup was made: {path}"),
    "whole": msg("It was read again, and every line is there."),
    "book": msg("The year book {book} was copied, too: {path}."),
    "same_book": msg("The year book {book} is as in a copy from before: {path}."),
    "checksum": msg("SHA-256 {checksum}, also in {manifest} beside it."),
}


@dataclass(frozen=True)
class Backup:
    """A dated copy, and the ledger that it was made from."""

    path: Path
    source: Ledger


def backed_up(workbook: LaidOut, into: Path | None, clock: datetime) -> Backup:
    """Put a dated copy into a folder (None: the usual one), with its checksum in the manifest, and read it back.

    A file is copied as it is; a spreadsheet becomes a file with the same cells, from which `restore` can put cases
    back. Raises LedgerError, also if the copy differs from what was copied.
    """
    snapshot = workbook.read_whole()
    if workbook.own_file is not None:
        ledger = parse(snapshot)
        made = Backup(workbook.own_file.copy_into(into, snapshot), ledger)
    else:
        _, ledger = read_ledger(snapshot)
        copy = backups.DatedCopy(file_name(workbook.name), file_of(ledger, snapshot, clock))
        made = Backup(backups.copy_into(into or Path("ledger.backups"), copy, clock), ledger)
    read_back(made, clock)
    return made


def books_backed_up(workbook: LaidOut, made: Backup, clock: datetime) -> list[BookCopy]:
    """Copy the ledger's year books beside its own copy, but for those that are there already as they are, and read each new
    copy back. Raises LedgerError."""
    copies = [*copies_of_books(workbook, made.source, made.path.parent, clock)]
    for copy in copies:
        if copy.anew:
            read_back(Backup(copy.path, copy.source), clock)
    return copies


def read_back(made: Backup, clock: datetime) -> None:
    """Read a copy again, and compare its checksum with the manifest's and its lines with those of its source.

    Raises LedgerError if they differ, or if the copy cannot be read.
    """
    copy = ExcelWorkbook(made.path, clock)
    as_noted = sha256(copy.data()).hexdigest() == backups.checksum_of(made.path)
    there = copy.read()
    there = as_a_ledger(there) if year_in_mark(there.mark) is not None else there
    if not as_noted or _lines(parse(there)) != _lines(made.source):
        raise LedgerError(
            msg(
                "{path} was read again and differs from the ledger it was made from: delete it, check the disk, and make another backup."
            ).of(path=made.path),
            made.source.language,
        )


def _lines(ledger: Ledger) -> Mapping[str, int]:
    """How many lines each tab has."""
    return {key: len(table) for key, table in ledger.tables.items()}


@dataclass(frozen=True)
class BackupOptions:
    """The options of `backup`, as typed."""

    workbook: str
    into: str = ""
    listed: bool = False
    take_out: str = ""


def back_up_ledger(asked: BackupOptions, session: Session) -> int:
    if asked.listed:
        return list_copies(asked.workbook, session)
    if asked.take_out:
        return take_out(asked.workbook, asked.take_out, Path(asked.into), session)
    workbook = workbook_at(asked.workbook, session.real_time)
    made = backed_up(workbook, Path(asked.into) if asked.into else None, session.real_time)
    said = Sentences(_SAID, spoken_of(made.source.language))
    session.say(said.say("copied", path=made.path, manifest=backups.MANIFEST))
    for copy in books_backed_up(workbook, made, session.real_time):
        session.say(said.say("book" if copy.anew else "same_book", book=copy.book, path=copy.path))
    for line in letters_left(asked.workbook, spoken_of(made.source.language)):
        session.say(line)
    return 0


def answer_backup(context: ActionContext) -> Callable[[Person], Answer]:
    """Make a dated copy in the usual place, and tell everybody who asked where it is and that it can be read."""
    made = backed_up(context.workbook, None, context.request.real_time)
    said, path = Sentences(_SAID, made.source.language), made.path.resolve()
    lines = (
        said.say("kept", path=path),
        said["whole"],
        said.say("checksum", checksum=backups.checksum_of(path), manifest=backups.MANIFEST),
        *(
            said.say("book" if copy.anew else "same_book", book=copy.book, path=copy.path.resolve())
            for copy in books_backed_up(context.workbook, made, context.request.real_time)
        ),
    )
    return lambda _: Answer(lines)
