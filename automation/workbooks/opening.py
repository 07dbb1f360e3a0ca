"""Which kind of workbook an address means: a path is a file, a Google Sheets address or bare key a spreadsheet."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from automation.errors import LedgerError
from automation.workbooks.excel import ExcelWorkbook

if TYPE_CHECKING:
    from automation.workbooks.google import GoogleWorkbook

_ADDRESS = re.compile(r"https?://docs\.google\.com/spreadsheets/(?:u/\d+/)?d/([A-Za-z0-9_-]{20,})")
_KEY = re.compile(r"[A-Za-z0-9_-]{25,}")
_WEB = re.compile(r"\w+://")


def key_of(address: str) -> str | None:
    """The key in a spreadsheet's address, or a bare key; None for a path. Raises LedgerError for any other address."""
    found = _ADDRESS.match(address.strip())
    if found is not None:
        return found[1]
    if _WEB.match(address.strip()):
        raise LedgerError(
            f"{address} is not the address of a Google Sheet: copy it from the browser's address bar while the spreadsheet is open (https://docs.google.com/spreadsheets/d/…).",
            f"{address} 不是 Google 表格的网址：请打开表格，从浏览器地址栏复制（https://docs.google.com/spreadsheets/d/…）。",
        )
    return address if _KEY.fullmatch(address) and not Path(address).exists() else None


def address_of(key: str) -> str:
    """Where a person opens the spreadsheet of that key."""
    return f"https://docs.google.com/spreadsheets/d/{key}"


def workbook_at(address: str | Path, now: datetime) -> ExcelWorkbook | GoogleWorkbook:
    """The workbook, not read yet. `now` (aware) dates backups and locks. Raises LedgerError."""
    key = key_of(str(address))
    if key is None:
        return ExcelWorkbook(Path(address), now)
    # A quarter of a second that a local file does not need.
    from automation.workbooks.google import GoogleWorkbook

    return GoogleWorkbook(key, now)
