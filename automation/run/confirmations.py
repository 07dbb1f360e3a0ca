"""Keeps safe in Notices what becomes of each mail of a run, so that of a run that died one mail at most is in doubt.

"Each is marked as being handed over just before it leaves" (docs/design.md#p7.5). A file has a journal, which takes a line for each mail.
Google allows 60 writes a minute, so there up to ten mails are marked in one write, the same that confirms the ten before;
which of them the run has got to is kept on its own computer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import numpy as np

from automation.ledger.model import Ledger
from automation.ledger.notices_journal import OUTCOME, journal_lines, notes_at, outcome_lines
from automation.ledger.table import Table
from automation.mail.mail import Mail
from automation.mail.transport.mailer import Handed
from automation.workbooks.laid_out import LaidOut
from sheet_schema.sending_words import UNFINISHED
from sheet_schema.vocabulary import NoticeKind, NoticeState

MAILS_A_CONFIRMATION = 10
"""At most so many mails are handed over before they are confirmed in Notices."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=15), timedelta(hours=4)
MOST_TRIES = 10
"""How often a mail that a server puts off is tried, over about a day, before it counts as failed."""


class Confirmations:
    """What became of mails that `ledger` claims. Needs the workbook's lock; raises LedgerError if nothing can be kept."""

    def __init__(self, workbook: LaidOut, ledger: Ledger, now: datetime) -> None:
        self._workbook, self._ledger, self._now = workbook, ledger, now
        table = ledger.tables["notices"]
        self._columns = {key: table[key].copy() for key in OUTCOME}
        self._rows: dict[str, list[int]] = {}
        for i in np.flatnonzero(np.isin(table["state"], [state.key for state in UNFINISHED])).tolist():
            self._rows.setdefault(table["mail_id"][i], []).append(i)
        self._unnoted: list[str] = []
        self._in_hand = ""

    @property
    def _table(self) -> Table:
        return self._ledger.tables["notices"].having(**self._columns)

    def begin(self, mails: Sequence[Mail], *, leaves_doubt: bool, to_come: int) -> None:
        """Confirm what was handed over before these mails, and mark them as next if that takes a write for each batch."""
        marked = [mail.id for mail in mails if leaves_doubt and not self._is_marked(mail.id)]
        if marked and not self._workbook.journal_apart:
            self._keep_beside(marked)
            self._set(marked, NoticeState.HANDING_OVER)
        self._note(to_come)

    def handing_over(self, mail: Mail) -> None:
        """Keep safe that this mail may leave from now on."""
        self._in_hand = mail.id
        self._set([mail.id], NoticeState.HANDING_OVER)
        self._keep_beside([mail.id])

    def became(self, mail: Mail, handed: Handed) -> None:
        """Record what became of a mail; of one that was marked as being handed over this is kept safe at once."""
        rows = self._rows[mail.id]
        state, tries = handed.state, int(np.nan_to_num(self._columns["attempts"][rows]).max(initial=0))
        counts = handed.answered and state is not NoticeState.CLAIMED
        tries += counts
        if state is NoticeState.RETRY and tries >= MOST_TRIES:
            state = NoticeState.FAILED
        self._set([mail.id], state)
        columns = self._columns
        columns["attempts"][rows], columns["error"][rows] = tries, handed.error
        columns["retry_at"][rows], columns["done_at"][rows] = np.datetime64("NaT"), np.datetime64("NaT")
        if state is NoticeState.RETRY:
            wait = min(FIRST_WAIT * 2 ** max(0, tries - 1), LONGEST_WAIT)
            columns["retry_at"][rows] = np.datetime64(self._now + wait, "s")
        elif state not in UNFINISHED:
            columns["done_at"][rows] = np.datetime64(self._now, "s")
        if self._in_hand == mail.id:
            self._keep_beside([mail.id])

    def end(self, left: Iterable[Mail], to_come: int) -> None:
        """Confirm the last mails. Those that are left and were marked go back to what they were: claimed."""
        self._set([mail.id for mail in left if self._is_marked(mail.id)], NoticeState.CLAIMED)
        self._note(to_come)

    def _is_marked(self, mail_id: str) -> bool:
        return bool((self._columns["state"][self._rows[mail_id]] == NoticeState.HANDING_OVER.key).all())

    def _set(self, mail_ids: Sequence[str], state: NoticeState) -> None:
        for mail_id in mail_ids:
            self._columns["state"][self._rows[mail_id]] = state.key
        self._unnoted += mail_ids

    def _keep_beside(self, mail_ids: Sequence[str]) -> None:
        table = self._table
        if self._workbook.journal_apart:
            # What a server put off or refused before it took anything waits in `_unnoted`, and must not be lost.
            named = dict.fromkeys((*self._unnoted, *mail_ids))
            positions = [i for mail_id in named for i in self._rows[mail_id]]
            self._workbook.note_beside(journal_lines(table, positions, self._ledger))
            self._unnoted = []
        else:
            self._workbook.note_beside(outcome_lines(table, [self._rows[mail_id][0] for mail_id in mail_ids]))

    def _note(self, to_come: int) -> None:
        positions = [i for mail_id in dict.fromkeys(self._unnoted) for i in self._rows[mail_id]]
        if positions:
            self._workbook.note(notes_at(self._table, np.asarray(sorted(positions)), self._ledger, to_come))
        self._unnoted = []


def in_order(mails: Sequence[Mail]) -> tuple[Mail, ...]:
    """The mails as they are handed over: answers last, since what was asked for is done only then."""
    return tuple(sorted(mails, key=lambda mail: mail.kind == NoticeKind.ANSWER))


def first_marked(table: Table, mails: Sequence[Mail]) -> Table:
    """Notices with the first batch of these mails marked already, as a claim on Google does, which saves a write."""
    answers_apart = [mail for mail in in_order(mails) if mail.kind != NoticeKind.ANSWER] or mails
    first = [mail.id for mail in answers_apart[:MAILS_A_CONFIRMATION]]
    state = table["state"].copy()
    state[(state == NoticeState.CLAIMED.key) & np.isin(table["mail_id"], first)] = NoticeState.HANDING_OVER.key
    return table.having(state=state)


def keep_as_claimed(workbook: LaidOut, table: Table, mails: Sequence[Mail]) -> None:
    """Keep on this computer, before Notices marks the first batch, that none of it is being handed over yet."""
    marked = np.flatnonzero(table["state"] == NoticeState.HANDING_OVER.key).tolist()
    firsts = {table["mail_id"][i]: i for i in reversed(marked)}
    state = table["state"].copy()
    state[marked] = NoticeState.CLAIMED.key
    ours = [firsts[mail.id] for mail in mails if mail.id in firsts]
    workbook.note_beside(outcome_lines(table.having(state=state), ours))


def confirmations(mails: int) -> int:
    """The number of confirmations for this many mails."""
    return max(0, -(-mails // MAILS_A_CONFIRMATION))
