"""One cell between our words and Google's: typed on the way out, never parsed text; comparable on the way back.

A date is its serial number: days since 1899-12-30, "with no zone" (notes on Google Sheets, section 2); the ledger's own zone
stands in Settings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from hashlib import blake2b
from typing import Any

from automation.ledger.marks import ERROR, FORMULA, Mark, mark, well_formed
from automation.ledger.serial_days import day_of, is_ours, moment_of, part_of_day, serial
from automation.ledger.workbook import Cell, CellError, Formula


def from_serial(number: float) -> date | datetime:
    """The day, or the moment if there is a time of day, to the second."""
    if float(number).is_integer():
        return day_of(number)
    return moment_of(number)


def as_date(cell: Cell) -> Cell:
    """What a date column's cell means: a number in the range of our days is a day."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and is_ours(cell):
        return from_serial(cell)
    return cell


def typed(cell: Cell) -> dict[str, Any]:
    """CellData with the value and nothing else. `=IMPORTXML(…)` as text stays text."""
    if isinstance(cell, bool):
        value: dict[str, Any] = {"boolValue": cell}
    elif isinstance(cell, date):
        value = {"numberValue": serial(cell)}
    elif isinstance(cell, time):
        value = {"numberValue": part_of_day(cell)}
    elif isinstance(cell, int | float):
        value = {"numberValue": cell}
    elif isinstance(cell, Formula):
        value = {"formulaValue": cell.text}
    elif isinstance(cell, CellError):
        value = {"stringValue": cell.code}
    elif cell == "":
        return {}
    else:
        value = {"stringValue": well_formed(cell)}
    return {"userEnteredValue": value}


def mark_of(data: Mapping[str, Any]) -> Mark:
    """The same of a CellData in a reply."""
    value = data.get("userEnteredValue") or {}
    if "formulaValue" in value:
        return FORMULA
    if "numberValue" in value:
        return mark(value["numberValue"])
    if "boolValue" in value:
        return bool(value["boolValue"])
    if "errorValue" in value:
        return ERROR
    return mark(str(value.get("stringValue", "")))


def digest(marks: Sequence[Mark]) -> str:
    """A short name for a row of marks, the same whenever they are."""
    text = "\x1f".join(f"{type(one).__name__[0]}{one}" for one in marks)
    return blake2b(text.encode(), digest_size=12).hexdigest()
