"""After the commit: hand over the mails it claimed, and confirm them in Notices "in batches of at most ten" (design, 5).

A run that dies in between leaves claims that the next run settles (`automation.outbox`); writing a mail to the folder
again is writing the same file.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from automation.changes import as_edits, differences
from automation.errors import Busy
from automation.mail.folder import FolderMailer
from automation.mail.message import Mail
from automation.parsing import parse, titles_of
from automation.workbooks.base import Changed, Workbook
from sheet_schema.vocabulary import NoticeState

BATCH = 10
ATTEMPTS = 5


def deliver(workbook: Workbook, mailer: FolderMailer, mails: Sequence[Mail], now: datetime) -> None:
    """Write the mails and confirm them. Only inside the workbook's lock. Raises LedgerError or Busy; what is not
    confirmed by then stays claimed."""
    for first in range(0, len(mails), BATCH):
        batch = mails[first : first + BATCH]
        for mail in batch:
            mailer.deliver(mail)
        _confirm(workbook, [mail.id for mail in batch], now)
    if mails:
        mailer.list_mails()


def _confirm(workbook: Workbook, mail_ids: Sequence[str], now: datetime) -> None:
    for _ in range(ATTEMPTS):
        snapshot = workbook.read()
        ledger = parse(snapshot)
        notices = ledger.tables["notices"]
        state, done_at = notices["state"].copy(), notices["done_at"].copy()
        done = np.isin(notices["mail_id"].astype(str), mail_ids) & (state == NoticeState.CLAIMED.key)
        state[done], done_at[done] = NoticeState.WRITTEN.key, np.datetime64(now, "s")
        after = ledger.having(notices=notices.having(state=state, done_at=done_at))
        edits = as_edits(differences(ledger, after), titles_of(snapshot, ledger.language), ledger.language)
        try:
            workbook.commit(snapshot, edits)
        except Changed:
            continue
        return
    raise Busy(
        f"{workbook.name} was saved again and again: the next run confirms what was written.",
        f"{workbook.name} 一直在被保存：下次运行时再确认已写出的邮件。",
    )
