"""Finds rows of Deadlines and Escalation that say the same of the same cases, so that one of them is never used.

It is said beside both, since nobody can tell from one alone which of them holds (docs/design.md#p1.5).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from automation.ledger.model import Problem
from automation.ledger.policy import Deadline, Policy, Rung
from automation.ledger.problems import problem
from automation.text.catalogue import Row
from sheet_schema.vocabulary import Role

IGNORED = "deadline_ignored"
RULE_PROBLEMS = frozenset({IGNORED, "deadline_counts", "rungs_equal"})


def equal_rows(policy: Policy) -> list[Problem]:
    """A warning beside each of the rows that are equally specific, with the row of the other."""
    return [*_deadlines(policy.deadlines), *_rungs(policy.ladder)]


def _deadlines(rules: Sequence[Deadline]) -> Iterator[Problem]:
    """Of several rows for one step and the same kind and channel the upper one counts (docs/design.md#p3.8)."""
    by_counting: dict[int, list[int]] = {}
    for row, counts in never_used(rules).items():
        by_counting.setdefault(counts.row, []).append(row)
    for counting, ignored in by_counting.items():
        yield _warning("deadlines", counting, "step", "deadline_counts", other=Row(ignored))
        for row in ignored:
            yield _warning("deadlines", row, "step", IGNORED, other=counting)


def never_used(rules: Sequence[Deadline]) -> dict[int, Deadline]:
    """By row, the rules that are never used, each with the one that counts in its place: one above for the same cases, which
    begins on the same day and lasts as long."""
    found = {}
    for _, equal in groupby(sorted(rules, key=cases_of_rule), key=cases_of_rule):
        above: list[Deadline] = []
        for rule in sorted(equal, key=lambda rule: rule.row):
            last = rule.days.last or date.max
            counts = next((one for one in above if (one.days.last or date.max) >= last), None)
            if counts is None:
                above.append(rule)
            else:
                found[rule.row] = counts
    return found


def cases_of_rule(rule: Deadline) -> tuple[object, ...]:
    """For which cases a rule is. One that begins later takes over from the one before, so that these are no rivals."""
    return rule.step, rule.kind, rule.channel, rule.days.newest_first


def _rungs(ladder: Sequence[Rung]) -> Iterator[Problem]:
    """A role is told once at each level of a step, whatever row it stands in."""
    for rung in ladder:
        for other in ladder:
            roles = [role for role in rung.to if role in other.to]
            rivals = (other.step, other.level) == (rung.step, rung.level) and other.days.overlap(rung.days)
            if other.row != rung.row and rivals and roles:
                named = [Role.of(role) for role in roles]
                yield _warning("escalation", rung.row, "level", "rungs_equal", other=other.row, roles=named)


def _warning(tab: str, row: int, column: str, code: str, **details: object) -> Problem:
    return Problem(tab, row, column, code, problem(code, **details), warning=True)
