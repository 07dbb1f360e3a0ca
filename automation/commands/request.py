"""Turns the options of a command into the request of a run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from automation.commands.options import RunOptions, moment
from automation.ledger.errors import LedgerError
from automation.mail.transport.mailer import MailServer
from automation.run.job import JOBS, Action, Request
from automation.text.catalogue import msg
from automation.workbooks.address import address_of, key_of


def request_of(job: str, asked: RunOptions, clock: datetime, actions: Mapping[str, Action] | None = None) -> Request:
    """The request of these options. Raises Misused for an invalid `--now`, LedgerError for an incomplete mail server."""
    key = key_of(asked.workbook)
    return Request(
        job=JOBS[job],
        now=moment(asked.now, clock),
        real_time=clock,
        dry_run=asked.dry_run,
        accepted_stop=asked.accept_stop,
        outbox=Path(asked.outbox) if asked.outbox else usual_outbox(asked.workbook),
        instead_of_sending=bool(asked.outbox),
        server=mail_server(asked),
        workbook=address_of(key) if key else Path(asked.workbook).name,
        actions=actions or {},
    )


def mail_server(asked: RunOptions) -> MailServer | None:
    """The mail server in the options, or None. The password comes from the environment or yagmail's keyring.

    Raises LedgerError if only half of it is set.
    """
    if not asked.smtp_host:
        return None
    password = os.environ.get("LEDGER_SMTP_PASSWORD") or _from_keyring(asked.smtp_user)
    if not (asked.smtp_user and password):
        missing = "LEDGER_SMTP_PASSWORD" if asked.smtp_user else "LEDGER_SMTP_USER"
        raise LedgerError(
            msg("LEDGER_SMTP_HOST is set, but {missing} is not: set both, or neither.").of(missing=missing)
        )
    return MailServer(asked.smtp_host, asked.smtp_port, asked.smtp_user, password)


def _from_keyring(user: str) -> str:
    """The password that `yagmail.register(user, password)` stored on this computer, if keyring is installed."""
    try:
        import keyring  # a person may have installed it or not
    except ImportError:
        return ""
    return keyring.get_password("yagmail", user) or ""


def usual_outbox(workbook: str) -> Path:
    """The default folder for mails: beside the workbook; for a Google Sheet, in the current folder."""
    return Path("outbox") if key_of(workbook) else Path(workbook).with_name("outbox")
