"""A ledger in a Google Sheet that staff type into all day.

People cannot be locked out, and Google has no write that depends on the content of a cell. So a commit looks its rows up
again (`commit/locate.py`), does everything in one atomic batch that first copies each row to an undo log (`batches.py`,
`undo_log.py`), checks the copies, and undoes what hit a wrong row or one that somebody just changed (`rollback.py`).
`probe/assumptions.py` lists what this assumes about Google.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from automation.ledger.errors import Busy, LedgerError
from automation.ledger.recognition import is_ledger, no_ledger
from automation.ledger.table import uncollected
from automation.ledger.terms import each_row_for_itself
from automation.ledger.workbook import Cell, Changed, Commit, JournalLine, Notes, RowMove, Snapshot, TabEdit, Undone
from automation.ledger.year_books import mark_of_book
from automation.pages.newer_words import NewerWords
from automation.pages.tables import StartRows
from automation.workbooks.address import address_of, key_of_book
from automation.workbooks.excel.journal_file import Journal
from automation.workbooks.google import refusals
from automation.workbooks.google.bound_rows import bound_rows
from automation.workbooks.google.client import Transport, credentials
from automation.workbooks.google.commit.batches import Batch, BatchSender
from automation.workbooks.google.commit.locate import look_up_rows, without
from automation.workbooks.google.commit.noted_rows import NotedRows
from automation.workbooks.google.commit.restless import Tally, settled
from automation.workbooks.google.commit.rollback import read_undo_log, undo, unsettled, what_to_undo
from automation.workbooks.google.commit.row_changes import CommitPlan, RowChange, plan_commit
from automation.workbooks.google.commit.split import parts, refuse_long, send_part
from automation.workbooks.google.layout.install import (
    add_tabs,
    days_look_like_days,
    lay_out,
    long_tabs,
    own_as_meant,
    short_tabs,
)
from automation.workbooks.google.layout.rename import rename
from automation.workbooks.google.lock import Lease, clock_from
from automation.workbooks.google.reading import FACTS, Cells, Facts, facts_of, read_cells, read_facts, with_known
from automation.workbooks.google.refusals import Refused, busy
from automation.workbooks.laid_out import Contents, Found, Tried, Viewpoint, YearBook
from sheet_schema import Language

CALLS_OF_A_LOCK = 2
"""Take the lock, and read again under it."""
CALLS_OF_A_COMMIT = 2
"""Look the rows up, and send the batch."""
TRIES = 3


class GoogleWorkbook:
    """The spreadsheet with this key. `now` (aware) dates its lock; `transport` sends the requests."""

    journal_apart = False
    is_there = True
    own_file = None
    calls_of_a_note = 1
    most_moves, most_out = 300, 1000
    """Keep the batch that files rows, or takes them out, well under 2 MB."""

    def __init__(self, key: str, now: datetime, transport: Transport | None = None) -> None:
        self.key, self._now = key, now
        self.transport = transport or Transport(credentials())
        self._lease = Lease(self.transport, key, clock_from(now))
        self._sender = BatchSender(self.transport, key, self._lease)
        self._facts: Facts | None = None
        self._just_told = False
        self._cells: Cells | None = None
        self._noted: NotedRows | None = None
        self._written: list[RowChange] = []
        self._tally = Tally(Cells({}, {}, (), "", {}))
        self._beside = Journal(Path(f"{key}.journal"), lambda: None)

    @property
    def name(self) -> str:
        return self._facts.title if self._facts is not None and self._facts.title else "Google Sheet"

    @property
    def takes_a_new_ledger(self) -> bool:
        assert self._facts is not None, "a workbook is read before it is asked about"
        assert self._cells is not None, "a workbook is read before it is asked about"
        filled = any(cell not in ("", None) for grid in self._cells.grids.values() for row in grid.rows for cell in row)
        return not (filled or self._facts.others or self._facts.mark)

    @property
    def address(self) -> str:
        return address_of(self.key)

    @property
    def online(self) -> GoogleWorkbook:
        return self

    @property
    def calls(self) -> int:
        return self.transport.calls

    @property
    def calls_of_a_commit(self) -> int:
        return (0 if self._lease.held else CALLS_OF_A_LOCK) + CALLS_OF_A_COMMIT

    def read(self) -> Snapshot:
        """Read the spreadsheet in two calls, or in one if the lock was just taken.

        Under the lock, it first repairs what a run that died left behind.
        """
        cells = self._read()
        left = bool(unsettled(read_undo_log(cells)))
        if left and self._lease.held:
            undo(self.transport, self.key, self._sender)
            cells = self._read()
            left = False
        self._cells, self._noted, self._written = cells, None, []
        mark = self._facts.mark if self._facts is not None else ""
        beside = self._read_beside()
        return Snapshot(cells.grids, cells.version, beside=beside, mark=mark, restless=cells.restless, unsettled=left)

    def read_whole(self) -> Snapshot:
        snapshot = self.read()
        return replace(snapshot, grids=own_as_meant(self.transport, self.key, self._cells_of(snapshot)))

    @uncollected()
    def _read(self) -> Cells:
        if self._facts is None or not self._just_told:
            self._facts = read_facts(self.transport, self.key)
        self._just_told = False
        facts = self._facts
        for _ in range(TRIES):
            try:
                return self._cells_now(facts)
            except Refused:  # a tab was renamed between the two calls
                facts = read_facts(self.transport, self.key)
        raise busy()

    def _cells_now(self, facts: Facts) -> Cells:
        sure = self._lease.held
        self._facts = self._sender.ready(facts) if sure else facts
        cells = with_known(read_cells(self.transport, self.key, self._facts, to_be_sure=sure), self._cells)
        self._sender.texts, self._sender.restless = cells.texts, cells.restless
        return cells

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the lock: for ten minutes, prolonged by every batch, so that a run that dies cannot keep it."""
        facts = facts_of(self._lease.take(FACTS))
        try:
            self._facts, self._just_told = self._sender.ready(facts), True
            yield
        finally:
            self._lease.release()
            self._just_told = False

    def commit(self, commit: Commit) -> Undone:
        cells = self._cells_of(commit.snapshot)
        plan = plan_commit(cells, commit.edits, commit.moves, commit.out)
        refuse_long(plan)
        found = look_up_rows(self.transport, self.key, cells, plan)
        gone, claims = set(found.lost), False
        self._tally = Tally(cells)
        pieces = parts(found.plan)
        for number, piece in enumerate(pieces, start=1):
            left = replace(piece, changes=without(piece.changes, gone))
            last = commit.notes.to_come == 0 and number == len(pieces)
            missed = self._send_and_check(left, found.heights, last=last)
            gone, claims = gone | missed.owners, claims or missed.claims
            self._wrote(left.changes)
        as_read = self._keep_restless(gone, last=commit.notes.to_come == 0) - found.lost
        if commit.notes.to_come == 0 and any(edit.terms is not None and edit.terms.claims for edit in commit.edits):
            self._forget_beside()  # what it said stands in Notices now, and no mail is to follow
        return Undone(frozenset(gone), claims, as_read)

    def _keep_restless(self, gone: set[str], *, last: bool) -> frozenset[str]:
        """Keep which cases did not settle in this commit, for the next run; return those whose rows are as they were read."""
        found = settled(self.transport, self.key, self._tally, self._sender.restless, gone)
        if found.restless != self._sender.restless:
            self._hold()
            self._sender.restless = found.restless
            with suppress(Changed):  # the rows are written; the next run finds these cases out again
                self._sender.send(Batch((), (), last=last))
        return found.as_read

    def note(self, notes: Notes) -> None:
        if notes.edit is None:
            return
        for _ in range(TRIES):
            assert self._cells is not None, "a workbook is read before it is written"
            if notes.edit.title not in self._sender.facts.sheets:
                raise refusals.tab_gone(notes.edit.title)
            if self._noted is None:
                self._noted = NotedRows(self._cells, notes.edit)
                self._noted.add(self._written)
            try:
                if self._all_noted(parts(self._noted.plan(notes.edit)), last=notes.to_come == 0):
                    if notes.to_come == 0:
                        self._forget_beside()
                    return
            except Changed:
                pass  # nothing was written; reading again shows where the rows are now
            self.read()
        raise busy()

    def _all_noted(self, pieces: Sequence[CommitPlan], *, last: bool) -> bool:
        """Send notes, in parts as a commit, until one turns out not to know where its rows are."""
        for number, piece in enumerate(pieces, start=1):
            if self._send_and_check(piece, {}, last=last and number == len(pieces)).claims:
                return False
            self._wrote(piece.changes)
        return True

    def note_beside(self, lines: Sequence[JournalLine]) -> None:
        """Keep the lines in the current folder, where a Google Sheet's outbox is, too. If that cannot be, do without."""
        with suppress(LedgerError):
            self._beside.add(lines)

    def _read_beside(self) -> Sequence[JournalLine]:
        with suppress(LedgerError):
            return self._beside.read()
        return ()

    def _forget_beside(self) -> None:
        with suppress(OSError):
            self._beside.path.unlink(missing_ok=True)

    def _wrote(self, changes: Sequence[RowChange]) -> None:
        self._written += changes
        if self._noted is not None:
            self._noted.add(changes)

    def _send_and_check(self, plan: CommitPlan, heights: Mapping[tuple[str, int], int], *, last: bool) -> Undone:
        """Send one batch, check it, and repair what went wrong."""
        self._hold()
        numbers = {title: terms.number_at for title, terms in plan.tabs.items() if terms.found_by}
        entries, before, wrong = send_part(self._sender, plan, heights, last=last)
        self._tally.add(plan.changes, entries, before, numbers)
        which, missed = what_to_undo(entries, wrong, before)
        if which:
            self._put_right()
        return missed

    def _hold(self) -> None:
        """Take the lock again if the last batch released it but there is more to write. Raises Busy."""
        if not self._lease.held:
            self._facts = self._sender.ready(facts_of(self._lease.take(FACTS)))

    def _put_right(self) -> None:
        """Repair under the lock. If another run has taken it, that run makes the same repair, from the undo log."""
        had_it = self._lease.held
        try:
            self._hold()
        except Busy:
            return
        try:
            undo(self.transport, self.key, self._sender)
        finally:
            if not had_it:
                self._lease.release()

    def lay_out(self, language: Language, rows: StartRows) -> list[str]:
        """Add what is missing, after a read. One in which nothing stands was made by a person to become a ledger."""
        assert self._cells is not None, "a workbook is read before it is written"
        said = lay_out(self._sender, self._cells, language, rows)
        self.read()
        return said

    def rename(self, words: NewerWords, language: Language) -> None:
        assert self._cells is not None, "a workbook is read before it is written"
        rename(self._sender, self._cells, words, language)
        self.read()

    def transcribe(self, contents: Contents) -> None:
        self._refuse_taken()
        with self.lock():
            self._refuse_taken()
            if contents.book_of is not None:
                self._sender.mark(mark_of_book(contents.book_of))
            self.lay_out(contents.language, short_tabs(contents.rows))
            self.fill([*long_tabs(contents), *contents.own_columns])
            self.add_tabs(contents.own_tabs)

    def _refuse_taken(self) -> None:
        """Read, and raise LedgerError unless it was made to become a ledger."""
        snapshot = self.read()
        if not self.takes_a_new_ledger:
            raise refusals.a_ledger_already(self.name) if is_ledger(snapshot) else no_ledger()

    def fill(self, edits: Sequence[TabEdit]) -> None:
        """Write into a spreadsheet that was just laid out, and format dates in the users' own columns as dates.

        Raises LedgerError if somebody typed there meanwhile.
        """
        snapshot = self.read()
        if self.commit(Commit(snapshot, each_row_for_itself(edits), notes=Notes(to_come=1))).owners:
            raise refusals.typed_meanwhile(self.name)
        placed = self._cells_of(snapshot).placed
        for edit in edits:
            own = {
                column.column: list(zip(column.rows, column.values, strict=True))
                for column in edit.columns
                if column.column not in placed[edit.title].at.values()
            }
            days_look_like_days(self._sender, edit.title, own)

    def book(self, name: str) -> GoogleWorkbook:
        return GoogleWorkbook(key_of_book(name), self._now, self.transport)

    def make_book(self, snapshot: Snapshot, book: YearBook, name: str) -> None:
        from automation.workbooks.google.looks import copy_looks  # one run a year needs it
        from automation.workbooks.google.year_book import complete  # as above

        self._cells_of(snapshot)
        with (target := self.book(name)).lock():
            complete(target, target._sender, book, partial(copy_looks, self.transport, self.key, target._sender))

    def refuse_unwritable(self) -> None:
        """Raises LedgerError if the account may not write what every commit writes. Needs the lock."""
        self._sender.send(Batch((), ()))

    def add_tabs(self, tabs: Mapping[str, Sequence[Sequence[Cell]]]) -> None:
        """Add the users' own tabs. Needs the lock."""
        add_tabs(self._sender, tabs)

    def look_over(self, snapshot: Snapshot, viewpoint: Viewpoint) -> Found:
        from automation.workbooks.google.check import look_over  # no run needs it

        return look_over(self.transport, self.key, snapshot, viewpoint)

    def probed(self, now: datetime) -> Tried:
        from automation.workbooks.google.probe.probe import probed  # as above

        return probed(self.transport, self.key, now)

    def bound(self, snapshot: Snapshot, move: RowMove) -> Mapping[int, str]:
        merged = self._facts.sheets[move.source].merged if self._facts is not None else ()
        return bound_rows(self._cells_of(snapshot), merged, move)

    def _cells_of(self, snapshot: Snapshot) -> Cells:
        if self._cells is None or self._cells.version != snapshot.version:
            raise Changed
        return self._cells
