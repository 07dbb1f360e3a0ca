"""Reads the cells of Deadlines that are more than a number or a word."""

from __future__ import annotations

import re

from automation.ledger.admin_row import Row
from sheet_schema import folded
from sheet_schema import vocabulary as words


def longest_wait(row: Row, step: str) -> int:
    """How long the step may wait. The time that others have, and the notice of an extension, wait for nobody."""
    longest = row.whole("wait_up_to") or 0
    if longest and step in (words.Step.OBJECTION_PERIOD, words.Step.TELL_EXTENSION):
        row.note("never_waits", "wait_up_to", value=words.Step.of(step))
        return 0
    return longest


def reminders(row: Row) -> tuple[int, ...]:
    """Read `7,3,1` as (7, 3, 1), largest first."""
    text = folded(row.text("remind_before"))
    parts = [part.strip() for part in re.split(r"[,;、，\s]+", text) if part.strip()]
    if not all(re.fullmatch(r"\d{1,4}", part) for part in parts):
        row.note("bad_reminders", "remind_before", value=row.text("remind_before"))
        return ()
    return tuple(sorted({int(part) for part in parts}, reverse=True))
