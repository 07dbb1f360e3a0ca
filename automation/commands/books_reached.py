"""Opens the year books of a ledger that a command has to look into: for a case or a period that lies there."""

from __future__ import annotations

from collections.abc import Iterable

from automation.ledger.case_numbers import number_meant, tidy_number
from automation.ledger.errors import LedgerError
from automation.ledger.model import Ledger
from automation.ledger.parsing import parse
from automation.ledger.reunited import reunited
from automation.ledger.workbook import Snapshot
from automation.ledger.year_books import book_with, names_of_books, year_in_mark
from automation.text.catalogue import msg
from automation.workbooks.laid_out import LaidOut


def read_book(workbook: LaidOut, name: str) -> Snapshot:
    """The year book that the ledger calls so. Raises LedgerError if it cannot be read, or is none."""
    return read_as_book(workbook.book(name), name)


def read_as_book(book: LaidOut, name: str) -> Snapshot:
    """What stands in the workbook that the ledger calls so. Raises LedgerError."""
    if not book.is_there:
        raise LedgerError(
            msg(
                "The year book {name} is not where the ledger is: put it back there, or a copy of it under that name."
            ).of(name=name)
        )
    there = book.read()
    if year_in_mark(there.mark) is None:
        raise LedgerError(
            msg("{name} is no year book of this ledger any more: put the book back, from a copy if need be.").of(
                name=name
            )
        )
    return there


def with_books(workbook: LaidOut, snapshot: Snapshot, names: Iterable[str]) -> Snapshot:
    """The ledger with what stands in these books. Raises LedgerError."""
    books = [read_book(workbook, name) for name in dict.fromkeys(names) if name]
    return reunited(snapshot, books) if books else snapshot


def with_years_since(workbook: LaidOut, snapshot: Snapshot, ledger: Ledger, year: int) -> Snapshot:
    """The ledger with what was filed in this year or later: a case is filed after all that was done about it."""
    return with_books(workbook, snapshot, names_of_books(ledger, since=year))


def with_book_of(workbook: LaidOut, snapshot: Snapshot, typed: str) -> Snapshot:
    """The ledger with the book in which this case stands, however it is typed, those with earlier lines of *History*
    about it, and the one of the case it repeats.

    The very same snapshot if none of it stands in a book. Raises LedgerError.
    """
    ledger = parse(snapshot)
    if not names_of_books(ledger):
        return snapshot
    number = number_meant(typed, ledger)
    own = book_with(ledger, number)
    whole = with_books(workbook, snapshot, [own])
    there = parse(whole)
    tables = (ledger.register, there.filing)
    earlier = [one for table in tables for one in table["repeat_of"][table["case_no"] == number].tolist() if one]
    found = {book_with(ledger, tidy_number(one)) for one in earlier} | _of_its_time(there, number)
    return with_books(workbook, whole, sorted(found - {own}))


def _of_its_time(ledger: Ledger, number: str) -> set[str]:
    """The books of the years in which the case was there: *History* goes to them year by year, whatever case it tells of."""
    seen = ledger.index["first_seen"][ledger.index["case_no"] == number].tolist()
    return {name for day in seen if day is not None for name in names_of_books(ledger, since=day.year)}
