"""A new workbook: every tab of the schema, laid out and filled with its first rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font, NamedStyle

from automation.ledger.recognition import LEDGER_MARK, LEDGER_VERSION
from automation.ledger.workbook import Cell
from automation.pages import colours
from automation.pages.start_here import PAGE_TITLE
from automation.pages.tables import SOURCES, StartRows, rows_of, tabs_made
from automation.workbooks.excel.layout.own_tabs import add_own_tabs
from automation.workbooks.excel.layout.pages import write_page
from automation.workbooks.excel.layout.saving import saved
from automation.workbooks.excel.layout.tables import lay_out_table
from automation.workbooks.excel.layout.validation import name_list
from sheet_schema import Language
from sheet_schema.languages import script

NO_DAY = datetime(2000, 1, 1)  # noqa: DTZ001  (a document's date has no zone here)
"""The date of creation in every new file, so that the same input gives the same bytes."""


NO_TABS: Mapping[str, Sequence[Sequence[Cell]]] = {}


def new_workbook(
    language: Language, rows: StartRows, own_tabs: Mapping[str, Sequence[Sequence[Cell]]] = NO_TABS
) -> bytes:
    """The file of a new ledger. A tab not in `rows` is empty, except Settings, which always has every setting. Values
    are in the workbook's language; choices may also be given by their keys. Text stays text. The users' `own_tabs` come
    last."""
    book = Workbook()
    book.remove(book.worksheets[0])
    name, size = colours.FONTS[script(language)]
    for style in book._named_styles:  # type: ignore[attr-defined]  # the public list has only names
        if isinstance(style, NamedStyle) and style.name == "Normal":
            style.font = Font(name=name, size=size, family=2)
    tabs = tabs_made(rows)
    sheets = {tab.key: book.create_sheet(tab.label(language)) for tab in tabs}
    for tab in tabs:
        if not tab.page:
            lay_out_table(sheets[tab.key], tab, rows_of(tab, rows, language), language)
    for tab in SOURCES:
        name_list(book, tab, tab.label(language), 1)
    for tab in tabs:
        if tab.page:
            write_page(book, sheets[tab.key], tab, language)
    add_own_tabs(book, own_tabs)
    book.active = 0
    title, mark = PAGE_TITLE.say(language), StringProperty(name=LEDGER_MARK, value=str(LEDGER_VERSION))
    book.properties = DocumentProperties(title=title, creator=title, created=NO_DAY, modified=NO_DAY)
    book.custom_doc_props.append(mark)  # type: ignore[attr-defined]  # its stubs lack it
    return saved(book)
