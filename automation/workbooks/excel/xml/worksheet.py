"""The XML of one tab, in which some cells are changed and the rest stays byte for byte.

Rows are found by their start tags. Only rows with an edit are taken apart, and only the edited cells are made anew.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Mapping

from lxml import etree
from openpyxl.utils.cell import column_index_from_string, range_boundaries

from automation.ledger.workbook import HEADER_ROW, Cell
from automation.pages.colours import COMFORTABLE
from automation.pages.page import reference
from automation.pages.room import height_of
from automation.workbooks.excel.xml.references import Gone
from automation.workbooks.excel.xml.xml_bytes import attribute, with_attribute

ROW = re.compile(rb"<row(?=[\s/>])[^<>]*>")
_CELL = re.compile(rb"<c(?=[\s/>])([^<>]*?)(?:/>|>.*?</c\s*>)", re.DOTALL)
_CELL_TAG = re.compile(rb"<c(?=[\s/>])[^<>]*>")
_UNNUMBERED_ROW = re.compile(rb'<row(?!\sr=")[\s/>]')
_UNNUMBERED_CELL = re.compile(rb'<c(?!\sr=")[\s/>]')
_CELL_NUMBER = re.compile(rb"""(<c(?=\s)[^<>]*?\sr=["'][A-Za-z]{1,3})\d+(["'])""")
_DATA = re.compile(rb"<sheetData(?=[\s/>])[^<>]*>")
_END = b"</sheetData>"
_DIMENSION = re.compile(rb"<dimension\s[^<>]*>")
_COLUMN = re.compile(rb"<col\s[^<>]*>")

_USUAL_WIDTH = 8.43
"""Width, in characters, of a column that states none."""
_FARTHEST_LOOK_UP = 100
"""Rows to look upwards for a style; a column with none in so many has none."""

Writer = Callable[[int, int, int, Cell], bytes]
"""(row, column, style, value) → the cell's element."""


class NotASheet(ValueError):  # noqa: N818
    """The part is not laid out as a worksheet is."""


class Worksheet:
    """The XML of one tab, in the form that `as_plain_utf8` gives."""

    def __init__(self, xml: bytes) -> None:
        opening = _DATA.search(xml)
        if opening is None:
            raise NotASheet
        if opening[0].endswith(b"/>"):
            body, tail = b"", xml[opening.end() :]
        else:
            end = xml.rfind(_END)
            body, tail = xml[opening.end() : end], xml[end + len(_END) :]
        self._head, self._tail = xml[: opening.start()], tail
        if _UNNUMBERED_ROW.search(body) or _UNNUMBERED_CELL.search(body):
            body = with_references(body)
        self._pieces: list[bytes | memoryview] = [body]
        starts = [found.span() for found in ROW.finditer(body)]
        ends = [*(start for start, _ in starts), len(body)][1:]
        self._spans = {
            int(attribute(body[start:tag_end], "r") or 0): (start, end)
            for (start, tag_end), end in zip(starts, ends, strict=True)
        }
        self._numbers = list(self._spans)
        if sorted(self._numbers) != self._numbers:
            raise NotASheet
        self._styles: dict[int, dict[int, int]] = {}

    @property
    def body(self) -> bytes:
        """The XML of the rows. It may be large: what was changed is put together only when somebody asks for it."""
        if len(self._pieces) > 1:
            self._pieces = [b"".join(self._pieces)]
        return self._pieces[0]  # type: ignore[return-value]  # a single piece is no view

    def write(self, edits: Mapping[int, Mapping[int, Cell]], writer: Writer, wraps: Callable[[int], bool]) -> None:
        """Write cells (row → column → value). Missing rows are added; a row grows with text whose style `wraps`."""
        changed: dict[int, bytes] = {}
        for row in sorted(edits):
            if row not in self._spans:
                insort(self._numbers, row)
            changed[row] = self._written_row(row, edits[row], writer, wraps)
        self._check(changed)
        self._splice(changed)
        self._grow_dimension(edits)

    def replace_cells(self, rows: Mapping[int, Mapping[int, Callable[[bytes], bytes]]]) -> None:
        """Change the XML of existing cells, given as row → column → function from old element to new."""
        changed = {}
        for row, cells in rows.items():
            opening, elements, rest = self._taken_apart(row)
            for column, change in cells.items():
                elements[column] = change(elements[column])
            changed[row] = opening + b"".join(elements.values()) + rest
        self._check(changed)
        self._splice(changed)

    def taken(self, row: int) -> tuple[bytes, dict[int, bytes]]:
        """A row's start tag, and its cells' elements by column; empty if there is no such row."""
        opening, cells, _ = self._taken_apart(row)
        return opening, cells

    def as_tall_as(self, row: int, model: bytes) -> None:
        """Give a row the height and look of another one, whose start tag is `model`."""
        start, end = self._spans[row]
        whole = self.body[start:end]
        opening = whole[: whole.index(b">") + 1]
        new = opening
        for name in ("ht", "customHeight", "s", "customFormat"):
            if (value := attribute(model, name)) is not None:
                new = with_attribute(new, name, value)
        self._splice({row: new + whole[len(opening) :]})

    def close_up(self, gone: Gone) -> None:
        """Take rows out; those below move up and are renumbered."""
        pieces = []
        for row in self._numbers:
            if row not in gone:
                piece = self.body[slice(*self._spans[row])]
                pieces.append(piece if gone.new(row) == row else _renumbered(piece, gone.new(row)))
        self.__init__(b"".join((self._head, b"<sheetData>", b"".join(pieces), _END, self._tail)))  # type: ignore[misc]

    @property
    def around(self) -> tuple[bytes, bytes]:
        """The XML before the rows and after them."""
        return self._head, self._tail

    def set_around(self, head: bytes, tail: bytes) -> None:
        self._head, self._tail = head, tail

    def xml(self) -> bytes:
        return b"".join((self._head, b"<sheetData>", *self._pieces, _END, self._tail))

    def _written_row(self, row: int, cells: Mapping[int, Cell], writer: Writer, wraps: Callable[[int], bool]) -> bytes:
        opening, elements, rest = self._taken_apart(row)
        row_style = int(attribute(opening, "s") or 0) if attribute(opening, "customFormat") == "1" else 0
        texts = []
        for column, value in cells.items():
            old = elements.get(column)
            style = _style_of(old) if old is not None else row_style or self._style_above(row, column)
            elements[column] = writer(row, column, style, value)
            if isinstance(value, str) and wraps(style):
                texts.append((value, self._column_width(column)))
        opening = tall_enough(opening, height_of(texts))
        ordered = {column: elements[column] for column in sorted(elements) if elements[column]}
        self._styles[row] = {column: _style_of(element) for column, element in ordered.items()}
        return opening + b"".join(ordered.values()) + rest

    def _taken_apart(self, row: int) -> tuple[bytes, dict[int, bytes], bytes]:
        """A row's start tag without `spans`, its cells by column, and what follows them."""
        if row not in self._spans:
            return f'<row r="{row}">'.encode(), {}, b"</row>"
        whole = self.body[slice(*self._spans[row])]
        opening = whole[: whole.index(b">") + 1]
        inner = whole[len(opening) :]
        opening = with_attribute(opening, "spans", None)
        if opening.endswith(b"/>"):
            return opening[:-2].rstrip() + b">", {}, b"</row>" + inner
        cells, end = {}, 0
        for found in _CELL.finditer(inner):
            cells[_column_of(found[1])] = found[0]
            end = found.end()
        return opening, cells, inner[end:]

    def _style_above(self, row: int, column: int) -> int:
        """The style for a new cell: that of the nearest styled cell above (never the header), else the column's."""
        place = bisect_left(self._numbers, row)
        for above in reversed(self._numbers[max(0, place - _FARTHEST_LOOK_UP) : place]):
            if above <= HEADER_ROW:
                break
            if style := self._row_styles(above).get(column):
                return style
        return self._column_style(column)

    def _row_styles(self, row: int) -> dict[int, int]:
        if row not in self._styles:
            tags = _CELL_TAG.findall(self.body, *self._spans[row])
            self._styles[row] = {_column_of(tag): _style_of(tag) for tag in tags}
        return self._styles[row]

    def _column_style(self, column: int) -> int:
        for tag in _COLUMN.findall(self._head):
            if int(attribute(tag, "min") or 0) <= column <= int(attribute(tag, "max") or 0):
                return int(attribute(tag, "style") or 0)
        return 0

    def _column_width(self, column: int) -> float:
        for tag in _COLUMN.findall(self._head):
            if int(attribute(tag, "min") or 0) <= column <= int(attribute(tag, "max") or 0):
                return float(attribute(tag, "width") or _USUAL_WIDTH)
        return _USUAL_WIDTH

    def _check(self, changed: Mapping[int, bytes]) -> None:
        """Parse the new rows in their context, so that a mistake of ours cannot damage a workbook."""
        root = self._head[: self._head.index(b">", self._head.index(b"<worksheet")) + 1]
        try:
            etree.fromstring(root + b"".join(changed.values()) + b"</worksheet>", etree.XMLParser(huge_tree=True))
        except etree.XMLSyntaxError as error:
            raise NotASheet from error

    def _splice(self, changed: Mapping[int, bytes]) -> None:
        """Insert the new rows, and update where each row begins and ends. What lies between them is taken in one piece."""
        pieces: list[bytes | memoryview] = []
        spans: dict[int, tuple[int, int]] = {}
        body, begun, done, offset = memoryview(self.body), 0, 0, 0
        for row in self._numbers:
            start, end = self._spans.get(row, (done, done))
            offset += start - done  # white space before the first row
            length = end - start
            if row in changed:
                pieces += [body[begun:start], changed[row]]
                begun, length = end, len(changed[row])
            spans[row] = (offset, offset + length)
            offset, done = offset + length, end
        self._pieces = [*pieces, body[begun:]]
        self._spans = spans

    def _grow_dimension(self, edits: Mapping[int, Mapping[int, Cell]]) -> None:
        tag = _DIMENSION.search(self._head)
        written = [(row, column) for row, cells in edits.items() for column in cells]
        if tag is None or not written:
            return
        left, top, right, bottom = range_boundaries(attribute(tag[0], "ref") or "A1")
        rows, columns = zip(*written, strict=True)
        first = reference(min(top or 1, *rows), min(left or 1, *columns))
        last = reference(max(bottom or 1, *rows), max(right or 1, *columns))
        new = with_attribute(tag[0], "ref", f"{first}:{last}")
        self._head = self._head[: tag.start()] + new + self._head[tag.end() :]


def _renumbered(piece: bytes, row: int) -> bytes:
    """The row's XML with another row number, also in its cells."""
    opening = piece[: piece.index(b">") + 1]
    number = str(row).encode()
    cells = _CELL_NUMBER.sub(lambda found: found[1] + number + found[2], piece[len(opening) :])
    return with_attribute(opening, "r", str(row)) + cells


def tall_enough(opening: bytes, height: float) -> bytes:
    """The row's start tag with room for text `height` points tall, unless a person set the height."""
    if attribute(opening, "customHeight") in ("1", "true") or float(attribute(opening, "ht") or 0) >= height:
        return opening
    return with_attribute(opening, "ht", f"{height:g}") if height > COMFORTABLE else opening


def with_references(body: bytes) -> bytes:
    """The rows with every `r` written out; a row or cell without one directly follows the one before."""
    pieces, row = [], 0
    starts = [found.span() for found in ROW.finditer(body)]
    ends = [*(start for start, _ in starts), len(body)][1:]
    for (start, tag_end), end in zip(starts, ends, strict=True):
        opening = body[start:tag_end]
        row = int(attribute(opening, "r") or row + 1)
        pieces.append(with_attribute(opening, "r", str(row)))
        pieces.append(_numbered_cells(body[tag_end:end], row))
    return b"".join(pieces)


def _numbered_cells(cells: bytes, row: int) -> bytes:
    column = 0

    def numbered(tag: re.Match[bytes]) -> bytes:
        nonlocal column
        column = column + 1 if attribute(tag[0], "r") is None else _column_of(tag[0])
        return with_attribute(tag[0], "r", reference(row, column))

    return _CELL_TAG.sub(numbered, cells)


def _column_of(tag: bytes) -> int:
    return int(column_index_from_string((attribute(tag, "r") or "A1").rstrip("0123456789").upper()))


def _style_of(element: bytes) -> int:
    return int(attribute(element[: element.index(b">") + 1], "s") or 0)
