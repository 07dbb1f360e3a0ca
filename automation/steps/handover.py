"""The hand-over: once a week the archivist gets a list of what was filed since the last list (docs/design.md#p4.20).

A notice's level is the last seal it covers, so that every filed row is in exactly one list.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np

from automation.cases.cases import Cases
from automation.cases.confidentiality import judge_table
from automation.ledger.model import Ledger
from automation.ledger.notices import NO_CASE, Notice
from automation.ledger.office_time import today
from automation.ledger.table import Array, Table
from sheet_schema.vocabulary import NoticeKind, NoticeState, Role

_NOWHERE = [state.key for state in (NoticeState.VOID, NoticeState.FAILED)]
_REACHED = [state.key for state in (NoticeState.SENT, NoticeState.WRITTEN, NoticeState.UNCERTAIN)]


def hand_over(cases: Cases, now: datetime) -> list[Notice]:
    """This week's hand-over, if anything was filed since the last one.

    Once a list has gone out this week, the notice is the same one again, so that nothing new is sent.
    """
    monday = now.date() - timedelta(days=now.weekday())
    notices = cases.ledger.tables["notices"]
    handovers = _handovers(notices)
    this_week = handovers & (notices["claimed_at"] >= np.datetime64(monday, "s"))
    before = max(_levels(notices, handovers), default=0)
    level = before if this_week.any() else _sealed_before_today(cases)
    if not this_week.any() and level <= before:
        return []
    return [_notice(name, monday, level, now.date()) for name in _readers(cases, level)]


def _sealed_before_today(cases: Cases) -> int:
    """The last seal of an earlier day. More may still be filed today, so today's rows wait until tomorrow."""
    filing = cases.ledger.filing
    sealed = filing["seal_no"][(filing["filed_on"] < today(cases.now)) & ~np.isnan(filing["seal_no"])]
    return int(sealed.max()) if len(sealed) else 0


def _readers(cases: Cases, level: int) -> list[str]:
    """The archivists who may know of every case on the list; without any, those of the office.

    Nobody gets a part of it: a gap in its numbers would tell of the case that is left out.
    """
    ledger = cases.ledger
    listed = ledger.filing.only(covered(ledger, level))
    confidence = judge_table(listed, ledger.policy, cases.now.date())
    for role in (Role.ARCHIVIST, Role.OFFICE):
        names = [
            person.name
            for person in ledger.policy.people
            if role in person.roles and all(confidence.person_may_know(at, person.name) for at in range(len(listed)))
        ]
        if names:
            return names
    return []


def covered(ledger: Ledger, level: int) -> Array:
    """The positions in Filing of the rows on the hand-over list of that level: those sealed since the list before."""
    notices, filing = ledger.tables["notices"], ledger.filing
    before = max((earlier for earlier in _levels(notices, _handovers(notices)) if earlier < level), default=0)
    sealed = (filing["seal_no"] > before) & (filing["seal_no"] <= level)
    return np.flatnonzero(sealed & (filing["case_no"] != ""))


def handed_over_so_far(ledger: Ledger) -> int:
    """The last seal that a hand-over list covered; 0 if there was none."""
    notices = ledger.tables["notices"]
    return max(_levels(notices, _handovers(notices)), default=0)


def not_handed_over(ledger: Ledger) -> Array:
    """Mask the sealed rows of Filing whose list has reached nobody yet: it is still to be made, or on its way.

    They do not go to a year book before: the list would lack them.
    """
    notices, seals = ledger.tables["notices"], ledger.filing["seal_no"]
    lists = _handovers(notices)
    levels = np.asarray(sorted(set(_levels(notices, lists))), dtype=float)
    reached = np.asarray(sorted(set(_levels(notices, lists & np.isin(notices["state"], _REACHED)))), dtype=float)
    at = np.searchsorted(levels, seals)  # each row is on the first list that goes up to its seal
    listed = at < len(levels)
    there = np.zeros(len(seals), dtype=bool)
    there[listed] = np.isin(levels[at[listed]], reached)
    return ~there & ~np.isnan(seals)


def _handovers(notices: Table) -> Array:
    """Mask the lists that were made, but for those that went nowhere: what they had is on the next one."""
    handovers: Array = (notices["kind"] == NoticeKind.HANDOVER.key) & ~np.isin(notices["state"], _NOWHERE)
    return handovers


def _levels(notices: Table, mask: Array) -> list[int]:
    return [int(level) for level in notices["level"][mask].tolist() if level.isdecimal()]


def _notice(name: str, monday: date, level: int, day: date) -> Notice:
    return Notice(
        kind=NoticeKind.HANDOVER.key,
        case_no="",
        case_at=NO_CASE,
        step="",
        due_on=monday,
        level=level,
        slot=name,
        from_day=day,
    )
