"""A date that a program wrote as text (`t="d"`) is a date, with or without a time zone."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from automation.workbooks.excel.workbook import ExcelWorkbook


def workbook_with(path: Path, cell: str) -> Path:
    """A workbook whose cell A1 is this XML."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0]["A1"] = 1
    book.save(out)
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(b'<c r="A1" t="n"><v>1</v></c>', cell.encode())
                assert cell.encode() in content
            new.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('<c r="A1" t="d"><v>2026-03-02</v></c>', date(2026, 3, 2)),
        ('<c r="A1" t="d"><v>2026-03-02T00:00:00</v></c>', datetime(2026, 3, 2)),
        ('<c r="A1" t="d"><v>2026-03-02T00:00:00Z</v></c>', datetime(2026, 3, 2)),
        ('<c r="A1" t="d"><v>2026-03-02Z</v></c>', datetime(2026, 3, 2)),
        ('<c r="A1" t="d"><v>2026-03-02+08:00</v></c>', datetime(2026, 3, 2)),
        ('<c r="A1" s="0" t="d"><v>2026-03-02T23:30:00.000Z</v></c>', datetime(2026, 3, 2, 23, 30)),
        ("<c r='A1' t='d'><v>2026-03-02T23:30:00+08:00</v></c>", datetime(2026, 3, 2, 23, 30)),
        ('<c r="A1" t="d"><v>the second Z</v></c>', "the second Z"),
        ('<c r="A1" t="str"><v>2026-03-02T00:00:00Z</v></c>', "2026-03-02T00:00:00Z"),
    ],
)
def test_what_is_read(tmp_path: Path, cell: str, read: object) -> None:
    path = workbook_with(tmp_path / "ledger.xlsx", cell)
    assert ExcelWorkbook(path, datetime(2026, 3, 18, tzinfo=UTC)).read().grids["Sheet"].rows == [[read]]
