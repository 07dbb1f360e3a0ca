"""What the cells of a real workbook are read as, for tables of what people type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from automation.ledger.model import Ledger, Problem
from automation.ledger.parsing import parse
from automation.ledger.workbook import Cell
from automation.workbooks.excel.workbook import ExcelWorkbook
from tests.support.new_ledger import CLOCK, settle_typed


def read_as(path: Path, column: str, cells: Sequence[Cell], language: str = "zh") -> dict[Cell, str]:
    """By cell, the value it is read as; in brackets the code of the problem with it, or of the note beside it."""
    ledger = ledger_of(path, column, cells, language)
    values = dict(zip(ledger.register.rows.tolist(), ledger.register[column].tolist(), strict=True))
    said = {one.row: one.code for one in (*ledger.notes, *ledger.problems) if of_cell(one, column)}
    return {cell: _shown(values.get(row), said.get(row)) for row, cell in enumerate(cells, start=2)}


def ledger_of(path: Path, column: str, cells: Sequence[Cell], language: str = "zh") -> Ledger:
    """A ledger with these cells in a column of the Register, as it is read from its file."""
    return parse(ExcelWorkbook(settle_typed(path, column, cells, language), CLOCK).read())


def of_cell(problem: Problem, column: str) -> bool:
    return problem.tab == "register" and problem.column == column


def _shown(value: object, code: str | None) -> str:
    blank = value is None or value == "" or (isinstance(value, float) and np.isnan(value))
    said = "" if blank else f"{value:g}" if isinstance(value, float) else str(value)
    return " ".join(part for part in (said, f"({code})" if code else "") if part)


def each(table: Mapping[str, object]) -> list[str]:
    """What is typed in a table whose rows are lists under `typed`, or typed words with what they mean."""
    return list(table["typed"]) if "typed" in table else list(table)  # type: ignore[call-overload]
