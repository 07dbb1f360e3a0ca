"""How much of a case a letter may say to its reader. Who may know what is decided in `automation.cases.confidentiality`.

"A restricted case appears … as number, step, date and 'ask the office', nothing else. Every other mail carries no more
of the petitioner than its reader needs" (docs/design.md#p5.7): the topic and the summary, never a name or a telephone
number. Somebody whom a case only may be about learns its number, and whom to telephone (docs/design.md#p5.14).
"""

from __future__ import annotations

from enum import Enum

from automation.cases.confidentiality import may_quote
from automation.mail.letters.context import LetterContext
from automation.mail.mail import OutgoingMail


class Said(Enum):
    """How much is said of a case. The templates compare the values."""

    FULL = "full"
    """Step, date and why, topic and summary."""
    RESTRICTED = "restricted"
    """Number, step, date and "ask the office"."""
    NUMBER_ONLY = "number"
    """The number alone: no step, no date, no kind of visit."""


def said_of(letters: LetterContext, at: int, mail: OutgoingMail) -> Said:  # noqa: ARG001  (it will depend on the reader)
    """How much the mail may say to its reader of the case at this position."""
    return Said.FULL if may_quote(letters.at_hand.confidence, at) else Said.RESTRICTED
