"""What happens to the claims of a run that died, and to mails that a server put off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from automation.ledger.table import Table
from automation.mail.mail import OutgoingMail
from sheet_schema.vocabulary import DIGESTS, NoticeKind, NoticeState

MOST_ATTEMPTS = 2
"""A mail that was handed over twice and confirmed neither time is shown to a person (docs/design.md#p7.7)."""


def recovered(
    table: Table, outgoing_mails: Sequence[OutgoingMail], run: str, now: datetime, kinds: Sequence[NoticeKind]
) -> tuple[Table, tuple[OutgoingMail, ...]]:
    """Settle each mail that an earlier run claimed or a server put off. Returns Notices, and the mails to send again.

    "A dead run's claim goes out again, once, with the same Message-ID, only if today's jobs would raise all its notices
    to the same person; otherwise void" (docs/design.md#p7.6). After two unconfirmed attempts it is `uncertain`, for a
    person to look at. A mail put off (4xx) is tried again when its time has come. A digest is never repeated: the next
    one says it all. Mails of other kinds than `kinds` stay as they are.
    """
    state, attempts, runs = table["state"].copy(), table["attempts"].copy(), table["run"].copy()
    of_these_kinds = np.isin(table["kind"], [kind.key for kind in kinds])
    waiting = of_these_kinds & (state == NoticeState.CLAIMED.key) & (runs != run)
    due_again = of_these_kinds & (state == NoticeState.RETRY.key) & ~(table["retry_at"] > np.datetime64(now, "s"))
    digests = waiting & np.isin(table["kind"], [kind.key for kind in DIGESTS])
    state[digests] = NoticeState.UNCERTAIN.key
    waiting &= ~digests
    raised_today = {
        (notice.key, mail.reader.address): (mail, notice) for mail in outgoing_mails for notice in mail.notices
    }
    resent = []
    for mail_id in dict.fromkeys(table["mail_id"][waiting | due_again].tolist()):
        rows = np.flatnonzero((table["mail_id"] == mail_id) & (waiting | due_again))
        pairs = list(zip(table["key"][rows].tolist(), table["to"][rows].tolist(), strict=True))
        found = [raised_today[pair] for pair in pairs if pair in raised_today]
        if len(found) < len(pairs):
            state[rows] = NoticeState.VOID.key
        elif (attempts[rows] >= MOST_ATTEMPTS).any() and waiting[rows].all():
            state[rows] = NoticeState.UNCERTAIN.key
        else:
            state[rows], runs[rows] = NoticeState.CLAIMED.key, run
            attempts[rows] = attempts[rows] + 1
            notices = tuple(notice for _, notice in found)
            resent.append(OutgoingMail(mail_id, found[0][0].kind, found[0][0].reader, notices))
    return table.having(state=state, attempts=attempts, run=runs), tuple(resent)
