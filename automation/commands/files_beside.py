"""The files that the program keeps or wrote beside a ledger, and what text is in each: for what stands about somebody, and for erasing."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from html import unescape
from pathlib import Path
from typing import NamedTuple

from automation.commands import calendar, export, report
from automation.commands.replies import files_folder
from automation.commands.request import usual_outbox
from automation.workbooks.address import folder_beside, key_of
from automation.workbooks.excel import backups
from automation.workbooks.excel.as_it_lies import journal_of
from automation.workbooks.excel.kept_tabs import kept_beside

OFFICES_OWN = (report.FOLDER, export.FOLDER, calendar.FOLDER, "preview")
"""Folders of what somebody asked for and took along: nobody knows what of it lies elsewhere."""
PAPERS = ("forms", "letters", "status")
_PACKED = (".xlsx", ".docx")
_PLAIN = (".html", ".htm", ".txt", ".csv", ".json", ".ics", ".journal", ".old", ".md", ".xml", ".jsonl", ".svg")
_TAG = re.compile(r"<[^<>]*>")
_BETWEEN = re.compile(r"</(?:si|c|p|w:p|t|td|div|li|dd|dt)>")


class Beside(NamedTuple):
    """A file, and which of the places beside a ledger it lies in."""

    place: str
    path: Path


def files_beside(workbook: str) -> Iterator[Beside]:
    """Every file beside the ledger that it or its commands wrote, but for the copies among its backups."""
    outbox = usual_outbox(workbook)
    for folder in dict.fromkeys((outbox, outbox.with_name("outbox"))):
        yield from _in(folder, "outbox")
    yield from _in(files_folder(workbook), "answers")
    for name in PAPERS:
        yield from _in(folder_beside(workbook, name), "papers")
    for name in OFFICES_OWN:
        yield from _in(folder_beside(workbook, name), "own")
    if key_of(workbook) is None:
        path = Path(workbook).resolve()
        journal = journal_of(path)
        for one in (journal, journal.with_name(f"{journal.name}.old")):
            if one.is_file():
                yield Beside("journal", one)
        if kept_beside(path).is_file():
            yield Beside("memory", kept_beside(path))


def folder_of_backups(workbook: str) -> Path:
    """The folder of the ledger's backups; of a spreadsheet, the one in the current folder."""
    return Path("ledger.backups") if key_of(workbook) else backups.folder_of(Path(workbook).resolve())


def _in(folder: Path, place: str) -> Iterator[Beside]:
    if folder.is_dir() and not folder.is_symlink():
        yield from (
            Beside(place, path) for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()
        )


def text_of(path: Path, data: bytes | None = None) -> str | None:
    """All text in a file, a line for each piece; None if it is of a kind that is not read, such as a PDF or a picture."""
    data = path.read_bytes() if data is None else data
    kind = path.suffix.lower()
    if kind == ".eml":
        return _of_a_mail(data)
    if kind in _PACKED:
        return _of_a_package(data)
    if kind in _PLAIN or path.name.endswith(".read"):
        text = data.decode("utf-8", "replace")
        return unescape(_TAG.sub(" ", text)) if kind in (".html", ".htm", ".svg", ".xml") else text
    return None


def _of_a_mail(data: bytes) -> str:
    mail = BytesParser(policy=policy.default).parsebytes(data)
    assert isinstance(mail, EmailMessage)
    pieces = [str(value) for _, value in mail.items()]
    for part in mail.walk():
        if part.get_content_maintype() == "text":
            pieces.append(unescape(_TAG.sub(" ", str(part.get_content()))))
        elif part.get_filename():
            pieces.append(str(part.get_filename()))
    return "\n".join(pieces)


def _of_a_package(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [package.read(name) for name in package.namelist() if name.endswith((".xml", ".vml", ".rels"))]
    except (zipfile.BadZipFile, OSError, EOFError):
        return None
    texts = (_BETWEEN.sub("\n", part.decode("utf-8", "replace")) for part in parts)
    return "\n".join(unescape(_TAG.sub("", text)) for text in texts)
