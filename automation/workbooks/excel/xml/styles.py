"""What a cell's style says: whether it shows a date as a date, and whether long text wraps.

A cell only gives the number of its style; `styles.xml` lists them. If a cell's style would show a date as 46083, a copy
of that style with a date format is added to the end of the list.
"""

from __future__ import annotations

import copy
import re
from datetime import date, datetime, time

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from automation.ledger.errors import LedgerError
from automation.ledger.workbook import Cell
from automation.text.catalogue import msg
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8, with_attribute

_DATE, _TIME, _BOTH = 14, 21, 22
"""Built-in number formats, which every program shows in its user's own way."""

_EAST_ASIAN_DATES = frozenset({*range(27, 37), *range(50, 59)})
"""Built-in too, but only in East Asian versions, so openpyxl does not list them."""

_CELL_STYLES = re.compile(rb"<cellXfs(?=[\s>])[^<>]*>")


class DateStyles:
    """The styles of one workbook. `xml` is its `styles.xml`, None if it has none."""

    def __init__(self, xml: bytes | None, name: str) -> None:
        self._xml = None if xml is None else as_plain_utf8(xml)
        self._name = name
        self._added: list[etree._Element] = []
        self._made: dict[tuple[int, int], int] = {}
        root = etree.Element("none") if self._xml is None else etree.fromstring(self._xml)
        self._styles = root.findall("{*}cellXfs/{*}xf")
        self._formats = {
            int(node.get("numFmtId", "0")): node.get("formatCode", "") for node in root.iterfind("{*}numFmts/{*}numFmt")
        }

    def showing(self, style: int, value: Cell) -> int:
        """The number of the style to use for `value` in a cell with `style`: the same unless it shows no dates."""
        if not isinstance(value, date | time) or self._shows_dates(style):
            return style
        number_format = _TIME if isinstance(value, time) else _BOTH if isinstance(value, datetime) else _DATE
        key = (style, number_format)
        if key not in self._made:
            self._made[key] = self._add(style, number_format)
        return self._made[key]

    def wraps(self, style: int) -> bool:
        """Whether text too long for its cell continues on the next line."""
        found = self._styles[style].find("{*}alignment") if style < len(self._styles) else None
        return found is not None and found.get("wrapText") in ("1", "true")

    def changed(self) -> bytes | None:
        """The new `styles.xml`; None if no style had to be added."""
        if not self._added or self._xml is None:
            return None
        new = b"".join(etree.tostring(node, with_tail=False) for node in self._added)
        start = _CELL_STYLES.search(self._xml)
        end = self._xml.find(b"</cellXfs>")
        if start is None or end < 0:
            raise self._no_styles()
        opening = with_attribute(start[0], "count", str(len(self._styles) + len(self._added)))
        return self._xml[: start.start()] + opening + self._xml[start.end() : end] + new + self._xml[end:]

    def _shows_dates(self, style: int) -> bool:
        if style >= len(self._styles):
            return False
        number = int(self._styles[style].get("numFmtId", "0"))
        code = self._formats.get(number, BUILTIN_FORMATS.get(number, ""))
        return number in _EAST_ASIAN_DATES or bool(is_date_format(code))

    def _add(self, style: int, number_format: int) -> int:
        if not self._styles:
            raise self._no_styles()
        # A style number beyond the list is another program's mistake; Excel shows such a cell as style 0.
        node = copy.deepcopy(self._styles[style if style < len(self._styles) else 0])
        node.set("numFmtId", str(number_format))
        node.set("applyNumberFormat", "1")
        self._added.append(node)
        return len(self._styles) + len(self._added) - 1

    def _no_styles(self) -> LedgerError:
        return LedgerError(
            msg("{name} has no styles to show a date with: open it in Excel or LibreOffice, save, and run again.").of(
                name=self._name
            )
        )
