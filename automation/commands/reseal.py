"""reseal CASE --reason: seal a filed row again after a rightful correction. History keeps the reason.

A filed row changed without it shows as a broken seal (`automation/steps/verification.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from automation.cases.seals import row_values, seal
from automation.commands.language import spoken_of
from automation.commands.options import Session, moment
from automation.ledger.case_numbers import number_meant
from automation.ledger.changes import as_edits, differences
from automation.ledger.errors import Busy, LedgerError
from automation.ledger.history import run_mark, with_lines
from automation.ledger.history_chain import chained, digest_of_history
from automation.ledger.model import Ledger
from automation.ledger.notices_journal import read_ledger
from automation.ledger.office_time import local_time
from automation.ledger.recognition import refuse_what_is_no_ledger
from automation.ledger.table import Array, positions_of
from automation.ledger.titles_and_headers import titles_of
from automation.ledger.workbook import Changed, Commit, Workbook
from automation.ledger.year_books import book_with
from automation.run.edits import with_terms
from automation.steps.filing import all_seals, last_seal
from automation.text.catalogue import Message, Sentences, msg
from automation.workbooks.opening import workbook_at
from sheet_schema import TAB

ATTEMPTS = 5
SHOWN = 12
"""Characters of a seal that History shows: enough to distinguish two."""
_SAID: Mapping[str, Message] = {
    "done": msg("{case} is sealed anew. Last seal {last}; digest of all seals {digest}."),
    "same": msg("{case} is as it was sealed: nothing to do."),
}


def resealed(workbook: Workbook, case: str, reason: str, now: datetime) -> str:
    """Seal a filed case again, and say what was done. Raises LedgerError for a case that is not filed, Busy."""
    refuse_what_is_no_ledger(workbook.read())
    with workbook.lock():
        for _ in range(ATTEMPTS):
            snapshot = workbook.read()
            before, ledger = read_ledger(snapshot)
            number = number_meant(case, ledger)
            after = _sealed_anew(ledger, number, reason, local_time(now, ledger.policy.settings.zone))
            texts = Sentences(_SAID, spoken_of(ledger.language))
            if after is None:
                return texts.say("same", case=number)
            edits = as_edits(differences(before, after), titles_of(snapshot.grids, ledger.language), ledger.language)
            try:
                if workbook.commit(Commit(snapshot, with_terms(snapshot, edits))).owners:
                    continue
            except Changed:
                continue
            return texts.say("done", case=number, last=last_seal(after), digest=all_seals(after.filing))
    raise Busy(msg("{workbook} was saved again and again: try again in a minute.").of(workbook=workbook.name))


def _sealed_anew(ledger: Ledger, number: str, reason: str, now: datetime) -> Ledger | None:
    filing = ledger.filing
    if book := book_with(ledger, number):
        raise LedgerError(
            msg("{number} stands in the year book {book}, where nothing is sealed anew.").of(number=number, book=book),
            ledger.language,
        )
    at = int(positions_of(np.asarray([number], dtype=object), filing["case_no"])[0])
    if at < 0 or np.isnan(filing["seal_no"][at]):
        raise LedgerError(msg("There is no sealed case {number} in Filing.").of(number=number), ledger.language)
    old, (values,) = filing["seal"][at], row_values(filing, [at])
    new = seal(values)
    if new == old:
        return None
    seals = filing["seal"].copy()
    seals[at] = new
    change = {"case_no": [number], "before": [old[:SHOWN]], "after": [new[:SHOWN]]}
    return _recorded(ledger.having(filing=filing.having(seal=seals)), change, reason, now)


def _recorded(ledger: Ledger, change: Mapping[str, list[str]], reason: str, now: datetime) -> Ledger:
    """The ledger with the reason in History, and in Runs the digest over all seals that holds from now on."""
    runs, mark = ledger.tables["runs"], run_mark(now)
    cells = {**change, "column": [TAB["filing"]["seal"].label(ledger.language)], "why": [reason]}
    runs = runs.extended(
        [runs.last_row + 1],
        run=[mark],
        at=[np.datetime64(now, "s")],
        command=["reseal"],
        changes=[1.0],
        outcome=["done"],
        message=[reason],
        last_seal=[float(last_seal(ledger))],
        seals=[all_seals(ledger.filing)],
    )
    told = chained(ledger, with_lines(ledger, mark, now, cells))
    runs = runs.having(history=_with_last(runs["history"], digest_of_history(told)))
    return told.having(runs=runs)


def _with_last(column: Array, text: str) -> Array:
    whole = column.copy()
    whole[-1] = text
    return whole


@dataclass(frozen=True)
class ResealOptions:
    """The options of `reseal`, as typed."""

    workbook: str
    case: str
    reason: str
    now: str | None = None


def reseal_case(asked: ResealOptions, session: Session) -> int:
    now = moment(asked.now, session.real_time)
    session.say(resealed(workbook_at(asked.workbook, session.real_time), asked.case, asked.reason, now))
    return 0
