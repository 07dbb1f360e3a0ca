"""alert: tell of an important or collective visit at once.

It is "told to the duty person and the leader at the next run; after `alert_again_minutes` (30) to the principal, if
neither `leader_told` nor `leader_note` is filled by then" (docs/design.md#p4.9). The school's rule behind it:
重要、集体来访要及时向领导报告.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np

from automation.cases.cases import Cases
from automation.cases.clocks import starting_days
from automation.cases.duty_to_report import alerted_since, is_weighty, report_within, reports_owed
from automation.ledger.live_notices import live_notices
from automation.ledger.model import Ledger
from automation.ledger.notices import Notice
from automation.ledger.table import Array
from sheet_schema.vocabulary import NoticeKind, Role, Start, Status

AT_ONCE = (Role.DUTY, Role.LEADER)
"""The roles told at the next run, before the principal."""
REPORTS = (Role.OFFICE,)
"""Who reports to the superior, where that is asked for."""
LATE_REPORT_TO = (Role.OFFICE, Role.LEADER, Role.PRINCIPAL)
"""Who is alerted again once the report to the superior is late (docs/design.md#p18.2)."""
REPORT_LATE = 2
"""The level of the alert that the report to the superior is late."""


def alert(cases: Cases, now: datetime) -> list[Notice]:
    """Every alert that is due. A case raises them until a leader was told or the case is closed, and those of the report to the
    superior until that is noted."""
    register = cases.register
    untold = (register["leader_told"] == "") & (register["leader_note"] == "")
    open_yet = register["status"] != Status.CLOSED.key
    wanted = cases.register_lines.cases & is_weighty(register, cases.ledger.policy) & untold & open_yet
    to_report, within = reports_owed(cases), report_within(cases.ledger.policy)
    since = alerted_since(live_notices(cases.ledger))
    wait = patience(cases.ledger)
    days = _days_received(cases)
    numbers = register["case_no"]
    notices = []
    for i in np.flatnonzero(wanted | to_report).tolist():
        first = since.get(numbers[i])
        slots = AT_ONCE if wanted[i] else ()
        notices += [_notice(numbers[i], i, slot, days[i]) for slot in (*slots, *(REPORTS if to_report[i] else ()))]
        if first is not None and wanted[i] and now >= first + wait:
            notices.append(_notice(numbers[i], i, Role.PRINCIPAL, days[i]))
        if first is not None and to_report[i] and within is not None and now >= first + within:
            notices += [_notice(numbers[i], i, slot, days[i], REPORT_LATE) for slot in LATE_REPORT_TO]
    return notices


def _notice(case_no: str, case_at: int, slot: Role, day: date, level: int = 1) -> Notice:
    return Notice(
        kind=NoticeKind.ALERT.key,
        case_no=case_no,
        case_at=case_at,
        step="",
        due_on=None,
        level=level,
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
