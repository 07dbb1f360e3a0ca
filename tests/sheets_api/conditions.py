"""The conditions of filters: which cells one holds for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .errors import Json

_TEXT: dict[str, Callable[[str, str], bool]] = {
    "TEXT_CONTAINS": lambda text, wanted: wanted in text,
    "TEXT_NOT_CONTAINS": lambda text, wanted: wanted not in text,
    "TEXT_STARTS_WITH": str.startswith,
    "TEXT_ENDS_WITH": str.endswith,
    "TEXT_EQ": lambda text, wanted: text == wanted,
    "TEXT_NOT_EQ": lambda text, wanted: text != wanted,
}
_NUMBER: dict[str, Callable[[float, float], bool]] = {
    "NUMBER_GREATER": lambda number, wanted: number > wanted,
    "NUMBER_GREATER_THAN_EQ": lambda number, wanted: number >= wanted,
    "NUMBER_LESS": lambda number, wanted: number < wanted,
    "NUMBER_LESS_THAN_EQ": lambda number, wanted: number <= wanted,
    "NUMBER_EQ": lambda number, wanted: number == wanted,
    "NUMBER_NOT_EQ": lambda number, wanted: number != wanted,
}


def holds(condition: Json, value: Any, shown: str) -> bool:
    """Whether a condition holds for a cell of that value and look. Kinds not listed here hold for every cell."""
    kind = condition.get("type", "")
    wanted = [str(item.get("userEnteredValue", "")) for item in condition.get("values", ())]
    if kind in ("BLANK", "NOT_BLANK"):
        return (shown == "") is (kind == "BLANK")
    if kind in _TEXT and wanted:
        return _TEXT[kind](shown.casefold(), wanted[0].casefold())
    if kind in _NUMBER and wanted:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return is_number and _NUMBER[kind](value, float(wanted[0]))
    return True
