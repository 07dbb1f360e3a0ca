"""Writes what somebody says of how their case was handled into Satisfaction, where a person ticked *Take over*.

Only while it is blank, and once (docs/design.md#p22.5).
"""

from __future__ import annotations

from datetime import datetime

import numpy as np

from automation.ledger.case_numbers import tidy_number
from automation.ledger.model import Filled, Ledger, Outcome
from automation.ledger.office_time import today
from automation.ledger.parsing import habits_of
from automation.ledger.typed.rating import rating_in
from automation.steps.take_over import places_of
from automation.text.catalogue import msg
from sheet_schema import ANSWERS
from sheet_schema.answers import AnswerState

WHY = msg("said by mail by whoever brought the case")


def take_over_ratings(ledger: Ledger, now: datetime) -> Outcome:
    """The ledger with each ticked answer in the Satisfaction of its case, if that is still blank."""
    answers, register = ledger.tables[ANSWERS.key], ledger.register
    ticked = answers["take_over"] & np.isnat(answers["taken_on"]) & (answers["state"] == AnswerState.PETITIONER.key)
    if not ticked.any():
        return Outcome(ledger)
    places, habits = places_of(ledger), habits_of(ledger)
    taken: dict[int, str] = {}
    done: list[int] = []
    for answer in np.flatnonzero(ticked).tolist():
        at = places.get(tidy_number(answers["case_no"][answer]))
        rating = rating_in(str(answers["text"][answer]), habits)
        blank = at is not None and register["satisfaction"][at] == "" and register.read["satisfaction"][at] == ""
        if at is not None and blank and rating and at not in taken:
            taken[at] = rating
            done.append(answer)
        elif at is not None and rating and register["satisfaction"][at] == rating:
            done.append(answer)  # a person typed it, or an earlier run wrote it and no more
    taken_on = answers["taken_on"].copy()
    taken_on[done] = today(now)
    ledger = ledger.having(answers=answers.having(taken_on=taken_on))
    if not taken:
        return Outcome(ledger)
    positions, cells = np.asarray([*taken], dtype=np.int64), np.asarray([*taken.values()], dtype=object)
    filled = Filled("satisfaction", tuple(taken), (WHY.say(ledger.language),) * len(taken))
    return Outcome(ledger.having(register=ledger.register.filling("satisfaction", positions, cells)), (filled,))
