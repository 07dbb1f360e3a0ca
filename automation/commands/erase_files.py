"""Erasing in the files beside a ledger: mails in the outbox, papers, what was attached to replies, journals, and what was kept of a reading."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from automation.commands.files_beside import Beside, files_beside, text_of
from automation.commands.request import usual_outbox
from automation.commands.status_names import ENDING, secret_file, status_names
from automation.ledger.model import Ledger
from automation.mail.transport.folder import PAGE, FolderMailer
from automation.run.erasing import Erasing
from automation.workbooks.address import key_of
from automation.workbooks.file_rights import Rights
from automation.workbooks.whole_files import write_whole
from sheet_schema import NOTICES

_OF_A_MAIL = ("to", "holder", "subject", "error")
_SAID = ("subject", "error")


@dataclass
class InFiles:
    """How many files were changed or deleted, by place, and which are left for people to look at."""

    counts: dict[str, int] = field(default_factory=dict)
    left: list[Path] = field(default_factory=list)

    def counted(self, place: str) -> None:
        self.counts[place] = self.counts.get(place, 0) + 1


@dataclass(frozen=True)
class Where:
    """The ledger's address, the ledger itself, and who may read what lies beside it."""

    workbook: str
    ledger: Ledger
    rights: Rights | None


def erase_in_files(where: Where, erasing: Erasing) -> InFiles:
    """Take a case, or its petitioner, out of every file beside the ledger but the backups. Raises OSError.

    Reports, exports and calendars are the office's own: where they speak of it, they are named.
    """
    done = InFiles()
    alone = _mails_of_it_alone(where.ledger, erasing.number) if erasing.whole else frozenset()
    page = _status_page(where.workbook, erasing.number)
    for one in [*files_beside(where.workbook), *_journal_of_a_sheet(where.workbook)]:
        if one.place == "memory":
            one.path.unlink(missing_ok=True)
            done.counted(one.place)
        elif one.place == "journal":
            _in_journal(one.path, erasing, where.rights, done)
        elif one.place == "outbox":
            _in_outbox(one.path, erasing, alone, where.rights, done)
        elif one.place == "answers":
            _in_answers(one.path, erasing, done)
        elif one.place == "papers":
            _in_papers(one, erasing, page, done)
        elif _speaks_of(one.path, erasing):
            done.left.append(one.path)
    if done.counts.get("outbox"):
        for folder in {path.parent for path in _pages(where.workbook)}:
            try:
                FolderMailer(folder, where.ledger.language, where.rights).list_mails()
            except (ValueError, TypeError):  # a mail of somebody's own without a day: the next run writes the page
                (folder / PAGE).unlink(missing_ok=True)
    return done


def _journal_of_a_sheet(workbook: str) -> Iterator[Beside]:
    if (key := key_of(workbook)) and (path := Path(f"{key}.journal")).is_file():
        yield Beside("journal", path)


def _pages(workbook: str) -> Iterator[Path]:
    outbox = usual_outbox(workbook)
    return (folder / PAGE for folder in (outbox, outbox.with_name("outbox")) if (folder / PAGE).is_file())


def _mails_of_it_alone(ledger: Ledger, number: str) -> frozenset[str]:
    """The ids of the mails that spoke of this case and no other."""
    notices = ledger.tables[NOTICES.key]
    theirs: set[str] = set()
    others: set[str] = set()
    for case, mail in zip(notices["case_no"].tolist(), notices["mail_id"].tolist(), strict=True):
        (theirs if case == number else others).add(mail)
    return frozenset(theirs - others - {""})


def _status_page(workbook: str, number: str) -> str:
    """The name of the case's status page; blank where none was ever published from here."""
    return f"{status_names(workbook)(number)}{ENDING}" if secret_file(workbook).is_file() else ""


def _speaks_of(path: Path, erasing: Erasing) -> bool:
    """Whether a file names the case, or speaks of the petitioner; one that cannot be read only if its name does."""
    if erasing.number in path.name:
        return True
    text = text_of(path)
    return text is not None and (erasing.sought.is_in(text) or erasing.number in text)


def _in_journal(path: Path, erasing: Erasing, rights: Rights | None, done: InFiles) -> None:
    before = path.read_bytes()
    lines = [_line_left(line, erasing) for line in before.split(b"\n")]
    if (left := b"\n".join(lines)) != before:
        write_whole(path, left, rights)
        done.counted("journal")


def _line_left(line: bytes, erasing: Erasing) -> bytes:
    try:
        told = json.loads(line)
    except ValueError:
        return line
    if not isinstance(told, dict) or told.get("case_no") != erasing.number:
        return line
    left = dict(told)
    for key in _OF_A_MAIL:
        if isinstance(text := told.get(key), str):
            left[key] = "" if erasing.whole and key in _SAID else erasing.sought.without(text, erasing.mask)
    return json.dumps(left, ensure_ascii=False).encode() if left != told else line


def _in_outbox(path: Path, erasing: Erasing, alone: Collection[str], rights: Rights | None, done: InFiles) -> None:
    if path.name == PAGE:
        return  # made anew from the mails
    parts = path.stem.split("-")
    if any(part in alone for part in parts):
        path.unlink(missing_ok=True)
        done.counted("outbox")
        return
    if erasing.number not in (text_of(path) or ""):  # about other cases, perhaps of the same petitioner
        if _speaks_of(path, erasing):
            done.left.append(path)
        return
    before = path.read_bytes()
    left = _mail_left(before, erasing) if path.suffix == ".eml" else _text_left(before, erasing)
    if left != before:
        write_whole(path, left, rights)
        done.counted("outbox")


def _text_left(data: bytes, erasing: Erasing) -> bytes:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    left = erasing.sought.without(text, erasing.mask)
    return left.encode() if left != text else data


def _mail_left(data: bytes, erasing: Erasing) -> bytes:
    mail = BytesParser(policy=policy.default).parsebytes(data)
    assert isinstance(mail, EmailMessage)
    changed = False
    for name in ("Subject", "To", "Cc", "Reply-To"):
        before = str(mail[name] or "")
        if (left := erasing.sought.without(before, erasing.mask)) != before:
            del mail[name]
            mail[name] = left if name == "Subject" else '"-" <erased@invalid>'
            changed = True
    for part in mail.walk():
        if part.get_content_maintype() != "text":
            continue
        text = str(part.get_content())
        if (left := erasing.sought.without(text, erasing.mask)) != text:
            disposition = part.get_content_disposition()
            part.set_content(
                left,
                subtype=part.get_content_subtype(),
                charset="utf-8",
                disposition=disposition,
                filename=part.get_filename(),
            )
            changed = True
    return mail.as_bytes() if changed else data


def _in_answers(path: Path, erasing: Erasing, done: InFiles) -> None:
    """What was attached to replies lies under the number of the case."""
    if not _is_named_by(path, erasing.number):
        return
    if erasing.whole:
        path.unlink(missing_ok=True)
        done.counted("answers")
    else:
        done.left.append(path)


def _in_papers(one: Beside, erasing: Erasing, page: str, done: InFiles) -> None:
    """Forms, receipts, letters and status pages: they are printed anew from what is left. One of several cases is named."""
    if _is_named_by(one.path, erasing.number) or one.path.name == page:
        one.path.unlink(missing_ok=True)
        done.counted("papers")
    elif _speaks_of(one.path, erasing):
        done.left.append(one.path)


def _is_named_by(path: Path, number: str) -> bool:
    at = path.name.find(number)
    return at >= 0 and not path.name[at + len(number) : at + len(number) + 1].isdecimal()
