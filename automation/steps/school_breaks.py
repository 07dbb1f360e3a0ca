"""School breaks that are not entered, though time limits count in school days.

Without them every weekday of the holidays counts as a school day, and replies fall due on 30 December. So it is said in
time, before a clock that starts today can run into a break that nobody entered (docs/design.md#p3.15).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from automation.ledger.model import Ledger, Problem
from automation.ledger.policy import Policy
from automation.ledger.problems import problem
from sheet_schema.settings import BREAKS_KNOWN_FOR
from sheet_schema.vocabulary import DayKind, Unit


def breaks_missing(ledger: Ledger, now: datetime) -> list[Problem]:
    """A warning if a row counts in school days and no school break of the next weeks, or after, is in the Calendar."""
    policy = ledger.policy
    if not _counts_in_school_days(policy):
        return []
    ends = [days.counted[1] for days in policy.calendar.entries if days.kind == DayKind.CLOSED.key]
    if ends and max(ends) >= now.date() + timedelta(days=BREAKS_KNOWN_FOR):
        return []
    said = (
        problem("breaks_end", value=max(ends).isoformat(), kind=DayKind.CLOSED)
        if ends
        else problem("no_breaks", kind=DayKind.CLOSED)
    )
    return [Problem("calendar", None, "kind", "breaks_end" if ends else "no_breaks", said, warning=True)]


def _counts_in_school_days(policy: Policy) -> bool:
    units = {rule.unit for rule in policy.deadlines} | {rung.unit for rung in policy.ladder}
    return Unit.SCHOOLDAY.key in units
