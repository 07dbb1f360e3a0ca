"""Requests that draw Start here.

It has the same words and positions as in the Excel workbook (`pages/start_here.py`), but for the lines in ON_GOOGLE.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from automation.ledger.workbook import Formula
from automation.pages import colours
from automation.pages.start_here import (
    CLOSE_IT,
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
    Sample,
    ToDo,
    in_words,
    names_on,
    to_dos,
)
from automation.pages.tables import list_cells
from automation.text.catalogue import Message, msg
from automation.workbooks.google.layout import formats
from automation.workbooks.google.layout.places import Placed
from automation.workbooks.google.layout.validation import Paint, coloured, formula
from automation.workbooks.google.requests import CellData, Request, area, size, write
from automation.workbooks.google.values import typed
from sheet_schema import Language


class _Letters(NamedTuple):
    """How a text looks: so many points larger than others, in which colour, bold, and where it stands in its cell."""

    points: int = 0
    ink: str = colours.INK
    bold: bool = False
    across: str = "LEFT"


_PLAIN = _Letters()

ON_GOOGLE = {
    CLOSE_IT: msg(
        "There is nothing to save. Share this spreadsheet with the office only: whoever can open it can read all of it."
    )
}
"""Lines that are true only of a file, and what Google's page says instead."""

_ALL = "userEnteredValue,userEnteredFormat"
_ROW, _BANNER, _SUBTITLE, _GAP, _HEADING, _LINE = 21, 40, 24, 12, 26, 34
"""Row heights in points."""
_INDENT = {"top": 2, "right": 3, "bottom": 2, "left": 10}


def write_start_here(placed: Placed, all_placed: Mapping[str, Placed], language: Language) -> Iterator[Request]:
    """Requests that turn an empty sheet into the page, which counts in the tabs of `all_placed` and links to them."""
    yield from _Page(placed, all_placed, language).requests()


def _text(text: str | int | Formula, font: dict[str, Any], **look: Any) -> CellData:
    return typed(text) | {"userEnteredFormat": {"textFormat": font, "verticalAlignment": "MIDDLE", **look}}


class _Page:
    """Collects the cells of Start here."""

    def __init__(self, placed: Placed, all_placed: Mapping[str, Placed], language: Language) -> None:
        self.placed, self.all, self.language = placed, all_placed, language
        self.names = names_on(lambda key: all_placed[key].title, language)
        self.cells: dict[tuple[int, int], CellData] = {}
        self.heights = {1: _BANNER, 2: _SUBTITLE, 3: _GAP}

    def requests(self) -> Iterator[Request]:
        items = list(to_dos(lambda table, key: list_cells(self.all[table].title, self.all[table].at[key])))
        self.banner()
        below = self.lines()
        self.to_do(items)
        self.colours(below)
        self.tabs(below)
        sheet_id, last = self.placed.sheet_id, max(row for row, _ in self.cells)
        rows = [[self.cells.get((row, column), {}) for column in WIDTHS] for row in range(1, last + 1)]
        yield write(sheet_id, 1, 1, rows, _ALL)
        for column, width in WIDTHS.items():
            yield size(sheet_id, "COLUMNS", column, column, formats.pixels_wide(width))
        yield size(sheet_id, "ROWS", 1, last, formats.pixels_high(_ROW))
        for row, points in self.heights.items():
            yield size(sheet_id, "ROWS", row, row, formats.pixels_high(points))
        if self.placed.found is None or not self.placed.found.colours:
            yield from self.marks(len(items))

    def say(self, words: Message) -> str:
        return in_words(words, self.names, self.language)

    def put(
        self,
        row: int,
        column: int,
        text: str | int | Formula = "",
        letters: _Letters = _PLAIN,
        **look: Any,
    ) -> None:
        font = formats.font(self.language, letters.points, letters.ink, bold=letters.bold)
        wrap = "OVERFLOW_CELL" if letters.points else "WRAP"
        self.cells[row, column] = _text(text, font, horizontalAlignment=letters.across, wrapStrategy=wrap, **look)

    def banner(self) -> None:
        back = formats.colour(colours.ACCENT)
        for row, words, points, ink in ((1, PAGE_TITLE, 9, colours.WHITE), (2, SUBTITLE, 1, colours.PALE)):
            for column in WIDTHS:
                text = self.say(words) if column == LEFT_NUMBER else ""
                self.put(row, column, text, _Letters(points, ink, bold=row == 1), backgroundColorStyle=back)

    def heading(self, row: int, words: Message, first: int, last: int) -> None:
        self.heights[row] = _HEADING
        below = {"bottom": formats.line("SOLID_MEDIUM", colours.ACCENT)}
        for column in range(first, last + 1):
            text = self.say(words) if column == first else ""
            self.put(row, column, text, _Letters(2, colours.ACCENT, bold=True), borders=below)

    def lines(self) -> int:
        """Put the ten lines, and return the row below them."""
        self.heading(FIRST - 1, LINES_TITLE, LEFT_NUMBER, LEFT_TEXT)
        for number, words in enumerate(LINES, start=1):
            row = FIRST + number - 1
            self.heights[row] = _LINE
            self.put(row, LEFT_NUMBER, number, _Letters(1, colours.ACCENT, bold=True, across="CENTER"))
            self.put(row, LEFT_TEXT, self.say(ON_GOOGLE.get(words, words)))
        return FIRST + len(LINES)

    def to_do(self, items: Sequence[ToDo]) -> None:
        self.heading(FIRST - 1, TO_DO_TITLE, RIGHT_MARK, RIGHT_TEXT)
        for row, item in enumerate(items, start=FIRST):
            self.put(row, RIGHT_MARK, Formula(formula(item.mark)), _Letters(bold=True, across="CENTER"))
            said = f'IF(E{row}="{DONE}","{self.say(item.done)}","{self.say(item.undone)}")'
            link = formula(f'HYPERLINK("{self.address(item.tab)}",{said})')
            self.put(row, RIGHT_TEXT, Formula(link), padding=_INDENT)

    def marks(self, count: int) -> Iterator[Request]:
        """Colour the marks: green for done, amber for still to do."""
        cells = area(self.placed.sheet_id, (RIGHT_MARK, RIGHT_MARK), FIRST, FIRST + count - 1)
        yield coloured(cells, f'E{FIRST}="{DONE}"', Paint(colours.GREEN_INK, colours.GREEN), 0)
        yield coloured(cells, f'E{FIRST}<>"{DONE}"', Paint(colours.AMBER_INK, colours.AMBER), 1)

    def colours(self, below: int) -> None:
        self.heading(below + 1, COLOURS_TITLE, RIGHT_MARK, RIGHT_TEXT)
        for row, sample in enumerate(COLOURS, start=below + 2):
            self.put(
                row,
                RIGHT_MARK,
                self.say(sample.shows),
                _Letters(ink=sample.ink, bold=sample.bold, across="CENTER"),
                backgroundColorStyle=formats.colour(sample.background),
                borders=_box(sample),
            )
            self.put(row, RIGHT_TEXT, self.say(sample.means), padding=_INDENT)

    def tabs(self, below: int) -> None:
        self.heading(below + 1, TABS_TITLE, LEFT_NUMBER, LEFT_TEXT)
        for row, key in enumerate(TAB_WORDS, start=below + 2):
            self.put(row, LEFT_NUMBER, self.all[key].title)
            link = formats.font(self.language, ink=colours.ACCENT, underline=True)
            link["link"] = {"uri": self.address(key)}
            self.cells[row, LEFT_NUMBER]["userEnteredFormat"]["textFormat"] = link
            self.put(row, LEFT_TEXT, self.say(TAB_WORDS[key]), _Letters(ink=colours.QUIET))

    def address(self, key: str) -> str:
        """The address of a link to this tab."""
        return f"#gid={self.all[key].sheet_id}"


def _box(sample: Sample) -> dict[str, Any]:
    """The frame of a colour sample; below, it has the line that a header of its kind has."""
    thin = formats.line("SOLID", colours.LINE)
    thick = "SOLID_THICK" if sample.ink == colours.ACCENT else "SOLID_MEDIUM"
    below = formats.line(thick, sample.underline) if sample.underline else thin
    return {"left": thin, "right": thin, "top": thin, "bottom": below}
