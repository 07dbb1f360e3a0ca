"""How wide a text really is, by the widths of Helvetica's letters, which are those of Arial."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

from reportlab.pdfbase.pdfmetrics import stringWidth

_CHINESE = 1.9
"""The width of a Chinese character in digits, in Microsoft YaHei."""
_PIECES = re.compile(r"[\u2e80-\U0010ffff]|[^\s\u2e80-\U0010ffff]+|\s")


def wide(text: str, *, bold: bool = False) -> float:
    """The width of a line in digits; a Chinese one is nearly as wide as two."""
    font = "Helvetica-Bold" if bold else "Helvetica"
    chinese = sum(east_asian_width(char) in "WF" for char in text)
    latin = "".join(char for char in text if east_asian_width(char) not in "WF")
    return float(stringWidth(latin, font, 10) / stringWidth("0", font, 10)) + _CHINESE * chinese


def really(text: str, width: float, *, bold: bool = False) -> int:
    """The number of lines of a text in a column of this width, of which a digit's width is margin."""
    room, lines = width - 1, 0
    for line in text.split("\n"):
        lines, used = lines + 1, 0.0
        for piece in _PIECES.findall(line):
            if piece.isspace():
                used += wide(piece, bold=bold)
                continue
            if used and used + wide(piece, bold=bold) > room:
                lines, used = lines + 1, 0.0
            for char in piece:
                if used + wide(char, bold=bold) > room:
                    lines, used = lines + 1, 0.0
                used += wide(char, bold=bold)
    return lines
