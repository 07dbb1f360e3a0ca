"""Builds the repair of rows that a commit changed by mistake.

It finds where each row is now and which of its cells still hold what the commit put there, and restores those.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from automation.ledger.marks import Mark, mark
from automation.ledger.workbook import HEADER_ROW
from automation.workbooks.google.commit.undo_log import SHIFT, Entry, UndoLog, brief
from automation.workbooks.google.reading import UNDO_LOG_TAB, Cells, Facts, SheetFacts
from automation.workbooks.google.requests import Request, insert_row, paste, span
from automation.workbooks.google.values import digest

ENOUGH_TO_TELL = 2
"""How many cells must hold what was written to identify a row without a number that was changed since."""
RowMarks = Mapping[int, Mark]
"""Column → mark of the cell, without blank cells."""


@dataclass(frozen=True)
class Repair:
    """A repair: the requests, and for each cell or row that they touch an entry of its own."""

    touched: list[Entry] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)


@dataclass(frozen=True)
class _Tab:
    """One tab as it is now. `then` are the headers that the commit found, `meant` is its entry of those it expected."""

    sheet: SheetFacts
    rows: Mapping[int, RowMarks]
    then: RowMarks
    meant: Entry | None

    def place(self, column: int, entry: Entry) -> int:
        """Where a column of the entry's batch is now, identified by its header."""
        if entry.batch or self.then == self.rows.get(HEADER_ROW, {}):
            return column
        label = self.then.get(column, "")
        now = {found: at for at, found in self.rows.get(HEADER_ROW, {}).items()}
        return now.get(label, column) if label != "" else column

    def number_now(self, entry: Entry) -> int:
        """The column in which the numbers are now; 0 if rows have none."""
        return self.place(self.number_then(entry), entry)

    def number_then(self, entry: Entry) -> int:
        """The column in which the numbers were during the entry's batch; 0 if rows have none."""
        if entry.batch or not entry.number_at or self.meant is None:
            return entry.number_at
        label = self.meant.writes.get(entry.number_at, "")
        return next((at for at, found in self.then.items() if brief(found) == label), entry.number_at)

    def brief(self, line: RowMarks) -> dict[int, Mark]:
        """The row, only as wide as the undo log's copies, which lack what a new column pushed further right."""
        width = self.meant.width if self.meant is not None else 0
        return {column: brief(found) for column, found in line.items() if not width or column <= width}


def put_right(entries: Sequence[Entry], log: UndoLog, cells: Cells, facts: Facts) -> Repair:
    """The repair of these entries."""
    tabs = {sheet.sheet_id: _tab(sheet, cells, log) for sheet in facts.sheets.values() if sheet.title in cells.grids}
    undo_log, made, right = facts.sheets[UNDO_LOG_TAB].sheet_id, _made(log), Repair()
    back: list[Entry] = []
    for entry in entries:
        tab, line = tabs.get(entry.sheet_id), log.line(entry)
        if tab is None or entry.is_header:
            continue
        if entry.goes:
            back += [] if _is_back(entry, line, tab) else [entry]
            continue
        after = made[entry.batch, entry.sheet_id, entry.row]
        for row in _rows_holding(entry, line, after, tab):
            for column, place in _to_restore(entry, line, after, tab, row).items():
                right.touched.append(_touching(entry, {place: line.get(column, "")}, row, tab))
                right.requests.append(
                    paste(
                        span(undo_log, (entry.at, entry.at), (column + SHIFT, column + SHIFT)),
                        span(entry.sheet_id, (row, row), (place, place)),
                    )
                )
    for entry in sorted(back, key=lambda one: (one.sheet_id, -one.row)):
        sheet = tabs[entry.sheet_id].sheet
        right.touched.append(Entry(0, entry.sheet_id, min(entry.row, sheet.rows), (), digest([]), undoes=entry.at))
        right.requests.extend(_put_in_again(entry, sheet, undo_log))
    numbered, batch = enumerate(right.touched, start=log.free), log.next_batch
    return Repair([replace(one, at=at, batch=batch) for at, one in numbered], right.requests)


def _put_in_again(entry: Entry, sheet: SheetFacts, undo_log: int) -> list[Request]:
    """Put back a whole row that was moved by mistake, about where it was."""
    row = min(entry.row, sheet.rows)
    return [
        insert_row(sheet.sheet_id, row),
        paste(
            span(undo_log, (entry.at, entry.at), (1 + SHIFT, sheet.columns + SHIFT)),
            span(sheet.sheet_id, (row, row), (1, sheet.columns)),
        ),
    ]


def _tab(sheet: SheetFacts, cells: Cells, log: UndoLog) -> _Tab:
    rows = {}
    for row, line in enumerate(cells.grids[sheet.title].rows, start=1):
        marks = {column: mark(cell) for column, cell in enumerate(line, start=1)}
        rows[row] = {column: found for column, found in marks.items() if found != ""}
    meant = next((one for one in log.entries if one.is_header and one.sheet_id == sheet.sheet_id), None)
    return _Tab(sheet, rows, log.line(meant) if meant is not None else rows.get(HEADER_ROW, {}), meant)


def _made(log: UndoLog) -> dict[tuple[int, int, int], dict[int, Mark]]:
    """Each row as a batch left it, shortened by `brief`, by batch, tab and row: cells were written, then rows moved."""
    rows: dict[tuple[int, int, int], dict[int, Mark]] = {}
    for entry in log.entries:
        place = (entry.batch, entry.sheet_id, entry.row)
        line = rows.setdefault(place, {c: brief(found) for c, found in log.line(entry).items()})
        line.update({} if entry.is_header else entry.writes)
    by_at = {entry.at: entry for entry in log.entries}
    for entry in log.entries:
        if entry.pair:
            pair = by_at[entry.pair]
            theirs = rows[pair.batch, pair.sheet_id, pair.row]
            ours = rows[entry.batch, entry.sheet_id, entry.row]
            ours.update({column: theirs.get(source, "") for column, source in entry.columns.items()})
    return {place: {c: found for c, found in line.items() if found != ""} for place, line in rows.items()}


def _rows_holding(entry: Entry, before: RowMarks, after: RowMarks, tab: _Tab) -> list[int]:
    """The rows that hold what the commit left behind.

    They are found by their number (or their old number, if it is restored already), else by their whole content, else
    among rows without a number by the cells that were written.
    """
    expected = {tab.place(column, entry): found for column, found in after.items()}
    number_at = tab.number_now(entry)
    number = expected.get(number_at, "")
    whole = [row for row, line in tab.rows.items() if tab.brief(line) == tab.brief(expected)]
    if number != "":
        of_now = [row for row, line in tab.rows.items() if line.get(number_at) == number]
        of_then = before.get(tab.number_then(entry), "")
        same = of_now or [row for row, line in tab.rows.items() if of_then != "" and line.get(number_at) == of_then]
        return [row for row in same if row in whole] or same
    if whole:
        return whole
    written = {tab.place(column, entry): after[column] for column in _touched(entry) if column in after}
    if len(written) < ENOUGH_TO_TELL:
        return []
    return [
        row
        for row, line in tab.rows.items()
        if not line.get(number_at, "") and all(brief(line.get(c, "")) == v for c, v in written.items())
    ]


def _touched(entry: Entry) -> set[int]:
    return {*entry.writes, *entry.columns}


def _to_restore(entry: Entry, before: RowMarks, after: RowMarks, tab: _Tab, row: int) -> dict[int, int]:
    """The columns whose cells still hold what the commit put there, and their positions now."""
    found = {}
    in_place = tab.number_then(entry) == entry.number_at and before.get(entry.number_at, "") == ""
    keeps = entry.number_at if entry.gets_number and in_place else 0
    for column in sorted(_touched(entry) - {keeps}):
        place = tab.place(column, entry)
        ours = after.get(column, "")
        if brief(tab.rows[row].get(place, "")) == ours and brief(before.get(column, "")) != ours:
            found[column] = place
    return found


def _touching(entry: Entry, given_back: RowMarks, row: int, tab: _Tab) -> Entry:
    """The entry of a cell that is about to be restored.

    It guards the cell itself and what identifies the row: its number or, without one, its whole content. Other cells
    may change meanwhile.
    """
    now, number_at = tab.rows[row], tab.number_now(entry)
    ((column, value),) = given_back.items()
    known = number_at if now.get(number_at, "") != "" else 0
    guarded = sorted({known, column}) if known else range(1, max([*now, column], default=column) + 1)
    expected = digest([now.get(one, "") for one in guarded])
    return Entry(
        at=0,
        sheet_id=entry.sheet_id,
        row=row,
        guarded=tuple(guarded),
        expected_digest=expected,
        writes={column: brief(value)},
        number_at=number_at,
        undoes=entry.at,
    )


def _is_back(entry: Entry, before: RowMarks, tab: _Tab) -> bool:
    """Whether a row that was moved by mistake is back in its tab, or was blank."""
    then = tab.number_then(entry)
    number = before.get(then, "")
    if number != "":
        at = tab.place(then, entry)
        return any(line.get(at) == number for line in tab.rows.values())
    return not before or any(dict(line) == dict(before) for line in tab.rows.values())
