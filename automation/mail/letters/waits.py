"""What letters say of a case that waits: on the last day, and in the digests."""

from __future__ import annotations

from automation.cases.confidentiality import Said
from automation.cases.lights import stands_still
from automation.ledger.notices import Notice
from automation.mail.letters.context import LetterContext
from automation.steps.waits_over import LAST_DAY_OF_WAIT
from automation.text.catalogue import msg
from automation.text.templates import TemplateValues
from sheet_schema.vocabulary import NoticeKind, Step

_TODAY = msg(
    "Waited for until today: {what}. Is it there? If it is not and we go on waiting, the office types a later day in Waiting until today; else the clock runs again from tomorrow."
)
_UNTIL = msg(
    "Waited for until {day}: {what}. Is it there? If it is not and we go on waiting, the office types a later day in Waiting until; else the clock runs again after that day."
)
_SINCE = msg("since {since}: {what}")
_SINCE_UNTIL = msg("since {since} until {until}: {what}")
_AS_LONG_AS_IT_MAY = msg(
    "Waited for as long as the rule allows, up to {day}: {what}. The clock runs again after that day, whether it is there or not."
)


def wait_ends(letters: LetterContext, at: int, said: Said, notice: Notice) -> str:
    """That what was waited for has to be there, for the reminder on the last day of a wait; blank for any other, and of a case of
    which no more may be said than number, step and date."""
    if notice.kind != NoticeKind.REMINDER or notice.level != LAST_DAY_OF_WAIT or said is not Said.FULL:
        return ""
    counted = letters.at_hand.clocks[Step.of(notice.step)].waits.get(at)
    if counted is None or counted.current is None or counted.last is None:
        return ""
    limit = counted.current.open_end or counted.last < counted.current.end
    text = _AS_LONG_AS_IT_MAY if limit else _TODAY if counted.last == letters.now.date() else _UNTIL
    return text.say(letters.language, what=counted.current.what, day=letters.spoken(counted.last))


def waiting_row(letters: LetterContext, at: int, row: TemplateValues) -> TemplateValues:
    """A line of a digest about a case that waits, with since when, until when, and for what; of a restricted one as it is."""
    step = next((one for one in letters.at_hand.clocks.values() if stands_still(one, letters.now.date())[at]), None)
    current = step.waits[at].current if step is not None else None
    if row["restricted"] or current is None:
        return row
    since = letters.at_hand.register["waiting_since"][at].item() or current.begin
    text = _SINCE if current.open_end else _SINCE_UNTIL
    said = text.say(letters.language, since=letters.spoken(since), until=letters.spoken(current.end), what=current.what)
    return {**row, "about": " · ".join(part for part in (said, str(row["about"])) if part)}
