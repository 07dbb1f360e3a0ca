"""What needs a person's attention, for the office's and the administrators' digests.

"problems are mailed only in the office's morning digest, and only after `problem_grace`" (docs/design.md#p4.4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np

from automation.cases.cases import Cases
from automation.ledger.model import Problem
from automation.ledger.table import Array
from automation.steps.known_to import KnownTo, Visible
from automation.steps.refused_addresses import REFUSED, refused_addresses
from sheet_schema import TAB
from sheet_schema.model import Place
from sheet_schema.vocabulary import NoticeState

DUTY_AHEAD = timedelta(days=7)
RUNS_BACK = timedelta(days=14)
STUCK = (NoticeState.FAILED.key, NoticeState.UNCERTAIN.key)
MAILS_BACK = timedelta(days=7)


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


def attention(cases: Cases, visible: Visible) -> Attention:
    """What needed attention this morning, of the cases that the reader may know of (`visible`)."""
    known = KnownTo(cases, visible)
    return Attention(
        tuple(_rows(cases, known)),
        tuple(_rules(cases, known)),
        tuple(_missed_runs(cases)),
        tuple(_no_duty(cases)),
        tuple(_stuck_mails(cases, known.live)),
    )


def _rules(cases: Cases, known: KnownTo) -> Iterator[Problem]:
    """Problems in the administrators' tabs, in Filing and in History; of a filed case only if the reader may know of it, and of
    refused mail as if there had been none but about cases of which they may know."""
    for problem in cases.ledger.problems:
        elsewhere = TAB[problem.tab].place is not Place.ADMINISTRATOR and problem.tab not in ("filing", "history")
        if elsewhere or problem.code in REFUSED.values():
            continue
        if problem.tab != "filing" or problem.row is None or known.filed_one(problem):
            yield problem
    yield from refused_addresses(cases.ledger, known.numbers)


def _rows(cases: Cases, known: KnownTo) -> Iterator[Problem]:
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
