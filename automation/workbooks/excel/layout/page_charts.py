"""The charts of a page, as native charts of an openpyxl workbook."""

from __future__ import annotations

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, StrRef
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.worksheet.worksheet import Worksheet

from automation.pages import colours
from automation.pages.page import Block, Chart, reference
from automation.workbooks.excel.layout.bar_charts import bar_chart, figures_on_bars, letters

_CENTIMETRES_A_PIXEL = 2.54 / 96
_POINTS = 100
"""A point in the unit of font sizes, which are in hundredths."""
_TITLE, _AXIS, _TICKS = 12 * _POINTS, 9 * _POINTS, 9 * _POINTS


def put_chart(sheet: Worksheet, plan: Chart) -> None:
    sheet.add_chart(_drawn(sheet, plan), reference(*plan.at))


def _drawn(sheet: Worksheet, plan: Chart) -> BarChart:
    chart = bar_chart(len(plan.series), lying=plan.lying)
    chart.title = _title(plan.title, _TITLE, colours.INK, bold=True)
    chart.x_axis.title = _title(plan.across, _AXIS, colours.QUIET)
    chart.y_axis.title = _title(plan.up, _AXIS, colours.QUIET)
    quiet = CharacterProperties(sz=_TICKS, solidFill=colours.QUIET)
    for series in plan.series:
        chart.add_data(_cells(sheet, series.values), titles_from_data=True)
        last = chart.series[-1]
        last.graphicalProperties = GraphicalProperties(solidFill=series.colour)
        last.dLbls = figures_on_bars("0;;", quiet)
        last.cat = AxDataSource(strRef=StrRef(f=str(_cells(sheet, plan.names._replace(top=plan.names.top + 1)))))
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        axis.txPr = letters(quiet)
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=colours.GREY_LINE))
    chart.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill=colours.LINE)))
    chart.x_axis.tickLblSkip = 1
    if plan.lying:
        chart.y_axis.crosses = "max"
    chart.width = plan.width * _CENTIMETRES_A_PIXEL  # type: ignore[assignment]  # it takes any number
    chart.height = plan.height * _CENTIMETRES_A_PIXEL
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(solidFill=colours.LINE))
    return chart


def _cells(sheet: Worksheet, block: Block) -> Reference:
    return Reference(sheet, min_col=block.left, min_row=block.top, max_col=block.right, max_row=block.bottom)


def _title(text: str, size: int, ink: str, *, bold: bool = False) -> Title:
    look = CharacterProperties(sz=size, b=bold, solidFill=ink)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), r=[RegularTextRun(rPr=look, t=text)])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)
