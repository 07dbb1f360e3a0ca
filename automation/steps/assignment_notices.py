"""The assignment mail: who was given a case is told so, and a department that loses one gets a line.

"谁主管、谁负责": a case has one responsible department, so both must know when it changes hands. What Notices remembers of
each case says who was told last; a case given back to a department is news to it again, hence the running `level`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np

from automation.cases.cases import Cases
from automation.cases.rule_matching import Matcher
from automation.ledger.directory import normal
from automation.ledger.notices import BESIDE, Notice, holder_of
from automation.ledger.policy import Rule
from automation.ledger.table import Table
from sheet_schema.vocabulary import NoticeKind, NoticeState, Role, RuleState, Status, Who, folded, lookup

KINDS = (NoticeKind.ASSIGNMENT.key, NoticeKind.HANDED_OVER.key)
ENDED = frozenset(
    state.key for state in (NoticeState.SENT, NoticeState.WRITTEN, NoticeState.SUPERSEDED, NoticeState.UNCERTAIN)
)
"""A notice in any other state may have to be raised again: to be sent after all, or to a mended address."""


@dataclass(frozen=True, slots=True)
class ToldDepartment:
    """Who was told of a case, as the `level`-th."""

    level: int
    holder: str
    settled: bool = True
    """Whether every notice of that level has come to its end."""


def tell_departments(cases: Cases, now: datetime) -> list[Notice]:
    """For each open case in somebody's hands: the notice to them, to whom the rule copies it, and to the last before.

    Once all of them have been told, and until it changes hands, there is nothing more to raise.
    """
    register = cases.register
    in_hand = (register["department"] != "") | (register["handler"] != "")
    wanted = np.flatnonzero(cases.register_lines.cases & in_hand & (register["status"] != Status.CLOSED.key))
    told = _told(cases.ledger.tables["notices"])
    rules = _rules(cases)
    from_day = _from_day(cases, now)
    return [notice for i in wanted.tolist() for notice in _of_case(cases, i, told, rules, from_day)]


def _of_case(
    cases: Cases, at: int, told: Mapping[str, list[ToldDepartment]], rules: Mapping[int, Rule], from_day: Sequence[date]
) -> Iterator[Notice]:
    register = cases.register
    number, department = register["case_no"][at], str(register["department"][at])
    holder = holder_of(department, str(register["handler"][at]))
    before = told.get(number, [])
    same = bool(before) and normal(before[-1].holder) == normal(holder)
    if same and before[-1].settled:
        return
    level = before[-1].level if same else (before[-1].level if before else 0) + 1

    def notice(kind: NoticeKind, slot: str, whose: str) -> Notice:
        return Notice(kind.key, number, at, "", None, level, slot, from_day[at], whose)

    yield notice(NoticeKind.ASSIGNMENT, Who.HANDLER.key, holder)
    rule = rules.get(at)
    if rule is not None and normal(rule.department) == normal(department):
        for slot in rule.copy_to:
            yield notice(NoticeKind.ASSIGNMENT, lookup(Role).get(folded(slot), slot), holder)
    earlier = [one.holder for one in before if one.level < level]
    loser = earlier[-1].partition(BESIDE)[0] if earlier else ""
    if loser and normal(loser) != normal(department):
        yield notice(NoticeKind.HANDED_OVER, Who.HANDLER.key, earlier[-1])


def _told(notices: Table) -> dict[str, list[ToldDepartment]]:
    """Who was told of each case, in order. What is void was never said."""
    wanted = np.isin(notices["kind"], KINDS) & (notices["state"] != NoticeState.VOID.key)
    found: dict[str, dict[int, ToldDepartment]] = {}
    open_yet: set[tuple[str, int]] = set()
    columns = (notices[key][wanted].tolist() for key in ("case_no", "level", "kind", "slot", "holder", "state"))
    for number, written, kind, slot, holder, state in zip(*columns, strict=True):
        level = int(written) if written.isdecimal() else 0
        if kind == NoticeKind.ASSIGNMENT and slot == Who.HANDLER:
            found.setdefault(number, {})[level] = ToldDepartment(level, holder)
        if state not in ENDED:
            open_yet.add((number, level))
    return {
        number: [replace(levels[level], settled=(number, level) not in open_yet) for level in sorted(levels)]
        for number, levels in found.items()
    }


def _rules(cases: Cases) -> dict[int, Rule]:
    """The first rule that fits each case, for the cases of rules that copy to somebody."""
    matcher = Matcher(cases.register)
    open_yet = cases.register_lines.cases.copy()
    found: dict[int, Rule] = {}
    active = [rule for rule in cases.ledger.policy.rules if rule.state == RuleState.YES]
    if not any(rule.copy_to for rule in active):
        return found
    for rule in active:
        fits = open_yet & matcher.matches(rule)
        open_yet &= ~fits
        if rule.copy_to:
            found.update(dict.fromkeys(np.flatnonzero(fits).tolist(), rule))
    return found


def _from_day(cases: Cases, now: datetime) -> Sequence[date]:
    """From when the news is due: today; on the day a ledger goes live, since the case was first seen, so that what was
    given out before is not told now."""
    live_since = cases.ledger.policy.settings["go_live_on"]
    today = np.datetime64(now.date(), "D")
    if live_since and live_since != now.date().isoformat():
        return [now.date()] * len(cases.register)
    seen = np.where(np.isnat(cases.register_lines.first_seen), today, cases.register_lines.first_seen)
    return list(seen.tolist())
