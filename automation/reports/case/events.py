"""What can happen to a case, as values: when, what, by whom, and what the words for it need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum


class What(Enum):
    """Everything a timeline speaks of. Of what is known by its day only, the order here is the order of that day."""

    NUMBERED = "numbered"
    RECEIVED = "received"
    REPEATS = "repeats"
    FIRST_SEEN = "first_seen"
    ASSIGNED = "assigned"
    CHANGED = "changed"
    DECIDED = "decided"
    NOTIFIED = "notified"
    EXTENDED = "extended"
    DUE_MOVED = "due_moved"
    REPLIED = "replied"
    FED_BACK = "fed_back"
    REVIEW_ASKED = "review_asked"
    REVIEW_DONE = "review_done"
    NAMED = "named"
    MAIL = "mail"
    DUE = "due"
    CLOSED = "closed"
    FILED = "filed"
    RESEALED = "resealed"
    TAKEN_OVER = "taken_over"
    APPRAISAL = "appraisal"


_ORDER = {what: i for i, what in enumerate(What)}


class By(Enum):
    """Whose doing it is. A deadline comes by itself."""

    JOB = "job"
    STAFF = "staff"
    NOBODY = ""


@dataclass(frozen=True)
class Event:
    """One line of a timeline. `facts` are values as the ledger keeps them: choices by their keys, days as days, `why` in words."""

    day: date
    what: What
    by: By
    hour: time | None = None
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def order(self) -> tuple[date, time, int]:
        """Oldest first; what has no time of day before what has one."""
        return self.day, self.hour or time.min, _ORDER[self.what]


def at(moment: datetime, what: What, by: By, **facts: object) -> Event:
    """Something of which the minute is known."""
    return Event(moment.date(), what, by, moment.time().replace(second=0, microsecond=0), facts)
