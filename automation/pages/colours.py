"""How the workbook looks: colours, fonts, number formats, widths and heights."""

from __future__ import annotations

from collections.abc import Mapping

from sheet_schema import REGISTER, Column, Tab, Type

COMFORTABLE = 20.0
"""Height of a row with one line of text, in points."""


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


def filled_by_people(tab: Tab, column: Column) -> bool:
    """Whether people fill in the column; in Filing only the archive's own, since all else came with the row."""
    return column.staff and not (tab.key == "filing" and column.key in REGISTER.keys)


def wraps(column: Column) -> bool:
    """Whether text wraps; short texts that all look alike are centred instead, and what is for the program is cut at the cell's edge."""
    return column.type not in _CENTRED and column.key not in ("case_no", "light") and not column.is_cut
