"""What is wrong with the rows of the Register, for people who read it elsewhere: each row once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from automation.cases.confidentiality import quotable_cases
from automation.ledger.model import Ledger, Problem
from automation.text.catalogue import counted, sentences

_HOW_MANY = counted("1 problem; look at the row.", "{n} problems; look at the row.")


def by_row(problems: Iterable[Problem], ledger: Ledger) -> list[tuple[Problem, int]]:
    """Each row as one problem that says all of its own, and how many they are. Problems elsewhere stay by themselves.

    Of a case of which nothing may be said but number, step and date they are only counted (docs/design.md#p5.7).
    """
    rows, numbers = _withheld(ledger)
    of_row: dict[object, list[Problem]] = {}
    for at, problem in enumerate(problems):
        in_a_row = problem.tab == "register" and problem.row is not None
        of_row.setdefault(("row", problem.row) if in_a_row else at, []).append(problem)
    return [
        (_joined(found, ledger, hidden=_is_among(found[0], rows, numbers)), len(found)) for found in of_row.values()
    ]


def _joined(found: list[Problem], ledger: Ledger, *, hidden: bool) -> Problem:
    if hidden:
        said = _HOW_MANY.say(ledger.language, n=len(found))
    elif len(found) == 1:
        return found[0]
    else:
        said = sentences((one.text for one in found), ledger.language)
    return replace(found[0], column="", code="", message=said, remedy="")


def _withheld(ledger: Ledger) -> tuple[frozenset[int], frozenset[str]]:
    """The rows, and the numbers, of the cases whose cells may not be quoted."""
    register = ledger.register
    withheld = ~quotable_cases(register, ledger.policy)
    return frozenset(register.rows[withheld].tolist()), frozenset(register["case_no"][withheld].tolist())


def _is_among(problem: Problem, rows: frozenset[int], numbers: frozenset[str]) -> bool:
    return (problem.tab == "register" and problem.row in rows) or (problem.case_no != "" and problem.case_no in numbers)
