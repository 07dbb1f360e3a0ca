"""The charts of a page, as native charts of an openpyxl workbook."""

from __future__ import annotations

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.worksheet.worksheet import Worksheet

from automation.pages import colours
from automation.pages.page import Block, Chart, reference

_CENTIMETRES_A_PIXEL = 2.54 / 96
_POINTS = 100
"""A point in the unit of font sizes, which are in hundredths."""
_TITLE, _AXIS, _TICKS = 12 * _POINTS, 9 * _POINTS, 9 * _POINTS


def put_chart(sheet: Worksheet, plan: Chart) -> None:
    sheet.add_chart(_drawn(sheet, plan), reference(*plan.at))


def _drawn(sheet: Worksheet, plan: Chart) -> BarChart:
    chart = BarChart()
    chart.type = "bar" if plan.lying else "col"
    chart.title = _title(plan.title, _TITLE, colours.INK, bold=True)
    chart.x_axis.title = _title(plan.across, _AXIS, colours.QUIET)
    chart.y_axis.title = _title(plan.up, _AXIS, colours.QUIET)
    for series in plan.series:
        chart.add_data(_cells(sheet, series.values), titles_from_data=True)
        last = chart.series[-1]
        last.graphicalProperties = GraphicalProperties(solidFill=series.colour)
        last.dLbls = DataLabelList(
            showVal=True,
            showSerName=False,
            showCatName=False,
            showLegendKey=False,
            showPercent=False,
            showBubbleSize=False,
        )
        last.dLbls.numFmt = "0;;"
        last.dLbls.txPr = _text(_TICKS, colours.QUIET)
        last.cat = AxDataSource(strRef=StrRef(f=str(_cells(sheet, plan.names._replace(top=plan.names.top + 1)))))
    chart.gapWidth = 60
    chart.overlap = 0
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        axis.txPr = _text(_TICKS, colours.QUIET)
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=colours.GREY_LINE))
    chart.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill=colours.LINE)))
    chart.y_axis.scaling.min = 0.0
    chart.y_axis.numFmt = "0"
    chart.y_axis.majorTickMark = chart.x_axis.majorTickMark = "none"
    chart.x_axis.tickLblSkip = 1
    if plan.lying:
        chart.x_axis.scaling.orientation = "maxMin"  # first bar at the top, as in the table
        chart.y_axis.crosses = "max"
    if len(plan.series) > 1:
        chart.legend.position = "b"
    else:
        chart.legend = None
    chart.width = plan.width * _CENTIMETRES_A_PIXEL  # type: ignore[assignment]  # it takes any number
    chart.height = plan.height * _CENTIMETRES_A_PIXEL
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(solidFill=colours.LINE))
    chart.roundedCorners = False
    return chart


def _cells(sheet: Worksheet, block: Block) -> Reference:
    return Reference(sheet, min_col=block.left, min_row=block.top, max_col=block.right, max_row=block.bottom)


def _title(text: str, size: int, ink: str, *, bold: bool = False) -> Title:
    look = CharacterProperties(sz=size, b=bold, solidFill=ink)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), r=[RegularTextRun(rPr=look, t=text)])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)


def _text(size: int, ink: str) -> RichText:
    look = CharacterProperties(sz=size, solidFill=ink)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), r=[], endParaRPr=look)])
