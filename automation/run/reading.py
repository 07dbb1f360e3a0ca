"""Reads a workbook for a run: of a file only what can still matter (docs/design.md#p8.14)."""

from __future__ import annotations

from automation.ledger.settled_lines import SETTLED_LINES
from automation.ledger.workbook import Snapshot
from automation.workbooks.laid_out import LaidOut


def read_for_run(workbook: LaidOut) -> Snapshot:
    """Every tab; rows that are over may be blank, and must not be written. Of a Google Sheet a tab comes whole or not at all."""
    return workbook.read() if workbook.own_file is None else workbook.own_file.read_for_run(SETTLED_LINES)
