"""What is said beside an administrator's row and is nobody's fault: it stands there quietly, behind a sign, and the row is not red."""

from __future__ import annotations

from collections.abc import Iterable

from automation.ledger.model import Problem
from automation.ledger.routing_tab import STANDS_IN
from automation.ledger.rule_successions import GAPS, SUCCESSIONS

SIGN = "ⓘ"
"""Before what is only to be known; the colours of the tabs look for it."""
MERE_NOTES = (SUCCESSIONS - GAPS) | {STANDS_IN, "tried", "tried_today", "tried_level"}


def signed(text: str, said: Iterable[Problem]) -> str:
    """What is said beside a row, behind the sign if none of it asks for anything to be done."""
    return f"{SIGN} {text}" if all(one.code in MERE_NOTES for one in said) else text
