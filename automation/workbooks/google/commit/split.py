"""Sends a plan as guarded batches: as one if it fits, otherwise in parts that are each safe alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from automation.ledger.cell_names import column_letters
from automation.ledger.workbook import Cell
from automation.workbooks.google.commit.batches import Batch, BatchSender
from automation.workbooks.google.commit.row_changes import CommitPlan, Route, RowChange
from automation.workbooks.google.commit.undo_log import FIRST, Before, Entry, entries_for, mismatched
from automation.workbooks.google.reading import Facts, SheetFacts
from automation.workbooks.google.refusals import MOST_CELLS, MOST_CHARACTERS, cell_too_long, too_many_cells
from automation.workbooks.google.requests import (
    Request,
    delete_rows,
    grow,
    height,
    paste,
    span,
    stretches,
    widen,
    write_requests,
)

LARGEST = 1_500_000
"""Bytes of one request; Google advises at most 2 MB."""
_PER_ROW, _PER_CELL = 400, 110
"""The most bytes that a row's entry and a cell take, besides text."""


def parts(plan: CommitPlan) -> list[CommitPlan]:
    """The plan in parts of at most LARGEST bytes.

    All changes of one owner are in one part, so a run that dies between two parts leaves each case done or not begun.
    Changes without an owner come next, and last, in one part, groups that stand or fall together and the pages, which
    only picture the rest.
    """
    headers = {change.title: change for change in plan.changes if change.is_header}
    changes = [change for change in plan.changes if not change.is_header]
    grouped = {change.owner for change in changes if change.group} - {""}
    bundles: dict[object, list[RowChange]] = {}
    together: list[RowChange] = []
    for i, change in enumerate(changes):
        owner = change.owner or change.terms.beside
        if change.group or owner in grouped:
            together.append(change)
        else:
            bundles.setdefault(owner or i, []).append(change)
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
    every = [CommitPlan(_in_order(one, headers), tabs=plan.tabs) for one in pieces]
    return [*every[:-1], replace(every[-1], routes=plan.routes, pages=plan.pages)]


def _weight(change: RowChange) -> int:
    texts = sum(
        6 * len(cell) if not cell.isascii() else len(cell) for cell in change.writes.values() if isinstance(cell, str)
    )
    return _PER_ROW + _PER_CELL * len(change.writes) + texts


def _in_order(changes: Sequence[RowChange], headers: Mapping[str, RowChange]) -> tuple[RowChange, ...]:
    titles = dict.fromkeys(change.title for change in changes)
    return (*(headers[title] for title in titles), *sorted(changes, key=lambda change: (change.title, change.row)))


def refuse_long(plan: CommitPlan) -> None:
    """Raises LedgerError, naming the cell, for text that is too long for Google."""
    everything = chain(
        ((change.title, change.row, change.writes) for change in plan.changes),
        ((title, row, cells) for title, rows in plan.pages.items() for row, cells in rows.items()),
    )
    for title, row, cells in everything:
        for column, cell in cells.items():
            if isinstance(cell, str) and len(cell) > MOST_CHARACTERS:
                raise cell_too_long(title, f"{column_letters(column)}{row}")


def send_part(
    sender: BatchSender, plan: CommitPlan, heights: Mapping[tuple[str, int], int], *, last: bool
) -> tuple[list[Entry], Before, list[Entry]]:
    """Send one batch, and return its entries, each row as it was before, and the entries that hit a wrong row.

    Raises Changed when nothing was done, Busy, LedgerError.
    """
    facts = sender.facts
    room = _room(facts, plan)
    entries = entries_for(facts, plan, FIRST)
    requests = [
        *_writes(facts, plan.changes),
        *_pages(facts, plan),
        *_moves(facts, plan, heights),
        *_taken_out(facts, plan),
    ]
    before = sender.send(Batch(entries, requests, room, last))
    for title, rows in _lowest(plan).items():
        sender.has_grown(title, rows)
    return entries, before, mismatched(entries, before)


def _lowest(plan: CommitPlan) -> dict[str, int]:
    found: dict[str, int] = {}
    for change in plan.changes:
        found[change.title] = max(found.get(change.title, 0), change.row)
    return found | {title: max(rows) for title, rows in plan.pages.items()}


def _room(facts: Facts, plan: CommitPlan) -> list[Request]:
    """Add the rows and columns that tabs lack. Raises LedgerError if that would exceed Google's limit on cells."""
    requests: list[Request] = []
    more = 0
    for title, rows in _lowest(plan).items():
        sheet = facts.sheets[title]
        columns = _farthest(plan, title)
        requests += [*grow(sheet, rows), *widen(sheet, columns)]
        more += max(rows, sheet.rows) * max(columns, sheet.columns) - sheet.rows * sheet.columns
    if facts.cells + more > MOST_CELLS:
        raise too_many_cells()
    return requests


def _farthest(plan: CommitPlan, title: str) -> int:
    """The last column of a tab in which something is written."""
    written_to = (column for change in plan.changes if change.title == title for column in change.writes)
    moved_to = (column for route in plan.routes if route.target == title for column in route.columns.values())
    on_page = (column for cells in plan.pages.get(title, {}).values() for column in cells)
    return max((*written_to, *moved_to, *on_page), default=1)


def _writes(facts: Facts, changes: Sequence[RowChange]) -> Iterator[Request]:
    by_title: dict[str, dict[int, dict[int, Cell]]] = {}
    for change in changes:
        if change.writes:
            by_title.setdefault(change.title, {}).setdefault(change.row, {}).update(change.writes)
    for title, rows in by_title.items():
        yield from write_requests(facts.sheets[title].sheet_id, rows)


def _pages(facts: Facts, plan: CommitPlan) -> Iterator[Request]:
    for title, rows in plan.pages.items():
        yield from write_requests(facts.sheets[title].sheet_id, rows)


def _moves(facts: Facts, plan: CommitPlan, heights: Mapping[tuple[str, int], int]) -> Iterator[Request]:
    """Have Google copy rows to their new places, then delete the old ones."""
    for route in plan.routes:
        source, target = facts.sheets[route.source], facts.sheets[route.target]
        pairs = sorted(
            (change.comes_from, change.row)
            for change in plan.changes
            if change.comes_from and change.title == route.target
        )
        for (first, to), count in stretches(pairs):
            for (column, goes_to), width in stretches(sorted(route.columns.items())):
                yield paste(
                    span(source.sheet_id, (first, first + count - 1), (column, column + width - 1)),
                    span(target.sheet_id, (to, to + count - 1), (goes_to, goes_to + width - 1)),
                )
        yield from _as_high(route, target, pairs, heights)
        yield from delete_rows(
            source.sheet_id, [change.row for change in plan.changes if change.goes and change.title == route.source]
        )


def _taken_out(facts: Facts, plan: CommitPlan) -> Iterator[Request]:
    """Delete the rows that go nowhere else in this spreadsheet."""
    moved = {route.source for route in plan.routes}
    rows: dict[str, list[int]] = {}
    for change in plan.changes:
        if change.goes and change.title not in moved:
            rows.setdefault(change.title, []).append(change.row)
    for title, theirs in rows.items():
        yield from delete_rows(facts.sheets[title].sheet_id, theirs)


def _as_high(
    route: Route, target: SheetFacts, pairs: Sequence[tuple[int, int]], heights: Mapping[tuple[str, int], int]
) -> Iterator[Request]:
    for row, to in pairs:
        if pixels := heights.get((route.source, row)):
            yield height(target.sheet_id, to, pixels)
