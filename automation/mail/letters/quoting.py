"""How much of a case a letter may say to its reader. Who may know what is decided in `automation.cases.confidentiality`.

"A restricted case appears … as number, step, date and 'ask the office', nothing else. Every other mail carries no more
of the petitioner than its reader needs" (docs/design.md#p5.7): the topic and the summary, never a name or a telephone
number. Somebody whom a case only may be about learns its number, and whom to telephone (docs/design.md#p5.14).
"""

from __future__ import annotations

from automation.cases.confidentiality import Said
from automation.mail.letters.context import LetterContext
from automation.mail.mail import OutgoingMail


def said_of(letters: LetterContext, at: int, mail: OutgoingMail) -> Said:
    """How much the mail may say to its reader of the case at this position."""
    return letters.at_hand.confidence.what_may_be_said(at, mail.reader, mail.kind)
