"""Draws the plan of a page on a sheet of an openpyxl workbook."""

from __future__ import annotations

from openpyxl.cell import Cell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, Protection
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from automation.pages import colours
from automation.pages.colours import COMFORTABLE
from automation.pages.page import Block, Look, Offer, Page
from automation.pages.start_here import Title
from automation.workbooks.excel.layout import formats
from automation.workbooks.excel.layout.page_charts import put_chart
from sheet_schema import Language

LAST_COLUMN = 16_384
_USUAL_WIDTH = 9.0
_MARGIN = 0.47
"""Around a paper of its own, in inches."""


def draw(sheet: Worksheet, page: Page, language: Language) -> None:
    """Make the sheet the page, whatever it held before. Its links are `put_links`'s."""
    for line in sheet.iter_rows(max_row=page.rows, max_col=page.columns):
        for cell in line:
            cell.value = None
    sheet.sheet_view.showGridLines = False
    sheet.sheet_format.defaultRowHeight = COMFORTABLE  # a row can grow from this
    for column, width in page.widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    for column in page.hidden:
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    for row, height in page.heights.items():
        sheet.row_dimensions[row].height = height
    models = {look: _model(sheet, look, language) for look in dict.fromkeys(look for _, look in page.looks)}
    for block, look in page.looks:
        _paint(sheet, block, models[look])
    for (row, column), text in page.texts.items():
        sheet.cell(row, column).value = text
    for block in page.merged:
        # Each cell keeps the look it was painted with. `merge_cells` would give each one anew, a fifth of the time of a workbook.
        sheet.merged_cells.add(CellRange(block.name))
    for colour in page.colours:
        rule = FormulaRule(  # type: ignore[no-untyped-call]
            formula=[colour.condition],
            font=Font(color=colour.ink or None, bold=colour.bold or None),
            fill=formats.fill(colour.back) if colour.back else None,
        )
        sheet.conditional_formatting.add(colour.cells.name, rule)
    for chart in page.charts:
        put_chart(sheet, chart)


def put_links(sheet: Worksheet, page: Page, title: Title) -> None:
    """Let cells of the page lead to other tabs."""
    for (row, column), tab in page.links.items():
        cell = sheet.cell(row, column)
        place = f"{quote_sheetname(title(tab))}!A1"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place, display=None)


def lock_but_beside(sheet: Worksheet, page: Page) -> None:
    """Lock the page against typing by mistake, but not the cells below and beside it. There is no password."""
    sheet.protection.enable()
    # False means allowed.
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.formatCells = False
    free = Protection(locked=False)
    for column in range(1, page.columns + 1):
        sheet.column_dimensions[get_column_letter(column)].protection = free
    first = page.columns + 1
    letter = get_column_letter(first)
    beside = ColumnDimension(sheet, index=letter, min=first, max=LAST_COLUMN, width=_USUAL_WIDTH)
    beside.protection = free
    sheet.column_dimensions[letter] = beside
    if page.offer is not None:
        _offer(sheet, page.offer)


def _offer(sheet: Worksheet, offer: Offer) -> None:
    """Let people fill in the cell."""
    check = DataValidation(
        "list",
        formula1=offer.values,
        allow_blank=True,
        showErrorMessage=False,
        showInputMessage=True,
        prompt=offer.advice,
    )
    cell = sheet.cell(*offer.at)
    check.add(cell.coordinate)
    sheet.add_data_validation(check)
    cell.protection = Protection(locked=False)


def print_out(sheet: Worksheet, page: Page) -> None:
    """Set how the page prints: upright or across, on one sheet of paper or on several, and which part of it."""
    sheet.page_setup.orientation = "landscape" if page.landscape else "portrait"
    sheet.page_setup.fitToHeight = 0 if page.breaks else 1
    for row in page.breaks:
        sheet.row_breaks.append(Break(id=row - 1))
    if page.paper is not None:
        sheet.print_area = page.paper.name
        sheet.page_margins = PageMargins(*[_MARGIN] * 4)
        sheet.print_options.horizontalCentered = True
        sheet.oddFooter = HeaderFooterItem()


def _model(sheet: Worksheet, look: Look, language: Language) -> Cell:
    """A cell outside the sheet with this look, to copy from."""
    model = Cell(sheet, row=1, column=1)
    model.font = formats.font(language, look.size, look.ink, bold=look.bold, underline=look.underlined)
    if look.back:
        model.fill = formats.fill(look.back)
    if look.line:
        below = formats.side("thick" if look.thick and look.strong else "medium" if look.strong else "thin", look.line)
        beside = formats.side("thin", look.frame) if look.frame else None
        model.border = formats.border(beside, below)
    model.number_format = colours.NUMBER_FORMATS.get(look.type, "General")
    model.alignment = formats.alignment(
        look.across, "top" if look.top else "center", wraps=look.wraps, indent=look.indent
    )
    return model


def _paint(sheet: Worksheet, block: Block, model: Cell) -> None:
    for row, column in block.places:
        cell = sheet.cell(row, column)
        assert isinstance(cell, Cell)  # painted before it is merged
        formats.same_look(cell, model)
