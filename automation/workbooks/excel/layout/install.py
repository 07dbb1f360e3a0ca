"""What `install` and `copy` do to a file: add what it lacks, or make a new one of a whole ledger's contents."""

from __future__ import annotations

from automation.ledger.errors import LedgerError
from automation.ledger.titles_and_headers import language_of, titles_found
from automation.pages.tables import StartRows
from automation.text.catalogue import msg
from automation.workbooks.excel.layout.new_workbook import new_workbook
from automation.workbooks.excel.layout.own_tabs import with_own_tabs
from automation.workbooks.excel.layout.upgrade import completed
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.laid_out import Contents
from sheet_schema import TAB, Language


def with_what_is_missing(data: bytes, name: str, language: Language, rows: StartRows) -> tuple[bytes, list[str]]:
    """Add what the file lacks, and return it with what was added in words (the same bytes if nothing was missing).

    Raises LedgerError for a workbook that is not a ledger.
    """
    titles = Package(data, name).sheets
    if not any(TAB[key].columns for key in titles_found(titles, language_of(titles))):
        raise LedgerError(
            msg("{name} is a workbook, but no ledger: choose another name, and install makes a new one.").of(name=name)
        )
    return completed(data, name, language, rows)


def file_of(contents: Contents) -> bytes:
    """A new file with these contents, except for the users' own columns."""
    return with_own_tabs(new_workbook(contents.language, contents.rows), contents.own_tabs, contents.language)
