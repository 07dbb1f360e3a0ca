"""The cells that calamine reads as blank or plain: formulas and error values.

They are found by searching the sheet's bytes for their tags: for a sheet without any that takes hundredths of a second,
where parsing would take seconds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from automation.ledger.cell_names import column_number
from automation.ledger.workbook import CellError, Formula
from automation.pages.page import reference
from automation.workbooks.excel.xml.xml_bytes import attribute, text_of

if TYPE_CHECKING:
    from openpyxl.formula.translate import Translator

_REFERENCE = re.compile(rb"""\sr=["']([A-Za-z]{1,3})(\d+)["']""")
_FORMULA = re.compile(rb"<f(?=[\s/>])([^<>]*?)(?:/>|>([^<]*)</f\s*>)")
_WHOLE_FORMULA = re.compile(rb"<f(?=[\s/>])[^<>]*?(?:/>|>[^<]*</f\s*>)")
_VALUE = re.compile(rb"<v[^<>]*>([^<]*)</v")
_ROW_NUMBER = re.compile(rb"""<row\s(?:[^<>]*?\s)?r=["'](\d+)["']""")
_FILLED = re.compile(rb"""<c\s(?:[^<>]*?\s)?r=["']([A-Za-z]{1,3})(\d+)["'](?:[^<>]*[^<>/])?>\s*<(?!/)""")
_ROWS, _COLUMNS = 1_048_576, 16_384


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A cell with an `<f>` element. `kind` is normal, shared, array or dataTable. Cells that share a formula have the
    same `group`, and only one of them has a `text`. `span` is the range of a shared or array formula."""

    row: int
    column: int
    kind: str
    group: str
    span: str
    text: str


def has_formulas(xml: bytes) -> bool:
    """Whether any cell of the sheet holds a formula."""
    return next(_positions(xml, b"<f"), None) is not None


def formulas(xml: bytes) -> Iterator[FormulaCell]:
    """Every cell with a formula, from the top of the sheet down."""
    for position in _positions(xml, b"<f"):
        start = xml.rfind(b"<c", 0, position)
        where = _REFERENCE.search(xml, start, position)
        found = _FORMULA.match(xml, position)
        if where is None or found is None:
            continue
        tag = found[1]
        yield FormulaCell(
            row=int(where[2]),
            column=column_number(where[1].decode().upper()),
            kind=(attribute(tag, "t") or "normal") if tag else "normal",
            group=(attribute(tag, "si") or "") if tag else "",
            span=(attribute(tag, "ref") or "") if tag else "",
            text=text_of(found[2] or b""),
        )


def errors(xml: bytes) -> Iterator[tuple[int, int, CellError]]:
    """(row, column, error) of every cell with an error value and no formula."""
    for position in _error_types(xml):
        start, end = xml.rfind(b"<c", 0, position), xml.find(b">", position)
        if xml[start + 2 : start + 3] not in b" \t\r\n" or xml.rfind(b">", start, position) != -1:
            continue
        where, value = _REFERENCE.search(xml, start, end), _VALUE.match(xml, end + 1)
        if where is not None and value is not None:
            column = column_number(where[1].decode().upper())
            yield int(where[2]), column, CellError(text_of(value[1]))


def far_cell(xml: bytes, most: int) -> str | None:
    """The cell that makes the sheet's used area larger than `most` cells; None if it is not. Ask before reading the
    sheet: calamine allocates memory for the whole area, and dies if there is not enough."""
    last = _ROW_NUMBER.match(xml, max(0, xml.rfind(b"<row")))
    rows = int(last[1]) if last else 0
    if rows * _COLUMNS <= most or rows * _widest(xml) <= most:
        return None
    lowest, lowest_at, widest, widest_at = 0, b"A", 0, 1
    for found in _FILLED.finditer(xml):
        row, column = int(found[2]), column_number(found[1].decode().upper())
        if row > lowest:
            lowest, lowest_at = row, found[1]
        if column > widest:
            widest, widest_at = column, row
    if lowest * widest <= most:
        return None
    if lowest / _ROWS >= widest / _COLUMNS:
        return f"{lowest_at.decode().upper()}{lowest}"
    return reference(widest_at, widest)


def _widest(xml: bytes) -> int:
    """The rightmost column of any row; it only looks at the last cell of each."""
    letters, start, end = {b"A"}, 0, xml.find(b"</row")
    while end != -1:
        found = _REFERENCE.search(xml, max(start, xml.rfind(b"<c", start, end)), end)
        if found:
            letters.add(found[1])
        start, end = end, xml.find(b"</row", end + 1)
    return max(column_number(one.decode().upper()) for one in letters)


def as_read(cells: list[FormulaCell]) -> Iterator[tuple[int, int, Formula]]:
    """(row, column, formula) of each cell, with shared formulas written out."""
    masters = shared_masters(cells)
    for cell in cells:
        text = cell.text or _member_text(cell, masters)
        yield cell.row, cell.column, Formula(f"={text}")


def shared_masters(cells: list[FormulaCell]) -> dict[str, Translator]:
    """Group → translator of its formula to the cells that share it."""
    shared = [cell for cell in cells if cell.kind == "shared" and cell.text]
    if not shared:
        return {}
    # openpyxl takes longer to import than a small ledger to read, and few ledgers hold a shared formula.
    from openpyxl.formula.translate import Translator

    return {cell.group: Translator(f"={cell.text}", origin=reference(cell.row, cell.column)) for cell in shared}


def _member_text(cell: FormulaCell, masters: dict[str, Translator]) -> str:
    master = masters.get(cell.group) if cell.kind == "shared" else None
    if master is None:
        return ""
    return translated(master, cell)


def with_own_formula(text: str) -> Callable[[bytes], bytes]:
    """A function that gives a cell's element this formula of its own in place of a shared one."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return lambda old: _WHOLE_FORMULA.sub(lambda _: f"<f>{escaped}</f>".encode(), old, count=1)


def translated(master: Translator, cell: FormulaCell) -> str:
    """The shared formula as it reads in `cell`, without the `=`."""
    text: str = master.translate_formula(reference(cell.row, cell.column))
    return text.removeprefix("=")


def _positions(xml: bytes, tag: bytes) -> Iterator[int]:
    """Where each element of exactly this name begins."""
    position = xml.find(tag)
    while position != -1:
        if xml[position + len(tag)] in b" \t\r\n/>":
            yield position
        position = xml.find(tag, position + 1)


def _error_types(xml: bytes) -> Iterator[int]:
    """Where each `t="e"` begins. A file with single quotes is rare, and small enough for the slow way."""
    quick = xml.find(b' t="e"')
    while quick != -1:
        yield quick
        quick = xml.find(b' t="e"', quick + 1)
    if b" t='e'" in xml:
        yield from (found.start() for found in re.finditer(rb" t='e'", xml))
