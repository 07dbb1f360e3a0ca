"""Opens the workbook at an address: a file for a path, a spreadsheet for a Google Sheets address or key."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from automation.workbooks.address import key_of
from automation.workbooks.excel.workbook import ExcelWorkbook
from automation.workbooks.laid_out import LaidOut


def workbook_at(address: str | Path, now: datetime) -> LaidOut:
    """The workbook, not read yet. `now` (aware) dates backups and locks. Raises LedgerError."""
    key = key_of(str(address))
    if key is None:
        return ExcelWorkbook(Path(address), now)
    # Imported here because it takes a quarter of a second, which a local file does not need.
    from automation.workbooks.google.workbook import GoogleWorkbook

    return GoogleWorkbook(key, now)
