"""The secret by which replies are known, kept in a file beside the ledger, for whoever may read the ledger and nobody else."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from automation.commands.options import RunOptions
from automation.commands.request import where_it_leads
from automation.ledger.errors import LedgerError
from automation.mail.replies.thread_token import ReplySecret
from automation.text.catalogue import msg
from automation.workbooks.address import key_of
from automation.workbooks.file_rights import Rights
from automation.workbooks.plain_files import read_plain, reason_of
from automation.workbooks.whole_files import write_whole

_DAYS_BACK = timedelta(days=30)
"""How far a mailbox is read that was never read before, where nothing says when its replies began to be known."""
_LINE = re.compile(r"(\d{4}-\d{2}-\d{2}) ([0-9a-f]{64})")


@dataclass(frozen=True)
class RepliesSaid:
    """What came of reading the mailbox: lines for people, values for programs, and whether it went well."""

    lines: tuple[str, ...] = ()
    values: Mapping[str, object] | None = None
    went_well: bool = True
    state: str = ""
    """The state in which the mailbox was found, if all of it was read."""


def reply_secret(asked: RunOptions, today: date, rights: Rights | None, *, make: bool) -> ReplySecret | None:
    """The secret in the environment, else the one kept beside the ledger, made anew if there is none and one is wanted.

    Raises LedgerError.
    """
    if given := os.environ.get("LEDGER_REPLIES_KEY", ""):
        return ReplySecret(given, today - _DAYS_BACK)
    path = replies_key(asked.workbook)
    try:
        found = _LINE.fullmatch(read_plain(path, 1000).decode("ascii", "replace").strip()) if path.exists() else None
        if found is not None:
            return ReplySecret(found[2], date.fromisoformat(found[1]))
        if not make:
            return None
        made = ReplySecret(secrets.token_hex(32), today)
        write_whole(path, f"{made.since.isoformat()} {made.secret}\n".encode(), rights or _private())
    except OSError as error:
        raise LedgerError(
            msg(
                "{path}, by which replies are known, cannot be read or written ({reason}): check who may write there."
            ).of(path=path, reason=reason_of(error))
        ) from error
    return made


def _private() -> Rights | None:
    """Whoever runs the program, and nobody else, for what lies in the current folder."""
    if os.name != "posix":
        return None
    return Rights(os.geteuid(), os.getegid(), 0o600)


def replies_key(workbook: str) -> Path:
    """The file with the secret, beside the ledger; of a Google Sheet, in the current folder."""
    if key := key_of(workbook):
        return Path(f"{key}.replies-key")
    path = where_it_leads(workbook)
    return path.with_name(f"{path.name}.replies-key")
