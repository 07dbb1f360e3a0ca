"""Charts that Word draws itself: a part with the figures, and the small workbook that "Edit data" opens. openpyxl writes both.

Their colours are the first two accents of the template's theme.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.chart.chartspace import ChartContainer, ChartSpace, ExternalData
from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumRef, NumVal, StrData, StrRef, StrVal
from openpyxl.chart.series import Series as Drawn
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.colors import ColorChoice, SchemeColor
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties
from openpyxl.utils import get_column_letter
from openpyxl.xml.functions import tostring

from automation.reports.annual.blocks import Chart
from automation.workbooks.excel.layout.bar_charts import bar_chart, figures_on_bars, letters
from automation.workbooks.excel.layout.saving import saved

BOOK = "rId1"
"""The id of a chart's relation to its workbook."""
_SHEET = "Sheet1"
_COLOURS = (SchemeColor(val="accent1"), SchemeColor(val="accent2"))
"""In our own templates a dark and a light blue, which also differ in greyscale."""
_WHOLE = "#,##0;;"
"""Whole numbers; a zero is left out, like its bar."""


def chart_xml(chart: Chart, look: CharacterProperties, lang: str) -> bytes:
    """The chart part, which holds the figures of its workbook, too. There is no scale, since every bar has its figure."""
    drawn = bar_chart(len(chart.series), lying=chart.lying)
    drawn.gapWidth = 45 if len(chart.series) == 1 else 60
    drawn.series = [_series(chart, i) for i in range(len(chart.series))]
    drawn.y_axis.delete, drawn.y_axis.majorGridlines = True, None
    drawn.x_axis.delete, drawn.x_axis.tickLblPos = False, "low"
    drawn.x_axis.noMultiLvlLbl = True
    drawn.x_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill="7F7F7F", w=9525))
    drawn.plot_area._charts = [drawn]
    container = ChartContainer(plotArea=drawn.plot_area, legend=drawn.legend, autoTitleDeleted=True)
    nothing = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    space = ChartSpace(
        chart=container, lang=lang, roundedCorners=False, spPr=nothing, txPr=letters(look),
        externalData=ExternalData(id=BOOK, autoUpdate=False),
    )  # fmt: skip
    return tostring(space.to_tree())  # type: ignore[return-value]  # it is bytes, whatever its types say


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


def _series(chart: Chart, i: int) -> Drawn:
    one, column, last = chart.series[i], get_column_letter(i + 2), len(chart.labels) + 1
    values = NumData(
        formatCode="General", ptCount=len(one.values), pt=[NumVal(idx=at, v=n) for at, n in enumerate(one.values)]
    )
    return Drawn(
        idx=i, order=i,
        tx=SeriesLabel(strRef=_texts(f"${column}$1", [one.name])),
        spPr=GraphicalProperties(solidFill=ColorChoice(schemeClr=_COLOURS[i])),  # type: ignore[arg-type]  # as above
        invertIfNegative=False,
        dLbls=figures_on_bars(_WHOLE),
        cat=AxDataSource(strRef=_texts(f"$A$2:$A${last}", chart.labels)),
        val=NumDataSource(numRef=NumRef(f=f"{_SHEET}!${column}$2:${column}${last}", numCache=values)),
    )  # fmt: skip


def _texts(cells: str, texts: Sequence[str]) -> StrRef:
    """Cells and their texts, so that the chart can be drawn without opening its workbook."""
    points = [StrVal(idx=at, v=text) for at, text in enumerate(texts)]
    return StrRef(f=f"{_SHEET}!{cells}", strCache=StrData(ptCount=len(texts), pt=points))
