"""What is wrong with the rows of the Register, for people who read it elsewhere: each row once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from automation.cases.confidentiality import quotable_cases
from automation.ledger.model import Ledger, Problem
from automation.ledger.problems import missing_together
from automation.text.catalogue import counted

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
    return [(_joined(found, hidden=_is_among(found[0], rows, numbers)), len(found)) for found in of_row.values()]


def _joined(found: list[Problem], *, hidden: bool) -> Problem:
    if len(found) == 1 and not hidden:
        return found[0]
    said = (
        (_HOW_MANY.of(n=len(found)),)
        if hidden
        else tuple(sentence for one in missing_together(found) for sentence in one.said)
    )
    return replace(found[0], column="", code="", said=said)


def _withheld(ledger: Ledger) -> tuple[frozenset[int], frozenset[str]]:
    """The rows, and the numbers, of the cases whose cells may not be quoted."""
    register = ledger.register
    withheld = ~quotable_cases(register, ledger.policy)
    return frozenset(register.rows[withheld].tolist()), frozenset(register["case_no"][withheld].tolist())


def _is_among(problem: Problem, rows: frozenset[int], numbers: frozenset[str]) -> bool:
    return (problem.tab == "register" and problem.row in rows) or (problem.case_no != "" and problem.case_no in numbers)
