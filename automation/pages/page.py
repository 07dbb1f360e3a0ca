"""A page of the workbook as a plan: its fixed words, how each cell looks, and its charts.

`install` draws it once, into a file or a Google Sheet. From then on jobs only write values into its cells, so that
charts and looks stay as they are. Whatever people put beside it is theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product, takewhile
from typing import Literal, NamedTuple

from automation.ledger.cell_names import column_letters
from automation.ledger.typed.cell import as_text
from automation.ledger.workbook import Cell
from automation.pages import colours
from automation.pages.room import cut_to
from sheet_schema import Language, Type

Place = tuple[int, int]
"""Row and column of a cell, from 1."""
Text = str | int
Values = Mapping[Place, Cell]
"""What a job writes on a page; the page's other cells are blank or hold its fixed words."""


_MOST_LINES = 12
"""A cell that wraps grows no further."""
_ORDINARY, _INDENT = 10, 1.5
"""The size of ordinary text in points, at least, and how many letters are lost by a step of indentation."""
_BOLD = 0.9
"""Bold letters are broader than plain ones."""
TITLE, SUBTITLE = (1, 2), (2, 2)
"""The cells of the banner's words."""


class Block(NamedTuple):
    """A rectangle of cells, with all its edges."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def places(self) -> product[Place]:
        return product(range(self.top, self.bottom + 1), range(self.left, self.right + 1))

    @property
    def name(self) -> str:
        """As formulas write it: `B3:C5`."""
        return f"{reference(self.top, self.left)}:{reference(self.bottom, self.right)}"


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks. `size` is the difference to ordinary text in points, `line` the colour of the line below it
    (stronger if `strong`, strongest if `thick` as well), `frame` that of the lines on its other sides, and `type` what it
    shows, such as a date; a choice has no format. `top` puts the text at the top of a taller row."""

    type: Type = Type.TEXT
    size: float = 0
    ink: str = colours.INK
    bold: bool = False
    back: str = ""
    across: Literal["left", "center", "right"] = "left"
    wraps: bool = False
    top: bool = False
    indent: int = 0
    line: str = ""
    strong: bool = False
    thick: bool = False
    frame: str = ""
    underlined: bool = False

    def room(self, width: float) -> float:
        """How wide a column would be in which ordinary text has as much room as this in one of that width."""
        larger = 1 + self.size / _ORDINARY
        return (width - _INDENT * self.indent) / larger * (_BOLD if self.bold else 1)


class Colour(NamedTuple):
    """A colour that depends on values; `condition` is a formula for the first cell. Of two that apply the earlier
    wins."""

    cells: Block
    condition: str
    ink: str
    back: str = ""
    bold: bool = False


class Series(NamedTuple):
    """Values in a column, with their name above them, and their colour in the chart."""

    values: Block
    colour: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A native chart. `names` are the labels of its bars, with a header above them; `across` and `up` are the titles of
    its axes. `lying` bars suit long names. Its upper left corner is at `at`, and its size is in pixels."""

    title: str
    names: Block
    series: tuple[Series, ...]
    across: str
    up: str
    at: Place
    width: int
    height: int
    lying: bool = False


class Offer(NamedTuple):
    """The one cell of a page that people fill in, with a list of what stands in a column of a tab, given by their keys
    and as a formula without `=`. Others are not refused."""

    at: Place
    tab: str
    column: str
    values: str
    advice: str


@dataclass(frozen=True)
class Page:
    """The plan of a page. Where two `looks` overlap, the later wins; rows without a height grow with their text. Of
    `texts`, those that begin with = are formulas, with commas between arguments. `merged` cells have their text in the
    first of them."""

    rows: int
    columns: int
    widths: Mapping[int, float]
    heights: Mapping[int, float]
    looks: Sequence[tuple[Block, Look]]
    texts: Mapping[Place, Text]
    colours: Sequence[Colour] = ()
    charts: Sequence[Chart] = ()
    links: Mapping[Place, str] = field(default_factory=dict)
    """By cell, the key of the tab that it leads to."""
    landscape: bool = False
    breaks: Sequence[int] = ()
    """Rows that begin a new sheet of paper; without any, everything is printed on one sheet."""
    merged: Sequence[Block] = ()
    hidden: Sequence[int] = ()
    """Columns with formulas that nobody needs to see."""
    offer: Offer | None = None
    paper: Block | None = None
    """What is printed, as a paper of its own without the page's name below; without it, all is printed."""

    def is_laid_out(self, rows: Sequence[Sequence[Cell]]) -> bool:
        """Whether these rows are this page: they have its banner or most of its words, whatever people added."""
        present = {place for place, text in self.texts.items() if _cell(rows, place) == text}
        return {TITLE, SUBTITLE} <= present or 2 * len(present) > len(self.texts)

    def with_values(self, values: Values) -> dict[Place, Cell]:
        """Every cell of the page as it should be, the blank ones too; what would leave its place is cut."""
        cells = {place: values.get(place, self.texts.get(place, "")) for place in self.block.places}
        return cells | {
            place: self._fitted(place, cell, cells) for place, cell in values.items() if isinstance(cell, str)
        }

    def _fitted(self, place: Place, text: str, cells: Values) -> str:
        """The text as far as there is room: in a few lines, or in one that goes on over the blank cells beside it."""
        look, (row, column) = self._looks.get(place, Look()), place
        if look.wraps:
            return cut_to(text, look.room(self.widths[column]), _MOST_LINES)
        beside = range(column - 1, 0, -1) if look.across == "right" else range(column + 1, self.columns + 1)
        free = takewhile(lambda other: look.across != "center" and cells.get((row, other)) == "", beside)
        return cut_to(text, look.room(self.widths[column] + sum(self.widths[other] for other in free)))

    @cached_property
    def _looks(self) -> Mapping[Place, Look]:
        return {place: look for block, look in self.looks for place in block.places}

    @property
    def block(self) -> Block:
        return Block(1, 1, self.rows, self.columns)


def absolute(row: int, column: int) -> str:
    """A cell as formulas write it: `$B$3`."""
    return f"${column_letters(column)}${row}"


def _cell(rows: Sequence[Sequence[Cell]], place: Place) -> str:
    row, column = place
    if row > len(rows) or column > len(rows[row - 1]):
        return ""
    return as_text(rows[row - 1][column - 1])


@dataclass
class Sketch:
    """A page while it is being planned."""

    language: Language
    texts: dict[Place, Text] = field(default_factory=dict)
    looks: list[tuple[Block, Look]] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    colours: list[Colour] = field(default_factory=list)

    def paint(self, block: Block, look: Look) -> None:
        self.looks.append((block, look))

    def say(self, row: int, column: int, text: Text, look: Look) -> None:
        if text:
            self.texts[row, column] = text
        self.paint(Block(row, column, row, column), look)

    def banner(self, title: str, subtitle: str, columns: int) -> None:
        """Two coloured rows at the top of the page, and a gap."""
        self.heights |= {1: 40, 2: 24, 3: 12}
        self.paint(Block(1, 1, 2, columns), Look(size=1, ink=colours.PALE, back=colours.ACCENT))
        self.say(*TITLE, title, Look(size=9, ink=colours.WHITE, bold=True, back=colours.ACCENT))
        self.say(*SUBTITLE, subtitle, Look(size=1, ink=colours.PALE, back=colours.ACCENT))

    def heading(self, row: int, text: str, left: int, right: int) -> None:
        """An underlined line above a table."""
        self.heights[row] = 26
        look = Look(size=2, ink=colours.ACCENT, bold=True, line=colours.ACCENT, strong=True)
        self.paint(Block(row, left, row, right), look)
        self.say(row, left, text, look)

    def table(self, row: int, left: int, columns: Sequence[tuple[str, Look]], count: int) -> None:
        """Column heads at `row` and `count` lines below, each column in its look, every other filled line shaded."""
        for column, (text, look) in enumerate(columns, start=left):
            head = replace(look, type=Type.TEXT, ink=colours.QUIET, bold=True, line=colours.GREY_LINE, wraps=False)
            self.say(row, column, text, head)
            self.paint(Block(row + 1, column, row + count, column), look)
        lines = Block(row + 1, left, row + count, left + len(columns) - 1)
        filled = f"${column_letters(left)}{row + 1}"
        self.colours.append(Colour(lines, f'AND({filled}<>"",MOD(ROW(),2)={(row + 1) % 2})', "", colours.BAND))


def reference(row: int, column: int) -> str:
    """Row 3, column 2 → `B3`."""
    return f"{column_letters(column)}{row}"
