"""What the ledger keeps of the cases that stand in year books: their numbers, and what knows a repeat again.

A year book is a workbook of its own, with the filed cases of one year and all that was written about them
(docs/design.md#p8.13). The tab *Year books* has a line for each two hundred of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from automation.ledger.memo import remembered
from automation.ledger.model import Ledger
from automation.ledger.number_ranges import last_of_each, numbers_in
from automation.ledger.table import Array, Table
from sheet_schema import BOOKS

OLDEST_LEFT = 2
"""A year can be closed once it lies so many years back: no figure of a digest, and none of the Dashboard, looks back so far."""
_BOOK = "book "
_BEGUN = " begun"
_MARK = re.compile(rf"book (\d{{4}})(?:{_BEGUN})?")


def mark_of_book(year: int, *, begun: bool = False) -> str:
    """The mark by which a workbook is known as the book of a year, and which no earlier version takes for a ledger's.

    A spreadsheet that is still being filled has another than one that is whole (`begun`).
    """
    return f"{_BOOK}{year}{_BEGUN if begun else ''}"


def is_begun(mark: str) -> bool:
    """Whether a year book with this mark is still being filled, or was when a closing died."""
    return year_in_mark(mark) is not None and mark.strip().endswith(_BEGUN)


def year_in_mark(mark: str) -> int | None:
    """The year of the book that has this mark; None for a ledger's mark or none."""
    found = _MARK.fullmatch(mark.strip())
    return int(found[1]) if found else None


def closed_numbers(ledger: Ledger) -> frozenset[str]:
    """The numbers of all cases that stand in year books."""
    return _in_ranges(ledger.tables[BOOKS.key], "numbers")


def last_closed_year(ledger: Ledger) -> int:
    """The last year whose cases stand in a year book; 0 if there is none."""
    years = ledger.tables[BOOKS.key]["year"]
    return int(np.nanmax(years)) if len(years) and not np.isnan(years).all() else 0


def closed_archive_numbers(ledger: Ledger) -> frozenset[str]:
    """The archive numbers of all cases that stand in year books."""
    return _in_ranges(ledger.tables[BOOKS.key], "archive_nos")


def closed_seals(ledger: Ledger) -> frozenset[int]:
    """The seal numbers of all cases that stand in year books."""
    return frozenset(int(one) for one in _in_ranges(ledger.tables[BOOKS.key], "seal_nos") if one.isdecimal())


def last_closed_numbers(ledger: Ledger) -> list[str]:
    """Some of the numbers of cases in year books, with the highest among them."""
    return [one for text in ledger.tables[BOOKS.key]["numbers"].tolist() for one in last_of_each(text)]


def last_closed_seal(ledger: Ledger) -> int:
    """The highest seal number in year books; 0 if there are none."""
    texts = ledger.tables[BOOKS.key]["seal_nos"].tolist()
    return max((int(one) for text in texts for one in last_of_each(text) if one.isdecimal()), default=0)


def closed_through(ledger: Ledger) -> int:
    """The last year that was closed; 0 if none was."""
    return _last(ledger.tables[BOOKS.key]["year"])


def _last(years: Array) -> int:
    """The last of these years; 0 if there is none that can be read."""
    known = years[~np.isnan(years)]
    return int(known.max()) if len(known) else 0


class Cut(NamedTuple):
    """The year up to which lines of *History* and *Runs* stand in year books, and the digest that History had there.

    The first line that is left is bound to that digest (`ledger.history_chain`). 0 and `""` if no year was closed.
    """

    year: int
    digest: str


def cut_of(ledger: Ledger, before: str = "") -> Cut:
    """Where the ledger's History begins today, or where it began before the year of this book was closed."""
    books = ledger.tables[BOOKS.key]
    names = books["book"].tolist()
    end = names.index(before) if before in names else len(names)
    return Cut(_last(books["year"][:end]), books["history"][end - 1]) if end else Cut(0, "")


def names_of_books(ledger: Ledger, since: int = 0) -> tuple[str, ...]:
    """The names of the year books, or of those of this year and later ones, in the order of their lines."""
    books = ledger.tables[BOOKS.key]
    lines = zip(books["book"].tolist(), books["year"].tolist(), strict=True)
    return tuple(dict.fromkeys(name for name, year in lines if name and year >= since))


def book_with(ledger: Ledger, number: str) -> str:
    """The name of the book in which this case stands; `""` if it stands in none."""
    books = ledger.tables[BOOKS.key]
    lines = zip(books["book"].tolist(), books["numbers"].tolist(), strict=True)
    return next((name for name, numbers in lines if number in numbers_in(numbers)), "")


def numbers_in_book(ledger: Ledger, name: str) -> frozenset[str]:
    """The numbers of the cases that the ledger knows to stand in this book."""
    books = ledger.tables[BOOKS.key]
    return frozenset(_each([text for text, one in zip(books["numbers"], books["book"], strict=True) if one == name]))


def year_of_book(ledger: Ledger, name: str) -> int:
    """The year of this book; 0 if the ledger knows of none by that name."""
    books = ledger.tables[BOOKS.key]
    years = books["year"][books["book"] == name]
    return int(years[0]) if len(years) else 0


def prints_in_books(ledger: Ledger) -> dict[str, str]:
    """The latest case in year books by each of its prints (`steps.closing`)."""
    books: Table = ledger.tables[BOOKS.key]
    return remembered(books.memo, _prints, books["prints"])


def _prints(column: Array) -> dict[str, str]:
    lines = (line.split() for text in column.tolist() for line in text.split("\n") if line)
    pairs = sorted((number, one) for number, *theirs in lines for one in theirs)
    return {one: number for number, one in pairs}


def _in_ranges(books: Table, key: str) -> frozenset[str]:
    return remembered(books.memo, _numbers, books[key])


def _numbers(column: Array) -> frozenset[str]:
    return frozenset(_each(column.tolist()))


def _each(texts: list[str]) -> Iterator[str]:
    for text in texts:
        yield from numbers_in(text)
