"""Writes values into openpyxl cells, so that text stays text."""

from __future__ import annotations

from openpyxl.cell import Cell

from automation.workbooks.excel import refusals
from automation.workbooks.excel.xml.cell_xml import Unwritable, cell_text


def put(cell: Cell, value: object) -> None:
    """Write a value. Text stays text, whatever it looks like; None and "" leave the cell blank. Raises LedgerError,
    naming the cell, if the text is longer than a cell can hold: openpyxl would cut it."""
    if value is None or value == "":
        return
    if not isinstance(value, str):
        cell.value = value  # type: ignore[assignment]  # date, datetime, int, float
        return
    try:
        cell.value = cell_text(value)
    except Unwritable as why:
        raise refusals.cannot_be_written(cell.parent.title, cell.coordinate, why.why) from why
    cell.data_type = "s"
