"""What the office's digest says of the replies that came by mail since the last one (docs/design.md#p15.9)."""

from __future__ import annotations

from collections.abc import Mapping

from automation.ledger.people import Person
from automation.mail.letters.context import LetterContext
from automation.mail.mail import OutgoingMail
from automation.steps.answers_told import new_answers
from automation.steps.digests import visible_to
from automation.steps.untold import last_digest
from automation.text.catalogue import Message, Sentences, counted

_TEXTS: Mapping[str, Message] = {
    "replies": counted(
        "1 reply came by mail: read it in the tab Answers.", "{n} replies came by mail: read them in the tab Answers."
    ),
    "unclear": counted(
        "1 reply does not say which case it answers: type the number beside it in the tab Answers.",
        "{n} replies do not say which case they answer: type the number beside each in the tab Answers.",
    ),
    "listed": counted(
        "1 mail reached no case: the tab Answers says who sent it, and why.",
        "{n} mails reached no case: the tab Answers says who sent them, and why.",
    ),
}


def replies_told(letters: LetterContext, mail: OutgoingMail, person: Person) -> list[str]:
    """How many came, and what is to be done about them, for this reader."""
    since = last_digest(letters.at_hand, mail.notices[0].slot)
    new = new_answers(letters.at_hand, visible_to(person, letters.ledger.policy), since)
    texts = Sentences(_TEXTS, letters.language)
    counts = {"replies": new.replies, "unclear": new.unclear, "listed": new.listed}
    return [texts.say(key, n=n) for key, n in counts.items() if n]
