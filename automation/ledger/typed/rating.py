"""What somebody who brought a case says of how it was handled: one plain word of the list of *Satisfaction*."""

from __future__ import annotations

from automation.ledger.cells import parse_column
from automation.ledger.typed.cell import Habits
from sheet_schema import REGISTER

_MARKS = " \t.,!?。！？，~～*\"'“”"


def rating_in(text: str, habits: Habits) -> str:
    """The key of the word in the first line that says anything; blank if it says more, or something else."""
    first = next((line for line in text.splitlines() if line.strip()), "").strip(_MARKS)
    key: str = parse_column(REGISTER["satisfaction"], [first], habits)[0][0] if first and len(first) <= LONGEST else ""
    return key


LONGEST = 20
"""In characters: a line that is longer says more than a word."""
