"""Tells whoever is given a case, and the department and the handler that lose it (docs/design.md#p4.8).

谁主管、谁负责: one department is responsible, so both must know when a case changes hands. Notices says who was told last.
`level` counts the changes of hands, so that a department that gets a case back is told again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np

from automation.cases.cases import Cases
from automation.cases.imported import holder_kept, origins
from automation.cases.rule_matching import Matcher
from automation.ledger.case_names import listed_holder
from automation.ledger.directory import Directory
from automation.ledger.live_notices import live_notices
from automation.ledger.normal_form import normal
from automation.ledger.notices import Notice, hands_in, holder_of
from automation.ledger.policy import Rule
from automation.ledger.table import Array, Table
from automation.steps.involved_notices import tell_involved
from sheet_schema.vocabulary import NoticeKind, NoticeState, RuleState, Status, Step, Who

KINDS = (NoticeKind.ASSIGNMENT.key, NoticeKind.HANDED_OVER.key)
ENDED = frozenset(
    state.key for state in (NoticeState.SENT, NoticeState.WRITTEN, NoticeState.SUPERSEDED, NoticeState.UNCERTAIN)
)
"""In any other state the notice may still have to be sent, perhaps to a corrected address."""


@dataclass(frozen=True, slots=True)
class ToldDepartment:
    """The department (and handler) told of a case when it changed hands for the `level`-th time; blank if it was only taken
    away from those before."""

    level: int
    holder: str
    settled: bool = True
    """Whether no notice of that level has to be sent any more."""
    on: date | None = None
    """The day on which it was claimed."""


def tell_departments(cases: Cases, now: datetime) -> list[Notice]:
    """For each open case: notices to whoever has it, to the rule's `copy_to`, and to who had it before, also if nobody has
    it now.

    Once all of them have been told there is nothing more to send, until the case changes hands again.
    """
    register = cases.register
    told = _told(live_notices(cases.ledger), cases.ledger.policy.directory)
    taken_away = np.isin(register["case_no"], list(told)) & _is_taken_away(register)
    wanted = np.flatnonzero(
        cases.register_lines.cases & (_has_holder(register) | taken_away) & (register["status"] != Status.CLOSED.key)
    )
    rules = _copying_rules(cases)
    from_day = _from_day(cases, now)
    to_tell = [i for i in wanted.tolist() if i not in cases.confidence.being_typed]
    given = [notice for i in to_tell for notice in _of_case(cases, i, told, rules, from_day)]
    return [*given, *tell_involved(cases, from_day)]


def copies(cases: Cases) -> list[Notice]:
    """A notice for each copy that a rule sends of an open case, sent or not: for those who read why nobody got one."""
    register = cases.register
    told = _has_holder(register) & (register["status"] != Status.CLOSED.key)
    told[list(cases.confidence.being_typed)] = False
    return [
        Notice(
            kind=NoticeKind.ASSIGNMENT.key,
            case_no=register["case_no"][i],
            case_at=i,
            step="",
            due_on=None,
            level=0,
            slot=slot,
            from_day=cases.now.date(),
        )
        for i, rule in _copying_rules(cases).items()
        if told[i] and _follows(rule, str(register["department"][i]))
        for slot in rule.copy_to
    ]


def _has_holder(register: Table) -> Array:
    mask: Array = (register["department"] != "") | (register["handler"] != "")
    return mask


def _is_taken_away(register: Table) -> Array:
    """Mask the lines in which nothing stands for who has the case; what cannot be read may be somebody."""
    mask: Array = (register.read["department"] == "") & (register.read["handler"] == "") & ~_has_holder(register)
    return mask


def _follows(rule: Rule, department: str) -> bool:
    """Whether the case is where the rule puts it."""
    return normal(rule.department) == normal(department)


def _of_case(
    cases: Cases, at: int, told: Mapping[str, list[ToldDepartment]], rules: Mapping[int, Rule], from_day: Sequence[date]
) -> Iterator[Notice]:
    register, came = cases.register, origins(cases.ledger)
    number, department, handler = (str(register[key][at]) for key in ("case_no", "department", "handler"))
    holder = holder_of(department, handler)
    before = told.get(number, [])
    last = before[-1] if before else ToldDepartment(0, "")
    same = normal(last.holder) == normal(holder)
    if same and last.settled:
        return
    if not before and number in came and came[number].holder == holder_kept(department, handler):
        return  # whoever had it when it was taken over from an old register has had it since (docs/design.md#p13.4)
    is_urgent = any(cases.confidence.may_act(at, department, handler)) and not _had_it_before(before, holder)
    if not same and last.on == cases.now.date() and holder and not is_urgent:
        return  # perhaps a slip that was put right: whoever was mailed about it today is mailed again tomorrow
    still_leaving = not (last.holder or last.settled)  # whoever it was taken from has not been told yet
    level = last.level if same or still_leaving else last.level + 1

    def notice(kind: NoticeKind, slot: str, whose: str) -> Notice:
        return Notice(
            kind=kind.key,
            case_no=number,
            case_at=at,
            step="",
            due_on=None,
            level=level,
            slot=slot,
            from_day=from_day[at],
            holder=whose,
        )

    if holder:
        yield notice(NoticeKind.ASSIGNMENT, Who.HANDLER.key, holder)
    rule = rules.get(at) if holder else None
    if rule is not None and _follows(rule, department):
        for slot in rule.copy_to:
            yield notice(NoticeKind.ASSIGNMENT, slot, holder)
    earlier = [one.holder for one in before if one.level < level]
    department_before, handler_before = hands_in(earlier[-1]) if earlier else ("", "")
    if department_before and normal(department_before) != normal(department):
        yield notice(NoticeKind.HANDED_OVER, Who.HANDLER.key, earlier[-1])
    if handler_before and normal(handler_before) != normal(handler):
        yield notice(NoticeKind.HANDED_OVER, handler_before, earlier[-1])


def _had_it_before(before: Sequence[ToldDepartment], holder: str) -> bool:
    """Whether these hands had the case before those who were told last."""
    return any(normal(one.holder) == normal(holder) for one in before)


def _told(notices: Table, directory: Directory) -> dict[str, list[ToldDepartment]]:
    """Who was told of each case, in order. A void notice was never sent."""
    wanted = np.isin(notices["kind"], KINDS) & (notices["state"] != NoticeState.VOID.key)
    wanted &= notices["step"] != Step.PART.key
    found: dict[str, dict[int, ToldDepartment]] = {}
    open_yet: set[tuple[str, int]] = set()
    columns = (
        notices[key][wanted].tolist() for key in ("case_no", "level", "kind", "slot", "holder", "state", "claimed_at")
    )
    for number, written, kind, slot, holder, state, claimed_at in zip(*columns, strict=True):
        level, on = int(written) if written.isdecimal() else 0, claimed_at.date() if claimed_at else None
        levels = found.setdefault(number, {})
        if kind == NoticeKind.ASSIGNMENT and slot == Who.HANDLER:
            levels[level] = ToldDepartment(level, listed_holder(holder, directory), on=on)
        elif kind == NoticeKind.HANDED_OVER:
            levels.setdefault(level, ToldDepartment(level, "", on=on))
        if state not in ENDED:
            open_yet.add((number, level))
    return {
        number: [replace(levels[level], settled=(number, level) not in open_yet) for level in sorted(levels)]
        for number, levels in found.items()
    }


def _copying_rules(cases: Cases) -> dict[int, Rule]:
    """The first rule that matches each case, by position, if that rule has a `copy_to`."""
    matcher = Matcher(cases.register, cases.ledger.policy)
    unmatched = cases.register_lines.cases.copy()
    rules: dict[int, Rule] = {}
    active = [rule for rule in cases.ledger.policy.rules if rule.state == RuleState.YES]
    if not any(rule.copy_to for rule in active):
        return rules
    for rule in active:
        matched = unmatched & matcher.matches(rule)
        unmatched &= ~matched
        if rule.copy_to:
            rules.update(dict.fromkeys(np.flatnonzero(matched).tolist(), rule))
    return rules


def _from_day(cases: Cases, now: datetime) -> Sequence[date]:
    """The day from which each case's notices are due: today.

    On the day a ledger goes live, the day the case was first seen, so that earlier assignments are not mailed now.
    """
    live_since = cases.ledger.policy.settings["go_live_on"]
    if live_since and live_since != now.date().isoformat():
        return [now.date()] * len(cases.register)
    return list(cases.first_seen.tolist())
