"""`install --rename-labels` changes headers, notes and lists in place; all else in the file stays byte for byte."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from openpyxl.worksheet.table import Table

from automation.ledger.workbook import Snapshot
from automation.pages.newer_words import newer_words
from automation.workbooks.excel.layout.rename import renamed
from automation.workbooks.excel.sheets_read import grids_of
from automation.workbooks.excel.xml.package import Package
from tests.support.a_bit_of_everything import FOREIGN, ON_A_TAB, said_in, with_everything
from tests.support.new_ledger import blank
from tests.support.sound_package import faults, parts_of


def aged() -> bytes:
    """A ledger with a former heading, under a table of the office's own."""
    book = openpyxl.load_workbook(io.BytesIO(blank("en")))
    book.move_sheet("Register", 0)
    sheet = book["Register"]
    header = next(cell for cell in sheet[1] if cell.value == "Name")
    header.value = "Petitioner"
    sheet.auto_filter.ref = None
    sheet.add_table(Table(displayName="Cases", ref=f"A1:{sheet.cell(2, sheet.max_column).coordinate}"))
    book["People"]["Z1"] = "=COUNTA(Cases[Petitioner])"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("strict", [False, True], ids=["transitional", "strict"])
def test_newer_words_are_put_in_place_and_nothing_else_is_touched(*, strict: bool) -> None:
    data = with_everything(aged(), strict=strict)
    words = newer_words(Snapshot(grids_of(data, Package(data, "")), ""), "en")

    made = renamed(Package(data, "ledger.xlsx"), words, "en")

    before, after = parts_of(data), parts_of(made)
    assert words.renamed == (("Petitioner", "Name"),)
    assert faults(data) == faults(made) == []
    assert {name for name in before if after[name] != before[name]} - {"xl/workbook.xml"} == {
        *("xl/worksheets/sheet2.xml", "xl/worksheets/sheet8.xml", "xl/tables/table1.xml"),
    }
    assert not {name for name in FOREIGN if after[name] != before[name]}
    assert all(said_in(one, strict=strict) in after["xl/worksheets/sheet2.xml"] for one in ON_A_TAB.values())
    headers = [str(cell) for cell in grids_of(made, Package(made, ""))["Register"].rows[0]]
    columns = re.findall(r'<tableColumn [^>]*?name="([^"]*)"', after["xl/tables/table1.xml"].decode())
    assert columns == headers[: len(columns)]
    assert b"COUNTA(Cases[Name])" in after["xl/worksheets/sheet8.xml"]
