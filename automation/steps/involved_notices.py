"""Tells the departments that have a part in a case beside the one that leads, and remembers which of them were told.

They get the mail that gives them their part, reminders before its day, and the ladder for it (docs/design.md#p20.4). For the
steps that do this, a case with two parts is seen twice: as if it were each department's, and its part were all there is to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np

from automation.cases.cases import Cases
from automation.cases.clocks import Clock
from automation.cases.imported import origins
from automation.cases.involved import PartClocks, is_in, parts_of
from automation.cases.steps_owed import applies, closed_before
from automation.ledger.department_cells import TypedPart
from automation.ledger.live_notices import live_notices
from automation.ledger.normal_form import normal
from automation.ledger.notices import Notice
from automation.ledger.office_time import today
from automation.ledger.table import Array, Table
from sheet_schema.vocabulary import NoticeKind, NoticeState, Status, Step, Who

ENDED = frozenset(
    state.key for state in (NoticeState.SENT, NoticeState.WRITTEN, NoticeState.SUPERSEDED, NoticeState.UNCERTAIN)
)
"""In any other state the notice may still have to be sent."""
_KINDS = (NoticeKind.ASSIGNMENT.key, NoticeKind.HANDED_OVER.key)


@dataclass(frozen=True, slots=True)
class ToldOfPart:
    """The last that a department was told of its part: that it has one, or that it has none any more."""

    holder: str
    level: int
    given: bool
    settled: bool
    on: datetime | None


@dataclass(frozen=True)
class PartOfEach:
    """The cases as each department reads them whose part is the first, or second, in a case: its part is all there is to do."""

    cases: Cases
    holders: Array

    def named(self, notices: Iterable[Notice]) -> Iterator[Notice]:
        """These notices with whose part each is about."""
        for notice in notices:
            slot = Who.HANDLER.key if notice.kind == NoticeKind.REMINDER else notice.slot
            yield replace(notice, slot=slot, holder=str(self.holders[notice.case_at]))


def without_parts(cases: Cases) -> Cases:
    """The cases with what the department in charge and the office have to do, and nothing of the parts of others."""
    if not cases.of_parts and not any(rung.step == Step.PART for rung in cases.ledger.policy.ladder):
        return cases
    policy = cases.ledger.policy
    policy = replace(policy, ladder=tuple(rung for rung in policy.ladder if rung.step != Step.PART))
    clocks: dict[Step, Clock] = {step: clock for step, clock in cases.clocks.items() if step is not Step.PART}
    return replace(cases, ledger=replace(cases.ledger, policy=policy), clocks=clocks, of_parts=())


def each_part(cases: Cases) -> Iterator[PartOfEach]:
    """The cases as the departments also involved read them. None whose part is for a department that is not in Departments."""
    if not cases.of_parts:
        return
    told = told_of_parts(cases)
    known = {normal(one.name) for one in cases.ledger.policy.departments}
    policy = replace(
        cases.ledger.policy,
        ladder=cases.ledger.policy.ladder_of_parts,
        deadlines=tuple(
            replace(rule, step=Step.PART.key, who=Who.HANDLER.key) for rule in cases.ledger.policy.deadlines
        ),
    )
    for one in cases.of_parts:
        clock = replace(one.clock, open=one.clock.open & np.array([normal(name) in known for name in one.names]))
        holders, register = _holders(cases, one, told), cases.register
        blank = np.full(len(register), "", dtype=object)
        ledger = replace(
            cases.ledger.having(
                register=register.having(department=one.names, handler=blank),
                notices=_notices_of(live_notices(cases.ledger), register, holders),
            ),
            policy=policy,
        )
        lines = replace(cases.register_lines, first_seen=_given_on(cases, one, told))
        yield PartOfEach(
            replace(cases, ledger=ledger, register_lines=lines, clocks={Step.PART: clock}, of_parts=()), holders
        )


def told_of_parts(cases: Cases) -> Mapping[tuple[str, str], ToldOfPart]:
    """By case number and department, in the form in which names are compared, the last that it was told of its part."""
    notices, directory = live_notices(cases.ledger), cases.ledger.policy.directory
    wanted = (notices["step"] == Step.PART.key) & np.isin(notices["kind"], _KINDS)
    wanted &= (notices["state"] != NoticeState.VOID.key) & (notices["slot"] == Who.HANDLER.key)
    columns = (notices[key][wanted].tolist() for key in ("case_no", "holder", "level", "kind", "state", "claimed_at"))
    last: dict[tuple[str, str], ToldOfPart] = {}
    for number, holder, level, kind, state, at in zip(*columns, strict=True):
        whose = number, normal(directory.department(holder) or holder)
        told = ToldOfPart(holder, int(level), kind == NoticeKind.ASSIGNMENT, state in ENDED, at)
        if whose not in last or told.level >= last[whose].level:
            last[whose] = told
    return last


def _holders(cases: Cases, one: PartClocks, told: Mapping[tuple[str, str], ToldOfPart]) -> Array:
    """Whose part it is, by the name that the department had when it was told first: a new name tells nobody anew."""
    holders = one.names.copy()
    numbers = cases.register["case_no"]
    for at in np.flatnonzero(one.names != "").tolist():
        before = told.get((str(numbers[at]), normal(str(one.names[at]))))
        holders[at] = before.holder if before else one.names[at]
    return holders


def _notices_of(notices: Table, register: Table, holders: Array) -> Table:
    """The notices about these parts alone."""
    pairs = {pair for pair in zip(register["case_no"].tolist(), holders.tolist(), strict=True) if pair[1]}
    rows = zip(*(notices[key].tolist() for key in ("case_no", "holder", "step")), strict=True)
    mask = [step == Step.PART and (number, holder) in pairs for number, holder, step in rows]
    return notices.only(np.array(mask, dtype=bool))


def _given_on(cases: Cases, one: PartClocks, told: Mapping[tuple[str, str], ToldOfPart]) -> Array:
    """The day on which each department was given its part, today if nobody told it yet: a part that is given after its day was
    late when it was first seen, and climbs the ladder step by step."""
    days = cases.first_seen.copy()
    numbers = cases.register["case_no"]
    for at in np.flatnonzero(one.names != "").tolist():
        before = told.get((str(numbers[at]), normal(str(one.names[at]))))
        given = np.datetime64(before.on, "D") if before and before.on else today(cases.now)
        days[at] = np.fmax(days[at], given)
    return days


def tell_involved(cases: Cases, from_day: Sequence[date]) -> Iterator[Notice]:
    """For each open case: notices to the departments that have a part in it, and to those that have none any more."""
    told, parts = told_of_parts(cases), parts_of(cases.ledger)
    if not told and not parts:
        return
    register = cases.register
    is_open = cases.register_lines.cases & (register["status"] != Status.CLOSED.key)
    is_open &= applies(register, Step.REPLY) & ~closed_before(register)
    is_open[list(cases.confidence.being_typed)] = False
    departments = {normal(one.name) for one in cases.ledger.policy.departments}
    of_case: dict[str, dict[str, ToldOfPart]] = {}
    for (number, name), last in told.items():
        if name in departments:
            of_case.setdefault(number, {})[name] = last
    came = origins(cases.ledger)
    for at in np.flatnonzero(is_open).tolist():
        number = str(register["case_no"][at])
        asked = {normal(part.name): part for part in parts.get(at, ()) if normal(part.name) in departments}
        if number in came and not register["involved"][at]:
            asked = {}  # "Nothing is mailed because of an import" (docs/design.md#p13.4)
        before = of_case.get(number, {})
        lead = normal(str(register["department"][at]))
        lost = {name: last for name, last in before.items() if name not in asked and name != lead}
        for kind, level, holder in (*_given(asked, before), *_taken(lost)):
            yield Notice(
                kind=kind.key,
                case_no=number,
                case_at=at,
                step=Step.PART.key,
                due_on=None,
                level=level,
                slot=Who.HANDLER.key,
                from_day=from_day[at],
                holder=holder,
            )


_Telling = tuple[NoticeKind, int, str]
"""A kind of notice, its level, and by which name the department is told."""


def _given(asked: Mapping[str, TypedPart], before: Mapping[str, ToldOfPart]) -> Iterator[_Telling]:
    for name, part in asked.items():
        last = before.get(name)
        if is_in(part):
            continue
        if last is None:
            yield NoticeKind.ASSIGNMENT, 1, part.name
        elif not (last.given and last.settled):
            yield NoticeKind.ASSIGNMENT, last.level + (not last.given), last.holder


def _taken(lost: Mapping[str, ToldOfPart]) -> Iterator[_Telling]:
    for last in lost.values():
        if last.given or not last.settled:
            yield NoticeKind.HANDED_OVER, last.level + last.given, last.holder
