"""What is wrong with rows, for people who read it elsewhere: each row of the Register once.

Of a case of which nothing may be quoted no problem quotes a cell, wherever its row stands: in the Register or in Filing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from automation.cases.confidentiality import quotable_cases
from automation.ledger.model import Ledger, Problem
from automation.ledger.problems import missing_together
from automation.text.catalogue import counted
from sheet_schema import REGISTER

_HOW_MANY = counted("1 problem; look at the row.", "{n} problems; look at the row.")


@dataclass(frozen=True)
class Withheld:
    """The cases, live and filed, of which no more may be said than number, step and date: their rows by tab, and their numbers."""

    rows: frozenset[tuple[str, int]]
    numbers: frozenset[str]

    def covers(self, problem: Problem) -> bool:
        """Whether the problem is one of such a case, so that its words must not leave the ledger."""
        return (problem.tab, problem.row) in self.rows or problem.case_no in self.numbers


def withheld_in(ledger: Ledger) -> Withheld:
    """Those of the Register and of Filing."""
    rows, numbers = set[tuple[str, int]](), set[str]()
    for table in (ledger.register, ledger.filing):
        secret = ~quotable_cases(table, ledger.policy)
        rows.update((table.tab.key, row) for row in table.rows[secret].tolist())
        numbers.update(table["case_no"][secret].tolist())
    return Withheld(frozenset(rows), frozenset(numbers) - {""})


def by_row(problems: Iterable[Problem], ledger: Ledger) -> list[tuple[Problem, int]]:
    """Each row as one problem that says all of its own, and how many they are. Problems elsewhere stay by themselves.

    Of a case of which nothing may be said but number, step and date they are only counted (docs/design.md#p5.7).
    """
    withheld = withheld_in(ledger)
    of_row: dict[object, list[Problem]] = {}
    for at, problem in enumerate(problems):
        in_a_row = problem.row is not None and (problem.tab == REGISTER.key or withheld.covers(problem))
        of_row.setdefault((problem.tab, problem.row) if in_a_row else at, []).append(problem)
    return [(_joined(found, hidden=withheld.covers(found[0])), len(found)) for found in of_row.values()]


def _joined(found: list[Problem], *, hidden: bool) -> Problem:
    if len(found) == 1 and not hidden:
        return found[0]
    said = (
        (_HOW_MANY.of(n=len(found)),)
        if hidden
        else tuple(sentence for one in missing_together(found) for sentence in one.said)
    )
    return replace(found[0], column="", code="", said=said)
