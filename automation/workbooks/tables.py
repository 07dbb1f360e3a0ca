"""One tab that is a table: its headers, columns, rows, and how it prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import Outline, PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from automation.workbooks import looks
from automation.workbooks.dressing import check_setting, check_typing, colour_rows, setting_called
from automation.workbooks.filling import label_of, put, shown
from automation.workbooks.heights import COMFORTABLE, height_of, let_grow
from sheet_schema import SETTINGS_LIST, Column, Group, Language, Place, Setting, Tab

Row = Mapping[str, object]
Rows = Mapping[str, Sequence[Row]]
"""Tab key → its rows, each by column key."""

AUTHOR: dict[Language, str] = {"en": "Letters and visits ledger", "zh": "信访台账"}
HEADER_HEIGHT = 34


def lay_out_table(sheet: Worksheet, tab: Tab, rows: Sequence[Row], language: Language) -> None:
    """Make an empty sheet the tab, with these rows."""
    at = {column.key: position for position, column in enumerate(tab, start=1)}
    for column in tab:
        add_column(sheet, tab, column, at[column.key], language)
    fold_groups(sheet, tab)
    fill_rows(sheet, tab, at, rows, 2, language)
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


def rows_of(tab: Tab, rows: Rows, language: Language) -> Sequence[Row]:
    """The rows a new tab starts with. Settings has all settings in order, and after them what is not ours."""
    given = rows.get(tab.key, ())
    if tab.key != "settings":
        return given
    found = [(setting_called(str(row.get("name", ""))), row) for row in given]
    values = {setting.key: row.get("value") for setting, row in found if setting is not None}
    ours = [setting_row(setting, values.get(setting.key, setting.default), language) for setting in SETTINGS_LIST]
    return [*ours, *(row for setting, row in found if setting is None)]


def setting_row(setting: Setting, value: object, language: Language) -> Row:
    """The line of one setting: its name, its value as text or a choice's label, what it means."""
    text = "" if value is None else str(value)
    if setting.choices is not None:
        text = label_of(setting.choices, text, language)
    return {"name": setting.label(language), "value": text, "meaning": setting.meaning(language)}


def finish(sheet: Worksheet, tab: Tab) -> None:
    """What tables and pages have in common: the tab's colour, how it prints, whether it is locked."""
    if tab.colour != looks.WHITE:
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
        # False allows it: looking through a locked tab should stay as easy as ever.
        sheet.protection.autoFilter = sheet.protection.formatColumns = sheet.protection.formatRows = False


def add_column(sheet: Worksheet, tab: Tab, column: Column, position: int, language: Language) -> None:
    """The header with its note, the width, the look of the whole column and of the rows there are, its dropdown."""
    header = sheet.cell(row=1, column=position, value=column.label(language))
    assert isinstance(header, Cell)  # row 1 of a table has no merged cells of ours
    looks.dress_header(header, tab, column, language)
    if text := header_note(tab, column, language):
        header.comment = note(text, language)
    model = body_model(sheet, column, language)
    dimension = sheet.column_dimensions[get_column_letter(position)]
    dimension.width = looks.width_of(column, language)
    looks.same_look(dimension, model)
    for row in range(2, sheet.max_row + 1):
        cell = sheet.cell(row=row, column=position)
        if isinstance(cell, Cell):
            looks.same_look(cell, model)
    check_typing(sheet, column, position, language)


def body_model(sheet: Worksheet, column: Column, language: Language) -> Cell:
    """A cell of no place that looks as the column's cells should."""
    model = Cell(sheet, row=1, column=1)
    looks.dress_body(model, column, language)
    return model


def fill_rows(
    sheet: Worksheet, tab: Tab, at: Mapping[str, int], rows: Iterable[Row], first: int, language: Language
) -> None:
    """Write rows from row `first` of the sheet on, each cell with its column's look."""
    models = [(column, at[column.key], body_model(sheet, column, language)) for column in tab if column.key in at]
    for number, row in enumerate(rows, start=first):
        texts: list[tuple[str, float]] = []
        for column, position, model in models:
            cell = sheet.cell(row=number, column=position)
            assert isinstance(cell, Cell)
            looks.same_look(cell, model)
            value = shown(column, row.get(column.key), language)
            put(cell, value)
            if isinstance(value, str) and value and looks.wraps(column):
                texts.append((value, column.width))
        let_grow(sheet, number, height_of(texts))
        if tab.key == "settings":
            check_setting(sheet, str(row.get("name", "")), at["value"], number, language)


def fold_groups(sheet: Worksheet, tab: Tab) -> None:
    """Fold each group behind its first column, which stays to be seen and carries the button to unfold it.

    Groups that touch would be one to Excel; a first column between them keeps them three.
    """
    sheet.sheet_properties.outlinePr = Outline(summaryRight=False)
    for _, members in folded_groups(tab):
        first, *folded = members
        sheet.column_dimensions[get_column_letter(first)].collapsed = True
        for position in folded:
            dimension = sheet.column_dimensions[get_column_letter(position)]
            dimension.outlineLevel = 1
            dimension.hidden = True


def folded_groups(tab: Tab) -> list[tuple[Group, list[int]]]:
    """Each group of the tab with the positions of its columns."""
    numbered = enumerate(tab, start=1)
    return [
        (group, [position for position, _ in members])
        for group, members in groupby(numbered, key=lambda pair: pair[1].group)
        if group is not None
    ]


def header_note(tab: Tab, column: Column, language: Language) -> str:
    """What the header's note says: the declared words, and on the first of a group how to unfold the others."""
    text = column.note(language)
    if column.group is None or next(other for other in tab if other.group == column.group) is not column:
        return text
    label = column.group.label(language)
    more = (
        f"单击上方的 [+] 展开“{label}”的其余各列。"
        if language == "zh"
        else f"The [+] above unfolds more columns: {label}."
    )
    return f"{text}\n\n{more}" if text else more


def note(text: str, language: Language) -> Comment:
    """A note in a box that shows all of its text."""
    per_line = 20 if language == "zh" else 38
    lines = sum(-(-max(1, len(line)) // per_line) for line in text.splitlines())
    return Comment(text, AUTHOR[language], width=290, height=26 + 19 * (lines + (language == "en")))
