"""Which rows of an old register are cases: not titles, months, sums, repeated headings and signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from automation.ledger.foreign_sheet import ForeignSheet
from automation.ledger.typed.cell import as_text
from automation.ledger.workbook import Cell
from automation.ways_in.headings import Headings, is_repeated_heading
from sheet_schema.old_registers import KEEP, LEAVE, listed
from sheet_schema.word import folded, word_form

MATTER = frozenset({"petitioner", "contact", "summary", "result", "topic"})
"""Of these a case has at least one, and two columns in all."""

_LONGEST_DITTO = 20


def case_rows(sheet: ForeignSheet, headings: Headings, meant: Sequence[str]) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Each row with a case, with its number from 1. `meant` says for each column what it is for."""
    for row in range(headings.row + 1, len(sheet.rows) + 1):
        cells = sheet.rows[row - 1]
        filled = [at for at, cell in enumerate(cells) if as_text(cell).strip()]
        if not filled or is_repeated_heading(cells, headings) or _is_a_sum(cells, filled):
            continue
        known = [meant[at] for at in filled if at < len(meant) and meant[at] not in ("", KEEP, LEAVE)]
        if len(known) > 1 and MATTER & {*known}:
            yield row, cells


def _is_a_sum(cells: Sequence[Cell], filled: Sequence[int]) -> bool:
    """Whether one of the first two cells says that the row adds up others."""
    return any(word_form(as_text(cells[at])) in listed("sums") for at in filled[:2])


def is_ditto(cell: Cell) -> bool:
    """Whether a cell says that it holds what the cell above holds."""
    if not isinstance(cell, str) or not cell or len(cell) > _LONGEST_DITTO:
        return False
    return word_form(cell) in listed("ditto") or folded(cell) in listed("ditto")
