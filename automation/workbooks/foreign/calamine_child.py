"""Reads a spreadsheet from standard input with calamine, and says on standard output what is in it, as JSON.

It is a process of its own (`apart.py` starts it): a damaged file can make calamine end the whole process, or ask for
terabytes.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineSheet, SheetTypeEnum, load_workbook

PASSWORD, DAMAGED, TOO_MANY = "password", "damaged", "too_many"
_MOST_MEMORY = 2 << 30


def main() -> None:
    most_rows, most_columns = map(int, sys.argv[1:])
    with suppress(ImportError, ValueError, OSError):
        import resource  # only where there is one: not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(_read(sys.stdin.buffer.read(), most_rows, most_columns), sys.stdout, default=_as_written)


def _read(data: bytes, most_rows: int, most_columns: int) -> dict[str, Any]:
    try:
        book = load_workbook(io.BytesIO(data))
        kinds = {one.name: one.typ for one in book.sheets_metadata}
        sheets = []
        for title in book.sheet_names:
            if kinds[title] is SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_name(title)
                rows = _rows(sheet, most_rows, most_columns)
                if rows is None:
                    return {"wrong": TOO_MANY}
                sheets.append({"title": title, "rows": rows, "merged": sheet.merged_cell_ranges or ()})
    except (CalamineError, ValueError, OverflowError, MemoryError) as error:
        return {"wrong": PASSWORD if "password" in str(error).lower() else DAMAGED}
    return {"sheets": sheets}


def _rows(sheet: CalamineSheet, most_rows: int, most_columns: int) -> list[Sequence[object]] | None:
    """The rows from the first on, None if too many hold something. One without content is empty, since there may be a million
    between two that have some."""
    before = [""] * (sheet.start[1] if sheet.start else 0)  # the columns that nothing stands in, which it leaves out
    rows: list[Sequence[object]] = []
    filled = 0
    for row in sheet.iter_rows():
        cells = [*before, *row][:most_columns]
        has_some = any(cell != "" for cell in cells)
        filled += has_some
        if filled > most_rows:
            return None
        rows.append(cells if has_some else ())
    return rows


def _as_written(cell: object) -> object:
    """A day or time with what it is; a length of time as the text that people see."""
    if isinstance(cell, timedelta):
        return str(cell)
    kind = next(kind for kind in (datetime, date, time) if isinstance(cell, kind))
    assert isinstance(cell, date | time)
    return {kind.__name__: cell.isoformat()}


if __name__ == "__main__":
    main()
