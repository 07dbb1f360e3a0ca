"""An Excel table over a tab grows with the lines written below it, and never into anything else."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.filters import AutoFilter, SortCondition, SortState
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from automation.ledger.workbook import Cell, ColumnEdit, RowMove, TabEdit
from automation.run.job import JOBS, Request
from automation.run.run import run
from automation.workbooks.excel.workbook import ExcelWorkbook
from automation.workbooks.excel.xml.cell_edits import with_edits
from automation.workbooks.excel.xml.package import Package
from sheet_schema import REGISTER
from tests.support.new_ledger import settle_new

CLOCK = datetime(2026, 3, 18, 1, tzinfo=UTC)
Change = Callable[[Worksheet], None]


def table(ref: str, name: str = "cases", **more: object) -> Table:
    return Table(displayName=name, ref=ref, **more)  # type: ignore[arg-type]


def tabled(*tables: Table, also: Change = lambda _: None) -> bytes:
    """Cases and Filed, each with headings in A1:C1 and rows to 5; the tables are over Cases, and one like the first over Filed."""
    book = openpyxl.Workbook()
    cases, filed = book.worksheets[0], book.create_sheet("Filed")
    cases.title = "Cases"
    for sheet in (cases, filed):
        for row in range(1, 6):
            for column in range(1, 4):
                sheet.cell(row, column).value = f"{'ABC'[column - 1]}{row}"
    for one in tables:
        for cell in cases[one.ref][0]:
            cell.value = cell.value or f"heading {cell.column}"
        cases.add_table(one)
    filed.add_table(table("A1:C5", "filed"))
    also(cases)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ends(data: bytes, title: str = "Cases") -> list[tuple[str, str | None]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data))[title]
    return [(one.ref, one.autoFilter.ref if one.autoFilter else None) for one in sheet.tables.values()]


def written(data: bytes, rows: list[int], column: int = 1, value: Cell = "x") -> bytes:
    edit = TabEdit("Cases", [ColumnEdit(column, rows, [value] * len(rows))])
    return with_edits(Package(data, "b.xlsx"), [edit])


def merged(sheet: Worksheet) -> None:
    sheet.merge_cells("A8:B8")


def spilling(sheet: Worksheet) -> None:
    sheet["C7"] = ArrayFormula("C7:C8", "=A1:A2")


@pytest.mark.parametrize(
    ("tables", "also", "rows", "column", "value", "after"),
    [
        ((table("A1:C5"),), None, [6, 7, 8], 1, "x", ["A1:C8"]),
        ((table("A1:C5"),), None, [3, 5], 1, "x", ["A1:C5"]),  # nothing below it
        ((table("A1:C5"),), None, [6, 7], 5, "x", ["A1:C5"]),  # beside it
        ((table("A1:C5"),), None, [6, 7], 1, "", ["A1:C5"]),  # only emptied
        ((table("A1:C4"),), None, [6], 1, "x", ["A1:C6"]),  # it ended too early since an earlier run
        ((table("A1:C5", totalsRowCount=1),), None, [6], 1, "x", ["A1:C5"]),
        ((table("A1:C5", headerRowCount=0),), None, [6], 1, "x", ["A1:C5"]),
        ((table("A2:C5"),), None, [6], 1, "x", ["A2:C5"]),  # its headings are not the tab's
        ((table("A1:C5"),), merged, [6, 7], 1, "x", ["A1:C7"]),
        ((table("A1:C5"),), merged, [6, 9], 1, "x", ["A1:C5"]),
        ((table("A1:C5"),), spilling, [6], 1, "x", ["A1:C6"]),
        ((table("A1:C5"),), spilling, [6, 7, 8], 1, "x", ["A1:C5"]),
        ((table("A1:C5"), table("A7:C9", "own")), None, [6, 10], 1, "x", ["A1:C5", "A7:C9"]),
        ((table("A1:B5"), table("C1:C5", "own")), None, [6], 1, "x", ["A1:B6", "C1:C5"]),
        ((table("A1:B5"), table("D1:E5", "own")), None, [6], 4, "x", ["A1:B5", "D1:E6"]),
    ],
)
def test_a_table_reaches_down_to_what_was_written_below_it(
    tables: tuple[Table, ...], also: Change | None, rows: list[int], column: int, value: Cell, after: list[str]
) -> None:
    data = written(tabled(*tables, also=also or (lambda _: None)), rows, column, value)
    assert [ref for ref, _ in ends(data)] == after


def test_its_filter_and_its_order_reach_as_far() -> None:
    one = table("A1:C5")
    one.autoFilter = AutoFilter(ref="A1:C5")
    one.sortState = SortState(ref="A2:C5", sortCondition=[SortCondition(ref="B2:B5")])
    package = Package(written(tabled(one), [6, 7]), "b.xlsx")
    (part,) = package.all_related(package.sheets["Cases"], "table")
    xml = package.part(part).decode()
    assert [f'ref="{span}"' in xml for span in ("A1:C7", "A2:C7", "B2:B7")] == [True] * 3
    assert 'C5"' not in xml


def test_rows_that_move_shorten_one_table_and_lengthen_the_other() -> None:
    move = RowMove("Cases", "Filed", [2, 3], [6, 7], {1: 1, 2: 2, 3: 3})
    data = with_edits(Package(tabled(table("A1:C5")), "b.xlsx"), [], [move])
    assert (ends(data)[0][0], ends(data, "Filed")[0][0]) == ("A1:C3", "A1:C7")


def test_a_table_over_the_register_grows_with_the_pad(tmp_path: Path) -> None:
    path = settle_new(tmp_path / "ledger.xlsx", {"settings": ({"name": "空白行数", "value": "5"},)})
    ask = Request(JOBS["validate"], datetime(2026, 3, 18, 9), CLOCK)
    run(ExcelWorkbook(path, CLOCK), ask)
    book = openpyxl.load_workbook(path)
    sheet = book["登记"]
    sheet.auto_filter.ref = None
    end = sheet.max_row
    letter = openpyxl.utils.get_column_letter(len(REGISTER.columns))
    sheet.add_table(table(f"A1:{letter}{end}"))
    at = [column.key for column in REGISTER].index("summary") + 1
    for row in (2, 3, 4):
        sheet.cell(row, at).value = "作业太多"
    book.save(path)

    run(ExcelWorkbook(path, CLOCK), ask)

    sheet = openpyxl.load_workbook(path)["登记"]
    numbered = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value]
    assert numbered[-1] == end + 3
    assert [one.ref for one in sheet.tables.values()] == [f"A1:{letter}{end + 3}"]
