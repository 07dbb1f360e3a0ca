"""The lines of a ledger that a year book has, in a form in which they can be compared wherever they stand.

A line is its filled-in cells, each under its column's key or its heading, so that the order of rows and columns makes no
difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from automation.ledger.marks import mark
from automation.ledger.titles_and_headers import columns_of, language_of, titles_found
from automation.ledger.typed.cell import as_text
from automation.ledger.workbook import HEADER_ROW, Cell, ColumnEdit, Snapshot, TabEdit
from sheet_schema import TAB, Language, Tab, folded

_NO_NAME = "own "
"""What a column without a heading is called."""
Line = tuple[tuple[str, str], ...]
Lines = Mapping[str, Counter[Line]]
"""By tab key, how often each line stands there."""


def lines_of(snapshot: Snapshot, tabs: Collection[Tab]) -> Lines:
    """Every line of these tabs."""
    return _lines(snapshot, {tab.key: None for tab in tabs})


def lines_in_rows(snapshot: Snapshot, rows: Mapping[str, Collection[int]]) -> Lines:
    """The lines in these rows of the sheet, by tab key."""
    return _lines(snapshot, {key: frozenset(some) for key, some in rows.items()})


def rows_lacking(snapshot: Snapshot, rows: Mapping[str, Collection[int]], there: Lines) -> dict[str, list[int]]:
    """Of these rows, by tab key, those whose lines the book does not have yet."""
    found: dict[str, list[int]] = {}
    for key, theirs in rows.items():
        left = Counter(there.get(key, Counter()))
        found[key] = []
        for row, line in _each(snapshot, key, frozenset(theirs)):
            if left[line]:
                left[line] -= 1
            else:
                found[key].append(row)
    return found


def rows_beside(book: Snapshot, tab: Tab, wanted: Counter[Line]) -> list[tuple[int, Line]]:
    """The rows of a tab of the book that are not among the wanted lines, each with its line."""
    left, found = Counter(wanted), []
    for row, line in _each(book, tab.key, None):
        if left[line]:
            left[line] -= 1
        else:
            found.append((row, line))
    return found


def lines_added(book: Snapshot, snapshot: Snapshot, rows: Mapping[str, Sequence[int]]) -> list[TabEdit]:
    """Edits that write these rows of the ledger below the last line of each tab of the book, each cell under its heading.
    A column of the users' own that the book does not have comes after all others."""
    language = language_of(snapshot.grids)
    ours, theirs = (titles_found(one.grids, language_of(one.grids)) for one in (snapshot, book))
    edits = []
    for key, wanted in rows.items():
        grid, there = snapshot.grids[ours[key]].rows, book.grids[theirs[key]].rows
        if not wanted:
            continue
        names = names_of_columns(TAB[key], grid[0], language)
        places = {name: at for at, name in names_of_columns(TAB[key], there[0], language_of(book.grids)).items()}
        below = range(len(there) + 1, len(there) + 1 + len(wanted))
        width = max(len(there[0]), *map(len, there))
        columns = []
        for at in range(1, max(len(grid[row - 1]) for row in wanted) + 1):
            cells = [grid[row - 1][at - 1] if at <= len(grid[row - 1]) else "" for row in wanted]
            filled = [(row, cell) for row, cell in zip(below, cells, strict=True) if cell != ""]
            if not filled:
                continue
            place = places.get(names.get(at, ""), 0)
            if not place:
                width = place = width + 1
                filled = [(HEADER_ROW, grid[0][at - 1] if at <= len(grid[0]) else ""), *filled]
            columns.append(ColumnEdit(place, [row for row, _ in filled], [cell for _, cell in filled]))
        edits.append(TabEdit(theirs[key], tuple(columns)))
    return edits


def same_columns(tab: Tab, snapshot: Snapshot, book: Snapshot) -> dict[int, int]:
    """The column of the book for each column of the ledger's tab that it has, too."""
    ours, theirs = (_names_in(tab, one) for one in (snapshot, book))
    places = {name: at for at, name in theirs.items()}
    return {at: places[name] for at, name in ours.items() if name in places and name != _NO_NAME}


def _names_in(tab: Tab, snapshot: Snapshot) -> Mapping[int, str]:
    language = language_of(snapshot.grids)
    title = titles_found(snapshot.grids, language).get(tab.key)
    grid = snapshot.grids[title].rows if title else ()
    return names_of_columns(tab, grid[0] if grid else (), language)


def _lines(snapshot: Snapshot, wanted: Mapping[str, Collection[int] | None]) -> Lines:
    return {key: Counter(line for _, line in _each(snapshot, key, rows)) for key, rows in wanted.items()}


def _each(snapshot: Snapshot, key: str, rows: Collection[int] | None) -> Iterator[tuple[int, Line]]:
    """Each line in these rows of a tab (None: in all), with its row."""
    language = language_of(snapshot.grids)
    title = titles_found(snapshot.grids, language).get(key)
    grid = snapshot.grids[title].rows if title else ()
    names = names_of_columns(TAB[key], grid[0] if grid else (), language)
    for row, cells in enumerate(grid[HEADER_ROW:], start=HEADER_ROW + 1):
        if (rows is None or row in rows) and (line := _line(cells, names)):
            yield row, line


def names_of_columns(tab: Tab, headers: Sequence[Cell], language: Language) -> Mapping[int, str]:
    """What each column is called: by its key, or a column of the users' own by its heading."""
    own = {at: _NO_NAME + folded(as_text(header)) for at, header in enumerate(headers, start=1)}
    return own | {at: key for key, at in columns_of(tab, headers, language).items()}


def _line(cells: Sequence[Cell], names: Mapping[int, str]) -> Line:
    return tuple(sorted(_named(cells, names)))


def _named(cells: Sequence[Cell], names: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    for at, cell in enumerate(cells, start=1):
        if cell != "":
            yield names.get(at, _NO_NAME), repr(mark(cell))
