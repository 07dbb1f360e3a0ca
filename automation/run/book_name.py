"""How a ledger calls the book of a year: by a file's name, or by a spreadsheet's address."""

from __future__ import annotations

from automation.ledger.errors import LedgerError
from automation.ledger.model import Ledger
from automation.ledger.year_books import names_of_books, year_of_book
from automation.text.catalogue import msg
from automation.workbooks.address import address_of, key_of
from automation.workbooks.laid_out import LaidOut
from sheet_schema import SETTING
from sheet_schema.settings import YEAR_BOOK


def name_of_book(workbook: LaidOut, ledger: Ledger, year: int) -> str:
    """The name of the file beside the ledger, or the address that Settings has for the next book.

    What was left of a year that was closed before gets a book of its own. Raises LedgerError if a person has to make it.
    """
    if workbook.own_file is not None:
        return _free_file(workbook.name, ledger, year)
    typed = ledger.policy.settings[YEAR_BOOK]
    key = key_of(typed) if typed else None
    of_other_years = {name for name in names_of_books(ledger) if year_of_book(ledger, name) != year}
    if key is None or address_of(key) in of_other_years:
        raise LedgerError(
            msg(
                "The book of {year} needs a spreadsheet of its own: make an empty Google Sheet, share it with the program as this one is, and put its address at “{setting}” in Settings."
            ).of(year=str(year), setting=SETTING[YEAR_BOOK]),
            ledger.language,
        )
    return address_of(key)


def _free_file(ledger_file: str, ledger: Ledger, year: int) -> str:
    """`ledger 2024.xlsx`; `ledger 2024-2.xlsx` if the ledger has a book of that name."""
    stem, taken = ledger_file.removesuffix(".xlsx"), names_of_books(ledger)
    names = (f"{stem} {year}{more}.xlsx" for more in ("", *(f"-{again}" for again in range(2, 100))))
    return next(name for name in names if name not in taken)
