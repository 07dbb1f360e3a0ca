"""Fits text into a box: broken into lines, set smaller if it is long, and cut if even that is not enough.

The text is cut before anything is drawn, by widths that no usual font exceeds, so that the page and the PDF show the
same words in whatever font.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache

from automation.forms.shapes import LEADING, ORDINARY
from automation.text.catalogue import msg
from automation.text.characters import one_line
from sheet_schema import Language

CharWidth = Callable[[str], float]
"""The width of one character."""

SIZES = (ORDINARY, 9.5, 8.5, 7.5)
"""Font sizes to try, in points; the smallest is still legible on paper."""
CONTINUES = msg(" … (continues in the ledger)")
LONGEST = 12_000
"""More characters than the largest box can hold; nothing beyond is even measured."""

_SLENDER = frozenset("iljtfrI.,:;'|!()[]{} `-/\\\"")
_BROAD = frozenset("mwM%")
_NOT_FIRST = frozenset("，。、；：？！）》〉」』】”’…％%),.;:?!]}")
_NOT_LAST = frozenset("（《〈「『【“‘([{")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})


def printable(text: str) -> str:
    """Text from a cell without what cannot be printed: control characters except line breaks, halves of characters."""
    text = text[: 2 * LONGEST].replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(char for char in text if char == "\n" or unicodedata.category(char) not in _DROPPED)
    return re.sub(r"\n\s*\n\s*", "\n", kept).strip()[:LONGEST]


def short(text: str, most: int = 24) -> str:
    """Text for a heading: one line of at most `most` characters."""
    return one_line(printable(text), most)


def fitted(text: str, room: tuple[float, float], language: Language) -> tuple[str, float]:
    """The text, whole or cut, and the font size that fits a room of this width and height, all in points."""
    if not text:
        return "", ORDINARY
    wide, high = room
    for size in SIZES:
        if _lines(text, wide / size) <= _lines_in(high, size):
            return text, size
    size, most = SIZES[-1], _lines_in(high, SIZES[-1])
    text = text.replace("\n", " ")
    if _lines(text, wide / size) <= most:
        return text, size
    fits = bisect_right(
        range(len(text)), most, key=lambda end: _lines(text[:end] + CONTINUES.say(language), wide / size)
    )
    return text[: max(0, fits - 1)].rstrip() + CONTINUES.say(language), size


def height_at(text: str, wide: float, size: float = ORDINARY) -> float:
    """The height of the text at this size in a room of this width, all in points."""
    return _lines(text, wide / size) * size * LEADING if text else 0.0


def wrapped(text: str, wide: float, breadth: CharWidth) -> list[str]:
    """The text in lines no wider than `wide`. It breaks at spaces, beside Chinese characters, and inside a word that is
    too long. A browser also breaks at hyphens, so it never needs more lines."""
    return [line for paragraph in text.split("\n") for line in _broken(paragraph, wide, breadth)]


def _broken(paragraph: str, wide: float, breadth: CharWidth) -> Iterator[str]:
    start, last, used = 0, 0, 0.0  # `last`: the latest place where the line may end
    for at, char in enumerate(paragraph):
        if at > start and _may_break(paragraph[at - 1], char):
            last = at
        used += breadth(char)
        while used > wide and at > start and char != " ":
            end = last if last > start else at
            yield paragraph[start:end].rstrip(" ")
            start = last = end
            used = sum(breadth(left) for left in paragraph[start : at + 1])
    yield paragraph[start:].rstrip(" ")


@cache
def _may_break(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return before == " " or _is_wide(before) or _is_wide(after)


@cache
def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _lines(text: str, room: float) -> int:
    """How many lines the text takes in a room of this width, in ems."""
    return len(wrapped(text, room, ems))


def _lines_in(high: float, size: float) -> int:
    return max(1, int(high / (size * LEADING)))


@cache
def ems(char: str) -> float:
    """A character's width in ems, at least as large as in any usual font."""
    if _is_wide(char):
        return 1.0 if ord(char) < 0x1F000 else 1.4
    if char in _SLENDER:
        return 0.37
    if char.isascii():
        return 0.92 if char in _BROAD else 1.03 if char in "W@" else 0.79 if char.isupper() or char == "&" else 0.59
    return 0.8 if char.isalpha() and char not in "œŒæÆ" else 1.01
