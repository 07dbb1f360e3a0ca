"""A row grows with the problems written into it, unless a person set its height."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Alignment

from automation.ledger.workbook import ColumnEdit, Commit, TabEdit
from automation.workbooks.excel.workbook import ExcelWorkbook

LONG = "Contact is missing. Fill it in. " * 4


@pytest.mark.parametrize(
    ("height", "text", "wraps", "after"),
    [
        (None, LONG, True, 97.5),  # words of 128 mostly slender letters in a column 20 wide, less its margin: 6 lines
        (None, "short", True, None),
        (30.0, LONG, True, 30.0),
        (None, LONG, False, None),
    ],
    ids=["grows", "stays", "set by a person", "in one line"],
)
def test_heights(tmp_path: Path, height: float | None, text: str, *, wraps: bool, after: float | None) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Problems"])
    sheet.append(["old"])
    sheet["A2"].alignment = Alignment(wrap_text=wraps)
    sheet.column_dimensions["A"].width = 20
    sheet.row_dimensions[2].height = height
    book.save(path)
    workbook = ExcelWorkbook(path, datetime.now(UTC))
    with workbook.lock():
        workbook.commit(Commit(workbook.read(), [TabEdit(sheet.title, (ColumnEdit(1, [2], [text]),))]))
    assert openpyxl.load_workbook(path)[sheet.title].row_dimensions[2].height == after
