"""The days on which a row of Deadlines, Escalation or Calendar holds (docs/design.md#p3.17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from automation.ledger.table import Array


@dataclass(frozen=True, slots=True)
class RuleDays:
    """From `first` to `last`, both inclusive; None has no end on that side."""

    first: date | None = None
    last: date | None = None

    def cover(self, days: Array) -> Array:
        """Mask the days on which the row holds. A day that is not known (NaT) counts as one."""
        held = np.ones(len(days), dtype=bool)
        if self.first is not None:
            held &= ~(days < np.datetime64(self.first))
        if self.last is not None:
            held &= ~(days > np.datetime64(self.last))
        return held

    def hold_on(self, day: date | None) -> bool:
        """Whether the row holds on this day; without a day it does."""
        return day is None or (self.first or day) <= day <= (self.last or day)

    def overlap(self, other: RuleDays) -> bool:
        """Whether there is a day on which both hold."""
        begins = max(self.first or date.min, other.first or date.min)
        return begins <= min(self.last or date.max, other.last or date.max)

    @property
    def changes(self) -> tuple[date, ...]:
        """The days on which the row begins to hold and no longer holds, if there are such."""
        ended = None if self.last in (None, date.max) else self.last + timedelta(days=1)
        return tuple(day for day in (self.first, ended) if day is not None)

    @property
    def newest_first(self) -> int:
        """Sorts what began last first."""
        return -(self.first or date.min).toordinal()


ALWAYS = RuleDays()
