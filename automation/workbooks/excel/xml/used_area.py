"""How far down and across a sheet is used: asked before it is read, since reading takes memory for the whole area."""

from __future__ import annotations

import re
from dataclasses import dataclass

from automation.ledger.cell_names import column_number
from automation.pages.page import reference

MOST_CELLS = 20_000_000
"""The largest used area of a tab; 100,000 cases take a quarter of it."""
NEAR = 20_000
"""No cell above this row is far away."""
SPARSE = 20
"""If not even one row in so many has anything in it, the last one is there by mistake."""
_ROWS, _COLUMNS = 1_048_576, 16_384
_REFERENCE = re.compile(rb"""\sr=["']([A-Za-z]{1,3})\d+["']""")
_ROW_NUMBER = re.compile(rb"""<row\s(?:[^<>]*?\s)?r=["'](\d+)["']""")
_FILLED = re.compile(rb"""<c\s(?:[^<>]*?\s)?r=["']([A-Za-z]{1,3})(\d+)["'](?:[^<>]*[^<>/])?>\s*<(?!/)""")


@dataclass(frozen=True, slots=True)
class TooLarge:
    """A sheet that is not read: because of this cell far from all others, or (None) because of too many cells."""

    far: str | None


def too_large(xml: bytes, rows_there: int | None = None) -> TooLarge | None:
    """What makes the sheet's used area too large to read; None if it is not. `rows_there`: how many rows it has if `xml`
    lacks some."""
    last = _ROW_NUMBER.match(xml, max(0, xml.rfind(b"<row")))
    rows = int(last[1]) if last else 0
    small = rows * _COLUMNS <= MOST_CELLS or rows * _widest(xml) <= MOST_CELLS
    if small and (rows <= NEAR or rows <= SPARSE * (rows_there or xml.count(b"<row"))):
        return None
    return _looked_at_closely(xml)


def _looked_at_closely(xml: bytes) -> TooLarge | None:
    """The same by what is in each cell: many rows may be there for their look only."""
    lowest, lowest_at, widest, widest_at, filled, filled_rows = 0, b"A", 0, 1, 0, 0
    for found in _FILLED.finditer(xml):
        row, column = int(found[2]), column_number(found[1].decode().upper())
        filled += 1
        if row > lowest:
            lowest, lowest_at, filled_rows = row, found[1], filled_rows + 1
        if column > widest:
            widest, widest_at = column, row
    down, across = TooLarge(f"{lowest_at.decode().upper()}{lowest}"), TooLarge(reference(widest_at, max(widest, 1)))
    if lowest > NEAR and lowest > SPARSE * filled_rows:
        return down
    if lowest * widest <= MOST_CELLS:
        return None
    if filled * SPARSE > lowest * widest:
        return TooLarge(None)
    return down if lowest / _ROWS >= widest / _COLUMNS else across


def _widest(xml: bytes) -> int:
    """The rightmost column of any row; it only looks at the last cell of each."""
    letters, start, end = {b"A"}, 0, xml.find(b"</row")
    while end != -1:
        found = _REFERENCE.search(xml, max(start, xml.rfind(b"<c", start, end)), end)
        if found:
            letters.add(found[1])
        start, end = end, xml.find(b"</row", end + 1)
    return max(column_number(one.decode().upper()) for one in letters)
