"""Turns the options of a command into the request of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from automation.commands.chat_addresses import chats_of_call
from automation.commands.mail_settings import mail_server
from automation.commands.options import RunOptions, moment
from automation.ledger.errors import LedgerError
from automation.ledger.foreign_sheet import ForeignFile
from automation.run.job import JOBS, Action, Request
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
        outbox=where_it_leads(asked.outbox) if asked.outbox else usual_outbox(asked.workbook),
        earlier_outbox=None if asked.outbox else _earlier_outbox(asked.workbook),
        earlier_outbox_shared=key is not None or _has_neighbours(where_it_leads(asked.workbook)),
        instead_of_sending=bool(asked.outbox),
        server=mail_server(asked),
        chats=chats_of_call(),
        workbook=address_of(key) if key else Path(asked.workbook).name,
        takes_in=_dropped(asked.intake_folder, clock) if JOBS[job].writes_everything else None,
        actions=actions or {},
    )


def _dropped(folder: str, clock: datetime) -> Sequence[ForeignFile | LedgerError]:
    if not folder:
        return ()
    from automation.commands.dropped_files import dropped  # few offices have such a folder

    return dropped(folder, clock)


def usual_outbox(workbook: str) -> Path:
    """The default folder for mails: beside the workbook; for a Google Sheet, in the current folder.

    Each ledger has its own, since two ledgers may have written mails of the same name.
    """
    if key := key_of(workbook):
        return Path(f"{key}.outbox")
    path = where_it_leads(workbook)
    return path.with_name(f"{path.stem if path.suffix == '.xlsx' else path.name}.outbox")


def _earlier_outbox(workbook: str) -> Path:
    """The one folder that all ledgers beside each other once shared."""
    return Path("outbox") if key_of(workbook) else where_it_leads(workbook).with_name("outbox")


def _has_neighbours(workbook: Path) -> bool:
    """Whether other workbooks lie in its folder, apart from what Excel keeps beside an open one."""
    if not workbook.parent.is_dir():
        return False
    return any(
        one.name.endswith(".xlsx") and one.name != workbook.name and not one.name.startswith("~$")
        for one in workbook.parent.iterdir()
    )


def where_it_leads(typed: str) -> Path:
    """What a person named: if that is a link, where it leads. Nothing is written through any other link."""
    path = Path(typed)
    return path.resolve() if path.is_symlink() else path
