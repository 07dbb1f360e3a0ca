"""A small office that reads replies: its ledger, its runs, and the mails that people send back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

from automation.commands.options import RunOptions
from automation.commands.reply_secret import reply_secret
from automation.mail.replies.mailbox import MailboxServer
from automation.mail.replies.thread_token import ReplySecret
from automation.mail.transport.imap import ImapMailbox
from automation.mail.transport.mailer import MailServer
from automation.run.job import Result
from automation.run.replies import RepliesRequest, TakenIn, take_in
from automation.run.run import run
from tests.support.imap_server import Inbox, imap_server
from tests.support.ledger_in_memory import Rows, line
from tests.support.mail_server import Post, mail_server
from tests.support.new_ledger import settle_new
from tests.support.small_office import FANG, HANDLED, column, office_of, request_at
from tests.support.workbook_homes import book_at

SHANGHAI = ZoneInfo("Asia/Shanghai")
SECRET = ReplySecret("0123456789abcdef" * 4, date(2026, 3, 18))
FIRST = "2026-03-19T09:30"


@dataclass
class ReplyOffice:
    """The office, its two servers, and its folder."""

    path: Path
    post: Post
    server: MailServer
    inbox: Inbox
    mailbox: MailboxServer
    folder: Path

    def run(self, moment: str) -> Result:
        """A run that sends, without a look into the mailbox."""
        from dataclasses import replace

        request = request_at(self.path, moment, server=self.server)
        return run(book_at(self.path, request.real_time), replace(request, reply_secret=SECRET.secret))

    def take_in(self, moment: str) -> TakenIn:
        """A look into the mailbox."""
        now = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
        asked = RepliesRequest(ImapMailbox(self.mailbox), SECRET, self.folder / "ledger.answers", now)
        return take_in(book_at(self.path, now), asked)

    def sent_to(self, address: str, at: int = 0) -> str:
        """The Message-ID of a mail of ours to this address."""
        found = [str(mail["Message-ID"]) for to, mail in self.post.messages if to == address]
        return found[at]

    def answers(self, *keys: str) -> list[tuple[object, ...]]:
        return column(self.path, "answers", *(keys or ("from", "case_no", "state", "text")))


def ledger_with_answers(folder: Path, register: Rows, people: Rows = (FANG,), **settings: str) -> Path:
    """A live ledger whose replies are read."""
    usual = {"sending": "live", "go_live_on": "2026-03-01", "reply_to": "office@s.example"}
    rows = office_of(register, people, **{**usual, **settings})
    return settle_new(folder / "ledger.xlsx", {**rows, "answers": (), "mailbox": ()})


@contextmanager
def reply_office(folder: Path, register: Rows = (), people: Rows = (FANG,), **settings: str) -> Iterator[ReplyOffice]:
    """The office with its servers running; unless said, with one case that 王芳 handles."""
    path = ledger_with_answers(folder, register or [line(**HANDLED)], people, **settings)
    with mail_server(folder) as (post, server), imap_server(folder) as (inbox, mailbox):
        yield ReplyOffice(path=path, post=post, server=server, inbox=inbox, mailbox=mailbox, folder=folder)


def a_reply(to: str, text: str = "已办结。", sender: str = "fang@s.example", **headers: str) -> EmailMessage:
    """A mail that answers the one with this Message-ID; headers are named with `_` for `-`, and blank ones are left out."""
    mail = EmailMessage()
    usual = {
        "From": f"Somebody <{sender}>", "To": "office@s.example", "Subject": "Re: 通知", "Message_ID": f"<{abs(hash(text))}@client>",
        "Date": "Thu, 19 Mar 2026 10:00:00 +0800", "In_Reply_To": to, "References": to,
    }  # fmt: skip
    for name, value in {**usual, **headers}.items():
        if value:
            mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def made_secret(path: Path) -> ReplySecret | None:
    """The secret that lies beside the ledger."""
    return reply_secret(RunOptions(workbook=str(path)), date(2026, 3, 18), None, make=False)
