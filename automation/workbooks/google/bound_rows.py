"""Which rows of a Google Sheet cannot be moved, and why. Google moves everything else with the row (docs/design.md#p4.17)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from automation.ledger.workbook import RowMove
from automation.workbooks.excel.xml.references import pointed_at
from automation.workbooks.google.reading import Cells


def bound_rows(cells: Cells, merged: Sequence[tuple[int, int]], move: RowMove) -> Mapping[int, str]:
    """By row, `formula`, `merged` or `referred`. `merged` are the first and last rows of the tab's merged cells."""
    source, wanted = move.source, frozenset(move.rows)
    found = {row: "formula" for row, _, _ in cells.formulas[source] if row in wanted}
    found.update({row: "merged" for first, last in merged for row in range(first, last + 1) if row in wanted})
    for title, formulas in cells.formulas.items():
        for _, _, text in formulas:
            for first, last in pointed_at(text, source, at_home=title == source):
                if all(row in wanted for row in range(first, min(last, first + len(wanted)) + 1)):
                    found.update(dict.fromkeys(range(first, last + 1), "referred"))
    return found
