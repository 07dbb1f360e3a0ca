"""Whether a run has letters to make, and what it says of them. Nothing is imported that draws one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from automation.cases.letters.made import answered
from automation.ledger.model import Ledger


@dataclass(frozen=True)
class LettersSaid:
    """What is said of the letters of a run."""

    lines: tuple[str, ...] = ()
    went_well: bool = True


def chosen_lines(ledger: Ledger) -> list[int]:
    """The rows in which a letter is chosen that was not made yet."""
    register = ledger.register
    wanted = np.flatnonzero(register["letter"] != "").tolist()
    return [at for at in wanted if not answered(str(register["letters_made"][at]), str(register["letter"][at]))]


def has_any_letter(ledger: Ledger) -> bool:
    """Whether a run has a letter to make, if nothing is against it."""
    return not ledger.stops and bool(chosen_lines(ledger))
