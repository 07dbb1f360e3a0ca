"""How a case number is written, and which is meant by one that was typed short."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

import numpy as np

from automation.ledger.errors import LedgerError
from automation.ledger.model import Ledger
from automation.ledger.table import Array
from automation.ledger.year_books import closed_numbers
from automation.text.catalogue import Row, msg
from sheet_schema import word_form
from sheet_schema.usual_words import NOT_A_REPEAT


def tidy_number(text: str) -> str:
    """A case number as issued: half-width, upper case, without spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()


def in_order(numbers: Iterable[str]) -> tuple[str, ...]:
    """Case numbers in the order of issue: LV-99999 before LV-100000."""
    return tuple(sorted(numbers, key=lambda number: (len(number), number)))


def prefixes_in_use(ledger: Ledger) -> frozenset[str]:
    """What stands before the running number: today, and in numbers that were issued under an earlier prefix."""
    index = ledger.index
    return index.remembered(_prefixes, index["case_no"], ledger.policy.settings["number_prefix"])


def _prefixes(numbers: Array, typed: str) -> frozenset[str]:
    prefix = tidy_number(typed)
    others = (number for number in numbers.tolist() if not number.startswith(prefix))
    return frozenset({prefix, *(re.sub(r"\d+$", "", number) for number in others)} - {""})


def issued_numbers(ledger: Ledger) -> frozenset[str]:
    """Every number that this ledger ever gave to a case."""
    tables = (ledger.index, ledger.register, ledger.filing)
    return closed_numbers(ledger).union(number for table in tables for number in table["case_no"].tolist() if number)


def repeats(repeat_of: Array, issued: Collection[str]) -> Array:
    """Mask the cells of Repeat of that name a case. Anything else is asked about, and counts as no repeat."""
    typed = repeat_of.tolist()
    naming = {text for text in set(typed) if text and tidy_number(text) in issued}
    return np.fromiter((text in naming for text in typed), bool, len(typed))


def says_no_repeat(text: str) -> bool:
    """Whether the cell says that somebody looked and it is not a repeat: 无, 不是, none."""
    return word_form(text) in NOT_A_REPEAT


def number_meant(typed: str, ledger: Ledger) -> str:
    """The number in Register, Filing or a year book that somebody means who typed it whole, without its zeros, or without its
    prefix; or as an old register had it.

    What no case could be meant by is returned as typed, tidied. Raises LedgerError if it could be several.
    """
    number, prefix = tidy_number(typed), tidy_number(ledger.policy.settings["number_prefix"])
    here = {one for table in (ledger.register, ledger.filing) for one in table["case_no"].tolist() if one}
    issued = here | closed_numbers(ledger)
    if number in issued:
        return number
    named, count = _parts(number, prefix)
    known = {one: _parts(one, prefix) for one in issued} if count is not None else {}
    by_count = {one for one, (before, n) in known.items() if n == count and named in ("", before)}
    could_be = sorted(by_count | formerly(number, ledger))
    if len(could_be) > 1:
        raise LedgerError(
            msg("{typed} could be {numbers}: write the whole number.").of(typed=typed.strip(), numbers=Row(could_be)),
            ledger.language,
        )
    return could_be[0] if could_be else number


def formerly(number: str, ledger: Ledger) -> set[str]:
    """The numbers here of the cases that had this number in an old register."""
    pairs = (
        (former, here)
        for table in (ledger.register, ledger.filing)
        for former, here in zip(table["former_no"].tolist(), table["case_no"].tolist(), strict=True)
    )
    return {here for former, here in pairs if former and here and tidy_number(former) == number}


def _parts(number: str, prefix: str) -> tuple[str, int | None]:
    """The letters and digits of a number's prefix, and its count; None for what does not end in a count."""
    if prefix and number.startswith(prefix) and number[len(prefix) :].isdecimal():
        before, count = prefix, number[len(prefix) :]
    else:
        before, count = re.fullmatch(r"(.*?)([0-9]*)", number).groups()  # type: ignore[union-attr]
    return "".join(filter(str.isalnum, before)), int(count) if count else None
