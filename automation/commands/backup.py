"""backup: make a dated copy of the ledger with its checksum and read it back, as a command or for an administrator."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from automation.commands.copy import transcribe
from automation.commands.kept_copies import list_copies, take_out
from automation.commands.language import spoken_of
from automation.commands.options import Session
from automation.ledger.errors import LedgerError
from automation.ledger.model import Ledger
from automation.ledger.notices_journal import read_ledger
from automation.ledger.parsing import parse
from automation.ledger.people import Person
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
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "copy.xlsx"
            transcribe(ledger, snapshot, workbook_at(path, clock), ledger.language)
            data = path.read_bytes()
        name = re.sub(r"[^\w -]+", "_", workbook.name).strip() or "ledger"
        made = Backup(backups.copy_into(into or Path("ledger.backups"), backups.DatedCopy(name, data), clock), ledger)
    read_back(made, clock)
    return made


def read_back(made: Backup, clock: datetime) -> None:
    """Read a copy again, and compare its checksum with the manifest's and its lines with those of its source.

    Raises LedgerError if they differ, or if the copy cannot be read.
    """
    copy = ExcelWorkbook(made.path, clock)
    as_noted = sha256(copy.data()).hexdigest() == backups.checksum_of(made.path)
    if not as_noted or _lines(parse(copy.read())) != _lines(made.source):
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
    return 0


def answer_backup(context: ActionContext) -> Callable[[Person], Answer]:
    """Make a dated copy in the usual place, and tell everybody who asked where it is and that it can be read."""
    made = backed_up(context.workbook, None, context.request.real_time)
    said, path = Sentences(_SAID, made.source.language), made.path.resolve()
    lines = (
        said.say("kept", path=path),
        said["whole"],
        said.say("checksum", checksum=backups.checksum_of(path), manifest=backups.MANIFEST),
    )
    return lambda _: Answer(lines)
