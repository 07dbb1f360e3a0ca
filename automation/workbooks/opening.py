"""Which kind of workbook an address means: a path is a file, a Google Sheets address or bare key a spreadsheet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from automation.workbooks.address import key_of
from automation.workbooks.excel.workbook import ExcelWorkbook

if TYPE_CHECKING:
    from automation.workbooks.google.workbook import GoogleWorkbook


def workbook_at(address: str | Path, now: datetime) -> ExcelWorkbook | GoogleWorkbook:
    """The workbook, not read yet. `now` (aware) dates backups and locks. Raises LedgerError."""
    key = key_of(str(address))
    if key is None:
        return ExcelWorkbook(Path(address), now)
    # A quarter of a second that a local file does not need.
    from automation.workbooks.google.workbook import GoogleWorkbook

    return GoogleWorkbook(key, now)
