"""A case that is given to somebody in this run is not reminded of by another mail to the same reader, nor given to them
again as long as nobody told them that it went elsewhere.

The mail that gives it says what the reminder would: each step and its day (docs/design.md#p4.8). What is late already is
told by a mail of its own, too, since that asks for what the first one does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from automation.cases.recipients import Recipients
from automation.cases.told import How
from automation.ledger.addresses import mailbox_of
from automation.ledger.normal_form import normal
from automation.ledger.notices import Notice, hands_in
from automation.ledger.table import Table
from automation.mail.mail import OutgoingMail
from sheet_schema.vocabulary import NoticeKind, NoticeState, Step, Who

_TOLD = (NoticeState.SENT.key, NoticeState.WRITTEN.key, NoticeState.SUPERSEDED.key)
"""The states of a notice that told its reader, or was not sent since an earlier one had."""
_CHANGES = (NoticeKind.HANDED_OVER.key, NoticeKind.ASSIGNMENT.key)
"""What tells of a change of hands, in the order in which one mailbox would get both."""


def with_reminders(mails: Sequence[OutgoingMail], recipients: Recipients) -> list[OutgoingMail]:
    """The same mails, with the reminders of a case in the mail that gives it to the same reader."""
    given = {_mailbox(mail): _given(mail, recipients) for mail in mails if mail.kind == NoticeKind.ASSIGNMENT}
    moved: dict[str, list[Notice]] = {
        _mailbox(mail): [notice for notice in mail.notices if notice.case_no in given.get(_mailbox(mail), ())]
        for mail in mails
        if mail.kind == NoticeKind.REMINDER
    }
    together = [_together(mail, moved.get(_mailbox(mail), [])) for mail in mails]
    return [mail for mail in together if mail.notices]


def without_repeats(mails: Sequence[OutgoingMail], notices: Table) -> tuple[list[OutgoingMail], list[OutgoingMail]]:
    """The mails without the cases that an earlier mail gave to the same reader in the same hands, and mails of those.

    That is so where the office makes About exact, and a rule fills in the department of a case that somebody has; and for
    a department whose case has a handler for a while. Copies are not repeated either.
    """
    before = _given_before(notices)
    left, repeats = [], []
    for mail in mails:
        again = [notice for notice in mail.notices if _is_repeated(notice, mail, before)]
        if again:
            repeats.append(mail.about(again))
        if len(again) < len(mail.notices):
            left.append(_less(mail, again))
    return left, repeats


def _given_before(notices: Table) -> Mapping[tuple[str, str, str], tuple[int, str]]:
    """By mailbox, case and slot (parts of cases aside), the last change of hands of which it was told, and into whose hands: unless it was told
    since that the case went elsewhere."""
    told = np.isin(notices["kind"], _CHANGES) & (notices["to"] != "") & np.isin(notices["state"], _TOLD)
    told &= notices["step"] != Step.PART.key
    columns = (notices[key][told].tolist() for key in ("level", "kind", "to", "case_no", "slot", "holder"))
    lines = [(int(level), *others) for level, *others in zip(*columns, strict=True) if level.isdecimal()]
    last: dict[tuple[str, str, str], tuple[int, str]] = {}
    for level, kind, to, number, slot, holder in sorted(lines, key=lambda line: (line[0], line[1] != _CHANGES[0])):
        if kind == NoticeKind.HANDED_OVER:
            last.pop((mailbox_of(to), number, Who.HANDLER.key), None)
        else:
            last[mailbox_of(to), number, slot] = level, holder
    return last


def _is_repeated(notice: Notice, mail: OutgoingMail, before: Mapping[tuple[str, str, str], tuple[int, str]]) -> bool:
    if notice.kind != NoticeKind.ASSIGNMENT or notice.step == Step.PART:
        return False
    level, holder = before.get((_mailbox(mail), notice.case_no, notice.slot), (notice.level, ""))
    return level < notice.level and _same_hands(holder, notice.holder)


def _same_hands(earlier: str, now: str) -> bool:
    """Whether the handler is the same or, where only one of the two has a handler, the department."""
    before, after = ([normal(part) for part in hands_in(holder)] for holder in (earlier, now))
    return before[1] == after[1] != "" or (before[0] == after[0] and "" in (before[1], after[1]))


def _less(mail: OutgoingMail, notices: Sequence[Notice]) -> OutgoingMail:
    left = [notice for notice in mail.notices if notice not in notices]
    return mail.about(left) if notices else mail


def _mailbox(mail: OutgoingMail) -> str:
    return mailbox_of(mail.to)


def _given(mail: OutgoingMail, recipients: Recipients) -> frozenset[str]:
    """The numbers of the cases that the mail gives to its reader, and does not only copy to them."""
    ways = ((notice, recipients.told(notice).way_to(mail.reader)) for notice in mail.notices)
    return frozenset(notice.case_no for notice, way in ways if way is not None and way.how is not How.COPIED)


def _together(mail: OutgoingMail, moved: list[Notice]) -> OutgoingMail:
    """An assignment with the reminders that moved, a reminder without them."""
    if not moved or mail.kind not in (NoticeKind.ASSIGNMENT, NoticeKind.REMINDER):
        return mail
    notices = [one for one in mail.notices if one not in moved] + (moved if mail.kind == NoticeKind.ASSIGNMENT else [])
    return mail.about(notices)
