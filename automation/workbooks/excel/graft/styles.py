"""Gives a style sheet the styles of a fresh workbook, as far as they are used, and says which number each has there."""

from __future__ import annotations

import copy
import re
from functools import cached_property

from lxml import etree

from automation.workbooks.excel.xml.children import STYLE_SHEET, Children

_OF_CELLS = re.compile(rb'(<(?:c|row)\s(?:[^<>]*?\s)?s=")(\d+)(?=")')
_OF_COLUMNS = re.compile(rb'(<col\s(?:[^<>]*?\s)?style=")(\d+)(?=")')
_OF_RULES = re.compile(rb'(<cfRule\s(?:[^<>]*?\s)?dxfId=")(\d+)(?=")')
_PARTS_OF_A_STYLE = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
_FIRST_OWN_FORMAT = 164
"""Number formats below are built in, and the same in every workbook."""


class _List:
    """The items of a list in the style sheet, and those to be added to it."""

    def __init__(self, items: list[etree._Element]) -> None:
        self._at: dict[bytes, int] = {}
        self.count, self.added = len(items), list[bytes]()
        for at, item in enumerate(items):
            self._at.setdefault(_canonical(item), at)

    def place(self, item: etree._Element) -> int:
        """The item's position; one that is not there yet is added."""
        xml = _canonical(item)
        if xml not in self._at:
            self._at[xml] = self.count
            self.added.append(re.sub(rb'\sxmlns="[^"]*"', b"", xml, count=1))
            self.count += 1
        return self._at[xml]


class Styles:
    """The style sheet `own`, and the styles that it gets from the sheet `fresh`."""

    def __init__(self, own: bytes, fresh: bytes) -> None:
        self._own = Children(own, STYLE_SHEET)
        self._root, self._fresh = etree.fromstring(own), etree.fromstring(fresh)
        self._styles: dict[int, int] = {}
        self._lists = {
            name: _List(self._root.findall(f"{{*}}{name}/*"))
            for name in ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
        }
        for name in (
            "fonts",
            "fills",
            "borders",
            "cellStyleXfs",
            "cellStyles",
        ):  # what a cell without a style looks like
            if not self._lists[name].count:
                for item in self._fresh.findall(f"{{*}}{name}/*"):
                    self._lists[name].place(item)
        self._styles[0] = 0 if self._lists["cellXfs"].count else self._made(0)

    def dressed(self, xml: bytes) -> bytes:
        """A fresh tab, or a piece of it, with the numbers that its styles have here."""
        xml = _OF_CELLS.sub(lambda found: found[1] + str(self._style(int(found[2]))).encode(), xml)
        xml = _OF_COLUMNS.sub(lambda found: found[1] + str(self._style(int(found[2]))).encode(), xml)
        return _OF_RULES.sub(lambda found: found[1] + str(self._look(int(found[2]))).encode(), xml)

    @property
    def changed(self) -> bool:
        return any(listed.added for listed in self._lists.values())

    def xml(self) -> bytes:
        for name, listed in self._lists.items():
            self._own.add_items(name, listed.added)
        return self._own.xml()

    def _style(self, number: int) -> int:
        if number not in self._styles:
            self._styles[number] = self._made(number)
        return self._styles[number]

    def _made(self, number: int) -> int:
        style = copy.deepcopy(self._fresh.findall("{*}cellXfs/{*}xf")[number])
        for attribute, name in _PARTS_OF_A_STYLE.items():
            item = self._fresh.findall(f"{{*}}{name}/*")[int(style.get(attribute, "0"))]
            style.set(attribute, str(self._lists[name].place(item)))
        style.set("numFmtId", str(self._format(int(style.get("numFmtId", "0")))))
        style.set("xfId", "0")
        return self._lists["cellXfs"].place(style)

    def _look(self, number: int) -> int:
        return self._lists["dxfs"].place(self._fresh.findall("{*}dxfs/{*}dxf")[number])

    def _format(self, number: int) -> int:
        formats = {int(node.get("numFmtId", "0")): node for node in self._fresh.iterfind("{*}numFmts/{*}numFmt")}
        if number not in formats:
            return number
        code = formats[number].get("formatCode", "")
        if code not in self._formats:
            self._formats[code] = max((_FIRST_OWN_FORMAT - 1, *self._formats.values())) + 1
            node = copy.deepcopy(formats[number])
            node.set("numFmtId", str(self._formats[code]))
            self._lists["numFmts"].place(node)
        return self._formats[code]

    @cached_property
    def _formats(self) -> dict[str, int]:
        """The number of each format in the style sheet."""
        nodes = self._root.iterfind("{*}numFmts/{*}numFmt")
        return {node.get("formatCode", ""): int(node.get("numFmtId", "0")) for node in nodes}


def _canonical(item: etree._Element) -> bytes:
    alone = copy.deepcopy(item)
    alone.tail = None
    return etree.tostring(alone, method="c14n", exclusive=True)
