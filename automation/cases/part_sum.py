"""Says why the part of a department also involved is due when it is: its own day, or that of the reply."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import numpy as np

from automation.cases.clocks import Clock
from automation.ledger.department_cells import TypedPart
from automation.ledger.model import Ledger
from automation.text.catalogue import Message, counted, msg
from sheet_schema import REGISTER
from sheet_schema.vocabulary import Step

_TEXTS: Mapping[str, Message] = {
    "typed": msg("as {column} says"),
    "rolled": msg("as {column} says, moved on from {day}, a day off"),
    "rule": msg("by the rule for parts in Deadlines, row {row}"),
    "reply": msg("with the reply"),
}
_BEFORE = counted("1 working day before the reply", "{n} working days before the reply")


def part_sum(
    ledger: Ledger, clock: Clock, at: int, part: TypedPart, spoken: Callable[[date], str] = date.isoformat
) -> str:
    """The reason for a part's due day, in the ledger's language; blank if it has none."""
    due: date | None = clock.due[at].item()
    if due is None:
        return ""
    language = ledger.language
    if part.until is not None:
        key = "typed" if part.until == due else "rolled"
        return _TEXTS[key].say(language, column=REGISTER["involved"], day=spoken(part.until))
    rule = ledger.policy.deadlines[clock.rule[at]] if clock.rule[at] >= 0 else None
    if rule is not None and rule.step == Step.PART and not np.isnat(clock.due[at]):
        return _TEXTS["rule"].say(language, row=rule.row)
    before = ledger.policy.settings.whole("parts_before")
    return _BEFORE.say(language, n=before) if before else _TEXTS["reply"].say(language)
