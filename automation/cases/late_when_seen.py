"""Cases that were late before the ledger knew of them: typed in weeks after they came, or opened again (docs/design.md#p4.30)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from automation.cases.cases import Cases
from automation.cases.clocks import Clock
from automation.ledger.office_time import NO_DAY
from automation.ledger.table import Array
from sheet_schema.vocabulary import NoticeKind, NoticeState


def ladder_from(cases: Cases, clock: Clock) -> Array:
    """For each case whose step was late when a run first saw it, the day on which its ladder begins; NaT for all others.

    A case that was opened again has until the next working day, since that may have been a slip.
    """
    seen, reopened = cases.first_seen, reopened_on(cases)
    again = cases.ledger.policy.calendar.due(reopened, 1, "workday")
    begins = np.where(clock.due < seen, seen, NO_DAY)
    return np.where(clock.due < reopened, again, begins)


def levels_told(cases: Cases, clock: Clock) -> Mapping[int, tuple[int, date]]:
    """For each case whose step is late, by its position, the highest level of the ladder that it was mailed about since
    the day on which it is due, and when last: closing a case and opening it again unsays none of it."""
    notices = cases.ledger.tables["notices"]
    mailed = (notices["kind"] == NoticeKind.ESCALATION.key) & (notices["step"] == clock.step.key)
    mailed &= (notices["state"] != NoticeState.VOID.key) & ~np.isnat(notices["claimed_at"])
    at_of = {number: i for i, number in enumerate(cases.register["case_no"].tolist())} if mailed.any() else {}
    told: dict[int, tuple[int, date]] = {}
    columns = (notices[key][mailed].tolist() for key in ("case_no", "level", "claimed_at"))
    for number, level, claimed_at in zip(*columns, strict=True):
        at, day = at_of.get(number), claimed_at.date()
        if at is not None and clock.due[at] < np.datetime64(day):
            highest, last = told.get(at, (int(level), day))
            told[at] = max(highest, int(level)), max(last, day)
    return told


def reopened_on(cases: Cases) -> Array:
    """For each case, the day on which a run last saw that it was closed no more; NaT if none did."""
    index, at = cases.ledger.index, cases.register_lines.index_at
    days = np.full(len(at), NO_DAY)
    days[at >= 0] = index["reopened_on"][at[at >= 0]]
    return days


def late_when_seen(cases: Cases, at: int) -> bool:
    """Whether an open step of this case was late already when a run first saw it, or saw it open again."""
    seen, again = cases.first_seen[at], reopened_on(cases)[at]
    dues = [clock.due[at] for clock in cases.clocks.values() if clock.open[at]]
    return any(due < seen or due < again for due in dues)
