"""A ledger's file opened with openpyxl, for tests that change it as a person would and save it."""

from __future__ import annotations

import io

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from automation.workbooks.excel.layout.row_heights import let_grow
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.excel.xml.worksheet import ROW
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8, attribute


def opened(data: bytes) -> Workbook:
    """The workbook, in which rows can still grow with their text; openpyxl would save every height as set by a person."""
    package, book = Package(data, ""), load_workbook(io.BytesIO(data), rich_text=True)
    for title, part in package.sheets.items():
        sheet = book[title]
        assert isinstance(sheet, Worksheet)
        for tag in ROW.findall(as_plain_utf8(package.part(part))):
            row, height = attribute(tag, "r"), attribute(tag, "ht")
            if row and height and attribute(tag, "customHeight") not in ("1", "true"):
                let_grow(sheet, int(row), float(height))
    return book
