"""Row heights: tall enough for the text in a row, and free to grow when people type more."""

from __future__ import annotations

import io
from copy import copy

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from automation.workbooks.excel.xml.package import Package
from automation.workbooks.excel.xml.worksheet import ROW
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8, attribute


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


def opened(data: bytes, name: str = "") -> Workbook:
    """The file as an openpyxl workbook in which rows can still grow with their text, but for those whose height a person
    set. openpyxl itself would save every height as set by a person."""
    package, book = Package(data, name), load_workbook(io.BytesIO(data), rich_text=True)
    for title, part in package.sheets.items():
        sheet = book[title]
        for tag in ROW.findall(as_plain_utf8(package.part(part))) if isinstance(sheet, Worksheet) else ():
            row, height = attribute(tag, "r"), attribute(tag, "ht")
            if row and height and attribute(tag, "customHeight") not in ("1", "true"):
                let_grow(sheet, int(row), float(height))
    return book
