"""What was already mailed about a case to an address that must get nothing of it by now (docs/design.md#p5.17).

Mail cannot be taken back, but whoever handles the case must know. Notices has the address, the kind and the day of each
mail about one case; what a digest said is not in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from automation.ledger.addresses import mailbox_of
from automation.ledger.table import Table
from sheet_schema.vocabulary import NoticeState

MAY_HAVE_ARRIVED = (NoticeState.SENT.key, NoticeState.UNCERTAIN.key, NoticeState.HANDING_OVER.key)


@dataclass(frozen=True, slots=True)
class ToldBefore:
    """One mail about a case: its kind, the mailbox it went to, and the day."""

    kind: str
    mailbox: str
    day: date


def told_before(notices: Table, number: str, mailboxes: Collection[str]) -> Iterator[ToldBefore]:
    """The mails about this case that have, or may have, reached one of these mailboxes, each once."""
    about = (notices["case_no"] == number) & np.isin(notices["state"], MAY_HAVE_ARRIVED)
    columns = (notices[key][about].tolist() for key in ("kind", "to", "claimed_at"))
    told = (ToldBefore(kind, mailbox_of(to), at.date()) for kind, to, at in zip(*columns, strict=True) if to and at)
    yield from dict.fromkeys(one for one in told if one.mailbox in mailboxes)
