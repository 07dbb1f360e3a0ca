"""Lets a filter or a table that ends where fresh columns begin reach over them: sorting by it would tear rows apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import quoteattr

from openpyxl.utils.cell import range_boundaries

from automation.ledger.workbook import HEADER_ROW
from automation.pages.page import reference
from automation.workbooks.excel.graft.additions import Additions
from automation.workbooks.excel.xml.children import Children, items_of, own_attribute, with_own_attribute

_TABLE = "autoFilter sortState tableColumns tableStyleInfo extLst"
_CELLS = re.compile(rb"(!)(\$[A-Z]+\$\d+:\$[A-Z]+\$\d+)(?=</)")


def widened(ref: str, columns: Sequence[int]) -> str:
    """The range with these columns, if it is about the headers and ends just before them; else as it was."""
    left, top, right, bottom = range_boundaries(ref)
    if left is None or bottom is None or top != HEADER_ROW or right != columns[0] - 1:
        return ref
    return f"{reference(top, left)}:{reference(bottom, columns[-1])}"


def widen_filter(shell: Children, columns: Sequence[int]) -> None:
    """The filter of a tab, `shell` being its XML but for its rows."""
    if (found := shell.get("autoFilter")) is not None:
        shell.put("autoFilter", with_own_attribute(found, "ref", widened(own_attribute(found, "ref") or "A1", columns)))


def widen_filter_name(name: bytes, columns: Sequence[int]) -> bytes:
    """The hidden name under which Excel keeps the filter's range as well."""

    def wider(found: re.Match[bytes]) -> bytes:
        ref = found[2].decode().replace("$", "")
        return found[1] + re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", widened(ref, columns)).encode()

    return _CELLS.sub(wider, name)


def widen_tables(additions: Additions, part: str, headers: Mapping[int, str]) -> None:
    """The tables that people laid over a tab. `headers` are the fresh ones, by column."""
    for table_part in additions.package.all_related(part, "table"):
        table = Children(additions.plain(table_part), _TABLE)
        ref = own_attribute(table.opening, "ref") or "A1"
        new, columns = widened(ref, [*headers]), table.get("tableColumns")
        if new == ref or columns is None or own_attribute(table.opening, "headerRowCount") == "0":
            continue
        table.opening = table.opening.replace(f'ref="{ref}"'.encode(), f'ref="{new}"'.encode(), 1)
        widen_filter(table, [*headers])
        first = max(int(own_attribute(one, "id") or 0) for one in items_of(columns)) + 1
        table.add_items(
            "tableColumns",
            [
                f'<tableColumn id="{at}" name={quoteattr(text)}/>'.encode()
                for at, text in enumerate(headers.values(), first)
            ],
        )
        additions.changed[table_part] = table.xml()
