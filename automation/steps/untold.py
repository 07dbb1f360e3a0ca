"""Which cases the office's digest has to name because somebody should have been told of them and nobody could be.

"A notice for which no reader with an address is left is named in the office's next digest" (docs/design.md#p4.12), which
goes out for that alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

import numpy as np

from automation.cases.cases import Cases
from automation.cases.recipients import Recipients
from automation.ledger.live_notices import live_notices
from automation.ledger.notices import Notice
from automation.ledger.table import Array
from automation.steps.alerts import alert
from automation.steps.assignment_notices import copies, tell_departments
from automation.steps.escalation import escalate
from automation.steps.reminders import remind
from sheet_schema.vocabulary import NoticeKind, NoticeState, Who

NEVER_READ = (NoticeState.VOID.key, NoticeState.FAILED.key)

LONG_AGO = datetime.combine(date.min, time.min)


def untold_since(cases: Cases, recipients: Recipients, last: datetime) -> Array:
    """Mask the cases of which nobody could be told something that came up after the last digest.

    A case that is given to nobody by mail, and an alert that reaches nobody in any role, come up anew until somebody is told; a copy when the case was
    given away, a reminder and a level of the ladder on their own day, but not before the case was seen.
    """
    mask = np.zeros(len(cases.register), dtype=bool)
    for notice, since in _with_their_times(cases, recipients):
        mask[notice.case_at] |= since > last and not recipients.told(notice).ways
    return mask


def last_digest(cases: Cases, reader: str) -> datetime:
    """When this person's digest for the office last went out, before today; `LONG_AGO` if it never did."""
    notices = cases.ledger.tables["notices"]
    went = (notices["kind"] == NoticeKind.DIGEST_OFFICE.key) & (notices["slot"] == reader)
    went &= ~np.isin(notices["state"], NEVER_READ)
    times = (at for at in notices["claimed_at"][went].tolist() if at and at.date() < cases.now.date())
    return max(times, default=LONG_AGO)


def _with_their_times(cases: Cases, recipients: Recipients) -> Iterator[tuple[Notice, datetime]]:
    """Each notice about a case that somebody should get, with the time at which it came up."""
    now = cases.now
    given, seen = _given_at(cases), cases.first_seen.tolist()
    yield from ((notice, now) for notice in tell_departments(cases, now) if _gives(notice))
    alerts = alert(cases, now)
    alerted = frozenset(notice.case_at for notice in alerts if recipients.told(notice).ways)
    yield from ((notice, now) for notice in alerts if notice.case_at not in alerted)
    yield from ((notice, given.get(notice.case_no, now)) for notice in copies(cases))
    for notice in (*remind(cases, now), *escalate(cases, now)):
        day = seen[notice.case_at]
        came_with_the_case = notice.from_day <= day  # at an hour that nobody wrote down
        at = (day, time.max) if came_with_the_case else (notice.from_day, time.min)
        yield notice, datetime.combine(*at)


def _gives(notice: Notice) -> bool:
    return notice.kind == NoticeKind.ASSIGNMENT and notice.slot == Who.HANDLER


def _given_at(cases: Cases) -> dict[str, datetime]:
    """When whoever has each case was last told that they have it, by case number."""
    notices = live_notices(cases.ledger)
    gives = (notices["kind"] == NoticeKind.ASSIGNMENT.key) & (notices["slot"] == Who.HANDLER.key)
    gives &= notices["state"] != NoticeState.VOID.key
    lines = zip(notices["case_no"][gives].tolist(), notices["claimed_at"][gives].tolist(), strict=True)
    return {number: at for number, at in lines if at}
