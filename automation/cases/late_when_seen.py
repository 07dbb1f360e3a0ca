"""Cases that were late before the ledger knew of them: typed in weeks after they came, or opened again (docs/design.md#p4.30)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from automation.cases.cases import Cases
from automation.cases.clocks import Clock
from automation.cases.imported import imported_on
from automation.ledger.live_notices import live_notices
from automation.ledger.office_time import NO_DAY
from automation.ledger.table import Array
from sheet_schema.vocabulary import NoticeKind, NoticeState, Step


def ladder_from(cases: Cases, clock: Clock) -> Array:
    """For each case whose step was late when a run first saw it, the day on which its ladder begins; NaT for all others.

    A date of long ago that is typed later makes it late then. A case that was opened again has until the next working
    day, since that may have been a slip.
    """
    seen, reopened = np.fmax(cases.first_seen, _remembered(cases, "due_moved_on")), reopened_on(cases)
    again = cases.ledger.policy.calendar.due(reopened, 1, "workday")
    begins = np.where(clock.due < seen, seen, NO_DAY)
    return np.where(clock.due < reopened, again, begins)


def late_when_imported(cases: Cases, clock: Clock) -> Array:
    """Mask the cases whose step was late already when they came with an import. They are shown in digests, and nobody is
    written to about each (docs/design.md#p13.4)."""
    late: Array = clock.due < imported_on(cases.ledger, cases.register_lines)
    return late


def levels_told(cases: Cases) -> Iterator[tuple[int, Step, int, date]]:
    """Each level of the ladder that a case was mailed about after that step was due: the case's position, step, level
    and day. Closing a case and opening it again unsays none of it."""
    notices = live_notices(cases.ledger)
    mailed = (notices["kind"] == NoticeKind.ESCALATION.key) & (notices["state"] != NoticeState.VOID.key)
    mailed &= ~np.isnat(notices["claimed_at"])
    at_of = {number: i for i, number in enumerate(cases.register["case_no"].tolist())} if mailed.any() else {}
    columns = (notices[key][mailed].tolist() for key in ("case_no", "step", "level", "claimed_at"))
    for number, key, level, claimed_at in zip(*columns, strict=True):
        at, step, day = at_of.get(number), Step.of(key), claimed_at.date()
        # A part of a department also involved climbs a ladder of its own, and is not among the clocks of the others.
        if at is not None and step in cases.clocks and cases.clocks[step].due[at] < np.datetime64(day):
            yield at, step, int(level), day


def reopened_on(cases: Cases) -> Array:
    """For each case, the day on which a run last saw that it was closed no more; NaT if none did."""
    return _remembered(cases, "reopened_on")


def _remembered(cases: Cases, key: str) -> Array:
    """For each case, the day that Index has in this column."""
    index, at = cases.ledger.index, cases.register_lines.index_at
    days = np.full(len(at), NO_DAY)
    days[at >= 0] = index[key][at[at >= 0]]
    return days


def late_when_seen(cases: Cases, at: int) -> bool:
    """Whether an open step of this case was late already when a run first saw it, or saw it open again."""
    seen, again = cases.first_seen[at], reopened_on(cases)[at]
    dues = [clock.due[at] for clock in cases.clocks.values() if clock.open[at]]
    return any(due < seen or due < again for due in dues)
