"""What a row says of the case with which it is answered (*With*, 并案): what counts from there, or why nothing does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from automation.cases.cases import Cases
from automation.cases.joined_facts import with_facts
from automation.cases.joining import Joins, Trouble, joins_of
from automation.ledger import problems as messages
from automation.ledger.model import Problem
from automation.ledger.name_cells import OR
from automation.ledger.typed.cell import as_text
from automation.steps.findings import Finding
from sheet_schema import REGISTER

ONLY_SAID = (Trouble.IN_BOOK, Trouble.GONE)
"""What keeps no row from being filed."""


def joins_can_count(cases: Cases) -> Iterable[Finding]:
    """*With* names itself, several cases, none, a void one, or one that comes back to it."""
    joins = joins_of(cases.ledger)
    for at, trouble in joins.trouble.items():
        details = {"value": _named(cases, joins, at), "others": OR.join(joins.named[at])}
        yield Finding(trouble.value, "joined", np.asarray([at]), details, warning=trouble in ONLY_SAID)


def _named(cases: Cases, joins: Joins, at: int) -> str:
    return ", ".join(joins.named[at]) or as_text(cases.ledger.register.read["joined"][at]).strip()


def said_of_joins(cases: Cases) -> Iterator[Problem]:
    """Beside each case that is answered with another: what counts from there. Nobody has to put that right."""
    register = cases.ledger.register
    for at, facts in with_facts(register):
        if not facts.leading or not cases.register_lines.cases[at]:
            continue
        columns = [REGISTER[key] for key in facts.counts]
        code = "joined_note" if facts.counts else "joined_note_nothing"
        said = messages.problem(code, value=facts.leading, columns=columns)
        if "outcome" in facts.counts and np.isnat(cases.register["replied_on"][at]):
            said = (*said, *messages.problem("joined_answered_before", value=facts.leading))
        yield Problem(
            "register", int(register.rows[at]), "joined", code, said, case_no=str(register["case_no"][at]), warning=True
        )
