"""A ledger in a Google Sheet that staff type into all day.

Nothing can be locked against people and no write can be made to depend on what stands there. So a commit looks its rows up
again, does everything in one atomic batch that first copies each row to a journal, looks at the copies, and undoes whatever
met another row or one that somebody changed at that moment (`sheets/`: `finding`, `batches`, `journaling`, `undoing`).
What that takes for granted of Google stands in `sheets/assumptions.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from automation.ledger.errors import Busy
from automation.ledger.workbook import Cell, Changed, JournalLine, RowMove, Snapshot, TabEdit, Undone
from automation.pages.tables import StartRows
from automation.workbooks.address import address_of
from automation.workbooks.excel.xml.references import pointed_at
from automation.workbooks.google import refusals
from automation.workbooks.google.client import Transport, credentials
from automation.workbooks.google.commit.batches import Batch, Batches
from automation.workbooks.google.commit.locate import found_again, without
from automation.workbooks.google.commit.notice_rows import Noticed
from automation.workbooks.google.commit.rollback import Unsettled, notices_id, undo, undone, unsettled
from automation.workbooks.google.commit.row_changes import Plan, planned
from automation.workbooks.google.commit.split import parts, refuse_long, send_part
from automation.workbooks.google.layout.install import add_tabs, days_look_like_days, lay_out, own_as_meant
from automation.workbooks.google.lock import Lease, clock_from
from automation.workbooks.google.reading import FACTS, Cells, Facts, facts_of, read_cells, read_facts
from automation.workbooks.google.refusals import Refused, busy
from sheet_schema import Language

CALLS_OF_A_LOCK = 2
"""Taking it, and reading again under it."""
CALLS_OF_A_COMMIT = 2
"""Looking rows up, and the batch."""
TRIES = 3


class GoogleWorkbook:
    """The spreadsheet of that key. `now` (aware) is what its lock is dated by; `transport` the way to Google."""

    journal_apart = False
    most_moves = 300
    """Keeps the one batch that files them well under 2 MB."""

    def __init__(self, key: str, now: datetime, transport: Transport | None = None) -> None:
        self.key = key
        self.transport = transport or Transport(credentials())
        self._lease = Lease(self.transport, key, clock_from(now))
        self._batches = Batches(self.transport, key, self._lease)
        self._facts: Facts | None = None
        self._just_told = False
        self._cells: Cells | None = None
        self._notices: Noticed | None = None

    @property
    def name(self) -> str:
        return self._facts.title if self._facts is not None and self._facts.title else "Google Sheet"

    @property
    def address(self) -> str:
        return address_of(self.key)

    @property
    def calls(self) -> int:
        return self.transport.calls

    def calls_by_end(self, notes: int) -> int:
        return self.calls + (0 if self._lease.held else CALLS_OF_A_LOCK) + CALLS_OF_A_COMMIT + notes

    def read(self) -> Snapshot:
        """Two calls; one if the lock was just taken. Under the lock, what a run that died left is put right first."""
        facts, cells = self._read()
        left = unsettled(cells, facts)
        if left is not None and self._lease.held:
            undo(self.transport, self.key, self._batches, left)
            facts, cells = self._read()
            left = None
        self._cells, self._notices = cells, Noticed(cells)
        return Snapshot(cells.grids, cells.version, unsettled=left is not None)

    def read_whole(self) -> Snapshot:
        snapshot = self.read()
        return replace(snapshot, grids=own_as_meant(self.transport, self.key, self._cells_of(snapshot)))

    def _read(self) -> tuple[Facts, Cells]:
        if self._facts is None or not self._just_told:
            self._facts = read_facts(self.transport, self.key)
        self._just_told = False
        sure = self._lease.held
        try:
            cells = read_cells(self.transport, self.key, self._facts, to_be_sure=sure)
        except Refused:  # a tab was renamed between the two
            self._facts = read_facts(self.transport, self.key)
            cells = read_cells(self.transport, self.key, self._facts, to_be_sure=sure)
        if sure:
            self._facts = self._batches.ready(self._facts)
            self._batches.texts = cells.texts
        return self._facts, cells

    @property
    def _noticed(self) -> Noticed:
        assert self._notices is not None, "a workbook is read before it is written"
        return self._notices

    @contextmanager
    def lock(self) -> Iterator[None]:
        """A lease of ten minutes, prolonged by every batch, so that a run that dies does not hold it for ever."""
        facts = facts_of(self._lease.take(FACTS))
        try:
            self._facts, self._just_told = self._batches.ready(facts), True
            yield
        finally:
            self._lease.give_back()
            self._just_told = False

    def commit(
        self,
        snapshot: Snapshot,
        edits: Sequence[TabEdit],
        notes: Sequence[JournalLine] = (),  # noqa: ARG002  (claims go to Notices in the same batch)
        moves: Sequence[RowMove] = (),
        watched: Collection[str] = (),
        to_come: int = 0,
    ) -> Undone:
        cells = self._cells_of(snapshot)
        plan = planned(cells, edits, moves, watched)
        refuse_long(plan)
        found = found_again(self.transport, self.key, cells, plan)
        gone, claims = set(found.lost), False
        pieces = parts(found.plan)
        for number, piece in enumerate(pieces, start=1):
            left = replace(piece, works=without(piece.works, gone))
            last = to_come == 0 and number == len(pieces)
            missed = self._done(cells, left, found.heights, last=last)
            gone, claims = gone | missed.cases, claims or missed.claims
            self._noticed.add(left.works)
        return Undone(frozenset(gone), claims)

    def note(self, lines: Sequence[JournalLine], to_come: int = 0) -> None:
        for _ in range(TRIES):
            assert self._cells is not None, "a workbook is read before it is written"
            plan = Plan(tuple(self._noticed.works(lines)))
            try:
                if not self._done(self._cells, plan, {}, last=to_come == 0).claims:
                    self._noticed.add(plan.works)
                    return
            except Changed:
                pass  # nothing was done; where the notices stand now, the next read tells
            self.read()
        raise busy()

    def _done(self, cells: Cells, plan: Plan, heights: Mapping[tuple[str, int], int], *, last: bool) -> Undone:
        """One batch, looked at, and put right where it has to be."""
        self._hold()
        entries, before, wrong = send_part(self._batches, cells, plan, heights, last=last)
        which, missed = undone(entries, wrong, before, notices_id(cells, self._batches.facts))
        if which:
            self._put_right(Unsettled([which], before, entries))
        return missed

    def _hold(self) -> None:
        """Have the lock, if the last batch gave it back and there is more to write after all. Raises Busy."""
        if not self._lease.held:
            self._facts = self._batches.ready(facts_of(self._lease.take(FACTS)))

    def _put_right(self, what: Unsettled) -> None:
        """Under the lock, or under a new one. Whoever has it meanwhile finds the same in the journal and does the same."""
        had_it = self._lease.held
        try:
            self._hold()
        except Busy:
            return
        try:
            undo(self.transport, self.key, self._batches, what)
        finally:
            if not had_it:
                self._lease.give_back()

    def lay_out(self, language: Language, rows: StartRows) -> list[str]:
        """Add every tab, column and list that is missing, with the `rows` of what is added; what was added, in words. Only
        under the lock, after a read. Raises LedgerError."""
        assert self._cells is not None, "a workbook is read before it is written"
        said = lay_out(self.transport, self.key, self._batches, self._cells, language, rows)
        self.read()
        return said

    def fill(self, edits: Sequence[TabEdit]) -> None:
        """Write into a spreadsheet that was just laid out; days in columns of the users' own look like days. Raises LedgerError
        where somebody typed there meanwhile."""
        snapshot = self.read()
        if self.commit(snapshot, edits, to_come=1).cases:
            raise refusals.typed_meanwhile(self.name)
        placed = self._cells_of(snapshot).placed
        for edit in edits:
            own = {
                column.column: list(zip(column.rows, column.values, strict=True))
                for column in edit.columns
                if column.column not in placed[edit.title].at.values()
            }
            days_look_like_days(self._batches, edit.title, own)

    def refuse_unwritable(self) -> None:
        """Raises LedgerError where the account may not write what every commit writes. Only under the lock."""
        self._batches.send(Batch((), ()))

    def add_tabs(self, tabs: Mapping[str, Sequence[Sequence[Cell]]]) -> None:
        """Tabs of the users' own. Only under the lock."""
        add_tabs(self._batches, tabs)

    def bound(
        self,
        snapshot: Snapshot,
        source: str,
        target: str,  # noqa: ARG002
        rows: Sequence[int],
    ) -> Mapping[int, str]:
        """`formula`, `merged` or `referred`; all else goes along on the server."""
        cells, facts = self._cells_of(snapshot), self._facts
        wanted = frozenset(rows)
        found = {row: "formula" for row, _, _ in cells.formulas[source] if row in wanted}
        merged = facts.sheets[source].merged if facts is not None else ()
        found.update({row: "merged" for first, last in merged for row in range(first, last + 1) if row in wanted})
        for title, formulas in cells.formulas.items():
            for _, _, text in formulas:
                for first, last in pointed_at(text, source, at_home=title == source):
                    if all(row in wanted for row in range(first, min(last, first + len(wanted)) + 1)):
                        found.update(dict.fromkeys(range(first, last + 1), "referred"))
        return found

    def _cells_of(self, snapshot: Snapshot) -> Cells:
        if self._cells is None or self._cells.version != snapshot.version:
            raise Changed
        return self._cells
