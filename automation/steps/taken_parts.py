"""Which replies by mail are the part of a department also involved, and how *Parts answered* says so.

A reply of theirs is no result of the case: what is taken over is that they have answered, and when (docs/design.md#p20.9).
"""

from __future__ import annotations

from datetime import date

from automation.cases.involved import is_in, parts_of
from automation.ledger.addresses import addresses_in, mailbox_of
from automation.ledger.model import Ledger
from automation.ledger.normal_form import normal
from automation.ledger.people import Department

SEPARATOR = "; "


def department_answering(ledger: Ledger, at: int, sender: str) -> str:
    """The department whose part in the case this sender answers; blank if they are of the department that leads, or of none that
    has a part, or of several."""
    mailbox = mailbox_of(sender)
    departments = {normal(one.name): one for one in ledger.policy.departments}
    lead = departments.get(normal(str(ledger.register["department"][at])))
    if lead is not None and mailbox in _mailboxes(ledger, lead):
        return ""
    parts = [part.name for part in parts_of(ledger).get(at, ())]
    theirs = [
        name
        for name in parts
        if (one := departments.get(normal(name))) is not None and mailbox in _mailboxes(ledger, one)
    ]
    return theirs[0] if len(theirs) == 1 else ""


def with_answer(ledger: Ledger, at: int, department: str, day: date, cell: str) -> str:
    """What *Parts answered* says then: all that stands there, and behind it this department's answer, unless it is in."""
    part = next(one for one in parts_of(ledger)[at] if one.name == department)
    if is_in(part) or department in cell:
        return cell
    added = f"{department} {day.isoformat()}"
    return f"{cell}{SEPARATOR}{added}" if cell else added


def _mailboxes(ledger: Ledger, department: Department) -> frozenset[str]:
    """The mailboxes of a department: its own and its head's."""
    heads = [one.email for one in ledger.policy.people if normal(one.name) == normal(department.head)]
    return frozenset(mailbox_of(one) for email in (department.email, *heads) for one in addresses_in(email))
