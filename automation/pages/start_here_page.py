"""Start here as a plan: ten lines, what is still to be filled in, the colours, the tabs. Its words are in `start_here.py`."""

from __future__ import annotations

from automation.pages import colours
from automation.pages.page import Block, Colour, Look, Page, Sketch, reference
from automation.pages.room import height_of
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
    Cells,
    Sample,
    Title,
    ToDo,
    in_words,
    names_on,
    to_dos,
)
from automation.text.catalogue import Message, sentences
from sheet_schema import Language, Type

ROW, _LINE = 21, 34
"""Heights in points."""
_TEXT = Look(Type.CHOICE, wraps=True)
_BESIDE = Look(Type.CHOICE, wraps=True, indent=1)
_NUMBER = Look(Type.CHOICE, size=1, ink=colours.ACCENT, bold=True, across="center")
_MARK = Look(Type.CHOICE, bold=True, across="center", wraps=True)
_LINK = Look(Type.CHOICE, ink=colours.ACCENT, underlined=True, wraps=True)
_WHAT = Look(Type.CHOICE, ink=colours.QUIET, wraps=True)


def start_here_page(language: Language, cells: Cells, title: Title, leaving: Message = CLOSE_IT) -> Page:
    """The page, which counts in `cells` and links to tabs by their `title`; `leaving` says what to do when leaving."""
    page = StartHere(language, cells, title, leaving)
    last = page.draw()
    return Page(
        rows=last,
        columns=len(WIDTHS),
        widths=WIDTHS,
        heights=dict.fromkeys(range(1, last + 1), ROW) | page.sketch.heights,
        looks=page.sketch.looks,
        texts=page.sketch.texts,
        colours=page.sketch.colours,
        links=page.links,
        landscape=True,
    )


class StartHere:
    """The page while it is being drawn, whole or some lines of it."""

    def __init__(self, language: Language, cells: Cells, title: Title, leaving: Message = CLOSE_IT) -> None:
        self.language, self.cells, self.title, self.leaving = language, cells, title, leaving
        self.names = names_on(title, language)
        self.sketch = Sketch(language)
        self.links: dict[tuple[int, int], str] = {}

    def say(self, words: Message) -> str:
        return in_words(words, self.names, self.language)

    def put(self, row: int, column: int, text: str, look: Look, width: float, *shown: str) -> None:
        """Say it, in a row as tall as it needs in a column this wide; `shown` is what a formula may show."""
        self.sketch.say(row, column, text, look)
        needed = height_of((each, look.room(width)) for each in shown or (text,))
        self.sketch.heights[row] = max(needed, self.sketch.heights.get(row, ROW))

    def draw(self) -> int:
        """Draw all of it; returns the last row."""
        self.sketch.banner(self.say(PAGE_TITLE), self.say(SUBTITLE), len(WIDTHS))
        self.lines()
        below = FIRST + max(len(LINES), self.to_do())
        return max(self.samples(below), self.tabs(below))

    def lines(self) -> None:
        self.sketch.heading(FIRST - 1, self.say(LINES_TITLE), LEFT_NUMBER, LEFT_TEXT)
        for number, words in enumerate(LINES, start=1):
            row = FIRST + number - 1
            self.sketch.heights[row] = _LINE
            self.sketch.say(row, LEFT_NUMBER, number, _NUMBER)
            text = self.say(self.leaving if words is CLOSE_IT else words)
            self.put(row, LEFT_TEXT, text, _TEXT, WIDTHS[LEFT_TEXT])

    def to_do(self) -> int:
        """Draw what is still to be filled in; returns how many lines that are."""
        self.sketch.heading(FIRST - 1, self.say(TO_DO_TITLE), RIGHT_MARK, RIGHT_TEXT)
        items = [*to_dos(self.cells)]
        for row, item in enumerate(items, start=FIRST):
            self.to_do_line(row, RIGHT_TEXT, item)
        self.colour_marks(Block(FIRST, RIGHT_MARK, FIRST + len(items) - 1, RIGHT_MARK))
        return len(items)

    def to_do_line(self, row: int, column: int, item: ToDo) -> None:
        """Something to be filled in: its words in this column, its mark in the one before."""
        self.sketch.say(row, column - 1, f"={item.mark}", _MARK)
        done, undone = self.say(item.done), self.say(item.undone)
        more = f"&{item.told}" if item.told else ""
        longest = undone + sentences((self.say(one) for one in item.may_tell), self.language)
        says = f'=IF({reference(row, column - 1)}="{DONE}","{done}","{undone}"{more})'
        self.put(row, column, says, _BESIDE, WIDTHS[RIGHT_TEXT], done, longest)
        self.links[row, column] = item.tab

    def colour_marks(self, marks: Block) -> None:
        first = reference(marks.top, marks.left)
        self.sketch.colours += [
            Colour(marks, f'{first}="{DONE}"', colours.GREEN_INK, colours.GREEN),
            Colour(marks, f'{first}<>"{DONE}"', colours.AMBER_INK, colours.AMBER),
        ]

    def samples(self, below: int) -> int:
        self.sketch.heading(below + 1, self.say(COLOURS_TITLE), RIGHT_MARK, RIGHT_TEXT)
        row = below
        for row, sample in enumerate(COLOURS, start=below + 2):
            self.put(row, RIGHT_MARK, self.say(sample.shows), _look_of(sample), WIDTHS[RIGHT_MARK])
            self.put(row, RIGHT_TEXT, self.say(sample.means), _BESIDE, WIDTHS[RIGHT_TEXT])
        return row

    def tabs(self, below: int) -> int:
        self.sketch.heading(below + 1, self.say(TABS_TITLE), LEFT_NUMBER, LEFT_TEXT)
        row = below
        for row, key in enumerate(TAB_WORDS, start=below + 2):
            self.tab_line(row, LEFT_TEXT, key)
        return row

    def tab_line(self, row: int, column: int, key: str) -> None:
        """What a tab is for, in this column, and the tab's title in the one before, which leads there."""
        self.put(row, column - 1, self.title(key), _LINK, WIDTHS[LEFT_NUMBER])
        self.links[row, column - 1] = key
        self.put(row, column, self.say(TAB_WORDS[key]), _WHAT, WIDTHS[LEFT_TEXT])


def _look_of(sample: Sample) -> Look:
    """A sample has the frame of a cell and, if its kind of header has one, the line below."""
    return Look(
        Type.CHOICE,
        ink=sample.ink,
        bold=sample.bold,
        back=sample.background,
        across="center",
        wraps=True,
        frame=colours.LINE,
        line=sample.underline or colours.LINE,
        strong=bool(sample.underline),
        thick=sample.ink == colours.ACCENT,
    )
