"""The cases as a run would see them now, for what only reads: reports, answers, `check`, printed forms."""

from __future__ import annotations

from datetime import datetime

from automation.cases.cases import Cases, cases_of
from automation.ledger.notices_journal import read_ledger
from automation.ledger.office_time import local_time
from automation.ledger.table import uncollected
from automation.ledger.workbook import Snapshot
from automation.steps.routing import assign
from automation.steps.validation import derive, prepare


@uncollected()
def cases_now(snapshot: Snapshot, now: datetime) -> Cases:
    """Number, fill in, assign and derive in memory, so that what was typed since the last run counts too.

    If something would stop a run, nothing is numbered or assigned, and it is among the ledger's problems.
    """
    _, ledger = read_ledger(snapshot)
    here = local_time(now, ledger.policy.settings.zone)
    prepared = prepare(ledger, here)
    ledger = prepared.ledger.noting([one for one in prepared.problems if one not in prepared.ledger.problems])
    if not any(one.stops for one in ledger.problems):
        ledger = assign(ledger, here).ledger
    return cases_of(derive(ledger, here).ledger, here)
