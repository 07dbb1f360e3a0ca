"""Formulas that several cells share: each can be given its own text, since the sharing does not survive that rows go."""

from __future__ import annotations

from collections.abc import Callable

from automation.workbooks.excel.xml import formulas as formula_cells
from automation.workbooks.excel.xml.worksheet import Worksheet


def written_out(xml: bytes, wanted: Callable[[str], bool]) -> bytes:
    """The sheet with the formulas of every group written out in each of its cells, if the group's formula is `wanted`."""
    if not formula_cells.has_formulas(xml) or b"shared" not in xml:
        return xml
    cells = list(formula_cells.formulas(xml))
    masters = formula_cells.shared_masters(cells)
    groups = {cell.group for cell in cells if cell.kind == "shared" and cell.text and wanted(cell.text)}
    rows: dict[int, dict[int, object]] = {}
    for one in cells:
        if one.kind == "shared" and one.group in masters and one.group in groups:
            text = one.text or formula_cells.translated(masters[one.group], one)
            rows.setdefault(one.row, {})[one.column] = formula_cells.with_own_formula(text)
    if not rows:
        return xml
    sheet = Worksheet(xml)
    sheet.replace_cells(rows)  # type: ignore[arg-type]
    return sheet.xml()
