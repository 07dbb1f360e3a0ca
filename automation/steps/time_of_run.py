"""Whether the time of a run can be true, judged by the run before (docs/design.md#p7.13).

A run by a clock that is years ahead would send every level of every open case at once, and nothing when it is due.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from automation.ledger import problems as messages
from automation.ledger.model import Ledger, Problem
from sheet_schema import SETTING
from sheet_schema.settings import CLOCK_CHECKED_ON

LONGEST_PAUSE = timedelta(days=100)
"""Longer than any school's holidays."""
SET_BACK = timedelta(hours=1)
"""How far clocks go back in autumn; two computers may differ by a little, too."""
CONFIRMED_FOR = timedelta(days=7)
"""So long after the day that somebody typed as today's, a run may still take it for confirmed."""
TIME_PROBLEMS = ("clock_back", "clock_far")


def last_run(ledger: Ledger) -> datetime | None:
    """The time of the run that wrote the last line in Runs, which need not be the latest time there."""
    times = [moment for moment in ledger.tables["runs"]["at"].tolist() if moment is not None]
    return times[-1] if times else None


def doubtful_time(ledger: Ledger, now: datetime) -> Problem | None:
    """The problem that stops a run before the last one or long after it; None if a person has confirmed the day."""
    last = last_run(ledger)
    if last is None or _confirmed(ledger, now):
        return None
    if last - SET_BACK <= now <= last + LONGEST_PAUSE:
        return None
    code = TIME_PROBLEMS[now > last]
    said = messages.problem(
        code,
        now=now.isoformat(" ", "minutes"),
        last=last.isoformat(" ", "minutes"),
        days=(now - last).days,
        setting=SETTING[CLOCK_CHECKED_ON],
    )
    return Problem("runs", None, "at", code, said, stops=True)


def _confirmed(ledger: Ledger, now: datetime) -> bool:
    """Whether somebody typed the day of this run as today's, so that the two agree."""
    typed = ledger.policy.settings[CLOCK_CHECKED_ON]
    if not typed:
        return False
    day = np.datetime64(typed, "D").item()
    return timedelta(0) <= now.date() - day <= CONFIRMED_FOR
