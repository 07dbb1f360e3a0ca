"""Says beside a dated row of Deadlines or Escalation which row held before it, and which does after it (docs/design.md#p3.18)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise

from automation.ledger.model import Problem
from automation.ledger.policy import Deadline, Policy, Rung
from automation.ledger.problems import problem

SUCCESSIONS = frozenset({"rule_begins", "rule_ends"})
"""What is said beside a dated rule, and is nobody's fault: it stands in the row only."""

Dated = Deadline | Rung


def successions(policy: Policy) -> list[Problem]:
    """A note beside each rule that takes over from another for the same cases, and beside that one."""
    return [
        *_between("deadlines", policy.deadlines, lambda rule: (rule.step, rule.kind, rule.channel)),  # type: ignore[union-attr]
        *_between("escalation", policy.ladder, lambda rung: (rung.step, f"{rung.level:9}", "")),  # type: ignore[union-attr]
    ]


def _between(tab: str, rules: Sequence[Dated], cases: Callable[[Dated], tuple[str, str, str]]) -> Iterator[Problem]:
    for _, alike in groupby(sorted(rules, key=cases), key=cases):
        for old, new in pairwise(sorted(alike, key=lambda rule: rule.days.newest_first, reverse=True)):
            first = new.days.first
            if first is None or first == old.days.first:
                continue
            last = min(old.days.last or date.max, first - timedelta(days=1))
            if tab == "deadlines" or old.days.last == last:
                yield _note(tab, new.row, "from", "rule_begins", day=first, other=old.row)
                yield _note(tab, old.row, "until", "rule_ends", day=last, other=new.row)


def _note(tab: str, row: int, column: str, code: str, **details: object) -> Problem:
    return Problem(tab, row, column, code, problem(code, **details), warning=True)
