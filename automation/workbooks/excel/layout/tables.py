"""A tab that is a table: headers, columns, rows, and how it prints."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import Outline, PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from automation.pages import colours
from automation.pages.colours import COMFORTABLE
from automation.pages.room import HEADER_HEIGHT, height_of, width_of
from automation.pages.tables import Row, folded_groups, header_note, shown
from automation.text.catalogue import msg
from automation.workbooks.excel.layout import formats
from automation.workbooks.excel.layout.cell_values import put
from automation.workbooks.excel.layout.row_heights import let_grow
from automation.workbooks.excel.layout.validation import check_setting, check_typing, colour_rows
from sheet_schema import Column, Language, Place, Tab
from sheet_schema.languages import script

AUTHOR = msg("Letters and visits ledger")


def lay_out_table(sheet: Worksheet, tab: Tab, rows: Sequence[Row], language: Language) -> None:
    """Lay the tab out on an empty sheet, with these rows."""
    at = {column.key: position for position, column in enumerate(tab, start=1)}
    for column in tab:
        add_column(sheet, tab, column, at[column.key], language)
    fold_groups(sheet, tab)
    _fill_rows(sheet, tab, rows, language)
    colour_rows(sheet, tab, at, language)
    last = get_column_letter(len(tab.columns))
    frozen = sum(column.frozen for column in tab)
    sheet.freeze_panes = f"{get_column_letter(frozen + 1)}2"
    sheet.auto_filter.ref = f"A1:{last}{max(2, sheet.max_row)}"
    sheet.row_dimensions[1].height = HEADER_HEIGHT
    # Not customHeight: that would stop rows from growing with their text.
    sheet.sheet_format.defaultRowHeight = COMFORTABLE
    sheet.print_title_rows = "1:1"
    finish(sheet, tab)


def finish(sheet: Worksheet, tab: Tab) -> None:
    """What tables and pages have in common: the tab's colour, printing, protection."""
    if tab.colour != colours.WHITE:
        sheet.sheet_properties.tabColor = tab.colour
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 1 if tab.page else 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.75
    sheet.page_margins.footer = 0.35
    sheet.oddFooter = HeaderFooterItem(left=_HeaderFooterPart("&A"), right=_HeaderFooterPart("&P / &N"))
    if tab.hidden:
        sheet.sheet_state = "hidden"
    if tab.place is Place.JOB:
        sheet.protection.enable()
        # False means allowed: a locked tab should be as easy to look through as any.
        sheet.protection.autoFilter = sheet.protection.formatColumns = sheet.protection.formatRows = False


def add_column(sheet: Worksheet, tab: Tab, column: Column, position: int, language: Language) -> None:
    """Add a column: header with note, width, the look of its cells, dropdown."""
    header = sheet.cell(row=1, column=position, value=column.label(language))
    assert isinstance(header, Cell)  # row 1 of a table has no merged cells of ours
    formats.dress_header(header, tab, column, language)
    if text := header_note(tab, column, language):
        header.comment = note(text, language)
    model = body_model(sheet, column, language)
    dimension = sheet.column_dimensions[get_column_letter(position)]
    dimension.width = width_of(column, language)
    formats.same_look(dimension, model)
    check_typing(sheet, column, position, language)


def body_model(sheet: Worksheet, column: Column, language: Language) -> Cell:
    """A cell outside the sheet with the look of the column's cells, to copy from."""
    model = Cell(sheet, row=1, column=1)
    formats.dress_body(model, column, language)
    return model


def _fill_rows(sheet: Worksheet, tab: Tab, rows: Sequence[Row], language: Language) -> None:
    """Write the rows below the header, each cell with its column's look."""
    models = [
        (column, at, body_model(sheet, column, language)) for at, column in enumerate(tab if rows else (), start=1)
    ]
    for number, row in enumerate(rows, start=2):
        texts: list[tuple[str, float]] = []
        for column, position, model in models:
            cell = sheet.cell(row=number, column=position)
            assert isinstance(cell, Cell)
            formats.same_look(cell, model)
            value = shown(column, row.get(column.key), language)
            put(cell, value)
            if isinstance(value, str) and value and colours.wraps(column):
                texts.append((value, column.width))
        let_grow(sheet, number, height_of(texts))
        if tab.key == "settings":
            check_setting(sheet, str(row.get("name", "")), tab.keys.index("value") + 1, number, language)


def fold_groups(sheet: Worksheet, tab: Tab) -> None:
    """Fold each group of columns behind its first, which stays visible and has the button to unfold it. Excel would
    join groups that touch; the visible first columns keep them apart."""
    sheet.sheet_properties.outlinePr = Outline(summaryRight=False)
    for _, members in folded_groups(tab):
        first, *folded = members
        sheet.column_dimensions[get_column_letter(first)].collapsed = True
        for position in folded:
            dimension = sheet.column_dimensions[get_column_letter(position)]
            dimension.outlineLevel = 1
            dimension.hidden = True


def note(text: str, language: Language) -> Comment:
    """A note whose box is large enough for all of its text."""
    per_line, spare = (20, 0) if script(language) == "Hans" else (38, 1)
    lines = sum(-(-max(1, len(line)) // per_line) for line in text.splitlines())
    return Comment(text, AUTHOR.say(language), width=290, height=26 + 19 * (lines + spare))
