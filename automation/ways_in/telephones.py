"""Ways to reach somebody, as old registers have them: several in one cell, and numbers that lost their first zero."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from automation.ledger.typed.cell import as_text
from automation.ledger.workbook import Cell

_BETWEEN = re.compile(r"\s*[;；、\n]\s*|\s+/\s+|\s*/\s*(?=\S+@)|(?<=\w)\s*[,，]\s*(?=\S+@|\d{7})")
_ZERO_FIRST = re.compile(r"(?<!\d)0\d{8,11}(?!\d)")


def contacts_in(text: str) -> list[str]:
    """The ways to reach somebody in a cell: `07700 900807 / callum@example.org` are two."""
    parts = [part for part in _BETWEEN.split(text) if part]
    reach = [part for part in parts if "@" in part or re.search(r"\d{5}", re.sub(r"[\s()-]", "", part))]
    return [_plain(part) for part in parts] if len(reach) == len(parts) else [_plain(text)]


def _plain(text: str) -> str:
    """A number in ordinary digits; anything else as it was."""
    digits = unicodedata.normalize("NFKC", text)
    return digits if digits.isascii() and any(map(str.isdecimal, digits)) else text


def with_zero_back(cells: Sequence[Cell]) -> list[Cell]:
    """The cells of a column, in which numbers have the 0 back that a spreadsheet took from telephone numbers.

    That is so where others in the column are texts that begin with 0 and have one digit more.
    """
    lengths = Counter(len(found) for cell in cells if isinstance(cell, str) for found in _ZERO_FIRST.findall(cell))
    found: list[Cell] = []
    for cell in cells:
        digits = as_text(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else ""
        found.append(f"0{digits}" if digits.isdecimal() and lengths[len(digits) + 1] else cell)
    return found
