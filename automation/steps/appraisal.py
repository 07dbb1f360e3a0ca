"""Which filed cases are due for appraisal: their retention period is over (docs/design.md#p23.3).

By 档案法实施条例 (2024) an archive whose period has ended is appraised, and what has no more value is destroyed with a list that is signed: the end of
a period destroys nothing. The period counts from the January after the year in which a case was closed.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import NamedTuple

import numpy as np

from automation.cases.confidentiality import quotable_cases
from automation.ledger.certificates import certificates
from automation.ledger.model import Ledger
from automation.ledger.table import Table
from sheet_schema.erasures import Erased
from sheet_schema.vocabulary import RETENTION_YEARS, Retention


class Unclear(Enum):
    """Why nobody can say when a case is due."""

    RETENTION = "retention"
    YEAR = "year"


class Due(NamedTuple):
    """A filed case that is due, or of which that cannot be said. Of one that is not `quotable`, nothing is said but numbers."""

    at: int
    case_no: str
    archive_no: str
    retention: str
    closed_in: int
    due_on: date | None
    quotable: bool
    unclear: Unclear | None = None


def due_for_appraisal(ledger: Ledger, day: date) -> list[Due]:
    """The filed cases whose period is over on this day, the oldest first, then those of which nobody can say it. What was erased as
    a whole was decided on."""
    filing = ledger.filing
    quotable = quotable_cases(filing, ledger.policy)
    gone = {one.case_no for one in certificates(ledger) if one.what == Erased.CASE}
    there = [at for at, number in enumerate(filing["case_no"].tolist()) if number and number not in gone]
    found = [_judged(filing, at, bool(quotable[at])) for at in there]
    due = [one for one in found if one.unclear or (one.due_on is not None and one.due_on <= day)]
    return sorted(due, key=lambda one: (one.due_on or date.max, one.archive_no, one.case_no))


def due_on(retention: str, closed_in: int) -> date | None:
    """The first day on which a period is over; None if it never ends."""
    years = RETENTION_YEARS.get(Retention.of(retention))
    return date(closed_in + 1 + years, 1, 1) if years else None


def _judged(filing: Table, at: int, quotable: bool) -> Due:
    retention, year = str(filing["retention"][at]), _year(filing, at)
    unclear = Unclear.RETENTION if not retention else Unclear.YEAR if not year else None
    day = due_on(retention, year) if unclear is None else None
    numbers = str(filing["case_no"][at]), str(filing["archive_no"][at])
    return Due(at, *numbers, retention, year, due_on=day, quotable=quotable, unclear=unclear)


def _year(filing: Table, at: int) -> int:
    """The year in which the case was closed; 0 if it cannot be read."""
    year, closed = filing["year"][at], filing["closed_on"][at]
    if not np.isnan(year):
        return int(year)
    return 0 if np.isnat(closed) else int(closed.item().year)
