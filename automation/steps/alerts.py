"""alert: tell of an important or collective visit at once.

It is "told to the duty person and the leader at the next run; after `alert_again_minutes` (30) to the principal, if
neither `leader_told` nor `leader_note` is filled by then" (docs/design.md#p4.9). The school's rule behind it:
重要、集体来访要及时向领导报告.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import numpy as np

from automation.cases.cases import Cases
from automation.cases.clocks import starting_days
from automation.cases.urgency import is_collective, is_important, is_joint
from automation.ledger.live_notices import live_notices
from automation.ledger.model import Ledger
from automation.ledger.notices import Notice
from automation.ledger.table import Array, Table
from sheet_schema.vocabulary import NoticeKind, NoticeState, Role, Start, Status

AT_ONCE = (Role.DUTY, Role.LEADER)
"""The roles told at the next run, before the principal."""


def alert(cases: Cases, now: datetime) -> list[Notice]:
    """Every alert that is due. A case raises them until a leader was told or the case is closed."""
    register = cases.register
    policy = cases.ledger.policy
    weighty = is_important(register) | is_collective(register, policy) | is_joint(register, policy)
    untold = (register["leader_told"] == "") & (register["leader_note"] == "")
    open_yet = register["status"] != Status.CLOSED.key
    wanted = np.flatnonzero(cases.register_lines.cases & weighty & untold & open_yet)
    since = alerted_since(live_notices(cases.ledger))
    wait = patience(cases.ledger)
    days = _days_received(cases)
    numbers = register["case_no"]
    notices = []
    for i in wanted.tolist():
        notices += [_notice(numbers[i], i, slot, days[i]) for slot in AT_ONCE]
        first = since.get(numbers[i])
        if first is not None and now >= first + wait:
            notices.append(_notice(numbers[i], i, Role.PRINCIPAL, days[i]))
    return notices


def _notice(case_no: str, case_at: int, slot: Role, day: date) -> Notice:
    return Notice(
        kind=NoticeKind.ALERT.key,
        case_no=case_no,
        case_at=case_at,
        step="",
        due_on=None,
        level=1,
        slot=slot.key,
        from_day=day,
    )


def _days_received(cases: Cases) -> list[date]:
    """The day each case was received, or else first seen."""
    days: Array = starting_days(cases.register, cases.first_seen)[Start.RECEIVED]
    return list(days.tolist())


def patience(ledger: Ledger) -> timedelta:
    """How long to wait after the first alert before the principal is told."""
    return timedelta(minutes=ledger.policy.settings.whole("alert_again_minutes"))


def alerted_since(notices: Table) -> Mapping[str, datetime]:
    """When the first alert of each case was claimed, by case number."""
    alerts = (notices["kind"] == NoticeKind.ALERT.key) & (notices["state"] != NoticeState.VOID.key)
    since: dict[str, datetime] = {}
    for number, when in zip(notices["case_no"][alerts].tolist(), notices["claimed_at"][alerts].tolist(), strict=True):
        if when is not None:
            since[number] = min(when, since.get(number, when))
    return since
