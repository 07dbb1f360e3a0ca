"""Charts that Word draws itself: a part with the figures, and the small workbook that "Edit data" opens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from lxml import etree
from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter

from automation.reports.annual.blocks import Chart
from automation.reports.annual.docx_styles import Font
from automation.reports.annual.ooxml import RELATION, a, c
from automation.workbooks.excel.layout.saving import saved

COLOURS = ("1F4E79", "8FB4D9")
"""A dark and a light blue, which also differ in greyscale."""
_SHEET = "Sheet1"
_WHOLE = "#,##0;;"
"""Whole numbers; a zero is left out, like its bar."""
_CATEGORY_AXIS, _VALUE_AXIS = "111111101", "111111102"


def chart_xml(chart: Chart, font: Font, lang: str, book: str) -> bytes:
    """The chart part. `book` is the id of the relation to its workbook; both hold the figures."""
    one = len(chart.series) == 1
    bars = (
        c("barDir", val="bar" if chart.lying else "col"),
        c("grouping", val="clustered"),
        c("varyColors", val="0"),
        *(_series(chart, i) for i in range(len(chart.series))),
        c("gapWidth", val="45" if one else "60"),
        *([] if one else [c("overlap", val="0")]),
        c("axId", val=_CATEGORY_AXIS),
        c("axId", val=_VALUE_AXIS),
    )
    legend = [] if one else [c("legend", c("legendPos", val="b"), c("overlay", val="0"))]
    drawn = (
        c("autoTitleDeleted", val="1"),
        c("plotArea", c("layout"), c("barChart", *bars), *_axes(lying=chart.lying)),
        *legend,
        c("plotVisOnly", val="1"),
        c("dispBlanksAs", val="gap"),
    )
    parts = (
        c("date1904", val="0"),
        c("lang", val=lang),
        c("roundedCorners", val="0"),
        c("chart", *drawn),
        c("spPr", a("noFill"), a("ln", a("noFill"))),
        _text(font),
        _external(book),
    )
    return etree.tostring(c("chartSpace", *parts), xml_declaration=True, encoding="UTF-8", standalone=True)


def chart_book(chart: Chart, now: datetime) -> bytes:
    """The workbook behind the chart, always with the same bytes: a row for each label, a column for each series."""
    book = Workbook()
    book.properties.creator = None
    book.properties.created = book.properties.modified = now.replace(microsecond=0)
    sheet = book.worksheets[0]
    sheet.title = _SHEET
    for column, one in enumerate(chart.series, 2):
        _write(sheet.cell(1, column), one.name)
        for row, value in enumerate(one.values, 2):
            sheet.cell(row, column, value)
    for row, label in enumerate(chart.labels, 2):
        _write(sheet.cell(row, 1), label)
    sheet.column_dimensions["A"].width = 30
    return saved(book)


def _write(cell: Cell | MergedCell, text: str) -> None:
    cell.value = text
    cell.data_type = "s"  # a topic called "=SUM(1)" is not a formula


def _series(chart: Chart, i: int) -> etree._Element:
    one, column, last = chart.series[i], get_column_letter(i + 2), len(chart.labels) + 1
    parts = (
        c("idx", val=str(i)),
        c("order", val=str(i)),
        c("tx", c("strRef", c("f", text=f"{_SHEET}!${column}$1"), _cache("strCache", [one.name]))),
        c("spPr", a("solidFill", a("srgbClr", val=COLOURS[i]))),
        c("invertIfNegative", val="0"),
        c(
            "dLbls",
            c("numFmt", formatCode=_WHOLE, sourceLinked="0"),
            c("spPr", a("noFill"), a("ln", a("noFill"))),
            c("dLblPos", val="outEnd"),
            *(c(shown, val="1" if shown == "showVal" else "0") for shown in _SHOWN),
        ),
        c("cat", c("strRef", c("f", text=f"{_SHEET}!$A$2:$A${last}"), _cache("strCache", chart.labels))),
        c(
            "val",
            c(
                "numRef",
                c("f", text=f"{_SHEET}!${column}$2:${column}${last}"),
                _cache("numCache", one.values),
            ),
        ),
    )
    return c("ser", *parts)


_SHOWN = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")


def _cache(kind: str, values: Sequence[object]) -> etree._Element:
    """The values as in the workbook, so that the chart can be drawn without opening it."""
    return c(
        kind,
        *([c("formatCode", text="General")] if kind == "numCache" else []),
        c("ptCount", val=str(len(values))),
        *(c("pt", c("v", text=str(value)), idx=str(i)) for i, value in enumerate(values)),
    )


def _axes(*, lying: bool) -> tuple[etree._Element, etree._Element]:
    """Labels on one axis; no scale on the other, since every bar has its figure. Lying bars run from top to bottom."""
    labels = (
        c("axId", val=_CATEGORY_AXIS),
        c("scaling", c("orientation", val="maxMin" if lying else "minMax")),
        c("delete", val="0"),
        c("axPos", val="l" if lying else "b"),
        c("numFmt", formatCode="General", sourceLinked="0"),
        c("majorTickMark", val="none"),
        c("minorTickMark", val="none"),
        c("tickLblPos", val="low"),
        c("spPr", a("ln", a("solidFill", a("srgbClr", val="7F7F7F")), w="9525")),
        c("crossAx", val=_VALUE_AXIS),
        c("crosses", val="autoZero"),
        c("auto", val="0"),
        c("lblAlgn", val="ctr"),
        c("lblOffset", val="100"),
        c("noMultiLvlLbl", val="1"),
    )
    scale = (
        c("axId", val=_VALUE_AXIS),
        c("scaling", c("orientation", val="minMax"), c("min", val="0")),
        c("delete", val="1"),
        c("axPos", val="t" if lying else "l"),
        c("numFmt", formatCode="0", sourceLinked="0"),
        c("majorTickMark", val="none"),
        c("minorTickMark", val="none"),
        c("tickLblPos", val="nextTo"),
        c("crossAx", val=_CATEGORY_AXIS),
        c("crosses", val="autoZero"),
        c("crossBetween", val="between"),
    )
    return c("catAx", *labels), c("valAx", *scale)


def _text(font: Font) -> etree._Element:
    run = a(
        "defRPr",
        a("solidFill", a("srgbClr", val="262626")),
        a("latin", typeface=font.latin),
        a("ea", typeface=font.chinese),
        sz=f"{100 * font.points:.0f}",
    )
    return c("txPr", a("bodyPr"), a("lstStyle"), a("p", a("pPr", run), a("endParaRPr", lang="en-US")))


def _external(book: str) -> etree._Element:
    data = c("externalData", c("autoUpdate", val="0"))
    data.set(RELATION, book)
    return data
