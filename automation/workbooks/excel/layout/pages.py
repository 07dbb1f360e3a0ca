"""The tabs that are pages. Start here has its final text; the others are laid out once, and jobs fill them in."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from automation.ledger.titles_and_headers import columns_of, titles_of
from automation.pages.plans import PLANS
from automation.pages.tables import list_cells
from automation.workbooks.excel.layout.form import write_form
from automation.workbooks.excel.layout.page_drawing import draw, print_out
from automation.workbooks.excel.layout.start_here import write_start_here
from automation.workbooks.excel.layout.tables import finish
from sheet_schema import TAB, Language, Tab


def write_page(book: Workbook, sheet: Worksheet, tab: Tab, language: Language) -> None:
    """Lay the page out on an empty sheet. The tables it counts in and links to must be in the book already."""
    if tab.key == "start_here":
        write_start_here(
            sheet,
            language,
            lambda table, column: cells_of(book, TAB[table], column, language),
            lambda table: title_in(book, TAB[table], language),
        )
    finish(sheet, tab)
    if tab.key == "form":
        write_form(sheet, language, lambda table: title_in(book, TAB[table], language))
    if tab.key in PLANS:
        plan = PLANS[tab.key](language)
        draw(sheet, plan, language)
        print_out(sheet, plan)


def title_in(book: Workbook, tab: Tab, language: Language) -> str:
    return titles_of(book.sheetnames, language)[tab.key]


def cells_of(book: Workbook, tab: Tab, key: str, language: Language) -> str:
    """A column's cells with the header, as formulas write it: `'People'!$C$1:$C$500`."""
    title = title_in(book, tab, language)
    at = columns_of(tab, [cell.value for cell in book[title][1]], language)
    return list_cells(title, at[key])
