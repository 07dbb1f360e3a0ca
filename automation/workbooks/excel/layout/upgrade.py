"""Install again: add the tabs and columns that a workbook lacks, and leave alone what people changed.

What is added is laid out in a fresh workbook that has the same tabs, and then put into the file that people have.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from automation.ledger.titles_and_headers import columns_of
from automation.ledger.workbook import HEADER_ROW
from automation.pages.page import Place
from automation.pages.plans import PLANS
from automation.pages.start_here_later import LaterLines, later_lines
from automation.pages.tables import SOURCES, StartRows, list_name, rows_of, tabs_made
from automation.pages.what_was_added import lines_added, what_was_added
from automation.workbooks.excel.graft.graft import Graft, grafted
from automation.workbooks.excel.layout.cell_values import put
from automation.workbooks.excel.layout.existing import Existing
from automation.workbooks.excel.layout.page_drawing import draw, put_links
from automation.workbooks.excel.layout.pages import around_in, title_in, write_page
from automation.workbooks.excel.layout.saving import saved
from automation.workbooks.excel.layout.tables import add_column, lay_out_table
from automation.workbooks.excel.layout.unalterable import refuse_unalterable
from automation.workbooks.excel.layout.validation import name_list
from sheet_schema import START_HERE, TAB, TABS, Column, Language, Tab


def completed(data: bytes, name: str, language: Language, rows: StartRows) -> tuple[bytes, list[str]]:
    """The workbook with every tab and column of the schema and every page laid out, and sentences saying what was
    added. If nothing is missing: the very same bytes and no sentence. A new tab gets its `rows`; a new column goes
    after the last one. Raises LedgerError if the workbook is signed, or locked against new tabs."""
    there = Existing(data, name, language)
    there.package.refuse_signed()  # even if no tab is missing: rows are added, and lines numbered
    made = tabs_made(rows, there.titles)
    tabs = [tab for tab in made if tab.key not in there.titles]
    columns = {tab.key: missing for tab in made if tab not in tabs and (missing := there.missing_columns(tab))}
    pages = [tab for tab in made if tab.key in PLANS and tab not in tabs and there.is_blank(tab)]
    fresh = _with_the_same_tabs(there)
    for tab in tabs:
        sheet = fresh.create_sheet(tab.label(language))
        if not tab.page:
            lay_out_table(sheet, tab, rows_of(tab, rows, language), language)
    places = {key: _add_columns(fresh, there, key, columns[key], language) for key in columns}
    lists = [tab for tab in SOURCES if name_list(fresh, tab, *_first_column(fresh, tab, language))]
    lines = _later_lines(fresh, there, language)
    sentences = [
        *what_was_added(tabs, columns, [tab for tab in lists if tab not in tabs], language, pages),
        *lines_added(lines.count if lines else 0, language),
    ]
    if not sentences:
        return data, []
    refuse_unalterable(there.package, [tab.label(language) for tab in tabs])
    for tab in (*tabs, *pages):
        if tab.page:
            write_page(fresh, _sheet(fresh, tab, language), tab, language)
    cells = {there.titles[START_HERE.key]: _drawn(fresh, lines, language)} if lines else {}
    graft = Graft(
        tabs={tab.label(language): there.before(tab, made) for tab in tabs},
        pages=[there.titles[tab.key] for tab in pages],
        columns={there.titles[key]: positions for key, positions in places.items()},
        cells=cells,
        names=[list_name(tab.key) for tab in lists],
    )
    return grafted(there.package, saved(fresh), graft), sentences


def _with_the_same_tabs(there: Existing) -> Workbook:
    """A workbook with the ledger's tabs and nothing but their headers, so that pages can refer to them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    if there.package.date1904:
        book.epoch = CALENDAR_MAC_1904
    for name in {list_name(tab.key) for tab in SOURCES} & there.names.keys():
        book.defined_names[name] = DefinedName(name, attr_text=there.names[name])
    for tab in (tab for tab in TABS if tab.key in there.titles):
        sheet = book.create_sheet(there.titles[tab.key])
        for position, header in enumerate(there.headers(tab), start=1):
            put(sheet.cell(HEADER_ROW, position), str(header))
        sheet.cell(there.last_row(tab), 1)  # as far down as checks have to reach
    return book


def _later_lines(book: Workbook, there: Existing, language: Language) -> LaterLines | None:
    """The lines that Start here lacks, if the page is there."""
    if START_HERE.key not in there.titles:
        return None
    around = around_in(book, language)
    return later_lines(language, around.cells, around.title, there.rows(START_HERE))


def _drawn(book: Workbook, lines: LaterLines, language: Language) -> Collection[Place]:
    """Draw the lines on the fresh workbook's Start here, and return their cells."""
    sheet = _sheet(book, START_HERE, language)
    draw(sheet, lines.page, language)
    put_links(sheet, lines.page, around_in(book, language).title)
    return lines.places


def _sheet(book: Workbook, tab: Tab, language: Language) -> Worksheet:
    sheet = book[title_in(book, tab, language)]
    assert isinstance(sheet, Worksheet)
    return sheet


def _first_column(book: Workbook, tab: Tab, language: Language) -> tuple[str, int]:
    """The tab's title, and the position of the column that its list offers."""
    sheet = _sheet(book, tab, language)
    headers = [cell.value for cell in sheet[HEADER_ROW]]
    return sheet.title, columns_of(tab, headers, language)[next(iter(tab)).key]


def _add_columns(
    book: Workbook, there: Existing, key: str, columns: Sequence[Column], language: Language
) -> Sequence[int]:
    """Add the columns behind the last one, and return their positions."""
    tab = TAB[key]
    first = there.last_column(tab) + 1
    for position, column in enumerate(columns, start=first):
        add_column(_sheet(book, tab, language), tab, column, position, language)
    return range(first, first + len(columns))
