"""Cells in the form in which two are compared, and days as the numbers that spreadsheets count them by."""

from __future__ import annotations

from datetime import date, datetime, time

from automation.ledger.workbook import Cell, Formula

LONGEST_TEXT = 32_767
"""Of one cell, in UTF-16 units. Excel "repairs" a file with longer text by cutting it."""


EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  (serial numbers have no zone)


_SECONDS = 86_400


_DIGITS = 7
"""Decimals that count when numbers are compared: a hundredth of a second of a day."""


Mark = str | float | bool
"""A cell in the form in which two are compared. Blank is `""`; any formula is the same `FORMULA`: copying one to another row
rewrites it, so that its text tells nothing."""


FORMULA = "=…"


ERROR = "#…"
"""Any error value a person typed: one reply shows it as such, another as its code."""


_CODES = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#ERROR!"})


def serial(day: date | datetime) -> float:
    """A day or moment as a serial number."""
    moment = day if isinstance(day, datetime) else datetime.combine(day, time())
    passed = moment.replace(tzinfo=None) - EPOCH
    return passed.days if not passed.seconds else passed.days + passed.seconds / _SECONDS


def well_formed(text: str) -> str:
    """Text that JSON in UTF-8 can carry: half of a surrogate pair is shown as such."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def mark(cell: Cell) -> Mark:
    """A cell as it is compared."""
    if isinstance(cell, Formula) or (isinstance(cell, str) and cell.startswith("=")):
        return FORMULA
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, str):
        return ERROR if cell in _CODES else well_formed(cell)
    if isinstance(cell, date):
        return round(float(serial(cell)), _DIGITS)
    if isinstance(cell, int | float):
        return round(float(cell), _DIGITS)
    if isinstance(cell, time):
        return round((cell.hour * 3600 + cell.minute * 60 + cell.second) / _SECONDS, _DIGITS)
    return ERROR
