"""What a period would have been under other rules, beside what it was: due dates, figures, and mails (docs/design.md#p4.33)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np

from automation.cases.cases import Cases
from automation.cases.indicators import Stock, in_time, stock_of
from automation.cases.steps_owed import DONE_ON
from automation.ledger.case_numbers import in_order
from automation.ledger.errors import LedgerError
from automation.ledger.model import Ledger
from automation.ledger.notices_journal import read_ledger
from automation.ledger.office_time import today
from automation.ledger.workbook import Snapshot
from automation.reports.model import Period
from automation.run.replay import Replay, Told, World, replayed
from automation.run.replayed_rules import Edits, as_last_seen, edits_in, rules_as_edited, typed_days
from automation.run.stages import Tell
from automation.steps.digests import everything
from automation.text.catalogue import msg
from sheet_schema.vocabulary import DIGESTS, NoticeKind, Role, Step

Key = TypeVar("Key", int, str, date)
_DONE = ("told_of_extension_on", "review_done_on", "second_review_done_on", "panel_on")
OTHERS = "others"
"""Whoever reads a mail in no role of its own: by name, as of copies."""
DIGEST = "digest"
CONFIDENTIAL = "confidential"
"""Mails that are about restricted cases alone stand in no row by role."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure as it was and as it would have been."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class InTime:
    """Of the due days of a step in the period, how many were kept: part and whole."""

    step: Step
    before: tuple[int, int]
    after: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Moved:
    """A step of a case that would have had another due day; None where it would have or had none."""

    case_no: str
    step: Step
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What the replay by the rules as they were tells otherwise than *Notices*: of which cases that may be named, of how many
    others (restricted, or no case now), and to how many readers in mails that are about no one case."""

    cases: tuple[str, ...]
    confidential: int
    readers: int


@dataclass(frozen=True)
class WhatIf:
    """Both sides of a period. `moved` leaves out restricted cases, of which `moved_restricted` is the number of due days."""

    language: str
    period: Period
    moments: int
    edits: Edits
    passed_over: tuple[tuple[str, int], ...]
    """The rows whose own first day the replay passes over: tab and row."""
    moved: tuple[Moved, ...]
    moved_restricted: int
    in_time: tuple[InTime, ...]
    late: Pair
    ladder: Mapping[int, Pair]
    by_role: Mapping[str, Pair]
    by_kind: Mapping[str, Pair]
    by_day: Mapping[date, Pair]
    mails: Pair
    storms: tuple[date, ...]
    was: tuple[int, int, int]
    """How many notices the ledger has of the period, how many the replay tells besides, and how many it lacks."""
    restricted_cells: int
    unnamed_rows: int
    told_otherwise: Otherwise

    @property
    def is_exact(self) -> bool:
        """Whether the replay by the rules as they were tells what the ledger says was told."""
        return self.was[1:] == (0, 0)


def what_if(snapshot: Snapshot, period: Period, tell: Tell) -> WhatIf:
    """Replay the period by the rules as they were, and as they are edited and tried in this workbook. Nothing is written.

    Raises LedgerError if a run would stop, as in a ledger of an earlier version.
    """
    _, edited = read_ledger(snapshot)
    if stops := edited.stops:
        raise LedgerError(
            msg("Nothing can be replayed while no run goes on. {problem}").of(problem=stops[0]), edited.language
        )
    edits = edits_in(edited)
    seen = as_last_seen(snapshot, edited)
    _, ledger = read_ledger(seen)
    rules = rules_as_edited(edited, period.first) if edits.replayed else None
    replay = replayed(seen, ledger, (period.first, period.last), rules, tell)
    pairs = (replay.before, replay.after)
    stocks = [stock_of(world.cases, everything, _DONE) for world in pairs if world.cases is not None]
    moved = [*_moved(*stocks)] if stocks else []
    restricted = _restricted(stocks)
    shown = tuple(one for one in moved if one.case_no not in restricted)
    return WhatIf(
        language=edited.language,
        period=period,
        moments=replay.moments,
        edits=edits,
        passed_over=tuple(typed_days(edited)),
        moved=shown,
        moved_restricted=len(moved) - len(shown),
        in_time=tuple(_in_time(stocks, period)),
        late=Pair(*(_late(world.cases) for world in pairs)),
        ladder=_side_by_side(pairs, _levels),
        by_role=_side_by_side(pairs, _roles),
        by_kind=_side_by_side(pairs, lambda told: Counter(kind for _, kind in {(one.mail, one.kind) for one in told})),
        by_day=_side_by_side(pairs, lambda told: Counter(day for _, day in {(one.mail, one.day) for one in told})),
        mails=Pair(*(len({one.mail for one in world.told}) for world in pairs)),
        storms=tuple(_storms(replay.after, ledger)),
        was=_as_it_was(replay),
        restricted_cells=replay.not_known.get("cells", 0),
        unnamed_rows=replay.not_known.get("rules", 0),
        told_otherwise=_told_otherwise(replay, frozenset(_numbers(stocks)) - restricted),
    )


def _moved(before: Stock, after: Stock) -> Iterator[Moved]:
    """Every due day that is another one after than before, in the order of the cases' numbers."""
    there = {number: at for at, number in enumerate(after["case_no"].tolist())}
    here = {number: at for at, number in enumerate(before["case_no"].tolist())}
    for number in in_order(np.asarray([*here], dtype=object)):
        if number in there:
            for step in Step:
                old, new = before.due(step)[here[number]], after.due(step)[there[number]]
                if old != new and not (np.isnat(old) and np.isnat(new)):
                    yield Moved(number, step, _day(old), _day(new))


def _day(moment: np.datetime64) -> date | None:
    day: date | None = moment.astype("datetime64[D]").item()
    return day


def _restricted(stocks: Sequence[Stock]) -> frozenset[str]:
    """The numbers of all restricted cases, live or filed."""
    return frozenset(_numbers([stock.only(stock["restricted"]) for stock in stocks]))


def _numbers(stocks: Sequence[Stock]) -> Iterator[str]:
    return (number for stock in stocks for number in stock["case_no"].tolist())


def _in_time(stocks: Sequence[Stock], period: Period) -> Iterator[InTime]:
    days = np.array([np.datetime64(period.first, "D"), np.datetime64(period.last, "D")])
    for step, done in DONE_ON.items():
        values = [_share(stock, step, done, days) for stock in stocks]
        if any(whole for _, whole in values):
            yield InTime(step, values[0], values[1])


def _share(stock: Stock, step: Step, done: str, days: np.ndarray) -> tuple[int, int]:
    value = in_time(step, done)(stock, days)
    return int(value.part), value.whole


def _late(cases: Cases | None) -> int:
    """How many cases have a step that is open and late."""
    if cases is None:
        return 0
    day = today(cases.now)
    return int(np.logical_or.reduce([cases.waiting(one) & (one.due < day) for one in cases.clocks.values()]).sum())


def _levels(told: Sequence[Told]) -> Counter[int]:
    """How many steps of cases were told at each level of the ladder."""
    climbed = {(one.case_no, one.step, one.level) for one in told if one.kind == NoticeKind.ESCALATION}
    return Counter(int(level) for _, _, level in climbed)


def _roles(told: Sequence[Told]) -> Counter[str]:
    """How many mails were read in each role. A mail about restricted cases alone stands in no role."""
    of_mail: dict[str, set[str]] = {}
    for one in told:
        role = DIGEST if one.kind in DIGESTS else one.slot if one.slot in _ROLES else OTHERS
        of_mail.setdefault(one.mail, set()).add(CONFIDENTIAL if one.restricted else role)
    return Counter(role for roles in of_mail.values() for role in (roles - {CONFIDENTIAL} or roles))


_ROLES = frozenset(role.key for role in Role)


def _side_by_side(worlds: Sequence[World], count: Callable[[Sequence[Told]], Counter[Key]]) -> dict[Key, Pair]:
    counts = [count(world.told) for world in worlds]
    return {key: Pair(*(one[key] for one in counts)) for key in sorted({key for one in counts for key in one})}


def _storms(world: World, ledger: Ledger) -> Iterator[date]:
    """The days on which one run would have had more mails about cases than it sends without asking (docs/design.md#p6.4)."""
    runs: dict[str, set[str]] = {}
    for one in world.told:
        if one.case_no and not one.restricted:
            runs.setdefault(one.mail.partition("|")[0], set()).add(one.mail)
    most = ledger.policy.settings.whole("storm_at")
    yield from sorted({date.fromisoformat(run[:10]) for run, mails in runs.items() if len(mails) > most})


def _as_it_was(replay: Replay) -> tuple[int, int, int]:
    only_replayed, only_in_notices = _differences(replay)
    return len(replay.was), len(only_replayed), len(only_in_notices)


def _differences(replay: Replay) -> tuple[list[Told], list[Told]]:
    """What only the replay by the rules as they were tells, and what only *Notices* has."""
    told, was = Counter(replay.before.told), Counter(replay.was)
    return [*(told - was).elements()], [*(was - told).elements()]


def _told_otherwise(replay: Replay, may_be_named: frozenset[str]) -> Otherwise:
    differing = [one for side in _differences(replay) for one in side]
    numbers = {one.case_no for one in differing if one.case_no}
    readers = {one.mailbox for one in differing if not one.case_no}
    return Otherwise(in_order(numbers & may_be_named), len(numbers - may_be_named), len(readers))
