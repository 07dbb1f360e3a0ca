"""The tabs that are pages to be read. Start here says what it says for good; the others are laid out once, and jobs fill them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from automation.workbooks.dashboard_page import dashboard_page
from automation.workbooks.dressing import list_cells
from automation.workbooks.form_page import write_form
from automation.workbooks.matching import columns_of, title_of
from automation.workbooks.page import Page
from automation.workbooks.page_drawing import draw, print_out
from automation.workbooks.report_page import report_page
from automation.workbooks.start_here import write_start_here
from automation.workbooks.tables import finish
from sheet_schema import TAB, Language, Tab

PLANS: Mapping[str, Callable[[Language], Page]] = {"dashboard": dashboard_page, "report": report_page}
"""The pages that are drawn from a plan, by their tab's key."""
_LATER = {
    *("Filled in by the first run.", "首次运行后自动填写。"),
    *("Filled in by `jobs.py report`.", "运行 jobs.py report 后填写。"),
}
"""What stood on a page, below its title, before there was anything to lay out."""


def write_page(book: Workbook, sheet: Worksheet, tab: Tab, language: Language) -> None:
    """Make an empty sheet the page. The book already has every table the page counts in and leads to."""
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
    return title_of(tab, book.sheetnames, language) or tab.label(language)


def cells_of(book: Workbook, tab: Tab, key: str, language: Language) -> str:
    """A column with its header, as formulas write it: `'People'!$C$1:$C$500`."""
    title = title_in(book, tab, language)
    at = columns_of(tab, [cell.value for cell in book[title][1]], language)
    return list_cells(title, at[key])


def is_bare(rows: Sequence[Sequence[object]]) -> bool:
    """Whether a page was never laid out: nothing stands on it, or what an older version wrote there, its title and when it
    would be filled in."""
    found = {(i, j): cell for i, row in enumerate(rows, 1) for j, cell in enumerate(row, 1) if cell not in ("", None)}
    return not found or (set(found) == {(1, 2), (3, 2)} and found[3, 2] in _LATER)
