"""After the commit: hand over the mails it claimed, one after another, and confirm them in Notices (docs/design.md#p7.5).

What a journal keeps is folded into the workbook at the end or at the next commit. If a run dies in between, the next one
settles its claims (`automation/mail/recovery.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import numpy as np

from automation.ledger.case_numbers import prefixes_in_use
from automation.ledger.changes import as_edits, differences
from automation.ledger.errors import Busy, LedgerError
from automation.ledger.model import Ledger
from automation.ledger.notices_journal import notes_of, read_ledger
from automation.ledger.parsing import parse
from automation.ledger.titles_and_headers import titles_of
from automation.ledger.workbook import NOTHING_NOTED, Changed, Commit, Notes, Undone
from automation.mail.mail import Mail
from automation.mail.transport.mailer import Handed, Mailer
from automation.run.confirmations import MAILS_A_CONFIRMATION, Confirmations, confirmations
from automation.run.edits import with_terms
from automation.run.reading import read_for_run
from automation.run.runs_line import with_digest_as_it_stands, with_end_in_runs
from automation.run.stages import Tell, silent
from automation.workbooks.laid_out import LaidOut
from sheet_schema.settings import PLEASE_DO
from sheet_schema.vocabulary import NoticeKind, NoticeState

_CLAIMED = (NoticeState.CLAIMED.key, NoticeState.HANDING_OVER.key)


@dataclass(frozen=True)
class Delivery:
    """Where mails are handed over, the workbook in which that is confirmed, and who is told the progress."""

    workbook: LaidOut
    mailer: Mailer
    tell: Tell = silent
    time_is_up: Callable[[], LedgerError | None] = lambda: None
    """Why a run that has worked long enough hands over no more mails; None while there is time."""

    @property
    def ended(self) -> LedgerError | None:
        """Why no more mails can be handed over in this run; None while they can."""
        return self.mailer.ended or self.time_is_up()


def deliver(
    delivery: Delivery, mails: Sequence[Mail], ledger: Ledger, now: datetime, to_come: int = 0
) -> Mapping[str, Handed]:
    """Hand over and confirm mails that `ledger` claims, and return what became of each, by its id.

    `to_come` is the number of mails that will be handed over after these. Needs the workbook's lock. Raises LedgerError
    when a folder or the journal cannot be written; mails not confirmed by then stay claimed, as do those that are left
    when sending ends early.
    """
    confirming = Confirmations(delivery.workbook, ledger, now)
    became: dict[str, Handed] = {}
    for at, mail in enumerate(mails):
        if ended := delivery.ended:
            reason = ended.say(ledger.language)
            became.update({left.id: Handed(NoticeState.CLAIMED, reason) for left in mails[at:]})
            break
        if at % MAILS_A_CONFIRMATION == 0:
            still = confirmations(len(mails) - at) + confirmations(to_come)
            batch = mails[at : at + MAILS_A_CONFIRMATION]
            confirming.begin(batch, leaves_doubt=delivery.mailer.leaves_doubt, to_come=still)
        delivery.tell("sending", at + 1, len(mails))
        became[mail.id] = delivery.mailer.deliver(mail, partial(confirming.handing_over, mail))
        confirming.became(mail, became[mail.id])
    left = [mail for mail in mails if became[mail.id].state is NoticeState.CLAIMED]
    confirming.end(left, confirmations(to_come))
    return became


def withdrawn(
    mails: Sequence[Mail], ledger: Ledger, undone: Undone, now: datetime
) -> tuple[tuple[Mail, ...], Ledger, Notes]:
    """Withdraw the mails that speak of cases whose rows changed under the run.

    "all of that row's changes are undone and its claims made `void`; the next run decides afresh" (docs/design.md#p7.4)
    Returns the mails that may still go, the ledger, and the notes that make the other claims void.
    """
    changed = undone.owners - undone.as_read
    stay = [mail for mail in mails if undone.claims or changed & _rests_on(mail, ledger)]
    if not stay:
        return tuple(mails), ledger, NOTHING_NOTED
    table = ledger.tables["notices"]
    state = table["state"].copy()
    theirs = np.isin(table["mail_id"], [mail.id for mail in stay]) & np.isin(state, _CLAIMED)
    earlier = table["claimed_at"] < np.datetime64(now, "s")
    owed = (table["kind"] == NoticeKind.ANSWER.key) & earlier  # an earlier run has emptied the cell
    state[theirs] = np.where(owed[theirs], NoticeState.RETRY.key, NoticeState.VOID.key)
    after = ledger.having(notices=table.having(state=state))
    left = tuple(mail for mail in mails if mail not in stay)
    notes = (
        NOTHING_NOTED if undone.claims else notes_of(table, after.tables["notices"], after, confirmations(len(left)))
    )
    return left, after, notes


def _rests_on(mail: Mail, ledger: Ledger) -> frozenset[str]:
    """The cases and settings for which a mail is withdrawn: a case that does not settle holds up only mails about itself.

    "a case that does not settle three runs in a row holds up no other" (docs/design.md#p9.11)
    """
    spoken_of = speaks_of(mail, ledger)
    return spoken_of - ledger.apart or spoken_of


def speaks_of(mail: Mail, ledger: Ledger) -> frozenset[str]:
    """The numbers of all cases that a mail mentions; for an answer, also the setting in which it was asked for."""
    prefixes = "|".join(map(re.escape, sorted(prefixes_in_use(ledger))))
    written = [mail.rendered, *([mail.instead.rendered] if mail.instead else [])]
    texts = "\n".join(f"{one.subject}\n{one.text}" for one in written)
    found = re.findall(rf"(?:{prefixes})\d+", texts, re.IGNORECASE)
    asked = [PLEASE_DO] if mail.kind == NoticeKind.ANSWER else []
    return frozenset([*mail.cases, *asked, *(number.upper() for number in found)])


def settle_digest(workbook: LaidOut, written: Ledger, run: str, undone: Collection[str]) -> None:
    """Bring the digest of History in Runs in line with what stands there, if lines about these cases were undone."""
    history = written.tables["history"]
    if not any(number in undone for number in history["case_no"][history["run"] == run].tolist()):
        return
    snapshot = workbook.read()
    ledger = parse(snapshot)
    changes = differences(ledger, with_digest_as_it_stands(ledger, run))
    edits = as_edits(changes, titles_of(snapshot.grids, ledger.language), ledger.language)
    if edits:
        with suppress(Changed, Busy):  # `verify` then names this run, though nobody did anything
            workbook.commit(Commit(snapshot, with_terms(snapshot, edits)))


def fold_in(workbook: LaidOut, run: str = "", ended: LedgerError | None = None) -> None:
    """Bring Notices in the workbook up to date with the journal, and say in Runs why the run's sending ended early.

    If a person has the workbook open, the next commit brings Notices up to date.
    """
    snapshot = read_for_run(workbook)
    ledger, current = read_ledger(snapshot)
    after = ledger.having(notices=current.tables["notices"])
    changes = differences(ledger, with_end_in_runs(after, run, ended) if ended else after)
    if not changes:
        return
    edits = as_edits(changes, titles_of(snapshot.grids, ledger.language), ledger.language)
    try:
        workbook.commit(Commit(snapshot, with_terms(snapshot, edits)))
    except (Changed, Busy):
        return
