"""The year books among the backups: in a folder of their own, each as often as it was different, and put back from there.

A book hardly ever changes, so of one that is as in a copy before no other copy is made (docs/design.md#p4.22).
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from automation.commands.books_reached import read_as_book, read_book
from automation.commands.copy import transcribe
from automation.commands.language import spoken_of
from automation.commands.missing_cases import restored
from automation.ledger.book_lines import lines_of
from automation.ledger.errors import LedgerError
from automation.ledger.model import Ledger
from automation.ledger.notices_journal import read_ledger
from automation.ledger.parsing import parse
from automation.ledger.recognition import as_a_ledger
from automation.ledger.workbook import Snapshot
from automation.ledger.year_books import names_of_books, numbers_in_book, year_in_mark, year_of_book
from automation.steps.book_verification import verify_book
from automation.text.catalogue import Message, Sentences, msg
from automation.workbooks.excel import backups
from automation.workbooks.excel.workbook import ExcelWorkbook
from automation.workbooks.laid_out import LaidOut
from automation.workbooks.opening import workbook_at
from sheet_schema import TABS

FOLDER = "year books"
"""The folder with copies of books, in that of the backups."""
_WITH_ROWS = tuple(tab for tab in TABS if tab.columns)
"""All tabs but the pages, of which a file says what a spreadsheet does in other words."""
_SAID: Mapping[str, Message] = {
    "would": msg("The year book {book} would be put back from {copy}."),
    "did": msg("The year book {book} was put back from {copy}."),
    "cannot": msg("The year book {book} was not put back: {why} A copy of it: {copy}."),
    "none": msg("The year book {book} lacks something, and no copy of it here has all that it has to hold."),
    "of": msg("The year book {book}: {said}"),
}


@dataclass(frozen=True)
class BookCopy:
    """A copy of a year book, what stands in the book, and whether the copy was made just now."""

    book: str
    path: Path
    source: Ledger
    anew: bool


def file_of(ledger: Ledger, snapshot: Snapshot, clock: datetime, book_of: int | None = None) -> bytes:
    """A spreadsheet as a file with the same cells; as the book of a year, if it is one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copy.xlsx"
        transcribe(ledger, snapshot, workbook_at(path, clock), ledger.language, book_of)
        return path.read_bytes()


def file_name(title: str) -> str:
    """The title of a spreadsheet as a file may be called."""
    return re.sub(r"[^\w -]+", "_", title).strip() or "ledger"


def copies_of_books(workbook: LaidOut, ledger: Ledger, folder: Path, clock: datetime) -> Iterator[BookCopy]:
    """A copy of each of the ledger's books, below this folder of backups. Raises LedgerError for one that cannot be read."""
    for name in names_of_books(ledger):
        book = workbook.book(name)
        there = read_as_book(book, name)
        if book.own_file is not None:
            kept = backups.copy_with(folder / FOLDER, sha256(book.own_file.data()).hexdigest())
            path = kept or book.own_file.copy_into(folder / FOLDER, there)
            yield BookCopy(name, path, parse(as_a_ledger(there)), anew=kept is None)
        else:
            yield _copy_of_sheet(name, book, folder / FOLDER, clock)


def _copy_of_sheet(name: str, book: LaidOut, folder: Path, clock: datetime) -> BookCopy:
    whole = book.read_whole()
    year, there = year_in_mark(whole.mark) or 0, as_a_ledger(whole)
    _, ledger = read_ledger(there)
    stem = f"{file_name(book.name)} {year}"
    for kept in backups.copies_of(folder, stem):
        if lines_of(ExcelWorkbook(kept, clock).read(), _WITH_ROWS) == lines_of(there, _WITH_ROWS):
            return BookCopy(name, kept, ledger, anew=False)
    data = file_of(ledger, there, clock, year)
    return BookCopy(name, backups.copy_into(folder, backups.DatedCopy(stem, data), clock), ledger, anew=True)


def books_put_back(
    workbook: LaidOut, folders: Sequence[Path], now: datetime, clock: datetime, *, really: bool
) -> Iterator[str]:
    """Put back what the ledger's books lack, from copies in these folders of backups, and say what was done, or would be.

    A book that is gone is put back whole, if it is a file.
    """
    ledger = parse(workbook.read())
    texts = Sentences(_SAID, spoken_of(ledger.language))
    for name in names_of_books(ledger):
        try:
            book = parse(as_a_ledger(read_book(workbook, name)))
        except LedgerError as error:
            if (copy := _sound_copy(ledger, name, folders, clock)) is None:
                yield texts.say("none", book=name)
            elif workbook.own_file is None or workbook.book(name).is_there:
                yield texts.say("cannot", book=name, why=error.say(spoken_of(ledger.language)), copy=copy)
            else:
                if really:
                    _create(workbook, name, copy)
                yield texts.say("did" if really else "would", book=name, copy=copy)
            continue
        if numbers_in_book(ledger, name).issubset(book.filing["case_no"].tolist()):
            continue
        if (copy := _sound_copy(ledger, name, folders, clock)) is None:
            yield texts.say("none", book=name)
            continue
        kept = ExcelWorkbook(copy, clock).read()
        for said in restored(workbook.book(name), kept, copy.name, now, really=really):
            yield texts.say("of", book=name, said=said)


def _sound_copy(ledger: Ledger, name: str, folders: Sequence[Path], clock: datetime) -> Path | None:
    """The newest copy of a book that has all that the ledger knows to stand in it; None if there is none."""
    year = year_of_book(ledger, name)
    for folder in folders:
        for file in reversed(backups.dated(folder / FOLDER)):
            path = folder / FOLDER / file
            try:
                there = ExcelWorkbook(path, clock).read()
            except LedgerError:
                continue
            if year_in_mark(there.mark) == year and not verify_book(ledger, name, parse(as_a_ledger(there))):
                return path
    return None


def _create(workbook: LaidOut, name: str, copy: Path) -> None:
    """Put a copy in the place of a book that is gone, for those who may read the ledger."""
    book, ledger = workbook.book(name).own_file, workbook.own_file
    assert book is not None  # a book of a file is a file
    assert ledger is not None
    book.create(copy.read_bytes(), ledger.rights_beside())
