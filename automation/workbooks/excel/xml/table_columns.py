"""Excel tables whose columns get other names: Excel calls a file damaged if a table's column and its header differ."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from xml.sax.saxutils import escape

from automation.ledger.workbook import HEADER_ROW
from automation.workbooks.excel.xml.cell_xml import place_of
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8, attribute, with_attribute

_TABLE = re.compile(rb"<table\s[^<>]*>")
_COLUMN = re.compile(rb"<tableColumn\s[^<>]*>")
_FORMULA = re.compile(
    rb"(<(?:f|definedName|calculatedColumnFormula|totalsRowFormula)(?:\s[^<>]*)?>)([^<]*\[[^<]*)(?=</)"
)
_SPECIAL = re.compile(r"([\[\]#'])")


def renamed(package: Package, title: str, headers: Mapping[int, str]) -> dict[str, bytes]:
    """The parts in which a table on the tab has these headers (by column), and the formulas that name its columns."""
    changed: dict[str, bytes] = {}
    for part in package.all_related(package.sheets[title], "table"):
        xml = as_plain_utf8(package.part(part))
        table = _TABLE.search(xml)
        row, first = place_of((attribute(table[0], "ref") or "A1").partition(":")[0]) if table else (0, 0)
        if table is None or row != HEADER_ROW or attribute(table[0], "headerRowCount") == "0":
            continue
        columns = [attribute(tag, "name") or "" for tag in _COLUMN.findall(xml)]
        new = {columns[at - first]: name for at, name in headers.items() if first <= at < first + len(columns)}
        if new:
            changed[part] = _COLUMN.sub(partial(_named, new), xml)
            _named_in_formulas(package, changed, attribute(table[0], "displayName") or "", new)
    return changed


def _named(new: Mapping[str, str], tag: re.Match[bytes]) -> bytes:
    name = attribute(tag[0], "name") or ""
    return with_attribute(tag[0], "name", new[name]) if name in new else tag[0]


def _named_in_formulas(package: Package, changed: dict[str, bytes], table: str, new: Mapping[str, str]) -> None:
    """Have every formula that names a column of the table, such as `Cases[Name]`, name it anew."""
    tables = (part for sheet in package.sheets.values() for part in package.all_related(sheet, "table"))
    columns = re.compile(rb"(?<![\w.])%b\[(?:[^\[\]]|\[[^\[\]]*\])*\]" % re.escape(table.encode()), re.IGNORECASE)
    words = {_bracketed(old): _bracketed(name) for old, name in new.items()}

    def named(found: re.Match[bytes]) -> bytes:
        return re.sub(rb"\[[^\[\]]*\]", lambda one: words.get(one[0], one[0]), found[0])

    for part in (*package.sheets.values(), package.workbook, *tables):
        xml = changed.get(part) or as_plain_utf8(package.part(part))
        after = _FORMULA.sub(lambda found: found[1] + columns.sub(named, found[2]), xml)
        if after != xml:
            changed[part] = after


def _bracketed(name: str) -> bytes:
    return f"[{escape(_SPECIAL.sub(_QUOTED, name))}]".encode()


_QUOTED = r"'\1"
