"""The paragraphs and rows of a letter, by the sign that each line of its text begins with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

TITLE, REFERENCE, ADDRESSEE, TEXT, SIGNATURE, ROW = (
    "Letter Title",
    "Letter Reference",
    "Letter Addressee",
    "Letter Text",
    "Letter Signature",
    "Letter Table Text",
)
"""The styles of a letter, by which an office restyles it in Word."""
_SIGNS = {"# ": TITLE, "@ ": REFERENCE, "! ": ADDRESSEE, "> ": SIGNATURE}


@dataclass(frozen=True)
class Line:
    """A paragraph in its style; a row of a table has its two `cells` instead."""

    style: str
    text: str = ""
    cells: tuple[str, ...] = ()


def lines_of(texts: Iterable[str]) -> Iterator[Line]:
    """Each line of a letter's text as what it is."""
    for text in texts:
        if text.startswith("| "):
            yield Line(ROW, cells=tuple(cell.strip(" ") for cell in text[2:].split(" | ", 1)))
        elif text[:2] in _SIGNS:
            yield Line(_SIGNS[text[:2]], text[2:])
        else:
            yield Line(TEXT, text)
