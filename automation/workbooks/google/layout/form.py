"""Requests that draw the Form tab from `form_plan`, the plan that the Excel workbook follows too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from automation.ledger.cell_names import column_letters, quoted_title
from automation.ledger.workbook import Formula
from automation.pages import colours
from automation.pages.form import (
    ADVICE,
    CHOOSE,
    ENDS,
    FRAMED,
    LABELS,
    LETTERS,
    TALL,
    TOP,
    WIDTHS,
    WRAPS,
    Piece,
    form_plan,
)
from automation.pages.form_lookups import HELP, LAST_HELP
from automation.workbooks.google.layout import formats
from automation.workbooks.google.layout.places import Placed
from automation.workbooks.google.layout.validation import formula, warn
from automation.workbooks.google.requests import CellData, Request, area, dimensions, format_all, size, write
from automation.workbooks.google.values import typed
from sheet_schema import Language
from sheet_schema.languages import script

_LINE = formats.line("SOLID", colours.GREY_LINE)
_FRAME = dict.fromkeys(("top", "right", "bottom", "left"), _LINE)
_INDENT = {"top": 2, "right": 3, "bottom": 2, "left": 7}


def write_form(placed: Placed, all_placed: Mapping[str, Placed], language: Language) -> Iterator[Request]:
    """Requests that turn an empty sheet into the Form tab; its formulas look in the tabs of `all_placed`."""
    plan = form_plan(language, lambda key: all_placed[key].title)
    sheet_id = placed.sheet_id
    texts = {(one.row, one.first): one.text for one in plan.pieces} | plan.help
    rows = range(1, max(row for row, _ in texts) + 1)
    lines = [[_value(texts.get((row, column), "")) for column in range(1, LAST_HELP + 1)] for row in rows]
    yield write(sheet_id, 1, 1, lines, "userEnteredValue")
    for one in plan.pieces:
        cells = area(sheet_id, (one.first, one.last), one.row, one.row)
        yield format_all(cells, _look(one.piece, language))
        if one.last > one.first:
            yield {"mergeCells": {"range": cells, "mergeType": "MERGE_ALL"}}
    for column, width in WIDTHS.items():
        yield size(sheet_id, "COLUMNS", column, column, formats.pixels_wide(width))
    for row, height in plan.heights.items():
        yield size(sheet_id, "ROWS", row, row, formats.pixels_high(height))
    yield _hidden(sheet_id)
    yield _offered(placed, all_placed["register"], language)
    yield warn(area(sheet_id, (1, LAST_HELP), TOP, plan.last_row), language)


def _value(text: str) -> CellData:
    return typed(Formula(formula(text[1:])) if text.startswith("=") else text)


def _look(piece: Piece, language: Language) -> dict[str, Any]:
    letters, ink, bold = LETTERS[piece]
    _, ordinary = formats.FONTS[script(language)]
    look: dict[str, Any] = {
        "textFormat": formats.font(language, letters - ordinary, ink, bold=bold),
        "horizontalAlignment": "RIGHT" if piece in ENDS else "CENTER" if piece is Piece.CHOICE else "LEFT",
        "verticalAlignment": "TOP" if piece in TALL else "MIDDLE",
        "wrapStrategy": "WRAP" if piece in WRAPS else "OVERFLOW_CELL",
    }
    if piece in FRAMED:
        look |= {"borders": _FRAME, "padding": _INDENT}
    if piece in LABELS:
        look["backgroundColorStyle"] = formats.colour(colours.JOB_GREY)
    elif piece is Piece.CHOICE:
        look["backgroundColorStyle"] = formats.colour(colours.AMBER)
        look["numberFormat"] = {"type": "TEXT", "pattern": "@"}
    elif piece is Piece.DAY:
        look["numberFormat"] = {"type": "DATE", "pattern": "yyyy-mm-dd"}
    return look


def _hidden(sheet_id: int) -> Request:
    """Hide the columns with the formulas behind the form."""
    return {
        "updateDimensionProperties": {
            "range": dimensions(sheet_id, "COLUMNS", HELP, LAST_HELP),
            "properties": {"hiddenByUser": True},
            "fields": "hiddenByUser",
        }
    }


def _offered(placed: Placed, register: Placed, language: Language) -> Request:
    """The dropdown of the Register's numbers. It accepts others too, since filed cases are not listed."""
    row, first, _ = CHOOSE
    letter = column_letters(register.at["case_no"])
    numbers = f"={quoted_title(register.title)}!${letter}$2:${letter}"
    rule = {
        "condition": {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": numbers}]},
        "inputMessage": ADVICE.say(language),
        "strict": False,
        "showCustomUi": True,
    }
    cell = area(placed.sheet_id, (first, first), row, row)
    return {"setDataValidation": {"range": cell, "rule": rule, "filteredRowsIncluded": True}}
