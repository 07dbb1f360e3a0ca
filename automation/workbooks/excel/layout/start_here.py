"""The first page people see: ten lines, what is still to be filled in, the colours, the tabs.

Its words are in `automation.pages.start_here`.
"""

from __future__ import annotations

from openpyxl.cell import Cell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from automation.pages import colours
from automation.pages.page import Look
from automation.pages.start_here import (
    COLOURS,
    COLOURS_TITLE,
    DONE,
    FIRST,
    LEFT_NUMBER,
    LEFT_TEXT,
    LINES,
    LINES_TITLE,
    PAGE_TITLE,
    RIGHT_MARK,
    RIGHT_TEXT,
    SUBTITLE,
    TAB_WORDS,
    TABS_TITLE,
    TO_DO_TITLE,
    WIDTHS,
    Cells,
    Title,
    ToDo,
    in_words,
    names_on,
    to_dos,
)
from automation.text.catalogue import Message
from automation.workbooks.excel.layout import formats
from sheet_schema import Language

_ORDINARY = Look()
_HEADING = Look(size=2, ink=colours.ACCENT, bold=True)
_LINE_NUMBER = Look(size=1, ink=colours.ACCENT, bold=True, across="center")
_BESIDE = Look(indent=1)


def write_start_here(sheet: Worksheet, language: Language, cells: Cells, title: Title) -> None:
    """Lay the page out on an empty sheet. The tables it counts in and links to must be there already."""
    page = _Page(sheet, language, title)
    page.prepare()
    page.banner()
    below = page.lines()
    page.to_do(list(to_dos(cells)))
    page.colours(below)
    page.tabs(below)


class _Page:
    """The sheet, with what every part of the page needs."""

    def __init__(self, sheet: Worksheet, language: Language, title: Title) -> None:
        self.sheet, self.language, self.title = sheet, language, title
        self.names = names_on(title, language)

    def say(self, words: Message) -> str:
        return in_words(words, self.names, self.language)

    def cell(self, row: int, column: int, text: str = "", look: Look = _ORDINARY) -> Cell:
        cell = self.sheet.cell(row=row, column=column)
        assert isinstance(cell, Cell)
        if text:
            cell.value = text
        cell.font = formats.font(self.language, look.size, look.ink, bold=look.bold)
        cell.alignment = Alignment(
            horizontal=look.across, vertical="center", wrap_text=look.size == 0, indent=look.indent
        )
        return cell

    def link(self, cell: Cell, tab: str) -> None:
        place = f"{quote_sheetname(self.title(tab))}!A1"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place, display=None)

    def prepare(self) -> None:
        self.sheet.sheet_view.showGridLines = False
        self.sheet.sheet_format.defaultRowHeight = 21
        self.sheet.sheet_format.customHeight = True
        for column, width in WIDTHS.items():
            self.sheet.column_dimensions["ABCDEFG"[column - 1]].width = width

    def banner(self) -> None:
        for row, height in ((1, 40), (2, 24)):
            self.sheet.row_dimensions[row].height = height
            for column in WIDTHS:
                self.cell(row, column).fill = formats.fill(colours.ACCENT)
        for row, words, size, ink in ((1, PAGE_TITLE, 9.0, colours.WHITE), (2, SUBTITLE, 1.0, colours.PALE)):
            self.cell(row, LEFT_NUMBER, self.say(words), Look(size=size, ink=ink, bold=row == 1))
        self.sheet.row_dimensions[3].height = 12

    def heading(self, row: int, words: Message, first: int, last: int) -> None:
        self.sheet.row_dimensions[row].height = 26
        for column in range(first, last + 1):
            cell = self.cell(row, column, self.say(words) if column == first else "", _HEADING)
            cell.border = Border(bottom=Side(style="medium", color=colours.ACCENT))

    def lines(self) -> int:
        """Write the ten lines. Returns the number of the row below them."""
        self.heading(FIRST - 1, LINES_TITLE, LEFT_NUMBER, LEFT_TEXT)
        for number, words in enumerate(LINES, start=1):
            row = FIRST + number - 1
            self.sheet.row_dimensions[row].height = 34
            self.cell(row, LEFT_NUMBER, look=_LINE_NUMBER).value = number
            self.cell(row, LEFT_TEXT, self.say(words))
        return FIRST + len(LINES)

    def to_do(self, items: list[ToDo]) -> None:
        self.heading(FIRST - 1, TO_DO_TITLE, RIGHT_MARK, RIGHT_TEXT)
        for row, item in enumerate(items, start=FIRST):
            mark = self.cell(row, RIGHT_MARK, look=Look(bold=True, across="center"))
            mark.value = f"={item.mark}"
            text = self.cell(row, RIGHT_TEXT, look=_BESIDE)
            text.value = f'=IF(E{row}="{DONE}","{self.say(item.done)}","{self.say(item.undone)}")'
            self.link(text, item.tab)
        cells = f"E{FIRST}:E{FIRST + len(items) - 1}"
        for condition, ink, background in (
            (f'E{FIRST}="{DONE}"', colours.GREEN_INK, colours.GREEN),
            (f'E{FIRST}<>"{DONE}"', colours.AMBER_INK, colours.AMBER),
        ):
            rule = FormulaRule(  # type: ignore[no-untyped-call]
                formula=[condition], font=Font(color=ink), fill=formats.fill(background)
            )
            self.sheet.conditional_formatting.add(cells, rule)

    def colours(self, below: int) -> None:
        self.heading(below + 1, COLOURS_TITLE, RIGHT_MARK, RIGHT_TEXT)
        for row, sample in enumerate(COLOURS, start=below + 2):
            look = Look(ink=sample.ink, bold=sample.bold, across="center")
            cell = self.cell(row, RIGHT_MARK, self.say(sample.shows), look)
            cell.fill = formats.fill(sample.background)
            line = Side(
                style="thick" if sample.ink == colours.ACCENT else "medium",
                color=sample.underline or colours.LINE,
            )
            thin = Side(style="thin", color=colours.LINE)
            cell.border = Border(left=thin, right=thin, top=thin, bottom=line if sample.underline else thin)
            self.cell(row, RIGHT_TEXT, self.say(sample.means), _BESIDE)

    def tabs(self, below: int) -> None:
        self.heading(below + 1, TABS_TITLE, LEFT_NUMBER, LEFT_TEXT)
        for row, key in enumerate(TAB_WORDS, start=below + 2):
            link = self.cell(row, LEFT_NUMBER, self.title(key))
            link.font = formats.font(self.language, color=colours.ACCENT, underline=True)
            self.link(link, key)
            self.cell(row, LEFT_TEXT, self.say(TAB_WORDS[key]), Look(ink=colours.QUIET))
