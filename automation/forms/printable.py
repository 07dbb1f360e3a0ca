"""What of a cell can be printed."""

from __future__ import annotations

import re
import unicodedata

from automation.text.characters import one_line

_DROPPED = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})


def printable(text: str) -> str:
    """Text from a cell without what cannot be printed: control characters except line breaks, halves of characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(char for char in text if char == "\n" or unicodedata.category(char) not in _DROPPED)
    return re.sub(r"\n\s*\n\s*", "\n", kept).strip()


def short(text: str, most: int = 24) -> str:
    """Text for a heading: one line of at most `most` characters."""
    return one_line(printable(text), most)
