"""Lets Excel tables that people laid over a tab grow with its lines, as Excel does when somebody types below one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from openpyxl.utils.cell import range_boundaries

from automation.ledger.workbook import HEADER_ROW
from automation.pages.page import reference
from automation.workbooks.excel.xml import formulas as formula_cells
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8, attribute, with_attribute

_TABLE = re.compile(rb"<table(?=\s)[^<>]*>")
_RANGED = re.compile(rb"<(?:table|autoFilter|sortState|sortCondition)(?=\s)[^<>]*>")
_MERGED = re.compile(rb"<mergeCell\s[^<>]*>")


class _Block(NamedTuple):
    """A block of cells, both ends included."""

    left: int
    top: int
    right: int
    bottom: int

    def meets(self, other: _Block) -> bool:
        across = self.left <= other.right and other.left <= self.right
        return across and self.top <= other.bottom and other.top <= self.bottom


def grow_tables(package: Package, changed: dict[str, bytes], title: str, cells: Mapping[int, Collection[int]]) -> None:
    """Make each table of a tab reach down to the cells just written below it (row → columns).

    A table stays as it is if its headings are not the tab's, if it ends with a row of totals, or if it would come to
    lie over merged cells, a spilling formula or another table, which Excel takes for damage.
    """
    part = package.sheets[title]
    tables = {name: as_plain_utf8(changed.get(name) or package.part(name)) for name in _tables(package, part)}
    blocks = {name: _block(tag[0]) for name, xml in tables.items() if (tag := _TABLE.search(xml))}
    if not blocks or not cells:
        return
    xml = as_plain_utf8(changed.get(part) or package.part(part))
    for name, old in blocks.items():
        grown = old._replace(bottom=max([old.bottom, *_rows_below(old, cells)]))
        others = [*(other for one, other in blocks.items() if one != name), *_in_the_way(xml)]
        new = grown._replace(top=old.bottom + 1)
        if grown.bottom > old.bottom and _may_grow(tables[name]) and not any(map(new.meets, others)):
            blocks[name] = grown
            changed[name] = _reaching_to(tables[name], old.bottom, grown.bottom)


def _tables(package: Package, part: str) -> list[str]:
    return [name for name in package.all_related(part, "table") if name in package.parts]


def _block(tag: bytes) -> _Block:
    left, top, right, bottom = range_boundaries(attribute(tag, "ref") or "A1")
    return _Block(left or 1, top or 1, right or 1, bottom or 1)


def _rows_below(table: _Block, cells: Mapping[int, Collection[int]]) -> Iterator[int]:
    for row, columns in cells.items():
        if row > table.bottom and any(table.left <= column <= table.right for column in columns):
            yield row


def _may_grow(xml: bytes) -> bool:
    tag = _TABLE.search(xml)
    if tag is None or _block(tag[0]).top != HEADER_ROW:
        return False
    return attribute(tag[0], "headerRowCount") != "0" and (attribute(tag[0], "totalsRowCount") or "0") == "0"


def _in_the_way(xml: bytes) -> Iterator[_Block]:
    yield from map(_block, _MERGED.findall(xml))
    if formula_cells.has_formulas(xml):
        for one in formula_cells.formulas(xml):
            if one.kind in ("array", "dataTable") and ":" in one.span:
                left, top, right, bottom = range_boundaries(one.span)
                yield _Block(left or 1, top or 1, right or 1, bottom or 1)


def _reaching_to(xml: bytes, old: int, new: int) -> bytes:
    """The table's part with every range in it that ended in its last row ending in the new one."""

    def longer(found: re.Match[bytes]) -> bytes:
        block = _block(found[0])
        if attribute(found[0], "ref") is None or block.bottom != old:
            return found[0]
        return with_attribute(found[0], "ref", f"{reference(block.top, block.left)}:{reference(new, block.right)}")

    return _RANGED.sub(longer, xml)
