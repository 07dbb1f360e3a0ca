"""The children of a part's root element: found by name, replaced, and put in where the schema wants them.

All that is not touched stays byte for byte. Parts have the form that `as_plain_utf8` gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from automation.workbooks.excel.xml.xml_bytes import attribute, with_attribute

WORKSHEET = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios"
    " autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations"
    " hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches"
    " ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls"
    " webPublishItems tableParts extLst"
)
WORKBOOK = (
    "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences"
    " definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing"
    " fileRecoveryPr webPublishObjects extLst"
)
STYLE_SHEET = "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst"
"""The children of each kind of part in the order of ECMA-376, without which Excel calls the file damaged."""

_UNCOUNTED = ("definedNames",)
"""Lists that do not say how long they are."""

_TAG = re.compile(rb"""<(/?)([A-Za-z_][\w.:-]*)(?:[^<>"']|"[^"]*"|'[^']*')*?(/?)>""")
_ALTERNATIVES = "mc:AlternateContent"


@dataclass(slots=True)
class _Piece:
    """A child and its name; what is between two of them has no name."""

    name: str
    xml: bytes


class Children:
    """The root of a part and its children. `order` names them as the schema orders them; if it is empty, all go to the end."""

    def __init__(self, xml: bytes, order: str = "") -> None:
        self._rank = {name: at for at, name in enumerate(order.split())}
        root = next(_TAG.finditer(xml))
        self.opening, self._closing = xml[: root.end()], xml[root.end() :]
        self._pieces: list[_Piece] = []
        if root[3]:
            self.opening = xml[: root.end() - 2].rstrip() + b">"
            self._closing = b"</" + root[2] + b">" + self._closing
            return
        done = root.end()
        for name, start, end in _spans(xml, done):
            self._pieces += [_Piece("", xml[done:start]), _Piece(name, xml[start:end])]
            done = end
        self._closing = xml[done:]

    def of(self, name: str) -> list[bytes]:
        """Every child of this name."""
        return [piece.xml for piece in self._pieces if piece.name == name]

    def get(self, name: str) -> bytes | None:
        return next(iter(self.of(name)), None)

    def put(self, name: str, xml: bytes | None) -> None:
        """Have this child in place of any of its name; with None, have none."""
        at = next((place for place, piece in enumerate(self._pieces) if piece.name == name), self._place(name))
        self._pieces = [
            *(piece for piece in self._pieces[:at] if piece.name != name),
            *([] if xml is None else [_Piece(name, xml)]),
            *(piece for piece in self._pieces[at:] if piece.name != name),
        ]

    def add(self, name: str, xml: bytes) -> None:
        """Have one more child, behind those of its name."""
        self._pieces.insert(self._place(name), _Piece(name, xml))

    def add_items(self, name: str, items: Sequence[bytes]) -> None:
        """Have more items in the list that this child is; the list is made if there is none."""
        if items:
            none = f"<{name}/>" if name in _UNCOUNTED else f'<{name} count="0"/>'
            self.put(name, with_items(self.get(name) or none.encode(), items))

    def xml(self) -> bytes:
        return b"".join((self.opening, *(piece.xml for piece in self._pieces), self._closing))

    def _place(self, name: str) -> int:
        mine = self._rank.get(name, len(self._rank))
        for at, piece in enumerate(self._pieces):
            rank = self._rank_of(piece)
            if rank is not None and rank > mine:
                return at
        return len(self._pieces)

    def _rank_of(self, piece: _Piece) -> int | None:
        if piece.name == _ALTERNATIVES:  # it stands where the first thing in it would
            inside = (self._rank.get(tag[2].decode()) for tag in _TAG.finditer(piece.xml))
            return next((rank for rank in inside if rank is not None), None)
        return self._rank.get(piece.name)


def with_items(element: bytes, items: Sequence[bytes]) -> bytes:
    """A list with more items at its end, and counted if it counts them."""
    count = own_attribute(element, "count")
    if count is not None:
        element = with_own_attribute(element, "count", str(int(count) + len(items)))
    root = next(_TAG.finditer(element))
    if root[3]:
        return element[:-2].rstrip() + b">" + b"".join(items) + b"</" + root[2] + b">"
    end = element.rindex(b"</")
    return element[:end] + b"".join(items) + element[end:]


def own_attribute(element: bytes, name: str) -> str | None:
    """An attribute of an element, whatever those in it have."""
    return attribute(next(_TAG.finditer(element))[0], name)


def with_own_attribute(element: bytes, name: str, value: str | None) -> bytes:
    """The element with an attribute of its own set, or removed if `value` is None."""
    opening = next(_TAG.finditer(element))[0]
    return with_attribute(opening, name, value) + element[len(opening) :]


def items_of(element: bytes | None) -> list[bytes]:
    """The items of a list, each as its bytes."""
    root = next(_TAG.finditer(element)) if element else None
    if element is None or root is None or root[3]:
        return []
    return [element[start:end] for _, start, end in _spans(element, root.end())]


def _spans(xml: bytes, start: int) -> Iterator[tuple[str, int, int]]:
    """Name, start and end of each element that follows, up to the end of the one they are in."""
    depth, begun, name = 0, 0, ""
    for tag in _TAG.finditer(xml, start):
        if tag[1]:
            depth -= 1
            if depth < 0:
                return
        elif depth == 0:
            begun, name = tag.start(), tag[2].decode()
        if not tag[1] and not tag[3]:
            depth += 1
        elif depth == 0:
            yield name, begun, tag.end()
