"""The hand-over: once a week the archivist gets a list of what was filed since the last one.

"After… processed, organize… according to the visit category and hand… to the archives management room" (the school's account).
A notice's level is the last seal it covers, so that every filed row is in exactly one list.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np

from automation.cases.cases import Cases
from automation.cases.confidentiality import judge_table
from automation.ledger.model import Ledger, today
from automation.ledger.notices import NO_CASE, Notice
from automation.ledger.table import Array, Table
from sheet_schema.vocabulary import NoticeKind, NoticeState, Role


def hand_over(cases: Cases, now: datetime) -> list[Notice]:
    """The week's hand-over, from the first working day of the week on, if anything was filed since the last one."""
    monday = now.date() - timedelta(days=now.weekday())
    notices = cases.ledger.tables["notices"]
    ours = _handed_over(notices)
    this_week = ours & (notices["claimed_at"] >= np.datetime64(monday, "s"))
    before = max(_levels(notices, ours), default=0)
    level = before if this_week.any() else _sealed_before_today(cases)
    if not this_week.any() and level <= before:
        return []
    return [_notice(name, monday, level, now.date()) for name in _readers(cases.ledger, level)]


def _sealed_before_today(cases: Cases) -> int:
    """The last seal of an earlier day: what is filed today is complete, and told, tomorrow."""
    filing = cases.ledger.filing
    sealed = filing["seal_no"][(filing["filed_on"] < today(cases.now)) & ~np.isnan(filing["seal_no"])]
    return int(sealed.max()) if len(sealed) else 0


def _readers(ledger: Ledger, level: int) -> list[str]:
    """The archivists who may know of every case on the list; where there is none, the office. A list with a gap in its
    numbers would tell of the case that is left out."""
    confidence = judge_table(ledger.filing, ledger.policy)
    rows = covered(ledger, level).tolist()
    for role in (Role.ARCHIVIST, Role.OFFICE):
        names = [
            person.name
            for person in ledger.policy.people
            if role in person.roles and not any(confidence.bars(at, person.name) for at in rows)
        ]
        if names:
            return names
    return []


def covered(ledger: Ledger, level: int) -> Array:
    """The positions in Filing of the rows that the hand-over of that level lists: sealed since the one before."""
    notices, filing = ledger.tables["notices"], ledger.filing
    before = max((one for one in _levels(notices, _handed_over(notices)) if one < level), default=0)
    return np.flatnonzero((filing["seal_no"] > before) & (filing["seal_no"] <= level))


def handed_over_so_far(ledger: Ledger) -> int:
    """The last seal that a hand-over list covered; 0 if there was none."""
    notices = ledger.tables["notices"]
    return max(_levels(notices, _handed_over(notices)), default=0)


def _handed_over(notices: Table) -> Array:
    ours: Array = (notices["kind"] == NoticeKind.HANDOVER.key) & (notices["state"] != NoticeState.VOID.key)
    return ours


def _levels(notices: Table, mask: Array) -> list[int]:
    return [int(level) for level in notices["level"][mask].tolist() if level.isdecimal()]


def _notice(name: str, monday: date, level: int, day: date) -> Notice:
    return Notice(NoticeKind.HANDOVER.key, "", NO_CASE, "", monday, level, name, day)
