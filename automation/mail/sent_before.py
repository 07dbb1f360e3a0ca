"""What of today's mails was sent before, by what *Notices* remembers."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from automation.ledger.addresses import mailbox_of
from automation.ledger.chats import is_chat
from automation.ledger.table import Array, Table
from automation.mail.mail import OutgoingMail
from automation.steps.refused_addresses import refusals
from sheet_schema.vocabulary import NoticeKind, NoticeState


def not_yet_sent(outgoing_mails: Iterable[OutgoingMail], table: Table) -> list[OutgoingMail]:
    """The mails without the notices that were sent before; a mail with none left is dropped. Void lines do not count.
    Nor does a line that a server refused for good, once the notice would go to another address, or this one has taken
    another mail since (docs/design.md#p6.10). Whoever was alerted of a case is not alerted again in another role
    (docs/design.md#p4.9)."""
    counts = ~np.isin(table["state"], [NoticeState.VOID.key, NoticeState.FAILED.key])
    sent = frozenset(table["key"][counts].tolist())
    by_mail = _told_by_mail(table, counts)
    failed, shut = table["state"] == NoticeState.FAILED.key, refusals(table)
    lines = zip(table["key"][failed].tolist(), table["to"][failed].tolist(), strict=True)
    refused = frozenset((key, address) for key, address in lines if address.casefold() in shut)
    alerted = counts & (table["kind"] == NoticeKind.ALERT.key) & (table["state"] != NoticeState.UNCERTAIN.key)
    told = frozenset(zip(table["key"][alerted].tolist(), map(mailbox_of, table["to"][alerted].tolist()), strict=True))
    before = (
        _without(mail, sent if mail.chat else by_mail, refused, _cases_among(mail, told)) for mail in outgoing_mails
    )
    return [mail for mail in before if mail.notices]


def _told_by_mail(table: Table, counts: Array) -> frozenset[str]:
    """The keys of the notices that nobody needs another mail of: those that went by mail, and those that were for a chat alone.
    What was said in a chat beside a mail that did not arrive tells nobody enough."""
    mails = ~np.fromiter(map(is_chat, table["to"].tolist()), dtype=bool, count=len(table))
    meant = frozenset(table["key"][mails].tolist())
    in_chat = frozenset(table["key"][counts & ~mails].tolist())
    return frozenset(table["key"][counts & mails].tolist()) | (in_chat - meant)


def _cases_among(mail: OutgoingMail, told: frozenset[tuple[str, str]]) -> frozenset[tuple[str, int]]:
    """The cases, with the level, of which the mail's reader was told by one of its notices."""
    mailbox = mailbox_of(mail.to)
    return frozenset((notice.case_no, notice.level) for notice in mail.notices if (notice.key, mailbox) in told)


def _without(
    mail: OutgoingMail, sent: frozenset[str], refused: frozenset[tuple[str, str]], told_of: frozenset[tuple[str, int]]
) -> OutgoingMail:
    left = [
        notice
        for notice in mail.notices
        if notice.key not in sent
        and (notice.key, mail.to) not in refused
        and (notice.case_no, notice.level) not in told_of
    ]
    return mail if len(left) == len(mail.notices) else mail.about(left)
