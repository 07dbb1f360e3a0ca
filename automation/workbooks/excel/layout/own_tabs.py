"""Copies the users' own tabs into a workbook that was just laid out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from automation.ledger.workbook import Cell, CellError, Formula
from automation.workbooks.excel.layout.own_charts import our_charts
from automation.workbooks.excel.layout.row_heights import opened
from automation.workbooks.excel.layout.saving import saved
from automation.workbooks.excel.xml.package import Package
from sheet_schema import Language


def with_own_tabs(data: bytes, tabs: Mapping[str, Sequence[Sequence[Cell]]], language: Language) -> bytes:
    """The workbook with these tabs after its own, cell by cell. Text stays text; formulas stay formulas."""
    if not tabs:
        return data
    book = opened(data)
    our_charts(Package(data, ""), language).lay_out_anew(book)
    for title, rows in tabs.items():
        sheet = book.create_sheet(title)
        for i, row in enumerate(rows, start=1):
            for j, value in enumerate(row, start=1):
                if value != "":
                    cell = sheet.cell(i, j)
                    cell.value = (
                        value.text
                        if isinstance(value, Formula)
                        else value.code
                        if isinstance(value, CellError)
                        else value
                    )
                    if isinstance(value, str):
                        cell.data_type = "s"
    return saved(book)
