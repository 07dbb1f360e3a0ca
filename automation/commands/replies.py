"""Replies by mail, as `run` and `check` need them: the mailbox in the options, the secret beside the ledger, what came of a reading."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from automation.commands.language import spoken_of
from automation.commands.mail_settings import sign_in_of
from automation.commands.options import RunOptions
from automation.commands.reply_secret import RepliesSaid
from automation.commands.request import usual_outbox
from automation.ledger.addresses import mailbox_of
from automation.ledger.errors import Busy, LedgerError, where
from automation.ledger.model import Ledger
from automation.ledger.parsing import parse
from automation.ledger.workbook import Snapshot
from automation.mail.replies.mailbox import MailboxServer
from automation.mail.replies.thread_token import ReplySecret
from automation.run.replies import RepliesRequest, TakenIn, take_in
from automation.text.catalogue import Message, counted, msg
from automation.text.extras import how_to_install
from automation.workbooks.laid_out import Found, LaidOut
from sheet_schema import ANSWERS, SETTING, Language
from sheet_schema.answers import TAKEN_IN

if TYPE_CHECKING:
    from automation.mail.transport.imap import ImapMailbox

_SAID: Mapping[str, Message] = {
    "taken": counted("1 reply was taken in.", "{n} replies were taken in."),
    "listed": counted(
        "1 mail was not taken in: see the tab Answers.", "{n} mails were not taken in: see the tab Answers."
    ),
    "fault": msg(
        "Replies could not be read: the program has a fault ({where}). Please send this line to whoever looks after it."
    ),
    "lets_in": msg("Replies: {host}:{port} lets {user} in, and the folder {folder} can be read."),
    "no_tab": msg("Replies: the ledger has no tab “{tab}”; install adds it."),
    "elsewhere": msg(
        "Replies: answers to mails go to {there}, but the mailbox that is read is that of {here}. If these are two mailboxes, make them one: {setting} in Settings, or LEDGER_IMAP_USER."
    ),
}


def mailbox_server(asked: RunOptions) -> MailboxServer | None:
    """The mailbox in the options, or None: then no reply is read. User and password, or sign-in, are those of the mail server
    unless others are set.

    Raises LedgerError if only half of it is set.
    """
    if not asked.imap_host:
        return None
    user = asked.imap_user or asked.smtp_user
    password = os.environ.get("LEDGER_IMAP_PASSWORD", "")
    sign_in = None
    if not password and user == asked.smtp_user:
        password = os.environ.get("LEDGER_SMTP_PASSWORD", "")
        sign_in = sign_in_of(asked)
    if not user or not (password or sign_in):
        missing = "LEDGER_IMAP_PASSWORD" if user else "LEDGER_IMAP_USER"
        raise LedgerError(
            msg("LEDGER_IMAP_HOST is set, but {missing} is not: set both, or neither.").of(missing=missing)
        )
    return MailboxServer(
        asked.imap_host,
        asked.imap_port,
        user,
        password,
        asked.imap_folder,
        sign_in=replace(sign_in, reads=True) if sign_in else None,
        authorities=asked.smtp_ca,
    )


def files_folder(workbook: str) -> Path:
    """Where what was attached is kept."""
    return usual_outbox(workbook).with_suffix(".answers")


def read_replies(
    workbook: LaidOut, asked: RunOptions, secret: ReplySecret, now: datetime, ledger: Ledger
) -> RepliesSaid:
    """Take in what came, and say what. `ledger` is as the run left it. It raises nothing: what goes wrong here costs the run
    nothing else."""
    language = spoken_of(ledger.language)
    try:
        server = mailbox_server(asked)
        assert server is not None  # only called where one is set
        request = RepliesRequest(_imap(server), secret, files_folder(asked.workbook), now)
        return _said(take_in(workbook, request, ledger), language)
    except Busy as busy:
        return RepliesSaid((busy.say(language),), {"why": busy.say(language)})
    except LedgerError as error:
        return _failed(error.say(language))
    except Exception as error:  # noqa: BLE001  (a mail may be anything; the run has done its work)
        return _failed(_SAID["fault"].say(language, where=where(error)))


def _imap(server: MailboxServer) -> ImapMailbox:
    try:
        from automation.mail.transport.imap import ImapMailbox  # an extra
    except ImportError as error:
        raise LedgerError(
            msg("To read replies by mail, install one more part of the program: {command}").of(
                command=how_to_install("replies")
            )
        ) from error
    return ImapMailbox(server)


def state_of_mailbox(asked: RunOptions) -> str:
    """The state of the folder, which is another one as soon as a mail comes. Raises LedgerError."""
    server = mailbox_server(asked)
    return _imap(server).look() if server is not None else ""


def _failed(why: str) -> RepliesSaid:
    return RepliesSaid((why,), {"why": why}, went_well=False)


def _said(taken: TakenIn, language: Language) -> RepliesSaid:
    found = taken.found
    in_answers = sum(mail.judged.state in TAKEN_IN for mail in found.mails)
    listed = len(found.mails) - in_answers
    lines = [_SAID[key].say(language, n=n) for key, n in (("taken", in_answers), ("listed", listed)) if n]
    values: dict[str, object] = {
        "taken_in": in_answers,
        "listed": listed,
        "automatic": found.automatic,
        "others": found.others,
        "twice": found.twice,
    }
    if taken.why is not None:
        lines.append(taken.why.say(language))
        values["why"] = taken.why.say(language)
    return RepliesSaid(tuple(lines), values, went_well=taken.why is None, state=taken.state)


def tried_mailbox(asked: RunOptions, snapshot: Snapshot) -> Found:
    """Whether the mailbox lets us in and has the folder, and what else keeps replies from being read."""
    ledger = parse(snapshot)
    language = spoken_of(ledger.language)
    findings = [] if ledger.tables[ANSWERS.key].at else [_SAID["no_tab"].say(language, tab=ANSWERS)]
    try:
        server = mailbox_server(asked)
        assert server is not None  # only asked where one is set
        _imap(server).look()
    except LedgerError as error:
        return Found((), (*findings, error.say(language)))
    answers_to = ledger.policy.settings["reply_to"] or asked.smtp_user
    if "@" in server.user and mailbox_of(answers_to) != mailbox_of(server.user):
        findings.append(
            _SAID["elsewhere"].say(language, there=answers_to, here=server.user, setting=SETTING["reply_to"])
        )
    where_to = {"host": server.host, "port": server.port, "user": server.user, "folder": server.folder}
    return Found((_SAID["lets_in"].say(language, **where_to),), tuple(findings))
