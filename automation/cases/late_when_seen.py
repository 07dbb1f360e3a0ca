"""Cases that were late before the ledger knew of them: typed in weeks after they came, or opened again (docs/design.md#p4.30)."""

from __future__ import annotations

import numpy as np

from automation.cases.cases import Cases
from automation.cases.clocks import Clock
from automation.ledger.office_time import NO_DAY
from automation.ledger.table import Array


def ladder_from(cases: Cases, clock: Clock) -> Array:
    """For each case whose step was late when a run first saw it, the day on which its ladder begins; NaT for all others.

    A case that was opened again has until the next working day, since that may have been a slip.
    """
    seen, reopened = cases.first_seen, reopened_on(cases)
    again = cases.ledger.policy.calendar.due(reopened, 1, "workday")
    begins = np.where(clock.due < seen, seen, NO_DAY)
    return np.where(clock.due < reopened, again, begins)


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
