"""Requests that draw a page from its plan: formats, texts, colours and charts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from automation.ledger.cell_names import column_letters, quoted_title
from automation.ledger.workbook import Cell, Formula
from automation.pages import colours
from automation.pages.page import Block, Chart, Look, Offer, Page, Text
from automation.workbooks.google.layout import formats
from automation.workbooks.google.layout.places import Placed
from automation.workbooks.google.layout.validation import Paint, coloured, formula
from automation.workbooks.google.requests import Request, area, dimensions, format_all, size, write, write_requests
from automation.workbooks.google.values import typed
from sheet_schema import Language, Type
from sheet_schema.languages import script

_ACROSS = {"left": "LEFT", "center": "CENTER", "right": "RIGHT"}
_PIXELS_A_STEP = 9
"""Pixels for each step of indentation."""


def drawn(sheet_id: int, page: Page, language: Language, *, rules: int = 0) -> Iterator[Request]:
    """Requests that draw the page over whatever the sheet holds; its colour rules follow the `rules` there already."""
    yield {"updateCells": {"range": _area(sheet_id, page.block), "fields": "userEnteredValue"}}
    yield from drawn_among(sheet_id, page, language, rules=rules)


def drawn_among(sheet_id: int, page: Page, language: Language, *, rules: int = 0) -> Iterator[Request]:
    """The same, but whatever the page says nothing of stays."""
    for block, look in page.looks:
        yield format_all(_area(sheet_id, block), _format(look, language))
    lines: dict[int, dict[int, Cell]] = {}
    for (row, column), text in page.texts.items():
        lines.setdefault(row, {})[column] = _value(text)
    yield from write_requests(sheet_id, lines)
    for block in page.merged:
        yield {"mergeCells": {"range": _area(sheet_id, block), "mergeType": "MERGE_ALL"}}
    for column, width in page.widths.items():
        yield size(sheet_id, "COLUMNS", column, column, formats.pixels_wide(width))
    if page.hidden:
        yield {
            "updateDimensionProperties": {
                "range": dimensions(sheet_id, "COLUMNS", page.hidden[0], page.hidden[-1]),
                "properties": {"hiddenByUser": True},
                "fields": "hiddenByUser",
            }
        }
    for height, rows in groupby(sorted(page.heights.items()), key=lambda pair: pair[1]):
        yield from _high(sheet_id, [row for row, _ in rows], formats.pixels_high(height))
    for index, colour in enumerate(page.colours, start=rules):
        paint = Paint(colour.ink, colour.back, colour.bold)
        yield coloured(_area(sheet_id, colour.cells), colour.condition, paint, index)
    for chart in page.charts:
        yield {
            "addChart": {"chart": {"spec": spec_of(sheet_id, chart, language), "position": _position(sheet_id, chart)}}
        }


def linked(sheet_id: int, page: Page, sheets: Mapping[str, int], language: Language) -> Iterator[Request]:
    """Requests that let cells of the page lead to other tabs, given by their keys with their sheets' ids. A formula is
    wrapped in another, since its cell can hold no link."""
    looks = {place: look for block, look in page.looks for place in block.places}
    for (row, column), tab in page.links.items():
        address, text = f"#gid={sheets[tab]}", str(page.texts[row, column])
        if text.startswith("="):
            link = f'=HYPERLINK("{address}",{text[1:]})'
            yield write(sheet_id, row, column, [[typed(_value(link))]], "userEnteredValue")
        else:
            look = _format(looks[row, column], language)
            look["textFormat"]["link"] = {"uri": address}
            yield format_all(_area(sheet_id, Block(row, column, row, column)), look)


def offered(sheet_id: int, offer: Offer, source: Placed) -> Request:
    """A dropdown in the cell that people fill in; `source` is the tab whose column it offers."""
    letter = column_letters(source.at[offer.column])
    rule = {
        "condition": {
            "type": "ONE_OF_RANGE",
            "values": [{"userEnteredValue": f"={quoted_title(source.title)}!${letter}$2:${letter}"}],
        },
        "inputMessage": offer.advice,
        "strict": False,
        "showCustomUi": True,
    }
    cell = _area(sheet_id, Block(*offer.at, *offer.at))
    return {"setDataValidation": {"range": cell, "rule": rule, "filteredRowsIncluded": True}}


def _value(text: Text) -> Text | Formula:
    return Formula(formula(text[1:])) if isinstance(text, str) and text.startswith("=") else text


def _high(sheet_id: int, rows: list[int], pixels: int) -> Iterator[Request]:
    """Set the height of these rows, with one request for each group of neighbours."""
    for _, members in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        together = [row for _, row in members]
        yield size(sheet_id, "ROWS", together[0], together[-1], pixels)


def _area(sheet_id: int, block: Block) -> dict[str, Any]:
    return area(sheet_id, (block.left, block.right), block.top, block.bottom)


def _format(look: Look, language: Language) -> dict[str, Any]:
    found: dict[str, Any] = {
        "textFormat": formats.font(language, round(look.size), look.ink, bold=look.bold, underline=look.underlined),
        "horizontalAlignment": _ACROSS[look.across],
        "verticalAlignment": "TOP" if look.top else "MIDDLE",
        "wrapStrategy": "WRAP" if look.wraps else "OVERFLOW_CELL",
    }
    if look.back:
        found["backgroundColorStyle"] = formats.colour(look.back)
    if look.type is not Type.CHOICE:
        found["numberFormat"] = formats.NUMBER_FORMATS[look.type]
    if look.line:
        style = "SOLID_THICK" if look.thick and look.strong else "SOLID_MEDIUM" if look.strong else "SOLID"
        beside = dict.fromkeys(("left", "right", "top"), formats.line("SOLID", look.frame)) if look.frame else {}
        found["borders"] = beside | {"bottom": formats.line(style, look.line)}
    if look.indent:
        found["padding"] = {"top": 2, "right": 3, "bottom": 2, "left": 3 + look.indent * _PIXELS_A_STEP}
    return found


def spec_of(sheet_id: int, chart: Chart, language: Language) -> dict[str, Any]:
    """The chart as a ChartSpec. In a chart of horizontal bars the axis of values is the bottom one."""
    family, _ = formats.FONTS[script(language)]
    values = "BOTTOM_AXIS" if chart.lying else "LEFT_AXIS"
    names = "LEFT_AXIS" if chart.lying else "BOTTOM_AXIS"
    return {
        "title": chart.title,
        "titleTextFormat": {
            "bold": True,
            "fontSize": 12,
            "foregroundColorStyle": formats.colour(colours.INK),
        },
        "fontName": family,
        "altText": chart.title,
        "basicChart": {
            "chartType": "BAR" if chart.lying else "COLUMN",
            "legendPosition": "BOTTOM_LEGEND" if len(chart.series) > 1 else "NO_LEGEND",
            "headerCount": 1,
            "axis": [{"position": names, "title": chart.across}, {"position": values, "title": chart.up}],
            "domains": [{"domain": _source(sheet_id, chart.names)}],
            "series": [
                {
                    "series": _source(sheet_id, one.values),
                    "targetAxis": values,
                    "colorStyle": formats.colour(one.colour),
                }
                for one in chart.series
            ],
        },
    }


def _source(sheet_id: int, block: Block) -> dict[str, Any]:
    return {"sourceRange": {"sources": [_area(sheet_id, block)]}}


def _position(sheet_id: int, chart: Chart) -> dict[str, Any]:
    row, column = chart.at
    return {
        "overlayPosition": {
            "anchorCell": {"sheetId": sheet_id, "rowIndex": row - 1, "columnIndex": column - 1},
            "widthPixels": chart.width,
            "heightPixels": chart.height,
        }
    }
