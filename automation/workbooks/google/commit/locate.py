"""Finds where the rows of a plan are now, just before the commit (docs/design.md#p9.2).

This leaves people only a fraction of a second to sort or insert rows unnoticed. If they do, the commit's undo log shows
it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from automation.ledger.cell_names import column_letters
from automation.ledger.marks import Mark, mark
from automation.ledger.workbook import HEADER_ROW, Changed
from automation.workbooks.google.client import Transport
from automation.workbooks.google.commit.row_changes import CommitPlan, RowChange
from automation.workbooks.google.reading import Cells, quoted
from automation.workbooks.google.refusals import Refused
from automation.workbooks.google.values import mark_of

RowsOfMarks = Mapping[int, Mapping[int, Mark]]
"""Row → column → mark of the cell, without blank cells."""

_CELLS = "data(startRow,startColumn,rowData(values(userEnteredValue)))"
_WITH_HEIGHTS = "data(startRow,startColumn,rowData(values(userEnteredValue)),rowMetadata(pixelSize))"


@dataclass(frozen=True)
class Found:
    """The plan with its rows where they are now.

    `lost` are the owners left out because a row of theirs cannot be found for certain. `heights` has the height of rows
    in pixels, by tab and row, if any rows move.
    """

    plan: CommitPlan
    lost: frozenset[str]
    heights: Mapping[tuple[str, int], int]


def look_up_rows(transport: Transport, key: str, cells: Cells, plan: CommitPlan) -> Found:
    """Look every row up, in one call; in none if the plan only touches tabs where nobody works.

    Raises Changed when a tab's headers are no longer as they were read.
    """
    asked = [title for title in dict.fromkeys(change.title for change in plan.changes) if plan.tabs[title].found_by]
    if not asked:
        return Found(plan, frozenset(), {})
    ranges = [one for title in asked for one in _ranges(title, plan.tabs[title].found_by)]
    fields = f"sheets(properties(title),{_WITH_HEIGHTS if plan.routes else _CELLS})"
    try:
        reply = transport.read(key, ranges=ranges, fields=fields).json()
    except Refused as refused:  # a tab was renamed or deleted
        raise Changed from refused
    now = {sheet["properties"]["title"]: sheet.get("data", []) for sheet in reply.get("sheets", ())}
    changes: list[RowChange] = []
    lost: set[str] = set()
    went: dict[int, int] = {}
    by_title: dict[str, list[RowChange]] = defaultdict(list)
    for change in plan.changes:
        by_title[change.title].append(change)
    for title, own in by_title.items():
        if title not in asked:
            changes += own
            continue
        if title not in now or _header(rows_in(now[title][:1])) != _header(_as_read(cells, title, HEADER_ROW)):
            raise Changed
        places = _places(cells, plan.tabs[title].found_by, rows_in(now[title]), own)
        changes += [replace(change, row=row) for change, row in zip(own, places, strict=True) if row is not None]
        lost |= {change.owner for change, row in zip(own, places, strict=True) if row is None}
        went |= {change.row: row for change, row in zip(own, places, strict=True) if change.goes and row is not None}
    left = tuple(
        replace(change, comes_from=went[change.comes_from]) if change.comes_from else change
        for change in without(changes, lost)
    )
    heights = {(title, row): high for title, data in now.items() for row, high in _heights(data)}
    gone = {change.owner for change in plan.changes} - {change.owner for change in left}
    return Found(replace(plan, changes=left), frozenset(gone - {""}), heights)


def without(changes: Iterable[RowChange], owners: Iterable[str]) -> tuple[RowChange, ...]:
    """The changes that remain without these owners.

    A group or start that contains a change of theirs falls as a whole, and so do all changes of its other owners.
    """
    left, gone = tuple(changes), set(owners) - {""}
    while True:
        fallen = {name for change in left if change.owner in gone for name in _bonds(change)}
        more = {change.owner for change in left if fallen & _bonds(change)} - gone - {""}
        left = tuple(change for change in left if change.owner not in gone and not fallen & _bonds(change))
        if not more:
            return left
        gone = more


def _bonds(change: RowChange) -> set[str]:
    """The group and the start with which this change stands or falls."""
    return {change.terms.group, change.terms.start} - {""}


def rows_in(data: Iterable[Mapping[str, Any]]) -> dict[int, dict[int, Mark]]:
    """All cells in the `data` of a reply, as marks."""
    rows: dict[int, dict[int, Mark]] = {}
    for part in data:
        first_row, first_column = part.get("startRow", 0) + 1, part.get("startColumn", 0) + 1
        for row, line in enumerate(part.get("rowData", ()), start=first_row):
            for column, cell in enumerate(line.get("values", ()), start=first_column):
                found = mark_of(cell)
                if found != "":
                    rows.setdefault(row, {})[column] = found
    return rows


def _heights(data: Sequence[Mapping[str, Any]]) -> Iterable[tuple[int, int]]:
    for part in data[1:]:
        for row, about in enumerate(part.get("rowMetadata", ()), start=part.get("startRow", 0) + 1):
            yield row, int(about.get("pixelSize", 0))


def _ranges(title: str, found_by: Sequence[int]) -> tuple[str, str]:
    """The ranges of the headers, and of what identifies rows: one column, or all."""
    letter = column_letters(found_by[0]) if len(found_by) == 1 else ""
    body = f"{quoted(title)}!{letter}:{letter}" if letter else quoted(title)
    return f"{quoted(title)}!{HEADER_ROW}:{HEADER_ROW}", body


def _as_read(cells: Cells, title: str, row: int) -> RowsOfMarks:
    line = enumerate(cells.line(title, row), start=1)
    return {row: {column: found for column, cell in line if (found := mark(cell)) != ""}}


def _header(rows: RowsOfMarks) -> Mapping[int, Mark]:
    return rows.get(HEADER_ROW, {})


def _places(cells: Cells, columns: Sequence[int], now: RowsOfMarks, changes: Sequence[RowChange]) -> list[int | None]:
    """Where each changed row of a tab is now, identified by these columns; None where that is unclear."""
    title = changes[0].title
    count = len(cells.grids[title].rows)
    before = {row: name for row in range(1, count + 1) if any(name := _name_as_read(cells, title, row, columns))}
    after = {row: name for row, line in now.items() if any(name := tuple(line.get(c, "") for c in columns))}
    if before == after:
        return [change.row for change in changes]
    rows_before, rows_after = _rows_named(before), _rows_named(after)
    grown = max(after, default=HEADER_ROW) - max(before, default=HEADER_ROW)
    return [_place(change, before, rows_before, rows_after, grown) for change in changes]


def _place(
    change: RowChange,
    before: Mapping[int, tuple[Mark, ...]],
    rows_before: Mapping[tuple[Mark, ...], list[int]],
    rows_after: Mapping[tuple[Mark, ...], list[int]],
    grown: int,
) -> int | None:
    """Where a row is now: a new one after the last row, any other where its name is.

    Rows with the same name are matched in order, if there are still as many of them.
    """
    if change.is_header:
        return change.row
    if change.is_new:
        return change.row + grown
    if change.row not in before:
        return None
    name = before[change.row]
    then, today = rows_before[name], rows_after.get(name, [])
    return today[then.index(change.row)] if len(then) == len(today) else None


def _name_as_read(cells: Cells, title: str, row: int, columns: Sequence[int]) -> tuple[Mark, ...]:
    line = cells.line(title, row)
    return tuple(mark(line[column - 1]) if column <= len(line) else "" for column in columns)


def _rows_named(names: Mapping[int, tuple[Mark, ...]]) -> dict[tuple[Mark, ...], list[int]]:
    rows: dict[tuple[Mark, ...], list[int]] = defaultdict(list)
    for row, name in sorted(names.items()):
        rows[name].append(row)
    return rows
