"""A ledger with the lines of year books put back in memory, so that whatever is asked about them is answered as before.

Nothing of it is ever written. Rows of the books come after the ledger's own, each cell under its heading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from automation.ledger.book_lines import names_of_columns
from automation.ledger.titles_and_headers import language_of, titles_found
from automation.ledger.workbook import HEADER_ROW, Cell, Grid, Snapshot
from sheet_schema import FILING, HISTORY, INDEX, NOTICES, Language, Tab

PUT_BACK = (FILING, INDEX, NOTICES, HISTORY)


def reunited(snapshot: Snapshot, books: Sequence[Snapshot]) -> Snapshot:
    """The ledger as if the years of these books had never been closed."""
    grids = dict(snapshot.grids)
    language = language_of(snapshot.grids)
    ours = titles_found(snapshot.grids, language)
    for book in books:
        other = language_of(book.grids)
        theirs = titles_found(book.grids, other)
        for tab in PUT_BACK:
            title = ours[tab.key]
            coming = book.grids[theirs[tab.key]]
            names = (_names(tab, grids[title], language), _names(tab, coming, other))
            grids[title] = _with_lines(grids[title], coming, *names)
    return replace(snapshot, grids=grids)


def _names(tab: Tab, grid: Grid, language: Language) -> Mapping[int, str]:
    return names_of_columns(tab, grid.rows[0] if grid.rows else (), language)


def _with_lines(ours: Grid, theirs: Grid, names: Mapping[int, str], coming: Mapping[int, str]) -> Grid:
    places = {name: at for at, name in names.items()}
    to = [places.get(coming[at], 0) for at in sorted(coming)]
    width = max(places.values(), default=0)
    lines = [_line(row, to, width) for row in theirs.rows[HEADER_ROW:]]
    return Grid(ours.title, [*ours.rows, *lines])


def _line(cells: Sequence[Cell], to: Sequence[int], width: int) -> list[Cell]:
    """The cells at their places in the ledger; those of a column that it has no more are left out."""
    line: list[Cell] = [""] * width
    for place, cell in zip(to, cells, strict=False):
        if place:
            line[place - 1] = cell
    return line
