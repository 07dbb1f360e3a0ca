"""Refuses to erase what must be kept, what is not finished, and what somebody decided who must not know of it (docs/design.md#p23.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from automation.cases.confidentiality import judge_table
from automation.cases.seals import row_values, seal
from automation.ledger.errors import LedgerError
from automation.run.erasure import Looked
from automation.steps.appraisal import due_on
from automation.steps.filing import WAITING
from automation.text.catalogue import Message, msg
from sheet_schema import REGISTER
from sheet_schema.vocabulary import Retention, Status


@dataclass(frozen=True)
class Wanted:
    """What is to be erased, the whole case or the petitioner's data; by whose decision; and what was said beside it."""

    whole: bool
    by: str
    early: bool = False
    open_too: bool = False


def refuse(looked: Looked, wanted: Wanted, day: date) -> None:
    """Raises LedgerError for a case that must not be erased, or not yet."""
    table, at, language = looked.table, looked.at, looked.ledger.language
    number = str(table["case_no"][at])

    whole, by = wanted.whole, wanted.by

    def no(message: Message) -> LedgerError:
        return LedgerError(message, language)

    waiting = looked.ledger.tables["notices"]
    on_its_way = (waiting["case_no"] == number) & np.isin(waiting["state"], WAITING)
    if on_its_way.any():
        raise no(msg("A mail about {number} is on its way: let a run send it, then erase.").of(number=number))
    if not judge_table(table, looked.of_row.policy, day).person_may_know(at, by):
        raise no(msg("{by} must not know of {number}, so somebody else has to decide.").of(by=by, number=number))
    if table.tab is REGISTER:
        if whole:
            raise no(msg("{number} is not filed yet: only a filed case can be erased as a whole.").of(number=number))
        if table["status"][at] != Status.CLOSED.key and not wanted.open_too:
            raise no(
                msg(
                    "{number} is still open. Without the petitioner nobody can be answered: if it must be erased all the same, add --open."
                ).of(number=number)
            )
        return
    (values,) = row_values(table, [at])
    if seal(values) != table["seal"][at]:
        raise no(msg("{number} is not as it was sealed: run verify, then reseal, then erase.").of(number=number))
    _refuse_retention(looked, number, early=wanted.early or not whole, day=day)


def _refuse_retention(looked: Looked, number: str, *, early: bool, day: date) -> None:
    table, at, language = looked.table, looked.at, looked.ledger.language
    retention, year = str(table["retention"][at]), table["year"][at]
    if retention == Retention.PERMANENT.key:
        raise LedgerError(
            msg("{number} is kept for ever (Retention): nothing of it is erased.").of(number=number), language
        )
    if early:
        return
    due = due_on(retention, int(year)) if retention and not np.isnan(year) else None
    if due is None:
        raise LedgerError(
            msg("Retention or Year of {number} cannot be read, so nobody can say whether it may be destroyed.").of(
                number=number
            ),
            language,
        )
    if due > day:
        raise LedgerError(
            msg(
                "{number} has to be kept until {day}. If a court or an authority orders it, add --early, and name the order in --reason."
            ).of(number=number, day=due),
            language,
        )
