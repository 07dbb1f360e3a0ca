"""alert: an important or collective visit is told to the duty person and the leader at once, and to the principal if nobody did.

"told to the duty person and the leader at the next run; after `alert_again_minutes` (30) to the principal, if neither `leader_told`
nor `leader_note` is filled by then" (docs/design.md#p4.9). The school's rule behind it: 重要、集体来访要及时向领导报告.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import numpy as np

from automation.cases.cases import Cases
from automation.cases.clocks import starting_days
from automation.ledger.model import Ledger, today
from automation.ledger.notices import Notice
from automation.ledger.table import Array, Table
from sheet_schema.vocabulary import NoticeKind, NoticeState, Role, Start, Status

AT_ONCE = (Role.DUTY, Role.LEADER)
"""Who is told at the next run; the principal comes after them."""


def alert(cases: Cases, now: datetime) -> list[Notice]:
    """Every alert that is due: as long as no leader was told, and the case is not closed."""
    register = cases.register
    collective = register["people"] >= cases.ledger.policy.settings.whole("collective_from")
    untold = (register["leader_told"] == "") & (register["leader_note"] == "")
    open_yet = register["status"] != Status.CLOSED.key
    wanted = np.flatnonzero(cases.register_lines.cases & (register["important"] | collective) & untold & open_yet)
    since = alerted_since(cases.ledger.tables["notices"])
    wait = patience(cases.ledger)
    days = _days(cases)
    numbers = register["case_no"]
    found = []
    for i in wanted.tolist():
        found += [_notice(numbers[i], i, slot, days[i]) for slot in AT_ONCE]
        first = since.get(numbers[i])
        if first is not None and now >= first + wait:
            found.append(_notice(numbers[i], i, Role.PRINCIPAL, days[i]))
    return found


def _notice(case_no: str, case_at: int, slot: Role, day: date) -> Notice:
    return Notice(NoticeKind.ALERT.key, case_no, case_at, "", None, 1, slot.key, day)


def _days(cases: Cases) -> list[date]:
    """The day each case came."""
    first_seen = np.where(np.isnat(cases.register_lines.first_seen), today(cases.now), cases.register_lines.first_seen)
    days: Array = starting_days(cases.register, first_seen)[Start.RECEIVED]
    return list(days.tolist())


def patience(ledger: Ledger) -> timedelta:
    """How long the principal is left alone after the first alert."""
    return timedelta(minutes=ledger.policy.settings.whole("alert_again_minutes"))


def alerted_since(notices: Table) -> Mapping[str, datetime]:
    """When each case was first told to anybody at once."""
    told = (notices["kind"] == NoticeKind.ALERT.key) & (notices["state"] != NoticeState.VOID.key)
    found: dict[str, datetime] = {}
    for number, when in zip(notices["case_no"][told].tolist(), notices["claimed_at"][told].tolist(), strict=True):
        if when is not None:
            found[number] = min(when, found.get(number, when))
    return found
