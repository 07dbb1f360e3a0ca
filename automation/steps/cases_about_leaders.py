"""What would become of a case about each principal, leader and head: who would get it, and who would be told if it is late.

Nobody learns of a complaint about them, so an office that is too small may have nobody left. `check` tries it beforehand
(docs/design.md#p4.29) through the same assignment and the same recipients as a run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import numpy as np

from automation.cases.confidentiality import judge
from automation.cases.recipients import Recipients
from automation.ledger.model import Ledger
from automation.ledger.notices import Notice
from automation.ledger.table import Array, Table
from automation.steps.routing import assign
from sheet_schema.vocabulary import Channel, Kind, NoticeKind, Role

KINDS = (Kind.COMPLAINT, Kind.ALLEGATION)
TRIED = frozenset((Role.PRINCIPAL.key, Role.LEADER.key, Role.HEAD.key))
_AGE = timedelta(days=7)
"""The cases tried are complete and a week old, so that nobody is still typing them."""


@dataclass(frozen=True)
class CaseAbout:
    """What would become of cases of one kind about one person, whatever their topic.

    `given_to` are the departments and people who would get one of them, `told` the readers at each level of the ladder,
    `nobody_at` the levels, as (step, level), at which nobody would be told of one.
    """

    name: str
    kind: Kind
    given_to: tuple[str, ...] = ()
    told: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    nobody_at: tuple[tuple[str, int], ...] = ()
    decided_by_office: bool = False
    """Whether for some topic there is nobody to give it to, so that the office has to find somebody."""


def cases_about_leaders(ledger: Ledger, now: datetime) -> list[CaseAbout]:
    """Try a complaint and an allegation about each of them, with every topic, at `now`, the office's time."""
    names = _names(ledger)
    topics = [topic.name for topic in ledger.policy.topics]
    tried = list(product(names, KINDS, topics))
    if not tried:
        return []
    first = len(ledger.register)
    ledger = assign(_with_cases(ledger, tried, now), now).ledger
    recipients = Recipients(ledger.policy, ledger.register, judge(ledger, now), now.date())
    positions: dict[tuple[str, Kind], list[int]] = {}
    for i, (name, kind, _) in enumerate(tried):
        positions.setdefault((name, kind), []).append(first + i)
    return [_found(ledger, recipients, name, kind, at) for (name, kind), at in positions.items()]


def _names(ledger: Ledger) -> list[str]:
    """Every principal, leader and head, in the order of their tabs."""
    policy = ledger.policy
    by_role = [person.name for person in policy.people if not TRIED.isdisjoint(person.roles)]
    by_department = [name for one in policy.departments for name in (one.leader, one.head) if name]
    return list(dict.fromkeys((*by_role, *by_department)))


def _with_cases(ledger: Ledger, tried: Sequence[tuple[str, Kind, str]], now: datetime) -> Ledger:
    """The ledger with one more line for each case to try, complete and not typed today."""
    register, count, day = ledger.register, len(tried), now.date() - _AGE
    positions = np.arange(len(register), len(register) + count)
    numbers = [f"\N{WHITE CIRCLE}{i}" for i in range(count)]  # no number of a case looks like it
    register = register.extended([register.last_row + 1 + i for i in range(count)])
    typed: dict[str, list[Any]] = {
        "case_no": numbers,
        "channel": [Channel.LETTER.key] * count,
        "petitioner": numbers,
        "contact": numbers,
        "summary": numbers,
        "kind": [kind.key for _, kind, _ in tried],
        "topic": [topic for _, _, topic in tried],
        "about": [name for name, _, _ in tried],
        "received_on": [np.datetime64(day)] * count,
    }
    for key, values in typed.items():
        register = register.filling(key, positions, _column(values, register, key))
    index = ledger.index
    seen = index.extended(
        [index.last_row + 1 + i for i in range(count)], case_no=numbers, first_seen=[np.datetime64(day)] * count
    )
    return ledger.having(register=register, index=seen)


def _column(values: Sequence[Any], table: Table, key: str) -> Array:
    column: Array = np.empty(len(values), dtype=table[key].dtype)
    column[:] = values
    return column


def _found(ledger: Ledger, recipients: Recipients, name: str, kind: Kind, positions: Sequence[int]) -> CaseAbout:
    register = ledger.register
    given = [str(register["department"][at] or register["handler"][at]) for at in positions]
    told: dict[int, dict[str, None]] = {}
    nobody: dict[tuple[str, int], None] = {}
    for at in positions:
        for step, level, readers in _told_of(ledger, recipients, at):
            told.setdefault(level, {}).update(dict.fromkeys(readers))
            if not readers:
                nobody[step, level] = None
    return CaseAbout(
        name,
        kind,
        tuple(dict.fromkeys(one for one in given if one)),
        {level: tuple(readers) for level, readers in sorted(told.items())},
        tuple(nobody),
        decided_by_office=not all(given),
    )


def _told_of(ledger: Ledger, recipients: Recipients, at: int) -> Iterator[tuple[str, int, list[str]]]:
    """Step, level and readers of each level of the ladder, for the case at this position."""
    levels: dict[tuple[str, int], list[str]] = {}
    for rung in ledger.policy.ladder:
        if not rung.days.hold_on(recipients.day):
            continue
        readers = levels.setdefault((rung.step, rung.level), [])
        for slot in rung.to:
            notice = Notice(
                kind=NoticeKind.ESCALATION.key,
                case_no="",
                case_at=at,
                step=rung.step,
                due_on=None,
                level=rung.level,
                slot=slot,
                from_day=recipients.day,
            )
            readers += [reader.name for reader in recipients.told(notice).readers if reader.name not in readers]
    for (step, level), readers in levels.items():
        yield step, level, readers
