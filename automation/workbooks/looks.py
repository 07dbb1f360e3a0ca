"""How the workbook looks: its colours, fonts, number formats, and the style of every kind of cell."""

from __future__ import annotations

from copy import copy

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.dimensions import ColumnDimension

from automation.workbooks.heights import breadth
from sheet_schema import REGISTER, Column, Language, Required, Tab, Type

FONTS: dict[Language, tuple[str, float]] = {"en": ("Calibri", 11), "zh": ("Microsoft YaHei", 10)}
"""Both stand on every Windows and Mac with Office; elsewhere the program takes its own of the same kind."""

INK = "1F2933"
QUIET = "6B7280"
FAINT = "A3ABB5"
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

NUMBER_FORMATS = {
    Type.TEXT: "@",
    Type.LONG: "@",
    Type.WHOLE: "0",
    Type.DATE: "yyyy-mm-dd",
    Type.MOMENT: "yyyy-mm-dd hh:mm",
}
"""Text is told to be text, so that leading zeros and things that look like a formula stay as typed."""

_CENTRED = (Type.DATE, Type.MOMENT, Type.TICK, Type.WHOLE)
_ROOM_FOR_THE_BUTTON = 2.0
"""Beside a header word, for the filter's button."""
_THIN = Side(style="thin", color=LINE)
_GRID = Border(right=_THIN, bottom=_THIN)


def font(language: Language, size: float = 0, color: str = INK, *, bold: bool = False, underline: bool = False) -> Font:
    """The workbook's font; `size` is how many points it differs from ordinary text."""
    name, ordinary = FONTS[language]
    return Font(name=name, size=ordinary + size, color=color, bold=bold, underline="single" if underline else None)


def fill(color: str) -> PatternFill:
    return PatternFill("solid", start_color=color, end_color=color)


def filled_by_people(tab: Tab, column: Column) -> bool:
    """Whether the header is white. What stands in Filing came there with its row, so that only the archive's
    own columns are for typing there."""
    return column.staff and not (tab.key == "filing" and column.key in REGISTER.keys)


def dress_header(cell: Cell, tab: Tab, column: Column, language: Language) -> None:
    """White with a line in the tab's colour where people type, grey where the job does."""
    mine = filled_by_people(tab, column)
    needed = mine and column.required is Required.ALWAYS
    cell.font = font(language, color=ACCENT if needed else INK if mine else QUIET, bold=True)
    cell.fill = fill(WHITE if mine else HEADER_GREY)
    line = Side(style="thick" if needed else "medium", color=tab.colour if mine else GREY_LINE)
    cell.border = Border(right=_THIN, bottom=line)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def dress_body(cell: Cell, column: Column, language: Language) -> None:
    """A cell below the header: the column's format, and a light shade where the job writes."""
    warns = column.key == "problems"
    cell.font = font(language, color=RED_INK if warns else INK)
    if not column.staff:
        cell.fill = fill(JOB_GREY)
    cell.border = _GRID
    cell.number_format = NUMBER_FORMATS.get(column.type, "General")
    wrapped = wraps(column)
    cell.alignment = Alignment(horizontal="left" if wrapped else "center", vertical="top", wrap_text=wrapped)


def wraps(column: Column) -> bool:
    """Whether the text goes on in the next line; what is short and always alike is centred instead."""
    return column.type not in _CENTRED and column.key not in ("case_no", "light")


def width_of(column: Column, language: Language) -> float:
    """The declared width, or more where a word of the header would break."""
    longest = max(breadth(word) for word in column.label(language).split())
    return max(column.width, longest * 1.1 + _ROOM_FOR_THE_BUTTON)


def same_look(cell: Cell | ColumnDimension, model: Cell) -> None:
    """Give `cell` the look of `model`. Far cheaper than building the style again for each cell."""
    cell._style = copy(model._style)  # type: ignore[union-attr,attr-defined]
