"""What happens to the claims of a run that died, and to mails that a server put off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import numpy as np

from automation.ledger.addresses import mailbox_of
from automation.ledger.notices import Notice
from automation.ledger.table import Table
from automation.mail.mail import IN_CHAT, OutgoingMail
from sheet_schema.sending_words import UNFINISHED
from sheet_schema.vocabulary import NoticeKind, NoticeState

MOST_DOUBTS = 2
"""A mail that was twice in doubt is shown to a person (docs/design.md#p7.7)."""
MOST_DOUBTS_OF_AN_ALERT = 10
"""An alert is sent again rather than lost, but not to somebody's mailbox for ever."""


def recovered(
    table: Table, outgoing_mails: Sequence[OutgoingMail], run: str, now: datetime, kinds: Sequence[NoticeKind]
) -> tuple[Table, tuple[OutgoingMail, ...]]:
    """Settle each mail that an earlier run claimed or a server put off. Returns Notices, and the mails to send again.

    What was claimed goes out "however many runs died, if today's jobs would raise all its notices to the same person;
    otherwise it is void" (docs/design.md#p7.6). A mail that was being handed over is in doubt: it goes out once more with the same Message-ID,
    and is `uncertain` after a second doubt. A mail put off (4xx) is tried again when its time has come. Mails of other
    kinds than `kinds` stay as they are. What a chat did not take, and the mail server then put off, goes by mail alone.
    """
    state, attempts, doubts, runs = (table[key].copy() for key in ("state", "attempts", "doubts", "run"))
    of_these_kinds = np.isin(table["kind"], [kind.key for kind in kinds])
    doubtful = of_these_kinds & (state == NoticeState.HANDING_OVER.key)
    attempts[doubtful] = np.nan_to_num(attempts[doubtful]) + 1
    doubts[doubtful] = np.nan_to_num(doubts[doubtful]) + 1
    too_early = (state == NoticeState.RETRY.key) & (table["retry_at"] > np.datetime64(now))
    open_yet = of_these_kinds & np.isin(state, [one.key for one in UNFINISHED]) & ~too_early
    raised = _Raised(outgoing_mails)
    resent = []
    for mail_id in dict.fromkeys(table["mail_id"][open_yet].tolist()):
        rows = np.flatnonzero((table["mail_id"] == mail_id) & open_yet)
        found = [raised.to(table["key"][i], table["to"][i]) for i in rows.tolist()]
        if None in found:
            state[rows] = [_not_to_go(raised, table, i, in_doubt=bool(doubtful[i])) for i in rows.tolist()]
        elif doubtful[rows].any() and doubts[rows].max() >= _most_doubts(table["kind"][rows[0]]):
            state[rows] = NoticeState.UNCERTAIN.key
        else:
            state[rows], runs[rows] = NoticeState.CLAIMED.key, run
            pairs = [pair for pair in found if pair is not None]
            notices = tuple(notice for _, notice in pairs)
            mail = replace(pairs[0][0], id=mail_id, notices=notices)
            refused = any(table["error"][i].startswith(IN_CHAT) for i in rows.tolist())
            resent.append(replace(mail, chat=None) if refused else mail)
    return table.having(state=state, attempts=attempts, doubts=doubts, run=runs), tuple(resent)


@dataclass(frozen=True)
class _Raised:
    """What today's jobs raise, and for whom."""

    outgoing_mails: Sequence[OutgoingMail]

    def to(self, key: str, address: str) -> tuple[OutgoingMail, Notice] | None:
        return self._by_reader.get((key, mailbox_of(address)))

    def to_anybody(self, key: str) -> bool:
        return key in self._keys

    @cached_property
    def _by_reader(self) -> Mapping[tuple[str, str], tuple[OutgoingMail, Notice]]:
        return {
            (notice.key, mailbox_of(mail.to)): (mail, notice) for mail in self.outgoing_mails for notice in mail.notices
        }

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(key for key, _ in self._by_reader)


def _most_doubts(kind: str) -> int:
    return MOST_DOUBTS_OF_AN_ALERT if kind == NoticeKind.ALERT else MOST_DOUBTS


def _not_to_go(raised: _Raised, table: Table, at: int, *, in_doubt: bool) -> str:
    """The state of a notice whose mail is not sent again: void, so that it is raised afresh if it is due to anybody.

    One that was in doubt and is due no longer may have arrived, so "void" would be untrue.
    """
    gone = not raised.to_anybody(table["key"][at]) and table["kind"][at] != NoticeKind.ALERT
    return NoticeState.UNCERTAIN.key if in_doubt and gone else NoticeState.VOID.key
