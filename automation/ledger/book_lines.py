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
from automation.ledger.workbook import HEADER_ROW, Cell, Snapshot
from sheet_schema import TAB, Language, Tab, folded

Line = tuple[tuple[str, str], ...]
Lines = Mapping[str, Counter[Line]]
"""By tab key, how often each line stands there."""


def lines_of(snapshot: Snapshot, tabs: Collection[Tab]) -> Lines:
    """Every line of these tabs."""
    return _lines(snapshot, {tab.key: None for tab in tabs})


def lines_in_rows(snapshot: Snapshot, rows: Mapping[str, Collection[int]]) -> Lines:
    """The lines in these rows of the sheet, by tab key."""
    return _lines(snapshot, {key: frozenset(some) for key, some in rows.items()})


def _lines(snapshot: Snapshot, wanted: Mapping[str, Collection[int] | None]) -> Lines:
    language = language_of(snapshot.grids)
    titles = titles_found(snapshot.grids, language)
    found: dict[str, Counter[Line]] = {}
    for key, rows in wanted.items():
        grid = snapshot.grids[titles[key]].rows if key in titles else ()
        names = names_of_columns(TAB[key], grid[0] if grid else (), language)
        numbered = enumerate(grid[HEADER_ROW:], start=HEADER_ROW + 1)
        lines = (_line(cells, names) for row, cells in numbered if rows is None or row in rows)
        found[key] = Counter(line for line in lines if line)
    return found


def names_of_columns(tab: Tab, headers: Sequence[Cell], language: Language) -> Mapping[int, str]:
    """What each column is called: by its key, or a column of the users' own by its heading."""
    own = {at: f"own {folded(as_text(header))}" for at, header in enumerate(headers, start=1)}
    return own | {at: key for key, at in columns_of(tab, headers, language).items()}


def _line(cells: Sequence[Cell], names: Mapping[int, str]) -> Line:
    return tuple(sorted(_named(cells, names)))


def _named(cells: Sequence[Cell], names: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    for at, cell in enumerate(cells, start=1):
        if cell != "":
            yield names.get(at, "own "), repr(mark(cell))
