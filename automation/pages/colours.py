"""How the workbook looks: colours, fonts, number formats, widths and heights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from automation.text.characters import breadth
from sheet_schema import REGISTER, Column, Language, Tab, Type

COMFORTABLE = 20.0
"""Height of a row with one line of text, in points."""


_LINE = 15.5


_TALLEST = 400.0


def height_of(texts: Iterable[tuple[str, float]]) -> float:
    """The height of a row with these wrapped texts, each given with its column's width in characters."""
    lines = max((lines_of(text, width) for text, width in texts), default=1)
    return min(_TALLEST, COMFORTABLE + _LINE * (lines - 1))


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of this width."""
    if 2 * len(text) <= width and "\n" not in text:
        return 1
    return sum(-(-max(1, breadth(line)) // max(1, int(width - 1))) for line in text.split("\n"))


FONTS: dict[str, tuple[str, float]] = {"Latn": ("Calibri", 11), "Hans": ("Microsoft YaHei", 10)}
"""By script: font and size in points. Windows and Mac with Office have both fonts; other programs take a similar one."""


INK = "1F2933"


QUIET = "5A626F"


FAINT = "697281"


ACCENT = "2F6F9F"


LINE = "DDE2E7"


HEADER_GREY = "E3E7EB"


GREY_LINE = "B8C0C9"


CLOSED_GREY = "EEF1F4"


JOB_GREY = "F5F7F9"


RED, RED_INK = "FBD5D5", "9B1C1C"


AMBER, AMBER_INK = "FDECC8", "8A5300"


GREEN, GREEN_INK = "D5F0DD", "1E6B3A"


WHITE = "FFFFFF"


PALE = "E6F0F8"
"""Text on the banner other than its title."""


BAND = "F3F6F9"
"""Shade of every other line, just enough to guide the eye."""


LIGHT = (WHITE, BAND, JOB_GREY, CLOSED_GREY, HEADER_GREY, RED, AMBER, GREEN)
READABLE: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys((INK, QUIET, RED_INK, AMBER_INK, GREEN_INK), LIGHT),
    ACCENT: (WHITE, BAND, JOB_GREY, CLOSED_GREY),
    FAINT: (WHITE, JOB_GREY),
    WHITE: (ACCENT,),
    PALE: (ACCENT,),
}
"""On which backgrounds each ink can be read: its contrast there is at least 4.5 to 1."""


NUMBER_FORMATS = {
    Type.TEXT: "@",
    Type.LONG: "@",
    Type.WHOLE: "0",
    Type.DATE: "yyyy-mm-dd",
    Type.MOMENT: "yyyy-mm-dd hh:mm",
}
"""Text has a text format, so that leading zeros and things that look like formulas stay as typed."""


_CENTRED = (Type.DATE, Type.MOMENT, Type.TICK, Type.WHOLE)


_ROOM_FOR_THE_BUTTON = 2.0
"""Width of the filter button beside a header's words."""


def filled_by_people(tab: Tab, column: Column) -> bool:
    """Whether people fill in the column; in Filing only the archive's own, since all else came with the row."""
    return column.staff and not (tab.key == "filing" and column.key in REGISTER.keys)


def wraps(column: Column) -> bool:
    """Whether text wraps; short texts that all look alike are centred instead."""
    return column.type not in _CENTRED and column.key not in ("case_no", "light")


def width_of(column: Column, language: Language) -> float:
    """The column's width in the schema, or more if a word of its header would not fit."""
    longest = max(breadth(word) for word in column.label(language).split())
    return max(column.width, longest * 1.1 + _ROOM_FOR_THE_BUTTON)
