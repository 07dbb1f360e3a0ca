"""How much of a case a letter may say to its reader. Who may know what is decided in `automation.cases.confidentiality`.

"A restricted case appears … as number, step, date and 'ask the office', nothing else. Every other mail carries no more
of the petitioner than its reader needs" (docs/design.md#p5.7): the topic and the summary, never a name or a telephone
number. Somebody whom a case only may be about learns its number, and whom to telephone (docs/design.md#p5.14).
"""

from __future__ import annotations

from automation.cases.confidentiality import Said
from automation.cases.mailboxes import Mailboxes, Recipient
from automation.mail.letters.context import LetterContext
from automation.mail.letters.instead_of_office import whom_to_ask_instead
from automation.mail.mail import OutgoingMail
from automation.text.catalogue import msg

_LOOK = msg("look at its row in the Register")
_LOOK_IN_FILING = msg("look at its row in Filing")


def said_of(letters: LetterContext, at: int, mail: OutgoingMail) -> Said:
    """How much the mail may say to its reader of the case at this position."""
    return letters.at_hand.confidence.what_may_be_said(at, mail.reader, mail.kind)


def whom_to_ask(letters: LetterContext, mail: OutgoingMail, *, filed: bool = False) -> str:
    """What stands instead of what a case is about. The office, whom everybody else asks, can look at the row itself."""
    if not is_the_office(letters, mail.reader):
        return whom_to_ask_instead(letters, mail)
    return (_LOOK_IN_FILING if filed else _LOOK).say(letters.language)


def is_the_office(letters: LetterContext, reader: Recipient) -> bool:
    """Whether the mail's reader is the office itself: it must not be told to ask the office, or to reply to it."""
    mailboxes = letters.recipients.confidence.mailboxes or Mailboxes(letters.ledger.policy)
    return mailboxes.is_the_office(reader, letters.recipients.day)
