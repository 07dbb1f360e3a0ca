"""Row heights: tall enough for what stands in a row, and still free to follow what people type."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

COMFORTABLE = 20.0
"""Of a row with one line of text, in points."""
_LINE = 15.5
_TALLEST = 400.0


class FreeRow(RowDimension):
    """A row that has a height and yet grows with its text: openpyxl's own would be fixed at that height."""

    @property
    def customHeight(self) -> bool:  # noqa: N802  (openpyxl's name)
        return False


def let_grow(sheet: Worksheet, row: int, height: float) -> None:
    """Give a row a height from which it grows when somebody types more into it."""
    dimension = FreeRow(sheet, index=row, ht=height)
    old = sheet.row_dimensions.get(row)
    if old is not None:
        dimension = FreeRow(
            sheet,
            index=row,
            ht=height,
            hidden=old.hidden,
            outlineLevel=old.outlineLevel,
            collapsed=old.collapsed,
            thickBot=old.thickBot,
            thickTop=old.thickTop,
            s=old.s,
        )
    sheet.row_dimensions[row] = dimension


def height_of(texts: Iterable[tuple[str, float]]) -> float:
    """How tall a row has to be for wrapped texts, each with the width of its column in characters."""
    lines = max((lines_of(text, width) for text, width in texts), default=1)
    return min(_TALLEST, COMFORTABLE + _LINE * (lines - 1))


def lines_of(text: str, width: float) -> int:
    """How many lines a text fills in a column so wide."""
    if 2 * len(text) <= width and "\n" not in text:
        return 1
    return sum(-(-max(1, breadth(line)) // max(1, int(width - 1))) for line in text.split("\n"))


def breadth(text: str) -> int:
    """How many characters wide a line is: a Chinese one counts as two."""
    return len(text) if text.isascii() else sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text)
