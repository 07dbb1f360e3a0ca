"""How the workbook looks: its colours, fonts and number formats, and the style of each kind of cell.

Each look is made once and given to every cell that has it: openpyxl knows the same object at once, and compares others
attribute by attribute. Nobody changes one.
"""

from __future__ import annotations

from copy import copy
from functools import lru_cache
from typing import Literal

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.dimensions import ColumnDimension

from automation.pages.colours import (
    ACCENT,
    FONTS,
    GREY_LINE,
    HEADER_GREY,
    INK,
    JOB_GREY,
    LINE,
    NUMBER_FORMATS,
    QUIET,
    RED_INK,
    WHITE,
    filled_by_people,
    wraps,
)
from sheet_schema import Column, Language, Required, Tab
from sheet_schema.languages import script

_THIN = Side(style="thin", color=LINE)
_GRID = Border(right=_THIN, bottom=_THIN)
_LOOKS = 256
"""More than the plans have of a kind."""


@lru_cache(_LOOKS)
def font(language: Language, size: float = 0, color: str = INK, *, bold: bool = False, underline: bool = False) -> Font:
    """The workbook's font. `size` is the difference to ordinary text in points."""
    name, ordinary = FONTS[script(language)]
    return Font(name=name, size=ordinary + size, color=color, bold=bold, underline="single" if underline else None)


@lru_cache(_LOOKS)
def fill(color: str) -> PatternFill:
    return PatternFill("solid", start_color=color, end_color=color)


@lru_cache(_LOOKS)
def side(style: Literal["thin", "medium", "thick"], color: str) -> Side:
    return Side(style=style, color=color)


@lru_cache(_LOOKS)
def border(beside: Side | None, below: Side, right: Side | None = None) -> Border:
    """Lines around a cell: `beside` left, right and above, or only the one at its `right`, and the one `below`."""
    return Border(left=beside, right=right or beside, top=beside, bottom=below)


@lru_cache(_LOOKS)
def alignment(across: str | None, down: str, *, wraps: bool, indent: int = 0) -> Alignment:
    return Alignment(horizontal=across, vertical=down, wrap_text=wraps, indent=indent)


def dress_header(cell: Cell, tab: Tab, column: Column, language: Language) -> None:
    """Format a header cell: white with a line in the tab's colour where people type, grey where the job writes."""
    mine = filled_by_people(tab, column)
    needed = mine and column.required is Required.ALWAYS
    cell.font = font(language, color=ACCENT if needed else INK if mine else QUIET, bold=True)
    cell.fill = fill(WHITE if mine else HEADER_GREY)
    line = side("thick" if needed else "medium", tab.colour if mine else GREY_LINE)
    cell.border = border(None, line, _THIN)
    cell.alignment = alignment("center", "center", wraps=True)


def dress_body(cell: Cell, column: Column, language: Language) -> None:
    """Format a cell below the header: the column's number format, and a light shade where the job writes."""
    warns = column.key == "problems"
    cell.font = font(language, color=RED_INK if warns else INK)
    if not column.staff:
        cell.fill = fill(JOB_GREY)
    cell.border = _GRID
    cell.number_format = NUMBER_FORMATS.get(column.type, "General")
    wrapped = wraps(column)
    across = "left" if wrapped else "fill" if column.is_cut else "center"  # what fills a cell never leaves it
    cell.alignment = alignment(across, "top", wraps=wrapped)


def same_look(cell: Cell | ColumnDimension, model: Cell) -> None:
    """Give `cell` the look of `model`, which is far cheaper than building the style again for each cell."""
    cell._style = copy(model._style)  # type: ignore[union-attr,attr-defined]
