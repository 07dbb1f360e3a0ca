"""An English ledger with the uk-school preset and one case, as `install` and a person make it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from automation.commands.install import install_into
from automation.ledger.parsing import parse
from automation.ledger.workbook import Cell, ColumnEdit, Commit, TabEdit
from automation.workbooks.excel.workbook import ExcelWorkbook
from tests.support.ledger_in_memory import NOW


def install_with_a_case(path: Path, case: Mapping[str, Cell]) -> None:
    """Install the ledger at `path`, and type the cells of a case, by column, into its first line."""
    clock = datetime.now(UTC)
    install_into(path, "en", "uk-school", NOW, clock)
    workbook = ExcelWorkbook(path, clock)
    at = parse(workbook.read()).register.at
    with workbook.lock():
        edits = [ColumnEdit(at[key], [2], [cell]) for key, cell in case.items()]
        workbook.commit(Commit(workbook.read(), [TabEdit("Register", edits)]))
