"""Which steps each case owes, done or not, and what each step waits for."""

from __future__ import annotations

import numpy as np

from automation.cases.nobody_to_notify import by_a_named_accuser, waived_notice
from automation.ledger.table import Array, Table
from sheet_schema.vocabulary import TURNED_AWAY, Channel, Decision, Step

WAITS_FOR = {
    Step.DECIDE: "decision",
    Step.NOTIFY: "notified_on",
    Step.REPLY: "replied_on",
    Step.LEGAL_LIMIT: "replied_on",
    Step.TELL_RESULT: "replied_on",
    Step.TELL_EXTENSION: "told_of_extension_on",
    Step.FEEDBACK: "fed_back_on",
    Step.REVIEW: "review_done_on",
    Step.SECOND_REVIEW: "second_review_done_on",
    Step.PANEL: "panel_on",
}
"""The column whose blank cell keeps each step open. The periods are not here: they only have to pass."""
DONE_ON = {**WAITS_FOR, Step.DECIDE: "decided_on"}
"""The column that says when each step was done."""
PERIODS = (Step.OBJECTION_PERIOD, Step.SECOND_PERIOD)
"""The times in which a review may be asked for."""
ASKED_FOR = {Step.REVIEW: "review_on", Step.SECOND_REVIEW: "second_review_on"}
"""The steps that are owed once somebody asked, and the column of that day."""
NO_REPLY_OWED = (*TURNED_AWAY, Decision.VOID)


def wants_feedback(register: Table) -> Array:
    """Mask the cases whose result must be reported back: those from superiors and leaders, unless void."""
    channel = register["channel"]
    wanted: Array = (channel == Channel.SUPERIOR.key) | (channel == Channel.LEADER.key)
    return wanted & _is_not(register, Decision.VOID)


def closed_before(register: Table) -> Array:
    """Mask the cases that an old register had closed, from which they were taken over (docs/design.md#p13.5)."""
    closed: Array = ~np.isnat(register["former_closed_on"])
    return closed


def applies(register: Table, step: Step) -> Array:
    """Mask the cases that owe the step, done or not. What an old register closed owes no more than was done there."""
    owed = _is_not(register, Decision.VOID)
    if step in PERIODS:
        owed = owed & ~closed_before(register)
    elif step not in ASKED_FOR:
        owed = owed & ~(closed_before(register) & still_waits(register, step))
    if step in (Step.NOTIFY, Step.TELL_EXTENSION):
        owed = owed & ~waived_notice(register)
    elif step in (Step.REPLY, Step.LEGAL_LIMIT, Step.TELL_RESULT):
        for decision in NO_REPLY_OWED:
            owed = owed & _is_not(register, decision)
    elif step is Step.FEEDBACK:
        owed = owed & wants_feedback(register)
    elif step in ASKED_FOR:
        owed = owed & ~np.isnat(register[ASKED_FOR[step]])
    elif step is Step.OBJECTION_PERIOD:
        owed = owed & ~np.isnat(register["replied_on"])
    elif step is Step.SECOND_PERIOD:  # once the second review is asked for, no time to ask has to pass
        owed = owed & ~np.isnat(register["review_done_on"]) & np.isnat(register["second_review_on"])
    elif step is Step.PANEL:  # stage 3 may be answered without one
        owed = owed & ~np.isnat(register["second_review_on"])
        owed = owed & (np.isnat(register["second_review_done_on"]) | ~np.isnat(register["panel_on"]))
    if step is Step.TELL_RESULT:
        owed = owed & by_a_named_accuser(register) & ~np.isnat(register["concluded_on"])
    if step is Step.TELL_EXTENSION:  # whoever has the answer need not be told that it takes longer
        owed = owed & (np.isnat(register["replied_on"]) | ~np.isnat(register["told_of_extension_on"]))
    return owed


def still_waits(register: Table, step: Step) -> Array:
    """Mask the cases where the cell that the step waits for is blank."""
    column = WAITS_FOR.get(step)
    if column is None:
        return np.zeros(len(register), dtype=bool)
    waits: Array = register[column] == "" if column == "decision" else np.isnat(register[column])
    return waits


def _is_not(register: Table, decision: Decision) -> Array:
    other: Array = register["decision"] != decision.key
    return other
