"""Checks a year book against what the ledger keeps of it: each case is there once, as it was sealed (docs/design.md#p4.21)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np

from automation.cases.altered_owed import Altered, altered
from automation.cases.seals import digest_of_seals, row_values, seal
from automation.ledger import problems as messages
from automation.ledger.certificates import erased_lines
from automation.ledger.history_chain import digests_of_runs
from automation.ledger.model import Ledger, Problem
from automation.ledger.number_ranges import numbers_in
from automation.ledger.table import copied
from automation.ledger.year_books import cut_of
from automation.steps.history_check import broken_lines_of_history
from automation.text.catalogue import Message
from sheet_schema import BOOKS


def verify_book(ledger: Ledger, name: str, book: Ledger) -> list[Problem]:
    """What does not agree between a book, read as the ledger of its year, and the ledger's lines about it."""
    filing = book.filing
    numbers = filing["case_no"].tolist()
    known = frozenset(chain.from_iterable(_numbers(ledger, at) for at in _lines(ledger, name)))
    broken = _broken(book)
    found = [
        *_said(name, "book_lacks", sorted(known - set(numbers))),
        *_said(name, "book_changed", sorted(filing["case_no"][at] for at, what in broken.items() if what.more)),
        *_said(name, "book_owed", sorted(filing["case_no"][at] for at, what in broken.items() if what.owed)),
        *_said(
            name,
            "book_twice",
            sorted({number for number, twice in zip(numbers, copied(filing["case_no"]), strict=True) if twice}),
        ),
        *_said(name, "book_more", sorted(set(numbers) - known - {""})),
    ]
    found += _history(ledger, name, book)
    return found or [*_differing(ledger, name, book)]


def _history(ledger: Ledger, name: str, book: Ledger) -> Iterator[Problem]:
    """Whether the book's History is as the runs wrote it, from where the book before ends to where the ledger goes on.

    Behind that there may be lines of `restore`.
    """
    books = ledger.tables[BOOKS.key]
    cut, ends = cut_of(ledger, name), books["history"][books["book"] == name][0]
    if ends not in {cut.digest, *digests_of_runs(book.tables["history"])} or broken_lines_of_history(
        book, cut, erased_lines(ledger)
    ):
        said = messages.problem("book_history", value=name)
        yield Problem(BOOKS.key, None, "history", "book_history", said)


def unreadable(name: str, why: Message) -> Problem:
    """The problem with a book that cannot be read, and why."""
    said = messages.problem("book_gone", value=name)
    return Problem(BOOKS.key, None, "book", "book_gone", (said[0], why, *said[1:]))


def _lines(ledger: Ledger, name: str) -> list[int]:
    found: list[int] = np.flatnonzero(ledger.tables[BOOKS.key]["book"] == name).tolist()
    return found


def _numbers(ledger: Ledger, at: int) -> Iterator[str]:
    return numbers_in(ledger.tables[BOOKS.key]["numbers"][at])


def _broken(book: Ledger) -> dict[int, Altered]:
    """What is wrong with the rows that are not as they were sealed, by their positions."""
    filing = book.filing
    pairs = zip(row_values(filing, range(len(filing))), filing["seal"].tolist(), strict=True)
    found = (at for at, (values, kept) in enumerate(pairs) if filing["case_no"][at] and seal(values) != kept)
    return altered(book, found)


def _differing(ledger: Ledger, name: str, book: Ledger) -> Iterator[Problem]:
    """Rows that were sealed anew by hand: each seal holds, but not the digest that the ledger keeps of all of them."""
    filing = book.filing
    at = {number: i for i, number in enumerate(filing["case_no"].tolist())}
    for line in _lines(ledger, name):
        rows = [at[number] for number in _numbers(ledger, line)]
        seals = {int(filing["seal_no"][i]): filing["seal"][i] for i in rows if not np.isnan(filing["seal_no"][i])}
        if digest_of_seals(seals) != ledger.tables[BOOKS.key]["seals"][line]:
            yield from _said(name, "book_resealed", [ledger.tables[BOOKS.key]["numbers"][line].replace("\n", "; ")])


def _said(name: str, code: str, numbers: list[str]) -> Iterator[Problem]:
    if numbers:
        yield Problem(
            BOOKS.key, None, "book", code, messages.problem(code, value=name, other=numbers[:20], count=len(numbers))
        )
