"""Start here as a plan: ten lines, what is still to be filled in, the colours, the tabs. Its words are in `start_here.py`."""

from __future__ import annotations

from automation.pages import colours
from automation.pages.page import Block, Colour, Look, Page, Sketch
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
    in_words,
    names_on,
    to_dos,
)
from automation.text.catalogue import Message, sentences
from sheet_schema import Language, Type

_ROW, _LINE = 21, 34
"""Heights in points."""
_TEXT = Look(Type.CHOICE, wraps=True)
_BESIDE = Look(Type.CHOICE, wraps=True, indent=1)
_NUMBER = Look(Type.CHOICE, size=1, ink=colours.ACCENT, bold=True, across="center")
_MARK = Look(Type.CHOICE, bold=True, across="center", wraps=True)
_LINK = Look(Type.CHOICE, ink=colours.ACCENT, underlined=True, wraps=True)
_WHAT = Look(Type.CHOICE, ink=colours.QUIET, wraps=True)


def start_here_page(language: Language, cells: Cells, title: Title, leaving: Message = CLOSE_IT) -> Page:
    """The page, which counts in `cells` and links to tabs by their `title`; `leaving` says what to do when leaving."""
    page = _StartHere(language, cells, title, leaving)
    last = page.draw()
    return Page(
        rows=last,
        columns=len(WIDTHS),
        widths=WIDTHS,
        heights=dict.fromkeys(range(1, last + 1), _ROW) | page.sketch.heights,
        looks=page.sketch.looks,
        texts=page.sketch.texts,
        colours=page.sketch.colours,
        links=page.links,
        landscape=True,
    )


class _StartHere:
    def __init__(self, language: Language, cells: Cells, title: Title, leaving: Message) -> None:
        self.language, self.cells, self.title, self.leaving = language, cells, title, leaving
        self.names = names_on(title, language)
        self.sketch = Sketch(language)
        self.links: dict[tuple[int, int], str] = {}

    def say(self, words: Message) -> str:
        return in_words(words, self.names, self.language)

    def put(self, row: int, column: int, text: str, look: Look, *shown: str) -> None:
        """Say it, in a row as tall as it needs; `shown` is what a formula may show."""
        self.sketch.say(row, column, text, look)
        needed = height_of((each, look.room(WIDTHS[column])) for each in shown or (text,))
        self.sketch.heights[row] = max(needed, self.sketch.heights.get(row, _ROW))

    def draw(self) -> int:
        """Draw all of it; returns the last row."""
        self.sketch.banner(self.say(PAGE_TITLE), self.say(SUBTITLE), len(WIDTHS))
        below = FIRST + len(LINES)
        self.lines()
        self.to_do()
        return max(self.samples(below), self.tabs(below))

    def lines(self) -> None:
        self.sketch.heading(FIRST - 1, self.say(LINES_TITLE), LEFT_NUMBER, LEFT_TEXT)
        for number, words in enumerate(LINES, start=1):
            row = FIRST + number - 1
            self.sketch.heights[row] = _LINE
            self.sketch.say(row, LEFT_NUMBER, number, _NUMBER)
            self.put(row, LEFT_TEXT, self.say(self.leaving if words is CLOSE_IT else words), _TEXT)

    def to_do(self) -> None:
        self.sketch.heading(FIRST - 1, self.say(TO_DO_TITLE), RIGHT_MARK, RIGHT_TEXT)
        row = FIRST
        for row, item in enumerate(to_dos(self.cells), start=FIRST):
            self.sketch.say(row, RIGHT_MARK, f"={item.mark}", _MARK)
            done, undone = self.say(item.done), self.say(item.undone)
            more = f"&{item.told}" if item.told else ""
            longest = undone + sentences((self.say(one) for one in item.may_tell), self.language)
            self.put(row, RIGHT_TEXT, f'=IF(E{row}="{DONE}","{done}","{undone}"{more})', _BESIDE, done, longest)
            self.links[row, RIGHT_TEXT] = item.tab
        marks = Block(FIRST, RIGHT_MARK, row, RIGHT_MARK)
        self.sketch.colours += [
            Colour(marks, f'E{FIRST}="{DONE}"', colours.GREEN_INK, colours.GREEN),
            Colour(marks, f'E{FIRST}<>"{DONE}"', colours.AMBER_INK, colours.AMBER),
        ]

    def samples(self, below: int) -> int:
        self.sketch.heading(below + 1, self.say(COLOURS_TITLE), RIGHT_MARK, RIGHT_TEXT)
        row = below
        for row, sample in enumerate(COLOURS, start=below + 2):
            self.put(row, RIGHT_MARK, self.say(sample.shows), _look_of(sample))
            self.put(row, RIGHT_TEXT, self.say(sample.means), _BESIDE)
        return row

    def tabs(self, below: int) -> int:
        self.sketch.heading(below + 1, self.say(TABS_TITLE), LEFT_NUMBER, LEFT_TEXT)
        row = below
        for row, key in enumerate(TAB_WORDS, start=below + 2):
            self.put(row, LEFT_NUMBER, self.title(key), _LINK)
            self.links[row, LEFT_NUMBER] = key
            self.put(row, LEFT_TEXT, self.say(TAB_WORDS[key]), _WHAT)
        return row


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
