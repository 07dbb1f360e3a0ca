"""What a commit does, row by row: a `RowChange` names the row, what is written, and what must be there before.

The edits say who owns each row, what stands or falls together, and which cells guard it. This module only looks up what
those cells held when they were read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from automation.ledger.marks import Mark, mark
from automation.ledger.terms import refuse_contradictions
from automation.ledger.workbook import HEADER_ROW, Cell, RowMove, RowsOut, RowTerms, TabEdit, TabTerms
from automation.workbooks.google.reading import Cells


@dataclass(frozen=True)
class RowChange:
    """One row of a commit. Rows and columns count from 1. `guarded` has what columns must hold before it is written."""

    title: str
    row: int
    guarded: Mapping[int, Mark]
    writes: Mapping[int, Cell] = field(default_factory=dict)
    terms: RowTerms = field(default_factory=RowTerms)
    is_header: bool = False
    is_new: bool = False
    """Whether the row was empty when it was read."""
    goes: bool = False
    """Whether the row moves to another tab, or is taken out, so that the rows below close up."""
    unguarded: Mapping[int, Mark] = field(default_factory=dict)
    """What cells were read as that cannot guard the row, since Google shows them in two forms."""
    comes_from: int = 0
    """The row of the other tab that moves here, by its position before the move (0: none)."""

    @property
    def owner(self) -> str:
        return self.terms.owner

    @property
    def group(self) -> str:
        return self.terms.group


@dataclass(frozen=True)
class Route:
    """The tabs between which rows move, and source column → target column."""

    source: str
    target: str
    columns: Mapping[int, int]


@dataclass(frozen=True)
class CommitPlan:
    """All row changes of a commit, tab by tab from the top down, with moves, pages, and the terms of each tab.

    No row of a page belongs to a case: rows there are neither looked up nor logged, and no case is undone because
    of them. If a cell lands in a wrong place, the next run corrects it.
    """

    changes: tuple[RowChange, ...]
    routes: tuple[Route, ...] = ()
    pages: Mapping[str, RowsOfCells] = field(default_factory=dict)
    tabs: Mapping[str, TabTerms] = field(default_factory=dict)


RowsOfCells = Mapping[int, Mapping[int, Cell]]
"""Row → column → value."""


def plan_commit(
    cells: Cells, edits: Sequence[TabEdit], moves: Sequence[RowMove], out: Sequence[RowsOut] = ()
) -> CommitPlan:
    """The plan of these edits and moves, and of what is taken out. It also guards the headers of each tab that it touches.

    Raises ValueError for edits that contradict each other, and for an edit of one of our tabs without terms.
    """
    refuse_contradictions(edits, moves)
    if unsaid := [edit.title for edit in edits if edit.terms is None and edit.title in cells.placed]:
        raise ValueError(f"{unsaid[0]} is no page, so its rows must have terms")
    tables = [edit for edit in edits if edit.terms is not None]
    going = {(move.source, row) for move in moves for row in move.rows}
    going |= {(one.title, row) for one in out for row in one.rows}
    coming = {(move.target, to): row for move in moves for row, to in zip(move.rows, move.to, strict=True)}
    changes = [
        replace(change, goes=place in going, comes_from=coming.get(place, 0))
        for change in sorted(_changes(cells, tables), key=lambda one: (one.title, one.row))
        for place in [(change.title, change.row)]
    ]
    headers = [_headers(cells, title) for title in dict.fromkeys(change.title for change in changes)]
    routes = tuple(Route(move.source, move.target, move.columns) for move in moves)
    tabs = {edit.title: edit.terms for edit in tables if edit.terms is not None}
    pages = {edit.title: by_row(edit) for edit in edits if edit.terms is None}
    return CommitPlan((*headers, *changes), routes, pages, tabs)


def _changes(cells: Cells, edits: Iterable[TabEdit]) -> Iterator[RowChange]:
    for edit in edits:
        assert edit.terms is not None
        writes = by_row(edit)
        for row, terms in edit.terms.rows.items():
            line = cells.line(edit.title, row)
            is_new = not any(cell != "" for cell in line)
            columns = edit.terms.blank if is_new else edit.terms.guarded
            guarded = {column: mark(line[column - 1]) if column <= len(line) else "" for column in columns}
            loose = set() if is_new else _in_two_forms(cells, edit, terms.owner)
            yield RowChange(
                edit.title,
                row,
                {column: found for column, found in guarded.items() if column not in loose},
                writes.get(row, {}),
                terms,
                is_new=is_new,
                unguarded={column: found for column, found in guarded.items() if column in loose},
            )


def _in_two_forms(cells: Cells, edit: TabEdit, owner: str) -> set[int]:
    """The columns of a case whose cells cannot guard its row; never that of its number."""
    if edit.terms is None or not edit.terms.number_at or owner not in cells.restless:
        return set()
    headers = enumerate(cells.line(edit.title, HEADER_ROW), start=1)
    return {at for at, header in headers if header in cells.restless[owner].columns} - {edit.terms.number_at}


def by_row(edit: TabEdit) -> dict[int, dict[int, Cell]]:
    """What an edit writes, row by row."""
    rows: dict[int, dict[int, Cell]] = {}
    for column in edit.columns:
        for row, value in zip(column.rows, column.values, strict=True):
            rows.setdefault(row, {})[column.column] = value
    return rows


def _headers(cells: Cells, title: str) -> RowChange:
    """Guards the headers as they were read, so that a column inserted or deleted meanwhile is noticed."""
    marks = {column: mark(cell) for column, cell in enumerate(cells.line(title, HEADER_ROW), start=1)}
    return RowChange(title, HEADER_ROW, marks, is_header=True)
