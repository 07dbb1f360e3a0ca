"""Finds a tab or a heading that was renamed, and headings that no longer stand in the first row.

Each stops a run with a sentence that says where they are, and nothing is added: an empty twin beside the real tab or
column would leave every case without its cells, or give it a second number (docs/design.md#p2.3).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from automation.ledger.cell_names import column_letters
from automation.ledger.titles_and_headers import places_of
from automation.ledger.workbook import HEADER_ROW, Grid
from sheet_schema import Language, Tab

ENOUGH = 0.8
"""The share of a tab's headings by which it is recognised. Filing has all of the Register's, which are four in five of its own."""
LOOKED_AT = 200
"""How many rows are searched for headings: a title has a few, and a sort that took them along has many."""


@dataclass(frozen=True, slots=True)
class Headings:
    """How many of a tab's headings stand in one row."""

    row: int
    share: float


def headings_in(tab: Tab, grid: Grid, language: Language) -> Headings:
    """The row that has most of the tab's headings, the first of several."""
    best = Headings(HEADER_ROW, 0)
    for row, line in enumerate(grid.rows[:LOOKED_AT], start=1):
        share = sum(map(bool, places_of(tab, line, language).values())) / len(tab.columns)
        if share > best.share:
            best = Headings(row, share)
        if best.share == 1:
            break
    return best


def moved_headings(tab: Tab, grid: Grid, language: Language) -> int | None:
    """The row in which the tab's headings stand, if it is not the first."""
    found = headings_in(tab, grid, language)
    return found.row if found.row != HEADER_ROW and found.share >= ENOUGH else None


def renamed(
    missing: Iterable[Tab], grids: Mapping[str, Grid], ours: Collection[str], language: Language
) -> dict[str, list[str]]:
    """The titles under which each missing tab may stand, by its key: of each tab of the users' own, the one it is most like."""
    tabs = list(missing)
    found: dict[str, list[str]] = {}
    for title, grid in grids.items() if tabs else ():
        if title in ours:
            continue
        # A Filing has all of the Register's headings, too: of tabs that fit as well, the one with more of them is meant.
        share, _, likest = max((headings_in(tab, grid, language).share, len(tab.columns), tab.key) for tab in tabs)
        if share >= ENOUGH:
            found.setdefault(likest, []).append(title)
    return found


def foreign_headings(tab: Tab, grid: Grid, language: Language) -> dict[int, str]:
    """The headings that are not ours of columns that have content, by position; the letter of a column without one."""
    headers = grid.rows[0] if grid.rows else ()
    ours = {place for places in places_of(tab, headers, language).values() for place in places}
    full = {at for row in grid.rows[1:] for at, cell in enumerate(row, start=1) if cell not in ("", None)}
    named = {at: str(header or "").strip() for at, header in enumerate(headers, start=1)}
    return {at: named.get(at) or column_letters(at) for at in sorted(full - ours)}


def headings_in_place_of(tab: Tab, grid: Grid, language: Language) -> dict[str, list[str]]:
    """The headings under which each missing column may stand, by its key: those just where it would.

    That is between the two columns of ours that are its neighbours. What stands behind the last of ours is never meant,
    since that is where an office puts its own columns.
    """
    places = places_of(tab, grid.rows[0] if grid.rows else (), language)
    at = {place: order for order, column in enumerate(tab) for place in places[column.key]}
    keys = [column.key for column in tab]
    found: dict[str, list[str]] = {}
    for place, heading in foreign_headings(tab, grid, language).items() if len(at) < len(keys) else ():
        for key in _between(keys, at, place):
            found.setdefault(key, []).append(heading)
    return found


def _between(keys: Sequence[str], at: Mapping[int, int], place: int) -> Sequence[str]:
    """The columns that belong between those of ours to the left and right of a place, if all of these are missing."""
    left = max((one for one in at if one < place), default=0)
    right = min((one for one in at if one > place), default=0)
    between = range(at.get(left, -1) + 1, at.get(right, 0))
    return () if set(between).intersection(at.values()) else [keys[order] for order in between]
