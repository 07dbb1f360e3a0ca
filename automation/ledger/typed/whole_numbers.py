"""Reads whole numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np

from automation.ledger.typed.cell import Bad, Parsed, Taken, as_text, each_once
from automation.ledger.workbook import Cell
from sheet_schema.languages import any_of

LARGEST_NUMBER = 10_000_000
_MEASURES = re.compile(f"{any_of('headcounts', 'measures')}*$")
"""What may stand behind a number without changing it: 3人."""


def whole_column(cells: Sequence[Cell]) -> Parsed:
    """The number in each cell."""
    said: dict[int, Bad | Taken] = {}
    values = np.full(len(cells), np.nan)
    each_once(cells, values, one_whole, said)
    return values, said


def one_whole(cell: Cell) -> float | Bad | None:
    """The whole number in a cell; None for nothing but spaces."""
    if isinstance(cell, str):
        digits = _MEASURES.sub("", unicodedata.normalize("NFKC", cell).replace(" ", ""))
        if not digits:
            return None if not cell.strip() else Bad("not_whole", {"value": cell})
        if not re.fullmatch(r"[0-9]{1,15}(\.0+)?", digits):
            return Bad("not_whole", {"value": cell.strip()})
        number = float(digits)
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        number = float(cell)
    else:
        return Bad("not_whole", {"value": as_text(cell)})
    if not number.is_integer() or number < 0:
        return Bad("not_whole", {"value": as_text(cell)})
    return number if number <= LARGEST_NUMBER else Bad("too_large", {"value": as_text(number)})
