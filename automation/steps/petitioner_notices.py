"""Tells whoever brought a case that it has arrived and, once it is closed, asks how it was handled.

Only where *Settings* say from which day on, never of what is confidential, and each once (docs/design.md#p22.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import numpy as np

from automation.cases.cases import Cases
from automation.cases.confidentiality import may_be_allegations, may_quote
from automation.cases.imported import origins
from automation.cases.mailboxes import Recipient
from automation.cases.nobody_to_notify import anonymous
from automation.cases.petitioner_address import NoMail, petitioner_addresses, slot_of_address
from automation.ledger import problems as messages
from automation.ledger.case_numbers import issued_numbers, repeats
from automation.ledger.model import Problem
from automation.ledger.notices import Notice
from automation.ledger.table import Array
from sheet_schema.settings import PETITIONERS_FROM
from sheet_schema.vocabulary import Decision, NoticeKind, Status


def tell_petitioners(cases: Cases, _: datetime) -> list[Notice]:
    """A notice for each address of whoever brought a case, when it has come and when it is closed."""
    return [
        notice
        for at, found in _addresses(cases)
        if not isinstance(found, NoMail)
        for notice in _of_case(cases, at, found)
    ]


def petitioners_not_mailed(cases: Cases) -> Iterator[Problem]:
    """Beside each case of which nobody is mailed, though Contact has an address: why not."""
    register = cases.ledger.register
    for at, found in _addresses(cases):
        if isinstance(found, NoMail):
            said = messages.problem(found.value, value=str(register["case_no"][at]))
            number = str(register["case_no"][at])
            yield Problem(
                "register", int(register.rows[at]), "contact", found.value, said, case_no=number, warning=True
            )


def _addresses(cases: Cases) -> Iterator[tuple[int, tuple[str, ...] | NoMail]]:
    since = cases.ledger.policy.settings[PETITIONERS_FROM]
    if not since:
        return
    came, confidence = origins(cases.ledger), cases.confidence
    for at in np.flatnonzero(_may_be_written_of(cases, np.datetime64(since, "D"))).tolist():
        contact, number = str(cases.ledger.register["contact"][at]), cases.ledger.register["case_no"][at]
        if "@" not in contact or number in came or not may_quote(confidence, at) or at in confidence.being_typed:
            continue
        found = petitioner_addresses(contact, cases.ledger.policy)
        if not isinstance(found, NoMail) and any(confidence.bars(at, Recipient("", one)) for one in found):
            found = NoMail.OURS
        yield at, found


def _may_be_written_of(cases: Cases, since: np.datetime64) -> Array:
    """Mask the cases that came since then, first here as well, with a name, complete, no allegation, no repeat and not void."""
    register = cases.register
    new = (register["received_on"] >= since) & (cases.first_seen >= since)
    mask: Array = cases.register_lines.cases & new & ~anonymous(register["petitioner"]) & (register["petitioner"] != "")
    mask &= ~may_be_allegations(register) & ~repeats(register["repeat_of"], issued_numbers(cases.ledger))
    mask &= (register["decision"] != Decision.VOID.key) & (register["status"] != Status.INCOMPLETE.key)
    return mask


def _of_case(cases: Cases, at: int, addresses: tuple[str, ...]) -> Iterator[Notice]:
    register = cases.register
    closed = register["status"][at] == Status.CLOSED.key
    if closed and (register["satisfaction"][at] != "" or register.read["satisfaction"][at] != ""):
        return
    kind = NoticeKind.RATING if closed else NoticeKind.ACKNOWLEDGED
    day: date = register["closed_on"][at].item() if closed else cases.first_seen[at].item()
    for slot in dict.fromkeys(map(slot_of_address, addresses)):
        yield Notice(
            kind=kind.key,
            case_no=str(register["case_no"][at]),
            case_at=at,
            step="",
            due_on=None,
            level=0,
            slot=slot,
            from_day=day,
        )
