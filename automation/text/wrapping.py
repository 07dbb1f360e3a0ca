"""Breaks text into lines where English and Chinese may be broken, whatever its letters are drawn on."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

CharWidth = Callable[[str], float]
"""The width of one character."""

_NOT_FIRST = frozenset("，。、；：？！）》〉」』】”’…％%),.;:?!]}")
_NOT_LAST = frozenset("（《〈「『【“‘([{")


def wrapped(text: str, wide: float, breadth: CharWidth) -> list[str]:
    """The text in lines no wider than `wide`. It breaks at spaces, beside Chinese characters, and inside a word that is
    too long."""
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


def _may_break(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return before == " " or _is_wide(before) or _is_wide(after)


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"
