"""Converts cell values to Google's form and back.

They are sent with their type, never as text for Google to interpret. A date is a serial number: days since 1899-12-30,
without a time zone; the ledger's zone is in Settings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from hashlib import blake2b
from typing import Any

from automation.ledger.marks import ERROR, FORMULA, Mark, mark
from automation.ledger.serial_days import day_of, is_ours, moment_of, part_of_day, serial
from automation.ledger.workbook import Cell, CellError, Formula
from automation.text.characters import for_json


def from_serial(number: float) -> date | datetime:
    """The date of a serial number, or the moment, to the second, if it has a time of day."""
    if float(number).is_integer():
        return day_of(number)
    return moment_of(number)


def as_date(cell: Cell) -> Cell:
    """The cell of a date column: a number in the range of our dates is a date."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and is_ours(cell):
        return from_serial(cell)
    return cell


def typed(cell: Cell) -> dict[str, Any]:
    """CellData with only the value. Text such as `=IMPORTXML(…)` stays text."""
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
        value = {"stringValue": for_json(cell)}
    return {"userEnteredValue": value}


def mark_of(data: Mapping[str, Any]) -> Mark:
    """The mark of a CellData in a reply, comparable with the mark of our own cell."""
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
    """A digest of marks: the same for the same marks."""
    text = "\x1f".join(f"{type(one).__name__[0]}{one}" for one in marks)
    return blake2b(text.encode(), digest_size=12).hexdigest()
