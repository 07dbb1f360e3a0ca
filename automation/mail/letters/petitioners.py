"""Letters to whoever brought a case: number, dates and telephone, and nothing of the matter (docs/design.md#p22.3)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from automation.mail.letters.context import LetterContext
from automation.mail.mail import OutgoingMail
from automation.text.catalogue import msg
from automation.text.templates import TemplateValues
from sheet_schema.vocabulary import Step

_HELLO = msg("Hello,")
_WHY = msg("You get this mail because you gave us this address.")
_DAYS = {
    Step.DECIDE: msg("By {day} we decide whether it is ours to deal with, and tell you."),
    Step.REPLY: msg("By {day} you get our answer."),
}
_RECEIVED = msg("Received on {day}.")
_PHONE = msg("Telephone of the office: {phone}")


def acknowledged(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    """That the case has come, and what is due when."""
    return {**_common(letters, mail), "dates": [*_dates(letters, mail.notices[0].case_at)]}


def rating(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    """The question how it was handled."""
    return _common(letters, mail)


def _common(letters: LetterContext, mail: OutgoingMail) -> dict[str, object]:
    language, phone = letters.language, letters.ledger.policy.settings["school_phone"]
    return {
        "greeting": _HELLO.say(language),
        "instead": "",
        "numbers": [mail.notices[0].case_no],
        "dates": [],
        "phone": _PHONE.say(language, phone=phone) if phone else "",
        "why": _WHY.say(language),
    }


def _dates(letters: LetterContext, at: int) -> Iterator[str]:
    cases = letters.at_hand
    yield _RECEIVED.say(letters.language, day=letters.spoken(cases.register["received_on"][at].item()))
    for step, sentence in _DAYS.items():
        clock = cases.clocks[step]
        if clock.open[at] and not np.isnat(clock.due[at]) and clock.due[at].item() >= letters.now.date():
            yield sentence.say(letters.language, day=letters.spoken(clock.due[at].item()))
