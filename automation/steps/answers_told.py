"""How many replies came since the office's last digest, for a reader without those about cases that they must not know of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from automation.cases.cases import Cases
from automation.ledger.case_numbers import tidy_number
from automation.ledger.normal_form import split
from automation.steps.known_to import KnownTo, Visible
from sheet_schema import ANSWERS
from sheet_schema.answers import AnswerState


@dataclass(frozen=True)
class NewAnswers:
    """Replies beside a case, those that wait for a number, and mails of which only the sender is listed."""

    replies: int = 0
    unclear: int = 0
    listed: int = 0

    @property
    def anything(self) -> bool:
        return bool(self.replies or self.unclear or self.listed)


def new_answers(cases: Cases, visible: Visible, since: datetime) -> NewAnswers:
    """What came since that time, of the cases that the reader may know of (`visible`)."""
    answers = cases.ledger.tables[ANSWERS.key]
    new = np.flatnonzero(answers["noted_at"] > np.datetime64(max(since, datetime(1970, 1, 2)), "s"))  # noqa: DTZ001  (the office's time)
    if not len(new):
        return NewAnswers()
    known = KnownTo(cases, visible).every_number
    replies = unclear = listed = 0
    for i in new.tolist():
        number, perhaps = tidy_number(answers["case_no"][i]), split(answers["perhaps"][i])
        if not known.issuperset({*map(tidy_number, perhaps), *([number] if number else ())}):
            continue
        state = answers["state"][i]
        if state == AnswerState.REPLY or (state == AnswerState.WHICH_CASE and number):
            replies += 1
        elif state == AnswerState.WHICH_CASE:
            unclear += 1
        else:
            listed += 1
    return NewAnswers(replies, unclear, listed)
