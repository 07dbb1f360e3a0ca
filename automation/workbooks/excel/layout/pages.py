"""The tabs that are pages. Start here and Form have their final text; the others are laid out once, and jobs fill them in."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from automation.ledger.titles_and_headers import columns_of, titles_of
from automation.pages.plans import Around, plan_of
from automation.pages.tables import list_cells
from automation.workbooks.excel.layout.page_drawing import draw, lock_but_beside, print_out, put_links
from automation.workbooks.excel.layout.tables import finish
from sheet_schema import TAB, Language, Place, Tab


def write_page(book: Workbook, sheet: Worksheet, tab: Tab, language: Language) -> None:
    """Lay the page out on an empty sheet. The tables it counts in and links to must be in the book already."""
    around = around_in(book, language)
    page = plan_of(tab.key, language, around)
    finish(sheet, tab)
    draw(sheet, page, language)
    put_links(sheet, page, around.title)
    print_out(sheet, page)
    if tab.place is not Place.FRONT:
        lock_but_beside(sheet, page)


def around_in(book: Workbook, language: Language) -> Around:
    """What a page says of this workbook."""
    return Around(
        lambda table: title_in(book, TAB[table], language),
        lambda table, column: cells_of(book, TAB[table], column, language),
    )


def title_in(book: Workbook, tab: Tab, language: Language) -> str:
    return titles_of(book.sheetnames, language)[tab.key]


def cells_of(book: Workbook, tab: Tab, key: str, language: Language) -> str:
    """A column's cells with the header, as formulas write it: `'People'!$C$1:$C$500`."""
    title = title_in(book, tab, language)
    at = columns_of(tab, [cell.value for cell in book[title][1]], language)
    return list_cells(title, at[key])
