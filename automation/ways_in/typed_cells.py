"""What is written into a cell of the Register for a case that came from outside: as if somebody had typed it there."""

from __future__ import annotations

from automation.ledger.workbook import Cell
from automation.text.catalogue import msg
from automation.text.characters import for_xml
from automation.ways_in.old_case import OldCase
from sheet_schema import REGISTER, Language, Type

_NAMELESS = msg("Anonymous", "a petitioner")


def typed_cell(case: OldCase, key: str, language: Language) -> Cell:
    """The cell: a choice as this ledger calls it, all else as it was."""
    if key == "petitioner" and case.nameless:
        return _NAMELESS.say(language)
    cell = case.as_typed.get(key, case.cells.get(key, ""))
    if key in case.as_typed or cell == "":
        return for_xml(cell) if isinstance(cell, str) else cell
    column = REGISTER[key]
    if column.type is Type.CHOICE and column.choices is not None:
        return column.choices.of(str(cell)).label(language)
    return for_xml(cell) if isinstance(cell, str) else cell
