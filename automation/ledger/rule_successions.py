"""Says beside a dated row of Deadlines, Escalation or Calendar when it holds, and which row does before or after it
(docs/design.md#p3.18)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby, pairwise

from automation.ledger.model import Problem
from automation.ledger.policy import Deadline, Policy, Rung
from automation.ledger.problems import problem
from sheet_schema.vocabulary import Step

GAPS = frozenset({"rule_gap", "rule_gap_days", "rung_gap", "rung_gap_days"})
"""What is said beside a row that ended with nothing after it: it may be meant, so `check` says it, too, as a hint."""
SUCCESSIONS = (
    frozenset({f"{rule}_{what}" for rule in ("rule", "rung") for what in ("begins", "ends", "is_over")})
    | {"days_begin", "days_end"}
    | GAPS
)
"""What is said beside a dated row, and is nobody's fault: it stands in the row only."""

Dated = Deadline | Rung


def successions(policy: Policy) -> list[Problem]:
    """A note beside each rule that takes over from another for the same cases, beside that one, and beside each row that
    holds up to a day or from one on without another; and where there is none for a while."""
    return [
        *_between("deadlines", policy.deadlines, lambda rule: (rule.step, rule.kind, rule.channel)),  # type: ignore[union-attr]
        *_between("escalation", policy.ladder, lambda rung: (rung.step, f"{rung.level:9}", "")),  # type: ignore[union-attr]
        *_gaps("deadlines", policy.deadlines),
        *_gaps("escalation", policy.ladder),
        *_of_calendar(policy),
    ]


def taken_over(ladder: Sequence[Rung]) -> tuple[Rung, ...]:
    """The ladder, in which a row ends where another for the same step and level, with a role in common, begins later
    (docs/design.md#p3.17)."""
    return tuple(replace(rung, days=replace(rung.days, last=_last(rung, ladder))) for rung in ladder)


def _last(rung: Rung, ladder: Sequence[Rung]) -> date | None:
    """The last day on which a row of the ladder holds: its own, or the one before another takes over; None if there is no end."""
    begin = rung.days.first or date.min
    later = (one.days.first for one in ladder if stands_in_place_of(one, rung) and (one.days.first or date.min) > begin)
    ends = [first - timedelta(days=1) for first in later if first]
    return min([*ends, *([rung.days.last] if rung.days.last else [])], default=None)


def stands_in_place_of(one: Rung, other: Rung) -> bool:
    """Whether two rows of the ladder tell the same role of the same step at the same level."""
    return (one.step, one.level) == (other.step, other.level) and not {*one.to}.isdisjoint(other.to)


def _between(tab: str, rules: Sequence[Dated], cases: Callable[[Dated], tuple[str, str, str]]) -> Iterator[Problem]:
    one = "rule" if tab == "deadlines" else "rung"
    followed = set()
    for _, alike in groupby(sorted(rules, key=cases), key=cases):
        for old, new in pairwise(sorted(alike, key=lambda rule: rule.days.newest_first, reverse=True)):
            first = new.days.first
            if first is None or first == old.days.first:
                continue
            last = min(old.days.last or date.max, first - timedelta(days=1))
            if tab == "deadlines" or old.days.last == last:
                followed.add(old.row)
                yield _note(tab, new.row, "from", f"{one}_begins", day=first, other=old.row)
                yield _note(tab, old.row, "until", f"{one}_ends", day=last, other=new.row)
    for rule in rules:
        if rule.days.last is not None and rule.row not in followed:
            yield _note(tab, rule.row, "until", f"{one}_is_over", day=rule.days.last)


def _gaps(tab: str, rules: Sequence[Dated]) -> Iterator[Problem]:
    """A note beside each row after whose last day no row holds for its cases, for a while or for good."""
    for rule in rules:
        if rule.days.last in (None, date.max):
            continue
        day = rule.days.last + timedelta(days=1)
        others = [one.days for one in rules if _holds_for(one, rule)]
        if any(days.hold_on(day) for days in others):
            continue
        back = min((days.first for days in others if days.first and days.first > day), default=None)
        details: dict[str, object] = {"day": day, "step": Step.of(rule.step)}
        if isinstance(rule, Rung):
            details["level"] = rule.level
        code = "rung_gap" if isinstance(rule, Rung) else "rule_gap"
        if back is None:
            yield _note(tab, rule.row, "until", code, **details)
        else:
            yield _note(tab, rule.row, "until", f"{code}_days", last=back - timedelta(days=1), **details)


def _holds_for(one: Dated, other: Dated) -> bool:
    """Whether a row is for all the cases that the other is for, or for the same step and level of the ladder."""
    if isinstance(one, Rung) or isinstance(other, Rung):
        return isinstance(one, Rung) and isinstance(other, Rung) and (one.step, one.level) == (other.step, other.level)
    return one.step == other.step and one.kind in ("", other.kind) and one.channel in ("", other.channel)


def _of_calendar(policy: Policy) -> Iterator[Problem]:
    for entry in policy.calendar.entries:
        if entry.days.first is not None:
            yield _note("calendar", entry.row, "in_force_from", "days_begin", day=entry.days.first)
        if entry.days.last is not None:
            yield _note("calendar", entry.row, "in_force_until", "days_end", day=entry.days.last)


def _note(tab: str, row: int, column: str, code: str, **details: object) -> Problem:
    return Problem(tab, row, column, code, problem(code, **details), warning=True)
