"""Checks of who handles a case: whether they are still there."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from automation.cases.cases import Cases
from automation.cases.mailboxes import is_away
from automation.steps.findings import WARNING, Finding
from sheet_schema.vocabulary import Status


def handlers_are_there(cases: Cases) -> Iterable[Finding]:
    """The handler of an open case is away for good, or nobody says until when, and no stand-in is named."""
    register, directory, day = cases.register, cases.ledger.policy.directory, cases.now.date()
    gone = {
        person.name
        for person in cases.ledger.policy.people
        if is_away(person, day) and person.absent_until is None and not person.stand_in
    }
    is_open = cases.register_lines.cases & (register["status"] != Status.CLOSED.key)
    for text in sorted({*register["handler"][is_open].tolist()} - {""}) if gone else ():
        if directory.person(text) in gone:
            positions = np.flatnonzero(is_open & (register["handler"] == text))
            yield Finding("handler_left", "handler", positions, {"value": text}, warning=WARNING)
