"""Install again: add the tabs and columns that a workbook lacks, and leave alone what people changed."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from automation.ledger.titles_and_headers import columns_of, titles_found
from automation.pages.plans import PLANS
from automation.pages.tables import SOURCES, StartRows, rows_of
from automation.pages.what_was_added import LIST_MENDED, what_was_added
from automation.text.catalogue import Message, in_a_row, msg
from automation.workbooks.excel.layout.losses import losses, refuse_losses
from automation.workbooks.excel.layout.own_charts import our_charts
from automation.workbooks.excel.layout.pages import title_in, write_page
from automation.workbooks.excel.layout.row_heights import opened
from automation.workbooks.excel.layout.saving import saved
from automation.workbooks.excel.layout.tables import add_column, lay_out_table, note
from automation.workbooks.excel.layout.validation import name_list
from automation.workbooks.excel.xml.package import Package
from sheet_schema import TABS, Column, Language, Tab

_LEFT_BLANK = msg(
    "Not laid out, since that would lose what you made ({found}): {pages}. Take it out and install again, or leave it so."
)


def completed(data: bytes, name: str, language: Language, rows: StartRows) -> tuple[bytes, list[str]]:
    """The workbook with every tab and column of the schema and every page laid out, and sentences saying what was
    added. If nothing is missing: the very same bytes and no sentence. A new tab gets its `rows`; a new column goes
    after the last one. Raises LedgerError if adding would lose something that a person made."""
    book = opened(data, name)
    standing = titles_found(book.sheetnames, language)
    tabs = [tab for tab in TABS if tab.key not in standing]
    columns = {tab.key: _missing_columns(book, tab, language) for tab in TABS if tab not in tabs}
    pages = [tab for tab in TABS if tab.key in PLANS and tab not in tabs and _is_blank(_sheet(book, tab, language))]
    for tab in tabs:
        _add_tab(book, tab, rows, language)
    for tab in TABS:
        _add_columns(book, tab, columns.get(tab.key, []), language)
    lists = [
        tab
        for tab in SOURCES
        if name_list(book, tab, _sheet(book, tab, language).title, _first_column(book, tab, language))
        and tab not in tabs
    ]
    sentences = what_was_added(tabs, columns, lists, language, pages)
    if not sentences:
        return data, []
    package = Package(data, name)
    charts = our_charts(package, language)
    if len(sentences) > len(pages):
        refuse_losses(package, _listed(tabs, columns, language), charts.parts)
    elif found := losses(package, charts.parts):  # the ledger works without them
        return data, [_left_blank(pages, found, language)]
    charts.lay_out_anew(book)
    for tab in (*tabs, *pages):
        if tab.page:
            write_page(book, _sheet(book, tab, language), tab, language)
    _show_notes_whole(book, language)
    return saved(book), sentences


def _is_blank(sheet: Worksheet) -> bool:
    drawn = sheet._charts or sheet._images  # type: ignore[attr-defined]
    return not drawn and all(value in ("", None) for row in sheet.iter_rows(values_only=True) for value in row)


def _left_blank(pages: Sequence[Tab], found: list[Message], language: Language) -> str:
    return _LEFT_BLANK.say(language, pages=[*pages], found=found)


def _listed(tabs: Sequence[Tab], columns: dict[str, list[Column]], language: Language) -> str:
    missing = [tab.label(language) for tab in tabs]
    missing += [column.label(language) for found in columns.values() for column in found]
    return in_a_row(missing, language) or LIST_MENDED.say(language, tab="")


def _sheet(book: Workbook, tab: Tab, language: Language) -> Worksheet:
    sheet = book[title_in(book, tab, language)]
    assert isinstance(sheet, Worksheet)
    return sheet


def _headers(sheet: Worksheet) -> list[object]:
    return [cell.value for cell in sheet[1]]


def _first_column(book: Workbook, tab: Tab, language: Language) -> int:
    first = next(iter(tab))
    return columns_of(tab, _headers(_sheet(book, tab, language)), language)[first.key]


def _missing_columns(book: Workbook, tab: Tab, language: Language) -> list[Column]:
    found = columns_of(tab, _headers(_sheet(book, tab, language)), language)
    return [column for column in tab if column.key not in found]


def _add_tab(book: Workbook, tab: Tab, rows: StartRows, language: Language) -> None:
    """Put the tab after the nearest existing one of those that precede it in the schema."""
    before = TABS[: TABS.index(tab)]
    found = titles_found(book.sheetnames, language)
    titles = [found[other.key] for other in before if other.key in found]
    place = book.sheetnames.index(titles[-1]) + 1 if titles else 0
    sheet = book.create_sheet(tab.label(language), place)
    if not tab.page:
        lay_out_table(sheet, tab, rows_of(tab, rows, language), language)


def _add_columns(book: Workbook, tab: Tab, columns: Sequence[Column], language: Language) -> None:
    if columns:
        sheet = _sheet(book, tab, language)
        for position, column in enumerate(columns, start=sheet.max_column + 1):
            add_column(sheet, tab, column, position, language)


def _show_notes_whole(book: Workbook, language: Language) -> None:
    """Make the box of every note large enough for its text, since openpyxl forgets how large it was."""
    for sheet in book.worksheets:
        for line in sheet.iter_rows():
            for cell in line:
                if cell.comment is not None:
                    box = note(cell.comment.text, language)
                    cell.comment.width, cell.comment.height = box.width, box.height
