"""Builds the repair of rows that a commit changed by mistake.

It finds where each row is now and which of its cells still hold what the commit put there, and restores those. In every
batch, also one that repairs, columns are known by the headers that they had in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from automation.ledger.marks import Mark, mark
from automation.ledger.workbook import HEADER_ROW
from automation.workbooks.google.commit.undo_log import SHIFT, Entry, UndoLog, brief
from automation.workbooks.google.reading import UNDO_LOG_TAB, Cells, Facts, SheetFacts
from automation.workbooks.google.requests import Request, delete_rows, insert_row, paste, span, stretches
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
    """One tab as it is now, and its headers in each batch: `meant` as expected, `then` as they were, `left` after it."""

    sheet: SheetFacts
    rows: Mapping[int, RowMarks]
    meant: Mapping[int, Entry]
    then: Mapping[int, RowMarks]
    left: Mapping[int, RowMarks]

    @cached_property
    def headers(self) -> RowMarks:
        return self.rows.get(HEADER_ROW, {})

    def place(self, column: int, batch: int) -> int:
        """Where a column of this batch is now, by the header it had after it; 0 if it is gone or cannot be told."""
        return self._place(column, self.left.get(batch, self.headers))

    def _place(self, column: int, then: RowMarks) -> int:
        """Columns with the same header, or none, are told apart by their order, if there are as many of them as then."""
        now = self.headers
        last_then, last_now = max(then, default=0), max(now, default=0)
        if then == now or column > last_then:
            return column + last_now - last_then
        places = self.alike(then.get(column, ""))
        alike = [at for at in range(1, last_then + 1) if then.get(at, "") == then.get(column, "")]
        return places[alike.index(column)] if len(alike) == len(places) else 0

    def alike(self, label: Mark) -> list[int]:
        """The columns that have this header now, up to the last that has any."""
        return [at for at in range(1, max(self.headers, default=0) + 1) if self.headers.get(at, "") == label]

    def place_of_ours(self, column: int, batch: int, ours: Mark, row: int) -> int:
        """Where a cell of this batch is now; if its column cannot be told by its header, by what the batch put into it."""
        place = self.place(column, batch)
        if place or ours == "":
            return place
        label, line = self.left.get(batch, self.headers).get(column, ""), self.rows[row]
        places = [at for at in self.alike(label) if brief(line.get(at, "")) == ours]
        if len(places) == 1:
            return places[0]
        return self._place(column, self.then.get(batch, self.headers))  # the batch's own new header may be gone again

    def placed(self, line: RowMarks, batch: int) -> dict[int, Mark]:
        """The cells of a row of this batch by the columns that they would have now."""
        found = {self.place(column, batch): cell for column, cell in line.items()}
        return {column: cell for column, cell in found.items() if column}

    def number_now(self, entry: Entry) -> int:
        """The column in which the numbers are now; 0 if rows have none."""
        return self.place(self.number_then(entry), entry.batch)

    def number_then(self, entry: Entry) -> int:
        """The column in which the numbers were during the entry's batch; 0 if rows have none."""
        meant = self.meant.get(entry.batch)
        if not entry.number_at or meant is None:
            return entry.number_at
        label = meant.writes.get(entry.number_at, "")
        then = self.then[entry.batch]
        return next((at for at, found in then.items() if brief(found) == label), entry.number_at)

    def brief(self, line: RowMarks, batch: int) -> dict[int, Mark]:
        """The row, only as wide as the undo log's copies, which lack what a new column pushed further right."""
        width = self.meant[batch].width if batch in self.meant else 0
        return {column: brief(found) for column, found in line.items() if not width or column <= width}

    def header_entry(self) -> Entry:
        """The entry by which a batch that repairs this tab shows whether its columns were still where they are now."""
        guarded = range(1, max(self.headers, default=0) + 1)
        expected = digest([self.headers.get(column, "") for column in guarded])
        at = max((meant.number_at for meant in self.meant.values()), default=0)
        first = min(self.meant, default=0)
        now = self.place(self.number_then(self.meant[first]), first) if at else 0
        return Entry(
            at=0,
            sheet_id=self.sheet.sheet_id,
            row=HEADER_ROW,
            guarded=tuple(guarded),
            expected_digest=expected,
            writes={now: brief(self.headers.get(now, ""))} if now else {},
            number_at=now,
            is_header=True,
            width=self.sheet.columns,
        )


def put_right(entries: Sequence[Entry], log: UndoLog, cells: Cells, facts: Facts) -> Repair:
    """The repair of these entries."""
    tabs = {sheet.sheet_id: _tab(sheet, cells, log) for sheet in facts.sheets.values() if sheet.title in cells.grids}
    undo_log, made, right = facts.sheets[UNDO_LOG_TAB].sheet_id, _made(log), Repair()
    back: list[Entry] = []
    mistaken: list[Entry] = []
    touched: set[int] = set()
    for entry in entries:
        tab, line = tabs.get(entry.sheet_id), log.line(entry)
        if tab is None or entry.is_header:
            continue
        if entry.put_in:
            mistaken += _to_take_out(entry, tab)
            continue
        if entry.goes:
            back += [] if _is_back(entry, line, tab) else [entry]
            continue
        after = made[entry.batch, entry.sheet_id, entry.row]
        for row in _rows_holding(entry, line, after, tab):
            for column, place in _to_restore(entry, line, after, tab, row).items():
                touched.add(entry.sheet_id)
                right.touched.append(_touching(entry, {place: line.get(column, "")}, row, tab))
                right.requests.append(
                    paste(
                        span(undo_log, (entry.at, entry.at), (column + SHIFT, column + SHIFT)),
                        span(entry.sheet_id, (row, row), (place, place)),
                    )
                )
    # Rows that a repair put in under wrong headers go first, alone, since rows that come and go move all others.
    for entry in sorted(mistaken or back, key=lambda one: (one.sheet_id, -one.row)):
        tab = tabs[entry.sheet_id]
        touched.add(entry.sheet_id)
        right.touched.append(entry if mistaken else _put_in(entry, log.line(entry), tab))
        right.requests.extend(delete_rows(entry.sheet_id, [entry.row]) if mistaken else _again(entry, tab, undo_log))
    every = [*(tabs[sheet_id].header_entry() for sheet_id in sorted(touched)), *right.touched]
    numbered, batch = enumerate(every, start=log.free), log.next_batch
    return Repair([replace(one, at=at, batch=batch) for at, one in numbered], right.requests)


def _put_in(entry: Entry, before: RowMarks, tab: _Tab) -> Entry:
    """The entry of a row that is about to be put back."""
    return Entry(
        at=0,
        sheet_id=entry.sheet_id,
        row=min(entry.row, tab.sheet.rows),
        guarded=(),
        expected_digest=digest([]),
        writes={column: brief(found) for column, found in tab.placed(before, entry.batch).items()},
        undoes=entry.at,
        put_in=True,
    )


def _to_take_out(entry: Entry, tab: _Tab) -> list[Entry]:
    """The entries of rows to delete: those that a repair put in, and that nobody has touched since."""
    expected = tab.placed(entry.writes, entry.batch)
    return [_taking_out(entry, row, line) for row, line in tab.rows.items() if tab.brief(line, entry.batch) == expected]


def _taking_out(entry: Entry, row: int, line: RowMarks) -> Entry:
    columns = tuple(range(1, max(line) + 1))
    return Entry(
        at=0,
        sheet_id=entry.sheet_id,
        row=row,
        guarded=columns,
        expected_digest=digest([line.get(one, "") for one in columns]),
        goes=True,
        undoes=entry.at,
    )


def _again(entry: Entry, tab: _Tab, undo_log: int) -> list[Request]:
    """Put back a whole row that was moved by mistake, about where it was, each cell under its header."""
    sheet = tab.sheet
    row = min(entry.row, sheet.rows)
    width = max(sheet.columns, *tab.then.get(entry.batch, {}), 1)
    places = {column: tab.place(column, entry.batch) for column in range(1, width + 1)}
    last = max(
        sheet.columns, *tab.headers, 1
    )  # headers are read after sizes, and somebody may just have put in a column
    return [
        insert_row(sheet.sheet_id, row),
        *(
            paste(
                span(undo_log, (entry.at, entry.at), (column + SHIFT, column + SHIFT + width - 1)),
                span(sheet.sheet_id, (row, row), (place, place + width - 1)),
            )
            for (column, place), width in stretches([pair for pair in places.items() if 0 < pair[1] <= last])
        ),
    ]


def _tab(sheet: SheetFacts, cells: Cells, log: UndoLog) -> _Tab:
    rows = {}
    for row, line in enumerate(cells.grids[sheet.title].rows, start=1):
        marks = {column: mark(cell) for column, cell in enumerate(line, start=1)}
        rows[row] = {column: found for column, found in marks.items() if found != ""}
    meant = {one.batch: one for one in log.entries if one.is_header and one.sheet_id == sheet.sheet_id}
    then = {batch: log.line(one) for batch, one in meant.items()}
    return _Tab(sheet, rows, meant, then, {batch: _left(line, sheet, batch, log) for batch, line in then.items()})


def _left(then: RowMarks, sheet: SheetFacts, batch: int, log: UndoLog) -> RowMarks:
    """A tab's headers after a batch, which may write some itself."""
    made = [
        one.writes
        for one in log.entries
        if (one.batch, one.sheet_id, one.row) == (batch, sheet.sheet_id, HEADER_ROW) and not one.is_header
    ]
    line = dict(then)
    for writes in made:
        line.update(writes)
    return {column: found for column, found in line.items() if found != ""}


def _made(log: UndoLog) -> dict[tuple[int, int, int], dict[int, Mark]]:
    """Each row as a batch left it, shortened by `brief`, by batch, tab and row: cells were written, then rows moved."""
    rows: dict[tuple[int, int, int], dict[int, Mark]] = {}
    for entry in log.entries:
        place = (entry.batch, entry.sheet_id, entry.row)
        line = rows.setdefault(place, {c: brief(found) for c, found in log.line(entry).items()})
        # A row that is put in moves the one that was there further down, and writes nothing into it.
        line.update({} if entry.is_header or entry.put_in else entry.writes)
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
    expected = tab.placed(after, entry.batch)
    number_at = tab.number_now(entry)
    number = expected.get(number_at, "")
    whole = [row for row, line in tab.rows.items() if tab.brief(line, entry.batch) == tab.brief(expected, entry.batch)]
    if number != "":
        of_now = [row for row, line in tab.rows.items() if line.get(number_at) == number]
        of_then = before.get(tab.number_then(entry), "")
        same = of_now or [row for row, line in tab.rows.items() if of_then != "" and line.get(number_at) == of_then]
        return [row for row in same if row in whole] or same
    if whole:
        return whole
    written = tab.placed({column: after[column] for column in _touched(entry) if column in after}, entry.batch)
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
        ours = after.get(column, "")
        place = tab.place_of_ours(column, entry.batch, ours, row)
        if place and brief(tab.rows[row].get(place, "")) == ours and brief(before.get(column, "")) != ours:
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
        at = tab.place(then, entry.batch)
        return any(line.get(at) == number for line in tab.rows.values())
    expected = tab.placed(before, entry.batch)
    return not before or any(dict(line) == expected for line in tab.rows.values())
