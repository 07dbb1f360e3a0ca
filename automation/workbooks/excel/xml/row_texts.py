"""The texts of a few columns in a large tab, found without taking the rest of it apart; and the tab without some rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from automation.ledger.cell_names import column_letters
from automation.workbooks.excel.xml.xml_bytes import text_of

_END, _CELL_BEGINS = b"</sheetData>", b'<c r="'
_ROW = re.compile(rb'<row r="(\d+)"')
_REST_OF_CELL = (
    rb'(\d+)"(?: s="\d+")?(?:(?: t="n")?(?:/>|></c>)'
    rb'| t="(?:inlineStr"><is><t(?: xml:space="preserve")?>([^<]*)</t></is>|s"><v>(\d+)</v>)</c>)'
)
"""Behind its column's letters: the row, and that it is blank, or its own text, or a shared one."""
_SHARED = re.compile(rb'<si>(?:<t(?: xml:space="preserve")?>([^<]*)</t></si>)?')


class RowTexts:
    """The rows of a sheet's XML. `shared` are the texts that cells share."""

    def __init__(self, xml: bytes, shared: Sequence[bytes | None]) -> None:
        self._xml, self._shared = xml, shared
        self._texts: dict[bytes, str] = {}
        self._end = xml.rfind(_END)

    def __len__(self) -> int:
        return len(self._numbers)

    @cached_property
    def _starts(self) -> list[int]:
        return [found.start() for found in _ROW.finditer(self._xml)]

    @cached_property
    def _numbers(self) -> list[bytes]:
        """The number of each row, as it is written."""
        return _ROW.findall(self._xml)

    @property
    def is_plain(self) -> bool:
        """Whether all rows and cells are written as they are looked for here, the headers' row first."""
        count = self._xml.count
        in_order = self._end >= 0 and self._numbers[:1] == [b"1"]
        return in_order and count(b"<row") == len(self) and count(b"<c ") == count(_CELL_BEGINS)

    def texts(self, column: int) -> list[str | None]:
        """The text of a column in each row, without spaces around it; None where a cell is no plain text."""
        mark = _CELL_BEGINS + column_letters(column).encode()
        found = re.findall(mark + _REST_OF_CELL, self._xml)
        by_row = {row: self._of_shared(shared) if shared else self._known(own) for row, own, shared in found}
        all_plain = len(by_row) == len(re.findall(mark + rb"\d", self._xml))
        return list(map(by_row.get, self._numbers, [("" if all_plain else None)] * len(self)))

    def headers(self) -> list[str]:
        """The texts of the first row, up to the first that is blank or no plain text."""
        first = self._starts[0]
        end = self._xml.find(b"</row>", first)
        headers: list[str] = []
        while found := re.search(
            _CELL_BEGINS + column_letters(len(headers) + 1).encode() + _REST_OF_CELL, self._xml[first:end]
        ):
            text = self._of_shared(found[3]) if found[3] else self._known(found[2] or b"")
            if not text:
                break
            headers.append(text)
        return headers

    def without(self, over: Sequence[bool]) -> bytes:
        """The XML without these rows; the first and the last always stay."""
        pieces, xml, last, begun, kept = [], self._xml, len(self) - 1, 0, True
        for i, start in enumerate(self._starts):
            keeps = not over[i] or i in (0, last)
            if kept and not keeps:
                pieces.append(xml[begun:start])
            elif keeps and not kept:
                begun = start
            kept = keeps
        return b"".join([*pieces, xml[begun:]])

    def _of_shared(self, number: bytes) -> str | None:
        text = self._shared[int(number)] if int(number) < len(self._shared) else None
        return None if text is None else self._known(text)

    def _known(self, text: bytes) -> str:
        """The same as text, without spaces around it. Equal ones, such as states, are made once."""
        known = self._texts.get(text)
        if known is None:
            known = self._texts[text] = text_of(text).strip()
        return known


def shared_texts(xml: bytes) -> list[bytes | None]:
    """The texts that cells share, by their numbers; None for one with parts of different looks. None at all if that is
    not sure."""
    texts: list[bytes | None] = [found[1] for found in _SHARED.finditer(xml)]
    return texts if len(texts) == xml.count(b"<si") else []
