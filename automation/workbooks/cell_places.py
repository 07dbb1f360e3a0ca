"""Where a cell stands, from its name."""

from __future__ import annotations

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string


def place_of(cell: str) -> tuple[int, int]:
    """`B3` → row 3, column 2."""
    letters, row = coordinate_from_string(cell.replace("$", ""))
    return int(row), int(column_index_from_string(letters))
