"""Putting right what a commit did to rows that changed under it: "all of that row's changes are undone" (docs/design.md#p7.4).

What stood there before is in the journal. Each row is looked for as the commit left it, since it may have moved again, and gets
back only cells that still hold what the commit wrote: what somebody typed since then stays. A row that went to another tab
by mistake is put back whole. This, too, is a guarded batch, so it is looked at in the same way, until all is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from automation.ledger.marks import Mark, mark
from automation.ledger.workbook import Changed, Undone
from automation.workbooks.google.client import Transport
from automation.workbooks.google.commit.batches import Batch, Batches
from automation.workbooks.google.commit.journal import SHIFT, Before, Entry, brief, entry_of, mismatched, together
from automation.workbooks.google.commit.rollback_rows import put_right
from automation.workbooks.google.reading import JOURNAL_TAB, Cells, Facts, read_cells, read_facts
from automation.workbooks.google.refusals import busy
from automation.workbooks.google.requests import Request, emptied, runs, span
from sheet_schema import NOTICES

TRIES = 12
"""Batches in which lines that people keep moving are put right; then the next run goes on with it."""


@dataclass(frozen=True)
class Unsettled:
    """What is to be undone, by level; what stood before, by row of the journal; all that was done, of which it is a part."""

    levels: Sequence[Sequence[Entry]]
    before: Before
    done: Sequence[Entry]

    @property
    def free(self) -> int:
        """The first row of the journal behind all entries."""
        return max(entry.at for entry in self.done) + 1


def unsettled(cells: Cells, facts: Facts) -> Unsettled | None:
    """The entries in the journal whose row was not the one that was meant, and all that stand or fall with them: what a run
    that died did not put right. None where all is well."""
    entries: list[Entry] = []
    before: dict[int, dict[int, Mark]] = {}
    for at, line in enumerate(cells.journal, start=1):
        entry = entry_of(line[0], at) if line else None
        if entry is not None:
            entries.append(entry)
            marks = {column: mark(cell) for column, cell in enumerate(line[SHIFT:], start=1)}
            before[at] = {column: found for column, found in marks.items() if found != ""}
    which, _ = undone(entries, mismatched(entries, before), before, notices_id(cells, facts))
    levels: dict[int, list[Entry]] = {}
    for entry in which:
        levels.setdefault(entry.level, []).append(entry)
    return Unsettled([levels[level] for level in sorted(levels)], before, entries) if which else None


def undone(
    entries: Sequence[Entry], wrong: Sequence[Entry], before: Before, notices: int
) -> tuple[list[Entry], Undone]:
    """Which entries have to be undone because these were wrong, and what that means. Claims of cases that were left out
    are not: whoever sends mails makes them void. `notices` is the sheet id of Notices."""
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
    which = [entry for entry in found if entry.sheet_id != notices or id(entry) in missed]
    claims = any(entry.sheet_id == notices for entry in wrong)
    return which, Undone(frozenset(entry.case_no for entry in found) - {""}, claims)


def _numbers_moved(headers: Entry, before: Before) -> bool:
    """Whether the numbers of a tab stood in another column than was meant."""
    line = before.get(headers.at, {})
    return any(brief(line.get(column, "")) != label for column, label in headers.writes.items())


def _had_a_number(entry: Entry, before: Before) -> bool:
    """Whether something stood where the entry wrote a number. Where nothing did, the number stays: it tells the row from all
    others, whatever else is undone there, and nobody was told of it yet."""
    return before.get(entry.at, {}).get(entry.number_at, "") != ""


def undo(transport: Transport, key: str, batches: Batches, what: Unsettled) -> None:
    """Undo it. Only under the lock. Raises Busy when rows keep moving; then the journal still knows, and the next run goes on.

    What an undoing met in its turn is put right before anything else: only then does a row hold again what the commit left,
    so that it can be told.
    """
    left, before, first = [list(level) for level in what.levels], what.before, what.free
    done = list(what.done)
    finished: list[Entry] = []
    for _ in range(TRIES):
        facts = read_facts(transport, key)
        batches.facts = facts
        if not left:
            batches.send(Batch((), list(_settled(finished, facts))))
            return
        cells = read_cells(transport, key, facts, to_be_sure=False)
        right = put_right(left[-1], done, before, cells, facts, first)
        try:
            shown = batches.send(Batch(right.touched, [*right.requests, *_settled(finished, facts)]))
        except Changed:
            continue
        before, first = {**before, **shown}, first + len(right.touched)
        done += right.touched
        missed = mismatched(right.touched, shown)
        again = {right.sources[entry.at] for entry in missed}
        finished = [entry for entry in left[-1] if entry.at not in again]
        left[-1] = [entry for entry in left[-1] if entry.at in again]
        left += [missed] if missed else []
        while left and not left[-1]:
            left.pop()
    raise busy()


def _settled(entries: Sequence[Entry], facts: Facts) -> Iterator[Request]:
    """These entries need no looking at any more: others take their place in the journal."""
    journal = facts.sheets[JOURNAL_TAB].sheet_id
    for first, last in runs(sorted(entry.at for entry in entries)):
        yield emptied(span(journal, (first, last), (1, 1)))


def notices_id(cells: Cells, facts: Facts) -> int:
    """The sheet id of Notices, 0 if there is none."""
    for title, placed in cells.placed.items():
        if placed.tab is NOTICES and title in facts.sheets:
            return facts.sheets[title].sheet_id
    return 0
