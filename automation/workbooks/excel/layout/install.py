"""What `install` and `copy` do to a file: add what it lacks, or make a new one of a whole ledger's contents."""

from __future__ import annotations

from automation.pages.tables import StartRows
from automation.workbooks.excel.layout.longer_lists import with_longer_lists
from automation.workbooks.excel.layout.new_workbook import new_workbook
from automation.workbooks.excel.layout.upgrade import completed
from automation.workbooks.laid_out import Contents
from sheet_schema import Language


def with_what_is_missing(data: bytes, name: str, language: Language, rows: StartRows) -> tuple[bytes, list[str]]:
    """Add what a ledger's file lacks, and return it with what was added in words (the same bytes if nothing was missing)."""
    whole, added = completed(data, name, language, rows)
    longer, said = with_longer_lists(whole, name, language)
    return longer, [*added, *said]


def file_of(contents: Contents) -> bytes:
    """A new file with these contents, except for the users' own columns."""
    return new_workbook(contents.language, contents.rows, contents.own_tabs)
