"""Undoes what a commit did to rows that changed under it: "all of that row's changes are undone" (docs/design.md#p7.4).

The undo log has the rows as they were before. Since a row may have moved again, it is looked for as the commit left it,
and only cells that still hold what the commit wrote are restored: what somebody typed since then stays. A row moved to
another tab by mistake is put back whole. The repair is itself a guarded batch with entries in the undo log; if it hits
wrong rows, those are repaired first, and so on until all is right.

Everything needed is in the undo log, so if a run dies, the next one makes the same repair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from automation.ledger.marks import Mark, mark
from automation.ledger.workbook import Changed, Undone
from automation.workbooks.google.client import Transport
from automation.workbooks.google.commit.batches import Batch, BatchSender
from automation.workbooks.google.commit.rollback_rows import Repair, put_right
from automation.workbooks.google.commit.undo_log import (
    SHIFT,
    Before,
    Entry,
    UndoLog,
    brief,
    entry_of,
    mismatched,
    together,
)
from automation.workbooks.google.reading import UNDO_LOG_TAB, Cells, Facts, read_cells, read_facts
from automation.workbooks.google.refusals import Refused, busy
from automation.workbooks.google.requests import Request, clear, runs, span

TRIES = 12
"""How many batches a run spends on repairs while people keep moving rows; the rest is left to the next run."""


def read_undo_log(cells: Cells) -> UndoLog:
    """Read the undo log."""
    entries: list[Entry] = []
    before: dict[int, dict[int, Mark]] = {}
    for at, line in enumerate(cells.undo_log, start=1):
        entry = entry_of(line[0], at) if line else None
        if entry is not None:
            entries.append(entry)
            marks = {column: mark(cell) for column, cell in enumerate(line[SHIFT:], start=1)}
            before[at] = {column: found for column, found in marks.items() if found != ""}
    return UndoLog(entries, before)


def unsettled(log: UndoLog) -> dict[int, list[Entry]]:
    """The entries that hit a wrong row, with all that stand or fall with them, by batch, newest first."""
    batches: dict[int, list[Entry]] = {}
    for entry in log.entries:
        batches.setdefault(entry.batch, []).append(entry)
    found = {
        batch: what_to_undo(batches[batch], mismatched(batches[batch], log.before), log.before)[0]
        for batch in sorted(batches, reverse=True)
    }
    return {batch: which for batch, which in found.items() if which}


def what_to_undo(entries: Sequence[Entry], wrong: Sequence[Entry], before: Before) -> tuple[list[Entry], Undone]:
    """Which entries of a batch must be undone because these were wrong, and the owners that are undone with them.

    Claims of these owners are left in place: delivery makes them void.
    """
    if not wrong:
        return [], Undone()
    found = together(entries, wrong)
    shifted = {one.sheet_id for one in wrong if one.is_header and _numbers_moved(one, before)}
    mistaken = [one for one in wrong if one.gets_number and (one.sheet_id in shifted or _had_a_number(one, before))]
    put_back = [one for one in found if one.gets_number and one.goes]  # restored as it was, so without its number
    withdrawn = {one.writes.get(one.number_at, "") for one in (*mistaken, *put_back)}
    known = {id(entry) for entry in found}
    found += [one for one in entries if id(one) not in known and withdrawn & {one.writes.get(one.number_at, "")} - {""}]
    missed = {id(entry) for entry in wrong}
    which = [entry for entry in found if not entry.claims or id(entry) in missed]
    claims = any(entry.claims for entry in wrong)
    return which, Undone(frozenset(entry.owner for entry in found) - {""}, claims)


def _numbers_moved(headers: Entry, before: Before) -> bool:
    """Whether the numbers of a tab were in another column than expected."""
    line = before.get(headers.at, {})
    return any(brief(line.get(column, "")) != label for column, label in headers.writes.items())


def _had_a_number(entry: Entry, before: Before) -> bool:
    """Whether the entry wrote its number over something.

    If the cell was blank, the number stays whatever else is undone, since it identifies the row and no mail has named
    it.
    """
    return before.get(entry.at, {}).get(entry.number_at, "") != ""


def undo(transport: Transport, key: str, sender: BatchSender) -> None:
    """Undo what is unsettled in the undo log. Needs the lock.

    Raises Busy when rows keep moving; the next run then continues.
    """
    for _ in range(TRIES):
        facts = sender.ready(read_facts(transport, key))
        try:
            cells = read_cells(transport, key, facts, to_be_sure=False)
        except Refused:  # a tab was renamed between the two calls
            continue
        log = read_undo_log(cells)
        repair, settled = _next(log, cells, facts)
        if not (repair.requests or settled):
            return
        try:
            sender.send(Batch(repair.touched, [*repair.requests, *_settled(settled, facts)]))
        except Changed:
            continue
        if not repair.requests:
            return
    raise busy()


def _next(log: UndoLog, cells: Cells, facts: Facts) -> tuple[Repair, list[Entry]]:
    """The repair of the newest batch that is not right yet, and the entries that are settled.

    The newest comes first, since only then do rows hold again what an older batch left, by which they are found.
    """
    settled: list[Entry] = []
    for entries in unsettled(log).values():
        repair = put_right([one for one in entries if not log.is_put_right(one)], log, cells, facts)
        if repair.requests:
            return repair, settled
        settled += entries
    return Repair(), settled


def _settled(entries: Sequence[Entry], facts: Facts) -> Iterator[Request]:
    """Clear these entries in the undo log; the copies of their rows stay until others replace them."""
    undo_log = facts.sheets[UNDO_LOG_TAB].sheet_id
    for first, last in runs(sorted(entry.at for entry in entries)):
        yield clear(span(undo_log, (first, last), (1, 1)))
