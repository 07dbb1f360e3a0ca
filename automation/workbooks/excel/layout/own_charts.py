"""Tells our own charts from other people's, by the cells they draw: only ours can be laid out anew."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import unescape

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from automation.ledger.titles_and_headers import titles_found
from automation.pages.page import Block, Chart
from automation.pages.plans import PLANS
from automation.workbooks.excel.layout.page_charts import put_chart
from automation.workbooks.excel.xml.package import Package, relations_of
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8
from sheet_schema import Language

_CELLS = re.compile(rb"<f>([^<]*)</f>")


@dataclass(frozen=True)
class OurCharts:
    """Our charts by the title of their page, and the parts of the file they consist of."""

    by_title: Mapping[str, tuple[Chart, ...]]
    parts: frozenset[str]

    def lay_out_anew(self, book: Workbook) -> None:
        """Replace these charts as openpyxl read them, since it forgets half of how a chart looks."""
        for title, charts in self.by_title.items():
            sheet = book[title]
            assert isinstance(sheet, Worksheet)
            sheet._charts = []  # type: ignore[attr-defined]
            for chart in charts:
                put_chart(sheet, chart)


def our_charts(package: Package, language: Language) -> OurCharts:
    """The charts of ours in the file. One that a person deleted is not brought back."""
    by_title: dict[str, tuple[Chart, ...]] = {}
    parts: set[str] = set()
    titles = titles_found(package.sheets, language)
    for key, plan in PLANS.items():
        if key not in titles:
            continue
        title = titles[key]
        planned = {_drawn(chart, title): chart for chart in plan(language).charts}
        found = []
        for drawing in package.all_related(package.sheets[title], "drawing"):
            for part in package.all_related(drawing, "chart"):
                chart = planned.get(_named(as_plain_utf8(package.part(part))))
                if chart is not None:
                    found.append(chart)
                    parts |= {part, relations_of(part), *package.related(part).values()}
        by_title[title] = tuple(found)
    return OurCharts(by_title, frozenset(parts))


def _drawn(chart: Chart, title: str) -> frozenset[str]:
    """The cells a planned chart draws, as its formulas name them."""
    blocks = [_below(chart.names)]
    for values, _ in chart.series:
        blocks += [_below(values), values._replace(bottom=values.top)]
    return frozenset(_bare(f"{title}!{_short(block)}") for block in blocks)


def _below(block: Block) -> Block:
    return block._replace(top=block.top + 1)


def _short(block: Block) -> str:
    return block.name.partition(":")[0] if block[:2] == block[2:] else block.name


def _named(xml: bytes) -> frozenset[str]:
    """The cells that a chart's XML names, in the same form whichever program wrote it."""
    return frozenset(_bare(unescape(text.decode("utf-8", "replace"))) for text in _CELLS.findall(xml))


def _bare(text: str) -> str:
    return text.replace("$", "").replace("'", "")
