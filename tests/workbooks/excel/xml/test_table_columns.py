"""A table over the headers of a tab takes their new names along, and so does every formula that names its columns."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from automation.workbooks.excel.xml.package import Package
from automation.workbooks.excel.xml.table_columns import renamed

FORMULAS = {
    "=SUM(Cases[Old & so])": "=SUM(Cases[New [x]])".replace("[x]", "'[x']"),
    "=Cases[[#This Row],[Old & so]]+Cases[[#All],[Kept]:[Old & so]]": (
        "=Cases[[#This Row],[New '[x']]]+Cases[[#All],[Kept]:[New '[x']]]"
    ),
    "=Other[Old & so]+MyCases[Old & so]": "=Other[Old & so]+MyCases[Old & so]",
    "Cases[Old & so]": "Cases[Old & so]",  # no formula, only words
}


def file(top: int) -> Package:
    book = openpyxl.Workbook()
    sheet, beside = book.create_sheet("Register"), book.create_sheet("Beside")
    for row, values in enumerate((("Kept", "Old & so", "Last"), (1, 2, 3)), start=top):
        for at, value in enumerate(values, start=2):
            sheet.cell(row, at, value)
    sheet.add_table(Table(displayName="Cases", ref=f"B{top}:D{top + 1}"))
    for row, formula in enumerate(FORMULAS, start=1):
        beside.cell(row, 1, formula)
    book.defined_names["Ours"] = DefinedName("Ours", attr_text="Cases[Old & so]")
    out = io.BytesIO()
    book.save(out)
    return Package(out.getvalue(), "ledger.xlsx")


def test_the_columns_of_a_table_are_named_anew_wherever_they_are_named() -> None:
    package = file(1)

    changed = renamed(package, "Register", {3: "New [x]", 9: "Outside"})
    book = openpyxl.load_workbook(io.BytesIO(package.with_parts(changed)))

    assert [column.name for column in book["Register"].tables["Cases"].tableColumns] == ["Kept", "New [x]", "Last"]
    assert [book["Beside"].cell(row, 1).value for row, _ in enumerate(FORMULAS, start=1)] == [*FORMULAS.values()]
    assert book.defined_names["Ours"].attr_text == "Cases[New '[x']]"


@pytest.mark.parametrize(("top", "headers"), [(1, {9: "Outside"}), (1, {}), (3, {3: "New"})])
def test_a_table_that_has_none_of_these_headers_stays(top: int, headers: dict[int, str]) -> None:
    assert renamed(file(top), "Register", headers) == {}
