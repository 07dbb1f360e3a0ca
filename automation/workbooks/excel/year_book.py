"""Makes a year book from a ledger's file: the same file without the rows that stay in the ledger, under a mark of its own.

So looks, links, notes, formulas and the users' own columns of each row are in the book as they were, byte for byte. No
library saves it (docs/design.md#p8.11).
"""

from __future__ import annotations

from automation.ledger.recognition import LEDGER_MARK
from automation.ledger.year_books import mark_of_book
from automation.workbooks.excel.xml.cell_edits import with_edits
from automation.workbooks.excel.xml.custom_properties import put_custom_property
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.laid_out import YearBook


def year_book(data: bytes, name: str, book: YearBook) -> bytes:
    """The file of the book, made from the file of the ledger."""
    return with_edits(Package(marked_as_book(data, name, book.year), name), book.copied.pages, out=book.copied.out)


def marked_as_book(data: bytes, name: str, year: int) -> bytes:
    """A ledger's file under the mark of the book of a year."""
    package, changed = Package(data, name), dict[str, bytes]()
    put_custom_property(package, changed, LEDGER_MARK, mark_of_book(year))
    return package.with_parts(changed)
