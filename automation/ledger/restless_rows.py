"""Cases whose rows a workbook could not settle, run after run: their row says so, and their mails go alone.

"a case that does not settle three runs in a row holds up no other" (docs/design.md#p9.11)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from automation.ledger.model import Ledger, Problem
from automation.ledger.problems import problem
from automation.ledger.titles_and_headers import places_of
from automation.ledger.workbook import Restless
from sheet_schema import REGISTER

PATIENCE = 3
"""How many runs in a row a row may fail to settle, as it does while somebody types, before it is set apart."""
_CODES = {"chip": "smart_chip", "formula": "spilled", "image": "cell_image"}


def with_restless(ledger: Ledger, restless: Mapping[str, Restless]) -> Ledger:
    """The ledger with these cases set apart, and a problem at the row of each that says why."""
    apart = {number: one for number, one in restless.items() if one.columns or one.runs >= PATIENCE}
    if not apart:
        return ledger
    rows = dict(zip(ledger.register["case_no"].tolist(), ledger.register.rows.tolist(), strict=True))
    said = [
        one for number, why in apart.items() if number in rows for one in _problems(ledger, rows[number], number, why)
    ]
    return replace(ledger.noting(said), apart=frozenset(apart))


def _problems(ledger: Ledger, row: int, number: str, why: Restless) -> Iterator[Problem]:
    if not why.columns:
        said = problem("restless", count=why.runs)
        yield Problem("register", row, "case_no", "restless", said, case_no=number, warning=True)
    code = _CODES.get(why.cause, "two_forms")
    for header in why.columns:
        places = places_of(REGISTER, [header], ledger.language)
        key = next((key for key, found in places.items() if found), "")
        if key:
            said = problem(code, column=REGISTER[key])
            yield Problem("register", row, key, code, said, case_no=number, warning=True)
