"""Writes values into openpyxl cells, so that text stays text."""

from __future__ import annotations

import re

from openpyxl.cell import Cell

from automation.ledger.marks import LONGEST_TEXT
from automation.workbooks.excel import refusals

# XML forbids these characters; ECMA-376, 22.4.2.4 says how they are written instead.
_NOT_FOR_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def put(cell: Cell, value: object) -> None:
    """Write a value. Text stays text, whatever it looks like; None and "" leave the cell blank. Raises LedgerError,
    naming the cell, if the text is longer than a cell can hold: openpyxl would cut it."""
    if value is None or value == "":
        return
    if not isinstance(value, str):
        cell.value = value  # type: ignore[assignment]  # date, datetime, int, float
        return
    if len(value.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_TEXT:
        raise refusals.cannot_be_written(
            cell.parent.title,
            cell.coordinate,
            f"the text is longer than the {LONGEST_TEXT:,} characters a cell can hold; shorten it.",
            f"文字超过单元格上限 {LONGEST_TEXT:,} 字；请缩短。",
        )
    cell.value = _NOT_FOR_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", value)
    cell.data_type = "s"
