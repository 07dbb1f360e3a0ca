"""The characters that a carrier of text cannot hold, what becomes of them, and how wide characters are.

Cells hold whatever somebody pasted: control characters, and halves of characters (a "surrogate" without its pair).
"""

from __future__ import annotations

import re
import unicodedata

NOT_IN_XML = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
"""What XML 1.0 forbids, as it stands between the brackets of a pattern."""
_NOT_IN_XML = re.compile(f"[{NOT_IN_XML}]")
LONGEST_HEADER = 150
"""Characters of a mail's subject, or of the name of a file attached to it."""


def for_utf8(text: str) -> str:
    """The text without halves of characters, which no file can hold."""
    return text.encode("utf-8", "ignore").decode()


def for_json(text: str) -> str:
    """The text with each half of a character replaced by U+FFFD, so that it is seen that something was there."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def for_xml(text: str) -> str:
    """The text with a space for each character that XML forbids."""
    return _NOT_IN_XML.sub(" ", text)


def one_line(text: str, most: int = LONGEST_HEADER) -> str:
    """Text that is safe in a header: one line of at most `most` characters, without control characters."""
    visible = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text)
    return cut(" ".join(for_utf8(visible).split()), most)


def cut(text: str, most: int) -> str:
    """The text, or as much of it as leaves room for an ellipsis in `most` characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def breadth(text: str) -> int:
    """How many letters a line is wide; a Chinese character counts as two."""
    return len(text) if text.isascii() else sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)
