"""restore --missing: put back what vanished from a ledger and its year books, from a backup, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from automation.commands.book_copies import books_put_back
from automation.commands.kept_copies import kept_copy
from automation.commands.missing_cases import restored
from automation.commands.options import Session, moment
from automation.ledger.year_books import year_in_mark
from automation.workbooks.excel.backups import folder_of
from automation.workbooks.excel.workbook import ExcelWorkbook
from automation.workbooks.laid_out import LaidOut
from automation.workbooks.opening import workbook_at


@dataclass(frozen=True)
class RestoreOptions:
    """The options of `restore`, as typed."""

    workbook: str
    source: str
    now: str | None = None
    really: bool = False


def restore_cases(asked: RestoreOptions, session: Session) -> int:
    """Put vanished cases back from an older copy, or say what would be done."""
    now, workbook = moment(asked.now, session.real_time), workbook_at(asked.workbook, session.real_time)
    with kept_copy(asked.source, asked.workbook) as path:
        copy = ExcelWorkbook(path, session.real_time)
        copy.refuse_if_altered()
        for line in restored(workbook, copy.read(), copy.name, now, really=asked.really):
            session.say(line)
    if year_in_mark(workbook.read().mark) is None:  # a book has no books of its own
        folders = (Path(asked.source).parent, _folder_of_backups(asked.workbook, workbook))
        for line in books_put_back(workbook, folders, now, session.real_time, really=asked.really):
            session.say(line)
    return 0


def _folder_of_backups(address: str, workbook: LaidOut) -> Path:
    return Path("ledger.backups") if workbook.own_file is None else folder_of(Path(address))
