"""The cells that calamine reads as blank or plain: formulas, error values, and dates as text with a time zone.

They are found by searching the sheet's bytes for their tags: for a sheet without any that takes hundredths of a second,
where parsing would take seconds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
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
_DAY_WITH_ZONE = re.compile(r"^(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})$")
_VALUE = re.compile(rb"<v[^<>]*>([^<]*)</v")


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
    for row, column, text in _of_type(xml, b"e"):
        yield row, column, CellError(text)


def zoned_dates(xml: bytes) -> Iterator[tuple[int, int, datetime]]:
    """(row, column, day and time) of every date written as text (`t="d"`) with a time zone, such as 2026-03-02T00:00:00Z.

    The day is the one written there: programs that add the Z mean the day in the cell, not the one in Greenwich.
    """
    for row, column, text in _of_type(xml, b"d"):
        with suppress(ValueError):
            moment = datetime.fromisoformat(_DAY_WITH_ZONE.sub(r"\1T00:00\2", text))
            if moment.tzinfo is not None:
                yield row, column, moment.replace(tzinfo=None)


def _of_type(xml: bytes, kind: bytes) -> Iterator[tuple[int, int, str]]:
    """(row, column, value) of every cell of this type without a formula."""
    for position in _types(xml, kind):
        start, end = xml.rfind(b"<c", 0, position), xml.find(b">", position)
        if xml[start + 2 : start + 3] not in b" \t\r\n" or xml.rfind(b">", start, position) != -1:
            continue
        where, value = _REFERENCE.search(xml, start, end), _VALUE.match(xml, end + 1)
        if where is not None and value is not None:
            yield int(where[2]), column_number(where[1].decode().upper()), text_of(value[1])


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


def _types(xml: bytes, kind: bytes) -> Iterator[int]:
    """Where each `t="…"` of this type begins. A file with single quotes is rare, and small enough for the slow way."""
    written = b' t="%b"' % kind
    quick = xml.find(written)
    while quick != -1:
        yield quick
        quick = xml.find(written, quick + 1)
    if (other := b" t='%b'" % kind) in xml:
        yield from (found.start() for found in re.finditer(other, xml))
