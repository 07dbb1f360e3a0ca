"""Which mails a run's notices make: of each kind one to a mailbox, whatever names it reads under.

"One mailbox is told once of a case and step in one run, whatever names it reads under" (docs/design.md#p4.26).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from automation.cases.chat_ways import ChatWay, chat_of
from automation.cases.mailboxes import Recipient
from automation.cases.recipients import Recipients
from automation.ledger.addresses import mailbox_of
from automation.ledger.notices import NO_CASE, Notice
from automation.mail.mail import OutgoingMail, mail_of
from sheet_schema.vocabulary import TO_PETITIONERS, NoticeKind

_KINDS = [kind.key for kind in NoticeKind]
"""In the order in which a run's mails leave: alerts first."""


_NOT_MISSED = (NoticeKind.ANSWER, NoticeKind.HANDED_OVER, *TO_PETITIONERS)
"""What nobody misses if it reaches nobody: for an answer, the cell in Settings says so itself; whoever cannot be told that
they lost a case was not told that they had it; of whoever brought a case its row says why nobody is written to."""


def mails_of(notices: Iterable[Notice], recipients: Recipients) -> tuple[list[OutgoingMail], list[Notice]]:
    """The mails of these notices by kind and by their readers' names, and the notices that nobody can get.

    In the order of their cases, two mails to one mailbox could tell of a case that neither of them is about.
    """
    notices_of: dict[tuple[str, str, ChatWay | None], dict[Notice, None]] = {}
    readers_of: dict[tuple[str, str, ChatWay | None], dict[Recipient, None]] = {}
    unreachable = []
    for notice in notices:
        readers = recipients.told(notice).readers
        for reader in readers:
            alone = notice.case_no if notice.case_no in recipients.apart or notice.kind in TO_PETITIONERS else ""
            for chat in _ways(notice, reader, recipients):
                place = _place(notice, reader) if chat is None else chat.address
                mail = (notice.kind, f"{alone}\n{place}" if alone else place, chat)
                notices_of.setdefault(mail, {})[notice] = None
                readers_of.setdefault(mail, {})[reader] = None
        if not readers and notice.kind not in _NOT_MISSED:
            unreachable.append(notice)
    mails = [
        mail_of(mail[0], _addressee(readers_of[mail]), tuple(found), mail[2]) for mail, found in notices_of.items()
    ]
    return sorted(mails, key=_in_order), unreachable


def _ways(notice: Notice, reader: Recipient, recipients: Recipients) -> tuple[ChatWay | None, ...]:
    """In which ways the reader is told: `None` is by mail."""
    chat = chat_of(recipients, notice, reader)
    if chat is None:
        return (None,)
    return (chat,) if chat.instead else (None, chat)


def _place(notice: Notice, reader: Recipient) -> str:
    """Where the mail goes. What is not about a case, such as a digest, is each reader's own, also at a shared address."""
    mailbox = mailbox_of(reader.address)
    return (
        mailbox
        if notice.case_at != NO_CASE or notice.concern is not None
        else f"{mailbox}\n{reader.name}\n{reader.address}"
    )


def _addressee(readers: Collection[Recipient]) -> Recipient:
    """Whom the mail is addressed to: the one person who gets it there, else the department, else whose name comes first."""
    people = [reader for reader in readers if not reader.is_department]
    among = people if len({reader.name for reader in people}) == 1 else [one for one in readers if one.is_department]
    return min(among or readers, key=lambda reader: (reader.name, reader.address))


def _in_order(mail: OutgoingMail) -> tuple[int, bool, str, str]:
    return _KINDS.index(mail.kind), mail.chat is not None, mail.reader.name, mail.to
