"""Files to which nothing can be added without breaking what somebody set up on purpose."""

from __future__ import annotations

from collections.abc import Sequence

from automation.ledger.errors import LedgerError
from automation.text.catalogue import msg
from automation.workbooks.excel.graft.book import Book
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8


def refuse_unalterable(package: Package, tabs: Sequence[str] = ()) -> None:
    """Raise LedgerError if the file is signed, or if these tabs cannot be added to it."""
    package.refuse_signed()
    book = Book(as_plain_utf8(package.part(package.workbook)))
    if tabs and book.is_locked:
        raise LedgerError(
            msg(
                "The structure of {name} is protected, so {tabs} cannot be added: take the protection off (Review, Protect Workbook), then install again."
            ).of(name=package.name, tabs=[*tabs])
        )
    standing = {title.casefold() for title in book.titles} & {title.casefold() for title in tabs}
    if standing:
        raise LedgerError(
            msg("In {name}, what is called {tabs} is no table: give it another name, then install again.").of(
                name=package.name, tabs=[title for title in tabs if title.casefold() in standing]
            )
        )
