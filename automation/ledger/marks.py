"""Makes cells comparable however a workbook returns them."""

from __future__ import annotations

from datetime import date, time

from automation.ledger.serial_days import part_of_day, serial
from automation.ledger.workbook import Cell, Formula
from automation.text.characters import for_json

_DIGITS = 7
"""Decimals to which numbers are compared: of a day, about a hundredth of a second."""


Mark = str | float | bool
"""A comparable cell: `""` if blank, FORMULA for any formula, since moving one to another row rewrites its text."""


FORMULA = "=…"


ERROR = "#…"
"""Stands for any error value, since some replies return an error and others its code as text."""


_CODES = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#ERROR!"})


def mark(cell: Cell) -> Mark:
    """The comparable form of a cell."""
    if isinstance(cell, Formula) or (isinstance(cell, str) and cell.startswith("=")):
        return FORMULA
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, str):
        return ERROR if cell in _CODES else for_json(cell)
    if isinstance(cell, date):
        return round(float(serial(cell)), _DIGITS)
    if isinstance(cell, int | float):
        return round(float(cell), _DIGITS)
    if isinstance(cell, time):
        return round(part_of_day(cell), _DIGITS)
    return ERROR
