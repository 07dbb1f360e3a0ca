"""Putting right what a commit did to rows that changed under it: "all of that row's changes are undone" (design, section 5).

What stood there before is in the journal. Each row is looked for as the commit left it, since it may have moved again, and gets
back only cells that still hold what the commit wrote: what somebody typed since then stays. A row that went to another tab
by mistake is put back whole. This, too, is a guarded batch, so it is looked at in the same way, until all is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from automation.workbooks.base import Changed, Undone
from automation.workbooks.sheets.batches import Batches, Doing
from automation.workbooks.sheets.building import Request, emptied, pasted, runs, span, with_row
from automation.workbooks.sheets.journaling import (
    SHIFT,
    Before,
    Entry,
    brief,
    entry_of,
    mismatched,
    together,
)
from automation.workbooks.sheets.reading import JOURNAL_TAB, Cells, Facts, SheetFacts, read_cells, read_facts
from automation.workbooks.sheets.refusals import busy
from automation.workbooks.sheets.transport import Transport
from automation.workbooks.sheets.values import Mark, digest, mark
from sheet_schema import NOTICES

TRIES = 6
"""How often in a row somebody may move lines while they are put right; then the next run goes on with it."""
Line = Mapping[int, Mark]


def unsettled(cells: Cells, facts: Facts) -> tuple[list[Entry], Before]:
    """The entries in the journal whose row was not the one that was meant, and all that stand or fall with them: what a run
    that died did not put right. None, where all is well."""
    entries: list[Entry] = []
    before: dict[int, dict[int, Mark]] = {}
    for at, line in enumerate(cells.journal, start=1):
        entry = entry_of(line[0], at) if line else None
        if entry is not None:
            entries.append(entry)
            marks = {column: mark(cell) for column, cell in enumerate(line[SHIFT:], start=1)}
            before[at] = {column: found for column, found in marks.items() if found != ""}
    which, _ = undone(entries, mismatched(entries, before), notices_id(cells, facts))
    return which, before


def undone(entries: Sequence[Entry], wrong: Sequence[Entry], notices: int) -> tuple[list[Entry], Undone]:
    """Which entries have to be undone because these were wrong, and what that means. Claims of cases that were left out
    are not: whoever sends mails makes them void. `notices` is the sheet id of Notices."""
    if not wrong:
        return [], Undone()
    found = together(entries, wrong)
    which = [entry for entry in found if entry.sheet_id != notices or entry in wrong]
    claims = any(entry.sheet_id == notices for entry in wrong)
    return which, Undone(frozenset(entry.case_no for entry in found) - {""}, claims)


def undo(transport: Transport, key: str, batches: Batches, wrong: Sequence[Entry], before: Before) -> None:
    """Undo these entries. Only under the lock. Raises Busy when rows keep moving; then the journal still knows."""
    left, first = list(wrong), max(before, default=1) + 1
    for _ in range(TRIES):
        facts = read_facts(transport, key)
        cells = read_cells(transport, key, facts, to_be_sure=False)
        batches.facts = facts
        found, requests = _put_right(left, before, cells, facts, first)
        settled = _settled(left, facts)
        try:
            shown = batches.send(Doing(found, [*requests, *settled]))
        except Changed:
            continue
        before = {**before, **shown}
        left = mismatched(found, shown)
        if not left:
            return
        first = found[-1].at + 1
    raise busy()


def _settled(entries: Sequence[Entry], facts: Facts) -> Iterator[Request]:
    """These entries need no looking at any more: others take their place in the journal."""
    journal = facts.sheets[JOURNAL_TAB].sheet_id
    for first, last in runs(sorted(entry.at for entry in entries)):
        yield emptied(span(journal, (first, last), (1, 1)))


def _put_right(
    entries: Sequence[Entry], before: Before, cells: Cells, facts: Facts, first: int
) -> tuple[list[Entry], list[Request]]:
    """The rows that are touched as new entries from row `first` of the journal on, and what is done to them."""
    by_id = {sheet.sheet_id: sheet for sheet in facts.sheets.values()}
    lines = {
        sheet_id: _lines(cells, by_id[sheet_id])
        for sheet_id in {one.sheet_id for one in entries} & set(by_id)
    }
    headers = {entry.sheet_id: before.get(entry.at, {}) for entry in entries if entry.is_header}
    journal = facts.sheets[JOURNAL_TAB].sheet_id
    touched: list[Entry] = []
    requests: list[Request] = []
    back: list[tuple[int, SheetFacts, int]] = []
    for entry in entries:
        if entry.sheet_id not in lines or entry.is_header:
            continue
        sheet, rows = by_id[entry.sheet_id], lines[entry.sheet_id]
        moved = _moved_columns(headers.get(entry.sheet_id), rows.get(1, {}))
        if entry.goes:
            if not _is_back(entry, before.get(entry.at, {}), rows, moved):
                back.append((min(entry.row, sheet.rows), sheet, entry.at))
            continue
        after = _after(entry, before)
        for row in _rows_holding(entry, after, rows, moved):
            columns = _to_restore(entry, before.get(entry.at, {}), after, rows[row], moved)
            if columns:
                at = first + len(touched)
                touched.append(_touching(entry, before.get(entry.at, {}), at, row, rows[row], columns))
                requests += [
                    pasted(
                        span(journal, (entry.at, entry.at), (ours + SHIFT, ours + SHIFT)),
                        span(sheet.sheet_id, (row, row), (theirs, theirs)),
                    )
                    for ours, theirs in columns.items()
                ]
    for row, sheet, at in sorted(back, key=lambda one: (one[1].sheet_id, -one[0])):
        requests += [
            with_row(sheet.sheet_id, row),
            pasted(
                span(journal, (at, at), (1 + SHIFT, sheet.columns + SHIFT)),
                span(sheet.sheet_id, (row, row), (1, sheet.columns)),
            ),
        ]
    return touched, requests


def _lines(cells: Cells, sheet: SheetFacts) -> dict[int, dict[int, Mark]]:
    rows = {}
    for row, line in enumerate(cells.grids[sheet.title].rows, start=1):
        marks = {column: mark(cell) for column, cell in enumerate(line, start=1)}
        rows[row] = {column: found for column, found in marks.items() if found != ""}
    return rows


def _moved_columns(then: Line | None, now: Line) -> Mapping[int, int]:
    """Where the columns of the commit stand now, told by their headers; those not named stand where they did."""
    if then is None or then == now:
        return {}
    places = {label: column for column, label in now.items()}
    return {column: places[label] for column, label in then.items() if label in places}


def _after(entry: Entry, before: Before) -> dict[int, Mark]:
    """What the commit made of the row, in brief."""
    line = {column: brief(found) for column, found in before.get(entry.at, {}).items()}
    theirs = before.get(entry.pair, {})
    line |= {ours: brief(theirs.get(column, "")) for ours, column in entry.columns.items()}
    return {column: found for column, found in {**line, **entry.writes}.items() if found != ""}


def _rows_holding(entry: Entry, after: Line, rows: Mapping[int, Line], moved: Mapping[int, int]) -> list[int]:
    """The rows that hold what the commit left behind: by their number, else by all that stands in them, else by what was
    written."""
    expected = {moved.get(column, column): found for column, found in after.items()}
    number_at = moved.get(entry.number_at, entry.number_at)
    number = expected.get(number_at, "")
    whole = [row for row, line in rows.items() if _brief(line) == expected]
    if number != "":
        same = [row for row, line in rows.items() if line.get(number_at) == number]
        return [row for row in same if row in whole] or same
    if whole:
        return [entry.row] if entry.row in whole else whole[:1]
    written = {moved.get(column, column): after[column] for column in _touched(entry) if column in after}
    return [
        row
        for row, line in rows.items()
        if written and not line.get(number_at, "") and all(brief(line.get(c, "")) == v for c, v in written.items())
    ][:1]  # fmt: skip


def _brief(line: Line) -> dict[int, Mark]:
    return {column: brief(found) for column, found in line.items()}


def _touched(entry: Entry) -> set[int]:
    return {*entry.writes, *entry.columns}


def _to_restore(
    entry: Entry, before: Line, after: Line, now: Line, moved: Mapping[int, int]
) -> dict[int, int]:
    """The columns that still hold what the commit put there, and where they stand now."""
    found = {}
    for column in sorted(_touched(entry)):
        place = moved.get(column, column)
        ours = after.get(column, "")
        if brief(now.get(place, "")) == ours and brief(before.get(column, "")) != ours:
            found[column] = place
    return found


def _touching(entry: Entry, before: Line, at: int, row: int, now: Line, columns: Mapping[int, int]) -> Entry:
    """The entry of a row that is about to be put right: it must be, to the cell, as it was just read."""
    width = range(1, max([*now, *columns.values()], default=0) + 1)
    return replace(
        entry, at=at, row=row, guarded=tuple(width), seal=digest([now.get(column, "") for column in width]),
        writes={theirs: brief(before.get(ours, "")) for ours, theirs in columns.items()},
        is_header=False, goes=False, pair=0, columns={},
    )  # fmt: skip


def _is_back(entry: Entry, before: Line, rows: Mapping[int, Line], moved: Mapping[int, int]) -> bool:
    """Whether the row that went by mistake stands in its tab again, or was blank."""
    number = before.get(entry.number_at, "")
    if number != "":
        at = moved.get(entry.number_at, entry.number_at)
        return any(line.get(at) == number for line in rows.values())
    return not before or any(dict(line) == dict(before) for line in rows.values())


def notices_id(cells: Cells, facts: Facts) -> int:
    """The sheet id of Notices, 0 if there is none."""
    for title, placed in cells.placed.items():
        if placed.tab is NOTICES and title in facts.sheets:
            return facts.sheets[title].sheet_id
    return 0
