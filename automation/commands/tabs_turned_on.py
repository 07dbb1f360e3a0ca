"""Adds the tabs that are only made where somebody turned on what they are for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from automation.ledger.parsing import parse
from automation.ledger.receptions import wants_receptions
from automation.ledger.titles_and_headers import language_of
from automation.workbooks.opening import workbook_at
from sheet_schema import ANSWERS, MAILBOX, RECEPTIONS, Tab


def with_tabs_wanted(address: str, clock: datetime, *, replies: bool) -> list[str]:
    """Add the tabs of replies, if a mailbox is set, and those that Settings turn on; return what was added, in words."""
    settings = parse(workbook_at(address, clock).read()).policy.settings
    wanted = (*((ANSWERS, MAILBOX) if replies else ()), *((RECEPTIONS,) if wants_receptions(settings) else ()))
    return turn_on(address, wanted, clock) if wanted else []


def turn_on(address: str, tabs: Sequence[Tab], clock: datetime) -> list[str]:
    """Add these tabs, which are only made where they are wanted, and return what was added, in words. Raises LedgerError."""
    workbook = workbook_at(address, clock)
    with workbook.lock():
        there = workbook.read().grids
        return workbook.lay_out(language_of(there), {tab.key: [] for tab in tabs})
