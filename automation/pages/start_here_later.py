"""The lines of Start here that came with later versions, for the page of a ledger that was laid out before.

They go into blank cells below what the page has; nothing on it is changed. A list that people threw away stays away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from automation.ledger.lost_tabs import LATER
from automation.ledger.workbook import Formula
from automation.pages.page import Block, Page, Place
from automation.pages.start_here import TAB_WORDS, Cells, Title, ToDo, to_dos
from automation.pages.start_here_page import ROW, StartHere
from automation.text.catalogue import Message
from sheet_schema import LANGUAGES, TAB, Language

Words = Mapping[Place, str]
"""What stands on the page, by its place; of a formula the formula."""


@dataclass(frozen=True)
class LaterLines:
    """What has to be drawn on a page that is there, `count` lines of it."""

    page: Page
    count: int

    @property
    def places(self) -> Collection[Place]:
        return self.page.texts


def later_lines(language: Language, cells: Cells, title: Title, rows: Sequence[Sequence[object]]) -> LaterLines | None:
    """The lines that the page with these rows lacks; None if it lacks none."""
    words = {
        (row, column): _text(cell)
        for row, line in enumerate(rows, start=1)
        for column, cell in enumerate(line, start=1)
        if cell not in ("", None)
    }
    page = StartHere(language, cells, title)
    _to_dos(page, words)
    _tabs(page, words)
    if not page.links:
        return None
    last = max(row for row, _ in page.sketch.texts)
    plan = Page(
        rows=last,
        columns=max(column for _, column in page.sketch.texts),
        widths={},
        heights={row: height for row, height in page.sketch.heights.items() if height > ROW},
        looks=page.sketch.looks,
        texts=page.sketch.texts,
        colours=page.sketch.colours,
        links=page.links,
    )
    return LaterLines(plan, len(page.links))


def _to_dos(page: StartHere, words: Words) -> None:
    items = [*to_dos(page.cells)]
    there = {item.undone: [place for place, text in words.items() if _is_said_in(text, item)] for item in items}
    missing = [item for item in items if item.later and not there[item.undone]]
    for item, (row, column) in zip(missing, _below(words, *there.values()), strict=False):
        page.to_do_line(row, column, item)
        page.colour_marks(Block(row, column - 1, row, column - 1))


def _is_said_in(formula: str, item: ToDo) -> bool:
    return any(f'"{words}"' in formula for words in _in_each_language(item.undone))


def _tabs(page: StartHere, words: Words) -> None:
    there = {key: _tab_line(page, key, words) for key in TAB_WORDS}
    missing = [key for key in TAB_WORDS if key in LATER and not there[key]]
    for key, (row, column) in zip(missing, _below(words, *there.values()), strict=False):
        page.tab_line(row, column, key)


def _tab_line(page: StartHere, key: str, words: Words) -> list[Place]:
    """Where it says what this tab is for, or what is called as the tab is."""
    said, titles = {*_in_each_language(TAB_WORDS[key])}, {page.title(key), *TAB[key].labels()}
    return [
        (row, column) for (row, column), text in words.items() if text in said or words.get((row, column - 1)) in titles
    ]


def _below(words: Words, *there: Sequence[Place]) -> Iterator[Place]:
    """The places below the last of these, where neither the cell nor the one before it holds anything; none if there is none."""
    ours = [place for places in there for place in places if place[1] > 1]
    if not ours:
        return
    row, column = max(ours)
    while True:
        row += 1
        if (row, column) not in words and (row, column - 1) not in words:
            yield row, column


def _in_each_language(words: Message) -> Iterator[str]:
    return (words.say(language) for language in LANGUAGES)


def _text(cell: object) -> str:
    return cell.text if isinstance(cell, Formula) else str(cell)
