"""Text into a box: broken into lines, set smaller where it is long, and cut where that is not enough.

What is cut is cut before anything is drawn, by widths that no usual font exceeds; so that a page and a PDF, whatever they are
set in, show the same words.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache

from automation.forms.shapes import LEADING, ORDINARY
from automation.text.templates import one_line
from sheet_schema import Language

Breadth = Callable[[str], float]
"""How wide one character is."""

SIZES = (ORDINARY, 9.5, 8.5, 7.5)
"""In points; the smallest is still legible on paper."""
CONTINUES: dict[Language, str] = {"en": " … (continues in the ledger)", "zh": "……（余见台账）"}
LONGEST = 12_000
"""More characters than the largest box takes; what is beyond is not even measured."""

_SLENDER = frozenset("iljtfrI.,:;'|!()[]{} `-/\\\"")
_BROAD = frozenset("mwM%")
_NOT_FIRST = frozenset("，。、；：？！）》〉」』】”’…％%),.;:?!]}")
_NOT_LAST = frozenset("（《〈「『【“‘([{")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})


def printable(text: str) -> str:
    """Text from a cell as it may be printed: line breaks stay, other control characters, and halves of characters, do not."""
    text = text[: 2 * LONGEST].replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(one for one in text if one == "\n" or unicodedata.category(one) not in _DROPPED)
    return re.sub(r"\n\s*\n\s*", "\n", kept).strip()[:LONGEST]


def short(text: str, most: int = 24) -> str:
    """Text that stands in a heading: one line, and not endless."""
    return one_line(printable(text), most)


def fitted(text: str, room: tuple[float, float], language: Language) -> tuple[str, float]:
    """The text, whole or cut, and the size at which it fits a room so wide and high (in points). Before anything is cut, its lines
    are joined."""
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
    fits = bisect_right(range(len(text)), most, key=lambda end: _lines(text[:end] + CONTINUES[language], wide / size))
    return text[: max(0, fits - 1)].rstrip() + CONTINUES[language], size


def height_at(text: str, wide: float, size: float = ORDINARY) -> float:
    """How high the text stands at a size in a room so wide, all in points."""
    return _lines(text, wide / size) * size * LEADING if text else 0.0


def wrapped(text: str, wide: float, breadth: Breadth) -> list[str]:
    """The text in lines no wider than `wide`: broken at spaces, beside Chinese characters, and within a word that is too long
    (a browser breaks at hyphens too, and so never needs more of them)."""
    return [line for paragraph in text.split("\n") for line in _broken(paragraph, wide, breadth)]


def _broken(paragraph: str, wide: float, breadth: Breadth) -> Iterator[str]:
    start, last, used = 0, 0, 0.0  # `last`: where the line may end, so far
    for at, one in enumerate(paragraph):
        if at > start and _may_break(paragraph[at - 1], one):
            last = at
        used += breadth(one)
        while used > wide and at > start and one != " ":
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
def _is_wide(one: str) -> bool:
    return unicodedata.east_asian_width(one) in "WF"


def _lines(text: str, room: float) -> int:
    """How many lines it takes in a room so many heights of a letter wide."""
    return len(wrapped(text, room, ems))


def _lines_in(high: float, size: float) -> int:
    return max(1, int(high / (size * LEADING)))


@cache
def ems(one: str) -> float:
    """At least as wide as the character is in any usual font, in heights of a letter."""
    if _is_wide(one):
        return 1.0 if ord(one) < 0x1F000 else 1.4
    if one in _SLENDER:
        return 0.37
    if one.isascii():
        return 0.92 if one in _BROAD else 1.03 if one in "W@" else 0.79 if one.isupper() or one == "&" else 0.59
    return 0.8 if one.isalpha() and one not in "œŒæÆ" else 1.01
