"""A row grows with the problems written into it, unless a person set its height."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Alignment
from openpyxl.worksheet.dimensions import RowDimension

from automation.ledger.workbook import ColumnEdit, Commit, TabEdit
from automation.workbooks.excel.layout.new_workbook import new_workbook
from automation.workbooks.excel.layout.saving import saved
from automation.workbooks.excel.layout.upgrade import completed
from automation.workbooks.excel.workbook import ExcelWorkbook
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.excel.xml.worksheet import ROW
from automation.workbooks.excel.xml.xml_bytes import attribute
from sheet_schema import TAB
from tests.support.new_ledger import blank
from tests.support.opened_again import opened

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


def test_install_again_and_tabs_of_peoples_own_leave_rows_free_to_grow_but_those_a_person_set() -> None:
    data = blank("en")
    with_duty, title = openpyxl.load_workbook(io.BytesIO(data)), TAB["wording"].label("en")
    assert customs(data, title) == {1}  # the header

    book = opened(data)
    del book["Duty"]
    book[title].row_dimensions[3] = RowDimension(book[title], index=3, ht=90)
    completed_again, said = completed(saved(book), "ledger.xlsx", "en", {})

    assert said == ["Added the tab Duty."]
    assert customs(completed_again, title) == {1, 3}
    assert customs(new_workbook("en", {}, {"Ours": [["a"]]}), title) == {1}
    assert (
        with_duty[title].row_dimensions[9].height
        == openpyxl.load_workbook(io.BytesIO(completed_again))[title].row_dimensions[9].height
    )


def customs(data: bytes, title: str) -> set[int]:
    """The rows of a tab whose height counts as set by a person."""
    package = Package(data, "")
    tags = ROW.findall(package.part(package.sheets[title]))
    return {int(attribute(tag, "r") or 0) for tag in tags if attribute(tag, "customHeight") in ("1", "true")}
