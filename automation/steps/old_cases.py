"""Old cases: those that had been closed for a week or more when a run first saw them. An old register was typed in or pasted.

They are filed once a person has said so, since what is filed cannot simply be taken back (docs/design.md#p4.31).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from automation.cases.cases import Cases
from automation.ledger import problems as messages
from automation.ledger.model import Problem
from automation.ledger.table import Array
from sheet_schema.settings import FILE_OLD_CASES, SETTING
from sheet_schema.vocabulary import Role

A_WEEK = np.timedelta64(7, "D")
TOLD = (Role.OFFICE, Role.ADMINISTRATOR, Role.ARCHIVIST)


def not_to_be_filed_yet(cases: Cases) -> Array:
    """Mask the old cases of which nobody has said yet that they may be filed."""
    seen = cases.first_seen
    old: Array = cases.register["closed_on"] + A_WEEK <= seen
    allowed = cases.ledger.policy.settings[FILE_OLD_CASES]
    return old & (seen > np.datetime64(date.fromisoformat(allowed), "D")) if allowed else old


def old_cases_wait(cases: Cases, closed_long_ago: Sequence[int]) -> list[Problem]:
    """A problem beside the setting, if old cases wait for it; cases that any of its readers may not know of do not count."""
    policy = cases.ledger.policy
    readers = [one.name for one in policy.people if any(role in one.roles for role in TOLD)]
    waiting = not_to_be_filed_yet(cases)
    told = [
        at
        for at in closed_long_ago
        if waiting[at] and all(cases.confidence.person_may_know(at, one) for one in readers)
    ]
    if not told:
        return []
    row = policy.settings.rows.get(FILE_OLD_CASES)  # None if somebody deleted the setting: it is said of the tab, then
    said = messages.problem("old_cases_wait", count=len(told), setting=SETTING[FILE_OLD_CASES])
    return [Problem("settings", row, "value", "old_cases_wait", said, warning=True)]
