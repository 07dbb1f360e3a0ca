"""Bar charts as openpyxl writes them, for the workbook's pages and for Word documents: what they have in common."""

from __future__ import annotations

from openpyxl.chart import BarChart
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.text import RichText
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties


def bar_chart(series: int, *, lying: bool) -> BarChart:
    """A chart for that many series, still without them. Lying bars run from top to bottom, as in a table."""
    chart = BarChart()
    chart.type = "bar" if lying else "col"
    chart.gapWidth = 60
    chart.overlap = 0
    chart.y_axis.scaling.min = 0.0
    chart.y_axis.numFmt = "0"
    chart.y_axis.majorTickMark = chart.x_axis.majorTickMark = "none"
    if lying:
        chart.x_axis.scaling.orientation = "maxMin"
    chart.legend = Legend(legendPos="b", overlay=False) if series > 1 else None
    chart.roundedCorners = False
    return chart


def figures_on_bars(form: str, look: CharacterProperties | None = None) -> DataLabelList:
    """Every bar says its figure in this number format."""
    labels = DataLabelList(
        showVal=True,
        showSerName=False,
        showCatName=False,
        showLegendKey=False,
        showPercent=False,
        showBubbleSize=False,
        txPr=letters(look) if look else None,
    )
    labels.numFmt = form
    return labels


def letters(look: CharacterProperties) -> RichText:
    """How the letters of a part of a chart look."""
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), r=[], endParaRPr=look)])
