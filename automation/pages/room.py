"""How much room a text needs in a cell: how many lines, how tall a row, and where it is cut if there is too little."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import repeat

from automation.pages.colours import COMFORTABLE
from automation.text.characters import breadth
from sheet_schema import Column, Language

_LINE, _TALLEST = 15.5, 400.0
"""The height of each further line and of the tallest row, in points."""
_BROADER = {
    **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ&", 0.25),
    **dict.fromkeys("mwMW%@…—", 0.85),
    **dict.fromkeys("il.,:;'|! ", -0.4),
    **dict.fromkeys("jtfr()[]", -0.3),
}
"""How much broader than a digit these characters are, at most; no other letter is much broader or narrower."""
HEADER_HEIGHT, _HEADER_LINES = 34, 2
"""The height of a table's header in points, and how many lines that is."""
_BUTTON, _BOLD = 2.0, 1.1
"""Width of the filter button beside a header's words, and how much broader bold letters are."""


@cache
def _pieces() -> re.Pattern[str]:
    """What stays in one line: a Chinese character, or a word with the blanks after it. It takes a while to make."""
    return re.compile(r"[\u2e80-\U0010ffff]|[^\s\u2e80-\U0010ffff]+\s*|\s+")


def width_of(column: Column, language: Language) -> float:
    """The column's width in the schema, or more where its header would not fit."""
    label, width = column.label(language), column.width
    longest = max(breadth(word) for word in label.split())
    while longest * _BOLD > width - _BUTTON or lines_of(label, (width - _BUTTON) / _BOLD + 1) > _HEADER_LINES:
        width += 0.5
    return width


def height_of(texts: Iterable[tuple[str, float]]) -> float:
    """The height of a row with these wrapped texts, each given with its column's width in characters."""
    lines = max((lines_of(text, width) for text, width in texts), default=1)
    return min(_TALLEST, COMFORTABLE + _LINE * (lines - 1))


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of this width."""
    if 2.1 * len(text) <= width and "\n" not in text:
        return 1
    room = max(1, int(width - 1))
    return sum(_lines(line, room) for line in text.split("\n"))


@lru_cache(maxsize=4096)
def _width(text: str) -> float:
    """The width of a word or character in digits; the same ones come again and again."""
    return breadth(text) + sum(map(_BROADER.get, text, repeat(0)))


def _lines(line: str, room: int) -> int:
    """How many lines so wide a line is broken into, between words and Chinese characters."""
    lines, used = 1, 0.0
    for piece in _pieces().findall(line):
        wide = _width(piece.rstrip())
        if used and used + wide > room:
            lines, used = lines + 1, 0.0
        further = int(max(0, wide - 1) // room)  # a word longer than a line is broken anywhere
        lines, used = lines + further, used + _width(piece) - further * room
    return lines


def cut_to(text: str, width: float, lines: int = 1) -> str:
    """The text, or as much of it as leaves room for an ellipsis in so many lines of a column of this width."""
    if lines_of(text, width) <= lines:
        return text
    most = int(width) * lines
    joined = " ".join(text[: 2 * most].split())
    if len(joined) == len(text) and lines_of(joined, width) <= lines:
        return joined
    fits = bisect_right(range(1, most), lines, key=lambda length: lines_of(f"{joined[:length].rstrip()}…", width))
    return f"{joined[:fits].rstrip()}…"
