"""Cuts a part of a workbook into pieces, so that two versions of it share all pieces but those around a change.

A piece ends with a row, and which rows end one follows from what the rows hold, never from how many came before: a row
put in or taken out changes the piece it stands in, and no other.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_ROW_ENDS = re.compile(rb"</(?:\w+:)?(?:row|si|comment)>")
SMALLEST = 65_536
"""Bytes that a piece has on average. In a smaller one too little is alike, and of a larger one more is packed anew."""
MOST_PIECES = 1024
"""About how many pieces a part is cut into at the most, since each version of it keeps a list of them."""


def cut(part: bytes) -> Iterator[bytes]:
    """The part in pieces, in order; together they are the part again. What has no rows is one piece."""
    ends = [found.end() for found in _ROW_ENDS.finditer(part)]
    if not ends:
        yield part
        return
    one_in = _one_in(len(part), len(ends))
    began = row = 0
    for end in ends:
        if zlib.crc32(part[row:end]) % one_in == 0:
            yield part[began:end]
            began = end
        row = end
    if began < len(part):
        yield part[began:]


def _one_in(size: int, rows: int) -> int:
    """Of how many rows one ends a piece: a power of two, so that it seldom changes while a part grows."""
    wanted = max(SMALLEST, size // MOST_PIECES)
    return 1 << max(0, (wanted * rows // size).bit_length() - 1)


def stood_there(before: Sequence[int], now: Sequence[int | None]) -> list[int | None]:
    """For each piece of a part, which piece stood in its place in the version before, if one did.

    Both are lists of the ids of pieces; a piece that is new has none yet.
    """
    found: list[int | None] = []
    for _, began, ended, first, last in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        there = before[began:ended] or before[max(0, began - 1) : began]  # behind which it was put in
        found += [there[min(at, len(there) - 1)] if there else None for at in range(last - first)]
    return found
