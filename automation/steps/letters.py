"""What a run says of the letters that people chose in the Register, before it makes them (docs/design.md#p16.1)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from automation.cases.cases import Cases
from automation.cases.letters.made import settled
from automation.cases.letters.objections import chosen, considered, outdated
from automation.ledger.model import Problem
from automation.ledger.table import Table
from automation.text.catalogue import msg
from sheet_schema import REGISTER

CODE, CHANGED = "letter_refused", "letter_outdated"
_OUTDATED = msg(
    "This row has changed since {file} was made. If the letter should say so, empty {column}, and choose it anew after the next run."
)


def letter_problems(cases: Cases) -> Iterator[Problem]:
    """Beside each row why the letter chosen in it cannot be made, or that the one that was made says something else by now."""
    yield from _changed_since(cases)
    register = cases.register
    for at, kind in chosen(cases):
        for column, said in considered(cases, at, kind).objections:
            key = column if column in register.tab.keys else "letter"
            yield Problem(
                register.tab.key,
                int(register.rows[at]),
                key,
                CODE,
                (said,),
                case_no=register["case_no"][at],
                warning=True,
            )


def _changed_since(cases: Cases) -> Iterator[Problem]:
    """Beside each row that the letter made of it says something else."""
    register = cases.register
    for at, letter in outdated(cases):
        said = _OUTDATED.of(file=letter.file, column=REGISTER["letter"])
        yield Problem(
            register.tab.key,
            int(register.rows[at]),
            "letter",
            CHANGED,
            (said,),
            case_no=register["case_no"][at],
            warning=True,
        )


def with_settled_choices(register: Table) -> Table:
    """The register in which a letter may be chosen anew once the cell was empty, or said something else, in a run."""
    marked = np.flatnonzero(register["letters_made"] != "").tolist()
    if not marked:
        return register
    made = register["letters_made"].copy()
    for at in marked:
        made[at] = settled(str(made[at]), str(register["letter"][at]))
    return register.having(letters_made=made)
