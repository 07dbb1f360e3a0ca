"""Who is told of a case in a chat as well, or there instead of by mail (docs/design.md#p6.15)."""

from __future__ import annotations

from dataclasses import dataclass

from automation.cases.confidentiality import Confidence
from automation.cases.mailboxes import Recipient
from automation.cases.recipients import Recipients
from automation.ledger.chats import chat_address
from automation.ledger.directory import person_named
from automation.ledger.notices import NO_CASE, Notice
from automation.ledger.people import Person
from sheet_schema.vocabulary import NoticeKind, ToldBy

TOLD_IN_CHAT = frozenset(
    kind.key
    for kind in (
        NoticeKind.ALERT,
        NoticeKind.REMINDER,
        NoticeKind.ESCALATION,
        NoticeKind.ASSIGNMENT,
        NoticeKind.HANDED_OVER,
    )
)
"""What is about cases. All else, such as a digest, has more to say than a number, and goes by mail alone."""


@dataclass(frozen=True, slots=True)
class ChatWay:
    """The address of a chat, and whether what it says comes `instead` of a mail."""

    address: str
    instead: bool = False


def chat_of(recipients: Recipients, notice: Notice, reader: Recipient) -> ChatWay | None:
    """The chat in which somebody who is told of the case by mail is told of it, too; None if there is none."""
    if notice.case_at == NO_CASE or notice.kind not in TOLD_IN_CHAT or not recipients.chats:
        return None
    person = None if reader.is_department else person_named(reader.name, recipients.policy.people)
    department = recipients.department(reader.name) if reader.is_department else None
    holder = person or department
    address = chat_address(holder.chat) if holder is not None else ""
    alert = notice.kind == NoticeKind.ALERT
    if address not in recipients.chats or (person is not None and person.told_by == ToldBy.MAIL and not alert):
        return None
    in_chat = Recipient(reader.name, address, reader.is_department)
    if not may_be_told_in_chat(recipients.confidence, notice, in_chat):
        return None
    return ChatWay(address, instead=not alert and _wants_no_mail(person) and _is_own(recipients, address))


def may_be_told_in_chat(confidence: Confidence, notice: Notice, in_chat: Recipient) -> bool:
    """Whether a message in a chat may say the number of the case; the reader's address is the chat's.

    A person's own chat is as their mailbox. In a room anybody may read along, so that nothing goes there of what is
    restricted, kept from anybody, or about somebody who is not plainly known (docs/design.md#p5.24).
    """
    at, mailboxes = notice.case_at, confidence.mailboxes
    may_know = confidence.may_be_alerted if notice.kind == NoticeKind.ALERT else confidence.may_know
    if mailboxes is None or not may_know(at, in_chat):
        return False
    if not mailboxes.is_a_room(in_chat.address):
        return True
    doubtful = (confidence.guarded, confidence.unsure, confidence.strangers, confidence.beside, confidence.mentioned)
    return bool(confidence.quotable[at]) and not any(at in one for one in doubtful)


def _wants_no_mail(person: Person | None) -> bool:
    return person is not None and person.told_by == ToldBy.CHAT


def _is_own(recipients: Recipients, address: str) -> bool:
    """Whether nobody else has this chat: of a room nobody can know that they read it."""
    mailboxes = recipients.confidence.mailboxes
    return mailboxes is not None and not mailboxes.is_a_room(address)
