"""The Form tab in a file: one A4 page, locked but for the cell in which the number is chosen."""

from __future__ import annotations

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from automation.pages import colours
from automation.pages.form import (
    ADVICE,
    ENDS,
    FIRST,
    FRAMED,
    LABELS,
    LAST,
    LETTERS,
    TALL,
    TOP,
    WIDTHS,
    WRAPS,
    FormPlan,
    Piece,
    form_plan,
)
from automation.pages.form_lookups import HELP, LAST_HELP
from automation.pages.start_here import Title
from automation.workbooks.excel.layout import formats
from sheet_schema import Language

_LINE = Side(style="thin", color=colours.GREY_LINE)
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def write_form(sheet: Worksheet, language: Language, title: Title) -> None:
    """Lay the page out on an empty sheet. The tabs it looks things up in must be there already."""
    plan = form_plan(language, title)
    for piece in plan.pieces:
        for column in range(piece.first, piece.last + 1):
            _format(_cell(sheet, piece.row, column), piece.piece, language)
        cell = _cell(sheet, piece.row, piece.first)
        if piece.text:
            cell.value = piece.text
        if piece.last > piece.first:
            sheet.merge_cells(start_row=piece.row, start_column=piece.first, end_row=piece.row, end_column=piece.last)
        if piece.piece is Piece.CHOICE:
            _offer(sheet, cell, plan, language)
    for (row, column), formula in plan.help.items():
        _cell(sheet, row, column).value = formula
    _lay_out(sheet, plan)
    _print_out(sheet, plan)


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row=row, column=column)
    assert isinstance(cell, Cell)  # formatted before it is merged
    return cell


def _format(cell: Cell, piece: Piece, language: Language) -> None:
    cell.font = font_of(piece, language)
    cell.alignment = Alignment(
        horizontal="right" if piece in ENDS else "center" if piece is Piece.CHOICE else "left",
        vertical="top" if piece in TALL else "center",
        wrap_text=piece in WRAPS,
        indent=int(piece is Piece.SAYS or piece in FRAMED),
    )
    if piece in FRAMED:
        cell.border = _FRAME
    if piece in LABELS:
        cell.fill = formats.fill(colours.JOB_GREY)
    elif piece is Piece.CHOICE:
        cell.fill = formats.fill(colours.AMBER)
        cell.number_format = "@"
    elif piece is Piece.DAY:
        cell.number_format = "yyyy-mm-dd"


def font_of(piece: Piece, language: Language) -> Font:
    """The font of a cell of the form."""
    size, ink, bold = LETTERS[piece]
    made = formats.font(language, 0, ink, bold=bold)
    made.size = size
    return made


def _offer(sheet: Worksheet, cell: Cell, plan: FormPlan, language: Language) -> None:
    """A dropdown of the Register's numbers. Others are not refused, since a filed number is not among them."""
    advice = ADVICE.say(language)
    check = DataValidation(
        "list",
        formula1=plan.numbers,
        allow_blank=True,
        showErrorMessage=False,
        showInputMessage=True,
        prompt=advice,
    )
    check.add(cell.coordinate)
    sheet.add_data_validation(check)
    cell.protection = Protection(locked=False)


def _lay_out(sheet: Worksheet, plan: FormPlan) -> None:
    sheet.sheet_view.showGridLines = False
    for column, width in WIDTHS.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    for column in range(HELP, LAST_HELP + 1):
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    for row, height in plan.heights.items():
        sheet.row_dimensions[row].height = height
    sheet.protection.enable()
    # False means allowed.
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.formatCells = False


def _print_out(sheet: Worksheet, plan: FormPlan) -> None:
    sheet.print_area = f"{get_column_letter(FIRST)}{TOP}:{get_column_letter(LAST)}{plan.last_row}"
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = 1
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.47
    sheet.page_margins.top = sheet.page_margins.bottom = 0.47
    sheet.page_margins.header = sheet.page_margins.footer = 0.2
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter = HeaderFooterItem()
