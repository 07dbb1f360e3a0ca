"""One commit of what a command changes in single rows of the Register, guarded as a run's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from automation.cases.cases import Cases
from automation.ledger.changes import as_edits, differences
from automation.ledger.errors import Busy, LedgerError
from automation.ledger.history_chain import chained
from automation.ledger.model import Ledger
from automation.ledger.notices_journal import read_ledger
from automation.ledger.recognition import refuse_what_is_no_ledger
from automation.ledger.titles_and_headers import titles_of
from automation.ledger.workbook import Commit, Snapshot, Workbook
from automation.run.edits import with_terms
from automation.run.may_run import refuse_moved
from automation.steps.cases_now import cases_now
from automation.text.catalogue import msg

ATTEMPTS = 5
"""How often it is tried anew because somebody saved the workbook meanwhile."""


@dataclass(frozen=True)
class Rows:
    """The workbook as read: `before` as in its tabs, `ledger` with its journal, `cases` as a run would see them."""

    snapshot: Snapshot
    before: Ledger
    ledger: Ledger
    cases: Cases


def rows_of(workbook: Workbook, now: datetime) -> Rows:
    """Read the workbook. Raises LedgerError if nothing may be written to it, Busy while somebody has it open."""
    snapshot = workbook.read()
    refuse_what_is_no_ledger(snapshot)
    before, ledger = read_ledger(snapshot)
    refuse_moved(ledger)
    if stops := ledger.stops:
        raise LedgerError(msg("No letter is made. {problem}").of(problem=stops[0]), ledger.language)
    if "letters_made" not in ledger.register.at:
        raise LedgerError(
            msg(
                "No letter is made, as this ledger is of an earlier version and has no columns for letters: run install once, which adds them."
            ),
            ledger.language,
        )
    if snapshot.open_for is not None:
        raise Busy(msg("No letter is made while somebody has the workbook open: close it first."), ledger.language)
    cases = cases_now(snapshot, now)
    if stops := cases.ledger.stops:
        raise LedgerError(msg("No letter is made. {problem}").of(problem=stops[0]), ledger.language)
    return Rows(snapshot, before, ledger, cases)


def committed(workbook: Workbook, rows: Rows, after: Ledger) -> frozenset[str]:
    """Write what is different in `after`, and return the cases of which nothing was written, since their rows had changed.

    Raises Changed if somebody saved the workbook meanwhile.
    """
    after = chained(rows.ledger, after)
    edits = as_edits(differences(rows.before, after), titles_of(rows.snapshot.grids, after.language), after.language)
    return workbook.commit(Commit(rows.snapshot, with_terms(rows.snapshot, edits))).owners
