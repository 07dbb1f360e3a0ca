"""Finds a tab that was renamed, and headings that no longer stand in the first row, by the headings themselves.

Both stop a run with a sentence that says where they are, and nothing is added: an empty twin beside the real tab, or a
second set of columns, would give cases second numbers (docs/design.md#p2.3).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

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
