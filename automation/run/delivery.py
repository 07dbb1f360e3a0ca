"""After the commit: hand over the mails it claimed, and confirm them in Notices "in batches of at most ten" (docs/design.md#p7.5).

A confirmation is flushed to the journal at once, and folded into the workbook at the end or at the next commit. If a
run dies in between, the next one settles its claims (`automation/mail/recovery.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from automation.ledger.changes import as_edits, differences
from automation.ledger.errors import Busy
from automation.ledger.model import Ledger
from automation.ledger.notices_journal import notes_of, read_ledger
from automation.ledger.titles_and_headers import titles_of
from automation.ledger.workbook import NOTHING_NOTED, Changed, Commit, Notes, Undone, Workbook
from automation.mail.mail import Mail
from automation.mail.transport.mailer import Handed, Mailer
from automation.run.edits import with_terms
from automation.run.job import Tell, silent
from automation.workbooks.laid_out import LaidOut
from sheet_schema.settings import PLEASE_DO
from sheet_schema.vocabulary import NoticeKind, NoticeState

MAILS_A_CONFIRMATION = 10
"""At most so many mails are handed over before they are confirmed in Notices."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=15), timedelta(hours=4)
MOST_TRIES = 10
"""How often a mail that a server puts off is tried, over about a day, before it counts as failed."""


@dataclass(frozen=True)
class Delivery:
    """Where mails are handed over, the workbook in which that is confirmed, and who is told the progress."""

    workbook: LaidOut
    mailer: Mailer
    tell: Tell = silent


def deliver(
    delivery: Delivery, mails: Sequence[Mail], ledger: Ledger, now: datetime, to_come: int = 0
) -> Mapping[str, Handed]:
    """Hand over and confirm mails that `ledger` claims, and return what became of each, by its id.

    `to_come` is the number of mails that will be handed over after these. Needs the workbook's lock. Raises LedgerError
    when a folder or the journal cannot be written; mails not confirmed by then stay claimed.
    """
    became: dict[str, Handed] = {}
    for first in range(0, len(mails), MAILS_A_CONFIRMATION):
        batch: dict[str, Handed] = {}
        for at, mail in enumerate(mails[first : first + MAILS_A_CONFIRMATION], start=first + 1):
            delivery.tell("sending", at, len(mails))
            batch[mail.id] = delivery.mailer.deliver(mail)
        confirmed = _confirmed(ledger, batch, now)
        still = confirmations(len(mails) - first - MAILS_A_CONFIRMATION) + confirmations(to_come)
        delivery.workbook.note(notes_of(ledger.tables["notices"], confirmed.tables["notices"], confirmed, still))
        ledger = confirmed
        became.update(batch)
    return became


def confirmations(mails: int) -> int:
    """The number of confirmations for this many mails."""
    return max(0, -(-mails // MAILS_A_CONFIRMATION))


def withdrawn(mails: Sequence[Mail], ledger: Ledger, undone: Undone) -> tuple[tuple[Mail, ...], Ledger, Notes]:
    """Withdraw the mails that speak of cases whose rows changed under the run.

    "all of that row's changes are undone and its claims made `void`; the next run decides afresh" (docs/design.md#p7.4)
    Returns the mails that may still go, the ledger, and the notes that make the other claims void.
    """
    stay = [mail for mail in mails if undone.claims or undone.owners & speaks_of(mail, ledger)]
    if not stay:
        return tuple(mails), ledger, NOTHING_NOTED
    table = ledger.tables["notices"]
    state = table["state"].copy()
    theirs = np.isin(table["mail_id"], [mail.id for mail in stay]) & (state == NoticeState.CLAIMED.key)
    owed = (table["kind"] == NoticeKind.ANSWER.key) & (table["attempts"] > 1)  # the cell was emptied long ago
    state[theirs] = np.where(owed[theirs], NoticeState.RETRY.key, NoticeState.VOID.key)
    after = ledger.having(notices=table.having(state=state))
    left = tuple(mail for mail in mails if mail not in stay)
    notes = (
        NOTHING_NOTED if undone.claims else notes_of(table, after.tables["notices"], after, confirmations(len(left)))
    )
    return left, after, notes


def speaks_of(mail: Mail, ledger: Ledger) -> frozenset[str]:
    """The numbers of all cases that a mail mentions; for an answer, also the setting in which it was asked for."""
    prefix = ledger.policy.settings["number_prefix"]
    found = re.findall(re.escape(prefix) + r"\d+", f"{mail.rendered.subject}\n{mail.rendered.text}", re.IGNORECASE)
    asked = [PLEASE_DO] if mail.kind == NoticeKind.ANSWER else []
    return frozenset([*mail.cases, *asked, *(number.upper() for number in found)])


def _confirmed(ledger: Ledger, handed: Mapping[str, Handed], now: datetime) -> Ledger:
    """The ledger with the new state of these mails in Notices. A mail whose fate is unknown stays claimed."""
    table = ledger.tables["notices"]
    columns = {key: table[key].copy() for key in ("state", "done_at", "retry_at", "error")}
    for mail_id, got in handed.items():
        rows = np.flatnonzero((table["mail_id"] == mail_id) & (table["state"] == NoticeState.CLAIMED.key))
        state, tries = got.state, int(table["attempts"][rows].max(initial=1))
        if state is NoticeState.RETRY and tries >= MOST_TRIES:
            state = NoticeState.FAILED
        columns["state"][rows], columns["error"][rows] = state.key, got.error
        columns["retry_at"][rows] = np.datetime64("NaT")
        if state is NoticeState.RETRY:
            wait = min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)
            columns["retry_at"][rows] = np.datetime64(now + wait, "s")
        elif state is not NoticeState.CLAIMED:
            columns["done_at"][rows] = np.datetime64(now, "s")
    return ledger.having(notices=table.having(**columns))


def fold_in(workbook: Workbook) -> None:
    """Bring Notices in the workbook up to date with the journal. If a person has it open, the next commit does it."""
    snapshot = workbook.read()
    ledger, current = read_ledger(snapshot)
    changes = differences(ledger, ledger.having(notices=current.tables["notices"]))
    if not changes:
        return
    edits = as_edits(changes, titles_of(snapshot.grids, ledger.language), ledger.language)
    try:
        workbook.commit(Commit(snapshot, with_terms(snapshot, edits)))
    except (Changed, Busy):
        return
