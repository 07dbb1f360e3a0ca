"""backup: make a dated copy of the ledger with its checksum and read it back, as a command or for an administrator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from automation.commands.copy import backed_up
from automation.commands.options import Session
from automation.ledger.parsing import parse
from automation.ledger.policy import Person
from automation.mail.letters.context import Answer
from automation.run.job import ActionContext
from automation.workbooks.excel import backups
from automation.workbooks.opening import workbook_at
from sheet_schema import Language

_SAID: dict[Language, dict[str, str]] = {
    "en": {
        "kept": "A backup was made: {path}",
        "whole": "It was read again, and every line is there.",
        "not_whole": "It was read again, and some lines are not there: ask for another.",
        "checksum": "SHA-256 {checksum}, also in {manifest} beside it.",
    },
    "zh": {
        "kept": "已备份到 {path}",
        "whole": "已读回核对，各行齐全。",
        "not_whole": "已读回核对，有行缺失：请再备份一次。",
        "checksum": "SHA-256 校验值 {checksum}，同时记在旁边的 {manifest} 中。",
    },
}


@dataclass(frozen=True)
class BackupOptions:
    """The options of `backup`, as typed."""

    workbook: str
    into: str = ""


def back_up_ledger(asked: BackupOptions, session: Session) -> int:
    """Put a dated copy beside the ledger or into a folder, note its checksum in the manifest, and read it back."""
    book = workbook_at(asked.workbook, session.clock)
    ledger = parse(book.read())
    made = backed_up(book, Path(asked.into) if asked.into else None, session.clock)
    copy = parse(workbook_at(made, session.clock).read())
    same = {key: len(table) for key, table in copy.tables.items()} == {
        key: len(table) for key, table in ledger.tables.items()
    }
    texts = {
        "en": "Copied to {path}, checked against {manifest}.",
        "zh": "已备份到 {path}，校验值在 {manifest}。",
    }
    session.say(texts[ledger.language].format(path=made, manifest=backups.MANIFEST))
    return 0 if same else 1


def answer_backup(occasion: ActionContext) -> Callable[[Person], Answer]:
    """Make a dated copy in the usual place, and tell everybody who asked where it is and that it can be read."""
    made = backed_up(occasion.workbook, None, occasion.request.clock).resolve()
    copy, ledger = parse(workbook_at(made, occasion.request.clock).read()), parse(occasion.snapshot)
    whole = all(len(copy.tables[key]) == len(table) for key, table in ledger.tables.items())
    said = _SAID[ledger.language]
    lines = (
        said["kept"].format(path=made),
        said["whole" if whole else "not_whole"],
        said["checksum"].format(checksum=backups.checksum_of(made), manifest=backups.MANIFEST),
    )
    return lambda _: Answer(lines)
