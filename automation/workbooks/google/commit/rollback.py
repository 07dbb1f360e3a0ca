"""Putting right what a commit did to rows that changed under it: "all of that row's changes are undone" (docs/design.md#p7.4).

What stood there before is in the journal. Each row is looked for as the commit left it, since it may have moved again, and gets
back only cells that still hold what the commit wrote: what somebody typed since then stays. A row that went to another tab
by mistake is put back whole. This, too, is a guarded batch with entries of its own in the journal; what it met by mistake is
undone before anything older is looked at again, until all is right.

All that is known stands in the journal, so a run puts right what its own commit met just as the next one would if it died.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from automation.ledger.marks import Mark, mark
from automation.ledger.workbook import Changed, Undone
from automation.workbooks.google.client import Transport
from automation.workbooks.google.commit.batches import Batch, Batches
from automation.workbooks.google.commit.journal import (
    SHIFT,
    Before,
    Entry,
    Journalled,
    brief,
    entry_of,
    mismatched,
    together,
)
from automation.workbooks.google.commit.rollback_rows import Repair, put_right
from automation.workbooks.google.reading import JOURNAL_TAB, Cells, Facts, read_cells, read_facts
from automation.workbooks.google.refusals import busy
from automation.workbooks.google.requests import Request, emptied, runs, span

TRIES = 12
"""Batches in which lines that people keep moving are put right; then the next run goes on with it."""


def journalled(cells: Cells) -> Journalled:
    """What stands in the journal."""
    entries: list[Entry] = []
    before: dict[int, dict[int, Mark]] = {}
    for at, line in enumerate(cells.journal, start=1):
        entry = entry_of(line[0], at) if line else None
        if entry is not None:
            entries.append(entry)
            marks = {column: mark(cell) for column, cell in enumerate(line[SHIFT:], start=1)}
            before[at] = {column: found for column, found in marks.items() if found != ""}
    return Journalled(entries, before)


def unsettled(known: Journalled) -> dict[int, list[Entry]]:
    """The entries in the journal whose row was not the one that was meant, and all that stand or fall with them, by their batch, the
    newest first; none where all is well."""
    batches: dict[int, list[Entry]] = {}
    for entry in known.entries:
        batches.setdefault(entry.batch, []).append(entry)
    found = {
        batch: undone(batches[batch], mismatched(batches[batch], known.before), known.before)[0]
        for batch in sorted(batches, reverse=True)
    }
    return {batch: which for batch, which in found.items() if which}


def undone(entries: Sequence[Entry], wrong: Sequence[Entry], before: Before) -> tuple[list[Entry], Undone]:
    """Which entries of a batch have to be undone because these were wrong, and what that means. Claims of owners that were left
    out are not: whoever sends mails makes them void."""
    if not wrong:
        return [], Undone()
    found = together(entries, wrong)
    shifted = {one.sheet_id for one in wrong if one.is_header and _numbers_moved(one, before)}
    mistaken = [one for one in wrong if one.numbers and (one.sheet_id in shifted or _had_a_number(one, before))]
    put_back = [one for one in found if one.numbers and one.goes]  # as it was, so without its number
    withdrawn = {one.writes.get(one.number_at, "") for one in (*mistaken, *put_back)}
    known = {id(entry) for entry in found}
    found += [one for one in entries if id(one) not in known and withdrawn & {one.writes.get(one.number_at, "")} - {""}]
    missed = {id(entry) for entry in wrong}
    which = [entry for entry in found if not entry.claims or id(entry) in missed]
    claims = any(entry.claims for entry in wrong)
    return which, Undone(frozenset(entry.owner for entry in found) - {""}, claims)


def _numbers_moved(headers: Entry, before: Before) -> bool:
    """Whether the numbers of a tab stood in another column than was meant."""
    line = before.get(headers.at, {})
    return any(brief(line.get(column, "")) != label for column, label in headers.writes.items())


def _had_a_number(entry: Entry, before: Before) -> bool:
    """Whether something stood where the entry wrote a number. Where nothing did, the number stays: it tells the row from all
    others, whatever else is undone there, and nobody was told of it yet."""
    return before.get(entry.at, {}).get(entry.number_at, "") != ""


def undo(transport: Transport, key: str, batches: Batches) -> None:
    """Undo what the journal says is unsettled. Only under the lock. Raises Busy when rows keep moving; then the next run goes on."""
    for _ in range(TRIES):
        facts = read_facts(transport, key)
        batches.facts = facts
        cells = read_cells(transport, key, facts, to_be_sure=False)
        known = journalled(cells)
        repair, settled = _next(known, cells, facts)
        if not (repair.requests or settled):
            return
        try:
            batches.send(Batch(repair.touched, [*repair.requests, *_settled(settled, facts)]))
        except Changed:
            continue
        if not repair.requests:
            return
    raise busy()


def _next(known: Journalled, cells: Cells, facts: Facts) -> tuple[Repair, list[Entry]]:
    """What puts right the newest batch that is not right yet, and the entries that need no looking at any more.

    The newest comes first: only then does a row hold again what an older batch left, so that it can be told.
    """
    settled: list[Entry] = []
    for entries in unsettled(known).values():
        repair = put_right([one for one in entries if not known.is_put_right(one)], known, cells, facts)
        if repair.requests:
            return repair, settled
        settled += entries
    return Repair(), settled


def _settled(entries: Sequence[Entry], facts: Facts) -> Iterator[Request]:
    """Take these entries out of the journal; their copies of rows stay until others take their place."""
    journal = facts.sheets[JOURNAL_TAB].sheet_id
    for first, last in runs(sorted(entry.at for entry in entries)):
        yield emptied(span(journal, (first, last), (1, 1)))
