"""Checks of who has a case: whether the handler is still there, and whether mail reaches anybody in the department."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from automation.cases.cases import Cases
from automation.cases.mailboxes import is_away
from automation.cases.recipients import OF_THE_DEPARTMENT, Recipients
from automation.cases.told import MUST_NOT, How, Told, Why
from automation.ledger.notices import Notice
from automation.steps.findings import WARNING, Finding
from sheet_schema.vocabulary import NoticeKind, Status, Who

NOBODY_HERE = frozenset((Why.UNCLEAR, Why.NO_DEPARTMENT))
"""What stands in Department and Handler means nobody, as other checks say."""


def handlers_are_there(cases: Cases) -> Iterable[Finding]:
    """The handler of an open case is away for good, or nobody says until when, and nobody who is there stands in."""
    register, directory, day = cases.register, cases.ledger.policy.directory, cases.now.date()
    recipients = Recipients(cases.ledger.policy, register, cases.confidence, day)
    gone = {
        person.name
        for person in cases.ledger.policy.people
        if is_away(person, day) and person.absent_until is None and not recipients.in_role(person.name)
    }
    is_open = cases.register_lines.cases & (register["status"] != Status.CLOSED.key)
    for text in sorted({*register["handler"][is_open].tolist()} - {""}) if gone else ():
        if directory.person(text) in gone:
            positions = np.flatnonzero(is_open & (register["handler"] == text))
            yield Finding("handler_left", "handler", positions, {"value": text}, warning=WARNING)


def hands_are_reached(cases: Cases) -> Iterable[Finding]:
    """No mail of an open case reaches anybody in the department that has it, nor its handler, so that somebody has to tell them.
    Where they must not know of it, other checks say so; where no department can be told by mail, the office tells them anyway."""
    register, policy, day = cases.register, cases.ledger.policy, cases.now.date()
    recipients = Recipients(policy, register, cases.confidence, day)
    if not any(reader.address for one in policy.departments for reader in recipients.of_department(one)):
        return
    given = (register["department"] != "") | (register["handler"] != "")
    is_open = cases.register_lines.cases & (register["status"] != Status.CLOSED.key)
    for at in np.flatnonzero(given & is_open).tolist():
        notice = Notice(
            kind=NoticeKind.ASSIGNMENT.key,
            case_no=str(register["case_no"][at]),
            case_at=at,
            step="",
            due_on=None,
            level=0,
            slot=Who.HANDLER.key,
            from_day=day,
        )
        if reaches_nobody_there(recipients.told(notice)):
            column = "department" if register["department"][at] else "handler"
            details = {"value": register[column][at]}
            yield Finding("hands_unreached", column, np.asarray([at]), details, warning=WARNING)


def reaches_nobody_there(told: Told) -> bool:
    """Whether none of those who have the case is told, though all of them may be, and somebody here has it."""
    reached = any(way.how is not How.PASSED_UP or way.slot in OF_THE_DEPARTMENT for way in told.ways)
    whys = {one.why for one in told.left_out if one.slot in OF_THE_DEPARTMENT}
    return not reached and MUST_NOT.isdisjoint(whys) and not whys <= NOBODY_HERE
