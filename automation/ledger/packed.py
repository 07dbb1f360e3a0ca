"""Packs rows of cells into the text of one cell, for what the program has to remember of what people typed.

Packed, because a search through the whole workbook must not find it, and *Replace all* must not change it along with what
people typed: then nobody would see that anything changed.
"""

from __future__ import annotations

import binascii
import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence

Texts = Mapping[str, str]
"""A row's filled-in cells as text, by column key."""
_OF_A_ROW, _LITTLE_ROOM = 1 << 10, (10, 4)
"""Up to so many bytes a text is packed with a window just as large (2 ** 10): to get the usual room ready takes twice as long as
to pack a row."""


def packed(text: str) -> str:
    """The text in a tenth to a half of the room, in letters that are no formula anywhere."""
    content = text.encode("utf-8", "surrogatepass")
    if len(content) > _OF_A_ROW:
        return b64encode(zlib.compress(content, 9)).decode("ascii")
    packer = zlib.compressobj(9, zlib.DEFLATED, *_LITTLE_ROOM)
    return b64encode(packer.compress(content) + packer.flush()).decode("ascii")


def unpacked(text: str) -> str | None:
    """The text that was packed; None if somebody changed it since."""
    try:
        return zlib.decompress(b64decode(text, validate=True)).decode("utf-8", "surrogatepass")
    except (ValueError, binascii.Error, zlib.error):
        return None


def as_json(rows: Sequence[Texts] | Texts) -> str:
    """Rows of texts as JSON: equal rows give equal JSON."""
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Sequence[Texts]:
    """The rows that `as_json` wrote."""
    rows: Sequence[Texts] = json.loads(text)
    return rows


def texts_in(cell: str) -> Texts:
    """The row that is packed in this cell; nothing if somebody changed it since."""
    text = unpacked(cell) if cell else None
    row: Texts = json.loads(text) if text else {}
    return row


def in_parts(text: str, longest: int) -> Iterator[str]:
    """The text in pieces that fit into a cell each."""
    return (text[at : at + longest] for at in range(0, len(text), longest))
