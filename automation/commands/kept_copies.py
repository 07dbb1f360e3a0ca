"""backup --list and --take-out: which copies of a file are kept beside it, and one of them as a workbook again.

The older ones share one file (docs/design.md#p8.4), which no other program opens.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from automation.commands.language import spoken
from automation.commands.options import Session
from automation.ledger.errors import LedgerError
from automation.text.catalogue import msg
from automation.workbooks.excel import backups
from automation.workbooks.excel.workbook import ExcelWorkbook
from automation.workbooks.file_rights import Rights, make_folder, rights_of
from automation.workbooks.opening import workbook_at
from automation.workbooks.plain_files import reason_of
from automation.workbooks.whole_files import write_whole

_NONE = msg("No copies of {workbook} are kept: each run that writes keeps one.")
_UNKNOWN = msg("No copy named {name} is kept: `backup --list` says which ones are.")
_WRITTEN = msg("Written: {path}. It is a copy of the ledger as it was: the ledger itself is as before.")


def list_copies(workbook: str, session: Session) -> int:
    """Say the names of all copies kept, the oldest first."""
    folder = _folder(workbook, session.real_time)
    names = _copies(folder)
    if not names:
        session.say(_NONE.say(spoken(), workbook=workbook))
    for name in names:
        session.say(name)
    return 0


def take_out(workbook: str, wanted: str, into: Path, session: Session) -> int:
    """Write the copy of this name, or the last one of this day, as a workbook into a folder. Raises LedgerError."""
    folder = _folder(workbook, session.real_time)
    name = _meant(_copies(folder), wanted)
    here = folder / name
    data = here.read_bytes() if here.exists() else backups.taken_out(folder, name)
    if data is None:
        raise LedgerError(_UNKNOWN.of(name=wanted))
    target = ExcelWorkbook(into / name, session.real_time)
    target.refuse_taken()
    _write(target.path, data, rights_of(Path(workbook)).beside() if Path(workbook).exists() else None)
    session.say(_WRITTEN.say(spoken(), path=target.path))
    return 0


@contextmanager
def kept_copy(source: str, workbook: str) -> Iterator[Path]:
    """A copy as a file to read: `source` itself, or what is kept under that name beside the workbook, gone afterwards.

    A file that is nowhere is given back as it is. Raises LedgerError if the copy is damaged.
    """
    path = Path(source)
    folders = (path.parent, backups.folder_of(Path(workbook)))
    whole = next((one for one in (path, *(folder / path.name for folder in folders)) if one.exists()), None)
    data = None if whole else next(filter(None, (backups.taken_out(one, path.name) for one in folders)), None)
    if data is None:
        yield whole or path
        return
    with tempfile.TemporaryDirectory() as folder:
        taken = Path(folder) / path.name
        taken.write_bytes(data)
        yield taken


def _write(path: Path, data: bytes, rights: Rights | None) -> None:
    """Write a copy for the people who may read the ledger, and nobody else (docs/design.md#p8.8)."""
    try:
        make_folder(path.parent, rights)
        write_whole(path, data, rights)
    except OSError as error:
        raise LedgerError(
            msg("{path} cannot be written ({reason}): close it if it is open, or name another folder with --into.").of(
                path=path, reason=reason_of(error)
            )
        ) from error


def _folder(workbook: str, now: datetime) -> Path:
    """Where the copies of a ledger lie: beside a file, in the current folder for a spreadsheet."""
    file = workbook_at(workbook, now).own_file
    return Path("ledger.backups") if file is None else backups.folder_of(Path(workbook))


def _copies(folder: Path) -> list[str]:
    try:
        return backups.all_copies(folder)
    except OSError as error:
        raise LedgerError(
            msg("The older copies in {folder} cannot be read ({reason}).").of(folder=folder, reason=reason_of(error))
        ) from error


def _meant(names: list[str], wanted: str) -> str:
    """The copy of this name, with or without folder and ending; else the last one whose name has this day or time."""
    plain = Path(wanted).name.replace(":", "")
    named = [name for name in names if plain in (name, Path(name).stem)]
    of_the_day = [name for name in names if plain in name]
    if not (found := named or of_the_day):
        raise LedgerError(_UNKNOWN.of(name=wanted))
    return found[-1]
