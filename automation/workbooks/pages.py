"""The tabs that are pages to be read. Start here is written whole; the others say when they will be filled."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from automation.workbooks import looks
from automation.workbooks.dressing import list_cells
from automation.workbooks.matching import columns_of, title_of
from automation.workbooks.start_here import write_start_here
from automation.workbooks.tables import finish
from automation.workbooks.words import Words
from sheet_schema import TAB, Language, Tab

LATER = {
    "dashboard": Words("Filled in by the first run.", "首次运行后自动填写。"),
    "report": Words("Filled in by `jobs.py report`.", "运行 jobs.py report 后填写。"),
}


def write_page(book: Workbook, sheet: Worksheet, tab: Tab, language: Language) -> None:
    """Make an empty sheet the page. The book already has every table the page counts in and leads to."""
    if tab.key == "start_here":
        write_start_here(
            sheet,
            language,
            lambda table, column: cells_of(book, TAB[table], column, language),
            lambda table: title_in(book, TAB[table], language),
        )
    else:
        _write_title(sheet, tab, language)
    finish(sheet, tab)


def title_in(book: Workbook, tab: Tab, language: Language) -> str:
    return title_of(tab, book.sheetnames, language) or tab.label(language)


def cells_of(book: Workbook, tab: Tab, key: str, language: Language) -> str:
    """A column with its header, as formulas write it: `'People'!$C$1:$C$500`."""
    title = title_in(book, tab, language)
    at = columns_of(tab, [cell.value for cell in book[title][1]], language)
    return list_cells(title, at[key])


def _write_title(sheet: Worksheet, tab: Tab, language: Language) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 2.5
    sheet.row_dimensions[1].height = 40
    heading = sheet.cell(row=1, column=2, value=tab.label(language))
    heading.font = looks.font(language, 9, looks.ACCENT, bold=True)
    later = LATER[tab.key]
    line = sheet.cell(row=3, column=2, value=later.zh if language == "zh" else later.en)
    line.font = looks.font(language, 1, looks.QUIET)
