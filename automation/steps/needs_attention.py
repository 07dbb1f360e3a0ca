"""What needs a person's attention, for the office's and the administrators' digests.

"problems are mailed only in the office's morning digest, and only after `problem_grace`" (docs/design.md#p4.4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

import numpy as np

from automation.cases.cases import Cases
from automation.cases.confidentiality import Confidence, judge_table
from automation.ledger.model import Problem
from automation.ledger.table import Array, Table
from automation.steps.refused_addresses import REFUSED, refused_addresses
from sheet_schema import TAB
from sheet_schema.model import Place
from sheet_schema.vocabulary import NoticeState

DUTY_AHEAD = timedelta(days=7)
RUNS_BACK = timedelta(days=14)
STUCK = (NoticeState.FAILED.key, NoticeState.UNCERTAIN.key)
MAILS_BACK = timedelta(days=7)
TWICE = {
    "copied_number": "case_no", "filed_number": "case_no", "filed_back": "case_no", "filed_twice": "case_no",
    "archive_no_twice": "archive_no", "seal_twice": "seal_no",
}  # fmt: skip
"""The problems of a row that another row is the cause of, and the column in which both have the same."""


@dataclass(frozen=True)
class Attention:
    """What one reader's digest has to say of problems, missed runs, duty and mails."""

    rows: tuple[Problem, ...] = ()
    """Problems of register rows."""
    rules: tuple[Problem, ...] = ()
    """Problems in the administrators' tabs, in Filing and in History."""
    missed_runs: tuple[date, ...] = ()
    no_duty: tuple[date, ...] = ()
    stuck_mails: tuple[int, ...] = ()
    """Positions in Notices."""

    @property
    def anything(self) -> bool:
        return bool(self.rows or self.rules or self.missed_runs or self.no_duty or self.stuck_mails)


def attention(cases: Cases, visible: Callable[[Table, Confidence, Array], Array]) -> Attention:
    """What needed attention this morning, of the cases that the reader may know of (`visible`)."""
    known = _Known(cases, visible)
    return Attention(
        tuple(_rows(cases, known)),
        tuple(_rules(cases, known)),
        tuple(_missed_runs(cases)),
        tuple(_no_duty(cases)),
        tuple(_stuck_mails(cases, known.live)),
    )


class _Known:
    """What a reader may know of: the cases of the Register and of Filing (masks), and the problems of their rows."""

    def __init__(self, cases: Cases, visible: Callable[[Table, Confidence, Array], Array]) -> None:
        self._cases, self._visible = cases, visible
        self.live = visible(cases.register, cases.confidence, cases.register_lines.content)
        self.numbers = frozenset(cases.register["case_no"][self.live].tolist())

    @cached_property
    def _filed(self) -> Array:
        filing = self._cases.ledger.filing
        judged = judge_table(filing, self._cases.ledger.policy, self._cases.now.date())
        return self._visible(filing, judged, np.ones(len(filing), dtype=bool))

    @cached_property
    def _filed_rows(self) -> Mapping[int, int]:
        rows = self._cases.ledger.filing.rows
        return {int(rows[at]): at for at in np.flatnonzero(self._filed).tolist()}

    @cached_property
    def _hidden(self) -> Mapping[str, frozenset[object]]:
        """By column, what the rows have that the reader must not know of."""
        filing, register = self._cases.ledger.filing, self._cases.register
        unseen = register["case_no"][self._cases.register_lines.content & ~self.live].tolist()
        filed = {key: frozenset(filing[key][~self._filed].tolist()) for key in TWICE.values()}
        return {**filed, "case_no": filed["case_no"].union(unseen)}

    def live_one(self, problem: Problem) -> bool:
        """Whether the reader may be told of this problem of a row of the Register."""
        if problem.case_no not in self.numbers:
            return False
        return problem.code not in TWICE or problem.case_no not in self._hidden["case_no"]

    def filed_one(self, problem: Problem) -> bool:
        """Whether the reader may be told of this problem of a row of Filing."""
        at, key = self._filed_rows.get(problem.row or 0), TWICE.get(problem.code)
        if at is None or key is None:
            return at is not None
        return self._cases.ledger.filing[key][at] not in self._hidden[key]


def _rules(cases: Cases, known: _Known) -> Iterator[Problem]:
    """Problems in the administrators' tabs, in Filing and in History; of a filed case only if the reader may know of it, and of
    refused mail as if there had been none but about cases of which they may know."""
    for problem in cases.ledger.problems:
        elsewhere = TAB[problem.tab].place is not Place.ADMINISTRATOR and problem.tab not in ("filing", "history")
        if elsewhere or problem.code in REFUSED.values():
            continue
        if problem.tab != "filing" or problem.row is None or known.filed_one(problem):
            yield problem
    yield from refused_addresses(cases.ledger, known.numbers)


def _rows(cases: Cases, known: _Known) -> Iterator[Problem]:
    """Problems that are at least `problem_grace` hours older than this morning: nobody is nagged while typing."""
    settings, index = cases.ledger.policy.settings, cases.ledger.index
    morning = datetime.combine(cases.now.date(), settings.moment("send_from"))
    latest = np.datetime64(min(cases.now, morning) - timedelta(hours=settings.whole("problem_grace")), "s")
    old = frozenset(index["case_no"][index["problems_since"] <= latest].tolist())
    for problem in cases.ledger.problems:
        if problem.tab != "register":
            continue
        if problem.row is None or (problem.case_no in old and known.live_one(problem)):
            yield problem


def _missed_runs(cases: Cases) -> Iterator[date]:
    """Working days of the last fortnight without a run, from the ledger's first run until yesterday."""
    ran = cases.ledger.tables["runs"]["at"].astype("datetime64[D]")
    ran = ran[~np.isnat(ran)]
    if not len(ran):
        return
    today = np.datetime64(cases.now.date(), "D")
    days = np.arange(max(ran.min(), today - np.timedelta64(RUNS_BACK.days, "D")), today)
    missed = days[cases.ledger.policy.calendar.is_workday(days) & ~np.isin(days, ran)] if len(days) else days
    yield from missed.tolist()


def _no_duty(cases: Cases) -> Iterator[date]:
    """Working days of the coming week with nobody on duty, if the ledger has a duty roster."""
    policy, today = cases.ledger.policy, cases.now.date()
    if not policy.duty:
        return
    days = np.arange(np.datetime64(today, "D"), np.datetime64(today + DUTY_AHEAD, "D"))
    for day in days[policy.calendar.is_workday(days)].tolist():
        if not any(turn.start <= day <= turn.until for turn in policy.duty):
            yield day


def _stuck_mails(cases: Cases, seen: Array) -> Iterator[int]:
    """Mails of the last week that failed for good, or that may or may not have been sent."""
    notices = cases.ledger.tables["notices"]
    since = np.datetime64(datetime.combine(cases.now.date() - MAILS_BACK, time()), "s")
    at = {number: i for i, number in enumerate(cases.register["case_no"].tolist())}
    stuck = np.isin(notices["state"], STUCK) & (notices["claimed_at"] >= since)
    for i in np.flatnonzero(stuck).tolist():
        number = notices["case_no"][i]
        if not number or (number in at and seen[at[number]]):
            yield i
