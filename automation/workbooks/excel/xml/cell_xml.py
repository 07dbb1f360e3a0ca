"""One value as one `<c>` element, which Excel, LibreOffice and calamine all read back unchanged.

Text becomes an inline string, which nobody interprets: `=cmd()` stays six characters of text. See ECMA-376 part 1,
18.3.1.4.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time
from xml.sax.saxutils import escape

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, to_excel

from automation.ledger.workbook import Cell, CellError, Formula
from automation.pages.page import reference
from automation.text.catalogue import Message, msg
from automation.text.characters import NOT_IN_XML
from sheet_schema.languages import SOURCE

LONGEST_TEXT = 32_767
"""The longest text of a cell, in UTF-16 units. Excel "repairs" a file with a longer one by cutting it."""

# Characters that XML forbids are written _xHHHH_ (ECMA-376, 22.4.2.4), and so is the underscore of a text that
# already looks like that. XML allows a carriage return, but parsers read it as a line feed.
_WRITTEN_AS_CODE = re.compile(rf"[{NOT_IN_XML}\r]|_(?=x[0-9A-Fa-f]{{4}}_)")
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""Halves of characters and the like. calamine does not decode their _xHHHH_, so no text that was read holds one."""


class Unwritable(ValueError):  # noqa: N818  (says of the value what it is)
    """A value that no cell can hold; says why."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.say(SOURCE))
        self.why = why


def cell(row: int, column: int, style: int, value: Cell, *, date1904: bool = False) -> bytes:
    """The cell's element; empty for a blank cell without a style. Raises Unwritable."""
    kind, content = _typed(value, date1904=date1904)
    if not content and not style:
        return b""
    attributes = f'r="{reference(row, column)}"' + (f' s="{style}"' if style else "") + kind
    return (f"<c {attributes}>{content}</c>" if content else f"<c {attributes}/>").encode()


def _typed(value: Cell, *, date1904: bool) -> tuple[str, str]:
    """The element's type attribute and its content."""
    match value:
        case "":
            return "", ""
        case str():
            return ' t="inlineStr"', f'<is><t xml:space="preserve">{_text(value)}</t></is>'
        case bool():
            return ' t="b"', f"<v>{int(value)}</v>"
        case int() | float():
            return "", f"<v>{_number(value)}</v>"
        case date() | time():
            return "", f"<v>{_serial(value, date1904=date1904)}</v>"
        case Formula(text):
            return "", f"<f>{_text(text.removeprefix('='))}</f>"
        case CellError(code):
            return ' t="e"', f"<v>{_text(code)}</v>"


def _text(text: str) -> str:
    if stray := _NO_CHARACTER.search(text):
        raise Unwritable(
            msg("the text holds U+{code:04X}, which is no character; type it again.").of(code=ord(stray[0]))
        )
    return escape(cell_text(text))


def cell_text(text: str) -> str:
    """The text as Excel writes it in a cell, before XML's own escapes. Raises Unwritable where it is too long."""
    if len(text) > LONGEST_TEXT // 2 and len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_TEXT:
        raise Unwritable(
            msg("the text is longer than the {most:,} characters a cell can hold; shorten it.").of(most=LONGEST_TEXT)
        )
    return _WRITTEN_AS_CODE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def _number(value: float) -> str:
    if not math.isfinite(value):
        raise Unwritable(msg("it is not a number a cell can hold."))
    return repr(value)


def _serial(value: date | time, *, date1904: bool) -> str:
    """Days since the workbook's day zero. A time zone is dropped: a sheet shows the local time."""
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None)
    if isinstance(value, time):
        return repr(to_excel(value))  # type: ignore[no-untyped-call]
    serial: float = to_excel(value, MAC_EPOCH if date1904 else WINDOWS_EPOCH)  # type: ignore[no-untyped-call]
    if serial < (0 if date1904 else 1):
        raise Unwritable(msg("{value} is before the first day a workbook knows; write it as text.").of(value=value))
    return repr(int(serial) if serial == int(serial) else serial)


def place_of(cell: str) -> tuple[int, int]:
    """`B3` → row 3, column 2."""
    letters, row = coordinate_from_string(cell.replace("$", ""))
    return int(row), int(column_index_from_string(letters))
