"""Where each tab and column of `sheet_schema` is in a spreadsheet, once the missing ones have been added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from automation.ledger.titles_and_headers import columns_of, titles_found
from automation.pages.plans import Around, plan_of
from automation.pages.tables import LAST_OF_LIST
from automation.workbooks.google.layout.facts import FoundSheet, SpreadsheetFacts
from automation.workbooks.google.lock import LOCK_TAB
from automation.workbooks.google.reading import UNDO_LOG_TAB
from sheet_schema import TABS, Column, Language, Place, Tab

NOT_ANYBODYS = (LOCK_TAB, UNDO_LOG_TAB)
"""The program's working tabs, which are not part of the ledger."""

ROWS = {Place.STAFF: 1000, Place.ADMINISTRATOR: LAST_OF_LIST, Place.JOB: 200}
"""How many rows a new sheet has: where administrators type, as many as dropdowns and Start here take in.

Not more, since Google counts every cell of a grid, blank or not, towards its limit of ten million.
"""
ROOM_BESIDE = (10, 2)
"""Rows and columns that a page gets beyond its plan, where people may put something of their own."""
PAD = 100
"""Rows left free below the rows that a new tab starts with."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One tab, as it will be once everything missing has been added.

    `at` has the position of each column (from 1); `rows` and `columns` are the size of the grid. `found` is the sheet
    that exists already. `new` means that the tab is laid out from its first cell, since its sheet is empty or missing;
    any other sheet gets the `missing` columns after its last one.
    """

    tab: Tab
    sheet_id: int
    title: str
    at: Mapping[str, int]
    rows: int
    columns: int
    found: FoundSheet | None = None
    new: bool = True
    missing: Sequence[Column] = ()


def places(facts: SpreadsheetFacts, language: Language, filled_with: Mapping[str, int]) -> dict[str, Placed]:
    """Every tab that is to be there by its key. `filled_with` has the number of rows that a tab would start with, by key."""
    by_title = {sheet.title: sheet for sheet in facts.sheets}
    found = {key: by_title[title] for key, title in titles_found(by_title, language).items()}
    untouched = _untouched(facts)
    if untouched is not None and untouched not in found.values():
        found["start_here"] = untouched
    taken = {sheet.sheet_id for sheet in facts.sheets}
    placed = {}
    for tab in (tab for tab in TABS if not tab.on_demand or tab.key in filled_with or tab.key in found):
        sheet = found.get(tab.key)
        if sheet is not None and sheet.filled:
            placed[tab.key] = _standing(tab, sheet, language)
        else:
            title = tab.label(language) if sheet is None or sheet is untouched else sheet.title
            sheet_id = _new_id(tab.key, taken) if sheet is None else sheet.sheet_id
            placed[tab.key] = _new(tab, sheet_id, title, filled_with.get(tab.key, 0), sheet)
    return placed


def _untouched(facts: SpreadsheetFacts) -> FoundSheet | None:
    """The only, empty sheet of a spreadsheet that was just created, whatever Google called it."""
    sheets = [sheet for sheet in facts.sheets if sheet.title not in NOT_ANYBODYS]
    return sheets[0] if len(sheets) == 1 and not sheets[0].filled else None


def _standing(tab: Tab, sheet: FoundSheet, language: Language) -> Placed:
    at = columns_of(tab, sheet.headers, language)
    missing = [column for column in tab if column.key not in at]
    at |= {column.key: position for position, column in enumerate(missing, start=sheet.width + 1)}
    columns = max(sheet.columns, sheet.width) + len(missing)
    return Placed(
        tab=tab,
        sheet_id=sheet.sheet_id,
        title=sheet.title,
        at=at,
        rows=sheet.rows,
        columns=columns,
        found=sheet,
        new=False,
        missing=missing,
    )


def _new(tab: Tab, sheet_id: int, title: str, filled_with: int, sheet: FoundSheet | None) -> Placed:
    at = {column.key: position for position, column in enumerate(tab, start=1)}
    if tab.page:
        rows, columns = page_size(tab)
    else:
        rows, columns = max(ROWS[tab.place], filled_with + 1 + PAD if filled_with else 0), len(at)
    return Placed(tab=tab, sheet_id=sheet_id, title=title, at=at, rows=rows, columns=columns, found=sheet)


def page_size(tab: Tab) -> tuple[int, int]:
    """The number of rows and columns of a page's sheet."""
    page = plan_of(tab.key, "en", Around(lambda key: key, lambda *_: "$A$1"))
    return page.rows + ROOM_BESIDE[0], page.columns + ROOM_BESIDE[1]


def _new_id(key: str, taken: set[int]) -> int:
    """A free sheet id, so that requests of one batch can name a sheet that another of them adds.

    A tab gets the same id each time, unless it is taken.
    """
    number = int.from_bytes(sha256(key.encode()).digest()[:4], "big") >> 1
    while number in taken:
        number = (number + 1) % 2**31
    taken.add(number)
    return number


def indexes(facts: SpreadsheetFacts, placed: Mapping[str, Placed]) -> Iterator[tuple[Placed, int]]:
    """Each sheet that has to be added, with its index among all sheets once the ones before it have been added.

    It comes right after the tab that precedes it in `sheet_schema`.
    """
    order = [sheet.sheet_id for sheet in facts.sheets]
    before = 0
    for one in placed.values():
        if one.found is None:
            order.insert(before, one.sheet_id)
            yield one, before
        before = order.index(one.sheet_id) + 1
