"""What can happen to a case, as values: when, what, by whom, and the details that its words need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum

from sheet_schema.vocabulary import Role


class What(Enum):
    """Every kind of event. Events of one day without a time come in this order."""

    NUMBERED = "numbered"
    RECEIVED = "received"
    REPEATS = "repeats"
    FIRST_SEEN = "first_seen"
    ASSIGNED = "assigned"
    CHANGED = "changed"
    ALTERED = "altered"
    DECIDED = "decided"
    NOTIFIED = "notified"
    EXTENDED = "extended"
    TOLD_OF_EXTENSION = "told_of_extension"
    DUE_MOVED = "due_moved"
    CONCLUDED = "concluded"
    REPLIED = "replied"
    FED_BACK = "fed_back"
    REVIEW_ASKED = "review_asked"
    REVIEW_DONE = "review_done"
    SECOND_REVIEW_ASKED = "second_review_asked"
    PANEL = "panel"
    PANEL_MEETS = "panel_meets"
    SECOND_REVIEW_DONE = "second_review_done"
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
    """Who did it. A deadline comes by itself."""

    JOB = "job"
    STAFF = "staff"
    NOBODY = ""


@dataclass(frozen=True)
class Event:
    """One line of a timeline. `facts` are as the ledger has them: choices by keys, days as dates, `why` in words."""

    day: date
    what: What
    by: By
    hour: time | None = None
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def order(self) -> tuple[date, time, int]:
        """Oldest first; on one day, events without a time come first."""
        return self.day, self.hour or time.min, _ORDER[self.what]


def in_order_of_role(slot: str) -> tuple[int, str]:
    """Sorts whom mails of one moment go to: roles in their order, then people by name. The order in which the mails were
    written would tell which other cases their readers had."""
    roles = [role.key for role in Role]
    return (roles.index(slot) if slot in roles else len(roles)), slot


def at(moment: datetime, what: What, by: By, **facts: object) -> Event:
    """An event whose minute is known."""
    return Event(moment.date(), what, by, moment.time().replace(second=0, microsecond=0), facts)
