"""Sends a plan as guarded batches: as one if it fits, otherwise in parts that are each safe alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from automation.ledger.cell_names import column_letters
from automation.ledger.workbook import Cell
from automation.workbooks.google.commit.batches import Batch, Batches
from automation.workbooks.google.commit.journal import FIRST, Before, Entry, entries_for, mismatched
from automation.workbooks.google.commit.row_changes import Plan, Route, RowChange
from automation.workbooks.google.reading import Facts, SheetFacts
from automation.workbooks.google.refusals import MOST_CELLS, MOST_CHARACTERS, cell_too_long, too_many_cells
from automation.workbooks.google.requests import (
    Request,
    grown,
    height,
    pasted,
    runs,
    span,
    widened,
    without_rows,
    written,
)

LARGEST = 1_500_000
"""Bytes of one request; Google advises at most 2 MB."""
_PER_ROW, _PER_CELL = 400, 110
"""The most bytes that a row's entry and a cell take, besides text."""


def parts(plan: Plan) -> list[Plan]:
    """The plan in parts of at most LARGEST bytes.

    All changes of one owner are in one part, so a run that dies between two parts leaves each case done or not begun.
    Changes without an owner come next, and last, in one part, groups that stand or fall together and the pages, which
    only picture the rest.
    """
    headers = {work.title: work for work in plan.works if work.is_header}
    works = [work for work in plan.works if not work.is_header]
    grouped = {work.owner for work in works if work.group} - {""}
    bundles: dict[object, list[RowChange]] = {}
    together: list[RowChange] = []
    for i, work in enumerate(works):
        owner = work.owner or work.terms.beside
        if work.group or owner in grouped:
            together.append(work)
        else:
            bundles.setdefault(owner or i, []).append(work)
    in_order = [
        *(one for key, one in bundles.items() if isinstance(key, str)),
        *(one for key, one in bundles.items() if isinstance(key, int)),
        together,
    ]
    pieces: list[list[RowChange]] = [[]]
    size = 0
    for bundle in in_order:
        weight = sum(map(_weight, bundle))
        if size and size + weight > LARGEST:
            pieces.append([])
            size = 0
        pieces[-1] += bundle
        size += weight
    every = [Plan(_in_order(one, headers), tabs=plan.tabs) for one in pieces]
    return [*every[:-1], replace(every[-1], routes=plan.routes, pages=plan.pages)]


def _weight(work: RowChange) -> int:
    texts = sum(
        6 * len(cell) if not cell.isascii() else len(cell) for cell in work.writes.values() if isinstance(cell, str)
    )
    return _PER_ROW + _PER_CELL * len(work.writes) + texts


def _in_order(works: Sequence[RowChange], headers: Mapping[str, RowChange]) -> tuple[RowChange, ...]:
    titles = dict.fromkeys(work.title for work in works)
    return (*(headers[title] for title in titles), *sorted(works, key=lambda work: (work.title, work.row)))


def refuse_long(plan: Plan) -> None:
    """Raises LedgerError, naming the cell, for text that is too long for Google."""
    everything = chain(
        ((work.title, work.row, work.writes) for work in plan.works),
        ((title, row, cells) for title, rows in plan.pages.items() for row, cells in rows.items()),
    )
    for title, row, cells in everything:
        for column, cell in cells.items():
            if isinstance(cell, str) and len(cell) > MOST_CHARACTERS:
                raise cell_too_long(title, f"{column_letters(column)}{row}")


def send_part(
    batches: Batches, plan: Plan, heights: Mapping[tuple[str, int], int], *, last: bool
) -> tuple[list[Entry], Before, list[Entry]]:
    """Send one batch, and return its entries, each row as it was before, and the entries that hit a wrong row.

    Raises Changed when nothing was done, Busy, LedgerError.
    """
    facts = batches.facts
    room = _room(facts, plan)
    entries = entries_for(facts, plan, FIRST)
    changes = [*_writes(facts, plan.works), *_pages(facts, plan), *_moves(facts, plan, heights)]
    before = batches.send(Batch(entries, changes, room, last))
    for title, rows in _lowest(plan).items():
        batches.has_grown(title, rows)
    return entries, before, mismatched(entries, before)


def _lowest(plan: Plan) -> dict[str, int]:
    found: dict[str, int] = {}
    for work in plan.works:
        found[work.title] = max(found.get(work.title, 0), work.row)
    return found | {title: max(rows) for title, rows in plan.pages.items()}


def _room(facts: Facts, plan: Plan) -> list[Request]:
    """Add the rows and columns that tabs lack. Raises LedgerError if that would exceed Google's limit on cells."""
    requests: list[Request] = []
    more = 0
    for title, rows in _lowest(plan).items():
        sheet = facts.sheets[title]
        columns = _farthest(plan, title)
        requests += [*grown(sheet, rows), *widened(sheet, columns)]
        more += max(rows, sheet.rows) * max(columns, sheet.columns) - sheet.rows * sheet.columns
    if facts.cells + more > MOST_CELLS:
        raise too_many_cells()
    return requests


def _farthest(plan: Plan, title: str) -> int:
    """The last column of a tab in which something is written."""
    written_to = (column for work in plan.works if work.title == title for column in work.writes)
    moved_to = (column for route in plan.routes if route.target == title for column in route.columns.values())
    on_page = (column for cells in plan.pages.get(title, {}).values() for column in cells)
    return max((*written_to, *moved_to, *on_page), default=1)


def _writes(facts: Facts, works: Sequence[RowChange]) -> Iterator[Request]:
    by_title: dict[str, dict[int, dict[int, Cell]]] = {}
    for work in works:
        if work.writes:
            by_title.setdefault(work.title, {}).setdefault(work.row, {}).update(work.writes)
    for title, rows in by_title.items():
        yield from written(facts.sheets[title].sheet_id, rows)


def _pages(facts: Facts, plan: Plan) -> Iterator[Request]:
    for title, rows in plan.pages.items():
        yield from written(facts.sheets[title].sheet_id, rows)


def _moves(facts: Facts, plan: Plan, heights: Mapping[tuple[str, int], int]) -> Iterator[Request]:
    """Have Google copy rows to their new places, then delete the old ones."""
    for route in plan.routes:
        source, target = facts.sheets[route.source], facts.sheets[route.target]
        pairs = sorted(
            (work.comes_from, work.row) for work in plan.works if work.comes_from and work.title == route.target
        )
        for (first, to), count in _together(pairs):
            for (column, goes_to), width in _together(sorted(route.columns.items())):
                yield pasted(
                    span(source.sheet_id, (first, first + count - 1), (column, column + width - 1)),
                    span(target.sheet_id, (to, to + count - 1), (goes_to, goes_to + width - 1)),
                )
        yield from _as_high(route, target, pairs, heights)
        yield from without_rows(
            source.sheet_id, [work.row for work in plan.works if work.goes and work.title == route.source]
        )


def _as_high(
    route: Route, target: SheetFacts, pairs: Sequence[tuple[int, int]], heights: Mapping[tuple[str, int], int]
) -> Iterator[Request]:
    for row, to in pairs:
        if pixels := heights.get((route.source, row)):
            yield height(target.sheet_id, to, pixels)


def _together(pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], int]]:
    """Stretches in which both numbers of the pairs rise by one: (5, 2), (6, 3), (9, 4) → ((5, 2), 2), ((9, 4), 1)."""
    by_distance: dict[int, list[int]] = {}
    for first, second in pairs:
        by_distance.setdefault(second - first, []).append(first)
    for distance, numbers in by_distance.items():
        for first, last in runs(sorted(numbers)):
            yield (first, first + distance), last - first + 1
