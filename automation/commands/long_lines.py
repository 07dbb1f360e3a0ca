"""Breaks lines that are broader than the terminal between words, and lets them go on below where their text began."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from typing import TextIO

from automation.commands.progress import Say
from automation.text.characters import breadth

NARROWEST = 40
"""On a narrower terminal lines are left as they are."""
_GAP = re.compile(r"^ +| {2,}")
"""What stands before the text of a line, and between the columns of a list."""
_COMMAND = re.compile(r"\bjobs\.py [a-z]|^ +ledger [a-z]")
"""What is to be copied and typed, which a break would spoil."""
_WIDE = r"\u2e80-\u9fff\uff00-\uffef"
_OPENING, _CLOSING = r"\uff08\u201c\u300a\u3010", r"\uff0c\u3002\uff1b\uff1a\u3001\uff01\uff1f\uff09\u201d\u300b\u3011"
"""Characters that take two columns; brackets and quotation marks of Chinese that open, and marks that close."""
_PIECE = re.compile(rf"[{_OPENING}]*(?:`[^`]+`|[{_WIDE}]|[^\s`{_WIDE}{_OPENING}]+|`)[{_CLOSING}]*\s*|.")
"""A word, a command in `quotes` or one Chinese character, with the brackets and marks that stay with it and the spaces behind."""


def fitting(say: Say, stream: TextIO | None) -> Say:
    """`say` for this stream: on a terminal long lines are broken; anywhere else they stay whole."""
    if stream is None or not stream.isatty():
        return say

    def said(text: str = "") -> object:
        width = shutil.get_terminal_size().columns
        return say("\n".join(part for line in text.split("\n") for part in broken(line, width)))

    return said


def broken(line: str, width: int) -> Iterator[str]:
    """The line in parts that fit; a command stays whole, and so does a word that is too long."""
    if breadth(line) <= width or width < NARROWEST or _COMMAND.search(line):
        yield line
        return
    indent = _indent(line, width)
    now = ""
    for piece in _pieces(line):
        if now.strip() and breadth(now + piece.rstrip()) > width:
            yield now.rstrip()
            now = " " * indent
        now += piece
    yield now.rstrip()


def _indent(line: str, width: int) -> int:
    """Where the line goes on: below the text of its last column, or two further in than it began."""
    gaps = [found for found in _GAP.finditer(line) if breadth(line[: found.end()]) <= width // 2]
    if not gaps or gaps[-1].start() == 0:
        return (gaps[-1].end() if gaps else 0) + 2
    return breadth(line[: gaps[-1].end()])


def _pieces(line: str) -> Iterator[str]:
    begun = len(line) - len(line.lstrip(" "))
    yield line[:begun]
    for found in _PIECE.finditer(line, begun):
        yield found[0]
