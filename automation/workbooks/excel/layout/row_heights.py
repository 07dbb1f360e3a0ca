"""Row heights: tall enough for the text in a row, and free to grow when people type more."""

from __future__ import annotations

from copy import copy

from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet


class FreeRow(RowDimension):
    """A row with a height that can still grow with its text; openpyxl's own would stay fixed."""

    @property
    def customHeight(self) -> bool:  # noqa: N802  (openpyxl's name)
        return False


def let_grow(sheet: Worksheet, row: int, height: float) -> None:
    """Give a row a height from which it can grow."""
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
        )
        dimension._style = copy(old._style)  # type: ignore[attr-defined]
    sheet.row_dimensions[row] = dimension
