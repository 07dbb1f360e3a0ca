"""A case that is given to somebody in this run is not reminded of by another mail to the same reader.

The mail that gives it says what the reminder would: each step and its day (docs/design.md#p4.8). What is late already is
told by a mail of its own, too, since that asks for what the first one does not.
"""

from __future__ import annotations

from collections.abc import Sequence

from automation.cases.mailboxes import Recipient
from automation.cases.recipients import Recipients
from automation.cases.told import How
from automation.ledger.notices import Notice
from automation.mail.mail import OutgoingMail, mail_of
from sheet_schema.vocabulary import NoticeKind


def with_reminders(mails: Sequence[OutgoingMail], recipients: Recipients) -> list[OutgoingMail]:
    """The same mails, with the reminders of a case in the mail that gives it to the same reader."""
    given = {mail.reader: _given(mail, recipients) for mail in mails if mail.kind == NoticeKind.ASSIGNMENT}
    moved: dict[Recipient, list[Notice]] = {
        mail.reader: [notice for notice in mail.notices if notice.case_no in given.get(mail.reader, ())]
        for mail in mails
        if mail.kind == NoticeKind.REMINDER
    }
    together = [_together(mail, moved.get(mail.reader, [])) for mail in mails]
    return [mail for mail in together if mail.notices]


def _given(mail: OutgoingMail, recipients: Recipients) -> frozenset[str]:
    """The numbers of the cases that the mail gives to its reader, and does not only copy to them."""
    ways = ((notice, recipients.told(notice).way_to(mail.reader)) for notice in mail.notices)
    return frozenset(notice.case_no for notice, way in ways if way is not None and way.how is not How.COPIED)


def _together(mail: OutgoingMail, moved: list[Notice]) -> OutgoingMail:
    """An assignment with the reminders that moved, a reminder without them."""
    if not moved or mail.kind not in (NoticeKind.ASSIGNMENT, NoticeKind.REMINDER):
        return mail
    notices = [one for one in mail.notices if one not in moved] + (moved if mail.kind == NoticeKind.ASSIGNMENT else [])
    return mail_of(mail.kind, mail.reader, notices)
