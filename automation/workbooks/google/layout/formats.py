"""How cells look on Google: `pages/colours.py` in Google's terms.

Number formats are written as patterns, so that a date looks the same in every locale.
"""

from __future__ import annotations

import math
from typing import Any

from automation.pages import colours
from sheet_schema import Column, Language, Required, Tab, Type
from sheet_schema.languages import script

Format = dict[str, Any]
"""A CellFormat."""

FONTS: dict[str, tuple[str, int]] = {"Latn": ("Arial", 10), "Hans": ("Noto Sans SC", 10)}
"""By script: font and size in points. Google serves these fonts itself, so they look the same in every browser."""

NUMBER_FORMATS = {
    Type.TEXT: {"type": "TEXT", "pattern": "@"},
    Type.LONG: {"type": "TEXT", "pattern": "@"},
    Type.CHOICE: {"type": "TEXT", "pattern": "@"},
    Type.CHOICES: {"type": "TEXT", "pattern": "@"},
    Type.WHOLE: {"type": "NUMBER", "pattern": "0"},
    Type.DATE: {"type": "DATE", "pattern": "yyyy-mm-dd"},
    Type.MOMENT: {"type": "DATE_TIME", "pattern": "yyyy-mm-dd hh:mm"},
}
"""Choices are text too: Google would take a department called 3-1 for a date. A tick is a checkbox and needs none."""

BAND = "F9FAFC"
"""The shade of every other line of a long table: just enough to help the eye follow it."""

_PIXELS_A_CHARACTER = 7.5
_MARGINS = 5
_PIXELS_A_POINT = 4 / 3


def colour(rgb: str) -> dict[str, Any]:
    """A ColorStyle from six hexadecimal digits."""
    # Rounded up: Google cuts each part down to one of 256 steps, so a hair too little would give the step below.
    parts = (math.ceil(int(rgb[i : i + 2], 16) / 255 * 10_000) / 10_000 for i in (0, 2, 4))
    return {"rgbColor": dict(zip(("red", "green", "blue"), parts, strict=True))}


def font(
    language: Language, size: int = 0, ink: str = colours.INK, *, bold: bool = False, underline: bool = False
) -> dict[str, Any]:
    """A TextFormat; `size` is the difference in points from ordinary text."""
    family, ordinary = FONTS[script(language)]
    style = {"fontFamily": family, "fontSize": ordinary + size, "foregroundColorStyle": colour(ink)}
    return style | ({"bold": True} if bold else {}) | ({"underline": True} if underline else {})


def line(style: str, rgb: str) -> dict[str, Any]:
    """A Border, such as SOLID or SOLID_THICK."""
    return {"style": style, "colorStyle": colour(rgb)}


_THIN = line("SOLID", colours.LINE)


def header(tab: Tab, column: Column, language: Language) -> Format:
    """The format of a header: white with a line in the tab's colour where people type, grey where the job writes."""
    mine = colours.filled_by_people(tab, column)
    needed = mine and column.required is Required.ALWAYS
    ink = colours.ACCENT if needed else colours.INK if mine else colours.QUIET
    below = line("SOLID_THICK" if needed else "SOLID_MEDIUM", tab.colour if mine else colours.GREY_LINE)
    return {
        "textFormat": font(language, ink=ink, bold=True),
        "backgroundColorStyle": colour(colours.WHITE if mine else colours.HEADER_GREY),
        "borders": {"right": _THIN, "bottom": below},
        "horizontalAlignment": "CENTER",
        "verticalAlignment": "MIDDLE",
        "wrapStrategy": "WRAP",
    }


def body(column: Column, language: Language) -> Format:
    """The format of the cells below a header, lightly shaded where the job writes."""
    wrapped = colours.wraps(column)
    look: Format = {
        "textFormat": font(language, ink=colours.RED_INK if column.key == "problems" else colours.INK),
        "borders": {"right": _THIN, "bottom": _THIN},
        "horizontalAlignment": "LEFT" if wrapped or column.is_cut else "CENTER",
        "verticalAlignment": "TOP",
        "wrapStrategy": "WRAP" if wrapped else "CLIP" if column.is_cut else "OVERFLOW_CELL",
    }
    if not column.staff:
        look["backgroundColorStyle"] = colour(colours.JOB_GREY)
    if column.type in NUMBER_FORMATS:
        look["numberFormat"] = NUMBER_FORMATS[column.type]
    return look


def pixels_wide(characters: float) -> int:
    """The width in pixels of a column that holds this many characters."""
    return round(characters * _PIXELS_A_CHARACTER) + _MARGINS


def pixels_high(points: float) -> int:
    """The height of a row in pixels."""
    return round(points * _PIXELS_A_POINT)
