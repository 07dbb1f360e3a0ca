"""Tabs of the users' own in a workbook that is being laid out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl import Workbook

from automation.ledger.workbook import Cell, CellError, Formula


def add_own_tabs(book: Workbook, tabs: Mapping[str, Sequence[Sequence[Cell]]]) -> None:
    """Add these tabs, cell by cell. Text stays text; formulas stay formulas."""
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
